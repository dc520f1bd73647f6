// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"slices"
	"sort"
	"strings"
	"time"
)

// item is an object of the API.
type item struct {
	kind             *Kind // nil for the account itself
	seq              uint64
	sid              string // for an attachment, the SID of the list
	account          *account
	parent           *item
	fields           map[string]any // by name in the API's JSON
	created, updated time.Time
	children         map[*Kind]*collection
}

// all returns the children of a kind, or nil if there have never been any.
func (i *item) all(k *Kind) *collection { return i.children[k] }

// list returns the list of an attachment.
func (i *item) list() *item { return i.account.root.all(i.kind.attaches).get(i.sid) }

// text returns a field, or "" if it is null.
func (i *item) text(field string) string {
	text, _ := i.fields[field].(string)
	return text
}

// authTypes returns the auth types of a domain or trunk, which depend on the lists that are attached to it for calls.
func (i *item) authTypes() []string {
	types := []string{}
	if i.all(DomainLists).len()+i.all(TrunkLists).len() > 0 {
		types = append(types, "IP_ACL")
	}
	if i.all(DomainCredentialLists).len()+i.all(TrunkCredentialLists).len() > 0 {
		types = append(types, "CREDENTIAL_LIST")
	}
	return types
}

func (i *item) authType() string { return strings.Join(i.authTypes(), ",") }

// collection has items in the order in which they were added, which is the API's order. A nil collection is empty.
type collection struct {
	bySID map[string]*item
	order []*item
}

func (c *collection) items() []*item {
	if c == nil {
		return nil
	}
	return c.order
}

func (c *collection) len() int { return len(c.items()) }

// get returns an item, or nil.
func (c *collection) get(sid string) *item {
	if c == nil {
		return nil
	}
	return c.bySID[sid]
}

// add appends an item, whose seq must be greater than all others.
func (c *collection) add(i *item) {
	c.bySID[i.sid] = i
	c.order = append(c.order, i)
}

// remove removes an item. It does nothing if the item does not exist.
func (c *collection) remove(sid string) {
	if i := c.get(sid); i != nil {
		delete(c.bySID, sid)
		at := c.search(i.seq)
		c.order = slices.Delete(c.order, at, at+1)
	}
}

// search returns the index of the first item whose seq is not less than seq.
func (c *collection) search(seq uint64) int {
	order := c.items()
	return sort.Search(len(order), func(i int) bool { return order[i].seq >= seq })
}
