// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipblock

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// anyBlock draws any block, with or without host bits.
var anyBlock = rapid.Custom(func(t *rapid.T) Block {
	n := rapid.Uint32().Draw(t, "address")
	addr := netip.AddrFrom4([4]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)})
	return Block{netip.PrefixFrom(addr, rapid.IntRange(1, 32).Draw(t, "length"))}
})

func TestRelations(t *testing.T) {
	for _, test := range []struct {
		a, b                     string
		same, contains, overlaps bool
		compare                  int
	}{
		{"10.0.0.1", "10.0.0.1/32", true, true, true, 0},
		{"10.0.0.1/24", "10.0.0.0/24", true, true, true, 1},
		{"10.0.0.0/24", "10.0.0.0/25", false, true, true, -1},
		{"10.0.0.200/24", "10.0.0.7", false, true, true, -1},
		{"10.0.0.0/25", "10.0.0.9/24", false, false, true, 1},
		{"10.0.0.0/25", "10.0.0.128/25", false, false, false, -1},
		{"0.0.0.0/1", "128.0.0.0/1", false, false, false, -1},
	} {
		a, b := MustParse(test.a), MustParse(test.b)
		if a.Same(b) != test.same || a.Contains(b) != test.contains || a.Overlaps(b) != test.overlaps || a.Compare(b) != test.compare {
			t.Errorf("%s, %s: same %t, contains %t, overlaps %t, compare %d",
				a, b, a.Same(b), a.Contains(b), a.Overlaps(b), a.Compare(b))
		}
	}
}

func TestExtent(t *testing.T) {
	for in, want := range map[string]string{
		"203.0.113.7/24": "203.0.113.0 203.0.113.255 256",
		"203.0.113.7":    "203.0.113.7 203.0.113.7 1",
		"10.0.0.9/29":    "10.0.0.8 10.0.0.15 8",
		"200.0.0.0/1":    "128.0.0.0 255.255.255.255 2147483648",
	} {
		b := MustParse(in)
		if got := fmt.Sprint(b.First(), b.Last(), b.Count()); got != want {
			t.Errorf("%s: %s", in, got)
		}
	}
}

func TestZeroBlock(t *testing.T) {
	var none Block
	some := MustParse("10.0.0.0/8")
	if !none.IsZero() || some.IsZero() || none.String() != "" || none.CIDR() != "" || none.Address() != "" ||
		none.PrefixLength() != 0 || none.Count() != 0 || none.First().IsValid() || none.Last().IsValid() ||
		none.HasHostBits() || none.Canonical() != none || none.Prefix().IsValid() {
		t.Error("the zero Block means something")
	}
	if none.Contains(some) || some.Contains(none) || none.Contains(none) || none.Overlaps(some) || some.Overlaps(none) || some.Same(none) {
		t.Error("the zero Block relates to a block")
	}
}

func TestCovering(t *testing.T) {
	for _, test := range []struct {
		blocks   []string
		covering []int
	}{
		{[]string{"10.0.0.0/8", "10.0.0.1", "10.0.0.0/24", "192.0.2.1", "10.9.9.9/24", "10.0.0.7/24"}, []int{-1, 2, 0, -1, 0, 0}},
		{[]string{"10.0.0.0/24", "10.0.0.0/8", "10.0.0.1"}, []int{1, -1, 0}},
		{nil, []int{}},
	} {
		var blocks []Block
		for _, s := range test.blocks {
			blocks = append(blocks, MustParse(s))
		}
		if got := Covering(blocks); !slices.Equal(got, test.covering) {
			t.Errorf("%v: got %v, want %v", test.blocks, got, test.covering)
		}
	}
}

func TestAggregate(t *testing.T) {
	for _, test := range []struct{ in, want []string }{
		{nil, nil},
		{[]string{"10.0.0.7/24"}, []string{"10.0.0.0/24"}},
		{[]string{"10.0.0.1", "10.0.0.0"}, []string{"10.0.0.0/31"}},
		{[]string{"10.0.0.1", "10.0.0.2"}, []string{"10.0.0.1", "10.0.0.2"}},
		{[]string{"10.0.0.128/25", "10.0.0.0/25", "10.0.1.0/24", "10.0.0.5"}, []string{"10.0.0.0/23"}},
		{[]string{"192.0.2.0/24", "10.0.0.0/8"}, []string{"10.0.0.0/8", "192.0.2.0/24"}},
		{[]string{"128.0.0.0/1", "0.0.0.0/1"}, []string{"0.0.0.0/1", "128.0.0.0/1"}},
		{[]string{"0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/1"}, []string{"0.0.0.0/1", "128.0.0.0/1"}},
	} {
		var in []Block
		for _, s := range test.in {
			in = append(in, MustParse(s))
		}
		var got []string
		for _, b := range Aggregate(append(in, Block{})) {
			got = append(got, b.String())
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%v: got %v, want %v", test.in, got, test.want)
		}
	}
}

// TestAggregateIsExactAndFewest compares Aggregate with a simple algorithm on sets of 256 blocks: single addresses, or the /8
// blocks of all IPv4 addresses.
func TestAggregateIsExactAndFewest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shift := rapid.SampledFrom([]int{0, 24}).Draw(t, "shift")
		blocks := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Block {
			n := rapid.Uint32Max(255).Draw(t, "address") << shift
			addr := netip.AddrFrom4([4]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)})
			return Block{netip.PrefixFrom(addr, 32-shift-rapid.IntRange(0, 7).Draw(t, "length"))}
		}), 0, 100).Draw(t, "blocks")

		var set [256]bool
		for _, b := range blocks {
			for n := range uint32(256) {
				v := n << shift
				set[n] = set[n] || b.Prefix().Contains(netip.AddrFrom4([4]byte{byte(v >> 24), byte(v >> 16), byte(v >> 8), byte(v)}))
			}
		}
		// The result for a range of the set is the range itself if it is full, nothing if it is empty, and otherwise the results
		// for its halves. All addresses take two blocks.
		var want []string
		var cut func(low, bits int)
		cut = func(low, bits int) {
			part := set[low : low+1<<bits]
			switch length := 32 - shift - bits; {
			case !slices.Contains(part, true):
			case !slices.Contains(part, false) && length > 0:
				v := uint32(low) << shift
				want = append(want, Block{netip.PrefixFrom(netip.AddrFrom4([4]byte{byte(v >> 24), byte(v >> 16), byte(v >> 8), byte(v)}), length)}.String())
			default:
				cut(low, bits-1)
				cut(low+1<<(bits-1), bits-1)
			}
		}
		cut(0, 8)

		var got []string
		for _, b := range Aggregate(blocks) {
			got = append(got, b.String())
		}
		if !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

// BenchmarkAggregate aggregates as many blocks as a large cloud provider publishes.
func BenchmarkAggregate(b *testing.B) {
	blocks := make([]Block, 10_000)
	for i := range blocks {
		n := uint32(i) * 2654435761
		blocks[i] = Block{netip.PrefixFrom(netip.AddrFrom4([4]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}), 14+i%19)}
	}
	for b.Loop() {
		Aggregate(blocks)
	}
}
