// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package ownership records which resources of one run manage the entries of each list and the lists of each domain and trunk,
// and which lists are detached. Terraform plans and applies every resource separately. The provider process of a plan or an apply
// sees all of them, so it can find two resources that would undo each other.
package ownership

import (
	"context"
	"maps"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
)

// WaitForDestroy is how long a create waits for a destroy of the same entry or attachment to begin in this run. Terraform does
// not tell a provider that there will be one, for example because a resource was renamed without a moved block.
const WaitForDestroy = 3 * time.Second

// Registry records what the resources of one run manage. It is safe for concurrent use.
type Registry struct {
	// Detachments are the lists that the plan detaches.
	Detachments Detachments

	mu      sync.Mutex
	lists   map[string]*list
	parents map[string]*parent
	// deletes has the deletes of this run by the SIDs of entries and the IDs of attachments.
	deletes map[string]deleteState
	// created has the SIDs of entries that were created in this run.
	created map[string]bool
	// creating has a lock for each block that is being created.
	creating map[string]*sync.Mutex
}

type deleteState int

const (
	deleting deleteState = iota + 1
	deleted
)

// list is what is known about one list. The keys are prefixes of blocks.
type list struct {
	// mapped is set if a list resource manages all entries, with these blocks if they are known.
	mapped bool
	mapOf  map[netip.Prefix]bool
	// released has the SIDs of the entries that a list resource no longer manages.
	released map[netip.Prefix]string
	blocks   map[netip.Prefix]*block
	// reportedWidth is set if the list was reported to be wide.
	reportedWidth bool
}

// block is what is known about the address resources with one block.
type block struct {
	value ipblock.Block
	// configured is the number of resources in the configuration.
	configured int
	// kept has the SIDs of resources that exist after the apply. creates is the number of resources that will be created.
	kept    map[string]bool
	creates int
	// destroyed has the SIDs of resources that are destroyed.
	destroyed map[string]bool
}

// NewRegistry returns an empty Registry.
func NewRegistry() *Registry {
	return &Registry{lists: map[string]*list{}, parents: map[string]*parent{}, deletes: map[string]deleteState{}, created: map[string]bool{}, creating: map[string]*sync.Mutex{}}
}

// LockBlock makes creates of the same block in a list take turns. The returned function ends the turn.
func (r *Registry) LockBlock(listSID string, b ipblock.Block) (unlock func()) {
	r.mu.Lock()
	key := strings.ToLower(listSID) + " " + b.Prefix().String()
	if r.creating[key] == nil {
		r.creating[key] = &sync.Mutex{}
	}
	lock := r.creating[key]
	r.mu.Unlock()
	lock.Lock()
	return lock.Unlock
}

// IsCreated reports whether an entry was created in this run.
func (r *Registry) IsCreated(sid string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.created[sid]
}

func (r *Registry) list(sid string) *list {
	key := strings.ToLower(sid)
	if r.lists[key] == nil {
		r.lists[key] = &list{blocks: map[netip.Prefix]*block{}}
	}
	return r.lists[key]
}

func (r *Registry) block(listSID string, b ipblock.Block) *block {
	l := r.list(listSID)
	if l.blocks[b.Prefix()] == nil {
		l.blocks[b.Prefix()] = &block{value: b, kept: map[string]bool{}, destroyed: map[string]bool{}}
	}
	return l.blocks[b.Prefix()]
}

// Configured records that the configuration has an address resource for a block. Terraform validates each resource once before it
// plans it.
func (r *Registry) Configured(listSID string, b ipblock.Block) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.block(listSID, b).configured++
}

// Conflict is the reason why an address resource cannot be planned. The zero value means that it can.
type Conflict struct {
	// Mapped is set if a list resource manages all entries of the list.
	Mapped bool
	// Twice is set if there is another address resource for the same block. TwinSID is its SID if it exists.
	Twice   bool
	TwinSID string
	// ReleasedSID is the SID of the entry with this block that the list resource no longer manages.
	ReleasedSID string
}

// PlanAddress records that an address resource exists after the apply. sid is "" if it will be created.
func (r *Registry) PlanAddress(listSID string, b ipblock.Block, sid string) Conflict {
	r.mu.Lock()
	defer r.mu.Unlock()
	l, rec := r.list(listSID), r.block(listSID, b)
	if sid != "" {
		rec.kept[sid] = true
	} else {
		rec.creates++
	}
	conflict := Conflict{Mapped: l.mapped}
	// A resource that is replaced is planned twice, first as if it were kept, but it is in the configuration once.
	if rec.configured > 1 && rec.creates > 0 && len(rec.kept)+rec.creates > 1 {
		conflict.Twice = true
		for twin := range rec.kept {
			if twin != sid {
				conflict.TwinSID = twin
			}
		}
	}
	if sid == "" && len(rec.destroyed) == 0 {
		conflict.ReleasedSID = l.released[b.Prefix()]
	}
	return conflict
}

// ReportWidth reports whether isWide is true for the blocks of the address resources that were planned so far for a list. It
// returns true only once for each list.
func (r *Registry) ReportWidth(listSID string, isWide func([]ipblock.Block) bool) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	l := r.list(listSID)
	if l.reportedWidth {
		return false
	}
	var blocks []ipblock.Block
	for _, rec := range l.blocks {
		if rec.creates > 0 || len(rec.kept) > 0 {
			blocks = append(blocks, rec.value)
		}
	}
	l.reportedWidth = isWide(blocks)
	return l.reportedWidth
}

// Created records the SID of an address resource that was created.
func (r *Registry) Created(listSID string, b ipblock.Block, sid string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	rec := r.block(listSID, b)
	rec.kept[sid] = true
	rec.creates = max(rec.creates-1, 0)
	r.created[sid] = true
}

// PlanAddressDestroyed records that an address resource is destroyed. It reports whether a list resource has the block in its
// map.
func (r *Registry) PlanAddressDestroyed(listSID string, b ipblock.Block, sid string) (inMap bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.block(listSID, b).destroyed[sid] = true
	return r.list(listSID).mapOf[b.Prefix()]
}

// PlanMap records that a list resource manages all entries of a list. It returns, in order, the blocks of address resources that
// exist after the apply, and those of address resources that are destroyed although the map has them. It reports whether another
// list resource manages the same list with different blocks.
func (r *Registry) PlanMap(listSID string, blocks []ipblock.Block) (single, destroyed []string, otherMap bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	l := r.list(listSID)
	mapOf := map[netip.Prefix]bool{}
	for _, b := range blocks {
		mapOf[b.Prefix()] = true
	}
	otherMap = l.mapped && !maps.Equal(l.mapOf, mapOf)
	l.mapped, l.mapOf = true, mapOf
	for prefix, rec := range l.blocks {
		if rec.creates > 0 || len(rec.kept) > 0 {
			single = append(single, prefix.String())
		}
		if len(rec.destroyed) > 0 && l.mapOf[prefix] {
			destroyed = append(destroyed, prefix.String())
		}
	}
	slices.Sort(single)
	slices.Sort(destroyed)
	return single, destroyed, otherMap
}

// Release records the entries that a list resource no longer manages.
func (r *Registry) Release(listSID string, entries []ipblock.Entry) {
	r.mu.Lock()
	defer r.mu.Unlock()
	l := r.list(listSID)
	l.released = map[netip.Prefix]string{}
	for _, entry := range entries {
		l.released[entry.Block.Prefix()] = entry.SID
	}
}

// BeginDelete announces the delete of an entry, by its SID, or of an attachment, by its ID. The returned function announces its
// end.
func (r *Registry) BeginDelete(id string) (end func(succeeded bool)) {
	set := func(state deleteState) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.deletes[id] = state
	}
	set(deleting)
	return func(succeeded bool) {
		if succeeded {
			set(deleted)
		} else {
			set(0)
		}
	}
}

// IsDeleted reports whether this run has deleted an entry or an attachment.
func (r *Registry) IsDeleted(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.deletes[id] == deleted
}

func (r *Registry) isDeleting(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.deletes[id] == deleting
}

// WaitForDelete polls gone until it returns true or ctx ends. If no delete of the object begins in this run within atMost, it
// gives up. It reports whether the object is gone.
func (r *Registry) WaitForDelete(ctx context.Context, id string, atMost time.Duration, gone func() bool) bool {
	deadline := time.Now().Add(atMost)
	for !gone() {
		if ctx.Err() != nil || time.Now().After(deadline) && !r.isDeleting(id) {
			return false
		}
		select {
		case <-ctx.Done():
		case <-time.After(50 * time.Millisecond):
		}
	}
	return true
}
