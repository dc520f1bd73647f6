// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package guides_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// Types of this provider and of twilio/twilio.
const (
	listType              = "twilio_sip_ip_access_control_list"
	entryType             = "twilio_sip_ip_address"
	mappingType           = "twilio_sip_domain_ip_access_control_list_mapping"
	twilioListType        = "twilio_api_accounts_sip_ip_access_control_lists"
	twilioEntryType       = "twilio_api_accounts_sip_ip_access_control_lists_ip_addresses"
	twilioAssociationType = "twilio_trunking_trunks_ip_access_control_lists_v1"
)

// foreignResource is a resource instance of another provider in a state.
type foreignResource struct {
	typeName, name string
	key            any
	attributes     map[string]any
}

// writeState writes a state in which every resource belongs to another provider.
func writeState(c *acctest.CLI, host, provider string, resources ...foreignResource) {
	c.T.Helper()
	type instance struct {
		Key           any            `json:"index_key,omitempty"`
		SchemaVersion int            `json:"schema_version"`
		Attributes    map[string]any `json:"attributes"`
		Private       string         `json:"private"`
	}
	type resource struct {
		Mode      string     `json:"mode"`
		Type      string     `json:"type"`
		Name      string     `json:"name"`
		Provider  string     `json:"provider"`
		Instances []instance `json:"instances"`
	}
	var all []*resource
	byName := map[string]*resource{}
	for _, s := range resources {
		name := s.typeName + "." + s.name
		if byName[name] == nil {
			byName[name] = &resource{Mode: "managed", Type: s.typeName, Name: s.name, Provider: fmt.Sprintf("provider[%q]", host+"/"+provider)}
			all = append(all, byName[name])
		}
		// The private state of terraform-plugin-sdk: {"schema_version":"0"}.
		byName[name].Instances = append(byName[name].Instances, instance{s.key, 0, s.attributes, "eyJzY2hlbWFfdmVyc2lvbiI6IjAifQ=="})
	}
	text, err := json.MarshalIndent(map[string]any{
		"version": 4, "terraform_version": "1.5.7", "serial": 3, "lineage": "9c1b8b3e-3b0f-4d4e-9d2f-1f6f3a7f6a11", "outputs": map[string]any{}, "resources": all,
	}, "", "  ")
	if err != nil {
		c.T.Fatal(err)
	}
	c.Write("terraform.tfstate", string(text))
}

// guideSIDs returns pairs of a SID in the guides and the mock's SID that replaces it.
func guideSIDs(o acctest.Office) []string {
	return []string{
		"AL0123456789abcdef0123456789abcdef", o.List.SID, "SD0123456789abcdef0123456789abcdef", o.Domain.SID,
		"TK0123456789abcdef0123456789abcdef", o.Trunk.SID, "IP0123456789abcdef0123456789abcdef", o.London.SID,
		"IPfedcba9876543210fedcba9876543210", o.Frankfurt.SID,
	}
}

func TestGuideMovingFromRJPearson94(t *testing.T) {
	t.Parallel()
	runGuide(t, "moving-from-rjpearson94.md", acctest.Installed("rjpearson94/twilio", acctest.RJPearson94Provider), func(m *acctest.Mock, c *acctest.CLI, variant int) func() []string {
		o := acctest.NewOffice(m)
		host, account := c.DefaultHost(), m.AccountSID()
		if variant == 1 {
			host = "registry.terraform.io"
		}
		entry := func(a mocktwilio.Address) map[string]any {
			return map[string]any{
				"account_sid": account, "cidr_length_prefix": a.CIDRPrefixLength, "friendly_name": a.FriendlyName, "id": a.SID, "sid": a.SID,
				"ip_access_control_list_sid": o.List.SID, "ip_address": a.IPAddress, "timeouts": nil,
			}
		}
		resources := []foreignResource{
			{listType, "office", nil, map[string]any{"account_sid": account, "friendly_name": "Office", "id": o.List.SID, "sid": o.List.SID, "timeouts": nil}},
			{entryType, "office", "frankfurt", entry(o.Frankfurt)},
			{entryType, "office", "london", entry(o.London)},
			{mappingType, "office", nil, map[string]any{
				"account_sid": account, "domain_sid": o.Domain.SID, "friendly_name": "Office", "id": o.List.SID, "sid": o.List.SID, "ip_access_control_list_sid": o.List.SID,
			}},
		}
		domain := foreignResource{"twilio_sip_domain", "calls", nil, map[string]any{"account_sid": account, "domain_name": o.Domain.DomainName, "id": o.Domain.SID, "sid": o.Domain.SID}}
		// The domain, which stays with the other provider, is only in the state of the last section.
		writeState(c, c.DefaultHost(), "rjpearson94/twilio", append(resources, domain)...)
		c.Write("mixed.tfstate", c.Read("terraform.tfstate"))
		writeState(c, host, "rjpearson94/twilio", resources...)
		return func() []string { return guideSIDs(o) }
	})
}

func TestGuideMovingFromTwilio(t *testing.T) {
	t.Parallel()
	runGuide(t, "moving-from-twilio.md", acctest.Installed("twilio/twilio", acctest.TwilioProvider), func(m *acctest.Mock, c *acctest.CLI, _ int) func() []string {
		o, subaccount := acctest.NewOffice(m), writeSubaccountStates(m, c)
		// The provider block for the subaccount's trunks needs its own process.
		installProvider(c)
		entry := func(a mocktwilio.Address) map[string]any {
			return map[string]any{
				"cidr_prefix_length": a.CIDRPrefixLength, "friendly_name": a.FriendlyName, "id": o.List.SID + "/" + a.SID, "sid": a.SID,
				"ip_access_control_list_sid": o.List.SID, "ip_address": a.IPAddress, "path_account_sid": nil,
			}
		}
		list := foreignResource{twilioListType, "office", nil, map[string]any{"friendly_name": "Office", "id": o.List.SID, "sid": o.List.SID, "path_account_sid": nil}}
		// The domain, which stays with the other provider, is only in the state of one section.
		writeState(c, c.DefaultHost(), "twilio/twilio", list, foreignResource{"twilio_api_accounts_sip_domains", "calls", nil, map[string]any{
			"domain_name": o.Domain.DomainName, "id": o.Domain.SID, "sid": o.Domain.SID, "path_account_sid": nil,
		}})
		c.Write("mixed.tfstate", c.Read("terraform.tfstate"))
		writeState(c, c.DefaultHost(), "twilio/twilio", list,
			foreignResource{twilioEntryType, "office", "frankfurt", entry(o.Frankfurt)},
			foreignResource{twilioEntryType, "office", "london", entry(o.London)},
			foreignResource{twilioAssociationType, "office", nil, map[string]any{
				"id": o.Trunk.SID + "/" + o.List.SID, "ip_access_control_list_sid": o.List.SID, "sid": o.List.SID, "trunk_sid": o.Trunk.SID,
			}})
		return func() []string { return append(guideSIDs(o), subaccount...) }
	})
}

func TestGuideSingleAddressesToAMap(t *testing.T) {
	t.Parallel()
	runGuide(t, "single-addresses-to-a-map.md", nil, func(m *acctest.Mock, _ *acctest.CLI, _ int) func() []string {
		return func() []string {
			// The guide itself creates the list.
			if lists := m.Lists(""); len(lists) > 0 {
				return []string{"AL0123456789abcdef0123456789abcdef", lists[0].SID}
			}
			return nil
		}
	})
}

func TestGuideImportingExistingLists(t *testing.T) {
	t.Parallel()
	runGuide(t, "importing-existing-lists.md", nil, func(m *acctest.Mock, _ *acctest.CLI, _ int) func() []string {
		o := acctest.NewOffice(m)
		north, south := m.CreateList("", "Branch north").SID, m.CreateList("", "Branch south").SID
		m.CreateAddress("", north, "192.0.2.7", 32, "Router")
		m.CreateAddress("", south, "192.0.2.8", 32, "Router")
		return func() []string {
			return append(guideSIDs(o), "AL123456789abcdef0123456789abcdef0", north, "AL23456789abcdef0123456789abcdef01", south)
		}
	})
}

func TestGuideFromAddressesToCalls(t *testing.T) {
	t.Parallel()
	runGuide(t, "from-addresses-to-calls.md", nil, func(m *acctest.Mock, _ *acctest.CLI, _ int) func() []string {
		domain, trunk := m.CreateDomain("", "example.sip.twilio.com", "Example").SID, m.CreateTrunk("", "Carrier", "").SID
		other := m.CreateList("", "By hand").SID
		m.MapList("", domain, other)
		return func() []string {
			sids := []string{"SD0123456789abcdef0123456789abcdef", domain, "TK0123456789abcdef0123456789abcdef", trunk, "AL123456789abcdef0123456789abcdef0", other}
			// The guide itself creates the other list.
			for _, list := range m.Lists("") {
				if list.SID != other {
					sids = append(sids, acctest.ListSID, list.SID)
				}
			}
			return sids
		}
	})
}

func TestGuideLargeAccounts(t *testing.T) {
	t.Parallel()
	runGuide(t, "large-accounts.md", nil, func(_ *acctest.Mock, c *acctest.CLI, _ int) func() []string {
		installProvider(c)
		return func() []string { return nil }
	})
}

func TestGuideTryItWithoutAnAccount(t *testing.T) {
	t.Parallel()
	runGuide(t, "try-it-without-an-account.md", nil, func(_ *acctest.Mock, c *acctest.CLI, _ int) func() []string {
		installProvider(c)
		publishRepository(c)
		return func() []string { return nil }
	})
}

func TestGuideMocktwilio(t *testing.T) {
	t.Parallel()
	runGuide(t, "mocktwilio.md", nil, func(_ *acctest.Mock, c *acctest.CLI, _ int) func() []string {
		installProvider(c)
		publishRepository(c)
		return func() []string { return nil }
	})
}

func TestGuideSDKsAgainstTheMock(t *testing.T) {
	t.Parallel()
	runGuide(t, "sdks-against-the-mock.md", nil, func(_ *acctest.Mock, c *acctest.CLI, _ int) func() []string {
		publishRepository(c)
		return func() []string { return nil }
	})
}

// TestHundredAddressesToAMapAndBack follows the guide with 100 addresses, the maximum for a list.
func TestHundredAddressesToAMapAndBack(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	const addresses = `
locals {
  addresses = { for i in range(100) : "192.0.2.${i}" => "Router ${i}" }
}
`
	const single = addresses + `
resource "twilio_sip_ip_access_control_list" "office" {
  friendly_name = "Office"
}

resource "twilio_sip_ip_address" "office" {
  for_each                   = local.addresses
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.office.sid
  friendly_name              = each.value
  ip_address                 = each.key
}
`
	c.Write("main.tf", m.RootConfig()+single)
	c.Run("init")
	c.Run("apply", "-auto-approve")
	list := m.Lists("")[0].SID
	before := m.Addresses("", list)
	m.ResetRequests()

	whole := addresses + `
resource "twilio_sip_ip_access_control_list" "office" {
  friendly_name = "Office"
  ip_addresses  = local.addresses
}
`
	if c.AtLeast("1.7", "1.10") {
		whole += `
removed {
  from = twilio_sip_ip_address.office

  lifecycle {
    destroy = false
  }
}
`
	} else {
		c.Run("state", "rm", "twilio_sip_ip_address.office")
	}
	c.Write("main.tf", m.RootConfig()+whole)
	c.Run("apply", "-auto-approve")
	c.ExpectEmptyPlan()
	m.ExpectNoWrites()

	c.Write("main.tf", m.RootConfig()+single+fmt.Sprintf(`
data "twilio_sip_ip_addresses" "office" {
  ip_access_control_list_sid = %q
}

import {
  for_each = { for entry in data.twilio_sip_ip_addresses.office.ip_addresses : entry.ip_address => entry.sid }
  to       = twilio_sip_ip_address.office[each.key]
  id       = "${data.twilio_sip_ip_addresses.office.ip_access_control_list_sid}/${each.value}"
}
`, list))
	c.Run("apply", "-auto-approve")
	c.Write("main.tf", m.RootConfig()+single)
	c.ExpectEmptyPlan()
	c.ExpectCompleteState(101)
	m.ExpectNoWrites()
	if after := m.Addresses("", list); !slices.Equal(after, before) {
		t.Errorf("the addresses are not what they were:\n%v\n%v", before, after)
	}
}

// TestMapWithoutRemovedBlocks checks that all addresses are allowed in the end if the user forgets the removed blocks and
// Terraform deletes the entries.
func TestMapWithoutRemovedBlocks(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+`
resource "twilio_sip_ip_access_control_list" "office" {
  friendly_name = "Office"
}

resource "twilio_sip_ip_address" "office" {
  for_each                   = toset(["192.0.2.7", "192.0.2.8"])
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.office.sid
  friendly_name              = "Router"
  ip_address                 = each.key
}
`)
	c.Run("init")
	c.Run("apply", "-auto-approve")
	c.Write("main.tf", m.RootConfig()+`
resource "twilio_sip_ip_access_control_list" "office" {
  friendly_name = "Office"

  ip_addresses = {
    "192.0.2.7" = "Router"
    "192.0.2.8" = "Router"
  }
}
`)
	c.Run("apply", "-auto-approve")
	if entries := m.Addresses("", m.Lists("")[0].SID); len(entries) != 2 {
		t.Errorf("the list holds %v", entries)
	}
	c.ExpectEmptyPlan()
}

func TestGuideOneAllowlistForManySubaccounts(t *testing.T) {
	t.Parallel()
	runGuide(t, "one-allowlist-for-many-subaccounts.md", nil, func(m *acctest.Mock, c *acctest.CLI, _ int) func() []string {
		north, northToken := m.AddSubaccount()
		south, southToken := m.AddSubaccount()
		domain, trunk := m.CreateDomain(north, "north.sip.twilio.com", "").SID, m.CreateTrunk(north, "North", "").SID
		m.CreateDomain(south, "south.sip.twilio.com", "")
		// Each provider block needs its own process.
		installProvider(c)
		return func() []string {
			sids := []string{
				"AC0123456789abcdef0123456789abcdef", north, "AC123456789abcdef0123456789abcdef0", south,
				"SD0123456789abcdef0123456789abcdef", domain, "TK0123456789abcdef0123456789abcdef", trunk,
				"your_parent_account_sid", m.AccountSID(), "your_parent_auth_token", m.AuthToken(),
				"your_north_auth_token", northToken, "your_south_auth_token", southToken,
			}
			// The guide itself creates the lists.
			if lists := m.Lists(north); len(lists) > 0 {
				sids = append(sids, acctest.ListSID, lists[0].SID)
			}
			return sids
		}
	})
}
