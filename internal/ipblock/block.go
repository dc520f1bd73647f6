// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package ipblock handles the IPv4 blocks that the entries of a Twilio SIP IP
// access control list have. It parses and compares them, explains mistakes,
// aggregates blocks into the fewest possible, and plans the requests that change
// the entries of a list without blocking an address that stays allowed, or allowing
// one that neither the old nor the new entries allow.
//
// The package is pure: it makes no request, logs nothing and imports none of
// this module's other packages.
package ipblock

import (
	"net/netip"

	"go4.org/netipx"
)

// MaxEntries is how many entries a Twilio IP access control list can hold.
const MaxEntries = 100

// Block is an IPv4 address with a prefix length from 1 to 32. The address is
// kept as it was given, with its host bits: 203.0.113.7/24 stays that, although
// it means the same addresses as 203.0.113.0/24.
//
// Two Blocks are == if address and prefix length are equal, host bits included;
// [Block.Same] reports whether they mean the same addresses. [Block.Prefix] is a
// map key for the latter.
//
// The zero Block means no addresses; [Parse] and [New] return it only with an
// error.
type Block struct {
	prefix netip.Prefix // valid, IPv4, 1 to 32 bits; zero in the zero Block
}

// IsZero reports whether b is the zero Block, which means no addresses.
func (b Block) IsZero() bool { return b == Block{} }

// Prefix returns the block with its host bits cleared. Blocks that are the
// [Block.Same] have equal Prefixes.
func (b Block) Prefix() netip.Prefix { return b.prefix.Masked() }

// Address returns the address as it was given, host bits included, without the
// prefix length: what Twilio calls IpAddress.
func (b Block) Address() string {
	if b.IsZero() {
		return ""
	}
	return b.prefix.Addr().String()
}

// PrefixLength returns how many leading bits all addresses of the block share,
// from 1 to 32: what Twilio calls CidrPrefixLength. It is 0 for the zero Block.
func (b Block) PrefixLength() int { return max(b.prefix.Bits(), 0) }

// String returns the short spelling: the bare address when the block is that
// one address, ADDRESS/LENGTH otherwise. Host bits are kept. [Parse] reads it back.
func (b Block) String() string {
	if b.PrefixLength() == 32 {
		return b.Address()
	}
	return b.CIDR()
}

// CIDR returns ADDRESS/LENGTH, with /32 too. Host bits are kept.
func (b Block) CIDR() string {
	if b.IsZero() {
		return ""
	}
	return b.prefix.String()
}

// Canonical returns the block with its host bits cleared.
func (b Block) Canonical() Block { return Block{b.Prefix()} }

// HasHostBits reports whether the address is not the first of its block, so
// that the block as given looks narrower than it is.
func (b Block) HasHostBits() bool { return b != b.Canonical() }

// Same reports whether both blocks mean the same addresses, however spelled.
func (b Block) Same(other Block) bool { return b.Prefix() == other.Prefix() }

// Contains reports whether b means every address that other means; a block
// contains itself. The zero Block contains nothing and is in nothing.
func (b Block) Contains(other Block) bool {
	return !other.IsZero() && b.prefix.Bits() <= other.prefix.Bits() && b.prefix.Contains(other.prefix.Addr())
}

// Overlaps reports whether any address is in both blocks. Of two blocks that
// overlap, one contains the other.
func (b Block) Overlaps(other Block) bool { return b.prefix.Overlaps(other.prefix) }

// Compare orders blocks by their first address, then the larger block first,
// then by the address as given. It returns 0 only for blocks that are ==, and
// blocks that are the Same are neighbors in that order.
func (b Block) Compare(other Block) int { return b.prefix.Compare(other.prefix) }

// First returns the lowest address of the block.
func (b Block) First() netip.Addr { return b.Prefix().Addr() }

// Last returns the highest address of the block.
func (b Block) Last() netip.Addr { return netipx.PrefixLastIP(b.prefix) }

// Count returns how many addresses the block means: 1 to 2147483648, and 0 for
// the zero Block.
func (b Block) Count() int64 {
	if b.IsZero() {
		return 0
	}
	return 1 << (32 - b.PrefixLength())
}

// Covering finds blocks that are superfluous because another one contains them. For
// each of blocks it returns the index of the smallest larger block that contains it,
// or -1 if there is none.
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
