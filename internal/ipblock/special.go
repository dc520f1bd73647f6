// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipblock

// SpecialRange is a range of addresses that packets from the Internet never have as their source.
type SpecialRange struct {
	Block Block
	Use   string // what the addresses are for, as a noun
	// Private is set if networks use these addresses internally, so a user may expect calls from them.
	Private bool
}

// specialRanges are the ranges of https://www.iana.org/assignments/iana-ipv4-special-registry that are never the source of
// packets on the Internet, and multicast. A range within another one comes first. The ranges for documentation are not included,
// because examples use them.
var specialRanges = []SpecialRange{
	{Block: MustParse("0.0.0.0/8"), Use: "this network"},
	{Block: MustParse("10.0.0.0/8"), Use: "private network", Private: true},
	{Block: MustParse("100.64.0.0/10"), Use: "carrier-grade NAT", Private: true},
	{Block: MustParse("127.0.0.0/8"), Use: "loopback"},
	{Block: MustParse("169.254.0.0/16"), Use: "link-local"},
	{Block: MustParse("172.16.0.0/12"), Use: "private network", Private: true},
	{Block: MustParse("192.168.0.0/16"), Use: "private network", Private: true},
	{Block: MustParse("224.0.0.0/4"), Use: "multicast"},
	{Block: MustParse("255.255.255.255"), Use: "broadcast"},
	{Block: MustParse("240.0.0.0/4"), Use: "reserved"},
	{Block: MustParse("224.0.0.0/3"), Use: "multicast and reserved"},
}

// Special returns the range that contains all of b, if there is one. A block that is only partly in such ranges is not special,
// because the rest can have callers.
func (b Block) Special() (SpecialRange, bool) {
	for _, special := range specialRanges {
		if special.Block.Contains(b) {
			return special, true
		}
	}
	return SpecialRange{}, false
}
