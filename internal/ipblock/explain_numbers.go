// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipblock

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// checkNumbers checks the parts of ADDRESS or ADDRESS/LENGTH.
func checkNumbers(s string, f *form) *parseError {
	address, length, hasLength := strings.Cut(s, "/")
	numbers := strings.Split(address, ".")
	if e := checkWildcard(numbers, hasLength, f); e != nil {
		return e
	}
	tooLarge, leadingZero := false, false
	for i, number := range numbers {
		n := decimal(number)
		if n < 0 {
			return checkName(address)
		}
		tooLarge = tooLarge || n > 255
		leadingZero = leadingZero || len(number) > 1 && number[0] == '0'
		numbers[i] = strconv.Itoa(n)
	}
	switch {
	case len(numbers) < 4 && !tooLarge && !leadingZero:
		return tooFewNumbers(numbers, length, f)
	case len(numbers) < 4:
		return &parseError{problem: problemTooFewNumbers, advice: f.examples}
	case len(numbers) > 4:
		return &parseError{problem: problemNotAddress, advice: "An IPv4 address has four numbers. " + f.examples}
	case tooLarge:
		return &parseError{problem: problemNumberTooLarge, advice: "The four numbers of an IPv4 address must be from 0 to 255. " + f.examples}
	case leadingZero:
		corrected := strings.Join(numbers, ".") + s[len(address):]
		return fix(problemLeadingZero, corrected, "Leading zeros are not allowed because some programs read such a number as octal.", f)
	case hasLength:
		return checkLength(s, address, length, f)
	}
	return nil
}

// checkWildcard recognizes 198.51.100.* and 198.51.x.x.
func checkWildcard(numbers []string, hasLength bool, f *form) *parseError {
	fixed := len(numbers)
	for fixed > 0 && slices.Contains([]string{"*", "x", "X"}, numbers[fixed-1]) {
		fixed--
	}
	if fixed == len(numbers) {
		return nil
	}
	corrected := strings.Join(numbers[:fixed], ".") + strings.Repeat(".0", len(numbers)-fixed)
	b, ok := parse(fmt.Sprintf("%s/%d", corrected, 8*fixed))
	if !ok || hasLength {
		return &parseError{problem: problemWildcard, advice: "Write a CIDR block, such as 198.51.100.0/24 for 198.51.100.*."}
	}
	return suggestion(problemWildcard, "", f, b)
}

// checkName recognizes host names.
func checkName(address string) *parseError {
	isOther := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(".-_", r)
	}
	if !strings.ContainsFunc(address, unicode.IsLetter) || strings.HasPrefix(address, "0x") || strings.ContainsFunc(address, isOther) {
		return nil
	}
	return &parseError{problem: problemHostName, advice: "Host names are not supported. Write the IPv4 address or block that the name resolves to."}
}

// tooFewNumbers corrects texts such as 10/8 and 172.16/12. It does not correct 10.1, which some programs read as 10.0.0.1.
func tooFewNumbers(numbers []string, length string, f *form) *parseError {
	if n := decimal(length); n >= 1 && n <= 8*len(numbers) {
		corrected := strings.Join(numbers, ".") + strings.Repeat(".0", 4-len(numbers)) + "/" + length
		return fix(problemTooFewNumbers, corrected, "", f)
	}
	return &parseError{problem: problemTooFewNumbers, advice: f.examples}
}

// checkLength checks the text after the slash of a valid address.
func checkLength(s, address, length string, f *form) *parseError {
	addr := netip.MustParseAddr(address)
	if length == "" {
		alone := f.format(Block{netip.PrefixFrom(addr, 32)})
		return &parseError{
			problem: problemPrefixMissing,
			advice:  "Write " + alone + " for this address only, or add a prefix length from 1 to 32 for a block.",
		}
	}
	if e := checkNetmask(address, length, f); e != nil {
		return e
	}
	negative := strings.HasPrefix(length, "-") && decimal(length[1:]) > 0
	switch n := decimal(length); {
	case n == 0:
		return prefixZero(s, addr, f)
	case n > 32, negative:
		return prefixOutOfRange(s)
	case n > 0: // parse rejects it only for its leading zeros
		return fix(problemLeadingZero, fmt.Sprintf("%s/%d", address, n), "", f)
	}
	return &parseError{problem: problemPrefixNotNumber, advice: f.length}
}

// checkNetmask recognizes netmasks (255.255.255.0) and the wildcard masks of routers (0.0.0.255), in which ones and zeros are
// swapped. The first bit distinguishes them, except for 0.0.0.0, which can stand for all addresses or for a single one.
func checkNetmask(address, mask string, f *form) *parseError {
	dotted, err := netip.ParseAddr(mask)
	if err != nil || !dotted.Is4() {
		return nil
	}
	four := dotted.As4()
	m := binary.BigEndian.Uint32(four[:])
	if m>>31 == 0 {
		m = ^m
	}
	length := bits.LeadingZeros32(^m)
	if dotted.IsUnspecified() || bits.OnesCount32(m) != length {
		return &parseError{problem: problemNetmask, advice: f.length}
	}
	return fix(problemNetmask, fmt.Sprintf("%s/%d", address, length), "", f)
}

// prefixZero returns the error for prefix length 0. addr may be the zero Addr.
func prefixZero(input string, addr netip.Addr, f *form) *parseError {
	advice := "Twilio silently stores it as 32, which allows a single address. " + f.adviseAgainstAll()
	if addr.IsValid() && !addr.IsUnspecified() {
		advice += fmt.Sprintf(" To allow only %s, write %s.", addr, f.format(Block{netip.PrefixFrom(addr, 32)}))
	}
	return &parseError{input: input, problem: problemPrefixZero, suggestion: everything(), advice: advice}
}

// prefixOutOfRange returns the error for a prefix length below 0 or above 32.
func prefixOutOfRange(input string) *parseError {
	const advice = "Write a prefix length from 1 (half of all addresses) to 32 (a single address)."
	return &parseError{input: input, problem: problemPrefixOutOfRange, advice: advice}
}
