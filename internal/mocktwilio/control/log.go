// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package control

import (
	"cmp"
	"slices"
	"sync"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// LogSize is the number of requests that a Log keeps, because the program may run for days.
const LogSize = 10_000

// Log keeps the last LogSize finished requests. The zero value is ready to use. It is safe for concurrent use.
type Log struct {
	mu       sync.Mutex
	requests []Request
	next     int // index of the oldest request, which the next one replaces, once there are LogSize requests
}

// Add adds a finished request.
func (l *Log) Add(r mocktwilio.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.requests) < LogSize {
		l.requests = append(l.requests, Describe(r))
		return
	}
	l.requests[l.next] = Describe(r)
	l.next = (l.next + 1) % LogSize
}

// Requests returns the requests in the order of arrival.
func (l *Log) Requests() []Request {
	l.mu.Lock()
	requests := append([]Request{}, l.requests...) // never nil, which would be null in JSON
	l.mu.Unlock()
	slices.SortFunc(requests, func(a, b Request) int { return cmp.Compare(a.Seq, b.Seq) })
	return requests
}

// Clear removes all requests.
func (l *Log) Clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.requests, l.next = nil, 0
}
