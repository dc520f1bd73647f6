// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package tfstate

import (
	"net/netip"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/snapshot"
)

// readAccess reads which lists a domain or trunk has and how it checks callers, from data sources.
func readAccess(parent *kind) func(*inventory, attributes, instance, level) {
	return func(inv *inventory, a attributes, _ instance, l level) {
		inv.readAttached(parent, a.sid(parent.prefix, "sid", "id"), a.account(), a, l)
	}
}

// readAttached reads the attachments of a domain or trunk.
func (inv *inventory) readAttached(parent *kind, sid, account string, a attributes, l level) {
	if sid == "" {
		return
	}
	if types := a.text("auth_type"); types != "" {
		inv.authTypes[sid] = types
	}
	inv.readAttachments(listsOf(parent), sid, account, a.texts("ip_access_control_list_sids"), l)
	inv.readAttachments(credentialListsOf(parent), sid, account, a.texts("credential_list_sids"), l)
	for _, text := range a.texts("cidr_blocks") {
		if block, ok := parseBlock(text); ok {
			inv.allowed[sid] = append(inv.allowed[sid], block)
		}
	}
}

// readAttachments reads SIDs of attached lists in the API's order.
func (inv *inventory) readAttachments(k *kind, parent, account string, sids []string, l level) {
	for _, sid := range sids {
		if validSID(k.prefix, sid) {
			inv.add(&object{kind: k, account: account, parent: parent, sid: sid, level: l, fields: snapshot.Object{}})
		}
	}
	if len(sids) > 1 {
		inv.sequences = append(inv.sequences, sequence{k, parent, sids})
	}
}

// readExclusive reads a resource that manages all lists of a domain or trunk.
func readExclusive(k *kind) func(*inventory, attributes, instance, level) {
	return func(inv *inventory, a attributes, _ instance, l level) {
		parent := a.sid(k.parent.prefix, k.parentSID, "id")
		if parent == "" {
			return
		}
		inv.mention(k.parent, a.account(), parent)
		for _, sid := range a.texts("ip_access_control_list_sids") { // a set has no order
			inv.readAttachments(k, parent, a.account(), []string{sid}, l)
		}
		if l == managed {
			inv.exclusive[key{k, parent, ""}] = true
		}
	}
}

func readEffectiveAccess(inv *inventory, a attributes, _ instance, l level) {
	parent, sid := domains, a.sid("SD", "domain_sid")
	if sid == "" {
		parent, sid = trunks, a.sid("TK", "trunk_sid")
	}
	if sid == "" {
		return
	}
	inv.mention(parent, a.account(), sid)
	inv.readAttached(parent, sid, a.account(), a, l)
	delete(inv.allowed, sid) // the attribute entries has all of them
	for _, list := range a.texts("ip_access_control_list_sids") {
		if validSID("AL", list) {
			inv.mention(lists, a.account(), list).entriesKnown = true
		}
	}
	order := map[string][]string{}
	for _, entry := range a.objects("entries") {
		list := entry.sid("AL", "ip_access_control_list_sid")
		if list == "" {
			continue
		}
		inv.name(list, entry.text("ip_access_control_list_friendly_name"))
		inv.readBlockEntry(entry, list, a.account(), l)
		order[list] = append(order[list], entry.text("sid"))
	}
	for list, sids := range order {
		inv.sequences = append(inv.sequences, sequence{entries, list, sids})
	}
}

func readAccessReport(inv *inventory, a attributes, _ instance, l level) {
	for _, parent := range []*kind{domains, trunks} {
		var sids []string
		for _, called := range a.objects(parent.key) {
			if o := inv.readObject(parent, called, a, l); o != nil {
				sids = append(sids, o.sid)
				if _, known := inv.allowed[o.sid]; known {
					inv.allowed[o.sid] = []netip.Prefix{}
				}
				inv.readAttached(parent, o.sid, a.account(), called, l)
			}
		}
		inv.sequences = append(inv.sequences, sequence{parent, "", sids})
	}
	unattached := a.texts("unattached_ip_access_control_list_sids")
	for _, sid := range unattached {
		if validSID("AL", sid) {
			inv.mention(lists, a.account(), sid)
		}
	}
	inv.sequences = append(inv.sequences, sequence{lists, "", unattached})
}
