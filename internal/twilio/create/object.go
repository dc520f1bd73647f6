// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package create

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Object creates an object that gets a new SID with each POST.
//
// A lookup claims an object only if this create may have made it:
//
//   - Every field that was sent has the value that was sent.
//   - The object did not exist before the first create in the collection. Its creation date is only used to choose between
//     several objects, or if it is unknown what existed, because Twilio's clock and its Date headers are not reliable enough.
//   - No other create of this process claims it. A lookup waits until no POST of its group is in progress, because the response
//     to such a POST may still claim an object.
//
// If a POST may still be carried out, for example after a gateway timeout, lookups are repeated until settleTime has passed. If
// no object qualifies, the create is repeated. After a repeated create, another object that qualifies is deleted again. If more
// objects qualify than creates of the group are unresolved, there is no way to tell which object belongs to which create, and the
// result is an *UncertainError.
type Object[T any] struct {
	// Group identifies the collection and all fields that are sent. Creates with the same Group cannot be told apart.
	Group string
	// Before returns the SIDs of the objects that existed before the first create in the collection, or nil if they are unknown.
	Before func(context.Context) (map[string]bool, error)
	// Post sends one POST.
	Post func(context.Context) (T, error)
	// Lookup reads the collection. The caller may change the returned slice.
	Lookup func(context.Context) ([]T, error)
	// Matches reports whether an object has the fields that are sent.
	Matches func(T) bool
	// SID and Created return the SID and the creation date of an object. The date may be zero if it is unknown.
	SID     func(T) string
	Created func(T) time.Time
	// Remove deletes an object that a repeated POST made.
	Remove func(context.Context, T) error
}

// Do creates the object. The object was also created if the error is a *SuperfluousError.
func (o Object[T]) Do(ctx context.Context, c *Claims) (T, error) {
	var none T
	before, err := o.Before(ctx)
	if err != nil {
		return none, fmt.Errorf("reading the existing objects before the create: %w", err)
	}
	g := c.group(o.Group)
	started := time.Now()
	lookup, cancel := withGrace(ctx)
	defer cancel()
	var firstErr error
	for attempt := 1; ; attempt++ {
		if err := g.lock.Acquire(ctx, 1); err != nil {
			return none, fmt.Errorf("waiting to create: %w", err)
		}
		object, err := o.Post(ctx)
		// Record the outcome before a lookup can get the lock.
		ambiguous := err != nil && c.Ambiguous(err)
		g.mu.Lock()
		switch {
		case err == nil:
			g.claimed[o.SID(object)] = true
		case ambiguous:
			g.unresolved++
		}
		g.mu.Unlock()
		g.lock.Release(1)
		switch {
		case err == nil && firstErr != nil:
			return object, o.removeTwins(ctx, lookup, c, g, before, firstErr)
		case !ambiguous && firstErr != nil:
			// Twilio may have refused the POST because an earlier one has been carried out in the meantime.
			if made, found := o.madeBefore(lookup, c, g, before, firstErr, err); found {
				return made, nil
			}
			return object, err
		case !ambiguous:
			return object, err
		}

		if firstErr == nil {
			firstErr = err
		}
		// An earlier POST may have been carried out after its lookup, so the object may be as old as the first POST.
		object, found, lookupErr := o.resolve(ctx, lookup, c, g, attempt, before, firstErr, err)
		g.mu.Lock()
		g.unresolved--
		if !found {
			g.lost++
		}
		g.mu.Unlock()
		switch {
		case found && attempt > 1:
			return object, o.removeTwins(ctx, lookup, c, g, before, firstErr)
		case lookupErr != nil || found:
			return object, lookupErr
		}
		if exhausted(started, attempt) {
			return none, fmt.Errorf("%w; tried %d times in %s and looked up the object each time: it does not exist",
				err, attempt, time.Since(started).Round(time.Second))
		}
	}
}

// resolve determines whether a POST of this create was carried out. The first POST failed with firstErr and the last one with
// postErr. It reports whether the object was found.
func (o Object[T]) resolve(ctx, lookup context.Context, c *Claims, g *group, attempt int, before map[string]bool, firstErr, postErr error) (T, bool, error) {
	var none T
	for failed := time.Now(); ; {
		ended := waitForLookup(ctx, attempt)
		object, found, err := o.lookUp(lookup, c, g, before, firstErr, postErr)
		switch {
		case found || err != nil:
			return object, found, err
		case isContextEnd(postErr), ended && c.InProgress(postErr):
			// The POST may still be carried out.
			return none, false, &UncertainError{Err: postErr}
		case ended:
			return none, false, postErr
		case !c.InProgress(postErr) || time.Since(failed) > settleTime:
			return none, false, nil
		}
	}
}

// madeBefore looks for the object of an earlier POST after a later one was refused.
func (o Object[T]) madeBefore(ctx context.Context, c *Claims, g *group, before map[string]bool, firstErr, postErr error) (T, bool) {
	g.mu.Lock()
	g.unresolved++
	g.mu.Unlock()
	object, found, err := o.lookUp(ctx, c, g, before, firstErr, postErr)
	g.mu.Lock()
	g.unresolved--
	g.mu.Unlock()
	return object, found && err == nil
}

// lookUp looks once for the object of a create, while no POST of its group is in progress.
func (o Object[T]) lookUp(ctx context.Context, c *Claims, g *group, before map[string]bool, firstErr, postErr error) (T, bool, error) {
	var none T
	if err := g.lock.Acquire(ctx, wholeLock); err != nil {
		return none, false, &UncertainError{Err: postErr}
	}
	defer g.lock.Release(wholeLock)
	objects, err := o.Lookup(ctx)
	if err != nil {
		return none, false, &UncertainError{Err: postErr, LookupErr: err}
	}

	g.mu.Lock()
	defer g.mu.Unlock()
	// The response to the lookup has improved the estimate of Twilio's clock.
	candidates := o.candidates(objects, g, before, c.EarliestCreation(firstErr))
	switch {
	case len(candidates) == 0:
		return none, false, nil
	case len(candidates) > g.unresolved:
		return none, false, &UncertainError{Candidates: o.sids(candidates), Err: postErr}
	}
	g.claimed[o.SID(candidates[0])] = true
	return candidates[0], true, nil
}

// candidates returns the objects that a create may have made whose object cannot be older than earliest, the oldest first: other
// POSTs of the group may have been sent later and cannot have made an older object.
func (o Object[T]) candidates(objects []T, g *group, before map[string]bool, earliest time.Time) []T {
	candidates := slices.DeleteFunc(objects, func(object T) bool {
		return !o.Matches(object) || g.claimed[o.SID(object)] || before[o.SID(object)]
	})
	if before == nil || len(candidates) > g.unresolved {
		young := slices.DeleteFunc(slices.Clone(candidates), func(object T) bool {
			created := o.Created(object)
			return !created.IsZero() && created.Before(earliest)
		})
		if before == nil || len(young) > 0 {
			candidates = young
		}
	}
	slices.SortStableFunc(candidates, func(a, b T) int { return o.Created(a).Compare(o.Created(b)) })
	return candidates
}

// removeTwins looks for duplicates after a repeated POST succeeded, and deletes those that earlier POSTs made after their
// lookups. An object counts as made by this run if it did not exist before, belongs to no other create, and there are not more
// such objects than lost POSTs. It returns a *SuperfluousError if duplicates remain.
func (o Object[T]) removeTwins(ctx, lookup context.Context, c *Claims, g *group, before map[string]bool, firstErr error) error {
	if c.InProgress(firstErr) {
		timer := time.NewTimer(settleTime)
		defer timer.Stop()
		select {
		case <-ctx.Done():
		case <-timer.C:
		}
	}
	if err := g.lock.Acquire(lookup, wholeLock); err != nil {
		// The object exists, and the interrupt leaves no time to look for duplicates.
		return nil
	}
	defer g.lock.Release(wholeLock)
	objects, err := o.Lookup(lookup)
	if err != nil {
		// The object exists, and the failed lookup does not change that.
		return nil
	}
	g.mu.Lock()
	twins := o.candidates(objects, g, before, c.EarliestCreation(firstErr))
	certain := before != nil && len(twins) <= g.lost
	if g.unresolved > 0 {
		// Another create may find its object among them, and looks for duplicates when it is done.
		twins = nil
	}
	g.mu.Unlock()
	if !certain && len(twins) > 0 {
		return &SuperfluousError{SIDs: o.sids(twins), Err: errors.New("someone else may have created them")}
	}
	for _, twin := range twins {
		if err := o.Remove(lookup, twin); err != nil {
			return &SuperfluousError{SIDs: []string{o.SID(twin)}, Err: err}
		}
		g.mu.Lock()
		g.lost--
		g.mu.Unlock()
	}
	return nil
}

// sids returns the SIDs of objects in alphabetical order.
func (o Object[T]) sids(objects []T) []string {
	sids := make([]string, len(objects))
	for i, object := range objects {
		sids[i] = o.SID(object)
	}
	slices.Sort(sids)
	return sids
}
