// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package create repeats a create until its outcome is known. Twilio has no idempotency keys. If a POST ends with a server error,
// a broken connection, or a timeout, it is ambiguous: it may or may not have been carried out. The package then looks for the
// object before it repeats the POST.
//
// An Object gets a new SID with every POST, so the lookup must determine which objects this create may have made. An Attachment
// exists once or not at all. The package does not depend on the kinds of objects or on how they are requested.
package create

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"
)

const (
	// budget is how long a create is repeated while all its POSTs end ambiguously.
	budget = 2 * time.Minute
	// minAttempts is the minimum number of POSTs, even if they take longer than budget.
	minAttempts = 6
	// firstWait is the minimum time before the first lookup, and longestWait the maximum time before any lookup.
	firstWait   = 500 * time.Millisecond
	longestWait = 8 * time.Second
	// afterFullSecond makes sure that the next second has also begun on a clock that is slightly behind.
	afterFullSecond = 20 * time.Millisecond
	// settleTime is the minimum time for lookups before a POST is repeated that may still be carried out.
	settleTime = 6 * time.Second
	// grace is how long a create may look for its object after its context has ended: the five seconds that a POST in flight gets
	// to end, and some time for the lookup.
	grace = 5*time.Second + 300*time.Millisecond
)

// Claims records which object belongs to which create of an API client.
type Claims struct {
	// Ambiguous reports whether a POST that failed with err may have been carried out.
	Ambiguous func(err error) bool
	// InProgress reports whether an ambiguous POST that failed with err may still be carried out later.
	InProgress func(err error) bool
	// EarliestCreation returns the earliest creation date that an object can have if the POST that failed with err made it.
	EarliestCreation func(err error) time.Time

	mu     sync.Mutex
	groups map[string]*group
}

// group is shared by creates that send the same fields to the same collection. Their objects cannot be told apart.
type group struct {
	// lock is held partly by each POST in progress, and completely by a lookup.
	lock *semaphore.Weighted
	mu   sync.Mutex
	// unresolved counts creates whose last POST ended ambiguously.
	unresolved int
	// lost counts POSTs that ended ambiguously and whose objects were not found.
	lost int
	// claimed has the SIDs of objects that belong to a create, from its response or its lookup.
	claimed map[string]bool
}

// wholeLock is greater than the possible number of POSTs at the same time.
const wholeLock = 1 << 30

func (c *Claims) group(name string) *group {
	c.mu.Lock()
	defer c.mu.Unlock()
	g := c.groups[name]
	if g == nil {
		if c.groups == nil {
			c.groups = map[string]*group{}
		}
		g = &group{lock: semaphore.NewWeighted(wholeLock), claimed: map[string]bool{}}
		c.groups[name] = g
	}
	return g
}

// exhausted reports whether to give up a create after this many ambiguous attempts.
func exhausted(started time.Time, attempt int) bool {
	return time.Since(started) > budget && attempt >= minAttempts
}

// waitForLookup waits until the lookup after the given attempt may begin, and reports whether ctx has ended. The wait gives
// Twilio time to finish: at least firstWait, doubled each time up to longestWait, and then until just after the next full second.
// The Date header, which tells older objects from new ones, has a resolution of one second and is most exact at that moment if
// the clocks agree.
//
// If ctx ends during the wait, a last lookup may begin at once, so that an object that was created is not lost.
func waitForLookup(ctx context.Context, attempt int) (ended bool) {
	wait := min(firstWait<<min(attempt-1, 6), longestWait)
	now := time.Now()
	timer := time.NewTimer(now.Add(wait).Truncate(time.Second).Add(time.Second + afterFullSecond).Sub(now))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return true
	case <-timer.C:
		return ctx.Err() != nil
	}
}

// withGrace returns a context for lookups, which ends when grace has passed after the end of ctx.
func withGrace(ctx context.Context) (context.Context, context.CancelFunc) {
	lookup, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		select {
		case <-lookup.Done():
		case <-time.After(grace):
			cancel()
		}
	})
	return lookup, func() {
		stop()
		cancel()
	}
}

func isContextEnd(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// UncertainError reports that a create may or may not have been carried out, and that a lookup did not show which.
type UncertainError struct {
	// Candidates are the SIDs of objects that this create may have made. It may be empty.
	Candidates []string
	// Err is the error of the create.
	Err error
	// LookupErr is the error of the lookup. It is nil if the lookup succeeded or was not made.
	LookupErr error
}

// Error names the candidates.
func (e *UncertainError) Error() string {
	switch {
	case e.LookupErr != nil:
		return fmt.Sprintf("it is unknown whether the object was created: %v; looking it up failed: %v", e.Err, e.LookupErr)
	case len(e.Candidates) == 0:
		return fmt.Sprintf("it is unknown whether the object was created: %v", e.Err)
	}
	return fmt.Sprintf("it is unknown whether the object was created, perhaps as %s: %v", strings.Join(e.Candidates, " or "), e.Err)
}

// Unwrap returns both causes.
func (e *UncertainError) Unwrap() []error {
	if e.LookupErr == nil {
		return []error{e.Err}
	}
	return []error{e.Err, e.LookupErr}
}

// SuperfluousError reports that an object was created, and that repeated POSTs created duplicates, which could not be deleted.
type SuperfluousError struct {
	// SIDs are the SIDs of the duplicates. They may include an object that someone else made.
	SIDs []string
	// Err is the reason why they were not deleted.
	Err error
}

// Error names the duplicates.
func (e *SuperfluousError) Error() string {
	return fmt.Sprintf("created, but a repeated request may also have created %s: %v", strings.Join(e.SIDs, " and "), e.Err)
}

// Unwrap returns the cause.
func (e *SuperfluousError) Unwrap() error { return e.Err }

// AlreadyExistsError reports that an attachment already exists.
type AlreadyExistsError struct {
	// Err is Twilio's response.
	Err error
}

// Error returns the message with Twilio's response.
func (e *AlreadyExistsError) Error() string { return fmt.Sprintf("already exists: %v", e.Err) }

// Unwrap returns Twilio's response.
func (e *AlreadyExistsError) Unwrap() error { return e.Err }
