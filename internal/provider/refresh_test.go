// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// These tests count the requests of a refresh by the real CLI. There are enough objects to notice if each one needs a request.
// `make bench` measures larger numbers, and the time.

// startLargeMock starts a mock that does not check requests and responses against Twilio's documents, which would take too long
// for so many.
func startLargeMock(t *testing.T) *acctest.Mock {
	t.Helper()
	server, err := mocktwilio.Start(mocktwilio.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	return &acctest.Mock{Server: server, T: t}
}

const countedLists = `
resource "twilio_sip_ip_access_control_list" "test" {
  count         = %d
  friendly_name = "List ${count.index}"
}
`

func TestRefreshManyListsRequests(t *testing.T) {
	t.Parallel()
	m := startLargeMock(t)
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+fmt.Sprintf(countedLists, 120))
	c.Run("apply", "-auto-approve", "-no-color")
	expectRequests(m, map[string]int{"GET /IpAccessControlLists": 1, "POST /IpAccessControlLists": 120})
	c.ExpectEmptyPlan()
	expectRequests(m, map[string]int{"GET /IpAccessControlLists/AL": 1, "GET /IpAccessControlLists": 1})
}

func TestRefreshEntriesRequests(t *testing.T) {
	t.Parallel()
	for name, addresses := range map[string]string{
		"maps": `
resource "twilio_sip_ip_access_control_list" "test" {
  count         = 5
  friendly_name = "List ${count.index}"
  ip_addresses  = { for i in range(20) : "198.18.${count.index}.${i}" => "Gateway" }
}
`,
		"resources": fmt.Sprintf(countedLists, 5) + `
resource "twilio_sip_ip_address" "test" {
  count                      = 5 * 20
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.test[floor(count.index / 20)].sid
  friendly_name              = "Gateway"
  ip_address                 = "198.18.${floor(count.index / 20)}.${count.index % 20}"
}
`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := startLargeMock(t)
			c := m.NewCLI(nil)
			c.Write("main.tf", m.RootConfig()+addresses)
			c.Run("apply", "-auto-approve", "-no-color")
			expectRequests(m, map[string]int{"GET /IpAccessControlLists": 1, "POST /IpAccessControlLists": 5, "POST /IpAccessControlLists/AL/IpAddresses": 100})
			c.ExpectEmptyPlan()
			expectRequests(m, map[string]int{"GET /IpAccessControlLists/AL": 1, "GET /IpAccessControlLists": 1, "GET /IpAccessControlLists/AL/IpAddresses": 5})
		})
	}
}

func TestRefreshAttachmentsRequests(t *testing.T) {
	t.Parallel()
	m := startLargeMock(t)
	var domains, trunks []string
	for i := range 3 {
		domains = append(domains, fmt.Sprintf("%q", m.CreateDomain("", fmt.Sprintf("domain-%d.sip.twilio.com", i), "").SID))
		trunks = append(trunks, fmt.Sprintf("%q", m.CreateTrunk("", fmt.Sprintf("Trunk %d", i), "").SID))
	}
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+fmt.Sprintf(countedLists, 8)+fmt.Sprintf(`
resource "twilio_sip_domain_ip_access_control_list_mapping" "test" {
  count                      = 8 * 3
  domain_sid                 = [%s][floor(count.index / 8)]
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.test[count.index %% 8].sid
}

resource "twilio_sip_trunking_ip_access_control_list" "test" {
  count                      = 8 * 3
  trunk_sid                  = [%s][floor(count.index / 8)]
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.test[count.index %% 8].sid
}
`, strings.Join(domains, ", "), strings.Join(trunks, ", ")))
	c.Run("apply", "-auto-approve", "-no-color")
	m.RequestLines()
	c.ExpectEmptyPlan()
	expectRequests(m, map[string]int{
		"GET /IpAccessControlLists/AL":                              1,
		"GET /IpAccessControlLists":                                 1,
		"GET /Domains/SD/Auth/Calls/IpAccessControlListMappings/AL": 3,
		"GET /Domains/SD/Auth/Calls/IpAccessControlListMappings":    3,
		"GET /Trunks/TK/IpAccessControlLists/AL":                    3,
		"GET /Trunks/TK/IpAccessControlLists":                       3,
	})
}

func TestRefreshSingleListRequests(t *testing.T) {
	t.Parallel()
	m := startLargeMock(t)
	for i := range 999 {
		m.CreateList("", fmt.Sprintf("Another %d", i))
	}
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+acctest.ListConfig("Ours"))
	c.Run("apply", "-auto-approve", "-no-color")
	expectRequests(m, map[string]int{"GET /IpAccessControlLists": 1, "POST /IpAccessControlLists": 1})
	c.ExpectEmptyPlan()
	expectRequests(m, map[string]int{"GET /IpAccessControlLists/AL": 1})
}

// TestRefreshSeesChangesSinceLastPlan checks that no read is cached beyond a plan, even in the same process.
func TestRefreshSeesChangesSinceLastPlan(t *testing.T) {
	t.Parallel()
	m := startLargeMock(t)
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+fmt.Sprintf(countedLists, 10))
	c.Run("apply", "-auto-approve", "-no-color")
	c.ExpectEmptyPlan()
	lists := m.Lists("")
	m.DeleteList("", lists[3].SID)
	m.RenameList("", lists[6].SID, "Renamed by hand")
	m.CreateList("", "Made by hand")
	m.RequestLines()
	output, status := c.Try("terraform", "plan", "-no-color", "-detailed-exitcode")
	if status != 2 || !strings.Contains(output, "1 to add, 1 to change, 0 to destroy") || !strings.Contains(output, "Renamed by hand") {
		t.Errorf("exit status %d\n%s", status, output)
	}
	// One list, the page, and the list that is missing on the page, unless it was read first.
	if asked := m.RequestLines(); len(asked) > 3 {
		t.Errorf("the plan asked for %q", asked)
	}
}

func TestReadCacheSetting(t *testing.T) {
	// This test is not parallel, because it uses t.Setenv.
	for name, test := range map[string]struct {
		setting, variable string
		want              map[string]int
	}{
		"on by itself":                 {"", "", map[string]int{"GET /IpAccessControlLists/AL": 1, "GET /IpAccessControlLists": 1}},
		"off in the block":             {"\n  read_cache = false\n", "", map[string]int{"GET /IpAccessControlLists/AL": 5}},
		"off in the environment":       {"", "false", map[string]int{"GET /IpAccessControlLists/AL": 5}},
		"on in the block all the same": {"\n  read_cache = true\n", "0", map[string]int{"GET /IpAccessControlLists/AL": 1, "GET /IpAccessControlLists": 1}},
	} {
		t.Run(name, func(t *testing.T) {
			if test.variable != "" {
				t.Setenv("TWILIO_READ_CACHE", test.variable)
			}
			m := startLargeMock(t)
			c := m.NewCLI(nil)
			c.Write("main.tf", strings.Replace(m.RootConfig(), `provider "twilio" {`, `provider "twilio" {`+test.setting, 1)+fmt.Sprintf(countedLists, 5))
			c.Run("apply", "-auto-approve", "-no-color")
			m.RequestLines()
			c.ExpectEmptyPlan()
			expectRequests(m, test.want)
		})
	}
}

// expectRequests compares the number of requests of each kind since the last call with the expected number.
func expectRequests(m *acctest.Mock, want map[string]int) {
	m.T.Helper()
	got := map[string]int{}
	for _, line := range m.RequestLines() {
		got[line]++
	}
	kinds := maps.Clone(want)
	maps.Copy(kinds, got)
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		if got[kind] != want[kind] {
			m.T.Errorf("%s: %d requests, want %d", kind, got[kind], want[kind])
		}
	}
}

// TestRefreshMappingsOfDomainsByNameRequests counts the requests for 100 mappings of 10 domains that are looked up by name.
func TestRefreshMappingsOfDomainsByNameRequests(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	var names, lists []string
	for i := range 10 {
		names = append(names, fmt.Sprintf("%q", m.CreateDomain("", fmt.Sprintf("domain-%d.sip.twilio.com", i), "").DomainName))
		lists = append(lists, fmt.Sprintf("%q", m.CreateList("", "Office").SID))
	}
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+fmt.Sprintf(`
locals {
  domains = [%s]
  lists   = [%s]
}

data "twilio_sip_domain" "test" {
  for_each    = toset(local.domains)
  domain_name = each.key
}

resource "twilio_sip_domain_ip_access_control_list_mapping" "test" {
  count                      = 100
  domain_sid                 = data.twilio_sip_domain.test[local.domains[floor(count.index / 10)]].sid
  ip_access_control_list_sid = local.lists[count.index %% 10]
}
`, strings.Join(names, ", "), strings.Join(lists, ", ")))
	c.Run("init")
	c.Run("apply", "-auto-approve")
	m.ResetRequests()
	c.ExpectEmptyPlan()
	// One request for all domains, one for the mappings of each domain, and at most one for each domain whose first mapping was
	// read alone.
	if got := m.RequestLines(); len(got) < 11 || len(got) > 21 {
		t.Errorf("%d requests: %q", len(got), got)
	} else {
		t.Logf("100 mappings over 10 domains: %d requests", len(got))
	}
}
