// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package create

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// Object is the create of an object that gets a new SID each time.
//
// A lookup claims an object only if this create can have made it:
//
//   - Every field that was sent has the value that was sent.
//   - It did not exist before. To ask beforehand would double the requests of every create, so the object's date of creation
//     is compared with the time of sending, by Twilio's own clock as far as its Date headers show it.
//   - No other create of this process claims it. A lookup waits until no POST of its group is on its way, since the answer to
//     one may still claim an object.
//
// If no object qualifies, the create is repeated. If more qualify than creates of the group are unresolved, nobody can say
// which belongs to whom, and the result is an *UncertainError.
type Object[T any] struct {
	// Group names the collection and all fields that are sent. Creates with the same Group cannot be told apart.
	Group string
	// Post makes one POST.
	Post func(context.Context) (T, error)
	// Lookup reads the collection. The slice belongs to the caller, who changes it.
	Lookup func(context.Context) ([]T, error)
	// Matches reports whether an object has the fields that are sent.
	Matches func(T) bool
	// SID and Created are the object's. Created may be zero if it is unknown.
	SID     func(T) string
	Created func(T) time.Time
}

// Do creates the object.
func (o Object[T]) Do(ctx context.Context, c *Claims) (T, error) {
	var none T
	g := c.group(o.Group)
	started := time.Now()
	var firstErr error
	for attempt := 1; ; attempt++ {
		if err := g.lock.Acquire(ctx, 1); err != nil {
			return none, fmt.Errorf("waiting to create: %w", err)
		}
		object, err := o.Post(ctx)
		// The outcome is noted before a lookup can get the lock.
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
		if !ambiguous {
			return object, err
		}

		if firstErr == nil {
			firstErr = err
		}
		// An earlier POST may have been carried out after its lookup, so that the object may be as old as the first.
		object, found, lookupErr := o.resolve(ctx, c, g, attempt, firstErr, err)
		g.mu.Lock()
		g.unresolved--
		g.mu.Unlock()
		if lookupErr != nil || found {
			return object, lookupErr
		}
		if exhausted(started, attempt) {
			return none, fmt.Errorf("%w; tried %d times over %s, and looked for each time: it does not exist",
				err, attempt, time.Since(started).Round(time.Second))
		}
	}
}

// resolve finds out whether a POST of this create was carried out, of which the first failed with firstErr and the last with
// postErr. It reports whether the object was found.
func (o Object[T]) resolve(ctx context.Context, c *Claims, g *group, attempt int, firstErr, postErr error) (T, bool, error) {
	var none T
	ctx, cancel, ended := waitForLookup(ctx, attempt)
	defer cancel()
	if err := g.lock.Acquire(ctx, wholeLock); err != nil {
		return none, false, &UncertainError{Err: postErr}
	}
	defer g.lock.Release(wholeLock)
	objects, err := o.Lookup(ctx)
	if err != nil {
		return none, false, &UncertainError{Err: fmt.Errorf("%w; looking for it failed: %w", postErr, err)}
	}

	g.mu.Lock()
	defer g.mu.Unlock()
	// The answer to the lookup has told more about Twilio's clock.
	candidates := o.candidates(objects, g, c.EarliestCreation(firstErr))
	switch {
	case len(candidates) == 0 && isContextEnd(postErr):
		// The POST was interrupted on its way, and Twilio may still carry it out.
		return none, false, &UncertainError{Err: postErr}
	case len(candidates) == 0 && ended:
		return none, false, postErr
	case len(candidates) == 0:
		return none, false, nil
	case len(candidates) > g.unresolved:
		sids := make([]string, len(candidates))
		for i, object := range candidates {
			sids[i] = o.SID(object)
		}
		slices.Sort(sids)
		return none, false, &UncertainError{Candidates: sids, Err: postErr}
	}
	g.claimed[o.SID(candidates[0])] = true
	return candidates[0], true, nil
}

// candidates are the objects that a create whose object cannot be older than earliest may have made, the oldest first: the
// group's other POSTs may have been sent later, and cannot have made an older object.
func (o Object[T]) candidates(objects []T, g *group, earliest time.Time) []T {
	candidates := slices.DeleteFunc(objects, func(object T) bool {
		created := o.Created(object)
		return !o.Matches(object) || g.claimed[o.SID(object)] || !created.IsZero() && created.Before(earliest)
	})
	slices.SortStableFunc(candidates, func(a, b T) int { return o.Created(a).Compare(o.Created(b)) })
	return candidates
}
