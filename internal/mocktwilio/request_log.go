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
	Seq       int    // from 1, in the order of arrival
	RequestID string // as in the response's Twilio-Request-Id
	Time      time.Time

	Method, Path string
	Endpoint     string     // the path with {AccountSid}, {Sid} and so on, as in Twilio's OpenAPI; "" when there is none
	Query, Form  url.Values // not to be modified; nil when empty
	Account      string     // SID of the account acted on; "" when the credentials are wrong

	// Status is what was answered; 0 when nothing was, or not yet.
	Status int
	Code   int // Twilio's error code; 0 for none
	// Done is set if the request was carried out, whether or not the client
	// received the response.
	Done bool
	// Finished is set if the request is over and the fields above are final.
	Finished bool
	Fault    FaultKind // the fault that the request met; "" for none

	// InFlight is the number of requests that the account had in flight when
	// this one arrived, with itself; 0 when Account is "".
	InFlight int
	Duration time.Duration // until the response was sent or the request abandoned
}

// Throttled reports whether the request was answered with 429, by a limit or by
// a fault, and not carried out.
func (r Request) Throttled() bool { return r.Status == http.StatusTooManyRequests && !r.Done }

type requestLog struct {
	mu      sync.Mutex
	seq     int
	entries []*Request
}

// add appends a new entry. From then on its fields are guarded by mu.
func (l *requestLog) add(r *Request, keep bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.seq++
	r.Seq = l.seq
	if keep {
		l.entries = append(l.entries, r)
	}
}

// Requests returns the log in the order of arrival, with requests that are not
// finished yet.
func (s *Server) Requests() []Request {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	requests := make([]Request, len(s.log.entries))
	for i, r := range s.log.entries {
		requests[i] = *r
	}
	return requests
}

// RequestByID finds the entry of a response by its Twilio-Request-Id.
func (s *Server) RequestByID(id string) (Request, bool) {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	for _, r := range slices.Backward(s.log.entries) { // mostly a recent one is asked for
		if r.RequestID == id {
			return *r, true
		}
	}
	return Request{}, false
}

// ResetRequests empties the log. Seq goes on.
func (s *Server) ResetRequests() {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	s.log.entries = nil
}
