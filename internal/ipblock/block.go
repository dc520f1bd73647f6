// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package ipblock knows the IPv4 blocks that an entry of a Twilio SIP IP access
// control list can hold: how they are spelled, which addresses they mean, how
// few of them say a set of addresses, and in which order the entries of a list
// are changed so that no caller is locked out on the way and no stranger let in.
//
// The package is pure: it makes no request, logs nothing and imports none of
// this module's other packages.
package ipblock

import (
	"net/netip"
	"slices"
	"strconv"
)

// MaxEntries is how many entries a Twilio IP access control list can hold.
const MaxEntries = 100

// Block is an IPv4 address with a prefix length from 1 to 32. The address is
// kept as it was given, with its host bits: 203.0.113.7/24 stays that, although
// it means the same addresses as 203.0.113.0/24.
//
// Two Blocks are == when they are spelled alike; [Block.Same] says whether they
// mean the same addresses. Prefix is a map key for the latter.
//
// The zero Block is no block at all; [Parse] and [New] never return it without
// an error.
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
func (b Block) PrefixLength() int {
	if b.IsZero() {
		return 0
	}
	return b.prefix.Bits()
}

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
	return b.Address() + "/" + strconv.Itoa(b.PrefixLength())
}

// Canonical returns the block with its host bits cleared.
func (b Block) Canonical() Block { return Block{b.Prefix()} }

// HasHostBits reports whether the address is not the first of its block, so
// that the spelling suggests something narrower than what it allows.
func (b Block) HasHostBits() bool { return b != b.Canonical() }

// Same reports whether both blocks mean the same addresses, however spelled.
func (b Block) Same(other Block) bool { return b.Prefix() == other.Prefix() }

// Contains reports whether b means every address that other means; a block
// contains itself. The zero Block contains nothing and is in nothing.
func (b Block) Contains(other Block) bool {
	return covers(b.prefix, other.prefix)
}

// Overlaps reports whether any address is in both blocks. Of two blocks that
// overlap, one contains the other: half an overlap does not exist.
func (b Block) Overlaps(other Block) bool { return b.prefix.Overlaps(other.prefix) }

// Compare orders blocks by their first address, then the larger block first,
// then by the address as given. It returns 0 only for blocks that are ==, and
// blocks that are the Same stand together.
func (b Block) Compare(other Block) int { return b.prefix.Compare(other.prefix) }

// First returns the lowest address of the block, Last the highest.
func (b Block) First() netip.Addr { return b.Prefix().Addr() }

// Last returns the highest address of the block.
func (b Block) Last() netip.Addr {
	if b.IsZero() {
		return netip.Addr{}
	}
	four := b.First().As4()
	for bit := b.PrefixLength(); bit < 32; bit++ {
		four[bit/8] |= 0x80 >> (bit % 8)
	}
	return netip.AddrFrom4(four)
}

// Count returns how many addresses the block means: 1 to 2147483648.
func (b Block) Count() int64 { return size(b.prefix) }

// Covering finds the entries that another one makes superfluous. For each of
// blocks it gives the index of the smallest other block that contains it and is
// larger, or -1 where there is none. Blocks that are the Same do not count as
// covering each other.
func Covering(blocks []Block) []int {
	covering := make([]int, len(blocks))
	for i, inner := range blocks {
		covering[i] = -1
		for j, outer := range blocks {
			if outer.Contains(inner) && !outer.Same(inner) &&
				(covering[i] < 0 || outer.PrefixLength() > blocks[covering[i]].PrefixLength()) {
				covering[i] = j
			}
		}
	}
	return covering
}

// covers reports whether outer means every address that inner means.
func covers(outer, inner netip.Prefix) bool {
	return inner.IsValid() && outer.Bits() <= inner.Bits() && outer.Contains(inner.Addr())
}

// size returns how many addresses p means; 0 when it is not valid.
func size(p netip.Prefix) int64 {
	if !p.IsValid() {
		return 0
	}
	return 1 << (32 - p.Bits())
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
func everything() []Block {
	return []Block{
		{netip.PrefixFrom(netip.AddrFrom4([4]byte{}), 1)},
		{netip.PrefixFrom(netip.AddrFrom4([4]byte{128}), 1)},
	}
}
