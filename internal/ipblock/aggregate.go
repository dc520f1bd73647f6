// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipblock

import (
	"net/netip"
	"slices"

	"go4.org/netipx"
)

// Aggregate returns the smallest number of blocks that cover exactly the same addresses as blocks, in the order of
// [Block.Compare] and without host bits. All of them are valid entries: instead of /0, the result has 0.0.0.0/1 and 128.0.0.0/1.
// Zero Blocks are ignored.
func Aggregate(blocks []Block) []Block { return blocksOf(setOf(blocks).Prefixes()) }

// Count returns how many different addresses blocks cover together. Zero Blocks are ignored.
func Count(blocks []Block) int64 {
	var count int64
	for _, b := range Aggregate(blocks) {
		count += b.Count()
	}
	return count
}

// Contains reports whether blocks together cover every address of b. Nothing contains the zero Block.
func Contains(blocks []Block, b Block) bool {
	return setOf(blocks).ContainsPrefix(b.Prefix())
}

// setOf returns the set of all addresses of blocks.
func setOf(blocks []Block) *netipx.IPSet {
	var builder netipx.IPSetBuilder
	for _, b := range blocks {
		if !b.IsZero() {
			builder.AddPrefix(b.prefix)
		}
	}
	set, err := builder.IPSet()
	if err != nil {
		// The builder only fails on invalid prefixes, which no Block has.
		panic("ipblock: " + err.Error())
	}
	return set
}

// blocksOf converts prefixes to blocks. It splits 0.0.0.0/0, which Twilio cannot store, into two halves.
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
