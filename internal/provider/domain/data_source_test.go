// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package domain_test

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

// TestDomainDataSource looks up a domain by its SID and by its name. The domain is on the second page.
func TestDomainDataSource(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	subaccount, _ := m.AddSubaccount()
	for i := range 1050 {
		m.CreateDomain("", fmt.Sprintf("domain-%d.sip.twilio.com", i), "")
	}
	domain := m.CreateDomain("", "office.sip.twilio.com", "Office")
	first, second := m.CreateList("", "First").SID, m.CreateList("", "Second").SID
	m.MapList("", domain.SID, second)
	m.MapList("", domain.SID, first)
	other := m.CreateDomain(subaccount, "subsidiary.sip.twilio.com", "Subsidiary")
	attributes := map[string]string{
		"id": domain.SID, "sid": domain.SID, "account_sid": m.AccountSID(), "friendly_name": "Office", "auth_type": "IP_ACL", "domain_name": "office.sip.twilio.com",
	}
	byName, bySID := "data.twilio_sip_domain.by_name", "data.twilio_sip_domain.by_sid"
	checks := append(acctest.ExpectStrings(byName, attributes), acctest.ExpectStrings(bySID, attributes)...)
	checks = append(checks, acctest.ExpectStrings("data.twilio_sip_domain.other", map[string]string{"account_sid": subaccount, "sid": other.SID, "auth_type": ""})...)
	checks = append(checks,
		statecheck.ExpectKnownValue(byName, tfjsonpath.New("ip_access_control_list_sids"), acctest.SIDList(second, first)),
		statecheck.ExpectKnownValue(bySID, tfjsonpath.New("ip_access_control_list_sids"), acctest.SIDList(second, first)),
		statecheck.ExpectKnownValue(byName, tfjsonpath.New("voice_url"), knownvalue.Null()),
		statecheck.ExpectKnownValue(byName, tfjsonpath.New("secure"), knownvalue.Bool(false)),
		statecheck.ExpectKnownValue(byName, tfjsonpath.New("date_created"), knownvalue.StringRegexp(regexp.MustCompile(`^\d{4}-.*Z$`))),
	)
	block := func(name, arguments string) string {
		return fmt.Sprintf("data \"twilio_sip_domain\" %q {\n%s\n}\n", name, arguments)
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.ProviderFactories(),
		Steps: []resource.TestStep{
			{Config: m.Config(block("test", `domain_name = "subsidiary.sip.twilio.com"`)), ExpectError: acctest.Text(`There is no SIP domain with domain_name "subsidiary.sip.twilio.com" in account ` + m.AccountSID())},
			{Config: m.Config(block("test", `sid = "`+other.SID+`"`)), ExpectError: acctest.Text("Check the SID. If the domain belongs to a subaccount, also check account_sid.")},
			{Config: m.Config(block("test", "")), ExpectError: acctest.Text("Exactly one of these attributes must be configured: [sid,domain_name]")},
			{Config: m.Config(block("test", `sid = "`+first+`"`)), ExpectError: acctest.Text("which is the SID of an IP access control list.")},
			{
				Config: m.Config(block("by_name", `domain_name = "Office.sip.twilio.com"`), block("by_sid", `sid = "`+domain.SID+`"`),
					block("other", fmt.Sprintf("domain_name = %q\naccount_sid = %q", other.DomainName, subaccount))),
				ConfigStateChecks: checks,
			},
		},
	})
}

func TestDomainMappingDataSources(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	domain := m.CreateDomain("", "office.sip.twilio.com", "Office").SID
	first, second, unused := m.CreateList("", "First").SID, m.CreateList("", "Second").SID, m.CreateList("", "Unused").SID
	m.MapList("", domain, second)
	m.MapList("", domain, first)
	one := func(list string) string {
		return fmt.Sprintf("data \"twilio_sip_domain_ip_access_control_list_mapping\" \"test\" {\n domain_sid = %q\n ip_access_control_list_sid = %q\n}\n", domain, list)
	}
	all := func(domain string) string {
		return fmt.Sprintf("data \"twilio_sip_domain_ip_access_control_list_mappings\" \"test\" {\n domain_sid = %q\n}\n", domain)
	}
	const single, plural = "data.twilio_sip_domain_ip_access_control_list_mapping.test", "data.twilio_sip_domain_ip_access_control_list_mappings.test"
	at := func(i int, attribute string) tfjsonpath.Path {
		return tfjsonpath.New("ip_access_control_list_mappings").AtSliceIndex(i).AtMapKey(attribute)
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.ProviderFactories(),
		Steps: []resource.TestStep{
			{Config: m.Config(one(unused)), ExpectError: acctest.Text("and check that the list is attached to the domain.")},
			{Config: m.Config(all(acctest.UnknownSID(domain))), ExpectError: acctest.Text("Check that the domain exists. If it belongs to a subaccount, also check account_sid.")},
			{
				Config: m.Config(one(first), all(domain)),
				ConfigStateChecks: append(acctest.ExpectStrings(single, map[string]string{
					"id": domain + "/" + first, "sid": first, "domain_sid": domain, "friendly_name": "First", "account_sid": m.AccountSID(),
				}),
					statecheck.ExpectKnownValue(plural, tfjsonpath.New("ip_access_control_list_mappings"), knownvalue.ListSizeExact(2)),
					statecheck.ExpectKnownValue(plural, at(0, "ip_access_control_list_sid"), knownvalue.StringExact(second)),
					statecheck.ExpectKnownValue(plural, at(1, "friendly_name"), knownvalue.StringExact("First")),
					statecheck.ExpectKnownValue(plural, at(1, "domain_sid"), knownvalue.StringExact(domain)),
				),
			},
		},
	})
}
