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

// duplicateKey is the key of a further entry with the same block.
func duplicateKey(block ipblock.Block, sid string) string { return fmt.Sprintf("%s (%s)", block, sid) }

// FlattenUnique returns the entries of a list as a map with plain keys only, and the superfluous entries: those with the same
// block as an earlier entry, in the order of entries. It is for readers that do not plan to remove these.
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

// duplicates reports for each entry whether it is superfluous, because the list holds the same block in another entry. Of
// several entries with the same block, it keeps the one with the preferred name, if there is any, otherwise the first.
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

// sameEntries reports whether two known maps describe the same entries with the same names, in any spelling.
func sameEntries(a, b types.Map) bool {
	switch {
	case a.IsNull() || b.IsNull() || a.IsUnknown() || b.IsUnknown():
		return false
	case a.Equal(b):
		// Parsing the keys would take longer than all else in a plan of a large map that does not change.
		return true
	}
	namesA, errA := namesByPrefix(a)
	namesB, errB := namesByPrefix(b)
	return errA == nil && errB == nil && len(namesA) == len(a.Elements()) && len(namesA) == len(b.Elements()) && maps.Equal(namesA, namesB)
}

// namesByPrefix returns the names of the entries that a known map describes.
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

// Blocks returns the blocks that the keys of a map describe, whether their names are known or not.
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

// Missing returns the entries that a map lacks as lines of a map in Terraform's language, in the order of their blocks.
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

// Listed returns the entries that one of the maps shows: one for each plain key, and those whose keys contain their SIDs.
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
