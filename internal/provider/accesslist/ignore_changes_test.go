// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package accesslist_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

const partners = "twilio_sip_ip_access_control_list.partners"

// ignoringList applies an example of the section "Entries managed outside Terraform" on the resource's page. changeConfig
// replaces a part of the example. expect checks the entries of the list and that only the given writes were made.
func ignoringList(t *testing.T, file string) (m *acctest.Mock, c *acctest.CLI, sid string, changeConfig func(before, after string), expect func(entryLines []string, writes ...string)) {
	t.Helper()
	m = acctest.StartMock(t)
	c = m.NewCLI(nil)
	example, err := os.ReadFile(acctest.Example("resources", "twilio_sip_ip_access_control_list", file))
	if err != nil {
		t.Fatal(err)
	}
	config := string(example)
	changeConfig = func(before, after string) {
		t.Helper()
		if !strings.Contains(config, before) {
			t.Fatalf("%s is missing in:\n%s", before, config)
		}
		config = strings.Replace(config, before, after, 1)
		c.Write("main.tf", m.RootConfig()+config)
	}
	changeConfig("", "")
	c.Run("init")
	c.Run("apply", "-auto-approve")
	sid = m.OnlyListSID()
	expect = func(entryLines []string, writes ...string) {
		t.Helper()
		if got := m.EntryLines(sid); !slices.Equal(got, entryLines) {
			t.Errorf("the list holds %q, not %q", got, entryLines)
		}
		got := m.WriteLines()
		slices.Sort(got)
		if !slices.Equal(got, writes) {
			t.Errorf("writes were %q, not %q", got, writes)
		}
	}
	expect([]string{"203.0.113.10/32 London SBC"}, createList, createAddress)
	return m, c, sid, changeConfig, expect
}

// entryAt returns the SID of the entry for an address.
func entryAt(m *acctest.Mock, listSID, address string) string {
	m.T.Helper()
	for _, entry := range m.Addresses("", listSID) {
		if entry.IPAddress == address {
			return entry.SID
		}
	}
	m.T.Fatalf("%s is not in the list", address)
	return ""
}

// expectStateMap checks the map in the state.
func expectStateMap(c *acctest.CLI, want entries) {
	c.T.Helper()
	for _, resource := range c.State() {
		for _, instance := range resource.Instances {
			got, _ := instance.Attributes["ip_addresses"].(map[string]any)
			same := len(got) == len(want)
			for key, name := range want {
				same = same && got[key] == name
			}
			if !same {
				c.T.Errorf("the state has %v, not %v", got, want)
			}
		}
	}
}

func TestIgnoreAllEntries(t *testing.T) {
	t.Parallel()
	m, c, sid, changeConfig, expect := ignoringList(t, "ignore-all-entries.tf")

	// Changes to the configuration are ignored.
	changeConfig(`"London SBC"`, "\"London\"\n    \"203.0.113.11\" = \"Frankfurt SBC\"")
	c.ExpectEmptyPlan()

	// Changes outside of Terraform are ignored too. The state shows them.
	m.UpdateAddress("", sid, entryAt(m, sid, "203.0.113.10"), "203.0.113.10", 32, "SBC")
	m.CreateAddress("", sid, "192.0.2.200", 32, "partner")
	c.ExpectEmptyPlan()
	c.Run("apply", "-auto-approve", "-refresh-only")
	expectStateMap(c, entries{"203.0.113.10": "SBC", "192.0.2.200": "partner"})
	expect([]string{"192.0.2.200/32 partner", "203.0.113.10/32 SBC"})

	// A rename of the list changes no entries, even if someone changes one after the plan.
	changeConfig(`"Partners"`, `"All partners"`)
	c.Run("plan", "-out=plan")
	m.DeleteAddress("", sid, entryAt(m, sid, "203.0.113.10"))
	m.CreateAddress("", sid, "192.0.2.201", 32, "partner")
	c.Run("apply", "plan")
	expect([]string{"192.0.2.200/32 partner", "192.0.2.201/32 partner"}, renameList)

	// After an import, the plan is empty too.
	c.Run("state", "rm", partners)
	c.Run("import", partners, sid)
	c.ExpectEmptyPlan()
	expectStateMap(c, entries{"192.0.2.200": "partner", "192.0.2.201": "partner"})
	expect([]string{"192.0.2.200/32 partner", "192.0.2.201/32 partner"})

	// A new list gets the entries of the configuration.
	c.Run("apply", "-auto-approve", "-replace="+partners)
	if got, want := m.EntryLines(m.OnlyListSID()), []string{"203.0.113.10/32 London", "203.0.113.11/32 Frankfurt SBC"}; !slices.Equal(got, want) {
		t.Errorf("the new list holds %q, not %q", got, want)
	}
}

func TestIgnoreOneEntry(t *testing.T) {
	t.Parallel()
	m, c, sid, changeConfig, expect := ignoringList(t, "ignore-one-entry.tf")

	// Someone adds, renames, and deletes the entry, which is not in the configuration.
	m.CreateAddress("", sid, "198.51.100.7", 32, "partner")
	c.ExpectEmptyPlan()
	m.UpdateAddress("", sid, entryAt(m, sid, "198.51.100.7"), "198.51.100.7", 32, "Partner")
	c.ExpectEmptyPlan()
	m.DeleteAddress("", sid, entryAt(m, sid, "198.51.100.7"))
	c.ExpectEmptyPlan()

	// It is also ignored if it is in the configuration.
	changeConfig(`"London SBC"`, "\"London SBC\"\n    \"198.51.100.7\" = \"From the configuration\"")
	c.ExpectEmptyPlan()
	m.CreateAddress("", sid, "198.51.100.7", 32, "partner")
	c.ExpectEmptyPlan()
	expect([]string{"198.51.100.7/32 partner", "203.0.113.10/32 London SBC"})

	// All other entries are managed.
	changeConfig(`"London SBC"`, `"London"`)
	m.CreateAddress("", sid, "192.0.2.200", 32, "stranger")
	c.Run("apply", "-auto-approve")
	expect([]string{"198.51.100.7/32 partner", "203.0.113.10/32 London"}, deleteAddress, updateAddress)
	changeConfig("    \"198.51.100.7\" = \"From the configuration\"\n", "")
	c.ExpectEmptyPlan()

	c.Run("state", "rm", partners)
	c.Run("import", partners, sid)
	c.ExpectEmptyPlan()
	expectStateMap(c, entries{"198.51.100.7": "partner", "203.0.113.10": "London"})

	// A different spelling than in the state is a different key.
	changeConfig(`ip_addresses["198.51.100.7"]`, `ip_addresses["198.51.100.7/32"]`)
	if plan := c.Run("plan", "-no-color"); !acctest.Text(`- "198.51.100.7" = "partner"`).MatchString(plan) {
		t.Errorf("the plan does not remove the entry:\n%s", plan)
	}
	changeConfig(`ip_addresses["198.51.100.7/32"]`, `ip_addresses["198.51.100.7"]`)

	// If the configuration has no map, the plan has only the ignored key.
	changeConfig("  ip_addresses = {\n    \"203.0.113.10\" = \"London\"\n  }\n", "")
	c.Run("apply", "-auto-approve")
	expect([]string{"198.51.100.7/32 partner"}, deleteAddress)
	c.ExpectEmptyPlan()

	// A new list gets every entry of the configuration.
	changeConfig("  lifecycle", "  ip_addresses = {\n    \"198.51.100.7\" = \"From the configuration\"\n  }\n  lifecycle")
	c.ExpectEmptyPlan()
	c.Run("apply", "-auto-approve", "-replace="+partners)
	if got, want := m.EntryLines(m.OnlyListSID()), []string{"198.51.100.7/32 From the configuration"}; !slices.Equal(got, want) {
		t.Errorf("the new list holds %q, not %q", got, want)
	}
}
