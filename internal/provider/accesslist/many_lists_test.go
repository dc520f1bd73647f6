// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package accesslist_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// The tests in this file change many lists at once with the real CLI. They use net/netip instead of internal/ipblock, so that
// they find mistakes in that package.

const manyLists = `
variable "lists" {
  type = map(map(string))
}

resource "twilio_sip_ip_access_control_list" "test" {
  for_each      = var.lists
  friendly_name = each.key
  ip_addresses  = each.value
}
`

// lists has the entries of lists by list name.
type lists map[string]entries

func setLists(c *acctest.CLI, all lists) {
	c.T.Helper()
	text, err := json.Marshal(map[string]any{"lists": all})
	if err != nil {
		c.T.Fatal(err)
	}
	c.Write("terraform.tfvars.json", string(text))
}

// randomEntries returns a random map of blocks in 10.0.0.0/24, which often overlap.
func randomEntries(random *rand.Rand) entries {
	drawn := entries{}
	for range random.IntN(12) {
		length := 24 + random.IntN(9)
		prefix := netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 0, 0, byte(random.IntN(256))}), length).Masked()
		key := prefix.String()
		if length == 32 {
			key = prefix.Addr().String()
		}
		drawn[key] = "name " + strconv.Itoa(random.IntN(3))
	}
	return drawn
}

// changeEntries removes, renames, and adds some entries.
func changeEntries(random *rand.Rand, before entries) entries {
	next := randomEntries(random)
	for key, name := range before {
		switch random.IntN(4) {
		case 0:
			delete(next, key)
		case 1:
			next[key] = name + "!"
		default:
			next[key] = name
		}
	}
	return next
}

// allowed has the addresses of 10.0.0.0/24 that a list allows.
type allowed [256]bool

func allowedBy(blocks map[string]netip.Prefix) (set allowed) {
	for _, prefix := range blocks {
		for i := range set {
			set[i] = set[i] || prefix.Contains(netip.AddrFrom4([4]byte{10, 0, 0, byte(i)}))
		}
	}
	return set
}

func prefixOf(address string, length any) netip.Prefix {
	return netip.MustParsePrefix(fmt.Sprintf("%s/%v", address, length)).Masked()
}

// listBlocks returns the blocks of a list by the SIDs of its entries.
func listBlocks(m *acctest.Mock, listSID string) map[string]netip.Prefix {
	blocks := map[string]netip.Prefix{}
	for _, a := range m.Addresses("", listSID) {
		blocks[a.SID] = prefixOf(a.IPAddress, a.CIDRPrefixLength)
	}
	return blocks
}

var entryPath = regexp.MustCompile(`/(AL[0-9a-f]{32})/IpAddresses(?:/(IP[0-9a-f]{32}))?\.json$`)

// replay applies the requests in the log to the blocks of the lists, calls after for each write, and returns the number of
// writes to each list.
func replay(t *testing.T, before map[string]map[string]netip.Prefix, log []mocktwilio.Request, after func(list string, blocks map[string]netip.Prefix)) map[string]int {
	t.Helper()
	writes := map[string]int{}
	for _, r := range log {
		match := entryPath.FindStringSubmatch(r.Path)
		if match == nil || r.Method == http.MethodGet || !r.Done {
			continue
		}
		list, sid := match[1], match[2]
		blocks := before[list]
		switch {
		case r.Method == http.MethodDelete:
			delete(blocks, sid)
		case sid == "":
			blocks["new "+strconv.Itoa(r.Seq)] = prefixOf(r.Form.Get("IpAddress"), r.Form.Get("CidrPrefixLength"))
		default:
			blocks[sid] = prefixOf(r.Form.Get("IpAddress"), r.Form.Get("CidrPrefixLength"))
		}
		writes[list]++
		after(list, blocks)
	}
	return writes
}

// fewest returns the smallest number of requests for a change.
func fewest(before, next entries) int {
	removed, added, renamed := 0, 0, 0
	for key, name := range before {
		switch other, stays := next[key]; {
		case !stays:
			removed++
		case other != name:
			renamed++
		}
	}
	for key := range next {
		if _, had := before[key]; !had {
			added++
		}
	}
	return max(removed, added) + renamed
}

// TestAllowedAddressesDuringApply makes random changes to a hundred lists, and checks which addresses they allow after each
// single request.
func TestAllowedAddressesDuringApply(t *testing.T) {
	acctest.WithAndWithoutEqualAddresses(t, allowedAddressesDuringApply)
}

func allowedAddressesDuringApply(t *testing.T, m *acctest.Mock) {
	t.Helper()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	before, next := lists{}, lists{}
	for i := range 100 {
		name := "list " + strconv.Itoa(i)
		before[name] = randomEntries(random)
		next[name] = changeEntries(random, before[name])
	}

	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+manyLists)
	setLists(c, before)
	c.Run("init")
	c.Run("apply", "-auto-approve")
	blocks, names, oldAllowed := map[string]map[string]netip.Prefix{}, map[string]string{}, map[string]allowed{}
	for _, list := range m.Lists("") {
		names[list.SID] = list.FriendlyName
		blocks[list.SID] = listBlocks(m, list.SID)
		oldAllowed[list.SID] = allowedBy(blocks[list.SID])
	}

	m.SetLatency(2 * time.Millisecond)
	m.ResetRequests()
	setLists(c, next)
	c.Run("apply", "-auto-approve")
	log := m.Requests()
	newAllowed := map[string]allowed{}
	for sid := range names {
		newAllowed[sid] = allowedBy(listBlocks(m, sid))
	}
	writes := replay(t, blocks, log, func(list string, now map[string]netip.Prefix) {
		allowedNow := allowedBy(now)
		for i := range allowedNow {
			both, either := oldAllowed[list][i] && newAllowed[list][i], oldAllowed[list][i] || newAllowed[list][i]
			if both && !allowedNow[i] || allowedNow[i] && !either {
				t.Errorf("%s: 10.0.0.%d was wrong for a moment: allowed %v, before %v, after %v", names[list], i, allowedNow[i], oldAllowed[list][i], newAllowed[list][i])
			}
		}
	})
	for sid, name := range names {
		if want := fewest(before[name], next[name]); writes[sid] != want {
			t.Errorf("%s took %d requests, not %d: %v to %v", name, writes[sid], want, before[name], next[name])
		}
		if got, want := m.EntryLines(sid), wantEntryLines(next[name]); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s holds %q, not %q", name, got, want)
		}
	}
	m.SetLatency(0)
	c.ExpectEmptyPlan()
}

// TestUpdateEntriesDespiteFaults replaces all entries of full lists while a third of all requests fail.
func TestUpdateEntriesDespiteFaults(t *testing.T) {
	acctest.WithAndWithoutEqualAddresses(t, updateEntriesDespiteFaults)
}

func updateEntriesDespiteFaults(t *testing.T, m *acctest.Mock) {
	t.Helper()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	m.ConfigureClient = acctest.ShortAttempts
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+manyLists)
	setLists(c, lists{"a": hundred(1, "a"), "b": {}})
	c.Run("init")
	c.Run("apply", "-auto-approve")
	m.SetFaultFunc(func(*http.Request) *mocktwilio.Fault {
		if random.IntN(3) > 0 {
			return nil
		}
		fault := acctest.WriteFaults[random.IntN(len(acctest.WriteFaults))]
		return &fault
	})
	next := lists{"a": hundred(2, "b"), "b": hundred(3, "c")}
	setLists(c, next)
	c.Run("apply", "-auto-approve")
	m.SetFaultFunc(nil)
	for _, list := range m.Lists("") {
		if got, want := m.EntryLines(list.SID), wantEntryLines(next[list.FriendlyName]); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s holds %q, not %q", list.FriendlyName, got, want)
		}
	}
	c.ExpectEmptyPlan()
}

// TestListLifecycleDespiteFaults creates, renames, and destroys a hundred lists, half of them with the same name, with a high
// parallelism, while a third of all requests fail.
func TestListLifecycleDespiteFaults(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	m := acctest.StartMock(t)
	m.ConfigureClient = acctest.ShortAttempts
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+`
variable "suffix" {}

resource "twilio_sip_ip_access_control_list" "alike" {
  count         = 50
  friendly_name = "Office${var.suffix}"
}

resource "twilio_sip_ip_access_control_list" "different" {
  count         = 50
  friendly_name = "Branch ${count.index}${var.suffix}"
}
`)
	c.Run("init")
	faulty := func(*http.Request) *mocktwilio.Fault {
		if random.IntN(3) > 0 {
			return nil
		}
		fault := acctest.WriteFaults[random.IntN(len(acctest.WriteFaults))]
		return &fault
	}
	for _, suffix := range []string{"", " renamed"} {
		m.SetFaultFunc(faulty)
		c.Run("apply", "-auto-approve", "-parallelism=50", "-var", "suffix="+suffix)
		m.SetFaultFunc(nil)
		counts := map[string]int{}
		for _, list := range m.Lists("") {
			counts[list.FriendlyName]++
		}
		if counts["Office"+suffix] != 50 || counts["Branch 7"+suffix] != 1 || len(counts) != 51 {
			t.Errorf("lists by name: %v", counts)
		}
		c.ExpectEmptyPlan("-var", "suffix="+suffix)
	}
	m.SetFaultFunc(faulty)
	c.Run("destroy", "-auto-approve", "-parallelism=50", "-var", "suffix=")
	if left := m.Lists(""); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

// wantEntryLines returns the result of Mock.EntryLines for a list with exactly these entries.
func wantEntryLines(e entries) []string {
	lines := []string{}
	for key, name := range e {
		if !strings.Contains(key, "/") {
			key += "/32"
		}
		lines = append(lines, key+" "+name)
	}
	slices.Sort(lines)
	return lines
}
