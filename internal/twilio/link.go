// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"errors"
	"time"
)

// link is the create of a mapping or an association: something that exists once or not at all, so that a look by its
// SID tells what became of a lost create.
type link[T any] struct {
	post func(context.Context) (T, error)
	look func(context.Context) (T, error)
}

// createLink carries out p, and repeats it until its fate is known. What was there before is an *AlreadyExistsError,
// unless an earlier POST of this call may have made it.
func createLink[T any](ctx context.Context, p link[T]) (T, error) {
	var none T
	started := time.Now()
	for attempt, doubtful := 1, false; ; attempt++ {
		object, err := p.post(ctx)
		if err == nil {
			return object, nil
		}
		lost := unknownFate(err)
		if lost {
			doubtful = true
			if waitForLook(ctx, attempt) != nil {
				short, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastLook)
				defer cancel()
				if object, lookErr := p.look(short); lookErr == nil {
					return object, nil
				}
				return none, &UncertainCreateError{Err: err}
			}
		}
		if !lost && !refused(err) {
			return none, err
		}
		object, lookErr := p.look(ctx)
		switch {
		case lookErr == nil && doubtful:
			return object, nil
		case lookErr == nil:
			return none, &AlreadyExistsError{Err: err}
		case !lost:
			// Refused for another reason than being there already.
			return none, err
		case !IsNotFound(lookErr):
			return none, &UncertainCreateError{Err: errors.Join(err, lookErr)}
		case time.Since(started) > uncertaintyBudget && attempt >= uncertaintyAttempts:
			return none, err
		}
	}
}

// refused reports whether Twilio turned a request down as it stands. Only for domains is the code of "already there"
// known, so that every refusal is worth one look.
func refused(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && (e.Reason == Rejected || e.Code == codeAlreadyMapped)
}
