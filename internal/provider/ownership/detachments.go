// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ownership

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	// detachmentWait is how long Remaining waits for the rest of the plan, and detachmentPoll how often it looks.
	detachmentWait = time.Second
	detachmentPoll = 20 * time.Millisecond
	// maxDetachmentWaits bounds how many calls of Remaining wait at once. Terraform plans 10 resources at a time, and what
	// they wait for must be among these.
	maxDetachmentWaits = 4
)

// Detachments are the lists that the current plan detaches from domains and trunks. Terraform plans each resource on
// its own, so this is where the plans of attachments and lists learn of each other. Every configuration of the provider has
// its own, and Terraform configures the provider for each plan. It is safe for concurrent use.
type Detachments struct {
	mu      sync.Mutex
	parents map[string]*parentDetachments
	waiting int
}

// parentDetachments are the lists that the plan detaches from one domain or trunk.
type parentDetachments struct {
	lists    map[string]bool
	reported bool
}

// Add notes that the plan detaches a list from a domain or trunk.
func (p *Detachments) Add(parentSID, listSID string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.parents == nil {
		p.parents = map[string]*parentDetachments{}
	}
	key := strings.ToLower(parentSID)
	if p.parents[key] == nil {
		p.parents[key] = &parentDetachments{lists: map[string]bool{}}
	}
	p.parents[key].lists[strings.ToLower(listSID)] = true
}

// ReportAll reports whether the plan detaches all of the attached lists from a domain or trunk. It does so only once, for
// the attachment whose plan completes them.
func (p *Detachments) ReportAll(parentSID string, attachedSIDs []string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	parent := p.parents[strings.ToLower(parentSID)]
	if parent == nil || parent.reported || slices.ContainsFunc(attachedSIDs, func(sid string) bool { return !parent.lists[strings.ToLower(sid)] }) {
		return false
	}
	parent.reported = true
	return true
}

// Remaining returns those of the domains and trunks that the plan does not detach the list from. If there are any, it waits
// up to a second, since Terraform may plan the list before its attachments.
//
// When too many lists wait already, it does not wait: the waiting lists would occupy all the places in which Terraform plans
// the attachments. It then assumes that a plan that detaches other lists detaches this one too.
func (p *Detachments) Remaining(ctx context.Context, listSID string, parentSIDs []string) []string {
	remaining, detachesAny := p.remaining(listSID, parentSIDs)
	if len(remaining) == 0 {
		return nil
	}
	if !p.beginWait() {
		if detachesAny {
			return nil
		}
		return remaining
	}
	defer p.endWait()
	ctx, cancel := context.WithTimeout(ctx, detachmentWait)
	defer cancel()
	ticker := time.NewTicker(detachmentPoll)
	defer ticker.Stop()
	for len(remaining) > 0 {
		select {
		case <-ctx.Done():
			return remaining
		case <-ticker.C:
			remaining, _ = p.remaining(listSID, parentSIDs)
		}
	}
	return nil
}

// remaining also reports whether the plan detaches any list from anything.
func (p *Detachments) remaining(listSID string, parentSIDs []string) (remaining []string, detachesAny bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, sid := range parentSIDs {
		if parent := p.parents[strings.ToLower(sid)]; parent == nil || !parent.lists[strings.ToLower(listSID)] {
			remaining = append(remaining, sid)
		}
	}
	return remaining, len(p.parents) > 0
}

func (p *Detachments) beginWait() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.waiting == maxDetachmentWaits {
		return false
	}
	p.waiting++
	return true
}

func (p *Detachments) endWait() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.waiting--
}
