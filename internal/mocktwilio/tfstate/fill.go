// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package tfstate

import (
	"crypto/sha256"
	"encoding/hex"
	"net/netip"
	"slices"
	"strings"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/snapshot"
)

// fill makes up what objects need but the state does not have, so that a plan of the same configuration is empty.
func (inv *inventory) fill() {
	inv.fillCredentialLists()
	inv.fillEntries()
	inv.fillNames()
}

// fillCredentialLists attaches a credential list to objects whose auth type, according to a data source, needs one.
func (inv *inventory) fillCredentialLists() {
	var guessed []string
	for _, parent := range slices.Clone(inv.order) {
		if parent.kind != domains && parent.kind != trunks || !strings.Contains(inv.authTypes[parent.sid], "CREDENTIAL_LIST") {
			continue
		}
		attached := credentialListsOf(parent.kind)
		if len(inv.all(attached, parent.sid)) > 0 {
			continue
		}
		sid := madeSID("CL", parent.sid)
		inv.names[sid] = "Credentials of " + parent.sid
		inv.add(&object{kind: attached, account: parent.account, parent: parent.sid, sid: sid, level: mentioned, fields: snapshot.Object{}})
		inv.mention(credentialLists, parent.account, sid).fields["friendly_name"] = inv.names[sid]
		guessed = append(guessed, inv.label(parent))
	}
	inv.noteAbout(guessed, "The state does not have the credential lists of these domains and trunks, so each has an invented one")
}

// fillEntries adds entries to lists for which the state only has the addresses that they allow together with other lists.
func (inv *inventory) fillEntries() {
	var guessed []string
	for _, parent := range slices.Clone(inv.order) {
		allowed := inv.allowed[parent.sid]
		if parent.kind != domains && parent.kind != trunks || len(allowed) == 0 {
			continue
		}
		var unknown *object
		var have []netip.Prefix
		for _, attachment := range inv.all(listsOf(parent.kind), parent.sid) {
			list := inv.objects[key{lists, "", attachment.sid}]
			in := inv.all(entries, list.sid)
			if !list.entriesKnown && len(in) == 0 && unknown == nil {
				unknown = list
			}
			for _, entry := range in {
				if block, ok := blockOf(entry.fields); ok {
					have = append(have, block)
				}
			}
		}
		missing := slices.DeleteFunc(slices.Clone(allowed), func(block netip.Prefix) bool {
			return slices.ContainsFunc(have, func(other netip.Prefix) bool { return other.Masked() == block })
		})
		if unknown == nil || len(missing) == 0 {
			continue
		}
		for _, fields := range entriesFromBlocks(missing) {
			block, _ := blockOf(fields)
			inv.addWithoutSID(&object{kind: entries, account: unknown.account, parent: unknown.sid, level: mentioned, fields: fields}, block)
		}
		unknown.entriesKnown = true
		guessed = append(guessed, unknown.sid)
	}
	inv.noteAbout(guessed, "The state does not have the entries of these lists, so entries are invented to match the access that the state shows for their domains and trunks")
}

// fillNames sets the names of objects that need one.
func (inv *inventory) fillNames() {
	var unnamed, empty, inventedDomains, inventedTrunks, invented []string
	for _, o := range inv.order {
		_, named := o.fields["friendly_name"]
		switch o.kind {
		case lists, credentialLists:
			if name := inv.names[o.sid]; !named && name != "" {
				o.fields["friendly_name"] = name
			} else if !named {
				o.fields["friendly_name"] = o.sid
				unnamed = append(unnamed, o.sid)
			}
			if o.kind == lists && !o.entriesKnown && o.level != deposed && len(inv.all(entries, o.sid)) == 0 {
				empty = append(empty, inv.label(o))
			}
		case entries:
			if !named {
				block, _ := blockOf(o.fields)
				o.fields["friendly_name"] = block.String()
			}
		case domains:
			if _, have := o.fields["domain_name"]; !have {
				o.fields["domain_name"] = strings.ToLower(o.sid) + ".sip.twilio.com"
				inventedDomains = append(inventedDomains, o.sid)
			}
		case trunks:
			if o.level == mentioned {
				inventedTrunks = append(inventedTrunks, o.sid)
			}
		case credentials:
			if _, have := o.fields["username"]; !have {
				o.fields["username"] = o.sid[2:]
				invented = append(invented, o.sid)
			}
		}
	}
	inv.noteAbout(unnamed, "The state does not have the names of these lists, so each is named after its SID")
	inv.noteAbout(empty, "The state does not have the entries of these lists, so the lists are empty")
	inv.noteAbout(inventedDomains, "The state has only the SIDs of these domains, so they have invented names and Twilio's default settings")
	inv.noteAbout(inventedTrunks, "The state has only the SIDs of these trunks, so they have no names and Twilio's default settings")
	inv.noteAbout(invented, "The state does not have the user names of these credentials, so they are invented")
}

// madeSID returns the same SID for the same text in every run.
func madeSID(prefix, text string) string {
	hash := sha256.Sum256([]byte(text))
	return prefix + hex.EncodeToString(hash[:16])
}
