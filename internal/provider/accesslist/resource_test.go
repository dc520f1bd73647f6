// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package accesslist_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

const listResource = "twilio_sip_ip_access_control_list.test"

func TestIPAccessControlListResource(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	same := statecheck.CompareValue(compare.ValuesSame())
	var sid string
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.ProviderFactories(),
		Steps: []resource.TestStep{
			{
				Config: m.Config(acctest.ListConfig("Office")),
				ConfigPlanChecks: resource.ConfigPlanChecks{
					PreApply: []plancheck.PlanCheck{
						plancheck.ExpectResourceAction(listResource, plancheck.ResourceActionCreate),
						plancheck.ExpectKnownValue(listResource, tfjsonpath.New("account_sid"), knownvalue.StringExact(m.AccountSID())),
					},
				},
				ConfigStateChecks: []statecheck.StateCheck{
					same.AddStateValue(listResource, tfjsonpath.New("sid")),
					same.AddStateValue(listResource, tfjsonpath.New("id")),
					statecheck.ExpectKnownValue(listResource, tfjsonpath.New("account_sid"), knownvalue.StringExact(m.AccountSID())),
					statecheck.ExpectKnownValue(listResource, tfjsonpath.New("friendly_name"), knownvalue.StringExact("Office")),
					statecheck.ExpectKnownValue(listResource, tfjsonpath.New("ip_addresses"), knownvalue.Null()),
					statecheck.ExpectKnownValue(listResource, tfjsonpath.New("date_created"), knownvalue.StringRegexp(regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`))),
					statecheck.ExpectKnownValue(listResource, tfjsonpath.New("uri"), knownvalue.StringRegexp(regexp.MustCompile(`/SIP/IpAccessControlLists/AL\w+\.json$`))),
					statecheck.ExpectKnownValue(listResource, tfjsonpath.New("subresource_uris"), knownvalue.MapPartial(map[string]knownvalue.Check{
						"ip_addresses": knownvalue.StringRegexp(regexp.MustCompile("/IpAddresses.json$")),
					})),
				},
				Check: func(*terraform.State) error {
					sid = m.OnlyListSID()
					return nil
				},
			},
			{
				ResourceName: listResource, ImportState: true, ImportStateVerify: true,
			},
			{
				Config: m.Config(acctest.ListConfig("Head office \"1\" 📞 ")),
				ConfigPlanChecks: resource.ConfigPlanChecks{
					PreApply: []plancheck.PlanCheck{
						plancheck.ExpectResourceAction(listResource, plancheck.ResourceActionUpdate),
						plancheck.ExpectUnknownValue(listResource, tfjsonpath.New("date_updated")),
						plancheck.ExpectKnownValue(listResource, tfjsonpath.New("ip_addresses"), knownvalue.Null()),
					},
				},
				ConfigStateChecks: []statecheck.StateCheck{
					same.AddStateValue(listResource, tfjsonpath.New("sid")),
				},
			},
			{
				// Renamed outside of Terraform.
				PreConfig: func() { m.RenameList("", sid, "Nobody's") },
				Config:    m.Config(acctest.ListConfig("Office")),
				ConfigPlanChecks: resource.ConfigPlanChecks{
					PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(listResource, plancheck.ResourceActionUpdate)},
				},
			},
			{
				// Deleted outside of Terraform.
				PreConfig: func() { m.DeleteList("", sid) },
				Config:    m.Config(acctest.ListConfig("Office")),
				ConfigPlanChecks: resource.ConfigPlanChecks{
					PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(listResource, plancheck.ResourceActionCreate)},
				},
			},
		},
		CheckDestroy: func(*terraform.State) error {
			if left := m.Lists(""); len(left) > 0 {
				return fmt.Errorf("left: %v", left)
			}
			return nil
		},
	})
}

func TestIPAccessControlListInSubaccount(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	subaccount, _ := m.AddSubaccount()
	in := func(account string) string {
		return m.Config(listConfig("Office", entries{"198.51.100.7": "pbx"}, fmt.Sprintf("account_sid = %q", account)))
	}
	inAccount := func(account string) statecheck.StateCheck {
		return statecheck.ExpectKnownValue(listResource, tfjsonpath.New("account_sid"), knownvalue.StringExact(account))
	}
	form := func(layout string) resource.ImportStateIdFunc {
		return func(s *terraform.State) (string, error) {
			return fmt.Sprintf(layout, subaccount, s.RootModule().Resources[listResource].Primary.ID), nil
		}
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.ProviderFactories(),
		Steps: []resource.TestStep{
			{Config: in("AL0123456789abcdef0123456789abcdef"), ExpectError: acctest.Text("The value must be the SID of an account (\"AC\" followed by 32 hexadecimal digits); got \"AL0123456789abcdef0123456789abcdef\", which is the SID of an IP access control list.")},
			{
				Config:            in(subaccount),
				ConfigStateChecks: []statecheck.StateCheck{inAccount(subaccount)},
				Check: func(*terraform.State) error {
					if lists := m.Lists(subaccount); len(lists) != 1 || len(m.Addresses(subaccount, lists[0].SID)) != 1 || len(m.Lists("")) > 0 {
						return fmt.Errorf("the subaccount has %v, its parent %v", lists, m.Lists(""))
					}
					return nil
				},
			},
			{ResourceName: listResource, ImportState: true, ImportStateVerify: true, ImportStateIdFunc: form("%s/%s")},
			{ResourceName: listResource, ImportState: true, ImportStateVerify: true, ImportStateIdFunc: form("/Accounts/%s/SIP/IpAccessControlLists/%s")},
			{
				// An import ID without an account refers to the provider's account.
				ResourceName: listResource, ImportState: true,
				ExpectError: acctest.Text("The import ID of a list in a subaccount must include the account: AC…/AL…"),
			},
			{
				// Removing account_sid from the configuration does not replace the list.
				Config:           m.Config(listConfig("Office", entries{"198.51.100.7": "pbx"})),
				ConfigPlanChecks: expectAction(plancheck.ResourceActionNoop),
			},
			{
				Config:            in(m.AccountSID()),
				ConfigPlanChecks:  expectAction(plancheck.ResourceActionDestroyBeforeCreate),
				ConfigStateChecks: []statecheck.StateCheck{inAccount(m.AccountSID())},
			},
		},
	})
	if left := append(m.Lists(""), m.Lists(subaccount)...); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

func TestIPAccessControlListNames(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	steps := []resource.TestStep{
		{Config: m.Config(acctest.ListConfig("")), PlanOnly: true, ExpectError: acctest.Text("The name must have 1 to 255 characters; got 0.")},
		{Config: m.Config(acctest.ListConfig(strings.Repeat("a", 256))), PlanOnly: true, ExpectError: acctest.Text("The name must have 1 to 255 characters; got 256.")},
		{Config: m.Config(acctest.ListConfig("two\nlines")), PlanOnly: true, ExpectError: acctest.Text("The name contains the control character U+000A at position 4. Remove it.")},
		{Config: m.Config(acctest.ListConfig(" \u00a0 ")), PlanOnly: true, ExpectError: acctest.Text("The name must not consist only of white space.")},
		{Config: m.Config(listConfig("Office", entries{"192.0.2.7": "London\n"})), PlanOnly: true, ExpectError: acctest.Text("The name of the entry \"192.0.2.7\" contains the control character U+000A at position 7. Remove it, for example with trimspace().")},
	}
	for _, name := range []string{strings.Repeat("é", 255), `"quoted" \ and 'more'`, "📞 & <b>+%20", " spaces "} {
		steps = append(steps, resource.TestStep{
			Config:            m.Config(acctest.ListConfig(name)),
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(listResource, tfjsonpath.New("friendly_name"), knownvalue.StringExact(name))},
			Check: func(*terraform.State) error {
				if got := m.Lists("")[0].FriendlyName; got != name {
					return fmt.Errorf("Twilio has %q", got)
				}
				return nil
			},
		})
	}
	resource.UnitTest(t, resource.TestCase{ProtoV6ProviderFactories: m.ProviderFactories(), Steps: steps})
}

// TestUnknownArguments checks that unknown names, addresses, and keys are validated during the apply.
func TestUnknownArguments(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.ProviderFactories(),
		Steps: []resource.TestStep{
			{
				Config: m.Config(`
resource "terraform_data" "late" {
  input = { name = "Office", address = "198.51.100.7", bad = "198.51.100.0/0" }
}

resource "twilio_sip_ip_access_control_list" "test" {
  for_each      = toset(["a"])
  friendly_name = terraform_data.late.output.name
  ip_addresses  = { (terraform_data.late.output.address) = terraform_data.late.output.name }
}

resource "twilio_sip_ip_address" "test" {
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.other.sid
  friendly_name              = terraform_data.late.output.name
  ip_address                 = terraform_data.late.output.address
}

resource "twilio_sip_ip_access_control_list" "other" {
  friendly_name = "Other"
}
`),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectUnknownValue(`twilio_sip_ip_access_control_list.test["a"]`, tfjsonpath.New("ip_addresses")),
					plancheck.ExpectUnknownValue("twilio_sip_ip_address.test", tfjsonpath.New("cidr_block")),
				}},
			},
			{
				// A value that turns out to be invalid fails before any request.
				Config: m.Config(`
resource "terraform_data" "late" {
  input = "198.51.100.0/0"
}

resource "twilio_sip_ip_access_control_list" "bad" {
  friendly_name = "Bad"
  ip_addresses  = { (terraform_data.late.output) = "everything" }
}
`),
				ExpectError: acctest.Text("has prefix length 0"),
			},
		},
	})
	for _, list := range m.Lists("") {
		t.Errorf("left: %v", list)
	}
}

func TestReadTimeout(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	config := m.Config(listConfig("Office", nil, "timeouts {\n    read = \"1s\"\n  }"))
	var hung time.Time
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.ProviderFactories(),
		Steps: []resource.TestStep{
			{Config: config},
			{
				PreConfig: func() {
					hung = time.Now()
					m.AddFault(mocktwilio.Fault{Method: http.MethodGet, Kind: mocktwilio.FaultHang, Count: 1})
				},
				Config: config, ExpectError: acctest.Text("the operation did not finish within the timeout of 1s (read in the timeouts block)"),
			},
			{
				PreConfig: func() {
					if took := time.Since(hung); took > 8*time.Second {
						t.Errorf("the timeout of a second took %s", took)
					}
				},
				Config: config,
			},
		},
	})
}
