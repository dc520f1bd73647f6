// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package cache

import (
	"context"
	"fmt"
	"time"
)

// collection is the state of the cache for one collection.
type collection[T any] struct {
	// first is the SID of the object that was read first. several is set if another object was read since.
	first   string
	several bool
	// writers counts writes in progress.
	writers int
	// current is the fetch that serves reads, in progress or finished, or nil.
	current *fetch[T]
}

// fetch is one request for a whole collection.
type fetch[T any] struct {
	of     *collection[T]
	cancel context.CancelFunc
	// done is closed when items and err are set, which do not change afterwards.
	done  chan struct{}
	items []T
	err   error
	// finished is set if done is closed.
	finished bool
	// started is the time of the oldest state that the fetch can have seen.
	started time.Time
	// waiting counts the reads that wait for done.
	waiting int
}

// join returns the fetch that serves a read, or nil if the read must make its own request. If sid is "", the read is for the
// whole collection. The caller must wait for the fetch.
func (c *Cache[T]) join(ctx context.Context, key, sid string, all func(context.Context) ([]T, error)) *fetch[T] {
	c.mu.Lock()
	defer c.mu.Unlock()
	of := c.collection(key)
	if !c.options.Enabled || c.writers > 0 || of.writers > 0 {
		return nil
	}
	if of.current != nil && time.Since(of.current.started) > c.options.Life {
		of.current = nil
	}
	if of.current == nil {
		if sid != "" && !c.options.Eager && !of.several {
			if of.first == "" || of.first == sid {
				of.first = sid
				return nil
			}
			of.several = true
		}
		of.current = c.start(ctx, of, all)
	}
	of.current.waiting++
	return of.current
}

// start begins a fetch.
func (c *Cache[T]) start(ctx context.Context, of *collection[T], all func(context.Context) ([]T, error)) *fetch[T] {
	// The fetch also serves other reads, so it must not end with the read that started it.
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	f := &fetch[T]{of: of, cancel: cancel, done: make(chan struct{}), started: time.Now()}
	go func() {
		defer cancel()
		items, err := all(ctx)
		c.mu.Lock()
		defer c.mu.Unlock()
		f.items, f.err, f.finished = items, err, true
		if err != nil && of.current == f {
			of.current = nil
		}
		c.bound(f)
		close(f.done)
	}()
	return f
}

// bound drops all snapshots but the latest if there are too many objects.
func (c *Cache[T]) bound(latest *fetch[T]) {
	c.kept += len(latest.items)
	if c.options.MaxObjects == 0 || c.kept <= c.options.MaxObjects {
		return
	}
	c.kept = len(latest.items)
	for _, of := range c.collections {
		if of.current != nil && of.current.finished && of.current != latest {
			of.current = nil
		}
	}
}

// lastWords is how long a read whose context has ended waits for the fetch to end too, because the error of the fetch says why
// there was no response. A fetch that no read waits for anymore ends at once.
const lastWords = 100 * time.Millisecond

// wait returns when the fetch is finished, or with an error when ctx ends. The last read that leaves an unfinished fetch cancels
// it.
func (c *Cache[T]) wait(ctx context.Context, f *fetch[T]) error {
	var err error
	select {
	case <-f.done:
	case <-ctx.Done():
		err = ctx.Err()
	}
	c.leave(f)
	if err == nil {
		return nil
	}
	select {
	case <-f.done:
		if f.err != nil {
			err = fmt.Errorf("%w: %w", err, f.err)
		}
	case <-time.After(lastWords):
	}
	return err
}

func (c *Cache[T]) leave(f *fetch[T]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f.waiting--
	if f.waiting == 0 && !f.finished {
		f.cancel()
		if f.of.current == f {
			f.of.current = nil
		}
	}
}
