// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package limit limits the number of requests in flight and the rate at which they are sent. Twilio does not publish its limits
// for this API and answers 429 to requests that exceed them, so the package learns both limits from the responses.
package limit

import (
	"cmp"
	"context"
	"math"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

const (
	// increase is what each accepted attempt adds to the window and to the pace. narrow and slow are the factors by which a 429
	// reduces them. If three attempts may be in flight, trying for more costs one 429 per twelve accepted attempts.
	increase, narrow, slow = 0.08, 0.75, 0.9
	// firstPause is shorter than most responses take, so that an occasional 429 costs little. Each consecutive pause is longer by
	// a factor of pauseGrowth, up to maxPause. The end of an outage may be noticed that late.
	firstPause, pauseGrowth, maxPause = 15 * time.Millisecond, 1.5, time.Second
	// longestRow consecutive pauses last longer than a second. No limit per second rejects everything for that long.
	longestRow = 10
	// leastPace is the slowest initial pace, because a second with fewer accepted attempts says little about the limit.
	leastPace = 5
)

// Outcome is what an attempt says about the account's limits.
type Outcome int

// Outcomes of an attempt.
const (
	Unknown   Outcome = iota // an error that is not about limits
	Accepted                 // a response other than 429
	Throttled                // 429
)

// Limiter decides when each attempt of a request may be sent. It is safe for concurrent use and starts no goroutines.
//
// The window is the number of attempts that may be in flight. A 429 narrows it if other attempts were in flight. If the attempt
// was alone, the number of attempts cannot be the cause. All attempts then pause, and one at a time tries again. The pace, which
// is the number of attempts per second, is set to the recent number of accepted attempts. Accepted attempts widen the window and
// increase the pace.
type Limiter struct {
	mu       sync.Mutex
	max      float64
	window   float64
	inFlight int
	ended    uint64 // number of attempts that have ended
	narrowed uint64 // value of ended when the window was last narrowed
	pace     *rate.Limiter
	recent   []time.Time // times of accepted attempts, in the second before the last one
	lone     int         // number of consecutive attempts that were throttled alone
	resume   time.Time   // end of the pause, if lone is not 0
	queue    []*waiter   // sorted by order
	timer    *time.Timer
}

// waiter is a call whose next attempt has not been sent yet.
type waiter struct {
	order   uint64
	granted chan Permit // buffered, for one permit
}

// Permit allows one attempt to be in flight. It has the number of attempts that had ended when it was granted.
type Permit struct{ ended uint64 }

// New returns a limiter that allows at most maxConcurrent attempts in flight.
func New(maxConcurrent int) *Limiter {
	return &Limiter{max: float64(maxConcurrent), window: float64(maxConcurrent), pace: rate.NewLimiter(rate.Inf, 1)}
}

// Acquire waits until an attempt may be sent. It returns ctx's error if ctx ends first. The call with the lowest order is served
// first, also when it comes back after a 429. The permit must be passed to Release.
func (l *Limiter) Acquire(ctx context.Context, order uint64) (Permit, error) {
	if err := ctx.Err(); err != nil {
		return Permit{}, err
	}
	w := &waiter{order, make(chan Permit, 1)}
	l.mu.Lock()
	i, _ := slices.BinarySearchFunc(l.queue, w, func(a, b *waiter) int { return cmp.Compare(a.order, b.order) })
	l.queue = slices.Insert(l.queue, i, w)
	l.admit()
	l.mu.Unlock()

	select {
	case p := <-w.granted:
		return p, nil
	case <-ctx.Done():
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.queue = slices.DeleteFunc(l.queue, func(other *waiter) bool { return other == w })
	if len(w.granted) > 0 {
		// The permit was granted at the moment when ctx ended.
		l.inFlight--
		l.admit()
	}
	return Permit{}, ctx.Err()
}

// Release ends an attempt and reports its outcome.
func (l *Limiter) Release(p Permit, o Outcome) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.inFlight--
	alone := l.inFlight == 0 && p.ended == l.ended // No other attempt was in flight at any time.
	l.ended++
	now := time.Now()
	switch {
	case o == Accepted:
		l.window = min(l.window+increase, l.max)
		l.pace.SetLimit(l.pace.Limit() + increase)
		if l.lone > longestRow {
			l.pace.SetLimit(rate.Inf)
		}
		l.lone = 0
		l.recent = append(slices.DeleteFunc(l.recent, func(t time.Time) bool { return now.Sub(t) >= time.Second }), now)
	case o == Throttled && alone:
		l.lone++
		l.slowDown(now)
	case o == Throttled && p.ended >= l.narrowed:
		// Attempts that were in flight together are throttled together, so narrow the window only once for all of them.
		l.narrowed = l.ended
		l.window = max(l.window*narrow, 1)
	}
	l.admit()
}

// slowDown sets the pause. It also sets the pace, unless the 429 may be accidental, which the second in a row seldom is and the
// fourth hardly ever.
func (l *Limiter) slowDown(now time.Time) {
	pause := float64(firstPause) * math.Pow(pauseGrowth, float64(l.lone-1))
	l.resume = now.Add(time.Duration(min(pause, float64(maxPause))))
	switch perSecond := rate.Limit(max(len(l.recent), leastPace)); l.lone {
	case 2:
		l.pace.SetLimit(min(l.pace.Limit()*slow, 2*perSecond))
	case 4:
		l.pace.SetLimit(min(l.pace.Limit(), perSecond))
	}
}

// admit starts as many waiting attempts as the limits allow. It runs whenever an attempt arrives or ends, and when the timer
// fires.
func (l *Limiter) admit() {
	for len(l.queue) > 0 && l.inFlight < int(l.window) && (l.lone == 0 || l.inFlight == 0) {
		wait := time.Until(l.resume)
		if l.lone == 0 {
			token := l.pace.Reserve()
			if wait = token.Delay(); wait > 0 {
				token.Cancel()
			}
		}
		if wait > 0 {
			if l.timer != nil {
				l.timer.Stop()
			}
			l.timer = time.AfterFunc(wait, func() {
				l.mu.Lock()
				defer l.mu.Unlock()
				l.admit()
			})
			return
		}
		l.queue[0].granted <- Permit{l.ended}
		l.queue = slices.Delete(l.queue, 0, 1)
		l.inFlight++
	}
}
