// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package create

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"
)

var errRefused = errors.New("refused")

// attach creates an attachment with scripted responses to POSTs and lookups. The last response of each is repeated.
func attach(ctx context.Context, posts []error, lookups []any) (made string, posted, lookedUp int, err error) {
	claims := &Claims{
		Ambiguous:  func(err error) bool { return errors.Is(err, errAmbiguous) },
		InProgress: func(err error) bool { return errors.Is(err, errInProgress) },
	}
	made, err = Attachment[string]{
		Post: func(context.Context) (string, error) {
			posted++
			if err := posts[min(posted, len(posts))-1]; err != nil {
				return "", err
			}
			return "made", nil
		},
		Lookup: func(ctx context.Context) (string, bool, error) {
			lookedUp++
			switch answer := lookups[min(lookedUp, len(lookups))-1].(type) {
			case bool:
				return "found", answer, nil
			case time.Duration:
				select {
				case <-ctx.Done():
					return "", false, ctx.Err()
				case <-time.After(answer):
					return "found", true, nil
				}
			default:
				return "", false, errLookup
			}
		},
		Refused: func(err error) bool { return errors.Is(err, errRefused) },
	}.Do(ctx, claims)
	return made, posted, lookedUp, err
}

func TestAttachment(t *testing.T) {
	for name, test := range map[string]struct {
		posts            []error
		lookups          []any
		want             string
		err              error
		exists           bool
		uncertain        bool
		posted, lookedUp int
	}{
		"answered":                        {posts: []error{nil}, want: "made", posted: 1},
		"definite error":                  {posts: []error{errDefinite}, err: errDefinite, posted: 1},
		"existed before":                  {posts: []error{errRefused}, lookups: []any{true}, err: errRefused, exists: true, posted: 1, lookedUp: 1},
		"refused for another reason":      {posts: []error{errRefused}, lookups: []any{false}, err: errRefused, posted: 1, lookedUp: 1},
		"refused, lookup fails":           {posts: []error{errRefused}, lookups: []any{nil}, err: errRefused, posted: 1, lookedUp: 1},
		"lost after the work":             {posts: []error{errAmbiguous}, lookups: []any{true}, want: "found", posted: 1, lookedUp: 1},
		"lost before the work":            {posts: []error{errAmbiguous, nil}, lookups: []any{false}, want: "made", posted: 2, lookedUp: 1},
		"carried out after the lookup":    {posts: []error{errAmbiguous, errRefused}, lookups: []any{false, true}, want: "found", posted: 2, lookedUp: 2},
		"lost, and then refused for good": {posts: []error{errAmbiguous, errRefused}, lookups: []any{false}, err: errRefused, posted: 2, lookedUp: 2},
		// There are six lookups in the six seconds after the POST.
		"carried out seconds later": {posts: []error{errInProgress}, lookups: []any{false, false, false, true}, want: "found", posted: 1, lookedUp: 4},
		"may still be carried out":  {posts: []error{errInProgress, nil}, lookups: []any{false}, want: "made", posted: 2, lookedUp: 6},
		"lost, and lookup fails":    {posts: []error{errAmbiguous}, lookups: []any{nil}, err: errLookup, uncertain: true, posted: 1, lookedUp: 1},
		// Lookups after 1, 3, 6, 11, 20 s, and then every 9 s.
		"lost for two minutes": {posts: []error{errAmbiguous}, lookups: []any{false}, err: errAmbiguous, posted: 17, lookedUp: 17},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				got, posted, lookedUp, err := attach(t.Context(), test.posts, test.lookups)
				if got != test.want || !errors.Is(err, test.err) || posted != test.posted || lookedUp != test.lookedUp {
					t.Errorf("got %q, %v after %d POSTs and %d lookups", got, err, posted, lookedUp)
				}
				_, exists := errors.AsType[*AlreadyExistsError](err)
				_, uncertain := errors.AsType[*UncertainError](err)
				if exists != test.exists || uncertain != test.uncertain {
					t.Errorf("got a %T: %v", err, err)
				}
			})
		})
	}
}

func TestInterruptedAttachment(t *testing.T) {
	for name, test := range map[string]struct {
		post      error
		lookup    any
		want      string
		uncertain bool
		takes     time.Duration
	}{
		"found":                      {errAmbiguous, true, "found", false, 0},
		"found just in time":         {errAmbiguous, 5299 * time.Millisecond, "found", false, 5299 * time.Millisecond},
		"lookup takes too long":      {errAmbiguous, 5301 * time.Millisecond, "", true, 5300 * time.Millisecond},
		"not found":                  {errAmbiguous, false, "", false, 0},
		"not found, POST on its way": {fmt.Errorf("%w: %w", errAmbiguous, context.Canceled), false, "", true, 0},
		"lookup fails":               {errAmbiguous, nil, "", true, 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
				defer cancel()
				began := time.Now()
				got, posted, lookedUp, err := attach(ctx, []error{test.post}, []any{test.lookup})
				if took := time.Since(began); took != 100*time.Millisecond+test.takes {
					t.Errorf("took %s", took)
				}
				_, uncertain := errors.AsType[*UncertainError](err)
				if got != test.want || uncertain != test.uncertain || (err == nil) != (test.want != "") || err != nil && !errors.Is(err, errAmbiguous) || posted != 1 || lookedUp != 1 {
					t.Errorf("got %q, %v after %d POSTs and %d lookups", got, err, posted, lookedUp)
				}
			})
		})
	}
}
