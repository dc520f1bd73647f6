// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ownership

import (
	"maps"
	"slices"
	"strings"
)

// parent is what is known about one domain or trunk. The keys are SIDs of lists in lower case, and the values are the SIDs as
// they were given.
type parent struct {
	// exclusive has the known lists of the exclusive resource, or is nil if there is no such resource. complete is set if all of
	// its lists are known.
	exclusive map[string]string
	complete  bool
	// attached has the lists of resources for one attachment that exist after the apply, and detached the lists of those that are
	// destroyed.
	attached, detached map[string]string
}

// excludes reports whether the exclusive resource detaches a list.
func (p *parent) excludes(list string) bool {
	_, kept := p.exclusive[list]
	return p.exclusive != nil && p.complete && !kept
}

func (r *Registry) parent(sid string) *parent {
	key := strings.ToLower(sid)
	if r.parents[key] == nil {
		r.parents[key] = &parent{attached: map[string]string{}, detached: map[string]string{}}
	}
	return r.parents[key]
}

// PlanAttachment records that a resource for one attachment exists after the apply. It reports whether an exclusive resource of
// the domain or trunk detaches the list.
func (r *Registry) PlanAttachment(parentSID, listSID string) (excluded bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	p, list := r.parent(parentSID), strings.ToLower(listSID)
	p.attached[list] = listSID
	return p.excludes(list)
}

// PlanAttachmentDestroyed records that a resource for one attachment is destroyed, which detaches its list. It reports whether an
// exclusive resource of the domain or trunk keeps the list attached.
func (r *Registry) PlanAttachmentDestroyed(parentSID, listSID string) (kept bool) {
	r.Detachments.Add(parentSID, listSID)
	r.mu.Lock()
	defer r.mu.Unlock()
	p, list := r.parent(parentSID), strings.ToLower(listSID)
	p.detached[list] = listSID
	_, kept = p.exclusive[list]
	return kept
}

// ExclusiveConflicts are the resources that an exclusive resource contradicts.
type ExclusiveConflicts struct {
	// Excluded are the lists that resources for one attachment attach and the exclusive resource detaches. Detached are the lists
	// for which it is the other way around.
	Excluded, Detached []string
	// Twice is set if another exclusive resource has different lists.
	Twice bool
}

// PlanExclusive records the known lists of the exclusive resource of a domain or trunk. complete is set if these are all of its
// lists.
func (r *Registry) PlanExclusive(parentSID string, listSIDs []string, complete bool) ExclusiveConflicts {
	r.mu.Lock()
	defer r.mu.Unlock()
	p, lists := r.parent(parentSID), map[string]string{}
	for _, sid := range listSIDs {
		lists[strings.ToLower(sid)] = sid
	}
	sameKeys := func(a, b map[string]string) bool {
		return maps.EqualFunc(a, b, func(string, string) bool { return true })
	}
	conflicts := ExclusiveConflicts{Twice: p.exclusive != nil && p.complete && complete && !sameKeys(p.exclusive, lists)}
	p.exclusive, p.complete = lists, complete
	for list, sid := range p.attached {
		if p.excludes(list) {
			conflicts.Excluded = append(conflicts.Excluded, sid)
		}
	}
	for list, sid := range p.detached {
		if _, kept := lists[list]; kept {
			conflicts.Detached = append(conflicts.Detached, sid)
		}
	}
	slices.Sort(conflicts.Excluded)
	slices.Sort(conflicts.Detached)
	return conflicts
}

// KeepsAttached reports whether an exclusive resource of the domain or trunk has the list.
func (r *Registry) KeepsAttached(parentSID, listSID string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, kept := r.parent(parentSID).exclusive[strings.ToLower(listSID)]
	return kept
}
