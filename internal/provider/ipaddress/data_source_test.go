// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipaddress_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

func TestIPAddressDataSources(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	list := m.CreateList("", "Office").SID
	pbx := m.CreateAddress("", list, "198.51.100.7", 32, "pbx").SID
	carrier := m.CreateAddress("", list, "203.0.113.7", 24, "carrier").SID
	duplicate := m.CreateAddress("", list, "203.0.113.0", 24, "again").SID
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
			{Config: one(`cidr_block = "203.0.113.0/24"`), ExpectError: acctest.Text("There are 2 entries for 203.0.113.0/24 in list " + list + ". Set sid to one of these instead: " + carrier + " " + duplicate)},
			{Config: one(`cidr_block = "192.0.2.1"`), ExpectError: acctest.Text("There is no entry for 192.0.2.1 in list " + list)},
			{Config: one(`cidr_block = "192.0.2.0/0"`), ExpectError: acctest.Text("has prefix length 0")},
			{Config: one(""), ExpectError: acctest.Text("Exactly one of these attributes must be configured: [sid,cidr_block]")},
			{
				Config: m.Config(fmt.Sprintf("data \"twilio_sip_ip_addresses\" \"test\" {\nip_access_control_list_sid = %q\n}\n", list)),
				ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue("data.twilio_sip_ip_addresses.test", tfjsonpath.New("ip_addresses"),
					knownvalue.ListExact([]knownvalue.Check{
						knownvalue.ObjectPartial(map[string]knownvalue.Check{"sid": knownvalue.StringExact(pbx)}),
						knownvalue.ObjectPartial(map[string]knownvalue.Check{"sid": knownvalue.StringExact(carrier)}),
						knownvalue.ObjectPartial(map[string]knownvalue.Check{"sid": knownvalue.StringExact(duplicate), "cidr_block": knownvalue.StringExact("203.0.113.0/24")}),
					}))},
			},
			{
				Config:      m.Config(fmt.Sprintf("data \"twilio_sip_ip_addresses\" \"test\" {\nip_access_control_list_sid = %q\n}\n", acctest.ListSID)),
				ExpectError: acctest.Text("Check that the list exists"),
			},
		},
	})
}
