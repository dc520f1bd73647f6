// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// FaultKind is what a fault does.
type FaultKind string

// Kinds of Fault. "The work" is what the request asks for. Faults that answer do
// so instead of the work, or after it if Fault.AfterWork is set.
const (
	// FaultStatus answers with Status (default 503) and Twilio's error body:
	// Code (default 20000+Status), Message (default: the status's text).
	FaultStatus FaultKind = "status"
	// FaultHTML answers with Status (default 502) and an HTML page, as a gateway
	// does: Body, or a page like nginx's.
	FaultHTML FaultKind = "html"
	// FaultEmpty answers with Status (default: what the work gave, or 200) and
	// no body.
	FaultEmpty FaultKind = "empty"
	// FaultCloseBefore closes the connection without a response; the work is not
	// done. Go's http.Transport repeats a GET by itself when that happens on a
	// connection that was used before: the log then has two entries.
	FaultCloseBefore FaultKind = "close-before"
	// FaultCloseAfter does the work, then closes the connection without an
	// answer.
	FaultCloseAfter FaultKind = "close-after"
	// FaultTruncate does the work, announces the whole response, sends half of its
	// body and closes the connection. A response without a body is not sent at
	// all.
	FaultTruncate FaultKind = "truncate"
	// FaultCutJSON does the work and sends half of the response's body as if it
	// were all: a correct HTTP answer that is not JSON.
	FaultCutJSON FaultKind = "cut-json"
	// FaultHang holds the connection until the client leaves, the Server is
	// closed or Delay has passed (0: forever), then closes it without a response.
	FaultHang FaultKind = "hang"
	// FaultDelay waits for Delay and then goes on normally, even if the client has
	// left.
	FaultDelay FaultKind = "delay"
)

var faultKinds = []string{
	string(FaultStatus), string(FaultHTML), string(FaultEmpty), string(FaultCloseBefore), string(FaultCloseAfter), string(FaultTruncate),
	string(FaultCutJSON), string(FaultHang), string(FaultDelay),
}

// Fault makes some requests fail.
type Fault struct {
	// Method of the requests; "" is any.
	Method string
	// Path is a regular expression, not anchored, for the requests' path; "" is any.
	Path string
	// Skip is the number of matching requests that are handled normally first.
	Skip int
	// Count is the number of requests that then fail; 0 is one, below 0 all.
	Count int

	Kind FaultKind
	// AfterWork is set if the work is done before the fault occurs.
	// FaultCloseBefore ignores it; FaultCloseAfter, FaultTruncate and
	// FaultCutJSON imply it.
	AfterWork bool
	// Delay passes before the fault occurs; FaultHang and FaultDelay give it
	// their own meaning.
	Delay time.Duration

	Status  int
	Code    int
	Message string
	Body    string
	// Header replaces headers of the response. A FaultDelay without a Delay changes
	// nothing else.
	Header http.Header
}

// Validate returns an error that says what is wrong with a fault, or nil.
func (f Fault) Validate() error {
	switch f.Kind {
	case FaultStatus, FaultHTML, FaultEmpty:
		if f.Status != 0 && (f.Status < 200 || f.Status > 599) {
			return fmt.Errorf("fault %s: status must be from 200 to 599; got %d", f.Kind, f.Status)
		}
	case FaultCloseBefore, FaultCloseAfter, FaultTruncate, FaultCutJSON, FaultHang, FaultDelay:
	default:
		return fmt.Errorf("unknown fault kind %q: must be one of %s", f.Kind, strings.Join(faultKinds, ", "))
	}
	if f.Skip < 0 || f.Delay < 0 {
		return fmt.Errorf("fault %s: skip and delay must not be negative", f.Kind)
	}
	if _, err := regexp.Compile(f.Path); err != nil {
		return fmt.Errorf("fault %s: path: %w", f.Kind, err)
	}
	return nil
}

func (f Fault) afterWork() bool {
	switch f.Kind {
	case FaultCloseAfter, FaultTruncate, FaultCutJSON:
		return true
	case FaultCloseBefore:
		return false
	case FaultStatus, FaultHTML, FaultEmpty, FaultHang, FaultDelay:
	}
	return f.AfterWork
}

// faults chooses the fault that a request meets.
type faults struct {
	active atomic.Bool // false if there are neither rules nor choose, which saves locking
	mu     sync.Mutex
	rules  []*faultRule
	choose func(*http.Request) *Fault
}

type faultRule struct {
	fault      Fault
	path       *regexp.Regexp
	skip, left int // left below 0 is without end
}

// AddFault adds a fault. If several match a request, it meets the one that was
// added first and has requests left. A throttled request meets no fault. AddFault
// panics if the fault is not valid.
func (s *Server) AddFault(f Fault) {
	if err := f.Validate(); err != nil {
		panic("mocktwilio: " + err.Error())
	}
	rule := &faultRule{fault: f, path: regexp.MustCompile(f.Path), skip: f.Skip, left: f.Count}
	if f.Count == 0 {
		rule.left = 1
	}
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.rules = append(s.faults.rules, rule)
	s.faults.active.Store(true)
}

// SetFaultFunc sets a function that chooses the fault of each request that is
// not throttled and meets no fault of AddFault; it returns nil for none. Its calls
// do not overlap, so that it can use a seeded source of random numbers. The body
// has been read into r.PostForm. Method, Path, Skip and Count of the fault are
// ignored. nil removes the function.
func (s *Server) SetFaultFunc(choose func(*http.Request) *Fault) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.choose = choose
	s.faults.active.Store(choose != nil || len(s.faults.rules) > 0)
}

// ClearFaults removes all faults and the function of SetFaultFunc. It does not end
// requests that hang.
func (s *Server) ClearFaults() {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.rules, s.faults.choose = nil, nil
	s.faults.active.Store(false)
}

// UnusedFaults returns the faults of AddFault that have requests left; Count and
// Skip are what is left. Faults without end are among them until a request has met
// them.
func (s *Server) UnusedFaults() []Fault {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	var unused []Fault
	for _, rule := range s.faults.rules {
		endlessAndMet := rule.fault.Count < 0 && rule.left != rule.fault.Count
		if rule.left == 0 || endlessAndMet {
			continue
		}
		f := rule.fault
		f.Skip, f.Count = rule.skip, rule.left
		unused = append(unused, f)
	}
	return unused
}

// pick returns the fault that a request meets, or nil.
func (f *faults) pick(r *http.Request) *Fault {
	if !f.active.Load() {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, rule := range f.rules {
		if rule.left == 0 ||
			rule.fault.Method != "" && !strings.EqualFold(rule.fault.Method, r.Method) ||
			!rule.path.MatchString(r.URL.Path) {
			continue
		}
		if rule.skip > 0 {
			rule.skip--
			continue
		}
		rule.left-- // from below 0 it never reaches 0
		fault := rule.fault
		return &fault
	}
	if f.choose == nil {
		return nil
	}
	fault := f.choose(r)
	if fault == nil {
		return nil
	}
	if err := fault.Validate(); err != nil {
		panic("mocktwilio: " + err.Error())
	}
	return fault
}
