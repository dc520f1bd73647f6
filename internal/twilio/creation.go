// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"
)

// creation is one create, described so that it can be looked up when its answer is lost. Twilio has no idempotency key,
// so a POST that got a server error, a cut connection or no answer in time may or may not have been carried out.
//
// Only an object that this create can have made may be adopted. Three things decide:
//
//   - It matches: every field that was sent has the value that was sent.
//   - It was not there before. Asking beforehand would double the requests of every create, so the object's date of
//     creation is held against the moment of sending, by Twilio's own clock as far as its Date headers show it.
//   - No other create of this process has it. Creates that cannot be told apart form a group. A look waits until no
//     POST of its group is on the way, so that nothing is adopted whose answer is still coming, and what one create
//     received or adopted is claimed.
//
// When nothing is there, the create is repeated. When more objects qualify than creates of the group are unresolved,
// nobody can say which is whose, and the result is an *UncertainCreateError.
type creation[T any] struct {
	// group names the collection and all fields that are sent.
	group   string
	post    func(context.Context) (T, error)
	look    func(context.Context) ([]T, error)
	matches func(T) bool
	sid     func(T) string
	created func(T) time.Time
}

// creations holds the groups of one client.
type creations struct {
	mu     sync.Mutex
	groups map[string]*creationGroup
}

// creationGroup is what creates that cannot be told apart must know of each other.
type creationGroup struct {
	// gate is held by one for every POST on the way and wholly by a look.
	gate *semaphore.Weighted
	mu   sync.Mutex
	// unresolved counts creates whose last POST has an unknown fate.
	unresolved int
	// taken has the SIDs that a create received or adopted.
	taken map[string]bool
}

const wholeGate = 1 << 30

func (c *creations) group(name string) *creationGroup {
	c.mu.Lock()
	defer c.mu.Unlock()
	g := c.groups[name]
	if g == nil {
		if c.groups == nil {
			c.groups = map[string]*creationGroup{}
		}
		g = &creationGroup{gate: semaphore.NewWeighted(wholeGate), taken: map[string]bool{}}
		c.groups[name] = g
	}
	return g
}

func (g *creationGroup) take(sid string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.taken[sid] = true
}

func (g *creationGroup) addUnresolved(n int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.unresolved += n
}

const (
	// uncertaintyBudget is how long a create whose POSTs keep ending in the unknown is repeated.
	uncertaintyBudget = 2 * time.Minute
	// uncertaintyAttempts is how many POSTs are made at least within the operation's timeout.
	uncertaintyAttempts = 6
	// lastLook is how long a create may look for what it made after its context has ended: Ctrl-C must stop everything
	// within a second.
	lastLook = 300 * time.Millisecond
)

// create carries out p, and repeats it until its fate is known.
func create[T any](ctx context.Context, c *Client, p creation[T]) (T, error) {
	var none T
	g := c.creations.group(p.group)
	started := time.Now()
	for attempt := 1; ; attempt++ {
		if err := g.gate.Acquire(ctx, 1); err != nil {
			return none, fmt.Errorf("waiting to create: %w", err)
		}
		object, err := p.post(ctx)
		switch {
		case err == nil:
			// Claimed before the gate opens for a look.
			g.take(p.sid(object))
			g.gate.Release(1)
			return object, nil
		case !unknownFate(err):
			g.gate.Release(1)
			return none, err
		}
		g.addUnresolved(1)
		g.gate.Release(1)

		object, found, resolveErr := resolve(ctx, c, g, p, attempt, err)
		g.addUnresolved(-1)
		if resolveErr != nil || found {
			return object, resolveErr
		}
		if time.Since(started) > uncertaintyBudget && attempt >= uncertaintyAttempts {
			return none, fmt.Errorf("%w; tried %d times over %s, and looked for each time: it does not exist",
				err, attempt, time.Since(started).Round(time.Second))
		}
	}
}

// resolve finds out what became of a POST that ended in lost. It reports whether the object was found.
func resolve[T any](ctx context.Context, c *Client, g *creationGroup, p creation[T], attempt int, lost error) (T, bool, error) {
	var none T
	waitErr := waitForLook(ctx, attempt)
	if waitErr != nil {
		// The operation is over. One short look decides whether the object can still be brought home.
		short, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastLook)
		defer cancel()
		ctx = short
	}
	if err := g.gate.Acquire(ctx, wholeGate); err != nil {
		return none, false, &UncertainCreateError{Err: lost}
	}
	defer g.gate.Release(wholeGate)
	objects, err := p.look(ctx)
	if err != nil {
		return none, false, &UncertainCreateError{Err: fmt.Errorf("%w; looking for it failed: %w", lost, err)}
	}

	g.mu.Lock()
	defer g.mu.Unlock()
	earliest := c.transport.earliestCreation(sentAt(lost))
	candidates := slices.DeleteFunc(objects, func(object T) bool {
		created := p.created(object)
		return !p.matches(object) || g.taken[p.sid(object)] || !created.IsZero() && created.Before(earliest)
	})
	// Who takes the oldest leaves the others theirs: what an earlier POST made is too old for a later one.
	slices.SortStableFunc(candidates, func(a, b T) int { return p.created(a).Compare(p.created(b)) })
	switch {
	case len(candidates) == 0 && isContextEnd(lost):
		// The POST was cut off on its way: Twilio may carry it out yet.
		return none, false, &UncertainCreateError{Err: lost}
	case len(candidates) == 0 && waitErr != nil:
		return none, false, lost
	case len(candidates) == 0:
		return none, false, nil
	case len(candidates) > g.unresolved:
		sids := make([]string, len(candidates))
		for i, object := range candidates {
			sids[i] = p.sid(object)
		}
		slices.Sort(sids)
		return none, false, &UncertainCreateError{Candidates: sids, Err: lost}
	}
	g.taken[p.sid(candidates[0])] = true
	return candidates[0], true, nil
}

// sentAt is when the POST that ended in lost was sent: what was there a second earlier was not made by it.
func sentAt(lost error) time.Time {
	e, _ := errors.AsType[*Error](lost)
	return e.sent
}

// waitForLook gives Twilio time before the attempt-th look: at least half a second, doubling, and then until the
// next full second. The Date header, by which objects that were there before are told from ours, has a resolution of
// one second; just after the turn of a second it is at its most exact.
func waitForLook(ctx context.Context, attempt int) error {
	pause := min(250*time.Millisecond<<min(attempt, 6), 8*time.Second)
	now := time.Now()
	timer := time.NewTimer(now.Add(pause).Truncate(time.Second).Add(time.Second + 20*time.Millisecond).Sub(now))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
