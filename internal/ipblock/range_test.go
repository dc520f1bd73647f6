// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipblock

import (
	"fmt"
	"net/netip"
	"testing"
)

// smallUniverse returns the 32 addresses around the middle of 198.51.100.0/24, and all blocks within them.
func smallUniverse() (addresses []netip.Addr, blocks []Block) {
	for n := range 32 {
		addr := netip.AddrFrom4([4]byte{198, 51, 100, byte(112 + n)})
		addresses = append(addresses, addr)
		for length := 28; length <= 32; length++ {
			if b := (Block{netip.PrefixFrom(addr, length)}); !b.HasHostBits() {
				blocks = append(blocks, b)
			}
		}
	}
	return addresses, blocks
}

// TestRangeOfEveryPair compares the blocks of every range in a small universe with the smallest number that a search finds.
func TestRangeOfEveryPair(t *testing.T) {
	t.Parallel()
	addresses, universe := smallUniverse()
	for low := range addresses {
		for high := low; high < len(addresses); high++ {
			got, err := Range(addresses[low], addresses[high])
			if err != nil {
				t.Fatal(err)
			}
			next := addresses[low]
			for _, b := range got {
				if b.HasHostBits() || b.First() != next {
					t.Fatalf("%s to %s: %v", addresses[low], addresses[high], got)
				}
				next = b.Last().Next()
			}
			if next != addresses[high].Next() {
				t.Fatalf("%s to %s: %v", addresses[low], addresses[high], got)
			}
			// fewest[i] is the number of blocks that the addresses from i to high need.
			fewest := make([]int, high+2)
			for i := high; i >= low; i-- {
				fewest[i] = len(addresses)
				for _, b := range universe {
					if b.First() == addresses[i] && !addresses[high].Less(b.Last()) {
						fewest[i] = min(fewest[i], 1+fewest[i+int(b.Count())])
					}
				}
			}
			if len(got) != fewest[low] {
				t.Fatalf("%s to %s: %v, and %d blocks are enough", addresses[low], addresses[high], got, fewest[low])
			}
		}
	}
}

func TestRangeLimits(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ first, last, want string }{
		{"0.0.0.0", "255.255.255.255", "[0.0.0.0/1 128.0.0.0/1]"},
		{"0.0.0.0", "0.0.0.0", "[0.0.0.0]"},
		{"255.255.255.255", "255.255.255.255", "[255.255.255.255]"},
		{"127.255.255.255", "128.0.0.0", "[127.255.255.255 128.0.0.0]"},
		{"198.51.100.2", "198.51.100.1", "[]: \"198.51.100.1\" comes before the first address of the range. Write 198.51.100.1 as the first address and 198.51.100.2 as the last."},
	} {
		blocks, err := Range(netip.MustParseAddr(test.first), netip.MustParseAddr(test.last))
		got := fmt.Sprint(blocks)
		if err != nil {
			got += ": " + err.Error()
		}
		if got != test.want {
			t.Errorf("%s to %s: %s, not %s", test.first, test.last, got, test.want)
		}
	}
}

func TestParseAddress(t *testing.T) {
	t.Parallel()
	if addr, err := ParseAddress("198.51.100.7"); err != nil || addr != netip.MustParseAddr("198.51.100.7") {
		t.Errorf("%v, %v", addr, err)
	}
	for _, test := range []struct {
		in         string
		problem    problem
		advice     string
		suggestion string
	}{
		{"", problemEmpty, twoExamples, ""},
		{"010.0.0.1", problemLeadingZero, "Write 10.0.0.1.", "10.0.0.1"},
		{"10.0.0.1:5060", problemPort, "Write 10.0.0.1.", "10.0.0.1"},
		{"10.0.0.1/32", problemPrefixInAddress, "Write 10.0.0.1.", "10.0.0.1"},
		{"10.0.0.0/24", problemPrefixInAddress, twoExamples, ""},
		{"10.0.0.*", problemWildcard, twoExamples, ""},
		{"10.0.0.1-10.0.0.9", problemRange, twoExamples, ""},
		{"10.0.0.1, 10.0.0.2", problemList, twoExamples, ""},
		{"0.0.0.0/0", problemPrefixZero, twoExamples, ""},
		{"10.0.0.1/", problemPrefixMissing, twoExamples, ""},
		{"::1", problemIPv6, twoExamples, ""},
		{"::ffff:10.0.0.1", problemIPv6, "Write 10.0.0.1.", "10.0.0.1"},
		{"pbx.example.com", problemHostName, twoExamples, ""},
	} {
		_, err := ParseAddress(test.in)
		wantError(t, test.in, err, test.problem, test.advice, test.suggestion)
	}
}

func TestRangeInError(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"198.51.100.1-198.51.100.20":   "198.51.100.1 198.51.100.20",
		"198.51.100.1 - 198.51.100.20": "198.51.100.1 198.51.100.20",
		"198.51.100.1-20":              "198.51.100.1 198.51.100.20",
		"198.51.100.1–198.51.100.20":   "198.51.100.1 198.51.100.20",
		"0.0.0.0-255.255.255.255":      "",
		"198.51.100.20-198.51.100.1":   "",
		"198.51.100.1-x":               "",
		"198.51.100.1/33":              "",
	} {
		_, err := Parse(text)
		got := ""
		if first, last, ok := RangeInError(err); ok {
			got = first.String() + " " + last.String()
		}
		if got != want {
			t.Errorf("%s: %q, not %q", text, got, want)
		}
	}
	if _, _, ok := RangeInError(nil); ok {
		t.Error("no error has a range")
	}
}
