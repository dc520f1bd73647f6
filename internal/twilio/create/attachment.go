// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package create

import (
	"context"
	"time"
)

// Attachment creates something that exists once or not at all, so that a lookup by its SID shows whether an ambiguous POST was
// carried out.
type Attachment[T any] struct {
	// Post sends one POST.
	Post func(context.Context) (T, error)
	// Lookup reads the attachment and reports whether it exists. If it returns an error, its other results have no meaning.
	Lookup func(context.Context) (T, bool, error)
	// Refused reports whether a POST may have failed with err because the attachment already exists.
	Refused func(err error) bool
}

// Do creates the attachment. If it already exists, the error is an *AlreadyExistsError, unless an earlier POST of this call may
// have created it.
func (a Attachment[T]) Do(ctx context.Context, c *Claims) (T, error) {
	var none T
	started := time.Now()
	lookup, cancel := withGrace(ctx)
	defer cancel()
	for attempt, mayBeOurs := 1, false; ; attempt++ {
		made, err := a.Post(ctx)
		if err == nil {
			return made, nil
		}
		ambiguous := c.Ambiguous(err)
		if !ambiguous && !a.Refused(err) {
			return none, err
		}
		mayBeOurs = mayBeOurs || ambiguous
		found, exists, ended, lookupErr := a.lookUp(ctx, lookup, c, attempt, err)
		switch {
		case exists && mayBeOurs:
			return found, nil
		case exists:
			return none, &AlreadyExistsError{Err: err}
		case !ambiguous:
			// Twilio refused the POST for another reason.
			return none, err
		case lookupErr != nil:
			return none, &UncertainError{Err: err, LookupErr: lookupErr}
		case isContextEnd(err), ended && c.InProgress(err):
			// The POST may still be carried out.
			return none, &UncertainError{Err: err}
		case ended, exhausted(started, attempt):
			return none, err
		}
	}
}

// lookUp looks for the attachment after a POST failed with postErr: once, or until settleTime has passed if the POST may still be
// carried out. ended is set if ctx has ended.
func (a Attachment[T]) lookUp(ctx, lookup context.Context, c *Claims, attempt int, postErr error) (found T, exists, ended bool, err error) {
	if !c.Ambiguous(postErr) {
		found, exists, err = a.Lookup(ctx)
		return found, exists, false, err
	}
	for failed := time.Now(); ; {
		ended = waitForLookup(ctx, attempt)
		found, exists, err = a.Lookup(lookup)
		if exists || err != nil || ended || !c.InProgress(postErr) || time.Since(failed) > settleTime {
			return found, exists, ended, err
		}
	}
}
