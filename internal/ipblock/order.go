// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipblock

import (
	"encoding/binary"
	"maps"
	"math/bits"
	"slices"

	"go4.org/netipx"
)

// pairUp sets the step of each node. It combines pairs of a removed and an added entry into updates, in the order of preference,
// and makes a create or delete for each remaining entry. It returns the steps, and the blocks that are allowed at every moment
// because of the updates: if the old and the new block of an update overlap, the smaller of the two.
func pairUp(nodes []*node) (steps []*draft, safe []Block) {
	pairs := map[int][][2]int{} // indexes of a removed and an added node, by preference
	for i, removed := range nodes {
		for j, added := range nodes {
			if !removed.added && added.added {
				rank := preference(removed, added)
				pairs[rank] = append(pairs[rank], [2]int{i, j})
			}
		}
	}
	for _, rank := range slices.Backward(slices.Sorted(maps.Keys(pairs))) {
		for _, pair := range pairs[rank] {
			removed, added := nodes[pair[0]], nodes[pair[1]]
			if removed.step != nil || added.step != nil {
				continue
			}
			update := &draft{Step: Step{Op: Update, SID: removed.SID, From: removed.Entry, To: added.desired()}}
			removed.step, added.step = update, update
			steps = append(steps, update)
			if removed.Block.Contains(added.Block) {
				safe = append(safe, added.Block)
			} else if added.Block.Contains(removed.Block) {
				safe = append(safe, removed.Block)
			}
		}
	}
	for _, n := range nodes {
		switch {
		case n.step != nil:
			continue
		case n.added:
			n.step = &draft{Step: Step{Op: Create, To: n.desired()}}
		default:
			n.step = &draft{Step: Step{Op: Delete, SID: n.SID, From: n.Entry}}
		}
		steps = append(steps, n.step)
	}
	return steps, safe
}

func (n *node) desired() Desired { return Desired{n.Block, n.Name} }

// preference ranks the pairs of a removed and an added entry for [pairUp], by these criteria:
//
//  1. Pairs of an enclosed block and a block that encloses it come first. Inner enclosing blocks come before outer ones, which
//     enclose more blocks that need a partner.
//  2. Pairs of two enclosed blocks come last, because two unpaired blocks in one step make the longest chains of waits.
//  3. Pairs with the same name come before others.
//  4. Pairs of an added enclosed block and a block that is not enclosed come before others, because this leaves fewer pairs of two
//     enclosed blocks.
//  5. Blocks that are near each other come before others.
func preference(removed, added *node) int {
	const ( // each is greater than the sum of all smaller terms
		addsEnclosed = 1 << 6
		sameName     = 1 << 7
		enclosing    = 1 << 8 // for each bit of the prefix length
	)
	rank := nearness(removed.Block, added.Block)
	if removed.Name == added.Name {
		rank += sameName
	}
	switch {
	case removed.enclosed && added.Block.Contains(removed.Block):
		rank += added.Block.PrefixLength() * enclosing
	case added.enclosed && removed.Block.Contains(added.Block):
		rank += removed.Block.PrefixLength() * enclosing
	case removed.enclosed && added.enclosed:
		rank -= enclosing
	case added.enclosed:
		rank += addsEnclosed
	}
	return rank
}

// nearness returns 32 to 63 for blocks that overlap, more for a larger overlap. For other blocks it returns the number of leading
// bits that their addresses share, 0 to 31.
func nearness(a, b Block) int {
	if a.Overlaps(b) {
		return 64 - max(a.PrefixLength(), b.PrefixLength())
	}
	a4, b4 := a.prefix.Addr().As4(), b.prefix.Addr().As4()
	return bits.LeadingZeros32(binary.BigEndian.Uint32(a4[:]) ^ binary.BigEndian.Uint32(b4[:]))
}

// addWaits adds a wait before or after the step of each unpaired block, unless all addresses of the block are in safe, the
// addresses that no step removes.
func addWaits(nodes []*node, safe *netipx.IPSet) {
	for _, n := range nodes {
		if !n.enclosed || safe.ContainsPrefix(n.Block.Prefix()) {
			continue
		}
		first, then := n.step, n.parent.step // first adds a block, then removes one
		if n.parent.added {
			first, then = then, first
		}
		then.after = append(then.after, first)
	}
}
