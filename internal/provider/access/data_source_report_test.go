// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package access_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

const accessReport = "data.twilio_sip_access_report.test"

func TestAccessReport(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	office := acctest.NewOffice(m)
	unused := m.CreateList("", "Unused").SID
	closed, users := m.CreateDomain("", "closed.sip.twilio.com", "Closed").SID, m.CreateTrunk("", "", "").SID
	credentials := m.CreateCredentialList("", "Users").SID
	m.MapCredentialList("", office.Domain.SID, credentials)
	m.AssociateCredentialList("", users, credentials)
	callee := func(sid string, domainName, name knownvalue.Check, authType string, count int64, blocks, lists, credentials []string) knownvalue.Check {
		return knownvalue.ObjectExact(map[string]knownvalue.Check{
			"sid": knownvalue.StringExact(sid), "domain_name": domainName, "friendly_name": name, "auth_type": knownvalue.StringExact(authType),
			"address_count": knownvalue.Int64Exact(count), "cidr_blocks": acctest.SIDList(blocks...),
			"ip_access_control_list_sids": acctest.SIDList(lists...), "credential_list_sids": acctest.SIDList(credentials...),
		})
	}
	blocks, lists := []string{"198.51.100.0/28", "203.0.113.10"}, []string{office.List.SID}
	exact := knownvalue.StringExact
	checks := []statecheck.StateCheck{
		expect(accessReport, "account_sid", exact(m.AccountSID())),
		expect(accessReport, "unattached_ip_access_control_list_sids", acctest.SIDList(unused)),
		expect(accessReport, "domains", knownvalue.ListExact([]knownvalue.Check{
			callee(office.Domain.SID, exact("example.sip.twilio.com"), exact("Example"), "IP_ACL,CREDENTIAL_LIST", 17, blocks, lists, []string{credentials}),
			callee(closed, exact("closed.sip.twilio.com"), exact("Closed"), "", 0, nil, nil, nil),
		})),
		expect(accessReport, "trunks", knownvalue.ListExact([]knownvalue.Check{
			callee(office.Trunk.SID, exact("example.pstn.twilio.com"), exact("Carrier"), "IP_ACL", 17, blocks, lists, nil),
			callee(users, knownvalue.Null(), knownvalue.Null(), "CREDENTIAL_LIST", 0, nil, nil, []string{credentials}),
		})),
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.ProviderFactories(),
		Steps: []resource.TestStep{
			{Config: m.Config(block("twilio_sip_access_report", "test")), ConfigStateChecks: checks},
			{Config: m.Config(block("twilio_sip_access_report", "test", fmt.Sprintf("account_sid = %q", m.AccountSID()))), ConfigStateChecks: checks},
		},
	})
	m.ExpectNoWrites()
}

// TestAccessReportOfEmptyAccount checks that no list is null, so that expressions with these lists work.
func TestAccessReportOfEmptyAccount(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.ProviderFactories(),
		Steps: []resource.TestStep{{
			Config: m.Config(block("twilio_sip_access_report", "test")),
			ConfigStateChecks: []statecheck.StateCheck{
				expect(accessReport, "domains", knownvalue.ListSizeExact(0)), expect(accessReport, "trunks", knownvalue.ListSizeExact(0)),
				expect(accessReport, "unattached_ip_access_control_list_sids", acctest.SIDList()),
			},
		}},
	})
}

// TestAccessReportOfAnotherAccount checks that the report says nothing about trunks that the credentials cannot see.
func TestAccessReportOfAnotherAccount(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	subaccount, token := m.AddSubaccount()
	key, secret := m.AddAPIKey("")
	list, trunk := m.CreateList(subaccount, "Office").SID, m.CreateTrunk(subaccount, "Subsidiary", "").SID
	m.AssociateList(subaccount, trunk, list)
	m.CreateTrunk("", "Parent's", "")
	domain := m.CreateDomain(subaccount, "example.sip.twilio.com", "").SID
	hidden := []statecheck.StateCheck{
		expect(accessReport, "trunks", knownvalue.Null()), expect(accessReport, "unattached_ip_access_control_list_sids", knownvalue.Null()),
		expect(accessReport, "domains", knownvalue.ListPartial(map[int]knownvalue.Check{0: knownvalue.ObjectPartial(map[string]knownvalue.Check{"sid": knownvalue.StringExact(domain)})})),
	}
	config := func(credentials string, arguments ...string) string {
		return fmt.Sprintf("provider \"twilio\" {\n base_url = %q\n account_sid = %q\n %s\n}\n", m.URL(), subaccount, credentials) + block("twilio_sip_access_report", "test", arguments...)
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.ProviderFactories(),
		Steps: []resource.TestStep{
			{
				Config:      m.Config(block("twilio_sip_access_report", "test", `account_sid = "AC123"`)),
				ExpectError: acctest.Text("must be the SID of an account (\"AC\" followed by 32 hexadecimal digits); got \"AC123\"."),
			},
			{Config: m.Config(block("twilio_sip_access_report", "test", fmt.Sprintf("account_sid = %q", subaccount))), ConfigStateChecks: hidden},
			{Config: config(fmt.Sprintf("api_key = %q\n api_secret = %q", key, secret)), ConfigStateChecks: hidden},
			{
				Config:            config(fmt.Sprintf("auth_token = %q", token)),
				ConfigStateChecks: []statecheck.StateCheck{expect(accessReport, "unattached_ip_access_control_list_sids", acctest.SIDList())},
			},
		},
	})
}

// TestAccessReportWarnsOfHiddenTrunks checks the text of the warning.
func TestAccessReportWarnsOfHiddenTrunks(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	subaccount, _ := m.AddSubaccount()
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+block("twilio_sip_access_report", "test", fmt.Sprintf("account_sid = %q", subaccount)))
	c.Run("init")
	if output := c.Run("plan", "-no-color"); !acctest.Text("The access report of account " + subaccount + " has no trunks").MatchString(output) {
		t.Error(output)
	}
	c.Write("main.tf", m.RootConfig()+block("twilio_sip_access_report", "test"))
	if output := c.Run("plan", "-no-color"); acctest.Text("Warning:").MatchString(output) {
		t.Error(output)
	}
}

// TestDataSourcesShareRequests reads the report and the access of each domain and trunk in one plan.
func TestDataSourcesShareRequests(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	var lists []string
	for i := range 6 {
		list := m.CreateList("", fmt.Sprintf("List %d", i)).SID
		m.CreateAddress("", list, fmt.Sprintf("192.0.2.%d", i), 32, "Gateway")
		lists = append(lists, list)
	}
	for i := range 3 {
		domain, trunk := m.CreateDomain("", fmt.Sprintf("domain-%d.sip.twilio.com", i), "").SID, m.CreateTrunk("", "Trunk", "").SID
		for _, list := range lists[i:] {
			m.MapList("", domain, list)
			m.AssociateList("", trunk, list)
		}
	}
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+`
data "twilio_sip_access_report" "first" {}

data "twilio_sip_access_report" "second" {}

data "twilio_sip_effective_access" "domains" {
  count      = 3
  domain_sid = data.twilio_sip_access_report.first.domains[count.index].sid
}

data "twilio_sip_effective_access" "trunks" {
  count     = 3
  trunk_sid = data.twilio_sip_access_report.second.trunks[count.index].sid
}
`)
	c.Run("init")
	c.Run("plan")
	lines := m.RequestLines()
	slices.Sort(lines)
	want := slices.Concat(
		[]string{"GET /Domains"},
		slices.Repeat([]string{"GET /Domains/SD/Auth/Calls/IpAccessControlListMappings"}, 3),
		[]string{"GET /IpAccessControlLists"},
		slices.Repeat([]string{"GET /IpAccessControlLists/AL/IpAddresses"}, 6),
		[]string{"GET /Trunks"},
		slices.Repeat([]string{"GET /Trunks/TK/IpAccessControlLists"}, 3),
	)
	if !slices.Equal(lines, want) {
		t.Errorf("%d requests: %q", len(lines), lines)
	}
}
