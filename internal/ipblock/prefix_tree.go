// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipblock

import (
	"cmp"
	"slices"

	"go4.org/netipx"
)

// node is a removed or an added entry, in a prefix tree of all such entries. The comment of [Plan] explains enclosing and
// enclosed.
type node struct {
	Entry     // without a SID if the entry is added
	added     bool
	parent    *node // the smallest removed or added block that contains this one
	enclosing bool
	enclosed  bool
	step      *draft // removes or adds the entry
}

// buildTree sets the parent, enclosing, and enclosed of each node, and sorts the nodes so that each comes after those that
// contain it.
func buildTree(nodes []*node, kept *netipx.IPSet) {
	slices.SortFunc(nodes, func(a, b *node) int {
		return cmp.Or(a.Block.Compare(b.Block), cmp.Compare(a.Name, b.Name), cmp.Compare(a.SID, b.SID))
	})
	var innermost *node
	for _, n := range nodes {
		for innermost != nil && !innermost.Block.Contains(n.Block) {
			innermost = innermost.parent
		}
		n.parent, innermost = innermost, n
		p := n.parent
		n.enclosing = p == nil || p.enclosing && p.added == n.added
		n.enclosed = !n.enclosing && p.enclosing && !kept.ContainsPrefix(n.Block.Prefix())
	}
}
