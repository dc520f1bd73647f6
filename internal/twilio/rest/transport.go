// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"net/http"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio/limit"
)

// attemptTransport makes the attempts of one request.
type attemptTransport struct{ *retryState }

// RoundTrip makes one attempt, as soon as the limiter allows it. The body of a good answer is in retryState.
func (t attemptTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	permit, err := t.limiter.Acquire(req.Context(), t.order)
	if err != nil {
		return nil, err
	}
	began := time.Now()
	a, f := t.attempt(req, t.body, t.idempotent)
	t.limiter.Release(permit, outcome(a, f))
	t.record(a, f)
	t.logAttempt(req, t.body, t.attempts, a, f, time.Since(began))
	if f != nil {
		f.err.sent = began
		return nil, f.err
	}
	return &http.Response{StatusCode: a.status, Body: http.NoBody, Request: req}, nil
}

// outcome is what an attempt tells the limiter about the account's limits.
func outcome(a answer, f *fault) limit.Outcome {
	switch {
	case f == nil:
		return limit.Accepted
	case f.err.Reason == Throttled:
		return limit.Throttled
	case a.status >= 400 && a.status < 500:
		return limit.Accepted
	}
	return limit.Unknown
}
