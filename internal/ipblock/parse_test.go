// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipblock

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const (
	examples    = "Write an IPv4 address such as 198.51.100.7, or a CIDR block such as 198.51.100.0/24."
	twoExamples = "Write an IPv4 address, four numbers from 0 to 255 with dots between them, such as 198.51.100.7."
	onlyIPv4    = "Twilio's IP access control lists support only IPv4."
	noIPv6      = onlyIPv4 + " Write the IPv4 address or block that the calls come from, or remove this entry."
	octal       = "Leading zeros are not allowed because some programs read such a number as octal."
	noSpace     = "Spaces are not allowed."
	noNames     = "Host names are not supported. Write the IPv4 address or block that the name resolves to."
	length      = "Write a prefix length from 1 to 32 after the slash, as in 198.51.100.0/24."
	oneTo32     = "Write a prefix length from 1 (half of all addresses) to 32 (a single address)."
	zero        = "Twilio silently stores it as 32, which allows a single address. "
	narrow      = "Write blocks for the addresses that your calls come from. "
	meaning     = " would allow every IPv4 address: anyone could then send calls at your expense unless you also require credentials."
	oneAll      = narrow + "The two entries 0.0.0.0/1 and 128.0.0.0/1" + meaning
	halves      = zero + oneAll
	twoHalves   = zero + narrow + "Two entries with the addresses 0.0.0.0 and 128.0.0.0 and the prefix length 1" + meaning
)

func TestParse(t *testing.T) {
	for _, test := range []struct {
		in, address  string
		prefixLength int
		short        string
		canonical    string
	}{
		{"198.51.100.7", "198.51.100.7", 32, "198.51.100.7", "198.51.100.7"},
		{"198.51.100.7/32", "198.51.100.7", 32, "198.51.100.7", "198.51.100.7"},
		{"198.51.100.0/24", "198.51.100.0", 24, "198.51.100.0/24", "198.51.100.0/24"},
		{"203.0.113.7/24", "203.0.113.7", 24, "203.0.113.7/24", "203.0.113.0/24"},
		{"0.0.0.0/1", "0.0.0.0", 1, "0.0.0.0/1", "0.0.0.0/1"},
		{"255.255.255.255/1", "255.255.255.255", 1, "255.255.255.255/1", "128.0.0.0/1"},
		{"0.0.0.0", "0.0.0.0", 32, "0.0.0.0", "0.0.0.0"},
	} {
		b, err := Parse(test.in)
		if err != nil {
			t.Errorf("%s: %v", test.in, err)
			continue
		}
		if b.Address() != test.address || b.PrefixLength() != test.prefixLength || b.String() != test.short ||
			b.Canonical().String() != test.canonical || b.HasHostBits() != (test.short != test.canonical) {
			t.Errorf("%s: %s, %d, %s, %s, %t", test.in, b.Address(), b.PrefixLength(), b, b.Canonical(), b.HasHostBits())
		}
		if made, err := New(test.address, test.prefixLength); err != nil || made != b {
			t.Errorf("%s: New returns %v, %v", test.in, made, err)
		}
	}
}

func TestParseError(t *testing.T) {
	for _, test := range []struct {
		in         string
		problem    problem
		advice     string
		suggestion string // blocks separated by spaces
	}{
		{"", problemEmpty, examples, ""},
		{" \t", problemEmpty, examples, ""},

		{" 10.0.0.1", problemSpace, "Write 10.0.0.1. " + noSpace, "10.0.0.1"},
		{"10.0.0.1\n", problemSpace, "Write 10.0.0.1. " + noSpace, "10.0.0.1"},
		{"10.0.0.1\u200b", problemSpace, "Write 10.0.0.1. " + noSpace, "10.0.0.1"},
		{"\u00a010.0.0.1", problemSpace, "Write 10.0.0.1. " + noSpace, "10.0.0.1"},
		{"10.0.0.7 / 24", problemSpace, "Write 10.0.0.7/24. " + noSpace, "10.0.0.7/24"},
		{"10.0.0.1/32 ", problemSpace, "Write 10.0.0.1. " + noSpace, "10.0.0.1"},
		{"10.0.0.1 1", problemSpace, "Only an address is allowed here. " + examples, ""},
		{"10.0.0.1 office", problemSpace, "Only an address is allowed here. " + examples, ""},
		{" 010.0.0.1 ", problemLeadingZero, "Write 10.0.0.1. " + octal, "10.0.0.1"},
		{" sip.example.com", problemHostName, noNames, ""},

		{"10.0.0.1, 10.0.0.2/31", problemList, "Write 2 entries: 10.0.0.1 and 10.0.0.2/31.", "10.0.0.1 10.0.0.2/31"},
		{"10.0.0.1 10.0.0.2 10.0.0.3", problemList, "Write 3 entries: 10.0.0.1, 10.0.0.2, and 10.0.0.3.", "10.0.0.1 10.0.0.2 10.0.0.3"},
		{"10.0.0.1;10.0.0.2", problemList, "Write 2 entries: 10.0.0.1 and 10.0.0.2.", "10.0.0.1 10.0.0.2"},
		{"0.0.0.0, 0.0.0.0", problemList, "Write 0.0.0.0.", "0.0.0.0"},
		{"10.0.0.1 10.0.0.1/32 10.0.0.2", problemList, "Write 2 entries: 10.0.0.1 and 10.0.0.2.", "10.0.0.1 10.0.0.2"},
		{"10.0.0.1,", problemNotAddress, "Write 10.0.0.1.", "10.0.0.1"},
		{",", problemNotAddress, examples, ""},

		{"2001:db8::1", problemIPv6, noIPv6, ""},
		{"2001:db8::/32", problemIPv6, noIPv6, ""},
		{"fe80::1%eth0", problemIPv6, noIPv6, ""},
		{"[::1]:5060", problemIPv6, noIPv6, ""},
		{"::/0", problemIPv6, noIPv6, ""},
		{"1::2::3", problemIPv6, noIPv6, ""},
		{"::ffff:10.0.0.1", problemIPv6, "Write 10.0.0.1. " + onlyIPv4, "10.0.0.1"},
		{"::ffff:10.0.0.0/120", problemIPv6, "Write 10.0.0.0/24. " + onlyIPv4, "10.0.0.0/24"},
		{"::ffff:10.0.0.0/12", problemIPv6, noIPv6, ""},

		{"sip:10.0.0.1:5060;transport=udp", problemURI, "Write 10.0.0.1.", "10.0.0.1"},
		{"SIPS:user@10.0.0.1", problemURI, "Write 10.0.0.1.", "10.0.0.1"},
		{"https://10.0.0.1/path", problemURI, "Write 10.0.0.1.", "10.0.0.1"},
		{"user@10.0.0.1", problemURI, "Write 10.0.0.1.", "10.0.0.1"},
		{"sip:10.0.0.1:0", problemURI, "Write 10.0.0.1.", "10.0.0.1"},
		{"sip:10.0.0.1?subject=x", problemURI, "Write 10.0.0.1.", "10.0.0.1"},
		{"sip:sip.example.com", problemURI, examples, ""},

		{"10.0.0.1:5060", problemPort, "Write 10.0.0.1. An entry applies to all ports.", "10.0.0.1"},
		{"10.0.0.1:0", problemPort, "Write 10.0.0.1. An entry applies to all ports.", "10.0.0.1"},
		{"10.0.0.0/24:5060", problemPort, "Write 10.0.0.0/24. An entry applies to all ports.", "10.0.0.0/24"},
		{"sip.example.com:5060", problemHostName, noNames, ""},

		{"10.0.0.1-10.0.0.6", problemRange, "Write 4 entries: 10.0.0.1, 10.0.0.2/31, 10.0.0.4/31, and 10.0.0.6.", "10.0.0.1 10.0.0.2/31 10.0.0.4/31 10.0.0.6"},
		{"10.0.0.0 - 10.0.0.255", problemRange, "Write 10.0.0.0/24.", "10.0.0.0/24"},
		{"10.0.0.0-255", problemRange, "Write 10.0.0.0/24.", "10.0.0.0/24"},
		{"10.0.0.0-0", problemRange, "Write 10.0.0.0.", "10.0.0.0"},
		{"0.0.0.0-255.255.255.255", problemRange, oneAll, "0.0.0.0/1 128.0.0.0/1"},
		{"10.0.0.9-10.0.0.1", problemRange, "Write the CIDR blocks that make up the range as separate entries.", ""},

		{"0.0.0.0 – 255.255.255.255", problemRange, oneAll, "0.0.0.0/1 128.0.0.0/1"},
		{"10.0.0.0–10.0.0.255", problemRange, "Write 10.0.0.0/24.", "10.0.0.0/24"},
		{"10.0.0.0 — 10.0.0.255", problemRange, "Write 10.0.0.0/24.", "10.0.0.0/24"},
		{"10.0.0.0−255", problemRange, "Write 10.0.0.0/24.", "10.0.0.0/24"},

		{"198.51.100.*", problemWildcard, "Write 198.51.100.0/24.", "198.51.100.0/24"},
		{"10.x.x.x", problemWildcard, "Write 10.0.0.0/8.", "10.0.0.0/8"},
		{"*", problemWildcard, "Write a CIDR block, such as 198.51.100.0/24 for 198.51.100.*.", ""},

		{"10.0.0.0/255.255.255.0", problemNetmask, "Write 10.0.0.0/24.", "10.0.0.0/24"},
		{"10.0.0.0 255.255.255.0", problemNetmask, "Write 10.0.0.0/24.", "10.0.0.0/24"},
		{"10.0.0.0/0.0.0.255", problemNetmask, "Write 10.0.0.0/24.", "10.0.0.0/24"},
		{"10.0.0.0/255.0.255.0", problemNetmask, length, ""},
		{"10.0.0.0/0.0.0.0", problemNetmask, length, ""},
		{"0.0.0.0 0.0.0.0", problemNetmask, length, ""},
		{"10.0.0.0 0.0.0.0", problemNetmask, length, ""},

		{"sip.example.com", problemHostName, noNames, ""},
		{"localhost", problemHostName, noNames, ""},
		{"sip-1.example.com", problemHostName, noNames, ""},
		{"bücher.example", problemHostName, noNames, ""},

		{"10/8", problemTooFewNumbers, "Write 10.0.0.0/8.", "10.0.0.0/8"},
		{"10/1", problemTooFewNumbers, "Write 10.0.0.0/1.", "10.0.0.0/1"},
		{"172.16/12", problemTooFewNumbers, "Write 172.16.0.0/12.", "172.16.0.0/12"},
		{"10.1", problemTooFewNumbers, examples, ""},
		{"10.0.0", problemTooFewNumbers, examples, ""},
		{"167772161", problemTooFewNumbers, examples, ""},

		{"10.0.0.256", problemNumberTooLarge, "The four numbers of an IPv4 address must be from 0 to 255. " + examples, ""},
		{"10.0.0.99999999999999999999", problemNumberTooLarge, "The four numbers of an IPv4 address must be from 0 to 255. " + examples, ""},

		{"010.0.0.1", problemLeadingZero, "Write 10.0.0.1. " + octal, "10.0.0.1"},
		{"10.00.0.08/24", problemLeadingZero, "Write 10.0.0.8/24. " + octal, "10.0.0.8/24"},
		{"10.0.0.0/08", problemLeadingZero, "Write 10.0.0.0/8.", "10.0.0.0/8"},
		{"010.0.0.0/33", problemPrefixOutOfRange, oneTo32, ""},

		{"10.0.0.1.", problemNotAddress, examples, ""},
		{"10..0.1", problemNotAddress, examples, ""},
		{"10.0.0.1.2", problemNotAddress, "An IPv4 address has four numbers. " + examples, ""},
		{"/24", problemNotAddress, examples, ""},
		{"-1.0.0.0", problemNotAddress, examples, ""},
		{"0x0a.0.0.1", problemNotAddress, examples, ""},
		{"１０.0.0.1", problemNotAddress, examples, ""},
		{"\xff", problemNotAddress, examples, ""},

		{"10.0.0.0/", problemPrefixMissing, "Write 10.0.0.0 for this address only, or add a prefix length from 1 to 32 for a block.", ""},
		{"10.0.0.0/abc", problemPrefixNotNumber, length, ""},
		{"10.0.0.0/24/24", problemPrefixNotNumber, length, ""},
		{"10.0.0.0/+24", problemPrefixNotNumber, length, ""},
		{"10.0.0.0/-0", problemPrefixNotNumber, length, ""},
		{"0.0.0.0/0", problemPrefixZero, halves, "0.0.0.0/1 128.0.0.0/1"},
		{"10.0.0.1/0", problemPrefixZero, halves + " To allow only 10.0.0.1, write 10.0.0.1.", "0.0.0.0/1 128.0.0.0/1"},
		{"0.0.0.0/00", problemPrefixZero, halves, "0.0.0.0/1 128.0.0.0/1"},
		{"10.0.0.0/33", problemPrefixOutOfRange, oneTo32, ""},
		{"10.0.0.255/33", problemPrefixOutOfRange, oneTo32, ""},
		{"10.0.0.0/-1", problemPrefixOutOfRange, oneTo32, ""},
		{"10.0.0.0/99999999999999999999", problemPrefixOutOfRange, oneTo32, ""},
	} {
		b, err := Parse(test.in)
		wantError(t, test.in, err, test.problem, test.advice, test.suggestion)
		if !b.IsZero() {
			t.Errorf("%q: a block comes with the error: %s", test.in, b)
		}
	}
}

func TestNewError(t *testing.T) {
	for _, test := range []struct {
		address      string
		prefixLength int
		input        string
		problem      problem
		advice       string
		suggestion   string
	}{
		{"", 24, "", problemEmpty, twoExamples, ""},
		{"10.0.0.0/24", 32, "10.0.0.0/24", problemPrefixInAddress, "Write the address 10.0.0.0 and the prefix length 24, each in its own argument.", "10.0.0.0/24"},
		{"010.0.0.1", 24, "010.0.0.1", problemLeadingZero, "Write 10.0.0.1. " + octal, "10.0.0.1"},
		{"10.0.0.*", 32, "10.0.0.*", problemWildcard, "Write the address 10.0.0.0 and the prefix length 24.", "10.0.0.0/24"},
		{"10.0.0.1-2", 32, "10.0.0.1-2", problemRange, "Make 2 entries: the address 10.0.0.1 and the prefix length 32; and the address 10.0.0.2 and the prefix length 32.", "10.0.0.1 10.0.0.2"},
		{"10.0.0.0/x", 32, "10.0.0.0/x", problemPrefixNotNumber, "Write only the address, and set the prefix length, a number from 1 to 32, in its own argument.", ""},
		{"::1", 32, "::1", problemIPv6, noIPv6, ""},
		{"sip.example.com", 0, "sip.example.com", problemHostName, noNames, ""},
		{"0.0.0.0", 0, "0.0.0.0/0", problemPrefixZero, twoHalves, "0.0.0.0/1 128.0.0.0/1"},
		{"10.0.0.1", 0, "10.0.0.1/0", problemPrefixZero, twoHalves + " To allow only 10.0.0.1, write the address 10.0.0.1 and the prefix length 32.", "0.0.0.0/1 128.0.0.0/1"},
		{"10.0.0.1", 33, "10.0.0.1/33", problemPrefixOutOfRange, oneTo32, ""},
		{"10.0.0.1", -1, "10.0.0.1/-1", problemPrefixOutOfRange, oneTo32, ""},
	} {
		_, err := New(test.address, test.prefixLength)
		wantError(t, test.input, err, test.problem, test.advice, test.suggestion)
	}
	wantError(t, "/0", CheckPrefixLength(0), problemPrefixZero, twoHalves, "0.0.0.0/1 128.0.0.0/1")
	wantError(t, "/33", CheckPrefixLength(33), problemPrefixOutOfRange, oneTo32, "")
	wantError(t, "10.0.0.0/8", CheckAddress("10.0.0.0/8"), problemPrefixInAddress, "Write the address 10.0.0.0 and the prefix length 8, each in its own argument.", "10.0.0.0/8")
	if err := errors.Join(CheckAddress("10.0.0.1"), CheckPrefixLength(1), CheckPrefixLength(32)); err != nil {
		t.Error(err)
	}
}

func wantError(t *testing.T, input string, err error, problem problem, advice, suggestion string) {
	t.Helper()
	e, ok := errors.AsType[*parseError](err)
	if !ok {
		t.Errorf("%q: error is %v", input, err)
		return
	}
	var spelled []string
	for _, b := range e.suggestion {
		spelled = append(spelled, b.String())
	}
	if e.input != input || e.problem != problem || e.advice != advice || strings.Join(spelled, " ") != suggestion {
		t.Errorf("%q: %q %q\nadvice  %q\nwant    %q\nsuggestion %q", input, e.input, e.problem, e.advice, advice, spelled)
	}
}

func TestParseErrorText(t *testing.T) {
	_, err := Parse("10.0.0.0/33")
	if got, want := err.Error(), `"10.0.0.0/33" has a prefix length outside the range 1 to 32. `+oneTo32; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	_, err = Parse(strings.Repeat("é", 1000))
	if got, want := err.Error(), `"`+strings.Repeat("é", 80)+`"… is a host name, not an IPv4 address. `+noNames; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	_, err = Parse(strings.Repeat("é", 80))
	if got, want := err.Error(), `"`+strings.Repeat("é", 80)+`" is a host name, not an IPv4 address. `+noNames; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for p := problemEmpty; p <= problemPrefixInAddress; p++ {
		if strings.HasPrefix(p.String(), "has problem") {
			t.Errorf("problem %d has no text", p)
		}
	}
}

func TestMustParsePanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	MustParse("10.0.0.0/0")
}

// FuzzParse: no input makes Parse panic, accepted input is returned unchanged, and the advice for rejected input is accepted.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"", " ", "10.0.0.1", "203.0.113.7/24", "10.0.0.0/0", "010.0.0.1", "10.0.0.0/08", "10.0.0.1 1", "10.0.0.1-10.0.0.6",
		"10.0.0.0/255.255.255.0", "10.0.0.0 0.0.0.255", "::ffff:10.0.0.0/120", "10.*.*.*", "sip:a@10.0.0.1:5060;x", "10/8", "[::1]:1", "a, b", "10.0.0.1,",
		"１.0.0.1", "\xff", "example.com:1", "- -", "/ /", "x.x.x.x/0", "0-0", "1-/1",
		"10.0.0.1–2", "10.0.0.1, 10.0.0.1/32",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		b, err := Parse(s)
		_, newErr := New(s, 24)
		if err == nil {
			if s != b.String() && s != b.CIDR() {
				t.Errorf("%q becomes %q", s, b)
			}
			for _, again := range []string{b.String(), b.CIDR()} {
				if other, err := Parse(again); err != nil || other != b {
					t.Errorf("%q comes back as %q, %v", again, other, err)
				}
			}
			if bare := !strings.Contains(s, "/"); bare != (newErr == nil) {
				t.Errorf("New(%q): %v", s, newErr)
			}
			return
		}
		for _, err := range []error{err, newErr} {
			e, ok := errors.AsType[*parseError](err)
			if !ok || e.input != s || e.advice == "" || e.problem < problemEmpty || e.problem > problemPrefixInAddress {
				t.Fatalf("%q: %#v", s, err)
			}
			for i, b := range e.suggestion {
				if slices.ContainsFunc(e.suggestion[:i], b.Same) {
					t.Errorf("%q: the advice is %q twice", s, b)
				}
				if again, err := Parse(b.String()); err != nil || again != b {
					t.Errorf("%q: the advice is %q: %v", s, b, err)
				}
			}
		}
	})
}

// TestParseRoundTrip: Parse reads every block back from each of its spellings.
func TestParseRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := anyBlock.Draw(t, "block")
		for _, spelling := range []string{b.String(), b.CIDR()} {
			if got, err := Parse(spelling); err != nil || got != b {
				t.Fatalf("%s: %s, %v", spelling, got, err)
			}
		}
		if got, err := New(b.Address(), b.PrefixLength()); err != nil || got != b {
			t.Fatalf("New: %s, %v", got, err)
		}
		if !slices.Equal(Aggregate([]Block{b}), []Block{b.Canonical()}) {
			t.Fatal("a block alone is not its own aggregate")
		}
	})
}
