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
	// The third page has what is looked for.
	for i := range 2100 {
		m.CreateList("", fmt.Sprintf("Branch %d", i))
	}
	wanted := m.CreateList("", "Office").SID
	m.CreateAddress("", wanted, "198.51.100.7", 32, "pbx")
	m.CreateAddress("", wanted, "203.0.113.0", 24, "carrier")
	first, second := m.CreateList("", "Twins").SID, m.CreateList("", "Twins").SID
	sub, _ := m.AddSubaccount()
	inSub := m.CreateList(sub, "Office").SID
	m.CreateAddress(sub, inSub, "192.0.2.1", 32, "sub")

	one := func(lines string) string {
		return m.Config("data \"twilio_sip_ip_access_control_list\" \"test\" {\n" + lines + "\n}\n")
	}
	many := func(lines string) string {
		return m.Config("data \"twilio_sip_ip_access_control_lists\" \"test\" {\n" + lines + "\n}\n")
	}
	value := func(name string, check knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data.twilio_sip_ip_access_control_list.test", tfjsonpath.New(name), check)
	}
	office := knownvalue.MapExact(map[string]knownvalue.Check{
		"198.51.100.7": knownvalue.StringExact("pbx"), "203.0.113.0/24": knownvalue.StringExact("carrier"),
	})
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.ProviderFactories(),
		Steps: []resource.TestStep{
			{
				Config: one(`friendly_name = "Office"`),
				ConfigStateChecks: []statecheck.StateCheck{
					value("sid", knownvalue.StringExact(wanted)), value("id", knownvalue.StringExact(wanted)), value("ip_addresses", office),
					value("account_sid", knownvalue.StringExact(m.AccountSID())), value("date_created", knownvalue.NotNull()), value("uri", knownvalue.NotNull()),
				},
			},
			{
				Config:            one(fmt.Sprintf("sid = %q", wanted)),
				ConfigStateChecks: []statecheck.StateCheck{value("friendly_name", knownvalue.StringExact("Office")), value("ip_addresses", office)},
			},
			{
				Config:            one(fmt.Sprintf("friendly_name = \"Office\"\naccount_sid = %q", sub)),
				ConfigStateChecks: []statecheck.StateCheck{value("sid", knownvalue.StringExact(inSub)), value("account_sid", knownvalue.StringExact(sub))},
			},
			{Config: one(`friendly_name = "Twins"`), ExpectError: acctest.Text("There are 2 of: IP access control list with friendly_name \"Twins\" in account " + m.AccountSID() + ". Look it up by its SID instead: " + first + " " + second)},
			{Config: one(`friendly_name = "Nobody"`), ExpectError: acctest.Text("There is no IP access control list with friendly_name \"Nobody\"")},
			{Config: one(fmt.Sprintf("sid = %q", acctest.ListSID)), ExpectError: acctest.Text("Check the SID, and account_sid if the list belongs to a subaccount.")},
			{Config: one(""), ExpectError: acctest.Text("Exactly one of these attributes must be configured: [sid,friendly_name]")},
			{Config: one(fmt.Sprintf("sid = %q\nfriendly_name = \"Office\"", wanted)), ExpectError: acctest.Text("Exactly one of these attributes must be configured: [sid,friendly_name]")},
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
					tfjsonpath.New("ip_access_control_lists"), knownvalue.ListSizeExact(2103))},
			},
			{
				Config: many(fmt.Sprintf("friendly_name_prefix = %q", strings.Repeat("x", 300))),
				ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue("data.twilio_sip_ip_access_control_lists.test",
					tfjsonpath.New("ip_access_control_lists"), knownvalue.ListSizeExact(0))},
			},
		},
	})
}

func TestIPAddressDataSources(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	list := m.CreateList("", "Office").SID
	pbx := m.CreateAddress("", list, "198.51.100.7", 32, "pbx").SID
	carrier := m.CreateAddress("", list, "203.0.113.7", 24, "carrier").SID
	twin := m.CreateAddress("", list, "203.0.113.0", 24, "again").SID
	one := func(lines string) string {
		return m.Config(fmt.Sprintf("data \"twilio_sip_ip_address\" \"test\" {\nip_access_control_list_sid = %q\n%s\n}\n", list, lines))
	}
	value := func(name string, check knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data.twilio_sip_ip_address.test", tfjsonpath.New(name), check)
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.ProviderFactories(),
		Steps: []resource.TestStep{
			{
				Config: one(`cidr_block = "198.51.100.7"`),
				ConfigStateChecks: []statecheck.StateCheck{
					value("sid", knownvalue.StringExact(pbx)), value("cidr_block", knownvalue.StringExact("198.51.100.7")),
					value("cidr_prefix_length", knownvalue.Int64Exact(32)), value("friendly_name", knownvalue.StringExact("pbx")),
				},
			},
			{
				Config: one(fmt.Sprintf("sid = %q", carrier)),
				ConfigStateChecks: []statecheck.StateCheck{
					value("ip_address", knownvalue.StringExact("203.0.113.7")), value("cidr_block", knownvalue.StringExact("203.0.113.0/24")),
				},
			},
			{Config: one(`cidr_block = "203.0.113.0/24"`), ExpectError: acctest.Text("There are 2 of: IP address 203.0.113.0/24 in list " + list + ". Look it up by its SID instead: " + carrier + " " + twin)},
			{Config: one(`cidr_block = "192.0.2.1"`), ExpectError: acctest.Text("There is no IP address 192.0.2.1 in list " + list)},
			{Config: one(`cidr_block = "192.0.2.0/0"`), ExpectError: acctest.Text("halves")},
			{Config: one(""), ExpectError: acctest.Text("Exactly one of these attributes must be configured: [sid,cidr_block]")},
			{
				Config: m.Config(fmt.Sprintf("data \"twilio_sip_ip_addresses\" \"test\" {\nip_access_control_list_sid = %q\n}\n", list)),
				ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue("data.twilio_sip_ip_addresses.test", tfjsonpath.New("ip_addresses"),
					knownvalue.ListExact([]knownvalue.Check{
						knownvalue.ObjectPartial(map[string]knownvalue.Check{"sid": knownvalue.StringExact(pbx)}),
						knownvalue.ObjectPartial(map[string]knownvalue.Check{"sid": knownvalue.StringExact(carrier)}),
						knownvalue.ObjectPartial(map[string]knownvalue.Check{"sid": knownvalue.StringExact(twin), "cidr_block": knownvalue.StringExact("203.0.113.0/24")}),
					}))},
			},
			{
				Config:      m.Config(fmt.Sprintf("data \"twilio_sip_ip_addresses\" \"test\" {\nip_access_control_list_sid = %q\n}\n", acctest.ListSID)),
				ExpectError: acctest.Text("Check that the list exists"),
			},
		},
	})
}
