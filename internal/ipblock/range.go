// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipblock

import (
	"errors"
	"fmt"
	"net/netip"

	"go4.org/netipx"
)

// ParseAddress parses an IPv4 address as strictly as [Parse]. The error says what is wrong and what to write instead.
func ParseAddress(s string) (netip.Addr, error) {
	if addr, err := netip.ParseAddr(s); err == nil && addr.Is4() {
		return addr, nil
	}
	e := &parseError{input: s, problem: problemPrefixInAddress}
	if b, ok := parse(s); ok {
		e.suggestion = []Block{b}
	} else {
		e = explain(s, oneText)
	}
	// Advice to write a block does not help where an address is required.
	if len(e.suggestion) == 1 && e.suggestion[0].PrefixLength() == 32 {
		e.advice = oneText.write(e.suggestion)
	} else {
		e.suggestion, e.advice = nil, twoFields.examples
	}
	return netip.Addr{}, e
}

// Range returns the smallest number of blocks that cover exactly the IPv4 addresses from first to last, in the order of
// [Block.Compare]. It returns an error if last is before first.
func Range(first, last netip.Addr) ([]Block, error) {
	if last.Less(first) {
		return nil, &parseError{
			input: last.String(), problem: problemRangeOrder,
			advice: fmt.Sprintf("Write %s as the first address and %s as the last.", last, first),
		}
	}
	return blocksOf(netipx.IPRangeFrom(first, last).Prefixes()), nil
}

// RangeInError returns the first and the last address of a range if err is the error of [Parse] for a range of addresses.
func RangeInError(err error) (first, last netip.Addr, ok bool) {
	e, ok := errors.AsType[*parseError](err)
	if !ok || !e.first.IsValid() {
		return netip.Addr{}, netip.Addr{}, false
	}
	return e.first, e.last, true
}
