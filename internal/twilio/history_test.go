// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// gone is the value of an object that does not exist.
const gone = ""

// history has all versions of one object, each with the times between which it was written. The exact moment of a change cannot
// be observed from outside, only that it was between the begin and the end of the call that made it. Changes of one object do not
// overlap; reads may overlap anything.
type history struct {
	mu       sync.Mutex
	versions []version
}

type version struct {
	value string
	// own is set if the client under test made this version, rather than another client.
	own bool
	// began is before the change and ended is after it. If ended is zero, it is unknown whether the change happened.
	began, ended time.Time
}

// begin records that a change begins. The returned function records its end.
func (h *history) begin(value string, own bool) (end func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.versions = append(h.versions, version{value: value, own: own, began: time.Now()})
	last := len(h.versions) - 1
	return func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.versions[last].ended = time.Now()
	}
}

// now returns the value of the object while no change is in progress.
func (h *history) now() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.versions[len(h.versions)-1].value
}

// observation is the result of a read.
type observation struct {
	value        string
	began, ended time.Time
	// floor is the earliest time whose state the read may show, as far as changes by other clients are concerned. Changes that
	// the client itself completed before the read began must be visible.
	floor time.Time
}

// allows reports whether the object can have had the observed value.
func (h *history) allows(o observation) bool {
	for i, v := range h.versions {
		if v.value == o.value && !v.began.After(o.ended) && h.held(i, o) {
			return true
		}
	}
	return false
}

// held reports whether the object can have had version i during o.
func (h *history) held(i int, o observation) bool {
	for _, later := range h.versions[i+1:] {
		if later.ended.IsZero() {
			continue
		}
		if later.ended.Before(o.floor) || later.own && later.ended.Before(o.began) {
			return false
		}
	}
	return true
}

// describe lists the versions around o, with times relative to its begin.
func (h *history) describe(o observation) string {
	var text strings.Builder
	at := func(t time.Time) string {
		if t.IsZero() {
			return "never known"
		}
		return t.Sub(o.began).String()
	}
	fmt.Fprintf(&text, "read %q from 0s to %s, no older than %s\n", o.value, at(o.ended), at(o.floor))
	for _, v := range h.versions[max(0, len(h.versions)-12):] {
		fmt.Fprintf(&text, "  %q since between %s and %s, by the client itself: %t\n", v.value, at(v.began), at(v.ended), v.own)
	}
	return text.String()
}

func TestHistory(t *testing.T) {
	start := time.Now()
	at := func(ms int) time.Time { return start.Add(time.Duration(ms) * time.Millisecond) }
	h := history{versions: []version{
		{value: "a", began: at(0), ended: at(1)},
		{value: "b", began: at(10), ended: at(12)},            // by another client
		{value: "c", began: at(20), ended: at(22), own: true}, // by this client
		{value: gone, began: at(30)},                          // possibly
	}}
	for _, test := range []struct {
		value               string
		began, ended, floor int
		want                bool
	}{
		{"a", 5, 6, 5, true},
		{"a", 13, 14, 13, false},  // overwritten before
		{"a", 13, 14, 11, true},   // within the life of the snapshot
		{"a", 11, 14, 11, true},   // possibly not overwritten yet
		{"b", 8, 9, 8, false},     // not written yet
		{"b", 21, 25, 21, true},   // during the write
		{"b", 23, 25, 15, false},  // a write by this client is visible, regardless of the life of the snapshot
		{"a", 23, 25, 11, false},  // and so earlier versions are not
		{"c", 40, 41, 40, true},   // the last change may not have happened
		{gone, 40, 41, 40, true},  // or may have
		{gone, 25, 29, 25, false}, // but not so early
		{"never", 0, 50, 0, false},
	} {
		o := observation{value: test.value, began: at(test.began), ended: at(test.ended), floor: at(test.floor)}
		if got := h.allows(o); got != test.want {
			t.Errorf("allowed: %t, want %t\n%s", got, test.want, h.describe(o))
		}
	}
	if !slices.ContainsFunc(h.versions, func(v version) bool { return v.value == h.now() }) {
		t.Error("now is none of the versions")
	}
}
