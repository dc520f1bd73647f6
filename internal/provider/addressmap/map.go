// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package addressmap implements the attribute ip_addresses of a list: a map from IPv4 addresses and CIDR blocks, in the
// form that the configuration uses, to friendly names. It validates and plans the map, and changes the entries of a list
// to match it.
package addressmap

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
)

// knownNames returns the elements of a map that are neither unknown nor null.
func knownNames(ipAddresses types.Map) map[string]string {
	known := map[string]string{}
	for key, value := range ipAddresses.Elements() {
		if name, ok := value.(types.String); ok && !name.IsUnknown() && !name.IsNull() {
			known[key] = name.ValueString()
		}
	}
	return known
}

// expand returns the entries that a known and valid map describes.
func expand(ipAddresses types.Map) ([]ipblock.Desired, error) {
	entries := knownNames(ipAddresses)
	desired := make([]ipblock.Desired, 0, len(entries))
	for _, key := range slices.Sorted(maps.Keys(entries)) {
		block, err := ipblock.Parse(key)
		if err != nil {
			return nil, err
		}
		desired = append(desired, ipblock.Desired{Block: block, Name: entries[key]})
	}
	return desired, nil
}

// Flatten returns the entries of a list as a map. An entry that one of the known maps contains, in any spelling, keeps its
// key from that map; the first map takes precedence. Other entries get the short spelling as their key.
//
// Twilio lets a list hold the same block more than once. One entry then has the plain key: the one with the known name,
// otherwise the first. The keys of the others contain their SIDs: "198.51.100.0/24 (IP…)". No configuration can contain
// such a key, so a plan shows them as removed, one line each.
func Flatten(entries []ipblock.Entry, known ...types.Map) types.Map {
	type spelling struct{ key, name string }
	spellings := map[netip.Prefix]spelling{}
	for _, m := range known {
		for key, name := range knownNames(m) {
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

// sameEntries reports whether two known maps describe the same entries with the same names, in any spelling.
func sameEntries(a, b types.Map) bool {
	if a.IsNull() || b.IsNull() || a.IsUnknown() || b.IsUnknown() || len(a.Elements()) != len(b.Elements()) {
		return false
	}
	namesA, errA := namesByPrefix(a)
	namesB, errB := namesByPrefix(b)
	return errA == nil && errB == nil && len(namesA) == len(a.Elements()) && maps.Equal(namesA, namesB)
}

// namesByPrefix returns the names of the entries that a known map describes.
func namesByPrefix(ipAddresses types.Map) (map[netip.Prefix]string, error) {
	desired, err := expand(ipAddresses)
	names := map[netip.Prefix]string{}
	for _, d := range desired {
		names[d.Block.Prefix()] = d.Name
	}
	return names, err
}

// Extraneous describes the entries that a known map does not contain, one line each.
func Extraneous(current []ipblock.Entry, ipAddresses types.Map) []string {
	desired, err := expand(ipAddresses)
	if err != nil {
		return nil
	}
	var lines []string
	for _, entry := range current {
		if !slices.ContainsFunc(desired, func(d ipblock.Desired) bool { return d.Block.Same(entry.Block) }) {
			lines = append(lines, fmt.Sprintf("  %s (%q, %s)", entry.Block, entry.Name, entry.SID))
		}
	}
	return lines
}
