// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"slices"
	"sort"
)

// collection keeps objects by SID and in the order in which they were added,
// which is the API's order. seq, ascending, is the place of an object; it stays
// meaningful when the object is gone, and so a page token made of it does too.
type collection[T any] struct {
	bySID map[string]*entry[T]
	order []*entry[T]
}

type entry[T any] struct {
	seq   uint64
	sid   string
	value T
}

func (c *collection[T]) len() int { return len(c.order) }

// get returns the object, or nil.
func (c *collection[T]) get(sid string) *T {
	if e := c.bySID[sid]; e != nil {
		return &e.value
	}
	return nil
}

// add appends an object. seq must be greater than those before.
func (c *collection[T]) add(seq uint64, sid string, value T) *T {
	if c.bySID == nil {
		c.bySID = make(map[string]*entry[T])
	}
	e := &entry[T]{seq: seq, sid: sid, value: value}
	c.bySID[sid] = e
	c.order = append(c.order, e)
	return &e.value
}

func (c *collection[T]) remove(sid string) bool {
	e := c.bySID[sid]
	if e == nil {
		return false
	}
	delete(c.bySID, sid)
	at := c.search(e.seq)
	c.order = slices.Delete(c.order, at, at+1)
	return true
}

// search returns the index of the first object whose seq is at least seq.
func (c *collection[T]) search(seq uint64) int {
	return sort.Search(len(c.order), func(i int) bool { return c.order[i].seq >= seq })
}

// each calls f for every object in order until f returns false. It is an
// iter.Seq.
func (c *collection[T]) each(f func(*T) bool) {
	for _, e := range c.order {
		if !f(&e.value) {
			return
		}
	}
}
