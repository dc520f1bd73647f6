// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package ipblock handles the IPv4 blocks in the entries of a Twilio SIP IP access control list. It parses and compares blocks,
// explains mistakes in them, aggregates them, and plans the requests that change the entries of a list. During such a change,
// addresses that both the old and the new entries allow stay allowed, and addresses that neither allow stay blocked.
//
// The package has no side effects: it makes no requests, logs nothing, and imports no other package of this module.
package ipblock

import (
	"net/netip"

	"go4.org/netipx"
)

// MaxEntries is the maximum number of entries in a Twilio IP access control list.
const MaxEntries = 100

// Block is an IPv4 address with a prefix length from 1 to 32. Host bits are kept: 203.0.113.7/24 remains 203.0.113.7/24, although
// it covers the same addresses as 203.0.113.0/24.
//
// Two Blocks are == if their addresses, including host bits, and their prefix lengths are equal. [Block.Same] reports whether
// they cover the same addresses, and [Block.Prefix] is a map key for that.
//
// The zero Block covers no addresses. [Parse] and [New] return it only with an error.
type Block struct {
	prefix netip.Prefix // valid, IPv4, and 1 to 32 bits; zero in the zero Block
}

// IsZero reports whether b is the zero Block, which covers no addresses.
func (b Block) IsZero() bool { return b == Block{} }

// Prefix returns the block without host bits. Two Blocks for which [Block.Same] is true have equal Prefixes.
func (b Block) Prefix() netip.Prefix { return b.prefix.Masked() }

// Address returns the address, including host bits, without the prefix length. Twilio calls it IpAddress.
func (b Block) Address() string {
	if b.IsZero() {
		return ""
	}
	return b.prefix.Addr().String()
}

// PrefixLength returns the prefix length, from 1 to 32, or 0 for the zero Block. Twilio calls it CidrPrefixLength.
func (b Block) PrefixLength() int { return max(b.prefix.Bits(), 0) }

// String returns ADDRESS for a single address, and otherwise ADDRESS/LENGTH. Host bits are kept. [Parse] accepts the result.
func (b Block) String() string {
	if b.PrefixLength() == 32 {
		return b.Address()
	}
	return b.CIDR()
}

// CIDR returns ADDRESS/LENGTH, also for a single address. Host bits are kept.
func (b Block) CIDR() string {
	if b.IsZero() {
		return ""
	}
	return b.prefix.String()
}

// Canonical returns the block without host bits.
func (b Block) Canonical() Block { return Block{b.Prefix()} }

// HasHostBits reports whether the address is not the first address of the block, so that the block looks narrower than it is.
func (b Block) HasHostBits() bool { return b != b.Canonical() }

// Same reports whether both blocks cover the same addresses.
func (b Block) Same(other Block) bool { return b.Prefix() == other.Prefix() }

// Contains reports whether b covers every address of other. A block contains itself. The zero Block contains nothing, and nothing
// contains it.
func (b Block) Contains(other Block) bool {
	return !other.IsZero() && b.prefix.Bits() <= other.prefix.Bits() && b.prefix.Contains(other.prefix.Addr())
}

// Overlaps reports whether the blocks have an address in common. If they do, one of them contains the other.
func (b Block) Overlaps(other Block) bool { return b.prefix.Overlaps(other.prefix) }

// Compare orders blocks by their first address, then larger blocks before smaller ones, then by the address as given. It returns
// 0 only for blocks that are ==. Blocks that are the Same are next to each other in this order.
func (b Block) Compare(other Block) int { return b.prefix.Compare(other.prefix) }

// First returns the lowest address of the block.
func (b Block) First() netip.Addr { return b.Prefix().Addr() }

// Last returns the highest address of the block.
func (b Block) Last() netip.Addr { return netipx.PrefixLastIP(b.prefix) }

// Count returns the number of addresses in the block: 1 to 2147483648, or 0 for the zero Block.
func (b Block) Count() int64 {
	if b.IsZero() {
		return 0
	}
	return 1 << (32 - b.PrefixLength())
}

// Covering finds blocks that are redundant because another one contains them. For each block, it returns the index of the
// smallest larger block that contains it, or -1 if there is none.
func Covering(blocks []Block) []int {
	covering := make([]int, len(blocks))
	for i, covered := range blocks {
		covering[i] = -1
		for j, other := range blocks {
			if other.Contains(covered) && !other.Same(covered) &&
				(covering[i] < 0 || other.PrefixLength() > blocks[covering[i]].PrefixLength()) {
				covering[i] = j
			}
		}
	}
	return covering
}
