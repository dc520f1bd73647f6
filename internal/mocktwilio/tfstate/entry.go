// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package tfstate

import (
	"encoding/json"
	"maps"
	"net/netip"
	"slices"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/snapshot"
)

// privateEntries is what the provider stores about the entries of a list in its private state.
type privateEntries struct {
	// Undecided is set if an import filled the map and the configuration does not have it.
	Undecided bool `json:"undecided"`
	// Blocks has the block of each entry by SID.
	Blocks map[string]string `json:"blocks"`
	// Names has the names of the entries by SID if the state does not have the map.
	Names map[string]string `json:"names"`
}

func readPrivate(private []byte) (p privateEntries) {
	var values struct {
		Entries []byte `json:"ip_addresses"`
	}
	if json.Unmarshal(private, &values) != nil || json.Unmarshal(values.Entries, &p) != nil {
		return privateEntries{}
	}
	return p
}

// readEntryMap reads ip_addresses of a list. The private state has the SIDs.
func readEntryMap(inv *inventory, a attributes, i instance, l level) {
	listSID := a.sid("AL", "sid", "id")
	if listSID == "" {
		return
	}
	// The map has the first entry of each block. All others are duplicates.
	defer inv.readDuplicates(a, listSID, l)
	names, hasMap := a["ip_addresses"].(map[string]any)
	private := readPrivate(i.Private)
	if !hasMap {
		if l == managed {
			inv.addEntries(listSID, a.account(), private.Blocks, private.Names, observed)
		}
		return
	}
	inv.listOf(listSID).entriesKnown = true
	if l == managed && !private.Undecided {
		inv.wholeLists[listSID] = true
	}
	byKey, byBlock := map[string]string{}, map[netip.Prefix]string{}
	for key, name := range names {
		text, _ := name.(string)
		if block, ok := parseBlock(key); ok {
			byKey[key] = text
			if _, have := byBlock[block.Masked()]; !have || !hasSID(key) {
				byBlock[block.Masked()] = key
			}
		}
	}
	// Each key belongs to one entry. A key with a SID belongs to the entry with this SID.
	nameOf := map[string]string{}
	for _, sid := range slices.Sorted(maps.Keys(private.Blocks)) {
		block, ok := parseBlock(private.Blocks[sid])
		if !ok {
			continue
		}
		key := private.Blocks[sid] + " (" + sid + ")"
		if _, have := byKey[key]; !have {
			key = byBlock[block.Masked()]
		}
		if name, have := byKey[key]; have {
			nameOf[sid] = name
			delete(byKey, key)
		}
	}
	inv.addEntries(listSID, a.account(), private.Blocks, nameOf, l)
	for _, key := range slices.Sorted(maps.Keys(byKey)) {
		block, _ := parseBlock(key)
		inv.loose = append(inv.loose, &object{
			kind: entries, account: a.account(), parent: listSID, sid: sidIn(key), level: l, fields: entryFields(block, byKey[key]),
		})
	}
}

// listOf returns a list that has been read.
func (inv *inventory) listOf(sid string) *object { return inv.mention(lists, "", sid) }

// addEntries adds entries whose SIDs, blocks, and names are known.
func (inv *inventory) addEntries(listSID, account string, blocks, names map[string]string, l level) {
	for _, sid := range slices.Sorted(maps.Keys(blocks)) {
		block, ok := parseBlock(blocks[sid])
		name, named := names[sid]
		if ok && named && validSID("IP", sid) {
			inv.add(&object{kind: entries, account: account, parent: listSID, sid: sid, level: l, fields: entryFields(block, name)})
		}
	}
}

// readDuplicates reads the duplicates in the data source of a list. They come after the entries of the map.
func (inv *inventory) readDuplicates(a attributes, listSID string, l level) {
	for _, duplicate := range a.objects("duplicate_ip_addresses") {
		block, ok := parseBlock(duplicate.text("cidr_block"))
		if sid := duplicate.sid("IP", "sid"); ok && sid != "" {
			inv.loose = append(inv.loose, &object{
				kind: entries, account: a.account(), parent: listSID, sid: sid, level: l, fields: entryFields(block, duplicate.text("friendly_name")),
			})
		}
	}
}

// readBlockEntry reads an entry whose cidr_block, friendly_name, and sid are known.
func (inv *inventory) readBlockEntry(a attributes, listSID, account string, l level) {
	block, ok := parseBlock(a.text("cidr_block"))
	if sid := a.sid("IP", "sid"); ok && sid != "" {
		inv.add(&object{kind: entries, account: account, parent: listSID, sid: sid, level: l, fields: entryFields(block, a.text("friendly_name"))})
	}
}

func sidIn(key string) string {
	if len(key) > 35 && key[len(key)-1] == ')' && validSID("IP", key[len(key)-35:len(key)-1]) {
		return key[len(key)-35 : len(key)-1]
	}
	return ""
}

func hasSID(key string) bool { return sidIn(key) != "" }

// readLoose adds entries without a SID. If another source has an entry with the same block and a SID, they are the same entry,
// unless it is the SID of a duplicate.
func (inv *inventory) readLoose() {
	duplicates := map[string]bool{}
	for _, o := range inv.loose {
		duplicates[o.sid] = true
	}
	known := map[key]*object{}
	for _, o := range inv.order {
		if block, ok := blockOf(o.fields); ok && o.kind == entries && !duplicates[o.sid] {
			known[blockKey(o.parent, block)] = o
		}
	}
	var made []string
	for _, o := range inv.loose {
		block, _ := blockOf(o.fields)
		same := known[blockKey(o.parent, block)]
		switch {
		case o.sid != "":
			inv.add(o)
		case same != nil && o.level == managed:
			same.level = managed
			same.fields["friendly_name"] = o.fields["friendly_name"]
		case same == nil && (o.level == managed || !inv.wholeLists[o.parent]):
			inv.addWithoutSID(o, block)
			known[blockKey(o.parent, block)] = o
			if !slices.Contains(made, o.parent) {
				made = append(made, o.parent)
			}
		}
	}
	inv.noteAbout(made, "The state does not have the SIDs of all entries of these lists, so the missing SIDs are invented")
}

// blockKey returns the key of an entry whose SID is unknown.
func blockKey(listSID string, block netip.Prefix) key {
	return key{entries, listSID, block.Masked().String()}
}

// addWithoutSID adds an entry that gets its SID when the snapshot is loaded.
func (inv *inventory) addWithoutSID(o *object, block netip.Prefix) {
	inv.objects[blockKey(o.parent, block)] = o
	inv.order = append(inv.order, o)
}

// readAllEntriesKnown records that the data source has all entries of its list.
func readAllEntriesKnown(inv *inventory, a attributes, _ instance, _ level) {
	if sid := a.sid("AL", "ip_access_control_list_sid"); sid != "" {
		inv.mention(lists, a.account(), sid).entriesKnown = true
	}
}

// entriesFromBlocks returns entries that allow the same addresses as blocks. Twilio cannot store /0, so it becomes two blocks.
func entriesFromBlocks(blocks []netip.Prefix) []snapshot.Object {
	var made []snapshot.Object
	for _, block := range blocks {
		if block.Bits() == 0 {
			made = append(made, entriesFromBlocks([]netip.Prefix{netip.MustParsePrefix("0.0.0.0/1"), netip.MustParsePrefix("128.0.0.0/1")})...)
			continue
		}
		made = append(made, entryFields(block, block.String()))
	}
	return made
}
