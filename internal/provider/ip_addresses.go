// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// The map ip_addresses of a list: keys are blocks as the user spells them, values are friendly names. What is here is
// pure; ip_addresses_apply.go makes the requests, ip_addresses_plan.go plans and ip_addresses_validate.go checks.

// entryOf understands an entry that Twilio gave.
func entryOf(address twilio.IPAddress) (ipblock.Entry, error) {
	block, err := ipblock.New(address.IPAddress, address.CIDRPrefixLength)
	if err != nil {
		return ipblock.Entry{}, fmt.Errorf("entry %s of list %s cannot be understood: %w", address.SID, address.IPAccessControlListSID, err)
	}
	return ipblock.Entry{SID: address.SID, Block: block, Name: address.FriendlyName}, nil
}

func entriesOf(addresses []twilio.IPAddress) ([]ipblock.Entry, error) {
	entries := make([]ipblock.Entry, len(addresses))
	for i, address := range addresses {
		entry, err := entryOf(address)
		if err != nil {
			return nil, err
		}
		entries[i] = entry
	}
	return entries, nil
}

// names gives a known map as Go's. Elements that are unknown or null are left out.
func names(ipAddresses types.Map) map[string]string {
	known := map[string]string{}
	for key, value := range ipAddresses.Elements() {
		if name, ok := value.(types.String); ok && !name.IsUnknown() && !name.IsNull() {
			known[key] = name.ValueString()
		}
	}
	return known
}

// wantsOf gives what a known and valid map asks for.
func wantsOf(ipAddresses types.Map) ([]ipblock.Want, error) {
	entries := names(ipAddresses)
	wants := make([]ipblock.Want, 0, len(entries))
	for _, key := range slices.Sorted(maps.Keys(entries)) {
		block, err := ipblock.Parse(key)
		if err != nil {
			return nil, err
		}
		wants = append(wants, ipblock.Want{Block: block, Name: entries[key]})
	}
	return wants, nil
}

// spelled gives the entries of a list as a map. An entry that one of the known maps has, whatever its spelling, keeps
// the key that it has there, the first map going first; any other takes the short spelling.
//
// Twilio lets a list hold the same block more than once. One entry then has the plain key: the one whose name is the
// known one, otherwise the first. The others are told apart by their SIDs: "198.51.100.0/24 (IP…)". No configuration can
// hold such a key, so that a plan shows them as removed, one line each.
func spelled(entries []ipblock.Entry, known ...types.Map) types.Map {
	type spelling struct{ key, name string }
	spellings := map[netip.Prefix]spelling{}
	for _, m := range known {
		for key, name := range names(m) {
			block, err := ipblock.Parse(key)
			if err != nil {
				continue
			}
			if _, have := spellings[block.Prefix()]; !have {
				spellings[block.Prefix()] = spelling{key, name}
			}
		}
	}
	plain := map[netip.Prefix]int{}
	for i, entry := range entries {
		prefix := entry.Block.Prefix()
		first, twice := plain[prefix]
		if !twice || entries[first].Name != spellings[prefix].name && entry.Name == spellings[prefix].name {
			plain[prefix] = i
		}
	}
	values := make(map[string]attr.Value, len(entries))
	for i, entry := range entries {
		prefix := entry.Block.Prefix()
		key := entry.Block.String()
		if known, have := spellings[prefix]; have {
			key = known.key
		}
		if plain[prefix] != i {
			key = fmt.Sprintf("%s (%s)", entry.Block, entry.SID)
		}
		values[key] = types.StringValue(entry.Name)
	}
	return types.MapValueMust(types.StringType, values)
}

// sameAddresses reports whether two known maps mean the same entries with the same names, however they are spelled.
func sameAddresses(a, b types.Map) bool {
	if a.IsNull() || b.IsNull() || a.IsUnknown() || b.IsUnknown() || len(a.Elements()) != len(b.Elements()) {
		return false
	}
	wants, err := wantsOf(a)
	if err != nil || len(wants) != len(a.Elements()) {
		return false
	}
	have := map[netip.Prefix]string{}
	for _, want := range wants {
		have[want.Block.Prefix()] = want.Name
	}
	wants, err = wantsOf(b)
	if err != nil || len(wants) != len(b.Elements()) {
		return false
	}
	for _, want := range wants {
		if name, ok := have[want.Block.Prefix()]; !ok || name != want.Name {
			return false
		}
		// Taken away, so that two spellings of one entry do not pass for two entries.
		delete(have, want.Block.Prefix())
	}
	return true
}

// unwanted describes the entries that a known map does not have, one line each.
func unwanted(held []ipblock.Entry, ipAddresses types.Map) []string {
	wants, err := wantsOf(ipAddresses)
	if err != nil {
		return nil
	}
	var lines []string
	for _, entry := range held {
		if !slices.ContainsFunc(wants, func(want ipblock.Want) bool { return want.Block.Same(entry.Block) }) {
			lines = append(lines, fmt.Sprintf("  %s (%q, %s)", entry.Block, entry.Name, entry.SID))
		}
	}
	return lines
}
