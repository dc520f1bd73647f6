// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package create

import (
	"context"
	"errors"
	"time"
)

// Attachment is the create of something that exists once or not at all, so that a lookup by its SID decides whether an
// ambiguous POST was carried out.
type Attachment[T any] struct {
	// Post makes one POST.
	Post func(context.Context) (T, error)
	// Lookup reads the attachment, and reports whether it exists. With an error, the report means nothing.
	Lookup func(context.Context) (T, bool, error)
	// Refused reports whether a POST may have failed with err because the attachment exists already.
	Refused func(err error) bool
}

// Do creates the attachment. If it existed before, the error is an *AlreadyExistsError, unless an earlier POST of this call
// may have made it.
func (a Attachment[T]) Do(ctx context.Context, c *Claims) (T, error) {
	var none T
	started := time.Now()
	for attempt, mayBeOurs := 1, false; ; attempt++ {
		made, err := a.Post(ctx)
		if err == nil {
			return made, nil
		}
		ambiguous, ended := c.Ambiguous(err), false
		if !ambiguous && !a.Refused(err) {
			return none, err
		}
		lookup, cancel := ctx, func() {}
		if ambiguous {
			mayBeOurs = true
			lookup, cancel, ended = waitForLookup(ctx, attempt)
		}
		found, exists, lookupErr := a.Lookup(lookup)
		cancel()
		switch {
		case exists && mayBeOurs:
			return found, nil
		case exists:
			return none, &AlreadyExistsError{Err: err}
		case !ambiguous:
			// Refused for another reason.
			return none, err
		case lookupErr != nil:
			return none, &UncertainError{Err: errors.Join(err, lookupErr)}
		case isContextEnd(err):
			// The POST was interrupted on its way, and Twilio may still carry it out.
			return none, &UncertainError{Err: err}
		case ended, exhausted(started, attempt):
			return none, err
		}
	}
}
