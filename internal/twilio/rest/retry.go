// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

const (
	// The n-th wait between attempts is random between 0 and backoffBase*2^(n-1), but at most backoffCap: exponential backoff
	// with full jitter.
	backoffBase = 200 * time.Millisecond
	backoffCap  = 10 * time.Second
	// faultBudget is how long a request is retried after consecutive faults other than 429. minAttempts is the minimum number of
	// attempts, even if they take longer.
	faultBudget = 2 * time.Minute
	minAttempts = 6
	// unheardBudget replaces both if the connection is refused or the host has no address, and the host has never responded
	// before. In this case, a wrong setting is more likely than an outage of Twilio.
	unheardBudget = 15 * time.Second
	// briefAttempts is the number of attempts for a host name that does not exist.
	briefAttempts = 3
)

// retryState is a request with the attempts made so far. It decides whether and when to make another one.
type retryState struct {
	*Client
	idempotent bool
	body       string
	host       string // redacted
	method     string
	path       string // redacted
	order      uint64 // requests that began earlier are sent first
	started    time.Time

	attempts   int
	throttled  int       // number of attempts that were answered with 429
	answer     answer    // response to the last attempt
	last       *fault    // fault of the last attempt; nil if there was none or it succeeded
	faults     int       // number of consecutive attempts with a fault other than 429
	firstFault time.Time // time of the first of these
	lastFault  string    // fault of the last attempt that the context did not end
	warned     time.Time // time of the last warning in the log
}

// do sends req until an attempt succeeds or is not worth retrying.
func (s *retryState) do(req *http.Request) ([]byte, error) {
	retryable, err := retryablehttp.FromRequest(req)
	if err != nil {
		return nil, s.failure(s.redact.error(err))
	}
	// Every request has its own client, because the hooks are not told which request they are called for.
	loop := &retryablehttp.Client{
		// attemptTransport has no CloseIdleConnections method, which go-retryablehttp would call after a failure and which would
		// close connections that other requests use.
		HTTPClient:   &http.Client{Transport: attemptTransport{s}},
		RetryMax:     math.MaxInt,
		CheckRetry:   s.check,
		Backoff:      func(time.Duration, time.Duration, int, *http.Response) time.Duration { return s.wait() },
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}
	resp, err := loop.Do(retryable)
	if err == nil {
		return s.answer.body, resp.Body.Close()
	}
	ended := req.Context().Err()
	switch {
	case s.last == nil && ended == nil:
		ended = s.redact.error(err)
	case s.last != nil && s.last.retry == retryNever && s.last.err.Status != 0:
		// Twilio's response is definite, even if the context has ended in the meantime.
		ended = nil
	}
	return nil, s.failure(ended)
}

// check decides after each attempt whether to make another one.
func (s *retryState) check(ctx context.Context, _ *http.Response, err error) (bool, error) {
	switch {
	case err == nil:
		// This applies even if ctx has ended, because the object that a create made must not be lost.
		return false, nil
	case ctx.Err() != nil, s.last == nil:
		return false, err
	}
	f := s.last
	if deadline, ok := ctx.Deadline(); ok && f.hasRetryAfter && time.Until(deadline) <= f.retryAfter {
		f.err.Err = errors.Join(f.err.Err, fmt.Errorf("the response asked to wait %s, but the timeout is sooner: %w", f.retryAfter, context.DeadlineExceeded))
		return false, err
	}
	repeated := s.repeats(f)
	if repeated && f.err.Reason != Throttled {
		s.warn(ctx)
	}
	return repeated, err
}

// repeats reports whether another attempt follows the fault f.
func (s *retryState) repeats(f *fault) bool {
	switch f.retry {
	case retryAny:
		return f.err.Reason == Throttled || s.withinBudget()
	case retryIdempotent:
		return s.idempotent && s.withinBudget()
	case retryBriefly:
		return s.faults < briefAttempts
	}
	return false
}

// nobodyThere reports whether the last attempt could not connect to a host that has never responded.
func (s *retryState) nobodyThere() bool {
	_, heard := s.heard.Load(s.host)
	return s.last.noHost && !heard
}

func (s *retryState) withinBudget() bool {
	if s.nobodyThere() {
		return time.Since(s.firstFault) < unheardBudget
	}
	return s.faults < minAttempts || time.Since(s.firstFault) < faultBudget
}

// wait returns the time to the next attempt. After a 429 the limiter decides, unless the response asks for a time.
func (s *retryState) wait() time.Duration {
	switch {
	case s.last.hasRetryAfter:
		// The jitter spreads requests that were asked to wait for the same time.
		return s.last.retryAfter + time.Duration(s.random()*float64(backoffBase))
	case s.last.err.Reason == Throttled:
		return 0
	}
	wait := time.Duration(s.random() * float64(min(backoffBase<<min(s.faults-1, 16), backoffCap)))
	if s.nobodyThere() {
		wait = min(wait, unheardBudget-time.Since(s.firstFault))
	}
	return wait
}

// record records how an attempt ended. f is nil if it succeeded.
func (s *retryState) record(a answer, f *fault) {
	s.attempts++
	s.answer, s.last = a, f
	if a.status != 0 {
		s.heard.Store(s.host, true)
	}
	if f != nil && !isContextEnd(f.err.Err) {
		s.lastFault = f.err.fault()
	}
	switch {
	case f == nil:
	case f.err.Reason == Throttled:
		s.throttled++
		s.faults = 0
	default:
		s.faults++
		if s.faults == 1 {
			s.firstFault = time.Now()
		}
	}
}

// failure returns the error of the whole request. ended is the error that ended the waiting, or nil if the last attempt's fault
// is final.
func (s *retryState) failure(ended error) *Error {
	e := &Error{Reason: Unreachable}
	if s.last != nil {
		e = s.last.err
	}
	e.Method, e.Path, e.Host = s.method, s.path, s.host
	e.LastFault = s.lastFault
	e.Attempts, e.Throttled, e.Elapsed = s.attempts, s.throttled, time.Since(s.started)
	switch {
	case ended == nil || errors.Is(e.Err, ended):
	case e.Err == nil:
		e.Err = ended
	default:
		e.Err = fmt.Errorf("%w: %w", ended, e.Err)
	}
	return e
}

// retryAfter parses a Retry-After header, which has seconds or an HTTP date. A date is compared with the Date header of the same
// response, because clocks may differ. The Date header has no fractions of a second, so the wait is never too short.
func retryAfter(header http.Header, received time.Time) (time.Duration, bool) {
	text := strings.TrimSpace(header.Get("Retry-After"))
	if seconds, err := strconv.ParseFloat(text, 64); err == nil {
		if !(seconds >= 0) { // also true for NaN
			return 0, false
		}
		return time.Duration(min(seconds, 1e9) * float64(time.Second)), true
	}
	until, err := http.ParseTime(text)
	if err != nil {
		return 0, false
	}
	now, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		now = received
	}
	return max(until.Sub(now), 0), true
}
