// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package access_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

const effectiveAccess = "data.twilio_sip_effective_access.test"

// block returns a data block with arguments.
func block(typeName, name string, arguments ...string) string {
	return fmt.Sprintf("data %q %q {\n%s\n}\n", typeName, name, strings.Join(arguments, "\n"))
}

func expect(address, attribute string, check knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(attribute), check)
}

// attachCredentials attaches a credential list to a parent of each kind.
var attachCredentials = map[string]func(m *acctest.Mock, parent, list string){
	"domain": func(m *acctest.Mock, parent, list string) { m.MapCredentialList("", parent, list) },
	"trunk":  func(m *acctest.Mock, parent, list string) { m.AssociateCredentialList("", parent, list) },
}

func TestEffectiveAccess(t *testing.T) {
	t.Parallel()
	for kind, attachment := range acctest.Attachments {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			m := acctest.StartMock(t)
			parent := attachment.NewParent(m)
			office, carrier, empty := m.CreateList("", "Office").SID, m.CreateList("", "Carrier").SID, m.CreateList("", "Empty").SID
			// The data source shows everything that Twilio has: host bits, equal entries, and most of the Internet.
			hostBits := m.CreateAddress("", office, "203.0.113.7", 24, "London").SID
			equal := m.CreateAddress("", office, "203.0.113.0", 24, "London again").SID
			single := m.CreateAddress("", carrier, "192.0.2.7", 32, "SBC").SID
			inside := m.CreateAddress("", carrier, "203.0.113.128", 25, "Half of London").SID
			credentials := m.CreateCredentialList("", "Users").SID
			argument := fmt.Sprintf("%s = %q", attachment.ParentAttribute, parent)
			config := m.Config(block("twilio_sip_effective_access", "test", argument))
			entry := func(sid, cidrBlock, name, list, listName string) knownvalue.Check {
				return knownvalue.ObjectExact(map[string]knownvalue.Check{
					"sid": knownvalue.StringExact(sid), "cidr_block": knownvalue.StringExact(cidrBlock), "friendly_name": knownvalue.StringExact(name),
					"ip_access_control_list_sid": knownvalue.StringExact(list), "ip_access_control_list_friendly_name": knownvalue.StringExact(listName),
				})
			}
			empties := []statecheck.StateCheck{
				expect(effectiveAccess, "address_count", knownvalue.Int64Exact(0)),
				expect(effectiveAccess, "cidr_blocks", acctest.SIDList()),
				expect(effectiveAccess, "entries", knownvalue.ListSizeExact(0)),
				expect(effectiveAccess, "ip_access_control_list_sids", acctest.SIDList()),
			}
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: m.ProviderFactories(),
				Steps: []resource.TestStep{
					{
						Config: config,
						ConfigStateChecks: append(empties,
							expect(effectiveAccess, "auth_type", knownvalue.StringExact("")), expect(effectiveAccess, "credential_list_sids", acctest.SIDList()),
							expect(effectiveAccess, "account_sid", knownvalue.StringExact(m.AccountSID()))),
					},
					{
						PreConfig: func() { attachCredentials[kind](m, parent, credentials) },
						Config:    config,
						ConfigStateChecks: append(empties,
							expect(effectiveAccess, "auth_type", knownvalue.StringExact("CREDENTIAL_LIST")), expect(effectiveAccess, "credential_list_sids", acctest.SIDList(credentials))),
					},
					{
						PreConfig: func() {
							for _, list := range []string{carrier, empty, office} {
								attachment.Attach(m, parent, list)
							}
						},
						Config: config,
						ConfigStateChecks: []statecheck.StateCheck{
							expect(effectiveAccess, "auth_type", knownvalue.StringExact("IP_ACL,CREDENTIAL_LIST")),
							expect(effectiveAccess, "credential_list_sids", acctest.SIDList(credentials)),
							expect(effectiveAccess, "ip_access_control_list_sids", acctest.SIDList(carrier, empty, office)),
							expect(effectiveAccess, "address_count", knownvalue.Int64Exact(257)),
							expect(effectiveAccess, "cidr_blocks", acctest.SIDList("192.0.2.7", "203.0.113.0/24")),
							expect(effectiveAccess, "entries", knownvalue.ListExact([]knownvalue.Check{
								entry(single, "192.0.2.7/32", "SBC", carrier, "Carrier"), entry(inside, "203.0.113.128/25", "Half of London", carrier, "Carrier"),
								entry(hostBits, "203.0.113.0/24", "London", office, "Office"), entry(equal, "203.0.113.0/24", "London again", office, "Office"),
							})),
						},
					},
					{
						// All addresses, as the two halves of the Internet.
						PreConfig: func() {
							m.CreateAddress("", office, "0.0.0.0", 1, "Half")
							m.CreateAddress("", empty, "255.0.0.0", 1, "Other half")
						},
						Config: config,
						ConfigStateChecks: []statecheck.StateCheck{
							expect(effectiveAccess, "address_count", knownvalue.Int64Exact(1<<32)),
							expect(effectiveAccess, "cidr_blocks", acctest.SIDList("0.0.0.0/1", "128.0.0.0/1")),
						},
					},
					{
						PreConfig: func() {
							for _, status := range []int{http.StatusTooManyRequests, http.StatusServiceUnavailable} {
								m.AddFault(mocktwilio.Fault{Kind: mocktwilio.FaultStatus, Status: status})
							}
						},
						Config:            config,
						ConfigStateChecks: []statecheck.StateCheck{expect(effectiveAccess, "address_count", knownvalue.Int64Exact(1<<32))},
					},
				},
			})
			if unused := m.UnusedFaults(); len(unused) > 0 {
				t.Errorf("unused faults: %v", unused)
			}
			m.ExpectNoWrites()
		})
	}
}

func TestEffectiveAccessErrors(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	domain, trunk := m.CreateDomain("", "office.sip.twilio.com", "").SID, m.CreateTrunk("", "Carrier", "").SID
	config := func(arguments ...string) string {
		return m.Config(block("twilio_sip_effective_access", "test", arguments...))
	}
	domainSID, trunkSID := fmt.Sprintf("domain_sid = %q", domain), fmt.Sprintf("trunk_sid = %q", trunk)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.ProviderFactories(),
		Steps: []resource.TestStep{
			{Config: config(), ExpectError: acctest.Text("Exactly one of these attributes must be configured: [domain_sid,trunk_sid]")},
			{Config: config(domainSID, trunkSID), ExpectError: acctest.Text("Exactly one of these attributes must be configured: [domain_sid,trunk_sid]")},
			{Config: config(fmt.Sprintf("domain_sid = %q", trunk)), ExpectError: acctest.Text("is the SID of an Elastic SIP trunk.")},
			{Config: config(fmt.Sprintf("trunk_sid = %q", "CL"+trunk[2:])), ExpectError: acctest.Text("is the SID of a credential list.")},
			{
				Config:      config(fmt.Sprintf("domain_sid = %q", acctest.UnknownSID(domain))),
				ExpectError: acctest.Text("Check that the domain exists. If it belongs to a subaccount, also check account_sid."),
			},
			{
				Config:      config(fmt.Sprintf("trunk_sid = %q", acctest.UnknownSID(trunk))),
				ExpectError: acctest.Text("Check that the trunk exists. The provider uses the auth token of account " + m.AccountSID()),
			},
			{
				PreConfig: func() {
					m.AddFault(mocktwilio.Fault{Path: "/IpAccessControlListMappings", Count: -1, Kind: mocktwilio.FaultStatus, Status: http.StatusForbidden, Code: 20003})
				},
				Config:      config(domainSID),
				ExpectError: acctest.Text("Cannot read the effective access of SIP domain " + domain),
			},
		},
	})
}

// TestMissingList checks that the error names the attached list that is not found, rather than the domain or trunk.
func TestMissingList(t *testing.T) {
	t.Parallel()
	for kind, attachment := range acctest.Attachments {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			m := acctest.StartMock(t)
			parent, found, missing := attachment.NewParent(m), m.CreateList("", "Found").SID, m.CreateList("", "Office").SID
			attachment.Attach(m, parent, found)
			attachment.Attach(m, parent, missing)
			m.AddFault(mocktwilio.Fault{Path: missing + "/IpAddresses", Count: -1, Kind: mocktwilio.FaultStatus, Status: http.StatusNotFound, Code: 20404})
			c := m.NewCLI(nil)
			for _, data := range []string{
				block("twilio_sip_effective_access", "test", fmt.Sprintf("%s = %q", attachment.ParentAttribute, parent)),
				block("twilio_sip_access_report", "test"),
				block("twilio_sip_access_report", "test", fmt.Sprintf("account_sid = %q", m.AccountSID())),
			} {
				c.Write("main.tf", m.RootConfig()+data)
				c.Run("init")
				output := c.ExpectError("plan", "-no-color")
				object := fmt.Sprintf("IP access control list %s (\"Office\"), which is attached to %s %s", missing, map[string]string{"domain": "SIP domain", "trunk": "Elastic SIP trunk"}[kind], parent)
				for _, want := range []string{
					"Error: Cannot read " + object, "Reading " + object + " failed: Twilio did not find it.",
					"Twilio reports the list as attached but did not find it,", "detach the list from",
				} {
					if !acctest.Text(want).MatchString(output) {
						t.Errorf("%q is not in:\n%s", want, output)
					}
				}
				// The arguments of the data source are correct.
				if acctest.Text("Check th").MatchString(output) || strings.Contains(output, "_sid =") {
					t.Error(output)
				}
			}
		})
	}
}

// TestEffectiveAccessOfSubaccount reads a domain of a subaccount with the credentials of the parent account, and a trunk with the
// subaccount's own credentials.
func TestEffectiveAccessOfSubaccount(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	subaccount, token := m.AddSubaccount()
	key, secret := m.AddAPIKey("")
	domain, trunk, list := m.CreateDomain(subaccount, "subsidiary.sip.twilio.com", "").SID, m.CreateTrunk(subaccount, "Subsidiary", "").SID, m.CreateList(subaccount, "Office").SID
	m.CreateAddress(subaccount, list, "192.0.2.0", 28, "Office")
	m.MapList(subaccount, domain, list)
	m.AssociateList(subaccount, trunk, list)
	parents := m.CreateTrunk("", "Parent's", "").SID
	account := fmt.Sprintf("account_sid = %q", subaccount)
	data := func(arguments ...string) string { return block("twilio_sip_effective_access", "test", arguments...) }
	own := fmt.Sprintf("provider \"twilio\" {\n account_sid = %q\n auth_token = %q\n base_url = %q\n}\n", subaccount, token, m.URL())
	parentKey := fmt.Sprintf("provider \"twilio\" {\n account_sid = %q\n api_key = %q\n api_secret = %q\n base_url = %q\n}\n", subaccount, key, secret, m.URL())
	checks := []statecheck.StateCheck{
		expect(effectiveAccess, "account_sid", knownvalue.StringExact(subaccount)), expect(effectiveAccess, "address_count", knownvalue.Int64Exact(16)),
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.ProviderFactories(),
		Steps: []resource.TestStep{
			{Config: m.Config(data(account, fmt.Sprintf("domain_sid = %q", domain))), ConfigStateChecks: checks},
			{
				Config:      m.Config(data(account, fmt.Sprintf("trunk_sid = %q", trunk))),
				ExpectError: acctest.Text("account_sid is " + subaccount + ", but the provider's account is " + m.AccountSID()),
			},
			{Config: own + data(fmt.Sprintf("trunk_sid = %q", trunk)), ConfigStateChecks: checks},
			{
				Config:      parentKey + data(account, fmt.Sprintf("trunk_sid = %q", parents)),
				ExpectError: acctest.Text("account_sid is " + subaccount + ", but trunk " + parents + " belongs to account " + m.AccountSID() + "."),
			},
			// Without account_sid, the account comes from Twilio's response.
			{
				Config:            parentKey + data(fmt.Sprintf("trunk_sid = %q", parents)),
				ConfigStateChecks: []statecheck.StateCheck{expect(effectiveAccess, "account_sid", knownvalue.StringExact(m.AccountSID()))},
			},
		},
	})
}

// TestUnknownParent checks that nothing is read until the domain is known, and that the read then shows the attachments of the
// same apply.
func TestUnknownParent(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	domain := m.CreateDomain("", "office.sip.twilio.com", "").SID
	config := m.Config(fmt.Sprintf(`
resource "twilio_sip_ip_access_control_list" "test" {
  friendly_name = "Office"
  ip_addresses  = { "192.0.2.0/28" = "Office" }
}

resource "twilio_sip_domain_ip_access_control_list_mapping" "test" {
  domain_sid                 = %q
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.test.sid
}

data "twilio_sip_effective_access" "test" {
  domain_sid = split("/", twilio_sip_domain_ip_access_control_list_mapping.test.id)[0]
}

data "twilio_sip_access_report" "test" {
  account_sid = twilio_sip_domain_ip_access_control_list_mapping.test.account_sid

  depends_on = [twilio_sip_domain_ip_access_control_list_mapping.test]
}
`, domain))
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.ProviderFactories(),
		Steps: []resource.TestStep{{
			Config: config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectUnknownValue(effectiveAccess, tfjsonpath.New("cidr_blocks")),
				plancheck.ExpectUnknownValue(accessReport, tfjsonpath.New("domains")),
			}},
			ConfigStateChecks: []statecheck.StateCheck{
				expect(effectiveAccess, "cidr_blocks", acctest.SIDList("192.0.2.0/28")),
				expect(accessReport, "unattached_ip_access_control_list_sids", acctest.SIDList()),
				statecheck.ExpectKnownValue(accessReport, tfjsonpath.New("domains").AtSliceIndex(0).AtMapKey("address_count"), knownvalue.Int64Exact(16)),
			},
		}},
	})
}
