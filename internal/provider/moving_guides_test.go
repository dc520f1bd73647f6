// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// stored is a resource of another provider in a state.
type stored struct {
	typeName, name string
	key            any
	attributes     map[string]any
}

// writeState writes a state in which every resource belongs to another provider.
func (c *cli) writeState(host, provider string, resources ...stored) {
	c.t.Helper()
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
		c.t.Fatal(err)
	}
	c.write("terraform.tfstate", string(text))
}

// office is what the guides have at Twilio: a list of two addresses, in force for a domain and a trunk.
type office struct {
	list              mocktwilio.List
	london, frankfurt mocktwilio.Address
	domain            mocktwilio.Domain
	trunk             mocktwilio.Trunk
}

func newOffice(m *mock) office {
	list := m.CreateList("", "Office")
	o := office{
		list:      list,
		london:    m.CreateAddress("", list.SID, "203.0.113.10", 32, "SBC london"),
		frankfurt: m.CreateAddress("", list.SID, "198.51.100.0", 28, "SBC frankfurt"),
		domain:    m.CreateDomain("", "example.sip.twilio.com", "Example"),
		trunk:     m.CreateTrunk("", "Carrier", "example.pstn.twilio.com"),
	}
	m.MapList("", o.domain.SID, list.SID)
	m.AssociateList("", o.trunk.SID, list.SID)
	return o
}

// sids are what stands for the SIDs of the guides.
func (o office) sids() []string {
	return []string{
		"AL0123456789abcdef0123456789abcdef", o.list.SID, "SD0123456789abcdef0123456789abcdef", o.domain.SID,
		"TK0123456789abcdef0123456789abcdef", o.trunk.SID, "IP0123456789abcdef0123456789abcdef", o.london.SID,
		"IPfedcba9876543210fedcba9876543210", o.frankfurt.SID,
	}
}

func TestGuideMovingFromRJPearson94(t *testing.T) {
	t.Parallel()
	walkGuide(t, "moving-from-rjpearson94.md", installed("rjpearson94/twilio", rjpearson94Provider), func(m *mock, c *cli, way int) func() []string {
		o := newOffice(m)
		host, account := c.host(), m.AccountSID()
		if way == 1 {
			host = "registry.terraform.io"
		}
		entry := func(a mocktwilio.Address) map[string]any {
			return map[string]any{
				"account_sid": account, "cidr_length_prefix": a.CIDRPrefixLength, "friendly_name": a.FriendlyName, "id": a.SID, "sid": a.SID,
				"ip_access_control_list_sid": o.list.SID, "ip_address": a.IPAddress, "timeouts": nil,
			}
		}
		resources := []stored{
			{listType, "office", nil, map[string]any{"account_sid": account, "friendly_name": "Office", "id": o.list.SID, "sid": o.list.SID, "timeouts": nil}},
			{entryType, "office", "frankfurt", entry(o.frankfurt)},
			{entryType, "office", "london", entry(o.london)},
			{mappingType, "office", nil, map[string]any{
				"account_sid": account, "domain_sid": o.domain.SID, "friendly_name": "Office", "id": o.list.SID, "sid": o.list.SID, "ip_access_control_list_sid": o.list.SID,
			}},
		}
		domain := stored{"twilio_sip_domain", "calls", nil, map[string]any{"account_sid": account, "domain_name": o.domain.DomainName, "id": o.domain.SID, "sid": o.domain.SID}}
		// What stays is in the state of the last section alone.
		c.writeState(c.host(), "rjpearson94/twilio", append(resources, domain)...)
		c.write("mixed.tfstate", c.read("terraform.tfstate"))
		c.writeState(host, "rjpearson94/twilio", resources...)
		return o.sids
	})
}

func TestGuideMovingFromTwilio(t *testing.T) {
	t.Parallel()
	walkGuide(t, "moving-from-twilio.md", installed("twilio/twilio", twilioIncProvider), func(m *mock, c *cli, _ int) func() []string {
		o := newOffice(m)
		entry := func(a mocktwilio.Address) map[string]any {
			return map[string]any{
				"cidr_prefix_length": a.CIDRPrefixLength, "friendly_name": a.FriendlyName, "id": o.list.SID + "/" + a.SID, "sid": a.SID,
				"ip_access_control_list_sid": o.list.SID, "ip_address": a.IPAddress, "path_account_sid": nil,
			}
		}
		list := stored{incListType, "office", nil, map[string]any{"friendly_name": "Office", "id": o.list.SID, "sid": o.list.SID, "path_account_sid": nil}}
		// What stays is in the state of a section of its own.
		c.writeState(c.host(), "twilio/twilio", list, stored{"twilio_api_accounts_sip_domains", "calls", nil, map[string]any{
			"domain_name": o.domain.DomainName, "id": o.domain.SID, "sid": o.domain.SID, "path_account_sid": nil,
		}})
		c.write("mixed.tfstate", c.read("terraform.tfstate"))
		c.writeState(c.host(), "twilio/twilio", list,
			stored{incEntryType, "office", "frankfurt", entry(o.frankfurt)},
			stored{incEntryType, "office", "london", entry(o.london)},
			stored{incTrunkType, "office", nil, map[string]any{
				"id": o.trunk.SID + "/" + o.list.SID, "ip_access_control_list_sid": o.list.SID, "sid": o.list.SID, "trunk_sid": o.trunk.SID,
			}})
		return o.sids
	})
}

func TestGuideSingleAddressesToAMap(t *testing.T) {
	t.Parallel()
	walkGuide(t, "single-addresses-to-a-map.md", nil, func(m *mock, _ *cli, _ int) func() []string {
		return func() []string {
			// The walk itself makes the list.
			if lists := m.Lists(""); len(lists) > 0 {
				return []string{"AL0123456789abcdef0123456789abcdef", lists[0].SID}
			}
			return nil
		}
	})
}

func TestGuideImportingExistingLists(t *testing.T) {
	t.Parallel()
	walkGuide(t, "importing-existing-lists.md", nil, func(m *mock, _ *cli, _ int) func() []string {
		o := newOffice(m)
		m.CreateAddress("", m.CreateList("", "Branch north").SID, "192.0.2.7", 32, "Router")
		m.CreateAddress("", m.CreateList("", "Branch south").SID, "192.0.2.8", 32, "Router")
		return o.sids
	})
}

// TestHundredAddressesToAMapAndBack does what the guide does with as many addresses as a list holds.
func TestHundredAddressesToAMapAndBack(t *testing.T) {
	t.Parallel()
	m := startMock(t)
	c := m.newCLI(nil)
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
	c.write("main.tf", m.mockBlock()+single)
	c.run("init")
	c.run("apply", "-auto-approve")
	list := m.Lists("")[0].SID
	before := m.Addresses("", list)
	m.ResetRequests()

	whole := addresses + `
resource "twilio_sip_ip_access_control_list" "office" {
  friendly_name = "Office"
  ip_addresses  = local.addresses
}
`
	if c.atLeast("1.7", "1.10") {
		whole += `
removed {
  from = twilio_sip_ip_address.office

  lifecycle {
    destroy = false
  }
}
`
	} else {
		c.run("state", "rm", "twilio_sip_ip_address.office")
	}
	c.write("main.tf", m.mockBlock()+whole)
	c.run("apply", "-auto-approve")
	c.emptyPlan()
	m.onlyReads()

	c.write("main.tf", m.mockBlock()+single+fmt.Sprintf(`
data "twilio_sip_ip_addresses" "office" {
  ip_access_control_list_sid = %q
}

import {
  for_each = { for entry in data.twilio_sip_ip_addresses.office.ip_addresses : entry.ip_address => entry.sid }
  to       = twilio_sip_ip_address.office[each.key]
  id       = "${data.twilio_sip_ip_addresses.office.ip_access_control_list_sid}/${each.value}"
}
`, list))
	c.run("apply", "-auto-approve")
	c.write("main.tf", m.mockBlock()+single)
	c.emptyPlan()
	c.settled(101)
	m.onlyReads()
	if after := m.Addresses("", list); !slices.Equal(after, before) {
		t.Errorf("the addresses are not what they were:\n%v\n%v", before, after)
	}
}

// TestForgottenRemovedBlocks ends with every address allowed, although Terraform deletes them first.
func TestForgottenRemovedBlocks(t *testing.T) {
	t.Parallel()
	m := startMock(t)
	c := m.newCLI(nil)
	c.write("main.tf", m.mockBlock()+`
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
	c.run("init")
	c.run("apply", "-auto-approve")
	c.write("main.tf", m.mockBlock()+`
resource "twilio_sip_ip_access_control_list" "office" {
  friendly_name = "Office"

  ip_addresses = {
    "192.0.2.7" = "Router"
    "192.0.2.8" = "Router"
  }
}
`)
	c.run("apply", "-auto-approve")
	if held := m.Addresses("", m.Lists("")[0].SID); len(held) != 2 {
		t.Errorf("the list holds %v", held)
	}
	c.emptyPlan()
}
