// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipblock

import (
	"net/netip"
	"slices"

	"go4.org/netipx"
)

// Aggregate returns the fewest blocks that mean exactly the addresses that
// blocks mean together, in the order of [Block.Compare], without host bits. All
// of them are valid entries: in place of /0 the result is 0.0.0.0/1 and
// 128.0.0.0/1. The result of no blocks is empty, and zero Blocks are ignored.
func Aggregate(blocks []Block) []Block { return blocksOf(setOf(blocks).Prefixes()) }

// Count returns how many addresses blocks mean together. An address that several
// of them mean counts once. Zero Blocks are ignored.
func Count(blocks []Block) int64 {
	var count int64
	for _, b := range Aggregate(blocks) {
		count += b.Count()
	}
	return count
}

// Contains reports whether blocks together mean every address that b means.
// Nothing contains the zero Block.
func Contains(blocks []Block, b Block) bool {
	return setOf(blocks).ContainsPrefix(b.Prefix())
}

// setOf returns the set of all addresses that blocks mean.
func setOf(blocks []Block) *netipx.IPSet {
	var builder netipx.IPSetBuilder
	for _, b := range blocks {
		if !b.IsZero() {
			builder.AddPrefix(b.prefix)
		}
	}
	set, err := builder.IPSet()
	if err != nil {
		// The builder only fails on invalid prefixes, and no Block has one.
		panic("ipblock: " + err.Error())
	}
	return set
}

// blocksOf turns prefixes into blocks. The prefix of everything, which Twilio
// cannot store, becomes its two halves.
func blocksOf(prefixes []netip.Prefix) []Block {
	blocks := make([]Block, 0, len(prefixes))
	for _, p := range prefixes {
		if p.Bits() == 0 {
			blocks = append(blocks, everything()...)
			continue
		}
		blocks = append(blocks, Block{p})
	}
	return slices.Clip(blocks)
}

// everything returns all IPv4 addresses as entries that Twilio can store.
func everything() []Block { return []Block{MustParse("0.0.0.0/1"), MustParse("128.0.0.0/1")} }
