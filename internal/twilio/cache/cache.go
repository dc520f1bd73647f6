// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package cache lets reads of single objects share one request for their whole collection: the lists of an account, the addresses
// of a list, the attachments of a domain or trunk. It does not depend on the kinds of objects or on how they are requested.
//
// Terraform reads every resource separately, so a refresh would make one request per resource. This package uses a simple rule
// instead, without options or guesses about sizes. The first object of a collection is requested alone. When another member is
// read, the configuration evidently has several of them, so the whole collection is requested, and it serves all later reads. A
// single resource in a large account therefore needs one small request. Any larger number of resources needs one small request
// and the pages of their collection.
//
// These rules keep reads correct:
//
//   - A write drops the snapshot when it begins and when it ends, whether it succeeded or not, and reads bypass the cache during
//     a write. So a read that begins after a write never sees an older state, and a fetch that was in progress only serves the
//     reads that were waiting for it before the write began.
//   - A snapshot expires, and is dropped earlier if there are too many.
//   - An object that is missing in a snapshot is requested alone, so that a change to the collection between two pages cannot
//     make an object look deleted.
//   - A failed fetch is not kept. If the server refuses to return a collection, its members are requested alone.
//   - A read ends when its context ends, even if the fetch that it waits for is still in progress. The fetch goes on for other
//     reads, and is canceled when no read waits for it anymore.
package cache

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Options configure a Cache.
type Options[T any] struct {
	// Enabled turns the cache on. Otherwise, every read makes its own request.
	Enabled bool
	// Life is how long a snapshot serves reads. It limits how old a change made elsewhere can be before a read sees it.
	Life time.Duration
	// MaxObjects limits how many objects all snapshots together have, without the latest one. If there are more, all other
	// snapshots are dropped, and later reads fetch them again. 0 means no limit.
	MaxObjects int
	// Eager makes the first read of a member fetch the whole collection. It is meant for collections of one small page.
	Eager bool
	// SID returns what identifies an object within its collection.
	SID func(T) string
	// Refused reports whether the server refused to return a collection, so that a request for a single member may still succeed.
	Refused func(error) bool
}

// Cache has the collections of one kind of object. Callers choose the key of each collection. A Cache is safe for concurrent use.
type Cache[T any] struct {
	options Options[T]

	// mu guards the fields below, and everything in collections and their fetches that may change.
	mu          sync.Mutex
	collections map[string]*collection[T]
	// writers counts writes in progress that affect every collection.
	writers int
	// kept counts the objects of snapshots since snapshots were last dropped.
	kept int
}

// New returns an empty Cache.
func New[T any](options Options[T]) *Cache[T] {
	return &Cache[T]{options: options, collections: map[string]*collection[T]{}}
}

// Get reads one object, either with one, which requests it alone, or with all, which requests its collection.
func (c *Cache[T]) Get(ctx context.Context, key, sid string, one func(ctx context.Context, sid string) (T, error), all func(context.Context) ([]T, error)) (T, error) {
	f := c.join(ctx, key, sid, all)
	if f == nil {
		return one(ctx, sid)
	}
	err := c.wait(ctx, f)
	if err == nil && f.err != nil && !c.options.Refused(f.err) {
		err = f.err
	}
	if err != nil {
		var none T
		return none, err
	}
	// A linear search is fast enough for a few thousand members, and an index would need as much memory as they do.
	if i := slices.IndexFunc(f.items, func(item T) bool { return c.options.SID(item) == sid }); i >= 0 && f.err == nil {
		return f.items[i], nil
	}
	return one(ctx, sid)
}

// All reads a whole collection.
func (c *Cache[T]) All(ctx context.Context, key string, all func(context.Context) ([]T, error)) ([]T, error) {
	f := c.join(ctx, key, "", all)
	if f == nil {
		return all(ctx)
	}
	if err := c.wait(ctx, f); err != nil {
		return nil, err
	}
	return slices.Clone(f.items), f.err
}

// Write announces a write to one collection. The returned function announces its end, whether it succeeded or not.
func (c *Cache[T]) Write(key string) (end func()) {
	write := func(n int) {
		c.mu.Lock()
		defer c.mu.Unlock()
		of := c.collection(key)
		of.writers += n
		of.current = nil
	}
	write(1)
	return func() { write(-1) }
}

// WriteAll announces a write that affects every collection. The returned function announces its end.
func (c *Cache[T]) WriteAll() (end func()) {
	write := func(n int) {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.writers += n
		for _, of := range c.collections {
			of.current = nil
		}
	}
	write(1)
	return func() { write(-1) }
}

// Forget removes an object from its collection's snapshot after it was definitely deleted.
func (c *Cache[T]) Forget(key, sid string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	of := c.collection(key)
	if of.current == nil || !of.current.finished {
		// A fetch that is in progress may or may not have seen the object.
		of.current = nil
		return
	}
	// Copy the snapshot, because reads that waited for the fetch may still use it.
	kept := *of.current
	kept.items = slices.DeleteFunc(slices.Clone(kept.items), func(item T) bool { return c.options.SID(item) == sid })
	of.current = &kept
}

// collection returns the collection with this key. The caller holds c.mu.
func (c *Cache[T]) collection(key string) *collection[T] {
	found := c.collections[key]
	if found == nil {
		found = &collection[T]{}
		c.collections[key] = found
	}
	return found
}
