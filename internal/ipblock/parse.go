// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipblock

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// problem is a kind of mistake in the spelling of a block.
type problem int

// Kinds of problem.
const (
	problemEmpty            problem = iota + 1 // nothing, or nothing but spaces
	problemSpace                               // a space, a tab, a line end, an invisible character of that sort
	problemList                                // several addresses in one text
	problemIPv6                                // an IPv6 address, well-formed or not
	problemURI                                 // sip:, https:// and the like, or USER@HOST
	problemPort                                // ADDRESS:PORT
	problemRange                               // FIRST-LAST
	problemWildcard                            // 198.51.100.* or 198.51.100.x
	problemNetmask                             // ADDRESS/255.255.255.0, ADDRESS 255.255.255.0 or ADDRESS/0.0.0.255
	problemHostName                            // a name
	problemTooFewNumbers                       // 10.0.0 or 10/8
	problemNumberTooLarge                      // a number of the address is above 255
	problemLeadingZero                         // 010.0.0.1 or 10.0.0.0/08
	problemNotAddress                          // anything else that is not an address
	problemPrefixMissing                       // a slash with nothing behind it
	problemPrefixNotNumber                     // a slash with something else than a number behind it
	problemPrefixZero                          // /0
	problemPrefixOutOfRange                    // a prefix length that is below 0 or above 32
	problemRangeOrder                          // the last address of a range, below its first
	problemPrefixInAddress                     // a good block where only an address is expected, see New and ParseAddress
)

var problemTexts = [...]string{
	problemEmpty:            "is empty",
	problemSpace:            "contains a space",
	problemList:             "is more than one address",
	problemIPv6:             "is an IPv6 address",
	problemURI:              "is a URI, not an IPv4 address",
	problemPort:             "contains a port",
	problemRange:            "is a range, not a CIDR block",
	problemWildcard:         "contains a wildcard",
	problemNetmask:          "has a netmask instead of a prefix length",
	problemHostName:         "is a host name, not an IPv4 address",
	problemTooFewNumbers:    "has fewer than four numbers",
	problemNumberTooLarge:   "has a number above 255",
	problemLeadingZero:      "has a number with a leading zero",
	problemNotAddress:       "is not an IPv4 address or CIDR block",
	problemPrefixMissing:    "has no prefix length after the slash",
	problemPrefixNotNumber:  "has a prefix length that is not a number",
	problemPrefixZero:       "has prefix length 0",
	problemPrefixOutOfRange: "has a prefix length outside the range 1 to 32",
	problemRangeOrder:       "comes before the first address of the range",
	problemPrefixInAddress:  "is a CIDR block, not a single address",
}

// String returns the problem as the predicate of a sentence about the input.
func (p problem) String() string {
	if p < problemEmpty || p > problemPrefixInAddress {
		return fmt.Sprintf("has problem %d", int(p))
	}
	return problemTexts[p]
}

// parseError says what is wrong with the spelling of a block and what to write
// instead. Its text is complete: input, problem, advice.
type parseError struct {
	input      string  // as given
	problem    problem // what is wrong; of several mistakes the one to correct first
	advice     string  // one or more full sentences: what to write instead
	suggestion []Block // what Input was most likely meant to be, where that is clear; more than one: an entry for each

	first, last netip.Addr // of a range that suggestion makes up; otherwise zero
}

// Error returns `"INPUT" PROBLEM. ADVICE`, a long input cut short.
func (e *parseError) Error() string {
	const most = 80
	input, cut := e.input, ""
	if runes := []rune(input); len(runes) > most {
		input, cut = string(runes[:most]), "…"
	}
	return fmt.Sprintf("%q%s %s. %s", input, cut, e.problem, e.advice)
}

// Parse reads an IPv4 address ("198.51.100.7", which means /32) or an IPv4 CIDR
// block ("198.51.100.0/24"). Host bits are allowed and kept; anything else is
// strict: four decimal numbers without leading zeros, a prefix length from 1 to
// 32, no spaces. The error says what is wrong and what to write instead.
func Parse(s string) (Block, error) {
	if b, ok := parse(s); ok {
		return b, nil
	}
	return Block{}, explain(s, oneText)
}

// MustParse is [Parse] for texts that are known to be right: it panics on error.
func MustParse(s string) Block {
	b, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return b
}

// New makes a block of a bare IPv4 address and a prefix length from 1 to 32.
// It is as strict as [Parse], and the advice in its errors names the address and
// the prefix length separately. It refuses 0, which package twilio never passes
// on: where Twilio gives no prefix length it means 32.
func New(address string, prefixLength int) (Block, error) {
	if err := CheckAddress(address); err != nil {
		return Block{}, err
	}
	addr := netip.MustParseAddr(address)
	if err := checkPrefixLength(addr, prefixLength); err != nil {
		return Block{}, err
	}
	return Block{netip.PrefixFrom(addr, prefixLength)}, nil
}

// CheckAddress is the part of [New] that needs only the address.
// The error says what is wrong and what to write instead.
func CheckAddress(address string) error {
	b, ok := parse(address)
	switch {
	case !ok:
		return explain(address, twoFields)
	case strings.Contains(address, "/"):
		return &parseError{
			input: address, problem: problemPrefixInAddress, suggestion: []Block{b},
			advice: "Write " + twoFields.format(b) + ", each in its own argument.",
		}
	}
	return nil
}

// CheckPrefixLength is the part of [New] that needs only the prefix length.
// The error says what is wrong and what to write instead.
func CheckPrefixLength(prefixLength int) error {
	return checkPrefixLength(netip.Addr{}, prefixLength)
}

// checkPrefixLength checks a prefix length; addr may be the zero Addr.
func checkPrefixLength(addr netip.Addr, prefixLength int) error {
	if prefixLength >= 1 && prefixLength <= 32 {
		return nil
	}
	input := "/" + strconv.Itoa(prefixLength)
	if addr.IsValid() {
		input = addr.String() + input
	}
	if prefixLength == 0 {
		return prefixZero(input, addr, twoFields)
	}
	return prefixOutOfRange(input)
}

// parse is [Parse] without an explanation.
func parse(s string) (Block, bool) {
	address, length, hasLength := strings.Cut(s, "/")
	addr, err := netip.ParseAddr(address) // refuses leading zeros
	if err != nil || !addr.Is4() {
		return Block{}, false
	}
	bits := 32
	if hasLength {
		if bits = decimal(length); bits < 1 || bits > 32 || length[0] == '0' {
			return Block{}, false
		}
	}
	return Block{netip.PrefixFrom(addr, bits)}, true
}

// decimal reads one or more ASCII digits, leading zeros allowed. It returns -1
// for anything else, and the greatest int32 for numbers that are greater.
func decimal(s string) int {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return -1
	}
	n, _ := strconv.ParseUint(s, 10, 31) // out of range, it returns the greatest
	return int(n)
}
