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
	// The n-th wait between attempts is random between 0 and backoffBase*2^(n-1), at most backoffCap: exponential backoff
	// with full jitter.
	backoffBase = 200 * time.Millisecond
	backoffCap  = 10 * time.Second
	// faultBudget is how long faults other than 429 may follow each other before a request fails, and minAttempts how many
	// attempts it gets even if they take longer.
	faultBudget = 2 * time.Minute
	minAttempts = 6
	// unheardBudget takes the place of both if nobody is there: the connection is refused or the host has no address, and it
	// has never answered before. Then a setting is more likely wrong than Twilio is down.
	unheardBudget = 15 * time.Second
	// briefAttempts is how many attempts a host name that does not exist gets.
	briefAttempts = 3
)

// retryState is one request with the attempts made so far. It decides whether and when there is another.
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
	throttled  int       // attempts that were answered with 429
	answer     answer    // to the last attempt
	last       *fault    // of the last attempt; nil if there was none or it succeeded
	faults     int       // attempts in a row with another fault than 429
	firstFault time.Time // of these
	lastFault  string    // of the last attempt that the context did not end
	warned     time.Time // last warning in the log
}

// do sends req until an attempt succeeds or is not worth retrying.
func (s *retryState) do(req *http.Request) ([]byte, error) {
	retryable, err := retryablehttp.FromRequest(req)
	if err != nil {
		return nil, s.failure(s.redact.error(err))
	}
	// A client for every request, since the hooks are not told which request they are asked about.
	loop := &retryablehttp.Client{
		// attemptTransport has no CloseIdleConnections, which go-retryablehttp would call after a failure, and which would
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
		// Twilio's response is definite, although the context has ended meanwhile.
		ended = nil
	}
	return nil, s.failure(ended)
}

// check decides after each attempt whether there is another.
func (s *retryState) check(ctx context.Context, _ *http.Response, err error) (bool, error) {
	switch {
	case err == nil:
		// Even if ctx has ended: the object that a create made must not be lost.
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

// repeats decides whether the fault f is followed by another attempt.
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

// nobodyThere reports whether the last attempt found nobody at a host that has never answered.
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

// wait is the time to the next attempt. After a 429 the limiter decides on it, unless the response asks for a time.
func (s *retryState) wait() time.Duration {
	switch {
	case s.last.hasRetryAfter:
		// The jitter spreads requests that were asked to wait equally long.
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

// record notes how an attempt ended; f is nil if it succeeded.
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

// failure is the error of the whole request. ended is what ended the waiting, nil if the last attempt's fault is final.
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

// retryAfter reads a Retry-After header, which holds seconds or an HTTP date. A date is compared with the Date header of
// the same response, since clocks may differ. That header lacks fractions of a second, so that the wait is never too short.
func retryAfter(header http.Header, received time.Time) (time.Duration, bool) {
	text := strings.TrimSpace(header.Get("Retry-After"))
	if seconds, err := strconv.ParseFloat(text, 64); err == nil {
		if !(seconds >= 0) { // NaN too
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
