// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"regexp"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

const listAddress = "twilio_sip_ip_access_control_list.test"

func listConfig(name string) string {
	return fmt.Sprintf("resource \"twilio_sip_ip_access_control_list\" \"test\" {\n  friendly_name = %q\n}\n", name)
}

// onlyList gives the one list that an account has.
func (m *mock) onlyListSID() string {
	m.t.Helper()
	lists := m.Lists("")
	if len(lists) != 1 {
		m.t.Fatalf("the account has %d lists, not one", len(lists))
	}
	return lists[0].SID
}

func TestIPAccessControlListResource(t *testing.T) {
	t.Parallel()
	m := startMock(t)
	same := statecheck.CompareValue(compare.ValuesSame())
	var sid string
	expectRequests := func(want ...string) func() {
		return func() {
			t.Helper()
			if got := m.requests(); !slices.Equal(got, want) {
				t.Errorf("requests:\n%q, not\n%q", got, want)
			}
		}
	}
	_ = expectRequests
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.factories(),
		Steps: []resource.TestStep{
			{
				Config: m.config(listConfig("Office")),
				ConfigPlanChecks: resource.ConfigPlanChecks{
					PreApply: []plancheck.PlanCheck{
						plancheck.ExpectResourceAction(listAddress, plancheck.ResourceActionCreate),
						plancheck.ExpectKnownValue(listAddress, tfjsonpath.New("account_sid"), knownvalue.StringExact(m.AccountSID())),
					},
				},
				ConfigStateChecks: []statecheck.StateCheck{
					same.AddStateValue(listAddress, tfjsonpath.New("sid")),
					same.AddStateValue(listAddress, tfjsonpath.New("id")),
					statecheck.ExpectKnownValue(listAddress, tfjsonpath.New("account_sid"), knownvalue.StringExact(m.AccountSID())),
					statecheck.ExpectKnownValue(listAddress, tfjsonpath.New("friendly_name"), knownvalue.StringExact("Office")),
					statecheck.ExpectKnownValue(listAddress, tfjsonpath.New("ip_addresses"), knownvalue.Null()),
					statecheck.ExpectKnownValue(listAddress, tfjsonpath.New("date_created"), knownvalue.StringRegexp(regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`))),
					statecheck.ExpectKnownValue(listAddress, tfjsonpath.New("uri"), knownvalue.StringRegexp(regexp.MustCompile(`/SIP/IpAccessControlLists/AL\w+\.json$`))),
					statecheck.ExpectKnownValue(listAddress, tfjsonpath.New("subresource_uris"), knownvalue.MapPartial(map[string]knownvalue.Check{
						"ip_addresses": knownvalue.StringRegexp(regexp.MustCompile("/IpAddresses.json$")),
					})),
				},
				Check: func(*terraform.State) error {
					sid = m.onlyListSID()
					return nil
				},
			},
			{
				ResourceName: listAddress, ImportState: true, ImportStateVerify: true,
			},
			{
				Config: m.config(listConfig("Head office \"1\" 📞\n")),
				ConfigPlanChecks: resource.ConfigPlanChecks{
					PreApply: []plancheck.PlanCheck{
						plancheck.ExpectResourceAction(listAddress, plancheck.ResourceActionUpdate),
						plancheck.ExpectUnknownValue(listAddress, tfjsonpath.New("date_updated")),
						plancheck.ExpectKnownValue(listAddress, tfjsonpath.New("ip_addresses"), knownvalue.Null()),
					},
				},
				ConfigStateChecks: []statecheck.StateCheck{
					same.AddStateValue(listAddress, tfjsonpath.New("sid")),
				},
			},
			{
				// Renamed behind Terraform's back.
				PreConfig: func() { m.RenameList("", sid, "Nobody's") },
				Config:    m.config(listConfig("Office")),
				ConfigPlanChecks: resource.ConfigPlanChecks{
					PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(listAddress, plancheck.ResourceActionUpdate)},
				},
			},
			{
				// Deleted behind Terraform's back.
				PreConfig: func() { m.DeleteList("", sid) },
				Config:    m.config(listConfig("Office")),
				ConfigPlanChecks: resource.ConfigPlanChecks{
					PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(listAddress, plancheck.ResourceActionCreate)},
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
