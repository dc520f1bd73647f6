// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"net/http"
	"sync"
	"time"
)

// serverClock knows how late it is at Twilio at the least, from the Date headers of its answers.
//
// A Date header is the server's clock when it answered, cut down to the second. When the answer arrived, the server's
// clock therefore read that date or later; how much later is not known. Each answer thus bounds the difference of the
// two clocks from below, and the largest bound holds. Clocks are assumed to run equally fast.
type serverClock struct {
	mu     sync.Mutex
	known  bool
	offset time.Duration // the server's clock minus ours, at least
}

// observe takes the Date header of an answer that arrived at received. A missing or malformed header teaches nothing.
func (c *serverClock) observe(header http.Header, received time.Time) {
	date, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		return
	}
	// Both as wall clocks: the monotonic reading of received has nothing to be compared with.
	offset := date.Sub(received.Round(0))
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.known || offset > c.offset {
		c.known, c.offset = true, offset
	}
}

// lowerBound is the earliest that the server's clock can have read when ours read local, in UTC. It is the zero time
// when no answer bore a date yet.
func (c *serverClock) lowerBound(local time.Time) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.known {
		return time.Time{}
	}
	return local.Round(0).Add(c.offset).UTC()
}

// earliestCreation is the earliest date of creation that an object made by a request sent at sent can bear, to the second
// as Twilio writes dates. Without any Date header to go by, the clocks are taken to agree to a second.
func (t *transport) earliestCreation(sent time.Time) time.Time {
	earliest := t.clock.lowerBound(sent)
	if earliest.IsZero() {
		earliest = sent.Round(0).Add(-time.Second).UTC()
	}
	return earliest.Truncate(time.Second)
}
