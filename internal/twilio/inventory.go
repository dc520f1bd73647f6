// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"slices"
	"sync"

	"golang.org/x/sync/semaphore"
)

// inventory is what a client knows about the members of one collection: those that existed before its first create, and the
// changes that it made since. With it, the client can tell objects that it created from older ones without relying on dates.
type inventory[T object] struct {
	// reading is held while the collection is read, so that concurrent creates share the request.
	reading *semaphore.Weighted

	mu    sync.Mutex
	known bool
	// before has the SIDs of the members that existed before.
	before map[string]bool
	// current has the members after this client's own changes.
	current []T
	// removed has the SIDs of the members that this client deleted. The response to an earlier read may still have them.
	removed map[string]bool
}

// inventories has the inventories of all collections of a kind by URL.
type inventories[T object] struct {
	mu    sync.Mutex
	byURL map[string]*inventory[T]
}

func (i *inventories[T]) get(url string) *inventory[T] {
	i.mu.Lock()
	defer i.mu.Unlock()
	found := i.byURL[url]
	if found == nil {
		found = &inventory[T]{reading: semaphore.NewWeighted(1)}
		if i.byURL == nil {
			i.byURL = map[string]*inventory[T]{}
		}
		i.byURL[url] = found
	}
	return found
}

// load reads the members with read, unless they are known.
func (i *inventory[T]) load(ctx context.Context, read func(context.Context) ([]T, error)) error {
	if err := i.reading.Acquire(ctx, 1); err != nil {
		return err
	}
	defer i.reading.Release(1)
	if i.isKnown() {
		return nil
	}
	members, err := read(ctx)
	if err == nil {
		i.learn(members)
	}
	return err
}

// learn sets the members, unless they are known.
func (i *inventory[T]) learn(members []T) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.known {
		return
	}
	i.known, i.before = true, make(map[string]bool, len(members))
	changed := i.current
	for _, member := range members {
		sid := member.sid()
		i.before[sid] = true
		if !i.removed[sid] && !slices.ContainsFunc(changed, func(c T) bool { return c.sid() == sid }) {
			i.current = append(i.current, member)
		}
	}
}

func (i *inventory[T]) isKnown() bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.known
}

// existedBefore returns the SIDs of the members that existed before, or nil if they are unknown.
func (i *inventory[T]) existedBefore() map[string]bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.before
}

// members returns the members after this client's own changes.
func (i *inventory[T]) members() []T {
	i.mu.Lock()
	defer i.mu.Unlock()
	return slices.Clone(i.current)
}

// put records a member that this client created or changed.
func (i *inventory[T]) put(member T) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.drop(member.sid())
	i.current = append(i.current, member)
}

// remove records that this client deleted a member.
func (i *inventory[T]) remove(sid string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.drop(sid)
	if i.removed == nil {
		i.removed = map[string]bool{}
	}
	i.removed[sid] = true
}

// drop removes a member from current. The caller holds i.mu.
func (i *inventory[T]) drop(sid string) {
	i.current = slices.DeleteFunc(i.current, func(member T) bool { return member.sid() == sid })
}
