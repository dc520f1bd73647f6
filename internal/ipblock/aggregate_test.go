// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipblock

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestCountAndContains compares both functions with a check of every single address in a small universe.
func TestCountAndContains(t *testing.T) {
	t.Parallel()
	addresses, universe := smallUniverse()
	rapid.Check(t, func(t *rapid.T) {
		blocks := rapid.SliceOfN(rapid.SampledFrom(universe), 0, 12).Draw(t, "blocks")
		allowed, count := map[string]bool{}, int64(0)
		for _, addr := range addresses {
			if slices.ContainsFunc(blocks, func(b Block) bool { return b.Prefix().Contains(addr) }) {
				allowed[addr.String()] = true
				count++
			}
		}
		if got := Count(blocks); got != count {
			t.Fatalf("%d addresses, not %d", got, count)
		}
		for _, b := range universe {
			all := true
			for addr := b.First(); !b.Last().Less(addr); addr = addr.Next() {
				all = all && allowed[addr.String()]
			}
			if Contains(blocks, b) != all {
				t.Fatalf("whether %s is in it: not %t", b, all)
			}
		}
	})
}

func TestCountAndContainsLimits(t *testing.T) {
	t.Parallel()
	halves := everything()
	if got := Count(slices.Concat(halves, []Block{MustParse("10.1.2.3"), {}})); got != 1<<32 {
		t.Errorf("all addresses are %d", got)
	}
	if Count(nil) != 0 || Contains(nil, MustParse("10.0.0.1")) || Contains(halves, Block{}) {
		t.Error("nothing has addresses")
	}
	if !Contains(halves, MustParse("0.0.0.0/1")) || !Contains([]Block{MustParse("203.0.113.7/24")}, MustParse("203.0.113.9/24")) {
		t.Error("a block is not in itself")
	}
}
