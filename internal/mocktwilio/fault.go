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

// Kinds of Fault. Those that answer do so before the work, which is then not
// done, or with Fault.AfterWork after it.
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
	// FaultCloseBefore closes the connection without an answer; the work is not
	// done. Go's http.Transport repeats a GET by itself when that happens on a
	// connection that was used before: the log then has two entries.
	FaultCloseBefore FaultKind = "close-before"
	// FaultCloseAfter does the work, then closes the connection without an
	// answer.
	FaultCloseAfter FaultKind = "close-after"
	// FaultTruncate does the work, announces the whole answer, sends half of its
	// body and closes the connection. An answer without a body is not sent at
	// all.
	FaultTruncate FaultKind = "truncate"
	// FaultCutJSON does the work and sends half of the answer's body as if it
	// were all: a correct HTTP answer that is not JSON.
	FaultCutJSON FaultKind = "cut-json"
	// FaultHang holds the connection until the client leaves, the Server is
	// closed or Delay has passed (0: forever), then closes it without an answer.
	FaultHang FaultKind = "hang"
	// FaultDelay waits for Delay and goes on as if nothing were, also when the
	// client has left.
	FaultDelay FaultKind = "delay"
)

// Fault is something that befalls requests.
type Fault struct {
	// Method that the fault befalls; "" is any.
	Method string
	// Path is a regular expression, not anchored, for the URL's path; "" is any.
	Path string
	// Skip lets that many matching requests pass first.
	Skip int
	// Count is how many requests the fault befalls; 0 is one, below 0 all.
	Count int

	Kind FaultKind
	// AfterWork says that the work is done before the fault strikes.
	// FaultCloseBefore ignores it; FaultCloseAfter, FaultTruncate and
	// FaultCutJSON imply it.
	AfterWork bool
	// Delay passes before the fault strikes; FaultHang and FaultDelay have their
	// own meaning of it.
	Delay time.Duration

	Status  int
	Code    int
	Message string
	Body    string
	// Header is set on the answer, over what it has. FaultDelay may be used with
	// nothing but this to change a header.
	Header http.Header
}

// Validate says what is wrong with a fault.
func (f Fault) Validate() error {
	switch f.Kind {
	case FaultStatus, FaultHTML, FaultEmpty:
		if f.Status != 0 && (f.Status < 200 || f.Status > 599) {
			return fmt.Errorf("fault %s: status %d is not within 200 to 599", f.Kind, f.Status)
		}
	case FaultCloseBefore, FaultCloseAfter, FaultTruncate, FaultCutJSON, FaultHang, FaultDelay:
	default:
		return fmt.Errorf("fault kind %q is unknown", f.Kind)
	}
	if f.Skip < 0 || f.Delay < 0 {
		return fmt.Errorf("fault %s: skip and delay cannot be negative", f.Kind)
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

// faults decides which request a fault befalls.
type faults struct {
	active atomic.Bool // whether there is anything to look at: most servers have no faults
	mu     sync.Mutex
	rules  []*faultRule
	choose func(*http.Request) *Fault
}

type faultRule struct {
	fault      Fault
	path       *regexp.Regexp
	skip, left int // left below 0: without end
}

// AddFault adds a fault. When several match a request the one added first
// befalls it, as long as it has requests left. A throttled request meets no
// fault. AddFault panics when the fault is not valid.
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

// SetFaultFunc sets a function that decides for each request that is not
// throttled and that no fault of AddFault befalls; nil from it is no fault. Its
// calls do not overlap, so that it can draw from a seeded source. The request's
// body has been read: r.PostForm has it. Method, Path, Skip and Count of what it
// returns mean nothing. nil takes the function away.
func (s *Server) SetFaultFunc(choose func(*http.Request) *Fault) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.choose = choose
	s.faults.active.Store(choose != nil || len(s.faults.rules) > 0)
}

// ClearFaults takes away all faults and the function of SetFaultFunc. What hangs
// goes on hanging.
func (s *Server) ClearFaults() {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.rules, s.faults.choose = nil, nil
	s.faults.active.Store(false)
}

// UnusedFaults returns the faults of AddFault that have requests left, with
// Count and Skip being what is left. Those without end are among them until they
// have struck once.
func (s *Server) UnusedFaults() []Fault {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	var unused []Fault
	for _, rule := range s.faults.rules {
		endlessAndStruck := rule.fault.Count < 0 && rule.left != rule.fault.Count
		if rule.left == 0 || endlessAndStruck {
			continue
		}
		f := rule.fault
		f.Skip, f.Count = rule.skip, rule.left
		unused = append(unused, f)
	}
	return unused
}

// pick returns the fault that befalls a request, or nil.
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
		rule.left-- // below 0 it never gets to 0
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
