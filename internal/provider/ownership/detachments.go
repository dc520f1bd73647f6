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
	// detachmentWait is how long Remaining waits for the rest of the plan. detachmentPoll is how often it checks.
	detachmentWait = time.Second
	detachmentPoll = 20 * time.Millisecond
	// maxDetachmentWaits is the maximum number of calls of Remaining that wait at the same time. Terraform plans 10 resources at
	// a time, and the resources that the calls wait for need some of these slots.
	maxDetachmentWaits = 4
)

// Detachments has the lists that the current plan detaches from domains and trunks. Terraform plans each resource separately, so
// the plans of attachments and lists exchange this information here. Every configuration of the provider has its own Detachments,
// and Terraform configures the provider for each plan. It is safe for concurrent use.
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

// Add records that the plan detaches a list from a domain or trunk.
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

// ReportAll reports whether the plan detaches all attached lists from a domain or trunk. It returns true only once, for the
// attachment whose plan completes them.
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

// Remaining returns the domains and trunks from which the plan does not detach the list. If there are any, it waits up to a
// second, because Terraform may plan the list before its attachments.
//
// If too many lists are already waiting, it does not wait, because the waiting lists would take all the slots in which Terraform
// could plan the attachments. It then assumes that a plan that detaches other lists also detaches this one.
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
