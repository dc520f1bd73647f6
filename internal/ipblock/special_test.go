// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipblock

import (
	"net/netip"
	"testing"
)

// TestSpecialOfEveryBlock compares Special with package netip for every block of /16 and larger, and for the first and last
// address of each. All ranges except the broadcast address consist of whole /16 blocks.
func TestSpecialOfEveryBlock(t *testing.T) {
	t.Parallel()
	isSpecial := func(a netip.Addr) bool {
		first, second := a.As4()[0], a.As4()[1]
		return first == 0 || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() || a.IsMulticast() || first >= 240 || first == 100 && second/64 == 1
	}
	// special[n] reports whether all of block n with the current prefix length is special.
	special := make([]bool, 1<<16)
	for n := range special {
		special[n] = isSpecial(netip.AddrFrom4([4]byte{byte(n >> 8), byte(n), 0, 0}))
		for _, end := range [][2]byte{{0, 0}, {255, 255}} {
			address := Block{netip.PrefixFrom(netip.AddrFrom4([4]byte{byte(n >> 8), byte(n), end[0], end[1]}), 32)}
			if _, got := address.Special(); got != special[n] {
				t.Fatalf("%s is special: %t", address, got)
			}
		}
	}
	for length := 16; length >= 1; length-- {
		for n, want := range special {
			high := n << (16 - length)
			b := Block{netip.PrefixFrom(netip.AddrFrom4([4]byte{byte(high >> 8), byte(high), 0, 0}), length)}
			if _, got := b.Special(); got != want {
				t.Fatalf("%s is special: %t", b, got)
			}
		}
		larger := make([]bool, len(special)/2)
		for n := range larger {
			larger[n] = special[2*n] && special[2*n+1]
		}
		special = larger
	}
}

func TestSpecialUse(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"0.0.0.0":            "this network",
		"10.1.2.3/8":         "private network, private",
		"172.31.255.255":     "private network, private",
		"192.168.0.0/24":     "private network, private",
		"100.127.255.255":    "carrier-grade NAT, private",
		"127.0.0.1":          "loopback",
		"169.254.169.254":    "link-local",
		"239.255.255.255":    "multicast",
		"255.255.255.254":    "reserved",
		"255.255.255.255":    "broadcast",
		"255.255.255.254/31": "reserved",
		"224.0.0.0/3":        "multicast and reserved",
		// Blocks that also have other addresses, and the ranges for documentation.
		"10.0.0.0/7": "", "192.0.0.0/2": "", "128.0.0.0/1": "", "100.0.0.0/9": "", "192.0.2.0/24": "", "198.51.100.7": "", "203.0.113.0/24": "",
	} {
		special, ok := MustParse(text).Special()
		got := special.Use
		if special.Private {
			got += ", private"
		}
		if got != want || ok != (want != "") {
			t.Errorf("%s: %q", text, got)
		}
	}
}
