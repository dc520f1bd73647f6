// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package cache lets reads of single objects share one request for their whole collection: the lists of an account, the
// addresses of a list, the attachments of a domain or trunk. It knows neither the objects nor how they are requested.
//
// Terraform reads every resource by itself, so that a refresh would cost a request for each. The rule here needs no
// option and no guess about sizes: the first object is requested alone. The first read of another member shows that the
// configuration has several of this collection, and requests the whole collection, which serves all reads from then on.
// One resource in a large account therefore costs one small request, and any number of resources cost one small request
// more than the pages of their collection.
//
// These rules keep reads correct:
//
//   - A write drops the snapshot when it begins and when it ends, whether it succeeded or not, and reads bypass the cache
//     while one is in progress. So a read that began after a write never sees what was before it, and a fetch that was under
//     way serves only the reads that waited for it before the write began.
//   - A snapshot expires, and is dropped earlier if many are kept.
//   - An object that a snapshot lacks is requested alone: a collection that changes while it is paged must not make an
//     object look deleted.
//   - A failed fetch is not kept. When the server refuses the collection, its members are requested alone.
//   - A read can end before the fetch that it waits for when its context ends. The fetch goes on for the others, and is
//     canceled when nobody waits for it.
package cache

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Options describe how a Cache treats its collections.
type Options[T any] struct {
	// Enabled false makes every read a request of its own.
	Enabled bool
	// Life is how long a fetched collection serves reads. It bounds how old a change made elsewhere can be before a read
	// sees it.
	Life time.Duration
	// MaxObjects bounds how many objects the fetched collections keep together, but for those of the latest one. When there are
	// more, all others are dropped, and a read of one of them fetches it again. 0 means that there is no bound.
	MaxObjects int
	// Eager makes the first read of a member fetch the whole collection. It suits collections of one small page.
	Eager bool
	// SID identifies an object within its collection.
	SID func(T) string
	// Refused reports whether the server refused to serve a collection, so that a request for a member may still succeed.
	Refused func(error) bool
}

// Cache holds the collections of one kind of object. Each has a key, which its caller chooses. It is safe for concurrent
// use.
type Cache[T any] struct {
	options Options[T]

	// mu guards the rest, and everything in the collections and their fetches that may change.
	mu          sync.Mutex
	collections map[string]*collection[T]
	// writers counts writes in progress that affect every collection.
	writers int
	// kept counts the objects of fetched collections since these were dropped last.
	kept int
}

// New makes an empty Cache.
func New[T any](options Options[T]) *Cache[T] {
	return &Cache[T]{options: options, collections: map[string]*collection[T]{}}
}

// Get reads one object: with one, which requests it alone, or from all, which requests its collection.
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
	// A collection has at most some thousand members, and an index would take as much memory as they do.
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

// Write announces a write to one collection. The function that it returns announces its end, successful or not.
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

// WriteAll announces a write that affects every collection. The function that it returns announces its end.
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

// Forget removes an object from its collection's snapshot after it was certainly deleted.
func (c *Cache[T]) Forget(key, sid string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	of := c.collection(key)
	if of.current == nil || !of.current.finished {
		// A fetch that is in progress may or may not have seen the object.
		of.current = nil
		return
	}
	// A copy, since reads that waited for the fetch may still use it.
	kept := *of.current
	kept.items = slices.DeleteFunc(slices.Clone(kept.items), func(item T) bool { return c.options.SID(item) == sid })
	of.current = &kept
}

// collection is the one with this key. c.mu is held.
func (c *Cache[T]) collection(key string) *collection[T] {
	found := c.collections[key]
	if found == nil {
		found = &collection[T]{}
		c.collections[key] = found
	}
	return found
}
