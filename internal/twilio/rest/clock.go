// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"net/http"
	"sync"
	"time"
)

// serverClock estimates, from the Date headers of Twilio's responses, the earliest time that Twilio's clock can show.
//
// A Date header is the time of the server's clock when it responded, truncated to the second. When the response arrived, the
// server's clock therefore showed that date or later, by an unknown amount. So each response gives a lower bound for the
// difference between the two clocks, and the largest bound is the best. Both clocks are assumed to run at the same speed.
type serverClock struct {
	mu     sync.Mutex
	known  bool
	offset time.Duration // lower bound of the server's clock minus the local clock
}

// observe uses the Date header of a response that arrived at the time received. It ignores a missing or malformed header.
func (c *serverClock) observe(header http.Header, received time.Time) {
	date, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		return
	}
	// Round drops the monotonic clock reading, which cannot be compared with a date.
	offset := date.Sub(received.Round(0))
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.known || offset > c.offset {
		c.known, c.offset = true, offset
	}
}

// earliestCreation returns the earliest creation date, to the second like Twilio's dates, that an object can have if a request
// that was sent at the time sent made it. Before the first observation, the clocks are assumed to agree to the second.
func (c *serverClock) earliestCreation(sent time.Time) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	offset := -time.Second
	if c.known {
		offset = c.offset
	}
	return sent.Round(0).Add(offset).UTC().Truncate(time.Second)
}
