// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// readCache holds the collections that one client has read from.
type readCache struct {
	lists        *cache[IPAccessControlList]
	addresses    *cache[IPAddress]
	mappings     *cache[DomainMapping]
	associations *cache[TrunkAssociation]
	domains      *cache[Domain]
	trunks       *cache[Trunk]
	// usingTrunks and uses serve the look before a list is deleted. Deletes of associations do not drop them, so that all
	// deletes of a destroy share one look. They may show a use that is over, never miss one that this client made; the
	// names in them may be old.
	usingTrunks *cache[Trunk]
	uses        *cache[TrunkAssociation]
}

func newReadCache(enabled bool, life time.Duration) readCache {
	return readCache{
		lists: &cache[IPAccessControlList]{enabled: enabled, life: life, sid: ipAccessControlListSID},
		// A list has at most 100 addresses: one small page, in place of one small object.
		addresses:    &cache[IPAddress]{enabled: enabled, life: life, sid: ipAddressSID, eager: true},
		mappings:     &cache[DomainMapping]{enabled: enabled, life: life, sid: domainMappingSID},
		associations: &cache[TrunkAssociation]{enabled: enabled, life: life, sid: trunkAssociationSID},
		domains:      &cache[Domain]{enabled: enabled, life: life, sid: domainSID},
		trunks:       &cache[Trunk]{enabled: enabled, life: life, sid: trunkSID},
		usingTrunks:  &cache[Trunk]{enabled: enabled, life: life, sid: trunkSID},
		uses:         &cache[TrunkAssociation]{enabled: enabled, life: life, sid: trunkAssociationSID},
	}
}

// writeList announces a write to a list of an account. Mappings and associations show the list's name, so that theirs
// are dropped as well.
func (r readCache) writeList(account string) func() {
	return join(r.lists.write(account), r.mappings.writeAll(), r.associations.writeAll())
}

// writeMapping announces a write to the mappings of a domain, which the domain's auth type shows too.
func (r readCache) writeMapping(account, domainSID string) func() {
	return join(r.mappings.write(mappingsKey(account, domainSID)), r.domains.write(account))
}

// associate announces the create of an association with a trunk, which the trunk's auth type shows too.
func (r readCache) associate(trunkSID string) func() {
	return join(r.dissociate(trunkSID), r.uses.write(trunkSID), r.usingTrunks.write(""))
}

// dissociate announces the delete of an association.
func (r readCache) dissociate(trunkSID string) func() {
	return join(r.associations.write(trunkSID), r.trunks.write(""))
}

func join(ended ...func()) func() {
	return func() {
		for _, end := range ended {
			end()
		}
	}
}

// cache holds the collections of one kind, by the path that leads to them.
type cache[T any] struct {
	enabled bool
	// life is how long a snapshot serves reads.
	life time.Duration
	sid  func(T) string
	// eager says that the first read of a member opens the fetch of its collection.
	eager bool
	// writers counts writes under way that touch every collection of this kind.
	writers atomic.Int64

	mu          sync.Mutex
	collections map[string]*collection[T]
}

func (c *cache[T]) collection(key string) *collection[T] {
	c.mu.Lock()
	defer c.mu.Unlock()
	found := c.collections[key]
	if found == nil {
		if c.collections == nil {
			c.collections = map[string]*collection[T]{}
		}
		found = &collection[T]{cache: c}
		c.collections[key] = found
	}
	return found
}

func (c *cache[T]) get(ctx context.Context, key, sid string, direct func(context.Context) (T, error), whole func(context.Context) ([]T, error)) (T, error) {
	return c.collection(key).get(ctx, sid, direct, whole)
}

func (c *cache[T]) all(ctx context.Context, key string, whole func(context.Context) ([]T, error)) ([]T, error) {
	return c.collection(key).all(ctx, whole)
}

func (c *cache[T]) write(key string) func() {
	return c.collection(key).write()
}

func (c *cache[T]) writeAll() func() {
	c.writers.Add(1)
	c.dropAll()
	return func() {
		c.dropAll()
		c.writers.Add(-1)
	}
}

func (c *cache[T]) dropAll() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, found := range c.collections {
		found.drop()
	}
}
