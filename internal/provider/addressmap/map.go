// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package addressmap implements the attribute ip_addresses of a list: a map from IPv4 addresses and CIDR blocks, spelled as in
// the configuration, to friendly names. It validates and plans the map, and changes the entries of a list to match it.
package addressmap

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strconv"
	"strings"

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

// expand returns the entries of a known and valid map.
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

// Flatten returns the entries of a list as a map. If an entry is in one of the known maps, in any spelling, it keeps its key from
// that map; earlier maps take precedence. Other entries get their short spelling as the key.
//
// Twilio allows several entries of a list to have the same block. One of them then has the plain key: the one with the known
// name, or else the first one. The keys of the others contain their SIDs: "198.51.100.0/24 (IP…)". Such keys are invalid in a
// configuration, so a plan shows the duplicates as removed, each on its own line.
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
	names := map[netip.Prefix]string{}
	for prefix, known := range spellings {
		names[prefix] = known.name
	}
	superfluous := duplicates(entries, names)
	values := make(map[string]attr.Value, len(entries))
	for i, entry := range entries {
		key := entry.Block.String()
		if known, have := spellings[entry.Block.Prefix()]; have {
			key = known.key
		}
		if superfluous[i] {
			key = duplicateKey(entry.Block, entry.SID)
		}
		values[key] = types.StringValue(entry.Name)
	}
	return types.MapValueMust(types.StringType, values)
}

// duplicateKey returns the key of a duplicate.
func duplicateKey(block ipblock.Block, sid string) string { return fmt.Sprintf("%s (%s)", block, sid) }

// FlattenUnique returns the entries of a list as a map with plain keys only, and the duplicates: entries with the same block as
// an earlier entry, in the order of entries. It is for readers that do not plan to remove duplicates.
func FlattenUnique(entries []ipblock.Entry) (types.Map, []ipblock.Entry) {
	var unique, repeated []ipblock.Entry
	for i, superfluous := range duplicates(entries, nil) {
		if superfluous {
			repeated = append(repeated, entries[i])
		} else {
			unique = append(unique, entries[i])
		}
	}
	return Flatten(unique), repeated
}

// duplicates reports for each entry whether it is a duplicate. Of several entries with the same block, the one with the preferred
// name is not a duplicate, or else the first one.
func duplicates(entries []ipblock.Entry, preferredNames map[netip.Prefix]string) []bool {
	kept := map[netip.Prefix]int{}
	for i, entry := range entries {
		prefix := entry.Block.Prefix()
		preferred, known := preferredNames[prefix]
		first, twice := kept[prefix]
		if !twice || known && entries[first].Name != preferred && entry.Name == preferred {
			kept[prefix] = i
		}
	}
	superfluous := make([]bool, len(entries))
	for i, entry := range entries {
		superfluous[i] = kept[entry.Block.Prefix()] != i
	}
	return superfluous
}

// sameEntries reports whether two known maps have the same entries with the same names, in any spelling.
func sameEntries(a, b types.Map) bool {
	switch {
	case a.IsNull() || b.IsNull() || a.IsUnknown() || b.IsUnknown():
		return false
	case a.Equal(b):
		// Parsing the keys would take longer than everything else in a plan of a large map without changes.
		return true
	}
	namesA, errA := namesByPrefix(a)
	namesB, errB := namesByPrefix(b)
	return errA == nil && errB == nil && len(namesA) == len(a.Elements()) && len(namesA) == len(b.Elements()) && maps.Equal(namesA, namesB)
}

// namesByPrefix returns the names of the entries of a known map.
func namesByPrefix(ipAddresses types.Map) (map[netip.Prefix]string, error) {
	names := map[netip.Prefix]string{}
	for key, name := range knownNames(ipAddresses) {
		block, err := ipblock.Parse(key)
		if err != nil {
			return nil, err
		}
		names[block.Prefix()] = name
	}
	return names, nil
}

// Blocks returns the blocks of a map's keys, even if their names are unknown.
func Blocks(ipAddresses types.Map) []ipblock.Block {
	var blocks []ipblock.Block
	for key := range ipAddresses.Elements() {
		if block, err := ipblock.Parse(key); err == nil {
			blocks = append(blocks, block)
		}
	}
	slices.SortFunc(blocks, ipblock.Block.Compare)
	return blocks
}

// Missing returns the entries that are not in a map, as lines of a map in Terraform's language, sorted by block.
func Missing(current []ipblock.Entry, ipAddresses types.Map) []string {
	has := prefixes(ipAddresses)
	var lines []string
	for _, entry := range current {
		if !has[entry.Block.Prefix()] {
			lines = append(lines, fmt.Sprintf("    %s = %s", hclString(entry.Block.String()), hclString(entry.Name)))
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

// hclString quotes a text for Terraform's language, in which ${ and %{ begin a template.
func hclString(text string) string {
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(strconv.Quote(text))
}

// Listed returns the entries that are shown in one of the maps: one for each plain key, and those whose keys contain their SIDs.
func Listed(current []ipblock.Entry, maps ...types.Map) []ipblock.Entry {
	listed := map[string]bool{}
	for _, m := range maps {
		has, plain, elements := prefixes(m), map[netip.Prefix]bool{}, m.Elements()
		for _, entry := range current {
			_, duplicate := elements[duplicateKey(entry.Block, entry.SID)]
			prefix := entry.Block.Prefix()
			if !duplicate && (!has[prefix] || plain[prefix]) {
				continue
			}
			listed[entry.SID] = true
			plain[prefix] = plain[prefix] || !duplicate
		}
	}
	return slices.DeleteFunc(slices.Clone(current), func(entry ipblock.Entry) bool { return !listed[entry.SID] })
}

func prefixes(ipAddresses types.Map) map[netip.Prefix]bool {
	has := map[netip.Prefix]bool{}
	for _, block := range Blocks(ipAddresses) {
		has[block.Prefix()] = true
	}
	return has
}
