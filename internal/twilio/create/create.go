// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package create repeats a create until its outcome is known. Twilio has no idempotency key: a POST that ended in a server
// error, a broken connection or a timeout is ambiguous, since it may or may not have been carried out. Such a create is
// looked up before it is repeated.
//
// An Object gets a new SID from every POST, so that the lookup must tell which objects this create can have made. An
// Attachment exists once or not at all. The package knows nothing of Twilio's objects and requests.
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
	// budget is how long a create whose POSTs all end ambiguously is repeated.
	budget = 2 * time.Minute
	// minAttempts is how many POSTs it gets even if they take longer.
	minAttempts = 6
	// firstWait is how long a create waits at least before its first lookup, and longestWait before any.
	firstWait   = 500 * time.Millisecond
	longestWait = 8 * time.Second
	// afterFullSecond makes sure that the second has begun on a clock that is slightly behind, too.
	afterFullSecond = 20 * time.Millisecond
	// settleTime is how long lookups go on at least before a POST is repeated that may still be carried out.
	settleTime = 6 * time.Second
	// grace is how long after its context has ended a create may still look for its object: the five seconds that a POST on the
	// wire gets to end, and a moment for the lookup.
	grace = 5*time.Second + 300*time.Millisecond
)

// Claims tells the creates of one API client apart: which object belongs to which create.
type Claims struct {
	// Ambiguous reports whether a POST that failed with err may have been carried out.
	Ambiguous func(err error) bool
	// InProgress reports whether a POST that failed ambiguously with err may be carried out even later.
	InProgress func(err error) bool
	// EarliestCreation is the earliest date of creation that an object can have if the POST that failed with err made it.
	EarliestCreation func(err error) time.Time

	mu     sync.Mutex
	groups map[string]*group
}

// group is what creates that send the same fields to the same collection share. Their objects cannot be told apart.
type group struct {
	// lock is held in part by each POST on its way, and wholly by a lookup.
	lock *semaphore.Weighted
	mu   sync.Mutex
	// unresolved counts creates whose last POST ended ambiguously.
	unresolved int
	// lost counts POSTs that ended ambiguously and whose objects were not found.
	lost int
	// claimed has the SIDs of objects that belong to a create, from its response or its lookup.
	claimed map[string]bool
}

// wholeLock is more than there can be POSTs at once.
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

// exhausted reports whether a create that has ended ambiguously so often is to be given up.
func exhausted(started time.Time, attempt int) bool {
	return time.Since(started) > budget && attempt >= minAttempts
}

// waitForLookup waits until a lookup after the attempt-th POST may begin, and reports whether ctx has ended. Twilio gets time
// to finish: at least firstWait, twice as long each time up to longestWait, and then until just after the next full second.
// The Date header, by which objects that existed before are told from new ones, has a resolution of one second, and is most
// exact then if the clocks agree.
//
// If ctx ends meanwhile, the last lookup may begin at once, so that an object that was made is not lost.
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

// UncertainError reports that a create may or may not have been carried out, and that a lookup did not decide it.
type UncertainError struct {
	// Candidates are the SIDs of the objects that this create may have made. It may be empty.
	Candidates []string
	// Err is why the create failed.
	Err error
	// LookupErr is why the lookup failed. It is nil if the lookup did not fail, or was not made.
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

// Unwrap returns the causes.
func (e *UncertainError) Unwrap() []error {
	if e.LookupErr == nil {
		return []error{e.Err}
	}
	return []error{e.Err, e.LookupErr}
}

// SuperfluousError reports that an object was created, and that repeated POSTs made further ones, which could not be deleted.
type SuperfluousError struct {
	// SIDs are those of the further objects. They may include one that someone else made.
	SIDs []string
	// Err is why they were not deleted.
	Err error
}

// Error names the further objects.
func (e *SuperfluousError) Error() string {
	return fmt.Sprintf("created, but a repeated request may also have created %s: %v", strings.Join(e.SIDs, " and "), e.Err)
}

// Unwrap returns the cause.
func (e *SuperfluousError) Unwrap() error { return e.Err }

// AlreadyExistsError reports that the attachment that was to be created existed before.
type AlreadyExistsError struct {
	// Err is Twilio's response.
	Err error
}

// Error says so, with Twilio's response.
func (e *AlreadyExistsError) Error() string { return fmt.Sprintf("it exists already: %v", e.Err) }

// Unwrap returns Twilio's response.
func (e *AlreadyExistsError) Unwrap() error { return e.Err }
