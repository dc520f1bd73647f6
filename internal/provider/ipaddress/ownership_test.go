// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipaddress_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// bothWays runs a test on the CLI with a mock that allows equal entries in a list, and with one that rejects them.
func bothWays(t *testing.T, test func(t *testing.T, m *acctest.Mock, c *acctest.CLI)) {
	t.Helper()
	acctest.WithAndWithoutEqualAddresses(t, func(t *testing.T, m *acctest.Mock) {
		t.Helper()
		test(t, m, m.NewCLI(nil))
	})
}

func entryBlock(name, list, friendlyName, ip, more string) string {
	return fmt.Sprintf("resource \"twilio_sip_ip_address\" %q {\n  ip_access_control_list_sid = %s\n  friendly_name = %q\n  ip_address = %q\n%s}\n", name, list, friendlyName, ip, more)
}

func expectHeld(m *acctest.Mock, list string, want ...string) {
	m.T.Helper()
	if got := m.EntryLines(list); !slices.Equal(got, want) {
		m.T.Errorf("the list holds %q, not %q", got, want)
	}
}

func expectWords(t *testing.T, output string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !acctest.Text(w).MatchString(output) {
			t.Errorf("%q is not in\n%s", w, output)
		}
	}
}

// A create is rejected if the list already has the block, which takes one read of the list.
func TestCreateOfAnEntryThatExists(t *testing.T) {
	bothWays(t, func(t *testing.T, m *acctest.Mock, c *acctest.CLI) {
		list := m.CreateList("", "Office").SID
		var sids []string
		config := m.RootConfig()
		for i := range 3 {
			ip := fmt.Sprintf("198.51.100.%d", i)
			sids = append(sids, m.CreateAddress("", list, ip, 32, "by hand").SID)
			config += entryBlock(fmt.Sprint("test", i), fmt.Sprintf("%q", list), "pbx", ip, "")
		}
		c.Write("main.tf", config)
		c.Run("init")
		m.RequestLines()
		output := c.ExpectError("apply", "-auto-approve", "-no-color")
		for i, sid := range sids {
			expectWords(t, output, fmt.Sprintf("198.51.100.%d is already in list %s", i, list), "terraform import ADDRESS "+m.AccountSID()+"/"+list+"/"+sid)
		}
		if got := m.RequestLines(); !slices.Equal(got, []string{"GET /IpAccessControlLists/AL/IpAddresses"}) {
			t.Errorf("requests: %q", got)
		}
		expectHeld(m, list, "198.51.100.0/32 by hand", "198.51.100.1/32 by hand", "198.51.100.2/32 by hand")
	})
}

// An entry with the same block and name may be one that the same apply destroys later, so the create only warns. The warning
// names its SID even if the entry had to be deleted.
func TestCreateOfAnEqualEntry(t *testing.T) {
	bothWays(t, func(t *testing.T, m *acctest.Mock, c *acctest.CLI) {
		list := m.CreateList("", "Office").SID
		old := m.CreateAddress("", list, "198.51.100.7", 32, "pbx").SID
		c.Write("main.tf", m.RootConfig()+entryBlock("a", fmt.Sprintf("%q", list), "pbx", "198.51.100.7", ""))
		c.Run("init")
		expectWords(t, c.Run("apply", "-auto-approve", "-no-color"), "198.51.100.7 was already in list "+list+" as "+old)
		output := c.Run("destroy", "-auto-approve", "-no-color")
		if left := m.Addresses("", list); len(left) > 0 {
			expectWords(t, output, "198.51.100.7 is still allowed by another entry of list "+list, old)
		}
	})
}

// Two resources for the same address are rejected by the plan if the list is known, and otherwise by the apply.
func TestTwoResourcesForOneAddress(t *testing.T) {
	bothWays(t, func(t *testing.T, m *acctest.Mock, c *acctest.CLI) {
		list := m.CreateList("", "Office").SID
		literal := fmt.Sprintf("%q", list)
		c.Write("main.tf", m.RootConfig()+entryBlock("a", literal, "pbx", "198.51.100.7", "")+entryBlock("b", literal, "pbx", "198.51.100.7", ""))
		c.Run("init")
		expectWords(t, c.ExpectError("plan", "-no-color"), "Duplicate entry 198.51.100.7 in list "+list)

		c.Write("main.tf", m.RootConfig()+entryBlock("a", literal, "pbx", "198.51.100.7", ""))
		c.Run("apply", "-auto-approve")
		c.Write("main.tf", m.RootConfig()+entryBlock("a", literal, "pbx", "198.51.100.7", "")+entryBlock("b", literal, "pbx", "198.51.100.7", ""))
		expectWords(t, c.ExpectError("plan", "-no-color"), "Duplicate entry 198.51.100.7 in list "+list)
		c.Write("main.tf", m.RootConfig())
		c.Run("apply", "-auto-approve")

		const created = "twilio_sip_ip_access_control_list.new.sid"
		c.Write("main.tf", m.RootConfig()+"resource \"twilio_sip_ip_access_control_list\" \"new\" {\n  friendly_name = \"New\"\n}\n"+
			entryBlock("a", created, "pbx", "198.51.100.7", "")+entryBlock("b", created, "other", "198.51.100.7", ""))
		c.Run("plan")
		c.ExpectError("apply", "-auto-approve", "-no-color")
		lists := m.Lists("")
		if held := m.EntryLines(lists[len(lists)-1].SID); len(held) != 1 {
			t.Errorf("the new list holds %q", held)
		}
	})
}

// No matter why Terraform destroys an entry and creates an equal one, exactly one remains.
func TestReplacedEntryExistsOnce(t *testing.T) {
	const createFirst = "  lifecycle {\n    create_before_destroy = true\n  }\n"
	for name, test := range map[string]struct {
		more    string
		prepare []string
		apply   []string
		renamed bool
	}{
		"replace":                {apply: []string{"-replace=twilio_sip_ip_address.a"}},
		"taint":                  {prepare: []string{"taint", "twilio_sip_ip_address.a"}},
		"replace, create first":  {more: createFirst, apply: []string{"-replace=twilio_sip_ip_address.a"}},
		"taint, create first":    {more: createFirst, prepare: []string{"taint", "twilio_sip_ip_address.a"}},
		"renamed":                {renamed: true},
		"renamed, one at a time": {renamed: true, apply: []string{"-parallelism=1"}},
	} {
		t.Run(name, func(t *testing.T) {
			bothWays(t, func(_ *testing.T, m *acctest.Mock, c *acctest.CLI) {
				list := m.CreateList("", "Office").SID
				c.Write("main.tf", m.RootConfig()+entryBlock("a", fmt.Sprintf("%q", list), "pbx", "198.51.100.7", test.more))
				c.Run("init")
				c.Run("apply", "-auto-approve")
				if test.prepare != nil {
					c.Run(test.prepare...)
				}
				if test.renamed {
					c.Write("main.tf", m.RootConfig()+entryBlock("b", fmt.Sprintf("%q", list), "pbx", "198.51.100.7", test.more))
				}
				c.Run(append([]string{"apply", "-auto-approve"}, test.apply...)...)
				expectHeld(m, list, "198.51.100.7/32 pbx")
				c.ExpectEmptyPlan()
				c.Run("destroy", "-auto-approve")
				expectHeld(m, list)
			})
		})
	}
}

// A new first address in a resource with count shifts all others. Each create and update waits for the entry before it.
func TestShiftedCount(t *testing.T) {
	for _, friendlyName := range []string{"pbx", "pbx ${count.index}"} {
		t.Run(friendlyName, func(t *testing.T) {
			bothWays(t, func(t *testing.T, m *acctest.Mock, c *acctest.CLI) {
				list := m.CreateList("", "Office").SID
				write := func(addresses ...string) {
					c.Write("main.tf", m.RootConfig()+fmt.Sprintf(`
locals {
  addresses = split(" ", %q)
}

resource "twilio_sip_ip_address" "test" {
  count                      = length(local.addresses)
  ip_access_control_list_sid = %q
  friendly_name              = %q
  ip_address                 = local.addresses[count.index]
}
`, strings.Join(addresses, " "), list, "FRIENDLY"))
					c.Write("main.tf", strings.ReplaceAll(c.Read("main.tf"), "FRIENDLY", friendlyName))
				}
				write("203.0.113.8", "203.0.113.9")
				c.Run("init")
				c.Run("apply", "-auto-approve")
				write("203.0.113.7", "203.0.113.8", "203.0.113.9")
				c.Run("apply", "-auto-approve")
				var held []string
				for _, line := range m.EntryLines(list) {
					address, _, _ := strings.Cut(line, " ")
					held = append(held, address)
				}
				if want := []string{"203.0.113.7/32", "203.0.113.8/32", "203.0.113.9/32"}; !slices.Equal(held, want) {
					t.Errorf("the list holds %q, not %q", held, want)
				}
				c.ExpectEmptyPlan()
			})
		})
	}
}

// Fifteen renamed resources keep their addresses.
func TestManyRenamedEntries(t *testing.T) {
	bothWays(t, func(t *testing.T, m *acctest.Mock, c *acctest.CLI) {
		list := m.CreateList("", "Office").SID
		block := func(name string) string {
			return fmt.Sprintf("resource \"twilio_sip_ip_address\" %q {\n  count = 15\n  ip_access_control_list_sid = %q\n  friendly_name = \"pbx\"\n  ip_address = \"203.0.113.${count.index}\"\n}\n", name, list)
		}
		c.Write("main.tf", m.RootConfig()+block("a"))
		c.Run("init")
		c.Run("apply", "-auto-approve")
		c.Write("main.tf", m.RootConfig()+block("b"))
		c.Run("apply", "-auto-approve")
		if got := m.EntryLines(list); len(got) != 15 {
			t.Errorf("the list holds %q", got)
		}
		c.ExpectEmptyPlan()
	})
}

// This also fails if the list has another entry twice, and if the state does not have the SIDs of the entries.
func TestMapWithTwinReplacedByResources(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	const list = "resource \"twilio_sip_ip_access_control_list\" \"test\" {\n  friendly_name = \"Office\"\n%s}\n"
	c.Write("main.tf", m.RootConfig()+fmt.Sprintf(list, "  ip_addresses = {\n    \"198.51.100.7\" = \"pbx\"\n    \"203.0.113.0/24\" = \"SBC\"\n  }\n"))
	c.Run("init")
	c.Run("apply", "-auto-approve")
	sid := m.OnlyListSID()
	entries := m.Addresses("", sid)
	entrySID := entries[slices.IndexFunc(entries, func(a mocktwilio.Address) bool { return a.IPAddress == "198.51.100.7" })].SID
	m.CreateAddress("", sid, "203.0.113.0", 24, "twin")
	c.Run("apply", "-refresh-only", "-auto-approve")
	m.RequestLines()

	c.Write("main.tf", m.RootConfig()+fmt.Sprintf(list, "")+entryBlock("a", "twilio_sip_ip_access_control_list.test.sid", "pbx", "198.51.100.7", ""))
	expectRefusal := func(args ...string) {
		t.Helper()
		expectWords(t, c.ExpectError(append([]string{"plan", "-no-color"}, args...)...), "198.51.100.7 is already in list "+sid, "terraform import ADDRESS "+m.AccountSID()+"/"+sid+"/"+entrySID)
	}
	expectRefusal()
	m.RequestLines()
	expectRefusal("-refresh=false")
	if got := m.RequestLines(); len(got) > 0 {
		t.Errorf("the SIDs are in the state, but were read: %q", got)
	}
	c.Write("terraform.tfstate", regexp.MustCompile(`"private": "[^"]*"`).ReplaceAllString(c.Read("terraform.tfstate"), `"private": null`))
	expectRefusal("-refresh=false")
}

// The plan rejects replacing a map with single resources, because the entries of the map stay.
func TestMapReplacedByResources(t *testing.T) {
	bothWays(t, func(t *testing.T, m *acctest.Mock, c *acctest.CLI) {
		list := func(lines string) string {
			return "resource \"twilio_sip_ip_access_control_list\" \"test\" {\n  friendly_name = \"Office\"\n" + lines + "}\n"
		}
		entry := entryBlock("a", "twilio_sip_ip_access_control_list.test.sid", "pbx", "198.51.100.7", "")
		const addresses = "  ip_addresses = { \"198.51.100.7\" = \"pbx\" }\n"
		c.Write("main.tf", m.RootConfig()+list(addresses))
		c.Run("init")
		c.Run("apply", "-auto-approve")
		sid := m.OnlyListSID()
		entrySID := m.Addresses("", sid)[0].SID

		c.Write("main.tf", m.RootConfig()+list("")+entry)
		expectWords(t, c.ExpectError("plan", "-no-color"), "198.51.100.7 is already in list "+sid, "terraform import ADDRESS "+m.AccountSID()+"/"+sid+"/"+entrySID)

		// Together, the map and the resources would undo each other.
		c.Write("main.tf", m.RootConfig()+list(addresses)+entry)
		expectWords(t, c.ExpectError("plan", "-no-color"), "IP access control list "+sid+" is managed twice", "198.51.100.7")

		// With an import, nothing is written.
		c.Write("main.tf", m.RootConfig()+list("")+entry)
		c.Run("import", "twilio_sip_ip_address.a", sid+"/"+entrySID)
		m.RequestLines()
		c.Run("apply", "-auto-approve")
		m.ExpectNoWrites()

		// The way back interrupts the address, and the plan warns about it.
		c.Write("main.tf", m.RootConfig()+list(addresses))
		output := c.Run("plan", "-no-color")
		expectWords(t, output, "blocked temporarily during this apply", "destroy = false")
		c.Run("apply", "-auto-approve")
		expectHeld(m, sid, "198.51.100.7/32 pbx")
		c.ExpectEmptyPlan()
	})
}

// If the list is created in the same apply, its SID is known only then.
func TestMapAndResourceInANewList(t *testing.T) {
	bothWays(t, func(t *testing.T, m *acctest.Mock, c *acctest.CLI) {
		c.Write("main.tf", m.RootConfig()+"resource \"twilio_sip_ip_access_control_list\" \"test\" {\n  friendly_name = \"Office\"\n  ip_addresses = {}\n}\n"+
			entryBlock("a", "twilio_sip_ip_access_control_list.test.sid", "pbx", "198.51.100.7", ""))
		c.Run("init")
		c.Run("plan")
		expectWords(t, c.ExpectError("apply", "-auto-approve", "-no-color"), "IP access control list "+m.OnlyListSID()+" is managed twice")
		expectHeld(m, m.OnlyListSID())
	})
}

// Destroying an entry warns about other entries that still allow its address.
func TestDestroyOfACoveredEntry(t *testing.T) {
	bothWays(t, func(t *testing.T, m *acctest.Mock, c *acctest.CLI) {
		list := m.CreateList("", "Office").SID
		wide := m.CreateAddress("", list, "198.51.100.0", 24, "by hand").SID
		m.CreateAddress("", list, "192.0.2.1", 32, "unrelated")
		c.Write("main.tf", m.RootConfig()+entryBlock("a", fmt.Sprintf("%q", list), "pbx", "198.51.100.7", "")+entryBlock("b", fmt.Sprintf("%q", list), "pbx", "203.0.113.7", ""))
		c.Run("init")
		c.Run("apply", "-auto-approve")
		output := c.Run("destroy", "-auto-approve", "-no-color")
		expectWords(t, output, "198.51.100.7 is still allowed by another entry of list "+list, "198.51.100.0/24 (\"by hand\", "+wide+")")
		if strings.Contains(output, "203.0.113.7 is still") || strings.Contains(output, "192.0.2.1") {
			t.Errorf("warns of what is not covered:\n%s", output)
		}
	})
}

// Entries that are narrow individually can make a list wide. Each list is reported once: in the plan if its SID is known, and in
// the apply if the list is new. Entries that are destroyed or have their own warning do not count.
func TestEntriesThatAreWideTogether(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	list := m.CreateList("", "Office").SID
	eights := func(name, list string, first, count int) string {
		return entryBlock(name, list, name, "${"+fmt.Sprint(first)+" + count.index}.0.0.0", fmt.Sprintf("count = %d\ncidr_prefix_length = 8\n", count))
	}
	const wide = "A large part of the Internet can call"
	expect := func(output, context string, words ...string) {
		t.Helper()
		if got := strings.Count(output, "Warning: "+wide); got != len(words) {
			t.Errorf("%s: %d warnings\n%s", context, got, output)
		}
		expectWords(t, output, words...)
	}
	old := fmt.Sprintf("%q", list)
	c.Write("main.tf", m.RootConfig()+eights("kept", old, 11, 1))
	c.Run("init")
	expect(c.Run("apply", "-auto-approve", "-no-color"), "a /8")

	config := func(kept, keptCount, added int) string {
		return m.RootConfig() + eights("kept", old, kept, keptCount) + `resource "twilio_sip_ip_access_control_list" "new" {
  friendly_name = "New"
}
` + eights("added", "twilio_sip_ip_access_control_list.new.sid", 128, added) + entryBlock("half", "twilio_sip_ip_access_control_list.new.sid", "half", "0.0.0.0", "cidr_prefix_length = 1\n")
	}
	c.Write("main.tf", config(11, 2, 20))
	half, inOld := wide+`: 0.0.0.0/1 (entry "half")`, wide+" (list "+list+")"
	expect(c.Run("plan", "-no-color", "-out=wide.tfplan"), "plan", half, inOld)
	output := c.Run("apply", "-no-color", "wide.tfplan")
	inNew := wide + " (list " + m.Lists("")[1].SID + ")"
	expect(output, "apply", half, inNew)
	expect(c.Run("plan", "-no-color"), "without a change", half, inOld, inNew)

	// Blocks that change or are destroyed no longer count.
	c.Write("main.tf", config(14, 1, 1))
	expect(c.Run("apply", "-auto-approve", "-no-color"), "narrower", half)
	expect(c.Run("destroy", "-auto-approve", "-no-color"), "destroy", half)
}
