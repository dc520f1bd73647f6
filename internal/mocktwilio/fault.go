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

// FaultKind is the effect of a fault.
type FaultKind string

// Kinds of Fault. "The work" is what the request asks for. Faults with a response send it instead of doing the work, or after the
// work if Fault.AfterWork is set.
const (
	// FaultStatus answers with Status (default 503) and Twilio's error body:
	// Code (default 20000+Status), Message (default: the status's text).
	FaultStatus FaultKind = "status"
	// FaultHTML answers with Status (default 502) and an HTML page, like a gateway: Body, or a page like nginx's.
	FaultHTML FaultKind = "html"
	// FaultEmpty answers with Status (default: the status of the work, or 200) and no body.
	FaultEmpty FaultKind = "empty"
	// FaultCloseBefore closes the connection without a response and without doing the work. If this happens on a connection that
	// was used before, Go's http.Transport repeats a GET on its own, and the log has two entries.
	FaultCloseBefore FaultKind = "close-before"
	// FaultCloseAfter does the work and closes the connection without a response.
	FaultCloseAfter FaultKind = "close-after"
	// FaultTruncate does the work, announces the whole response, sends half of its body, and closes the connection. A response
	// without a body is not sent at all.
	FaultTruncate FaultKind = "truncate"
	// FaultCutJSON does the work and sends half of the response's body as if it were complete: a valid HTTP response that is not
	// JSON.
	FaultCutJSON FaultKind = "cut-json"
	// FaultHang keeps the connection open until the client leaves, the Server is closed, or Delay has passed (0 means forever),
	// and then closes it without a response.
	FaultHang FaultKind = "hang"
	// FaultDelay waits for Delay and then handles the request normally, even if the client has left.
	FaultDelay FaultKind = "delay"
)

var faultKinds = []string{
	string(FaultStatus), string(FaultHTML), string(FaultEmpty), string(FaultCloseBefore), string(FaultCloseAfter), string(FaultTruncate),
	string(FaultCutJSON), string(FaultHang), string(FaultDelay),
}

// Fault makes some requests fail.
type Fault struct {
	// Method of the requests. "" matches any method.
	Method string
	// Path is a regular expression, not anchored, for the path of the requests. "" matches any path.
	Path string
	// Skip is the number of matching requests that are handled normally before the first fault.
	Skip int
	// Count is the number of requests that then fail. 0 means one, and a negative number means all.
	Count int

	Kind FaultKind
	// AfterWork is set if the work is done before the fault. FaultCloseBefore ignores it, and FaultCloseAfter, FaultTruncate, and
	// FaultCutJSON imply it.
	AfterWork bool
	// Delay is the time before the fault. It has a different meaning for FaultHang and FaultDelay.
	Delay time.Duration

	Status  int
	Code    int
	Message string
	Body    string
	// Header replaces headers of the response. A FaultDelay without Delay changes nothing else.
	Header http.Header
}

// Validate returns an error that describes what is wrong with a fault, or nil.
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

// faults chooses the fault of a request.
type faults struct {
	active atomic.Bool // false if there are neither rules nor choose, which avoids locking
	mu     sync.Mutex
	rules  []*faultRule
	choose func(*http.Request) *Fault
}

type faultRule struct {
	fault      Fault
	path       *regexp.Regexp
	skip, left int // left is negative if there is no limit
}

// AddFault adds a fault. If several faults match a request, the first one that was added and has requests left applies. Throttled
// requests have no faults. AddFault panics if the fault is invalid.
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

// SetFaultFunc sets a function that chooses the fault, or nil for none, of each request that is not throttled and has no fault of
// AddFault. Its calls do not overlap, so it can use a seeded source of random numbers. The body has been parsed into r.PostForm.
// Method, Path, Skip, and Count of the fault are ignored. nil removes the function.
func (s *Server) SetFaultFunc(choose func(*http.Request) *Fault) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.choose = choose
	s.faults.active.Store(choose != nil || len(s.faults.rules) > 0)
}

// ClearFaults removes all faults and the function of SetFaultFunc. Requests that hang continue to hang.
func (s *Server) ClearFaults() {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.rules, s.faults.choose = nil, nil
	s.faults.active.Store(false)
}

// UnusedFaults returns the faults of AddFault that have requests left, with the remaining Count and Skip. It includes faults
// without a limit until they have been used.
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

// pick returns the fault of a request, or nil.
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
		rule.left-- // a negative number never reaches 0
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
