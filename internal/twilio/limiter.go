// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"sync"
	"time"
)

// verdict is what an attempt tells about the account's limits.
type verdict int

const (
	unclear verdict = iota
	accepted
	rejected
)

type limiter struct {
	mu    sync.Mutex
	max   int
	live  int
	queue []*waiter
}

type waiter struct {
	order uint64
	ready chan struct{}
}

type slot struct{}

func newLimiter(maxConcurrent int) *limiter { return &limiter{max: maxConcurrent} }

func (l *limiter) acquire(ctx context.Context, order uint64) (*slot, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	l.mu.Lock()
	w := &waiter{order: order, ready: make(chan struct{})}
	l.queue = append(l.queue, w)
	l.dispatch()
	l.mu.Unlock()
	select {
	case <-w.ready:
		return &slot{}, nil
	case <-ctx.Done():
		l.mu.Lock()
		defer l.mu.Unlock()
		for i := range l.queue {
			if l.queue[i] == w {
				l.queue = append(l.queue[:i], l.queue[i+1:]...)
				return nil, ctx.Err()
			}
		}
		l.live--
		l.dispatch()
		return nil, ctx.Err()
	}
}

func (l *limiter) dispatch() {
	for len(l.queue) > 0 && l.live < l.max {
		w := l.queue[0]
		l.queue = l.queue[1:]
		l.live++
		close(w.ready)
	}
}

func (l *limiter) release(_ *slot, _ verdict) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.live--
	l.dispatch()
}

func (l *limiter) backoffBase() time.Duration { return backoffBase }
