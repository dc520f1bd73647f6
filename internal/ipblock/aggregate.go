// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipblock

import "go4.org/netipx"

// Aggregate returns the fewest blocks that mean exactly the addresses that
// blocks mean together, in the order of [Block.Compare], without host bits. All
// of them are valid entries: in place of /0 the result is 0.0.0.0/1 and
// 128.0.0.0/1. The result of no blocks is empty, and zero Blocks are ignored.
func Aggregate(blocks []Block) []Block { return blocksOf(setOf(blocks).Prefixes()) }

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
