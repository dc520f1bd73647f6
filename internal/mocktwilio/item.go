// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"fmt"
	"slices"
	"sort"
	"time"
)

// item is an object of the API: a list, an address, a credential list, a domain,
// a trunk, or an attachment of a list to one of the latter two.
type item struct {
	seq              uint64 // position in its collection
	sid              string // of an attachment, the list's
	account          *account
	parent           *item          // an address's list; an attachment's domain or trunk; else nil
	fields           map[string]any // what a client can set, by the name in the API's JSON
	created, updated time.Time

	children    collection // a list's addresses; the lists attached to a domain or trunk
	credentials collection // the credential lists attached to a domain or trunk
}

func children(i *item) *collection    { return &i.children }
func credentials(i *item) *collection { return &i.credentials }

// text returns a field, "" if it is null.
func (i *item) text(field string) string {
	text, _ := i.fields[field].(string)
	return text
}

// collection holds items in the order in which they were added, which is the
// API's order. The zero value is ready to use.
type collection struct {
	bySID map[string]*item
	order []*item
}

func (c *collection) len() int { return len(c.order) }

// get returns an item, or nil.
func (c *collection) get(sid string) *item { return c.bySID[sid] }

// must returns an item for the controls, whose callers are tests: it panics if
// there is none.
func (c *collection) must(sid string) *item {
	i := c.get(sid)
	if i == nil {
		panic(fmt.Sprintf("mocktwilio: no object %s", sid))
	}
	return i
}

// add appends an item, whose seq must be greater than those before.
func (c *collection) add(i *item) {
	if c.bySID == nil {
		c.bySID = make(map[string]*item)
	}
	c.bySID[i.sid] = i
	c.order = append(c.order, i)
}

// remove does nothing if there is no such item.
func (c *collection) remove(sid string) {
	if i := c.get(sid); i != nil {
		delete(c.bySID, sid)
		at := c.search(i.seq)
		c.order = slices.Delete(c.order, at, at+1)
	}
}

// search returns the index of the first item whose seq is at least seq.
func (c *collection) search(seq uint64) int {
	return sort.Search(len(c.order), func(i int) bool { return c.order[i].seq >= seq })
}

// convert returns the items of a collection in the form that the controls give
// to tests.
func convert[T any](c *collection, to func(*item) T) []T {
	converted := make([]T, len(c.order))
	for i, item := range c.order {
		converted[i] = to(item)
	}
	return converted
}

// add completes a new item and appends it to a collection. The caller holds
// Server.mu.
func (s *Server) add(c *collection, i *item) *item {
	s.store.seq++
	i.seq = s.store.seq
	i.created = s.now()
	i.updated = i.created
	c.add(i)
	return i
}

// now is the time for items. Twilio keeps whole seconds.
func (s *Server) now() time.Time { return s.options.Now().UTC().Truncate(time.Second) }
