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
	problemEmpty            problem = iota + 1 // empty, or only spaces
	problemSpace                               // a space, tab, line break, or invisible character
	problemList                                // several addresses
	problemIPv6                                // an IPv6 address, valid or not
	problemURI                                 // sip:, https://, and similar, or USER@HOST
	problemPort                                // ADDRESS:PORT
	problemRange                               // FIRST-LAST
	problemWildcard                            // 198.51.100.* or 198.51.100.x
	problemNetmask                             // ADDRESS/255.255.255.0, ADDRESS 255.255.255.0 or ADDRESS/0.0.0.255
	problemHostName                            // a host name
	problemTooFewNumbers                       // 10.0.0 or 10/8
	problemNumberTooLarge                      // a number of the address is greater than 255
	problemLeadingZero                         // 010.0.0.1 or 10.0.0.0/08
	problemNotAddress                          // anything else that is not an address
	problemPrefixMissing                       // a slash without a number after it
	problemPrefixNotNumber                     // a slash with something other than a number after it
	problemPrefixZero                          // /0
	problemPrefixOutOfRange                    // a prefix length below 0 or above 32
	problemRangeOrder                          // a range whose last address is below its first
	problemPrefixInAddress                     // a valid block where only an address is allowed; see New and ParseAddress
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

// parseError is a mistake in the spelling of a block, with advice on what to write instead.
type parseError struct {
	input      string  // as given
	problem    problem // the mistake; if there are several, the one to correct first
	advice     string  // what to write instead, in full sentences
	suggestion []Block // what was most likely meant, if that is clear; several blocks stand for one entry each

	first, last netip.Addr // the range that suggestion covers; zero if it is not a range
}

// Error returns `"INPUT" PROBLEM. ADVICE`. A long input is truncated.
func (e *parseError) Error() string {
	const most = 80
	input, cut := e.input, ""
	if runes := []rune(input); len(runes) > most {
		input, cut = string(runes[:most]), "…"
	}
	return fmt.Sprintf("%q%s %s. %s", input, cut, e.problem, e.advice)
}

// Parse parses an IPv4 address ("198.51.100.7", which means /32) or an IPv4 CIDR block ("198.51.100.0/24"). Host bits are allowed
// and kept. Everything else is strict: four decimal numbers without leading zeros, a prefix length from 1 to 32, and no spaces.
// The error says what is wrong and what to write instead.
func Parse(s string) (Block, error) {
	if b, ok := parse(s); ok {
		return b, nil
	}
	return Block{}, explain(s, oneText)
}

// MustParse is like [Parse] but panics on error. It is for texts that are known to be valid.
func MustParse(s string) Block {
	b, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return b
}

// New returns the block of an IPv4 address and a prefix length from 1 to 32. It is as strict as [Parse], and the advice in its
// errors gives the address and the prefix length separately. It rejects prefix length 0, which Twilio would store as 32; package
// twilio never returns 0.
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

// CheckAddress does the part of [New] that needs only the address.
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

// CheckPrefixLength does the part of [New] that needs only the prefix length.
func CheckPrefixLength(prefixLength int) error {
	return checkPrefixLength(netip.Addr{}, prefixLength)
}

// checkPrefixLength checks a prefix length. addr may be the zero Addr.
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
	addr, err := netip.ParseAddr(address) // rejects leading zeros
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

// decimal parses one or more ASCII digits and allows leading zeros. It returns -1 for anything else, and the largest int32 for
// larger numbers.
func decimal(s string) int {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return -1
	}
	n, _ := strconv.ParseUint(s, 10, 31) // returns the largest int32 if the number is out of range
	return int(n)
}
