// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package addressmap

import (
	"errors"
	"slices"
	"sync"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// outcome is the outcome of a step. If done is false and err is nil, the step was skipped because a step that it waits for did
// not succeed.
type outcome struct {
	done  bool
	entry ipblock.Entry
	err   error
}

// runSteps sends every step as soon as the steps that it depends on have succeeded, and waits for all of them.
func runSteps(steps []ipblock.Step, send func(ipblock.Step) (ipblock.Entry, error)) []outcome {
	outcomes := make([]outcome, len(steps))
	finished := make([]chan struct{}, len(steps))
	for i := range steps {
		finished[i] = make(chan struct{})
	}
	var group sync.WaitGroup
	for i, step := range steps {
		group.Go(func() {
			defer close(finished[i])
			for _, earlier := range step.After {
				<-finished[earlier]
				if !outcomes[earlier].done {
					return
				}
			}
			entry, err := send(step)
			outcomes[i] = outcome{done: err == nil, entry: entry, err: err}
		})
	}
	group.Wait()
	return outcomes
}

// applySteps returns the entries of a list after the steps that succeeded.
func applySteps(entries []ipblock.Entry, steps []ipblock.Step, outcomes []outcome) []ipblock.Entry {
	entries = slices.Clone(entries)
	for i, step := range steps {
		if !outcomes[i].done {
			continue
		}
		at := slices.IndexFunc(entries, func(e ipblock.Entry) bool { return e.SID == step.SID })
		switch {
		case step.Op == ipblock.Create:
			entries = append(entries, outcomes[i].entry)
		case at < 0:
		case step.Op == ipblock.Update:
			entries[at] = outcomes[i].entry
		default:
			entries = slices.Delete(entries, at, at+1)
		}
	}
	return entries
}

// mayBeReplanned reports whether every failed step failed because its entry had been deleted, or because Twilio refused to create
// an entry that the list now has.
func mayBeReplanned(steps []ipblock.Step, outcomes []outcome, current []ipblock.Entry) bool {
	for i, o := range outcomes {
		e, _ := errors.AsType[*twilio.Error](o.err)
		exists := steps[i].Op == ipblock.Create && e != nil && e.Reason == twilio.Rejected &&
			slices.ContainsFunc(current, func(entry ipblock.Entry) bool { return entry.Block.Same(steps[i].To.Block) })
		if o.err != nil && !twilio.IsNotFound(o.err) && !exists {
			return false
		}
	}
	return true
}
