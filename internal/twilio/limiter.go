// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"slices"
	"sync"
	"time"
)

// limiter decides when each attempt may be sent. Attempts wait in a queue, the oldest call first, for a place in the
// window and for the pace that limits has learned. A request that waits to be repeated holds no place.
//
// It has no goroutine: whoever comes, ends or is woken by the one timer lets the next in.
type limiter struct {
	mu     sync.Mutex
	limits limits
	queue  []*waiter // by order
	timer  *time.Timer
}

// waiter is an attempt that is not sent yet.
type waiter struct {
	order uint64
	ready chan struct{} // closed when place is set
	place *place
}

func newLimiter(maxConcurrent int) *limiter {
	return &limiter{limits: newLimits(maxConcurrent)}
}

// acquire waits until an attempt may be sent, or until ctx ends. order tells older calls from newer ones. The place must
// be given back.
func (l *limiter) acquire(ctx context.Context, order uint64) (*place, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	w := &waiter{order: order, ready: make(chan struct{})}
	l.mu.Lock()
	i, _ := slices.BinarySearchFunc(l.queue, order, func(w *waiter, order uint64) int {
		if w.order <= order {
			return -1
		}
		return 1
	})
	l.queue = slices.Insert(l.queue, i, w)
	l.admit(time.Now())
	l.mu.Unlock()

	select {
	case <-w.ready:
		return w.place, nil
	case <-ctx.Done():
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if w.place != nil {
		// Let in at the same moment.
		l.limits.withdraw(w.place)
	} else {
		l.queue = slices.DeleteFunc(l.queue, func(other *waiter) bool { return other == w })
	}
	l.admit(time.Now())
	return nil, ctx.Err()
}

// release gives a place back after an attempt, and tells what came of it.
func (l *limiter) release(p *place, v verdict) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	l.limits.ended(p, v, len(l.queue) > 0, now)
	l.admit(now)
}

// admit lets in who may be sent now, and sets the timer for the next if it is time that must pass.
func (l *limiter) admit(now time.Time) {
	var wait time.Duration
	for len(l.queue) > 0 {
		var ok bool
		if ok, wait = l.limits.allow(now); !ok {
			break
		}
		w := l.queue[0]
		l.queue = slices.Delete(l.queue, 0, 1)
		w.place = l.limits.begin(now)
		close(w.ready)
	}
	if l.timer != nil {
		l.timer.Stop()
		l.timer = nil
	}
	if len(l.queue) > 0 && wait > 0 {
		l.timer = time.AfterFunc(wait, func() {
			l.mu.Lock()
			defer l.mu.Unlock()
			l.admit(time.Now())
		})
	}
}

// backoffBase scales the wait of a throttled request with the time an answer takes.
func (l *limiter) backoffBase() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return min(max(2*l.limits.answerTime, 20*time.Millisecond), backoffBase)
}
