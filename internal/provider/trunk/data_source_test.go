// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package trunk_test

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// TestTrunkDataSource looks up a trunk by its SID and by both of its names. The trunk is on the second page.
func TestTrunkDataSource(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	subaccount, token := m.AddSubaccount()
	for i := range 1050 {
		m.CreateTrunk("", fmt.Sprintf("Trunk %d", i), "")
	}
	trunk := m.CreateTrunk("", "Carrier", "carrier.pstn.twilio.com")
	duplicates := []string{m.CreateTrunk("", "Twin", "").SID, m.CreateTrunk("", "Twin", "").SID}
	other := m.CreateTrunk(subaccount, "Subsidiary", "").SID
	list := m.CreateList("", "Office").SID
	m.AssociateList("", trunk.SID, list)
	block := func(name, arguments string) string {
		return fmt.Sprintf("data \"twilio_sip_trunking_trunk\" %q {\n%s\n}\n", name, arguments)
	}
	var checks []statecheck.StateCheck
	for _, name := range []string{"by_friendly_name", "by_domain_name", "by_sid"} {
		resourceAddress := "data.twilio_sip_trunking_trunk." + name
		checks = append(checks, acctest.ExpectStrings(resourceAddress, map[string]string{
			"id": trunk.SID, "sid": trunk.SID, "account_sid": m.AccountSID(), "friendly_name": "Carrier", "domain_name": "carrier.pstn.twilio.com", "auth_type": "IP_ACL",
		})...)
		checks = append(checks,
			statecheck.ExpectKnownValue(resourceAddress, tfjsonpath.New("ip_access_control_list_sids"), acctest.SIDList(list)),
			statecheck.ExpectKnownValue(resourceAddress, tfjsonpath.New("url"), knownvalue.StringRegexp(regexp.MustCompile("/v1/Trunks/"+trunk.SID+"$"))))
	}
	checks = append(checks, acctest.ExpectStrings("data.twilio_sip_trunking_trunk.other", map[string]string{"sid": other, "account_sid": subaccount})...)
	// The tests serve one instance of the provider, and an alias would configure it again. So the other provider block is for a
	// second provider.
	factories := m.ProviderFactories()
	factories["other"] = m.ProviderFactories()["twilio"]
	otherBlock := fmt.Sprintf("provider \"other\" {\n account_sid = %q\n auth_token = %q\n base_url = %q\n}\n", subaccount, token, m.URL())
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: factories,
		Steps: []resource.TestStep{
			{Config: m.Config(block("test", `friendly_name = "carrier"`)), ExpectError: acctest.Text(`There is no Elastic SIP trunk with friendly_name "carrier". The provider uses the`)},
			{Config: m.Config(block("test", `friendly_name = "Twin"`)), ExpectError: acctest.Text("Set sid to one of these instead: " + duplicates[0] + " " + duplicates[1])},
			{
				Config:      m.Config(block("test", `sid = "`+other+`"`)),
				ExpectError: acctest.Text("The provider uses the auth token of account " + m.AccountSID() + ", which shows only the trunks of that account."),
			},
			{
				Config:      m.Config(block("test", fmt.Sprintf("sid = %q\naccount_sid = %q", other, subaccount))),
				ExpectError: acctest.Text("account_sid is " + subaccount + ", but the provider's account is " + m.AccountSID()),
			},
			{Config: m.Config(block("test", "friendly_name = \"a\"\ndomain_name = \"b\"")), ExpectError: acctest.Text("Exactly one of these attributes must be configured: [sid,friendly_name,domain_name]")},
			{
				Config: m.Config(otherBlock, block("by_friendly_name", `friendly_name = "Carrier"`), block("by_domain_name", `domain_name = "Carrier.pstn.twilio.com"`),
					block("by_sid", `sid = "`+trunk.SID+`"`), block("other", "friendly_name = \"Subsidiary\"\nprovider = other")),
				ConfigStateChecks: checks,
			},
		},
	})
}

func TestTrunkAssociationDataSources(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	trunk := m.CreateTrunk("", "Carrier", "").SID
	first, second, unused := m.CreateList("", "First").SID, m.CreateList("", "Second").SID, m.CreateList("", "Unused").SID
	m.AssociateList("", trunk, second)
	m.AssociateList("", trunk, first)
	one := func(list string) string {
		return fmt.Sprintf("data \"twilio_sip_trunking_ip_access_control_list\" \"test\" {\n trunk_sid = %q\n ip_access_control_list_sid = %q\n}\n", trunk, list)
	}
	all := func(trunk string) string {
		return fmt.Sprintf("data \"twilio_sip_trunking_ip_access_control_lists\" \"test\" {\n trunk_sid = %q\n}\n", trunk)
	}
	const single, plural = "data.twilio_sip_trunking_ip_access_control_list.test", "data.twilio_sip_trunking_ip_access_control_lists.test"
	at := func(i int, attribute string) tfjsonpath.Path {
		return tfjsonpath.New("ip_access_control_lists").AtSliceIndex(i).AtMapKey(attribute)
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.ProviderFactories(),
		Steps: []resource.TestStep{
			{Config: m.Config(one(unused)), ExpectError: acctest.Text("and check that the list is attached to the trunk.")},
			{Config: m.Config(all(acctest.UnknownSID(trunk))), ExpectError: acctest.Text("Check that the trunk exists. The provider uses the")},
			{
				Config: m.Config(one(first), all(trunk)),
				ConfigStateChecks: append(acctest.ExpectStrings(single, map[string]string{
					"id": trunk + "/" + first, "sid": first, "trunk_sid": trunk, "friendly_name": "First", "account_sid": m.AccountSID(),
				}),
					statecheck.ExpectKnownValue(plural, tfjsonpath.New("account_sid"), knownvalue.StringExact(m.AccountSID())),
					statecheck.ExpectKnownValue(plural, tfjsonpath.New("ip_access_control_lists"), knownvalue.ListSizeExact(2)),
					statecheck.ExpectKnownValue(plural, at(0, "ip_access_control_list_sid"), knownvalue.StringExact(second)),
					statecheck.ExpectKnownValue(plural, at(1, "friendly_name"), knownvalue.StringExact("First")),
				),
			},
		},
	})
}
