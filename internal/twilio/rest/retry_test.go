// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

func testState(t *testing.T, idempotent bool, f *fault) *retryState {
	t.Helper()
	return &retryState{Client: newTestClient(t, Config{}), idempotent: idempotent, started: time.Now(), last: f}
}

// The jitter is at its maximum in all of these.
func TestBackoff(t *testing.T) {
	serverError := &fault{err: &Error{Reason: ServerError}}
	throttled := &fault{err: &Error{Reason: Throttled}}
	for _, test := range []struct {
		last   *fault
		faults int
		want   time.Duration
	}{
		{serverError, 1, 200 * ms},
		{serverError, 2, 400 * ms},
		{serverError, 6, 6400 * ms},
		{serverError, 7, 10 * time.Second},
		{serverError, 100, 10 * time.Second},
		{throttled, 0, 0},
		{&fault{err: throttled.err, hasRetryAfter: true, retryAfter: 7 * time.Second}, 0, 7200 * ms},
		{&fault{err: serverError.err, hasRetryAfter: true}, 9, 200 * ms},
	} {
		s := testState(t, true, test.last)
		s.faults, s.random = test.faults, func() float64 { return 1 }
		if got := s.wait(); got != test.want {
			t.Errorf("%s, %d faults: waits %s, want %s", test.last.err.Reason, test.faults, got, test.want)
		}
	}
}

func TestCheck(t *testing.T) {
	const minute = time.Minute
	for name, test := range map[string]struct {
		retry         retryPolicy
		reason        Reason
		nonIdempotent bool
		faults        int
		since         time.Duration // time since the first fault
		want          bool
	}{
		"never":                                  {retry: retryNever, reason: Rejected},
		"throttled for long":                     {retry: retryAny, reason: Throttled, nonIdempotent: true, faults: 99, since: time.Hour, want: true},
		"unsent":                                 {retry: retryAny, reason: Unreachable, nonIdempotent: true, faults: 1, want: true},
		"unsent for long":                        {retry: retryAny, reason: Unreachable, nonIdempotent: true, faults: 6, since: 2 * minute},
		"idempotent":                             {retry: retryIdempotent, reason: ServerError, faults: 1, want: true},
		"not idempotent":                         {retry: retryIdempotent, reason: ServerError, nonIdempotent: true, faults: 1},
		"few attempts that took long":            {retry: retryIdempotent, reason: ServerError, faults: 5, since: time.Hour, want: true},
		"many attempts in less than two minutes": {retry: retryIdempotent, reason: ServerError, faults: 99, since: 2*minute - 1, want: true},
		"enough attempts in two minutes":         {retry: retryIdempotent, reason: ServerError, faults: 6, since: 2 * minute},
		"host name that does not exist, 2 times": {retry: retryBriefly, reason: Unreachable, faults: 2, want: true},
		"host name that does not exist, 3 times": {retry: retryBriefly, reason: Unreachable, faults: 3},
	} {
		synctest.Test(t, func(t *testing.T) {
			failed := &Error{Reason: test.reason}
			s := testState(t, !test.nonIdempotent, &fault{err: failed, retry: test.retry})
			s.faults, s.firstFault = test.faults, time.Now().Add(-test.since)
			if got, err := s.check(t.Context(), nil, failed); got != test.want || !errors.Is(err, failed) {
				t.Errorf("%s: %t, %v", name, got, err)
			}
			ended, cancel := context.WithCancel(t.Context())
			cancel()
			if got, _ := s.check(ended, nil, failed); got {
				t.Errorf("%s: another attempt after the context has ended", name)
			}
		})
	}
}

// A server that asks for all of the remaining time, or more, ends the request.
func TestCheckHoldsRetryAfterAgainstTheDeadline(t *testing.T) {
	for left, want := range map[time.Duration]bool{7*time.Second - 1: false, 7 * time.Second: false, 7*time.Second + 1: true} {
		synctest.Test(t, func(t *testing.T) {
			s := testState(t, false, &fault{err: &Error{Reason: Throttled}, retry: retryAny, hasRetryAfter: true, retryAfter: 7 * time.Second})
			ctx, cancel := context.WithTimeout(t.Context(), left)
			defer cancel()
			if got, err := s.check(ctx, nil, s.last.err); got != want || errors.Is(err, context.DeadlineExceeded) == want {
				t.Errorf("%s left: %t, %v", left, got, err)
			}
			// Without Retry-After, a deadline is no reason to give up.
			s.last.hasRetryAfter = false
			if got, _ := s.check(ctx, nil, s.last.err); !got {
				t.Errorf("%s left: no attempt without Retry-After", left)
			}
		})
	}
}

// A series of faults starts again after a 429, and is counted from its first fault.
func TestRecord(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := testState(t, true, nil)
		serverError, throttled := &fault{err: &Error{Reason: ServerError}}, &fault{err: &Error{Reason: Throttled}}
		for _, f := range []*fault{serverError, throttled, serverError, serverError} {
			time.Sleep(time.Second)
			s.record(answer{}, f)
		}
		if s.attempts != 4 || s.throttled != 1 || s.faults != 2 || time.Since(s.firstFault) != time.Second || s.last != serverError {
			t.Errorf("%+v", s)
		}
		s.record(answer{status: 200}, nil)
		if s.attempts != 5 || s.last != nil || s.answer.status != 200 {
			t.Errorf("%+v", s)
		}
	})
}

func TestRetryAfterHeader(t *testing.T) {
	received := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Duration{
		"0": 0, "3": 3 * time.Second, " 1.5 ": 1500 * ms, "1e12": 1e9 * time.Second,
		received.Add(time.Minute).Format(http.TimeFormat): time.Minute, received.Add(-time.Minute).Format(http.TimeFormat): 0,
		"": -1, "-1": -1, "NaN": -1, "soon": -1,
	} {
		got, ok := retryAfter(http.Header{"Retry-After": {text}}, received)
		if ok != (want >= 0) || ok && got != want {
			t.Errorf("%q: %s, %t", text, got, ok)
		}
	}
}
