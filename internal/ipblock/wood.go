// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipblock

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"net/netip"
	"slices"
)

// wood is what [Plan] knows of how removed, added and kept blocks lie within
// each other; the words are those of its comment.
type wood struct {
	change change
	nodes  []*node // all, each behind those that contain it
	reds   []*node // by their index in change.removed
	greens []*node // by their index in change.added
}

// node is a block in the tree of those that contain it and those it contains.
type node struct {
	prefix   netip.Prefix
	colour   colour
	index    int   // in the change's removed or added
	parent   *node // the smallest block that contains this one
	children []*node
	outer    bool // all blocks that contain it are of its colour
	inner    bool // must come before one of its ancestors (green), or go after one (red)
}

type colour int

const (
	stays colour = iota // sorts first: of equal blocks it is the one outside
	red                 // removed
	green               // added
)

// newWood builds the trees.
func newWood(c change) *wood {
	w := &wood{change: c, reds: make([]*node, len(c.removed)), greens: make([]*node, len(c.added))}
	for _, b := range c.kept {
		w.nodes = append(w.nodes, &node{prefix: b.Prefix(), colour: stays})
	}
	for i, e := range c.removed {
		w.nodes = append(w.nodes, &node{prefix: e.Block.Prefix(), colour: red, index: i})
	}
	for i, a := range c.added {
		w.nodes = append(w.nodes, &node{prefix: a.Block.Prefix(), colour: green, index: i})
	}
	slices.SortFunc(w.nodes, func(a, b *node) int {
		return cmp.Or(a.prefix.Compare(b.prefix), cmp.Compare(a.colour, b.colour), cmp.Compare(a.index, b.index))
	})
	var innermost *node // of those around the place where the next block starts
	for _, n := range w.nodes {
		for innermost != nil && !covers(innermost.prefix, n.prefix) {
			innermost = innermost.parent
		}
		n.parent, innermost = innermost, n
		if n.parent != nil {
			n.parent.children = append(n.parent.children, n)
		}
		switch n.colour {
		case red:
			w.reds[n.index] = n
		case green:
			w.greens[n.index] = n
		}
	}
	for _, n := range w.nodes {
		switch p := n.parent; {
		case n.colour == stays: // nothing can happen to its addresses, and so not to blocks within it
		case p == nil || p.outer && p.colour == n.colour:
			n.outer = true
		case p.outer:
			n.inner = n.uncovered(func(*node) bool { return false })
		}
	}
	return w
}

// uncovered reports whether any address of n is in no block that stays and in no
// block, from n inwards, that safe holds for.
func (n *node) uncovered(safe func(*node) bool) bool {
	if n.colour == stays || safe(n) {
		return false
	}
	own := size(n.prefix)
	for _, child := range n.children {
		own -= size(child.prefix)
		if child.uncovered(safe) {
			return true
		}
	}
	return own > 0
}

// weight values the pair of a removed and an added entry. Each concern outweighs
// all that follow it, summed over the pairs of a full list.
func (w *wood) weight(removed, added int) int64 {
	const (
		perName    = 1 << 16 // nearness is below 64, 128 pairs at most
		perSpare   = 1 << 24
		perOutward = 1 << 32
	)
	from, to := w.change.removed[removed], w.change.added[added]
	weight := nearness(from.Block.prefix, to.Block.prefix)
	if from.Name == to.Name {
		weight += perName
	}
	r, a := w.reds[removed], w.greens[added]
	switch {
	case r.inner && covers(a.prefix, r.prefix), a.inner && covers(r.prefix, a.prefix):
		weight += perOutward
	case r.inner && a.inner: // would wait itself and be waited for
		weight -= perSpare
	}
	return weight
}

// nearness is from 32 to 63 for blocks that overlap, more for a larger overlap,
// and else the number of leading bits that their addresses share, 0 to 31.
func nearness(a, b netip.Prefix) int64 {
	longest := max(a.Bits(), b.Bits())
	if a.Overlaps(b) {
		return int64(64 - longest)
	}
	a4, b4 := a.Addr().As4(), b.Addr().As4()
	return int64(bits.LeadingZeros32(binary.BigEndian.Uint32(a4[:]) ^ binary.BigEndian.Uint32(b4[:])))
}

// order makes the steps wait for each other as far as needed, given the step of
// each removed and each added entry.
func (w *wood) order(steps, ofRemoved, ofAdded []*draft) {
	step := func(n *node) *draft {
		if n.colour == red {
			return ofRemoved[n.index]
		}
		return ofAdded[n.index]
	}
	// An address is safe if a block around it goes as another one around it
	// comes. The partner of a block is of the other colour, so never equal.
	safe := func(n *node) bool {
		d := step(n)
		partner := d.To.Block.prefix
		if n.colour == green {
			partner = d.From.Block.prefix
		}
		return covers(partner, n.prefix)
	}
	for _, n := range w.nodes {
		if !n.inner || !n.uncovered(safe) {
			continue
		}
		first, then := step(n), step(n.parent)
		if n.colour == red {
			first, then = then, first
		}
		then.after = append(then.after, first)
	}
	for range 2 { // enough, since no chain is longer than three steps, see Plan
		for _, d := range steps {
			for _, earlier := range d.after {
				d.level = max(d.level, earlier.level+1)
			}
		}
	}
}
