// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

// providerBlock is a provider block with credentials of one's own.
func (m *mock) providerBlock(credentials ...string) string {
	return fmt.Sprintf("provider \"twilio\" {\n base_url = %q\n %s\n}\n", m.URL(), strings.Join(credentials, "\n "))
}

func withToken(account, token string) string {
	return fmt.Sprintf("account_sid = %q\n auth_token = %q", account, token)
}

func withKey(account, key, secret string) string {
	return fmt.Sprintf("account_sid = %q\n api_key = %q\n api_secret = %q", account, key, secret)
}

// TestTrunkOfSubaccount uses a subaccount's trunk with its own credentials, and then with its parent's.
func TestTrunkOfSubaccount(t *testing.T) {
	t.Parallel()
	m := startMock(t)
	l := linkings["trunk"]
	address := l.resourceType + ".test"
	subaccount, token := m.AddSubaccount()
	key, secret := m.AddAPIKey(subaccount)
	trunk, list := m.CreateTrunk(subaccount, "Subsidiary", "").SID, m.CreateList(subaccount, "Office").SID
	own, parents := m.providerBlock(withToken(subaccount, token)), m.config()
	named := l.block("test", trunk, list, fmt.Sprintf("account_sid = %q", subaccount))
	unnamed := l.block("test", trunk, list)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.factories(),
		Steps: []resource.TestStep{
			{Config: parents + unnamed, ExpectError: text("Check that the trunk exists. The credentials in use are the auth token of account " + m.AccountSID())},
			{
				Config:      parents + named,
				PlanOnly:    true,
				ExpectError: text("account_sid is " + subaccount + ", but the provider's account is " + m.AccountSID() + " and its credentials are the auth token of account " + m.AccountSID() + "."),
			},
			{
				Config: own + named,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectKnownValue(address, tfjsonpath.New("account_sid"), knownvalue.StringExact(subaccount)),
				}},
				ConfigStateChecks: texts(address, map[string]string{"account_sid": subaccount}),
			},
			{ResourceName: address, ImportState: true, ImportStateVerify: true},
			// An API key of the subaccount does as well.
			{Config: m.providerBlock(withKey(subaccount, key, secret)) + unnamed, PlanOnly: true},
			// The wrong credentials drop nothing from the state.
			{Config: parents + unnamed, ExpectError: text("failed: the state says that it is in account " + subaccount + ", but the provider's account is " + m.AccountSID())},
			{Config: own + unnamed, PlanOnly: true},
			{
				PreConfig: func() { m.DissociateList(subaccount, trunk, list) },
				Config:    own + unnamed,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(address, plancheck.ResourceActionCreate),
				}},
			},
			{
				PreConfig:          func() { m.DeleteTrunk(subaccount, trunk) },
				Config:             own + unnamed,
				PlanOnly:           true,
				ExpectNonEmptyPlan: true,
			},
			{Config: own, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}},
		},
	})
}

// TestTrunkWithKeyOfParent has an API key that acts on a subaccount: the trunks are the parent's.
func TestTrunkWithKeyOfParent(t *testing.T) {
	t.Parallel()
	m := startMock(t)
	l := linkings["trunk"]
	address := l.resourceType + ".test"
	subaccount, _ := m.AddSubaccount()
	key, secret := m.AddAPIKey("")
	block := m.providerBlock(withKey(subaccount, key, secret))
	trunk, list := m.CreateTrunk("", "Carrier", "").SID, m.CreateList("", "Office").SID
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.factories(),
		Steps: []resource.TestStep{
			{
				Config:      block + l.block("test", trunk, list, fmt.Sprintf("account_sid = %q", subaccount)),
				ExpectError: text("but trunk " + trunk + " is in account " + m.AccountSID() + ", whose API key the provider uses (API key " + key + "). Nothing was created."),
			},
			{
				Config: block + l.block("test", trunk, list),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectUnknownValue(address, tfjsonpath.New("account_sid")),
				}},
				ConfigStateChecks: texts(address, map[string]string{"account_sid": m.AccountSID()}),
			},
			{
				// The trunk is there: the association is gone indeed.
				PreConfig: func() { m.DissociateList("", trunk, list) },
				Config:    block + l.block("test", trunk, list),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(address, plancheck.ResourceActionCreate),
				}},
			},
		},
	})
	if left := l.lists(m, trunk); len(left) > 0 {
		t.Errorf("left in force: %v", left)
	}
}

// TestDestroyWithWrongCredentials does not take a trunk that the credentials cannot see for one that is gone.
func TestDestroyWithWrongCredentials(t *testing.T) {
	t.Parallel()
	m := startMock(t)
	l := linkings["trunk"]
	subaccount, token := m.AddSubaccount()
	trunk, list := m.CreateTrunk(subaccount, "Subsidiary", "").SID, m.CreateList(subaccount, "Office").SID
	c := m.newCLI(nil)
	block := l.block("test", trunk, list)
	settings := strings.TrimPrefix(m.mockBlock(), m.config())
	c.write("main.tf", settings+m.providerBlock(withToken(subaccount, token))+block)
	c.run("init")
	c.run("apply", "-auto-approve")
	m.ResetRequests()
	c.write("main.tf", m.mockBlock()+block)
	output := strings.Join(strings.Fields(c.fail("destroy", "-auto-approve", "-no-color", "-refresh=false")), " ")
	if !strings.Contains(output, "Cannot delete SIP trunk association") || !strings.Contains(output, "Twilio shows them no trunk "+trunk) {
		t.Error(output)
	}
	m.onlyReads()
	if len(m.Associations(subaccount, trunk)) != 1 || len(c.state()) != 1 {
		t.Error("the association is lost")
	}
	c.write("main.tf", settings+m.providerBlock(withToken(subaccount, token))+block)
	c.run("destroy", "-auto-approve", "-refresh=false")
	if got := m.requests(); !slices.Equal(got, []string{"DELETE /Trunks/TK/IpAccessControlLists/AL"}) {
		t.Errorf("requests: %q", got)
	}
}

// TestMappingInSubaccount names the account with the parent's credentials.
func TestMappingInSubaccount(t *testing.T) {
	t.Parallel()
	m := startMock(t)
	l := linkings["domain"]
	address := l.resourceType + ".test"
	subaccount, _ := m.AddSubaccount()
	domain, list := m.CreateDomain(subaccount, "subsidiary.sip.twilio.com", "").SID, m.CreateList(subaccount, "Office").SID
	named := l.block("test", domain, list, fmt.Sprintf("account_sid = %q", subaccount))
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.factories(),
		Steps: []resource.TestStep{
			{Config: m.config(l.block("test", domain, list)), ExpectError: text("account_sid names it, if it is not the provider's.")},
			{Config: m.config(named), ConfigStateChecks: texts(address, map[string]string{"account_sid": subaccount})},
			{ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateId: subaccount + "/" + domain + "/" + list},
			// An object stays in the account that it is in.
			{Config: m.config(l.block("test", domain, list)), PlanOnly: true},
			{Config: m.config(named)},
		},
	})
	if left := m.Mappings(subaccount, domain); len(left) > 0 {
		t.Errorf("left in force: %v", left)
	}
}

// TestImportOfTrunkByWrongIdentity holds the account that an identity names against Twilio's answer.
func TestImportOfTrunkByWrongIdentity(t *testing.T) {
	t.Parallel()
	m := startMock(t)
	l := linkings["trunk"]
	c := m.newCLI(nil)
	if !c.atLeast("1.12", "1.12") {
		t.Skip("import by identity needs 1.12")
	}
	subaccount, _ := m.AddSubaccount()
	trunk, list := l.place(m), m.CreateList("", "Office").SID
	l.put(m, trunk, list)
	c.write("main.tf", m.mockBlock()+l.block("test", trunk, list)+fmt.Sprintf(`
import {
  to = %s.test
  identity = {
    account_sid                = %q
    trunk_sid                  = %q
    ip_access_control_list_sid = %q
  }
}
`, l.resourceType, subaccount, trunk, list))
	c.run("init")
	output := strings.Join(strings.Fields(c.fail("plan", "-no-color")), " ")
	if !strings.Contains(output, "The identity says account_sid is "+subaccount+", but trunk "+trunk+" is in account "+m.AccountSID()) {
		t.Error(output)
	}
}
