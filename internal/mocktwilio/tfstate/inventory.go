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

// level says where the knowledge about an object is from, the best first.
type level int

const (
	managed   level = iota // a resource
	deposed                // a resource that is to be destroyed because another one has replaced it
	observed               // a data source, which may have been read before a resource changed
	mentioned              // something refers to the object
)

// object is what the state knows about an object at Twilio.
type object struct {
	kind         *kind
	account      string // "" if the state does not say
	parent       string // SID; "" if it belongs to the account
	sid          string // of an attachment, the list's; "" if it is not known
	level        level
	fields       snapshot.Object
	entriesKnown bool
}

// key identifies an object. An entry whose SID is not known has its block in place of it.
type key struct {
	kind        *kind
	parent, sid string
}

// inventory has all objects.
type inventory struct {
	objects map[key]*object
	order   []*object
	// sequences are SIDs of objects of a kind and parent in the API's order, as data sources gave them.
	sequences []sequence
	// loose are entries whose SIDs the state does not have.
	loose []*object
	// exclusive has the kinds of attachments of which a resource manages all that a domain or trunk has, by the SID of that.
	exclusive map[key]bool
	// wholeLists are those whose entries one resource manages, all of them.
	wholeLists map[string]bool
	// authTypes and allowed are what data sources say of domains and trunks, by SID.
	authTypes map[string]string
	allowed   map[string][]netip.Prefix
	names     map[string]string // of lists, by SID, from what refers to them
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

// read reads what a resource says, if it is of the level.
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

// readObjects reads the object that the attributes describe, or those in one of them.
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

// readObject reads an object. What its own attributes do not say, the attributes around them may.
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

// add adds an object, or what was not known yet about one that is there.
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

// mention adds an object to which another one refers, if it is not known.
func (inv *inventory) mention(k *kind, account, sid string) *object {
	return inv.add(&object{kind: k, account: account, sid: sid, level: mentioned, fields: snapshot.Object{}})
}

// name keeps the name of a list that something else gives.
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

// remove removes the objects for which a function is true.
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

// dropOutdated removes what data sources saw of lists, domains and trunks before the resources that manage them as a whole
// changed them.
func (inv *inventory) dropOutdated() {
	inv.remove(func(o *object) bool {
		whole := o.kind == entries && inv.wholeLists[o.parent] || inv.exclusive[key{o.kind, o.parent, ""}]
		return whole && o.level >= observed
	})
}

// addMissing adds what the objects refer to.
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

// noteAttachedByOthers tells which managed lists only data sources have seen attached: the last apply may have removed the
// attachments after these were read.
func (inv *inventory) noteAttachedByOthers() {
	var seen []string
	for _, o := range inv.order {
		if o.kind.attaches == lists && o.level == observed && inv.objects[key{lists, "", o.sid}].level == managed {
			seen = append(seen, o.sid+" to "+o.parent)
		}
	}
	inv.noteAbout(seen, "Only data sources show that these lists are attached. If the last apply detached them, refresh the state and load it again")
}

// label is an object in a note.
func (inv *inventory) label(o *object) string {
	for _, name := range []string{"friendly_name", "domain_name"} {
		if text, ok := o.fields[name].(string); ok {
			return fmt.Sprintf("%s %q", o.sid, text)
		}
	}
	return o.sid
}
