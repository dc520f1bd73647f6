// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipblock

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// form describes how an argument spells blocks, so that advice uses the same spelling.
type form struct {
	format   func(Block) string
	several  string // format for several blocks: their number, all but the last one, and the last one
	between  string // separator of all but the last one
	examples string // advice if there is no better one
	length   string // how to write the prefix length
	all      string // the entries that allow every IPv4 address, as the subject of a sentence
}

// oneText is the form of [Parse]: "198.51.100.0/24".
var oneText = &form{
	format:   Block.String,
	several:  "Write %d entries: %s and %s.",
	between:  ", ",
	examples: "Write an IPv4 address such as 198.51.100.7, or a CIDR block such as 198.51.100.0/24.",
	length:   "Write a prefix length from 1 to 32 after the slash, as in 198.51.100.0/24.",
	all:      "The two entries 0.0.0.0/1 and 128.0.0.0/1",
}

// twoFields is the form of [New]: an address and a prefix length in separate arguments.
var twoFields = &form{
	format: func(b Block) string {
		return fmt.Sprintf("the address %s and the prefix length %d", b.Address(), b.PrefixLength())
	},
	several:  "Make %d entries: %s; and %s.",
	between:  "; ",
	examples: "Write an IPv4 address, four numbers from 0 to 255 with dots between them, such as 198.51.100.7.",
	length:   "Write only the address, and set the prefix length, a number from 1 to 32, in its own argument.",
	all:      "Two entries with the addresses 0.0.0.0 and 128.0.0.0 and the prefix length 1",
}

// write returns a sentence that tells the user to write blocks.
func (f *form) write(blocks []Block) string {
	if len(blocks) == 1 && blocks[0].PrefixLength() == 32 {
		return "Write " + blocks[0].Address() + "." // the prefix length is in a separate argument and may be right
	}
	written := make([]string, len(blocks))
	for i, b := range blocks {
		written[i] = f.format(b)
	}
	last := len(written) - 1
	if last == 0 {
		return "Write " + written[0] + "."
	}
	others := strings.Join(written[:last], f.between)
	if last > 1 && f.between == ", " {
		others += ","
	}
	return fmt.Sprintf(f.several, len(blocks), others, written[last])
}

// adviseAgainstAll returns the advice for a text that stands for all addresses.
func (f *form) adviseAgainstAll() string {
	return "Write blocks for the addresses that your calls come from. " + f.all +
		" would allow every IPv4 address: anyone could then send calls at your expense unless you also require credentials."
}

// explain returns the reason why parse rejected s. It checks for mistakes that hide others first, such as spaces, lists, and
// ports, and then the numbers. If another mistake remains after a correction, it reports that one, with advice that fixes both.
func explain(s string, f *form) *parseError {
	text := dashes.Replace(s)
	for _, check := range []func(string, *form) *parseError{
		checkEmpty, checkSpace, checkList, checkURI, checkIPv6, checkPort, checkRange, checkNumbers,
	} {
		if e := check(text, f); e != nil {
			e.input = s
			return e
		}
	}
	return &parseError{input: s, problem: problemNotAddress, advice: f.examples}
}

// dashes replaces typographic dashes, such as the en dash, with a hyphen.
var dashes = strings.NewReplacer("\u2010", "-", "\u2011", "-", "\u2012", "-", "\u2013", "-", "\u2014", "-", "\u2212", "-")

// fix returns the error for a text with one mistake. corrected is the text that was most likely meant. why is the reason, which
// follows the advice.
func fix(problem problem, corrected, why string, f *form) *parseError {
	b, ok := parse(corrected)
	if !ok {
		return explain(corrected, f)
	}
	return suggestion(problem, why, f, b)
}

// suggestion returns an error that advises to write blocks.
func suggestion(problem problem, why string, f *form, blocks ...Block) *parseError {
	advice := f.write(blocks)
	if why != "" {
		advice += " " + why
	}
	return &parseError{problem: problem, suggestion: blocks, advice: advice}
}

func checkEmpty(s string, f *form) *parseError {
	if strings.TrimFunc(s, isSpace) != "" {
		return nil
	}
	return &parseError{problem: problemEmpty, advice: f.examples}
}

// isSpace also accepts invisible characters that are often copied from web pages and spreadsheets.
func isSpace(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("\u200b\u200c\u200d\u2060\ufeff", r)
}

func checkSpace(s string, f *form) *parseError {
	if !strings.ContainsFunc(s, isSpace) {
		return nil
	}
	fields := strings.FieldsFunc(s, isSpace)
	if len(fields) == 2 {
		// Routers write "0.0.0.0 0.0.0.0" for all addresses, so this is not a list of two.
		_, err := netip.ParseAddr(fields[0])
		zeroMask := err == nil && fields[1] == "0.0.0.0"
		if e := checkNetmask(fields[0], fields[1], f); e != nil && (e.suggestion != nil || zeroMask) {
			return e
		}
	}
	if e := checkList(s, f); e != nil {
		return e
	}
	// Spaces around "/" and "-" can be removed. Others cannot: "10.0.0.1 1" would become 10.0.0.11.
	for i, field := range fields[1:] {
		if before := fields[i]; !strings.ContainsAny(before[len(before)-1:]+field[:1], "/-") {
			return &parseError{problem: problemSpace, advice: "Only an address is allowed here. " + f.examples}
		}
	}
	return fix(problemSpace, strings.Join(fields, ""), "Spaces are not allowed.", f)
}

func checkList(s string, f *form) *parseError {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || isSpace(r) })
	if len(parts) == 0 || len(parts) == 1 && !strings.ContainsAny(s, ",;") {
		return nil
	}
	var blocks []Block
	for _, part := range parts {
		b, ok := parse(part)
		if !ok {
			return nil
		}
		if !slices.ContainsFunc(blocks, b.Same) {
			blocks = append(blocks, b)
		}
	}
	if len(parts) == 1 { // with a surplus comma
		return suggestion(problemNotAddress, "", f, blocks...)
	}
	return suggestion(problemList, "", f, blocks...)
}

func checkURI(s string, f *form) *parseError {
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
	rest, _, _ = strings.Cut(rest, ";")
	rest, _, _ = strings.Cut(rest, "?")
	if host, port, found := strings.Cut(rest, ":"); found && decimal(port) >= 0 {
		rest = host
	}
	if b, ok := parse(rest); ok {
		return suggestion(problemURI, "", f, b)
	}
	return &parseError{problem: problemURI, advice: f.examples}
}

func checkIPv6(s string, f *form) *parseError {
	if head, _, _ := strings.Cut(s, ":"); strings.Count(s, ":") < 2 || strings.Contains(head, ".") {
		return nil
	}
	const only = "Twilio's IP access control lists support only IPv4."
	host, length, hasLength := strings.Cut(strings.NewReplacer("[", "", "]", "").Replace(s), "/")
	if addr, err := netip.ParseAddr(host); err == nil && addr.Is4In6() {
		four := addr.Unmap().String()
		if hasLength {
			four = fmt.Sprintf("%s/%d", four, decimal(length)-96)
		}
		if b, ok := parse(four); ok {
			return suggestion(problemIPv6, only, f, b)
		}
	}
	return &parseError{problem: problemIPv6, advice: only + " Write the IPv4 address or block that the calls come from, or remove this entry."}
}

func checkPort(s string, f *form) *parseError {
	host, port, found := strings.Cut(s, ":")
	if !found || decimal(port) < 0 {
		return nil
	}
	return fix(problemPort, host, "An entry applies to all ports.", f)
}

func checkRange(s string, f *form) *parseError {
	low, high, found := strings.Cut(s, "-")
	first, err := netip.ParseAddr(low)
	if !found || err != nil || !first.Is4() {
		return nil
	}
	if n := decimal(high); n >= 0 && n <= 255 { // 198.51.100.1-20
		high = low[:strings.LastIndexByte(low, '.')+1] + strconv.Itoa(n)
	}
	noBlocks := &parseError{problem: problemRange, advice: "Write the CIDR blocks that make up the range as separate entries."}
	last, err := netip.ParseAddr(high)
	if err != nil || !last.Is4() {
		return noBlocks
	}
	blocks, err := Range(first, last)
	if err != nil {
		return noBlocks
	}
	if slices.Equal(blocks, everything()) {
		return &parseError{problem: problemRange, suggestion: blocks, advice: f.adviseAgainstAll()}
	}
	e := suggestion(problemRange, "", f, blocks...)
	e.first, e.last = first, last
	return e
}
