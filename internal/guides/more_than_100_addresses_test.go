// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package guides_test

import (
	"crypto/md5"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// hundred runs the configuration of the guide "Allow more than 100 addresses" for one SIP domain or trunk.
type hundred struct {
	*acctest.CLI
	m      *acctest.Mock
	kind   acctest.Attachment
	parent string
	// allowed has the entries of the last apply.
	allowed map[string]string
}

func newHundred(t *testing.T) *hundred {
	t.Helper()
	return newHundredFor(t, acctest.Attachments["domain"])
}

func newHundredFor(t *testing.T, kind acctest.Attachment) *hundred {
	t.Helper()
	m := acctest.StartMock(t)
	h := &hundred{CLI: m.NewCLI(nil), m: m, kind: kind, parent: kind.NewParent(m)}
	copyExample(h.CLI, "more-than-100-addresses", m.Config())
	if domain := acctest.Attachments["domain"]; kind.ExclusiveType != domain.ExclusiveType {
		m.CreateDomain("", "example.sip.twilio.com", "")
		h.replaceInMain(domain.ExclusiveType, kind.ExclusiveType)
		h.replaceInMain("  domain_sid                  = data.twilio_sip_domain.calls.sid", fmt.Sprintf("%s = %q", kind.ParentAttribute, h.parent))
	}
	h.Run("init")
	return h
}

func (h *hundred) replaceInMain(before, after string) {
	h.T.Helper()
	main := h.Read("main.tf")
	if strings.Count(main, before) != 1 {
		h.T.Fatalf("main.tf does not have %q once", before)
	}
	h.Write("main.tf", strings.Replace(main, before, after, 1))
}

func (h *hundred) setVariables(allowed map[string]string, lists float64) {
	h.T.Helper()
	text, err := json.Marshal(map[string]any{"domain_name": "example.sip.twilio.com", "allowed": allowed, "lists": lists})
	if err != nil {
		h.T.Fatal(err)
	}
	h.Write("terraform.tfvars.json", string(text))
}

// apply applies entries and a number of lists, and returns the writes. After each write that changes who may call, it checks that
// every address that both the old and the new entries allow may call, and that no address that neither allow may call.
func (h *hundred) apply(allowed map[string]string, lists float64) []string {
	h.T.Helper()
	before, access := h.allowed, h.access()
	h.setVariables(allowed, lists)
	h.m.ResetRequests()
	h.Run("apply", "-auto-approve")
	h.allowed = allowed

	type probe struct {
		address      netip.Addr
		both, either bool
	}
	var probes []probe
	oldBlocks, newBlocks := blocksOf(before), blocksOf(allowed)
	for address := range edges(oldBlocks, newBlocks) {
		was, will := contains(oldBlocks, address), contains(newBlocks, address)
		probes = append(probes, probe{address, was && will, was || will})
	}
	for _, r := range h.m.Requests() {
		if !access.replay(r) {
			continue
		}
		blocks := access.blocks()
		for _, p := range probes {
			if may := contains(blocks, p.address); p.both && !may || may && !p.either {
				h.T.Errorf("after %s %s, %s may call: %v", r.Method, r.Path, p.address, may)
			}
		}
	}
	blocks := h.access().blocks()
	for address := range edges(newBlocks, blocks) {
		if got, want := contains(blocks, address), contains(newBlocks, address); got != want {
			h.T.Errorf("in the end, %s may call: %v", address, got)
		}
	}
	return h.m.WriteLines()
}

func (h *hundred) access() access { return readAccess(h.m, h.kind, h.parent) }

// entries returns the SID and the list of each entry of the attached lists, and checks that no list has more than 100.
func (h *hundred) entries() map[string][2]string {
	h.T.Helper()
	entries := map[string][2]string{}
	attached := h.kind.Lists(h.m, h.parent)
	for _, list := range h.m.Lists("") {
		if !slices.Contains(attached, list.SID) {
			continue
		}
		addresses := h.m.Addresses("", list.SID)
		if len(addresses) > 100 {
			h.T.Errorf("%s has %d entries", list.FriendlyName, len(addresses))
		}
		for _, a := range addresses {
			entry := fmt.Sprintf("%s/%d %s", a.IPAddress, a.CIDRPrefixLength, a.FriendlyName)
			if other, twice := entries[entry]; twice {
				h.T.Errorf("%s is in %s and in %s", entry, other[1], list.FriendlyName)
			}
			entries[entry] = [2]string{a.SID, list.FriendlyName}
		}
	}
	return entries
}

// expectEntries checks that the attached lists have exactly these entries, each in the list that its hash selects.
func (h *hundred) expectEntries(allowed map[string]string, lists int) {
	h.T.Helper()
	want, got := map[string]string{}, map[string]string{}
	for key, name := range allowed {
		want[blockOf(key).String()+" "+name] = fmt.Sprintf("Allowed %d of %d", hashOf(key)%lists+1, lists)
	}
	for entry, place := range h.entries() {
		got[entry] = place[1]
	}
	if !maps.Equal(got, want) {
		h.T.Errorf("the attached lists hold\n%v, not\n%v", got, want)
	}
	if all, attached := len(h.m.Lists("")), len(h.kind.Lists(h.m, h.parent)); all != lists || attached != lists {
		h.T.Errorf("there are %d lists, of which %d are attached, not %d", all, attached, lists)
	}
}

// hashOf computes the value of the guide's expression for an entry.
func hashOf(key string) int {
	sum := md5.Sum([]byte(strings.TrimSuffix(blockOf(key).String(), "/32")))
	return int(binary.BigEndian.Uint32(sum[:4]))
}

// sixNetworks returns 50 addresses in each of six networks, whose first numbers are all multiples of 4.
func sixNetworks() map[string]string {
	allowed := map[string]string{}
	for network := range 6 {
		for host := range 50 {
			allowed[fmt.Sprintf("%d.20.%d.%d", 4*network+4, network, host+1)] = fmt.Sprintf("Gateway %d-%d", network, host)
		}
	}
	return allowed
}

func TestGuideMoreThan100Addresses(t *testing.T) {
	t.Parallel()
	runGuide(t, "more-than-100-addresses.md", nil, func(m *acctest.Mock, c *acctest.CLI, _ int) func() []string {
		// The configuration has no provider block.
		installProvider(c)
		domain := m.CreateDomain("", "example.sip.twilio.com", "").SID
		return func() []string { return []string{"SD0123456789abcdef0123456789abcdef", domain} }
	})
}

// TestGuideMoreThan100AddressesLists checks the lists at the end of each part of the guide.
func TestGuideMoreThan100AddressesLists(t *testing.T) {
	t.Parallel()
	h := newHundred(t)
	joined := []string{"198.51.100.0/24 Carrier", "203.0.113.10/31 Carrier"}
	expect := func(lists int, entries ...string) {
		t.Helper()
		h.ExpectEmptyPlan()
		if got := slices.Sorted(maps.Keys(h.entries())); !slices.Equal(got, entries) {
			t.Errorf("the attached lists hold %q, not %q", got, entries)
		}
		if all, attached := len(h.m.Lists("")), len(h.kind.Lists(h.m, h.parent)); all != lists || attached != lists {
			t.Errorf("there are %d lists, of which %d are attached, not %d", all, attached, lists)
		}
	}
	blocks := readGuide(t, "more-than-100-addresses.md")
	run := func(blocks []codeBlock) {
		t.Helper()
		runVariant(h.CLI, h.m, blocks, 0, func() []string { return []string{"SD0123456789abcdef0123456789abcdef", h.parent} })
	}
	// next runs the guide up to the next block that writes a file.
	next := func(file string) {
		t.Helper()
		end := 1 + slices.IndexFunc(blocks[1:], func(b codeBlock) bool { return b.file == file })
		run(blocks[:end])
		blocks = blocks[end:]
	}
	next("one-list.tf")
	expect(8, "198.51.100.0/24 Carrier", "203.0.113.10/32 SBC London", "203.0.113.11/32 SBC Frankfurt")
	next("joined.tf")
	expect(1, joined...)
	next("main.tf")
	expect(8, joined...)
	run(blocks)
	if lists := h.m.Lists(""); len(lists) > 0 {
		t.Errorf("terraform destroy left %v", lists)
	}
}

// useJoined follows the section "Spread blocks over several lists".
func (h *hundred) useJoined() {
	h.T.Helper()
	for _, block := range readGuide(h.T, "more-than-100-addresses.md") {
		if block.file == "joined.tf" {
			h.Write(block.file, block.text)
		}
	}
	h.replaceInMain("for_each = local.lists", "for_each = local.joined")
}

// TestSpreadToOneList replaces full lists with one list that has the remaining blocks.
func TestSpreadToOneList(t *testing.T) {
	t.Parallel()
	h := newHundred(t)
	h.m.SetLatency(time.Millisecond)
	allowed := map[string]string{}
	for i := range 256 {
		allowed[fmt.Sprintf("198.51.100.%d", i)] = "Carrier"
	}
	h.apply(allowed, 6)
	main := h.Read("main.tf")
	locals, domain := strings.Index(main, "locals {"), strings.Index(main, "data ")
	main = main[:locals] + main[domain:]
	for _, block := range readGuide(t, "more-than-100-addresses.md") {
		if block.file == "one-list.tf" {
			h.Write(block.file, block.text)
		}
		if block.in && strings.Contains(block.text, ".joined.sid]") {
			main = replaceBlocks(main, block.text)
		}
	}
	h.Write("main.tf", main)
	h.apply(allowed, 6)
	if got := slices.Collect(maps.Keys(h.entries())); !slices.Equal(got, []string{"198.51.100.0/24 Carrier"}) || len(h.m.Lists("")) != 1 {
		t.Errorf("%d lists hold %q", len(h.m.Lists("")), got)
	}
	h.ExpectEmptyPlan()
}

// TestNumberOfJoinedLists counts the blocks of 110 networks as the guide does, and plans one list for every 25 of them.
func TestNumberOfJoinedLists(t *testing.T) {
	t.Parallel()
	h := newHundred(t)
	h.useJoined()
	allowed := map[string]string{}
	for network := range 110 {
		for part := range 8 {
			allowed[fmt.Sprintf("10.%d.0.%d/28", network, 16*part)] = "Carrier"
		}
	}
	for _, lists := range []float64{1, 5} {
		h.setVariables(allowed, lists)
		if output := h.ExpectError("plan", "-no-color"); !strings.Contains(output, "Increase the variable lists.") {
			t.Error(output)
		}
		const count = "echo 'sum([for blocks in local.joined : length(blocks)])' | terraform console"
		if output, status := h.Try("sh", "-c", count); status != 0 || strings.TrimSpace(output) != "880" {
			t.Errorf("with %v lists, the count is %s", lists, output)
		}
	}
	h.setVariables(allowed, 36)
	h.Run("plan")
}

// TestSpreadSixNetworks spreads addresses that would overfill a list if their first number selected the list.
func TestSpreadSixNetworks(t *testing.T) {
	t.Parallel()
	h := newHundred(t)
	allowed := sixNetworks()
	h.apply(allowed, 6)
	h.expectEntries(allowed, 6)
	h.ExpectEmptyPlan()

	const entry = " /IpAccessControlLists/AL/IpAddresses"
	change := func(what string, want ...string) {
		t.Helper()
		before := h.entries()
		if got := h.apply(allowed, 6); !slices.Equal(got, want) {
			t.Errorf("%s took %q, not %q", what, got, want)
		}
		h.expectEntries(allowed, 6)
		for entry, place := range h.entries() {
			if old, stays := before[entry]; stays && old != place {
				t.Errorf("%s moved %s from %s to %s", what, entry, old, place)
			}
		}
	}
	allowed = maps.Clone(allowed)
	allowed["0.255.255.255"] = "In front"
	change("an address in front of all others", "POST"+entry)
	allowed = maps.Clone(allowed)
	delete(allowed, "4.20.0.1")
	change("a removed address", "DELETE"+entry+"/IP")
	allowed = maps.Clone(allowed)
	allowed["4.20.0.2/32"] = allowed["4.20.0.2"]
	delete(allowed, "4.20.0.2")
	change("a new spelling")
}

// TestSpreadStaysPut adds and removes many random entries at once.
func TestSpreadStaysPut(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	h := newHundred(t)
	h.m.SetLatency(time.Millisecond)
	// The blocks do not overlap.
	universe := sixNetworks()
	for i := range 100 {
		universe[fmt.Sprintf("100.%d.0.0/%d", i, 16+random.IntN(16))] = "Block"
	}
	allowed := map[string]string{}
	for range 6 {
		next := map[string]string{}
		for _, key := range slices.Sorted(maps.Keys(universe)) {
			_, stays := allowed[key]
			if random.IntN(4) == 0 {
				stays = !stays
			}
			if stays {
				next[key] = universe[key]
			}
		}
		before := h.entries()
		h.apply(next, 8)
		h.expectEntries(next, 8)
		for entry, place := range h.entries() {
			if old, stays := before[entry]; stays && old != place {
				t.Errorf("%s moved from %s to %s", entry, old, place)
			}
		}
		allowed = next
	}
}

// TestSpreadMoreLists fills a list beyond its limit, increases the number of lists, and reduces it again.
func TestSpreadMoreLists(t *testing.T) {
	t.Parallel()
	for name, kind := range acctest.Attachments {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			spreadMoreLists(t, kind)
		})
	}
}

func spreadMoreLists(t *testing.T, kind acctest.Attachment) {
	t.Helper()
	h := newHundredFor(t, kind)
	h.m.SetLatency(time.Millisecond)
	allowed := map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(sixNetworks()))[:100] {
		allowed[key] = "Gateway"
	}
	h.apply(allowed, 1)
	h.expectEntries(allowed, 1)

	more := maps.Clone(allowed)
	more["203.0.113.10"] = "One too many"
	for _, refused := range []struct {
		lists   float64
		message string
	}{
		{1, "List 1 of 1 would have 101 entries, but a list can have at most 100. Increase the variable lists."},
		{0, "lists must be a whole number of at least 1."},
		{2.5, "lists must be a whole number of at least 1."},
	} {
		h.setVariables(more, refused.lists)
		if output := h.ExpectError("plan", "-no-color"); !acctest.Text(refused.message).MatchString(output) || strings.Count(output, "Error: ") != 1 {
			t.Errorf("%v lists: %s", refused.lists, output)
		}
	}
	h.m.ExpectNoWrites()
	h.expectEntries(allowed, 1)

	h.setVariables(more, 4)
	for _, failing := range []string{"/SIP/IpAccessControlLists.json", "/(Domains|Trunks)/.*/IpAccessControlList"} {
		h.m.AddFault(mocktwilio.Fault{Method: http.MethodPost, Path: failing, Kind: mocktwilio.FaultStatus, Status: http.StatusBadRequest})
		h.ExpectError("apply", "-auto-approve")
		blocks := h.access().blocks()
		for key := range allowed {
			if !contains(blocks, netip.MustParseAddr(key)) {
				t.Errorf("after a failed POST to %s, %s may not call", failing, key)
			}
		}
	}
	h.apply(more, 4)
	h.expectEntries(more, 4)
	// All entries of all lists change at the same time as the number of lists.
	h.apply(sixNetworks(), 6)
	h.expectEntries(sixNetworks(), 6)
	h.apply(allowed, 3)
	h.expectEntries(allowed, 3)
	h.ExpectEmptyPlan()
}

// TestSpreadFromOneList replaces a full list and its mapping with the guide's lists.
func TestSpreadFromOneList(t *testing.T) {
	t.Parallel()
	h := newHundred(t)
	if !h.AtLeast("1.8", "1.10") {
		t.Skip("removed blocks with lifecycle begin with OpenTofu 1.10")
	}
	h.m.SetLatency(time.Millisecond)
	allowed := map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(sixNetworks()))[:100] {
		allowed[key] = "Gateway"
	}
	main := h.Read("main.tf")
	variables, _, _ := strings.Cut(main, "locals {")
	h.Write("main.tf", variables)
	const list = `
resource "twilio_sip_ip_access_control_list" "gateways" {
  friendly_name = "Gateways"
  ip_addresses  = { for key, name in var.allowed : key => name if name == "Gateway" }
}
`
	h.Write("gateways.tf", list+fmt.Sprintf(`
resource "twilio_sip_domain_ip_access_control_list_mapping" "gateways" {
  domain_sid                 = %q
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.gateways.sid
}
`, h.parent))
	h.apply(allowed, 1)

	allowed = maps.Clone(allowed)
	allowed["203.0.113.10"] = "One more"
	h.Write("main.tf", main)
	h.Write("gateways.tf", list+`
import {
  to = twilio_sip_domain_ip_access_control_list_mappings_exclusive.calls
  id = data.twilio_sip_domain.calls.sid
}

removed {
  from = twilio_sip_domain_ip_access_control_list_mapping.gateways

  lifecycle {
    destroy = false
  }
}
`)
	h.apply(allowed, 3)
	h.Write("gateways.tf", "")
	if got := h.apply(allowed, 3); !slices.Equal(got, []string{"DELETE /IpAccessControlLists/AL"}) {
		t.Errorf("the old list was removed by %q", got)
	}
	h.expectEntries(allowed, 3)
	h.ExpectEmptyPlan()
}

// TestSpreadJoined switches to joined lists, and then adds and removes random addresses and blocks in the same /28 networks,
// which are joined and split again and again.
func TestSpreadJoined(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	draw := func(count int) map[string]string {
		allowed := map[string]string{}
		for range count {
			block := netip.PrefixFrom(netip.AddrFrom4([4]byte{198, 51, 100, byte(random.IntN(256))}), 28+random.IntN(5)).Masked()
			allowed[block.String()] = "Joined"
		}
		return allowed
	}
	h := newHundred(t)
	h.m.SetLatency(time.Millisecond)
	allowed := draw(100)
	h.apply(allowed, 4)
	h.useJoined()
	h.apply(allowed, 4)
	for range 8 {
		h.apply(draw(random.IntN(300)), 4)
	}
	h.ExpectEmptyPlan()
}

// TestNumberOfLists checks the guide's rule of 50 entries per list with several kinds of addresses, and with the binomial
// distribution for every number of lists that an account can have.
func TestNumberOfLists(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	address := func(n uint32) string { return netip.AddrFrom4([4]byte(binary.BigEndian.AppendUint32(nil, n))).String() }
	for kind, draw := range map[string]func(networks []uint32, i int) string{
		"consecutive addresses of six networks":      func(n []uint32, i int) string { return address(n[i%6]&^0xffff + uint32(i/6)) },
		"scattered addresses of six networks":        func(n []uint32, _ int) string { return address(n[random.IntN(6)]&^0xfff | random.Uint32()&0xfff) },
		"the first address of each of many networks": func(n []uint32, i int) string { return address(n[0]&^0xffffff + uint32(i)<<8 + 1) },
		"addresses everywhere":                       func([]uint32, int) string { return address(random.Uint32()) },
	} {
		for _, lists := range []int{3, 6, 8, 20} {
			for range 50 {
				networks := []uint32{random.Uint32(), random.Uint32(), random.Uint32(), random.Uint32(), random.Uint32(), random.Uint32()}
				entries := map[string]bool{}
				for i := range 50 * lists {
					entries[draw(networks, i)] = true
				}
				counts := make([]int, lists)
				for entry := range entries {
					counts[hashOf(entry)%lists]++
				}
				if slices.Max(counts) > 100 {
					t.Errorf("%s: lists of %v entries", kind, counts)
				}
			}
		}
	}

	logFactorial := func(n int) float64 { value, _ := math.Lgamma(float64(n + 1)); return value }
	for lists := 2; lists <= 1000; lists++ {
		entries, share, overflow := 50*lists, 1/float64(lists), 0.0
		for n := 101; n <= min(entries, 300); n++ {
			overflow += math.Exp(logFactorial(entries) - logFactorial(n) - logFactorial(entries-n) + float64(n)*math.Log(share) + float64(entries-n)*math.Log1p(-share))
		}
		if chance := float64(lists) * overflow; chance >= 1e-6 {
			t.Errorf("one of %d lists exceeds 100 entries with a chance of %g", lists, chance)
		}
	}
}
