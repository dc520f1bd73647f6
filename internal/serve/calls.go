// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package serve

import (
	"context"
	"sync"
	"time"
)

// calls tracks the running calls of Terraform. A stop cancels their contexts and those of all calls that begin later. The
// framework and terraform-plugin-go cancel only the contexts of running calls.
type calls struct {
	mu       sync.Mutex
	stopped  bool
	underWay map[*context.CancelFunc]struct{}
}

// call registers a call and returns its context. Every call of the server gets its context here. done ends the call and may be
// called more than once. After that, the context no longer refers to parent.
func (c *calls) call(parent context.Context) (ctx context.Context, done func()) {
	under, cancel := context.WithCancel(parent)
	releasable := newReleasableContext(under)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stopped {
		cancel()
	}
	if c.underWay == nil {
		c.underWay = map[*context.CancelFunc]struct{}{}
	}
	c.underWay[&cancel] = struct{}{}
	return releasable, func() {
		cancel()
		releasable.release()
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.underWay, &cancel)
	}
}

// stop cancels the contexts of all running calls and of calls that begin later.
func (c *calls) stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stopped = true
	for cancel := range c.underWay {
		(*cancel)()
	}
}

// resume allows later calls to run again after a stop.
func (c *calls) resume() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stopped = false
}

// count returns the number of running calls.
func (c *calls) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.underWay)
}

// wait returns when no call is running or when the timeout has passed.
func (c *calls) wait(timeout time.Duration) {
	deadline := time.Now().Add(timeout)
	for c.count() > 0 && time.Now().Before(deadline) {
		time.Sleep(20 * time.Millisecond)
	}
}
