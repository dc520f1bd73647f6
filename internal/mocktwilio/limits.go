// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/api"
)

// RetryAfter is the form of the Retry-After header in throttled answers.
type RetryAfter int

// Modes of SetRetryAfter.
const (
	RetryAfterNone    RetryAfter = iota // no header
	RetryAfterSeconds                   // seconds, rounded up
	RetryAfterDate                      // an HTTP date, rounded up to a second
)

// RateWindow is how SetMaxPerSecond counts.
type RateWindow int

// Windows of SetRateWindow.
const (
	SlidingWindow RateWindow = iota // at most n in any second
	FixedWindow                     // at most n in each second of the clock
)

// limits throttle requests. They hold for each account by itself, parent or
// subaccount.
type limits struct {
	mu           sync.Mutex
	maxInFlight  int
	maxPerSecond int
	window       RateWindow
	retryAfter   RetryAfter
	accounts     map[string]*usage
}

type usage struct {
	inFlight int
	recent   []time.Time // arrivals of accepted requests within the last second, if there is a limit per second
}

// SetMaxInFlight limits the requests that an account has in flight. Requests
// above the limit are answered with 429, code 20429, and do nothing. 0 is no limit.
func (s *Server) SetMaxInFlight(n int) {
	s.limits.mu.Lock()
	defer s.limits.mu.Unlock()
	s.limits.maxInFlight = n
}

// SetMaxPerSecond limits the requests that an account makes in a second, not
// counting throttled ones. Requests above the limit are answered with 429, code
// 20429, and do nothing. 0 is no limit.
func (s *Server) SetMaxPerSecond(n int) {
	s.limits.mu.Lock()
	defer s.limits.mu.Unlock()
	s.limits.maxPerSecond = n
}

// SetRateWindow sets how SetMaxPerSecond counts. Default: SlidingWindow.
func (s *Server) SetRateWindow(w RateWindow) {
	s.limits.mu.Lock()
	defer s.limits.mu.Unlock()
	s.limits.window = w
}

// SetRetryAfter sets what throttled answers say. Default: RetryAfterNone.
func (s *Server) SetRetryAfter(mode RetryAfter) {
	s.limits.mu.Lock()
	defer s.limits.mu.Unlock()
	s.limits.retryAfter = mode
}

// SetLatency delays each request that is not throttled before it is carried out.
// It is carried out even if the client has left by then.
func (s *Server) SetLatency(d time.Duration) { s.latency.Store(int64(d)) }

// enter counts a request as in flight. It returns the number of the account's
// requests in flight, with this one. If the request is over a limit, it is not
// counted, and enter returns its response.
func (l *limits) enter(account string, now time.Time) (int, *api.Answer) {
	l.mu.Lock()
	defer l.mu.Unlock()
	u := l.accounts[account]
	if u == nil {
		if l.accounts == nil {
			l.accounts = make(map[string]*usage)
		}
		u = new(usage)
		l.accounts[account] = u
	}
	if l.maxInFlight > 0 && u.inFlight >= l.maxInFlight {
		// It is unknown when a request in flight will end. Twilio advises to wait a
		// second at first.
		return u.inFlight + 1, l.throttled(now, time.Second)
	}
	if l.maxPerSecond > 0 {
		if wait := l.wait(u, now); wait > 0 {
			return u.inFlight + 1, l.throttled(now, wait)
		}
		u.recent = append(u.recent, now)
	} else {
		u.recent = nil
	}
	u.inFlight++
	return u.inFlight, nil
}

// wait returns how long it takes until the account may make a request.
func (l *limits) wait(u *usage, now time.Time) time.Duration {
	since := now.Add(-time.Second)
	if l.window == FixedWindow {
		since = now.Truncate(time.Second).Add(-1)
	}
	old := 0
	for old < len(u.recent) && !u.recent[old].After(since) {
		old++
	}
	u.recent = u.recent[old:]
	over := len(u.recent) - l.maxPerSecond
	switch {
	case over < 0:
		return 0
	case l.window == FixedWindow:
		return now.Truncate(time.Second).Add(time.Second).Sub(now)
	default:
		return u.recent[over].Add(time.Second).Sub(now)
	}
}

func (l *limits) throttled(now time.Time, wait time.Duration) *api.Answer {
	a := api.Refuse(http.StatusTooManyRequests, 20429, "Too Many Requests")
	switch l.retryAfter {
	case RetryAfterSeconds:
		seconds := int((wait + time.Second - 1) / time.Second)
		a.Header = http.Header{"Retry-After": {strconv.Itoa(seconds)}}
	case RetryAfterDate:
		at := now.Add(wait + time.Second - 1).UTC()
		a.Header = http.Header{"Retry-After": {at.Format(http.TimeFormat)}}
	case RetryAfterNone:
	}
	return a
}

// leave ends a request that enter has counted.
func (l *limits) leave(account string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.accounts[account].inFlight--
}
