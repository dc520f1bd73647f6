// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"
)

// snapshotLife is how long a fetched collection serves reads. It bounds how old a change made outside this process can
// be before a read sees it, and is long enough for the walk of a large plan.
const snapshotLife = time.Minute

// collection coalesces reads of the members of one collection: the lists of an account, the addresses of a list, the
// mappings of a domain, the associations of a trunk.
//
// Terraform reads every resource by itself, so that a refresh would cost a request for each. The rule here needs no
// option and no guess about sizes: whoever asks first is served by a request for that one object. Whoever asks for
// another member of the same collection shows that the configuration has several, and opens one fetch of the whole
// collection, which serves everyone from then on. One resource in a large account therefore costs one small request,
// and any number of resources cost one small request more than the pages of their collection. Addresses are fetched
// whole at once: a list has at most 100, which is never more than one small page, so that nothing is lost by it.
//
// What keeps reads right:
//
//   - A write drops the snapshot when it begins and when it ends, whatever became of it, and while one is under way
//     reads go past the snapshot. So a read that began after a write never sees what was before it, and a fetch that
//     was under way serves only those who waited for it before the write began.
//   - A snapshot dies after snapshotLife. It belongs to one Client, thus to one configured provider.
//   - What a snapshot lacks is asked for directly: a collection that changes while it is paged must not make an
//     object look deleted.
//   - A failed fetch is not kept. When Twilio refuses the collection, its members are asked for directly.
//   - Who waits can leave when its context ends. The fetch goes on for the others, and is cancelled when nobody waits.
type collection[T any] struct {
	cache *cache[T]

	mu sync.Mutex
	// first is the SID of the object that was asked for first.
	first string
	// several says that a second object was asked for.
	several bool
	// writers counts writes under way.
	writers int
	// current is the fetch that serves reads, under way or finished. Nil: none.
	current *fetch[T]
}

// fetch is one fetch of a whole collection.
type fetch[T any] struct {
	cancel context.CancelFunc
	// done is closed when items, bySID and err are set.
	done     chan struct{}
	items    []T
	bySID    map[string]T
	err      error
	finished bool
	// started is when the oldest thing that the fetch can have seen was true.
	started time.Time
	// waiting counts those who wait for done. It belongs to the collection's mutex.
	waiting int
}

// get reads one member: by direct, which asks for it alone, or out of whole, which fetches the collection.
func (c *collection[T]) get(ctx context.Context, sid string, direct func(context.Context) (T, error), whole func(context.Context) ([]T, error)) (T, error) {
	f := c.join(ctx, sid, whole)
	if f == nil {
		return direct(ctx)
	}
	if err := c.wait(ctx, f); err != nil {
		var none T
		return none, err
	}
	if f.err != nil && !definite(f.err) {
		var none T
		return none, f.err
	}
	if object, ok := f.bySID[sid]; ok && f.err == nil {
		return object, nil
	}
	return direct(ctx)
}

// all reads the whole collection.
func (c *collection[T]) all(ctx context.Context, whole func(context.Context) ([]T, error)) ([]T, error) {
	f := c.join(ctx, "", whole)
	if f == nil {
		return whole(ctx)
	}
	if err := c.wait(ctx, f); err != nil {
		return nil, err
	}
	return slices.Clone(f.items), f.err
}

// join returns the fetch that is to serve a read, or nil when the read must make a request of its own. The SID "" asks
// for everything. Whoever is given a fetch must wait for it.
func (c *collection[T]) join(ctx context.Context, sid string, whole func(context.Context) ([]T, error)) *fetch[T] {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.cache.enabled || c.writers > 0 || c.cache.writers.Load() > 0 {
		return nil
	}
	if c.current != nil && time.Since(c.current.started) > c.cache.life {
		c.current = nil
	}
	if c.current == nil {
		if sid != "" && !c.cache.eager && !c.several {
			if c.first == "" || c.first == sid {
				c.first = sid
				return nil
			}
			c.several = true
		}
		c.current = c.start(ctx, whole)
	}
	c.current.waiting++
	return c.current
}

func (c *collection[T]) start(ctx context.Context, whole func(context.Context) ([]T, error)) *fetch[T] {
	// The fetch must not end with the one who happened to open it.
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	f := &fetch[T]{cancel: cancel, done: make(chan struct{}), started: time.Now()}
	go func() {
		defer cancel()
		items, err := whole(ctx)
		bySID := make(map[string]T, len(items))
		for _, item := range items {
			bySID[c.cache.sid(item)] = item
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		f.items, f.bySID, f.err, f.finished = items, bySID, err, true
		if err != nil && c.current == f {
			c.current = nil
		}
		close(f.done)
	}()
	return f
}

func (c *collection[T]) wait(ctx context.Context, f *fetch[T]) error {
	var err error
	select {
	case <-f.done:
	case <-ctx.Done():
		err = ctx.Err()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	f.waiting--
	if f.waiting == 0 && !f.finished {
		f.cancel()
		if c.current == f {
			c.current = nil
		}
	}
	return err
}

// write announces a write. The function that it returns announces its end, whatever became of it.
func (c *collection[T]) write() func() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.writers++
	c.current = nil
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.writers--
		c.current = nil
	}
}

func (c *collection[T]) drop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.current = nil
}

// forget takes a member out of the snapshot after it was deleted for certain.
func (c *collection[T]) forget(sid string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.current == nil {
		return
	}
	if !c.current.finished {
		c.current = nil
		return
	}
	// Those who waited for the fetch may still be reading it.
	kept := *c.current
	kept.items = slices.DeleteFunc(slices.Clone(kept.items), func(item T) bool { return c.cache.sid(item) == sid })
	kept.bySID = maps.Clone(kept.bySID)
	delete(kept.bySID, sid)
	c.current = &kept
}

// definite reports whether Twilio itself refused a fetch, so that asking for a single member may still succeed.
func definite(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && (e.Reason == Forbidden || e.Reason == NotFound || e.Reason == Rejected)
}
