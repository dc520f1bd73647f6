// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package accesslist_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

func TestIPAccessControlListDataSources(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	// The list is on the third page.
	for i := range 2100 {
		m.CreateList("", fmt.Sprintf("Branch %d", i))
	}
	office := m.CreateList("", "Office").SID
	m.CreateAddress("", office, "198.51.100.7", 32, "pbx")
	m.CreateAddress("", office, "203.0.113.0", 24, "carrier")
	first, second := m.CreateList("", "Twins").SID, m.CreateList("", "Twins").SID
	doubled := m.CreateList("", "Doubled").SID
	m.CreateAddress("", doubled, "203.0.113.0", 24, "carrier")
	m.CreateAddress("", doubled, "198.51.100.7", 32, "pbx")
	second24 := m.CreateAddress("", doubled, "203.0.113.9", 24, "carrier, second entry").SID
	second32 := m.CreateAddress("", doubled, "198.51.100.7", 32, "pbx").SID
	tabbed := m.CreateList("", "tab\there").SID
	subaccount, _ := m.AddSubaccount()
	inSubaccount := m.CreateList(subaccount, "Office").SID
	m.CreateAddress(subaccount, inSubaccount, "192.0.2.1", 32, "sub")

	one := func(lines string) string {
		return m.Config("data \"twilio_sip_ip_access_control_list\" \"test\" {\n" + lines + "\n}\n")
	}
	many := func(lines string) string {
		return m.Config("data \"twilio_sip_ip_access_control_lists\" \"test\" {\n" + lines + "\n}\n")
	}
	value := func(name string, check knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data.twilio_sip_ip_access_control_list.test", tfjsonpath.New(name), check)
	}
	officeMap := knownvalue.MapExact(map[string]knownvalue.Check{
		"198.51.100.7": knownvalue.StringExact("pbx"), "203.0.113.0/24": knownvalue.StringExact("carrier"),
	})
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.ProviderFactories(),
		Steps: []resource.TestStep{
			{
				Config: one(`friendly_name = "Office"`),
				ConfigStateChecks: []statecheck.StateCheck{
					value("sid", knownvalue.StringExact(office)), value("id", knownvalue.StringExact(office)), value("ip_addresses", officeMap),
					value("account_sid", knownvalue.StringExact(m.AccountSID())), value("date_created", knownvalue.NotNull()), value("uri", knownvalue.NotNull()),
				},
			},
			{
				Config:            one(fmt.Sprintf("sid = %q", office)),
				ConfigStateChecks: []statecheck.StateCheck{value("friendly_name", knownvalue.StringExact("Office")), value("ip_addresses", officeMap), value("duplicate_ip_addresses", knownvalue.ListSizeExact(0))},
			},
			{
				Config:            one(fmt.Sprintf("friendly_name = \"Office\"\naccount_sid = %q", subaccount)),
				ConfigStateChecks: []statecheck.StateCheck{value("sid", knownvalue.StringExact(inSubaccount)), value("account_sid", knownvalue.StringExact(subaccount))},
			},
			{
				Config: one(`friendly_name = "Doubled"`),
				ConfigStateChecks: []statecheck.StateCheck{
					value("ip_addresses", officeMap),
					value("duplicate_ip_addresses", knownvalue.ListExact([]knownvalue.Check{
						knownvalue.ObjectExact(map[string]knownvalue.Check{
							"sid": knownvalue.StringExact(second24), "cidr_block": knownvalue.StringExact("203.0.113.0/24"), "friendly_name": knownvalue.StringExact("carrier, second entry"),
						}),
						knownvalue.ObjectExact(map[string]knownvalue.Check{
							"sid": knownvalue.StringExact(second32), "cidr_block": knownvalue.StringExact("198.51.100.7/32"), "friendly_name": knownvalue.StringExact("pbx"),
						}),
					})),
				},
			},
			{
				// The resource rejects such a name, but another client may have used it.
				Config:            one(`friendly_name = "tab\there"`),
				ConfigStateChecks: []statecheck.StateCheck{value("sid", knownvalue.StringExact(tabbed))},
			},
			{Config: one(`friendly_name = "Twins"`), ExpectError: acctest.Text("There are 2 IP access control lists with friendly_name \"Twins\" in account " + m.AccountSID() + ". Set sid to one of these instead: " + first + " " + second)},
			{Config: one(`friendly_name = "Nobody"`), ExpectError: acctest.Text("There is no IP access control list with friendly_name \"Nobody\"")},
			{Config: one(fmt.Sprintf("sid = %q", acctest.ListSID)), ExpectError: acctest.Text("Check the SID. If the list belongs to a subaccount, also check account_sid.")},
			{Config: one(""), ExpectError: acctest.Text("Exactly one of these attributes must be configured: [sid,friendly_name]")},
			{Config: one(fmt.Sprintf("sid = %q\nfriendly_name = \"Office\"", office)), ExpectError: acctest.Text("Exactly one of these attributes must be configured: [sid,friendly_name]")},
			{
				Config: many(`friendly_name_prefix = "Tw"`),
				ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue("data.twilio_sip_ip_access_control_lists.test",
					tfjsonpath.New("ip_access_control_lists"), knownvalue.ListExact([]knownvalue.Check{
						knownvalue.ObjectPartial(map[string]knownvalue.Check{"sid": knownvalue.StringExact(first)}),
						knownvalue.ObjectPartial(map[string]knownvalue.Check{"sid": knownvalue.StringExact(second)}),
					}))},
			},
			{
				Config: many(""),
				ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue("data.twilio_sip_ip_access_control_lists.test",
					tfjsonpath.New("ip_access_control_lists"), knownvalue.ListSizeExact(2105))},
			},
			{
				Config: many(fmt.Sprintf("friendly_name_prefix = %q", strings.Repeat("x", 300))),
				ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue("data.twilio_sip_ip_access_control_lists.test",
					tfjsonpath.New("ip_access_control_lists"), knownvalue.ListSizeExact(0))},
			},
		},
	})
}
