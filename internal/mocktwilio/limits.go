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

// RetryAfter is the form of the Retry-After header in throttled responses.
type RetryAfter int

// Forms of the Retry-After header.
const (
	RetryAfterNone    RetryAfter = iota // no header
	RetryAfterSeconds                   // seconds, rounded up
	RetryAfterDate                      // an HTTP date, rounded up to a second
)

// RateWindow is how SetMaxPerSecond counts requests.
type RateWindow int

// Windows of SetRateWindow.
const (
	SlidingWindow RateWindow = iota // at most n in any second
	FixedWindow                     // at most n in each second of the clock
)

// limits throttle requests. They apply to each account separately, whether it is the parent account or a subaccount.
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

// SetMaxInFlight limits the number of requests that an account has in flight. Requests above the limit are answered with 429,
// code 20429, and have no effect. 0 means no limit.
func (s *Server) SetMaxInFlight(n int) {
	s.limits.mu.Lock()
	defer s.limits.mu.Unlock()
	s.limits.maxInFlight = n
}

// SetMaxPerSecond limits the number of requests of an account per second, without throttled requests. Requests above the limit
// are answered with 429, code 20429, and have no effect. 0 means no limit.
func (s *Server) SetMaxPerSecond(n int) {
	s.limits.mu.Lock()
	defer s.limits.mu.Unlock()
	s.limits.maxPerSecond = n
}

// SetRateWindow sets how SetMaxPerSecond counts. It defaults to SlidingWindow.
func (s *Server) SetRateWindow(w RateWindow) {
	s.limits.mu.Lock()
	defer s.limits.mu.Unlock()
	s.limits.window = w
}

// SetRetryAfter sets the Retry-After header of throttled responses. It defaults to RetryAfterNone.
func (s *Server) SetRetryAfter(mode RetryAfter) {
	s.limits.mu.Lock()
	defer s.limits.mu.Unlock()
	s.limits.retryAfter = mode
}

// SetLatency delays each request that is not throttled before it is carried out, even if the client has left by then.
func (s *Server) SetLatency(d time.Duration) { s.latency.Store(int64(d)) }

// enter counts a request as in flight and returns the number of the account's requests in flight, including this one. If the
// request exceeds a limit, enter does not count it and returns its response.
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
		// It is unknown when a request in flight will end. Twilio recommends a first wait of one second.
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
