// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package tfstate

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/snapshot"
)

// level is where the knowledge about an object comes from, the most reliable first.
type level int

const (
	managed   level = iota // a resource
	deposed                // a resource that will be destroyed because another one has replaced it
	observed               // a data source, which may have been read before a resource changed
	mentioned              // another object refers to it
)

// object is what the state has about an object at Twilio.
type object struct {
	kind         *kind
	account      string // "" if the state does not have it
	parent       string // SID; "" if the object belongs to the account
	sid          string // for an attachment, the SID of the list; "" if unknown
	level        level
	fields       snapshot.Object
	entriesKnown bool
}

// key identifies an object. If the SID of an entry is unknown, key has its block instead.
type key struct {
	kind        *kind
	parent, sid string
}

// inventory has all objects.
type inventory struct {
	objects map[key]*object
	order   []*object
	// sequences are SIDs of objects of a kind and parent in the API's order, from data sources.
	sequences []sequence
	// loose are entries whose SIDs are not in the state.
	loose []*object
	// exclusive has the kinds of attachments for which a resource manages all attachments of a domain or trunk, by the SID of the
	// parent.
	exclusive map[key]bool
	// wholeLists are the lists for which one resource manages all entries.
	wholeLists map[string]bool
	// authTypes and allowed have the information of data sources about domains and trunks, by SID.
	authTypes map[string]string
	allowed   map[string][]netip.Prefix
	names     map[string]string // names of lists by SID, from objects that refer to them
	notes     []string
}

type sequence struct {
	kind   *kind
	parent string
	sids   []string
}

func newInventory() *inventory {
	return &inventory{
		objects: map[key]*object{}, exclusive: map[key]bool{}, wholeLists: map[string]bool{},
		authTypes: map[string]string{}, allowed: map[string][]netip.Prefix{}, names: map[string]string{},
	}
}

// read reads the objects of a resource if it has the given level.
func (inv *inventory) read(r resource, l level) {
	source, known := types[r.Type]
	if !known || !IsTwilio(r.providerAddress()) {
		return
	}
	for _, i := range r.Instances {
		of := managed
		switch {
		case r.Mode != "managed":
			of = observed
		case i.Deposed != "":
			of = deposed
		}
		if of != l || i.Attributes == nil {
			continue
		}
		if source.kind != nil {
			inv.readObjects(source, i.Attributes, l)
		}
		if source.more != nil {
			source.more(inv, i.Attributes, i, l)
		}
	}
}

// readObjects reads the object that the attributes describe, or the objects in one of them.
func (inv *inventory) readObjects(source source, a attributes, l level) {
	if source.in == "" {
		inv.readObject(source.kind, a, a, l)
		return
	}
	sequences := map[string][]string{}
	for _, nested := range a.objects(source.in) {
		if o := inv.readObject(source.kind, nested, a, l); o != nil {
			sequences[o.parent] = append(sequences[o.parent], o.sid)
		}
	}
	for parent, sids := range sequences {
		inv.sequences = append(inv.sequences, sequence{source.kind, parent, sids})
	}
}

// readObject reads an object. Information that is not in its own attributes may be in the attributes around them.
func (inv *inventory) readObject(k *kind, a, outer attributes, l level) *object {
	sid := a.sid(k.prefix, k.sid, "sid", "id")
	parent := ""
	if k.parent != nil {
		if parent = a.sid(k.parent.prefix, k.parentSID, "id"); parent == "" {
			parent = outer.sid(k.parent.prefix, k.parentSID, "id")
		}
		if parent == "" {
			return nil
		}
	}
	if sid == "" {
		return nil
	}
	account := a.account()
	if account == "" {
		account = outer.account()
	}
	if k.attaches != nil {
		inv.name(sid, a.text("friendly_name"))
	}
	return inv.add(&object{kind: k, account: account, parent: parent, sid: sid, level: l, fields: a.fields(k)})
}

// add adds an object, or adds missing information to an object that is already there.
func (inv *inventory) add(o *object) *object {
	k := key{o.kind, o.parent, o.sid}
	known := inv.objects[k]
	if known == nil {
		inv.objects[k], inv.order = o, append(inv.order, o)
		return o
	}
	known.level = min(known.level, o.level)
	if known.account == "" {
		known.account = o.account
	}
	for name, value := range o.fields {
		if _, have := known.fields[name]; !have {
			known.fields[name] = value
		}
	}
	return known
}

// mention adds an object that another object refers to, unless it is already there.
func (inv *inventory) mention(k *kind, account, sid string) *object {
	return inv.add(&object{kind: k, account: account, sid: sid, level: mentioned, fields: snapshot.Object{}})
}

// name stores the name of a list that another object has.
func (inv *inventory) name(sid, name string) {
	if inv.names[sid] == "" {
		inv.names[sid] = name
	}
}

// all returns the objects of a kind and parent in the order in which they were first seen.
func (inv *inventory) all(k *kind, parent string) []*object {
	var found []*object
	for _, o := range inv.order {
		if o.kind == k && o.parent == parent {
			found = append(found, o)
		}
	}
	return found
}

// remove removes the objects for which unwanted is true.
func (inv *inventory) remove(unwanted func(*object) bool) {
	kept := inv.order[:0]
	for _, o := range inv.order {
		if !unwanted(o) {
			kept = append(kept, o)
		}
	}
	inv.order = kept
	maps.DeleteFunc(inv.objects, func(_ key, o *object) bool { return unwanted(o) })
}

// dropOutdated removes the contents of lists, domains, and trunks that data sources read before the resources that manage all of
// these contents changed them.
func (inv *inventory) dropOutdated() {
	inv.remove(func(o *object) bool {
		whole := o.kind == entries && inv.wholeLists[o.parent] || inv.exclusive[key{o.kind, o.parent, ""}]
		return whole && o.level >= observed
	})
}

// addMissing adds the objects that other objects refer to.
func (inv *inventory) addMissing() {
	for _, o := range slices.Clone(inv.order) {
		if o.kind.parent != nil {
			inv.mention(o.kind.parent, o.account, o.parent)
		}
		if o.kind.attaches != nil {
			inv.mention(o.kind.attaches, o.account, o.sid)
		}
	}
}

// noteAttachedByOthers notes which managed lists were attached only according to data sources. The last apply may have removed
// the attachments after these were read.
func (inv *inventory) noteAttachedByOthers() {
	var seen []string
	for _, o := range inv.order {
		if o.kind.attaches == lists && o.level == observed && inv.objects[key{lists, "", o.sid}].level == managed {
			seen = append(seen, o.sid+" to "+o.parent)
		}
	}
	inv.noteAbout(seen, "Only data sources show that these lists are attached. If the last apply detached them, refresh the state and load it again")
}

// label returns the name of an object in a note.
func (inv *inventory) label(o *object) string {
	for _, name := range []string{"friendly_name", "domain_name"} {
		if text, ok := o.fields[name].(string); ok {
			return fmt.Sprintf("%s %q", o.sid, text)
		}
	}
	return o.sid
}
