// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
)

// Request is an entry of the log.
type Request struct {
	Seq       int    // counted from 1, in the order of arrival
	RequestID string // as in the response's Twilio-Request-Id
	Time      time.Time

	Method, Path string
	Endpoint     string     // path with {AccountSid}, {Sid}, and so on, as in Twilio's OpenAPI documents; "" if there is none
	Query, Form  url.Values // must not be modified; nil if empty
	Account      string     // SID of the account that the request acts on; "" if the credentials are wrong

	// Status is the status of the response, or 0 if there is none or not yet.
	Status int
	Code   int // Twilio's error code, or 0
	// Done is set if the request was carried out, even if the client did not receive the response.
	Done bool
	// Finished is set if the request is over and the fields above are final.
	Finished bool
	Fault    FaultKind // fault of the request, or ""

	// InFlight is the number of requests that the account had in flight when this one arrived, including this one. It is 0 if
	// Account is "".
	InFlight int
	Duration time.Duration // until the response was sent or the request abandoned
}

// Throttled reports whether the request was answered with 429, by a limit or by a fault, and not carried out.
func (r Request) Throttled() bool { return r.Status == http.StatusTooManyRequests && !r.Done }

type requestLog struct {
	mu      sync.Mutex
	seq     int
	entries []*Request
}

// add appends a new entry. From then on, its fields are guarded by mu.
func (l *requestLog) add(r *Request, keep bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.seq++
	r.Seq = l.seq
	if keep {
		l.entries = append(l.entries, r)
	}
}

// Requests returns the log in the order of arrival, including requests that are not finished.
func (s *Server) Requests() []Request {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	requests := make([]Request, len(s.log.entries))
	for i, r := range s.log.entries {
		requests[i] = *r
	}
	return requests
}

// RequestByID returns the entry of a response by its Twilio-Request-Id.
func (s *Server) RequestByID(id string) (Request, bool) {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	for _, r := range slices.Backward(s.log.entries) { // usually, the request is a recent one
		if r.RequestID == id {
			return *r, true
		}
	}
	return Request{}, false
}

// ResetRequests empties the log. Seq continues.
func (s *Server) ResetRequests() {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	s.log.entries = nil
}
