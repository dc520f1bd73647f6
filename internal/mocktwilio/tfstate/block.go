// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package tfstate

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/snapshot"
)

// parseBlock parses keys of ip_addresses: "198.51.100.7", "198.51.100.0/24", or "198.51.100.0/24 (IP…)".
func parseBlock(text string) (netip.Prefix, bool) {
	text, _, _ = strings.Cut(text, " ")
	if !strings.Contains(text, "/") {
		text += "/32"
	}
	prefix, err := netip.ParsePrefix(text)
	return prefix, err == nil && prefix.Addr().Is4()
}

// blockOf returns the block of an entry.
func blockOf(fields snapshot.Object) (netip.Prefix, bool) {
	length := fields["cidr_prefix_length"]
	if length == nil {
		length = 32
	}
	return parseBlock(fmt.Sprintf("%v/%v", fields["ip_address"], length))
}

// entryFields returns the fields of an entry. The prefix keeps its host bits.
func entryFields(block netip.Prefix, name string) snapshot.Object {
	return snapshot.Object{"ip_address": block.Addr().String(), "cidr_prefix_length": block.Bits(), "friendly_name": name}
}
