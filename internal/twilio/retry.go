// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

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
	// backoffBase and backoffCap bound the waits between attempts: the n-th wait is random between 0 and backoffBase*2^(n-1),
	// at most backoffCap (exponential backoff with full jitter).
	backoffBase = 200 * time.Millisecond
	backoffCap  = 10 * time.Second
	// faultBudget is how long faults other than 429 may follow each other before a call fails, and minAttempts how many
	// attempts they get even so.
	faultBudget = 2 * time.Minute
	minAttempts = 6
	// briefAttempts is how often a host name that does not exist is looked up.
	briefAttempts = 3
)

// call is one request with all its attempts. It is the state of the retry policy.
type call struct {
	t       *transport
	options callOptions
	order   uint64 // calls that began earlier are served first
	started time.Time

	attempts   int
	throttled  int
	last       *fault    // of the last attempt; nil if there was none or it succeeded
	faults     int       // attempts in a row with another fault
	firstFault time.Time // of these
}

// client makes go-retryablehttp's loop around the attempts of c. The loop is theirs; the policy is ours. It is made for
// every call since their hooks do not know which call they are asked about.
func (c *call) client(body []byte) *retryablehttp.Client {
	return &retryablehttp.Client{
		// The value has no CloseIdleConnections method: they would call it at the end of every failed call, and close
		// connections that other calls use.
		HTTPClient: &http.Client{Transport: attempts{c, body}},
		RetryMax:   math.MaxInt,
		CheckRetry: c.check,
		Backoff: func(time.Duration, time.Duration, int, *http.Response) time.Duration {
			return c.wait()
		},
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}
}

// check decides after each attempt whether there is another.
func (c *call) check(ctx context.Context, _ *http.Response, err error) (bool, error) {
	switch {
	case err == nil:
		// Also when ctx has ended: what a create made must not be lost.
		return false, nil
	case ctx.Err() != nil, c.last == nil:
		return false, err
	}
	f := c.last
	if f.hasRetry && c.passesDeadline(ctx, f.retryAfter) {
		f.err.Err = errors.Join(f.err.Err, fmt.Errorf("asked to wait %s, but the timeout is sooner: %w", f.retryAfter, context.DeadlineExceeded))
		return false, err
	}
	switch f.repeat {
	case always:
		return f.err.Reason == Throttled || c.withinBudget(), err
	case ifRepeatable:
		return c.options.repeatable && c.withinBudget(), err
	case briefly:
		return c.faults < briefAttempts, err
	}
	return false, err
}

func (c *call) passesDeadline(ctx context.Context, wait time.Duration) bool {
	deadline, ok := ctx.Deadline()
	return ok && time.Until(deadline) <= wait
}

func (c *call) withinBudget() bool {
	return c.faults < minAttempts || time.Since(c.firstFault) < faultBudget
}

// wait is the time to the next attempt. After a 429 the limiter decides on it, unless the answer asks for a time.
func (c *call) wait() time.Duration {
	if c.last.hasRetry {
		// The jitter keeps those that were asked the same from coming back at once.
		return c.last.retryAfter + time.Duration(c.t.random()*float64(backoffBase))
	}
	if c.last.err.Reason == Throttled {
		return 0
	}
	ceiling := min(backoffBase<<min(c.faults-1, 16), backoffCap)
	return time.Duration(c.t.random() * float64(ceiling))
}

// record takes the outcome of one attempt, nil if it succeeded.
func (c *call) record(f *fault) {
	c.attempts++
	c.last = f
	switch {
	case f == nil:
	case f.err.Reason == Throttled:
		c.throttled++
		c.faults = 0
	default:
		c.faults++
		if c.faults == 1 {
			c.firstFault = time.Now()
		}
	}
}

// failure is the error of the whole call. ended is what ended the waiting, nil if an attempt's fault was final.
func (c *call) failure(req *http.Request, ended error) *Error {
	e := &Error{Reason: Unreachable}
	if c.last != nil {
		e = c.last.err
	}
	e.Method, e.Path = req.Method, c.t.redact.text(req.URL.Path)
	e.Attempts, e.Throttled, e.Elapsed = c.attempts, c.throttled, time.Since(c.started)
	if ended != nil && !errors.Is(e.Err, ended) {
		if e.Err == nil {
			e.Err = ended
		} else {
			e.Err = fmt.Errorf("%w: %w", ended, e.Err)
		}
	}
	return e
}

// retryAfter reads a Retry-After header, seconds or an HTTP date. A date is the server's, so it is held against the
// Date header of the same answer: clocks may differ. That header is cut down to the second, hence the wait is never too
// short.
func retryAfter(header http.Header, received time.Time) (time.Duration, bool) {
	text := strings.TrimSpace(header.Get("Retry-After"))
	if text == "" {
		return 0, false
	}
	if seconds, err := strconv.ParseFloat(text, 64); err == nil {
		if !(seconds >= 0) {
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
