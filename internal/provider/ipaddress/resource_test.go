// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipaddress_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

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

const entryResource = "twilio_sip_ip_address.test"

func entryConfig(listSID, lines string) string {
	return fmt.Sprintf("resource \"twilio_sip_ip_address\" \"test\" {\n  ip_access_control_list_sid = %q\n%s\n}\n", listSID, lines)
}

func TestIPAddressResource(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	m.ConfigureClient = acctest.ShortAttempts
	list, other := m.CreateList("", "Office").SID, m.CreateList("", "Other").SID
	same := statecheck.CompareValue(compare.ValuesSame())
	expectEntries := func(want ...string) resource.TestCheckFunc {
		return func(*terraform.State) error {
			if got := m.EntryLines(list); fmt.Sprint(got) != fmt.Sprint(want) {
				return fmt.Errorf("the list holds %q, not %q", got, want)
			}
			return nil
		}
	}
	expectAction := func(expectAction plancheck.ResourceActionType) resource.ConfigPlanChecks {
		return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(entryResource, expectAction)}}
	}
	form := func(layout string) resource.ImportStateIdFunc {
		return func(s *terraform.State) (string, error) {
			return fmt.Sprintf(layout, m.AccountSID(), list, s.RootModule().Resources[entryResource].Primary.ID), nil
		}
	}
	known := func(name string, check knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue(entryResource, tfjsonpath.New(name), check)
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.ProviderFactories(),
		Steps: []resource.TestStep{
			{
				// The response to the create is lost, and the provider finds the entry.
				PreConfig: func() {
					m.AddFault(mocktwilio.Fault{Method: http.MethodPost, Kind: mocktwilio.FaultCloseAfter})
				},
				Config: m.Config(entryConfig(list, `friendly_name = "pbx"
ip_address = "198.51.100.7"`)),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectKnownValue(entryResource, tfjsonpath.New("cidr_block"), knownvalue.StringExact("198.51.100.7/32")),
					plancheck.ExpectKnownValue(entryResource, tfjsonpath.New("account_sid"), knownvalue.StringExact(m.AccountSID())),
				}},
				ConfigStateChecks: []statecheck.StateCheck{
					same.AddStateValue(entryResource, tfjsonpath.New("sid")),
					same.AddStateValue(entryResource, tfjsonpath.New("id")),
					known("cidr_prefix_length", knownvalue.Int64Exact(32)),
					known("ip_access_control_list_sid", knownvalue.StringExact(list)),
					known("date_created", knownvalue.NotNull()),
					known("uri", knownvalue.NotNull()),
				},
				Check: expectEntries("198.51.100.7/32 pbx"),
			},
			{ResourceName: entryResource, ImportState: true, ImportStateVerify: true, ImportStateIdFunc: form("%[2]s/%[3]s")},
			{ResourceName: entryResource, ImportState: true, ImportStateVerify: true, ImportStateIdFunc: form("%s/%s/%s")},
			{ResourceName: entryResource, ImportState: true, ImportStateVerify: true, ImportStateIdFunc: form("/Accounts/%s/SIP/IpAccessControlLists/%s/IpAddresses/%s")},
			{ResourceName: entryResource, ImportState: true, ImportStateVerify: true, ImportStateIdFunc: form("/Accounts/%s/IpAccessControlLists/%s/IpAddresses/%s")},
			{ResourceName: entryResource, ImportState: true, ImportStateIdFunc: form("%[2]s/IP0123456789abcdef0123456789abcdef"), ExpectError: acctest.Text("Check both SIDs.")},
			{
				// All arguments change in one update, which Twilio first answers with 503.
				PreConfig: func() {
					m.AddFault(mocktwilio.Fault{Method: http.MethodPost, Kind: mocktwilio.FaultStatus})
				},
				Config: m.Config(entryConfig(list, `friendly_name = "carrier"
ip_address = "203.0.113.7"
cidr_prefix_length = 24`)),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(entryResource, plancheck.ResourceActionUpdate),
					plancheck.ExpectKnownValue(entryResource, tfjsonpath.New("cidr_block"), knownvalue.StringExact("203.0.113.0/24")),
				}},
				ConfigStateChecks: []statecheck.StateCheck{same.AddStateValue(entryResource, tfjsonpath.New("sid"))},
				Check:             expectEntries("203.0.113.7/24 carrier"),
			},
			{
				// A different address in the same block is the same entry.
				Config: m.Config(entryConfig(list, `friendly_name = "carrier"
ip_address = "203.0.113.0"
cidr_prefix_length = 24`)),
				ConfigPlanChecks: expectAction(plancheck.ResourceActionNoop),
			},
			{
				PreConfig: func() {
					a := m.Addresses("", list)[0]
					m.UpdateAddress("", list, a.SID, "192.0.2.1", 32, "stranger")
				},
				Config: m.Config(entryConfig(list, `friendly_name = "carrier"
ip_address = "203.0.113.0"
cidr_prefix_length = 24`)),
				ConfigPlanChecks: expectAction(plancheck.ResourceActionUpdate),
				Check:            expectEntries("203.0.113.0/24 carrier"),
			},
			{
				PreConfig: func() { m.DeleteAddress("", list, m.Addresses("", list)[0].SID) },
				Config: m.Config(entryConfig(list, `friendly_name = "carrier"
ip_address = "203.0.113.0"
cidr_prefix_length = 24`)),
				ConfigPlanChecks: expectAction(plancheck.ResourceActionCreate),
				Check:            expectEntries("203.0.113.0/24 carrier"),
			},
			{
				PreConfig: func() {
					m.AddFault(mocktwilio.Fault{Method: http.MethodDelete, Kind: mocktwilio.FaultCloseAfter})
				},
				Config: m.Config(entryConfig(other, `friendly_name = "carrier"
ip_address = "203.0.113.0"
cidr_prefix_length = 24`)),
				ConfigPlanChecks: expectAction(plancheck.ResourceActionDestroyBeforeCreate),
				Check:            expectEntries(),
			},
		},
	})
	if left := m.EntryLines(other); len(left) > 0 {
		t.Errorf("left: %q", left)
	}
}

func TestIPAddressResourceChecks(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	for name, test := range map[string]struct{ lines, message string }{
		"tab in name":   {"ip_address = \"10.0.0.1\"\nfriendly_name = \"a\\tb\"", "The name contains the control character U+0009 at position 2."},
		"IPv6":          {`ip_address = "2001:db8::1"`, "is an IPv6 address"},
		"block":         {`ip_address = "203.0.113.0/24"`, "the address 203.0.113.0 and the prefix length 24"},
		"leading zero":  {`ip_address = "010.0.0.1"`, "leading zero"},
		"host name":     {`ip_address = "pbx.example.com"`, "is a host name"},
		"everything":    {"ip_address = \"0.0.0.0\"\ncidr_prefix_length = 0", "Two entries with the addresses 0.0.0.0 and 128.0.0.0 and the prefix length 1 would allow every IPv4 address: anyone could then send calls at your expense"},
		"prefix length": {"ip_address = \"10.0.0.0\"\ncidr_prefix_length = 33", "from 1"},
		"wrapping":      {"ip_address = \"10.0.0.0\"\ncidr_prefix_length = 4294967328", "from 1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lines := test.lines
			if !strings.Contains(lines, "friendly_name") {
				lines += "\nfriendly_name = \"x\""
			}
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: m.ProviderFactories(),
				Steps: []resource.TestStep{{
					Config: m.Config(entryConfig(acctest.ListSID, lines)), PlanOnly: true, ExpectError: acctest.Text(test.message),
				}},
			})
		})
	}
	t.Run("list of another kind", func(t *testing.T) {
		t.Parallel()
		resource.UnitTest(t, resource.TestCase{
			ProtoV6ProviderFactories: m.ProviderFactories(),
			Steps: []resource.TestStep{{
				Config:   m.Config(entryConfig("SD0123456789abcdef0123456789abcdef", "friendly_name = \"x\"\nip_address = \"10.0.0.1\"")),
				PlanOnly: true, ExpectError: acctest.Text("is the SID of a SIP domain."),
			}},
		})
	})
	t.Run("list that is not there", func(t *testing.T) {
		t.Parallel()
		resource.UnitTest(t, resource.TestCase{
			ProtoV6ProviderFactories: m.ProviderFactories(),
			Steps: []resource.TestStep{{
				Config:      m.Config(entryConfig(acctest.ListSID, "friendly_name = \"x\"\nip_address = \"10.0.0.1\"")),
				ExpectError: acctest.Text("Check that the list exists"),
			}},
		})
	})
}
