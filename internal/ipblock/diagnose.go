// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipblock

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"net/netip"
	"strings"
	"unicode"

	"go4.org/netipx"
)

// form is how the caller takes a block, and so how advice must spell one.
type form int

const (
	oneText   form = iota // "198.51.100.0/24", see Parse
	twoFields             // an address and a prefix length, see New
)

// spell returns b as something that the caller's user can write.
func (f form) spell(b Block) string {
	if f == twoFields {
		return fmt.Sprintf("the address %s and the prefix length %d", b.Address(), b.PrefixLength())
	}
	return b.String()
}

// write returns the sentence that tells the user to write blocks instead.
func (f form) write(blocks ...Block) string {
	if len(blocks) == 1 {
		if b := blocks[0]; b.PrefixLength() == 32 {
			return "Write " + b.Address() + "." // the prefix length, if it has a field of its own, may be right
		}
		return "Write " + f.spell(blocks[0]) + "."
	}
	spelled := make([]string, len(blocks))
	for i, b := range blocks {
		spelled[i] = f.spell(b)
	}
	last := len(spelled) - 1
	if f == twoFields {
		return fmt.Sprintf("Make %d entries: %s; and %s.", len(blocks), strings.Join(spelled[:last], "; "), spelled[last])
	}
	return fmt.Sprintf("Write %d entries: %s and %s.", len(blocks), strings.Join(spelled[:last], ", "), spelled[last])
}

// writeLength tells the user where the prefix length goes.
func (f form) writeLength() string {
	if f == twoFields {
		return "Write the address alone, and the prefix length, a number from 1 to 32, in its own place."
	}
	return "Write a prefix length from 1 to 32 after the slash, as in 198.51.100.0/24."
}

// examples is the advice where nothing better can be said.
func (f form) examples() string {
	if f == twoFields {
		return "Write an IPv4 address, four numbers from 0 to 255 with dots between them, such as 198.51.100.7."
	}
	return "Write an IPv4 address such as 198.51.100.7, or a CIDR block such as 198.51.100.0/24."
}

// diagnose finds out why parse refused s. The checks go from the mistakes that
// hide others (spaces, lists, ports) to those within the numbers. Where a
// mistake can be undone and another one is left, the other one is reported: its
// advice holds for both.
func diagnose(s string, f form) *ParseError {
	for _, check := range []func(string, form) *ParseError{
		checkEmpty, checkSpace, checkList, checkURI, checkIPv6, checkPort, checkRange, checkNumbers,
	} {
		if e := check(s, f); e != nil {
			e.Input = s
			return e
		}
	}
	return &ParseError{Input: s, Problem: ProblemNotAddress, Advice: f.examples()}
}

// mended returns the error for a text with one mistake undone: meant is the text
// that was most likely meant, why the reason to give after the advice.
func mended(problem Problem, meant, why string, f form) *ParseError {
	b, ok := parse(meant)
	if !ok {
		return diagnose(meant, f)
	}
	return instead(problem, why, f, b)
}

// instead returns the error whose advice is to write blocks.
func instead(problem Problem, why string, f form, blocks ...Block) *ParseError {
	advice := f.write(blocks...)
	if why != "" {
		advice += " " + why
	}
	return &ParseError{Problem: problem, Instead: blocks, Advice: advice}
}

func checkEmpty(s string, f form) *ParseError {
	if strings.TrimFunc(s, isSpace) != "" {
		return nil
	}
	return &ParseError{Problem: ProblemEmpty, Advice: f.examples()}
}

// isSpace also knows the invisible characters that come along when text is
// copied from web pages and spreadsheets.
func isSpace(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("\u200b\u200c\u200d\u2060\ufeff", r)
}

func checkSpace(s string, f form) *ParseError {
	if !strings.ContainsFunc(s, isSpace) {
		return nil
	}
	fields := strings.FieldsFunc(s, isSpace)
	if len(fields) == 2 {
		if e := netmask(fields[0], fields[1], f); e != nil && e.Instead != nil {
			return e
		}
	}
	if e := checkList(s, f); e != nil {
		return e
	}
	// Spaces around "/" and "-" can go; between two numbers they must not,
	// or "10.0.0.1 1" would become 10.0.0.11.
	for i, field := range fields[1:] {
		before := fields[i]
		if !strings.HasSuffix(before, "/") && !strings.HasSuffix(before, "-") &&
			!strings.HasPrefix(field, "/") && !strings.HasPrefix(field, "-") {
			return &ParseError{Problem: ProblemSpace, Advice: "Nothing but the address belongs here. " + f.examples()}
		}
	}
	return mended(ProblemSpace, strings.Join(fields, ""), "There must be no space around it or in it.", f)
}

func checkList(s string, f form) *ParseError {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || isSpace(r) })
	if len(parts) < 2 && !strings.ContainsAny(s, ",;") {
		return nil
	}
	blocks := make([]Block, 0, len(parts))
	for _, part := range parts {
		b, ok := parse(part)
		if !ok {
			return nil
		}
		blocks = append(blocks, b)
	}
	switch len(blocks) {
	case 0:
		return nil
	case 1: // with a comma too many
		return instead(ProblemNotAddress, "", f, blocks...)
	}
	return instead(ProblemList, "", f, blocks...)
}

func checkURI(s string, f form) *ParseError {
	rest := s
	if _, after, found := strings.Cut(rest, "://"); found {
		rest, _, _ = strings.Cut(after, "/")
	} else if scheme, after, found := strings.Cut(rest, ":"); found && (strings.EqualFold(scheme, "sip") || strings.EqualFold(scheme, "sips")) {
		rest = after
	}
	if _, after, found := strings.Cut(rest, "@"); found {
		rest = after
	}
	if rest == s {
		return nil
	}
	if end := strings.IndexAny(rest, ";?"); end >= 0 {
		rest = rest[:end]
	}
	if host, port, found := strings.Cut(rest, ":"); found && decimal(port) >= 0 {
		rest = host
	}
	if b, ok := parse(rest); ok {
		return instead(ProblemURI, "", f, b)
	}
	return &ParseError{Problem: ProblemURI, Advice: f.examples()}
}

func checkIPv6(s string, f form) *ParseError {
	if head, _, _ := strings.Cut(s, ":"); strings.Count(s, ":") < 2 || strings.Contains(head, ".") {
		return nil
	}
	const only = "Twilio's IP access control lists hold IPv4 only."
	host, length, hasLength := strings.Cut(strings.NewReplacer("[", "", "]", "").Replace(s), "/")
	if addr, err := netip.ParseAddr(host); err == nil && addr.Is4In6() {
		four := addr.Unmap().String()
		if hasLength {
			if n := decimal(length); n > 96 && n <= 128 {
				four = netip.PrefixFrom(addr.Unmap(), n-96).String()
			} else {
				four = ""
			}
		}
		if b, ok := parse(four); ok {
			return instead(ProblemIPv6, only, f, b)
		}
	}
	return &ParseError{
		Problem: ProblemIPv6,
		Advice:  only + " Write the IPv4 address or block that the calls come from, or leave this entry out.",
	}
}

func checkPort(s string, f form) *ParseError {
	host, port, found := strings.Cut(s, ":")
	if !found || decimal(port) < 0 {
		return nil
	}
	return mended(ProblemPort, host, "An entry holds for every port.", f)
}

func checkRange(s string, f form) *ParseError {
	low, high, found := strings.Cut(s, "-")
	first, err := netip.ParseAddr(low)
	if !found || err != nil || !first.Is4() {
		return nil
	}
	if n := decimal(high); n >= 0 && n <= 255 { // 198.51.100.1-20
		four := first.As4()
		four[3] = byte(n)
		high = netip.AddrFrom4(four).String()
	}
	last, err := netip.ParseAddr(high)
	if err != nil || !last.Is4() || last.Less(first) {
		return &ParseError{
			Problem: ProblemRange,
			Advice:  "Write the CIDR blocks that make up the range, each as an entry of its own.",
		}
	}
	return instead(ProblemRange, "", f, blocksOf(netipx.IPRangeFrom(first, last).Prefixes())...)
}

// checkNumbers looks at the parts of ADDRESS or ADDRESS/LENGTH.
func checkNumbers(s string, f form) *ParseError {
	address, length, hasLength := strings.Cut(s, "/")
	numbers := strings.Split(address, ".")
	if e := checkWildcard(numbers, hasLength, f); e != nil {
		return e
	}
	tooLarge, leadingZero := false, false
	for _, number := range numbers {
		n := decimal(number)
		if n < 0 {
			return checkName(address)
		}
		tooLarge = tooLarge || n > 255
		leadingZero = leadingZero || len(number) > 1 && number[0] == '0'
	}
	switch {
	case len(numbers) < 4 && !tooLarge && !leadingZero:
		return tooFewNumbers(numbers, length, f)
	case len(numbers) < 4:
		return &ParseError{Problem: ProblemTooFewNumbers, Advice: f.examples()}
	case len(numbers) > 4:
		return &ParseError{Problem: ProblemNotAddress, Advice: "An IPv4 address has four numbers. " + f.examples()}
	case tooLarge:
		return &ParseError{Problem: ProblemNumberTooLarge, Advice: "The four numbers of an IPv4 address are from 0 to 255. " + f.examples()}
	case leadingZero:
		for i, number := range numbers {
			if numbers[i] = strings.TrimLeft(number, "0"); numbers[i] == "" {
				numbers[i] = "0"
			}
		}
		meant := strings.Join(numbers, ".")
		if hasLength {
			meant += "/" + length
		}
		return mended(ProblemLeadingZero, meant, "Leading zeros are refused because some programs take such a number for an octal one.", f)
	case hasLength:
		return checkLength(s, address, length, f)
	}
	return nil
}

// checkWildcard knows 198.51.100.* and 198.51.x.x.
func checkWildcard(numbers []string, hasLength bool, f form) *ParseError {
	isWild := func(number string) bool { return number == "*" || number == "x" || number == "X" }
	wild := 0
	for len(numbers) > wild && isWild(numbers[len(numbers)-1-wild]) {
		wild++
	}
	if wild == 0 {
		return nil
	}
	fixed := numbers[:len(numbers)-wild]
	meant := strings.Join(fixed, ".") + strings.Repeat(".0", wild)
	b, ok := parse(fmt.Sprintf("%s/%d", meant, 8*len(fixed)))
	if !ok || hasLength {
		return &ParseError{Problem: ProblemWildcard, Advice: "Write a CIDR block, such as 198.51.100.0/24 for 198.51.100.*."}
	}
	return instead(ProblemWildcard, "", f, b)
}

// checkName tells a host name from what is nothing at all.
func checkName(address string) *ParseError {
	if !strings.ContainsFunc(address, unicode.IsLetter) || strings.HasPrefix(address, "0x") ||
		strings.ContainsFunc(address, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(".-_", r)
		}) {
		return nil
	}
	return &ParseError{
		Problem: ProblemHostName,
		Advice:  "Entries hold no names. Write the IPv4 address or block that the name stands for.",
	}
}

// tooFewNumbers knows 10/8 and 172.16/12, where what was meant is clear. A bare
// 10.1 is not: some programs take it for 10.0.0.1.
func tooFewNumbers(numbers []string, length string, f form) *ParseError {
	if n := decimal(length); n >= 1 && n <= 8*len(numbers) {
		meant := strings.Join(numbers, ".") + strings.Repeat(".0", 4-len(numbers)) + "/" + length
		return mended(ProblemTooFewNumbers, meant, "", f)
	}
	return &ParseError{Problem: ProblemTooFewNumbers, Advice: f.examples()}
}

// checkLength looks at what follows the slash of a good address.
func checkLength(s, address, length string, f form) *ParseError {
	addr := netip.MustParseAddr(address)
	if length == "" {
		return &ParseError{
			Problem: ProblemPrefixMissing,
			Advice: fmt.Sprintf("Write %s for this address alone, or a prefix length from 1 to 32 for the block it is in.",
				f.spell(Block{netip.PrefixFrom(addr, 32)})),
		}
	}
	if e := netmask(address, length, f); e != nil {
		return e
	}
	n := decimal(length)
	switch {
	case n == 0:
		return prefixZero(s, addr, f)
	case n > 32, decimal(strings.TrimPrefix(length, "-")) > 0 && length[0] == '-':
		return prefixOutOfRange(s)
	case n > 0: // what is left that parse refused
		return mended(ProblemLeadingZero, fmt.Sprintf("%s/%d", address, n), "", f)
	}
	return &ParseError{
		Problem: ProblemPrefixNotNumber,
		Advice:  f.writeLength(),
	}
}

// netmask returns the error for an address with a mask in dotted form, or nil if
// mask is not in dotted form. Netmasks (255.255.255.0) and what routers call
// wildcard masks (0.0.0.255) are told apart by their first bit; 0.0.0.0 would be
// everything as the one and a single address as the other, so it is no help.
func netmask(address, mask string, f form) *ParseError {
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
		return &ParseError{
			Problem: ProblemNetmask,
			Advice:  f.writeLength(),
		}
	}
	return mended(ProblemNetmask, fmt.Sprintf("%s/%d", address, length), "", f)
}

// prefixZero returns the error for the prefix length 0; addr may be the zero Addr.
func prefixZero(input string, addr netip.Addr, f form) *ParseError {
	advice := "Twilio stores it as 32 without an error, which allows a single address. " +
		"To allow every IPv4 address, write its two halves as two entries: 0.0.0.0/1 and 128.0.0.0/1."
	if f == twoFields {
		advice = "Twilio stores it as 32 without an error, which allows a single address. " +
			"To allow every IPv4 address, make two entries of prefix length 1: one with the address 0.0.0.0, one with 128.0.0.0."
	}
	if addr.IsValid() && !addr.IsUnspecified() {
		advice += fmt.Sprintf(" To allow %s alone, write %s.", addr, f.spell(Block{netip.PrefixFrom(addr, 32)}))
	}
	return &ParseError{Input: input, Problem: ProblemPrefixZero, Instead: everything(), Advice: advice}
}

// prefixOutOfRange returns the error for a prefix length below 0 or above 32.
func prefixOutOfRange(input string) *ParseError {
	return &ParseError{
		Input: input, Problem: ProblemPrefixOutOfRange,
		Advice: "Write a prefix length from 1 (half of all addresses) to 32 (a single address).",
	}
}
