// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"net/http"
	"sync"
	"time"
)

// serverClock derives from the Date headers of Twilio's responses what Twilio's clock shows at the earliest.
//
// A Date header is the server's clock when it answered, cut down to the second. When the response arrived, the server's
// clock therefore showed that date or later; how much later is not known. Each response thus bounds the difference of the
// two clocks from below, and the largest bound holds. Both clocks are assumed to run equally fast.
type serverClock struct {
	mu     sync.Mutex
	known  bool
	offset time.Duration // the server's clock minus ours, at least
}

// observe uses the Date header of a response that arrived at received. A missing or malformed header is ignored.
func (c *serverClock) observe(header http.Header, received time.Time) {
	date, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		return
	}
	// Round drops the monotonic reading, which cannot be compared with a date.
	offset := date.Sub(received.Round(0))
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.known || offset > c.offset {
		c.known, c.offset = true, offset
	}
}

// earliestCreation is the earliest date of creation, to the second as Twilio writes dates, that an object can have if a
// request sent at sent made it. Before the first observation, the clocks are assumed to agree to a second.
func (c *serverClock) earliestCreation(sent time.Time) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	offset := -time.Second
	if c.known {
		offset = c.offset
	}
	return sent.Round(0).Add(offset).UTC().Truncate(time.Second)
}
