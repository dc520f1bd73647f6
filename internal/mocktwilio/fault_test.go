// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// TestFaultKinds creates a list with every kind of fault, and checks the response and whether the list was created.
func TestFaultKinds(t *testing.T) {
	t.Parallel()
	const created = http.StatusCreated
	for _, test := range []struct {
		name   string
		fault  mocktwilio.Fault
		done   bool
		status int // 0 means an error instead of a response
		logged int // status in the log
		check  func(*testing.T, response)
	}{
		{
			name: "status", fault: mocktwilio.Fault{Kind: mocktwilio.FaultStatus}, status: 503, logged: 503,
			check: func(_ *testing.T, r response) { r.wantError(503, 20503, "Service Unavailable") },
		},
		{
			name: "status, all given", status: 429, logged: 429,
			fault: mocktwilio.Fault{
				Kind: mocktwilio.FaultStatus, Status: 429, Code: 20429, Message: "Slow down: 100%",
				Header: http.Header{"retry-after": {"7"}, "Twilio-Request-Id": {"RQ" + strings.Repeat("0", 32)}},
			},
			check: func(t *testing.T, r response) {
				r.wantError(429, 20429, "Slow down: 100%")
				wantEqual(t, "Retry-After", r.header.Get("Retry-After"), "7")
				wantEqual(t, "Twilio-Request-Id", r.header.Get("Twilio-Request-Id"), "RQ"+strings.Repeat("0", 32))
			},
		},
		{
			name: "status after work", fault: mocktwilio.Fault{Kind: mocktwilio.FaultStatus, Status: 500, AfterWork: true},
			done: true, status: 500, logged: 500,
			check: func(_ *testing.T, r response) { r.wantError(500, 20500, "Internal Server Error") },
		},
		{name: "close before", fault: mocktwilio.Fault{Kind: mocktwilio.FaultCloseBefore}},
		{name: "close before, whatever", fault: mocktwilio.Fault{Kind: mocktwilio.FaultCloseBefore, AfterWork: true}},
		{name: "close after", fault: mocktwilio.Fault{Kind: mocktwilio.FaultCloseAfter}, done: true},
		{name: "HTML", fault: mocktwilio.Fault{Kind: mocktwilio.FaultHTML}, status: 502, logged: 502, check: wantHTML("502 Bad Gateway")},
		{
			name: "HTML 200", fault: mocktwilio.Fault{Kind: mocktwilio.FaultHTML, Status: 200, Body: "<p>Sign in</p>"},
			status: 200, logged: 200, check: wantHTML("<p>Sign in</p>"),
		},
		{
			name: "HTML 404", fault: mocktwilio.Fault{Kind: mocktwilio.FaultHTML, Status: 404},
			status: 404, logged: 404, check: wantHTML("404 Not Found"),
		},
		{
			name: "HTML 201 after work", fault: mocktwilio.Fault{Kind: mocktwilio.FaultHTML, Status: 201, AfterWork: true},
			done: true, status: 201, logged: 201, check: wantHTML("201 Created"),
		},
		{
			name: "empty after work", fault: mocktwilio.Fault{Kind: mocktwilio.FaultEmpty, AfterWork: true},
			done: true, status: created, logged: created, check: wantText(""),
		},
		{name: "empty", fault: mocktwilio.Fault{Kind: mocktwilio.FaultEmpty}, status: 200, logged: 200, check: wantText("")},
		{name: "truncate", fault: mocktwilio.Fault{Kind: mocktwilio.FaultTruncate}, done: true, logged: created},
		{
			name: "cut JSON", fault: mocktwilio.Fault{Kind: mocktwilio.FaultCutJSON}, done: true, status: created, logged: created,
			check: func(t *testing.T, r response) {
				if json.Valid([]byte(r.text)) || !strings.HasPrefix(r.text, `{"account_sid":"AC`) {
					t.Errorf("not the beginning of a list: %s", r.text)
				}
			},
		},
		{name: "hang for a while", fault: mocktwilio.Fault{Kind: mocktwilio.FaultHang, Delay: time.Millisecond}},
		{name: "hang after work", fault: mocktwilio.Fault{Kind: mocktwilio.FaultHang, Delay: time.Millisecond, AfterWork: true}, done: true},
		{
			name: "delay", fault: mocktwilio.Fault{Kind: mocktwilio.FaultDelay, Delay: time.Millisecond}, done: true, status: created, logged: created,
			check: func(t *testing.T, r response) { wantFields(t, r.want(created), map[string]any{"friendly_name": "a"}) },
		},
		{
			name: "header alone", done: true, status: created, logged: created,
			fault: mocktwilio.Fault{Kind: mocktwilio.FaultDelay, Header: http.Header{"Twilio-Concurrent-Requests": {"99"}}},
			check: func(t *testing.T, r response) {
				wantEqual(t, "header", r.header.Get("Twilio-Concurrent-Requests"), "99")
			},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := start(t, mocktwilio.Options{})
			c := newClient(t, s)
			s.AddFault(test.fault)
			path := sip(s.AccountSID(), "IpAccessControlLists.json")
			got, err := c.send(c.request(http.MethodPost, path, formType, "FriendlyName=a"))
			if (err == nil) != (test.status != 0) {
				t.Fatalf("status %d, error %v", got.status, err)
			}
			if err == nil {
				wantEqual(t, "status", got.status, test.status)
				test.check(t, got)
			}
			wantEqual(t, "lists made", len(s.Lists("")) == 1, test.done)
			logged := s.Requests()[0]
			wantEqual(t, "Done", logged.Done, test.done)
			wantEqual(t, "Status", logged.Status, test.logged)
			wantEqual(t, "Fault", logged.Fault, test.fault.Kind)
			wantEqual(t, "Finished", logged.Finished, true)
			wantEqual(t, "unused faults", len(s.UnusedFaults()), 0)
			// The fault is used up, and no request is left in flight.
			wantEqual(t, "in flight", c.get(path).header.Get("Twilio-Concurrent-Requests"), "1")
		})
	}
}

func wantHTML(text string) func(*testing.T, response) {
	return func(t *testing.T, r response) {
		t.Helper()
		wantEqual(t, "Content-Type", r.header.Get("Content-Type"), "text/html")
		if !strings.Contains(r.text, text) || r.body != nil {
			t.Errorf("body %s, want %s in it", r.text, text)
		}
	}
}

func wantText(text string) func(*testing.T, response) {
	return func(t *testing.T, r response) {
		t.Helper()
		wantEqual(t, "body", r.text, text)
	}
}

// TestTruncate checks that the client notices an incomplete response.
func TestTruncate(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.AddFault(mocktwilio.Fault{Kind: mocktwilio.FaultTruncate})
	if _, err := w.send(w.request(http.MethodGet, "/v1/Trunks", "", "")); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%v, want an unexpected end", err)
	}
	// A 204 has nothing to truncate.
	w.AddFault(mocktwilio.Fault{Kind: mocktwilio.FaultTruncate})
	if _, err := w.send(w.request(http.MethodDelete, "/v1/Trunks/"+w.trunk, "", "")); err == nil {
		t.Error("an answer")
	}
	wantEqual(t, "trunks left", len(w.Trunks("")), 0)
}

// TestRequestIsProcessedAfterClientLeaves checks that a request is carried out even if the client no longer waits for the
// response.
func TestRequestIsProcessedAfterClientLeaves(t *testing.T) {
	t.Parallel()
	s := start(t, mocktwilio.Options{})
	c := newClient(t, s)
	s.SetLatency(50 * time.Millisecond)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		eventually(t, func() bool { return len(s.Requests()) == 1 })
		cancel()
	}()
	r := c.request(http.MethodPost, sip(s.AccountSID(), "IpAccessControlLists.json"), formType, "FriendlyName=a")
	if _, err := c.send(r.WithContext(ctx)); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	eventually(t, func() bool { return s.Requests()[0].Finished })
	wantEqual(t, "lists made", len(s.Lists("")), 1)
}

// TestHangEndsWhenClientLeaves checks that a hanging request ends with its client.
func TestHangEndsWhenClientLeaves(t *testing.T) {
	t.Parallel()
	s := start(t, mocktwilio.Options{})
	c := newClient(t, s)
	s.AddFault(mocktwilio.Fault{Kind: mocktwilio.FaultHang})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	r := c.request(http.MethodPost, sip(s.AccountSID(), "IpAccessControlLists.json"), formType, "FriendlyName=a")
	if _, err := c.send(r.WithContext(ctx)); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal(err)
	}
	eventually(t, func() bool { return s.Requests()[0].Finished })
	wantEqual(t, "lists made", len(s.Lists("")), 0)
}

func TestFaultMatching(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	lists := sip(w.account, "IpAccessControlLists.json")
	statuses := func(method, path string, n int) []int {
		var found []int
		for range n {
			found = append(found, w.do(w.request(method, path, "", "")).status)
		}
		return found
	}
	w.AddFault(mocktwilio.Fault{Method: "GET", Path: `/IpAccessControlLists\.json$`, Skip: 1, Count: 2, Kind: mocktwilio.FaultStatus, Status: 500})
	w.AddFault(mocktwilio.Fault{Path: "IpAccessControlLists", Kind: mocktwilio.FaultStatus, Status: 501})
	wantEqual(t, "unused", len(w.UnusedFaults()), 2)
	wantSlice(t, "another path", statuses(http.MethodGet, "/v1/Trunks", 2), []int{200, 200})
	// The first fault skips one request, which has the second fault.
	wantSlice(t, "both", statuses(http.MethodGet, lists, 4), []int{501, 500, 500, 200})
	wantEqual(t, "unused", len(w.UnusedFaults()), 0)

	w.AddFault(mocktwilio.Fault{Method: "delete", Count: -1, Kind: mocktwilio.FaultStatus})
	wantEqual(t, "unused", len(w.UnusedFaults()), 1)
	wantSlice(t, "endless", statuses(http.MethodDelete, "/v1/Trunks/"+w.trunk, 3), []int{503, 503, 503})
	wantSlice(t, "another method", statuses(http.MethodGet, "/v1/Trunks", 1), []int{200})
	wantEqual(t, "unused", len(w.UnusedFaults()), 0)
	w.ClearFaults()
	wantSlice(t, "cleared", statuses(http.MethodDelete, "/v1/Trunks/"+w.trunk, 1), []int{204})

	// Rejected requests can have faults too.
	w.AddFault(mocktwilio.Fault{Kind: mocktwilio.FaultStatus, Count: 2})
	wantEqual(t, "not authenticated", w.as("", "").get(lists).status, 503)
	wantEqual(t, "not found", w.get("/nowhere").status, 503)
}

func TestFaultFunc(t *testing.T) {
	t.Parallel()
	s := start(t, mocktwilio.Options{})
	c := newClient(t, s)
	random := rand.New(rand.NewPCG(1, 2)) // not safe for use by several goroutines, so the calls must not overlap
	calls := 0
	s.SetFaultFunc(func(r *http.Request) *mocktwilio.Fault {
		calls++
		if r.Method == http.MethodPost && r.PostForm.Get("FriendlyName") == "doomed" || random.IntN(2) == 0 {
			return &mocktwilio.Fault{Kind: mocktwilio.FaultStatus, Status: 500}
		}
		return nil
	})
	path := sip(s.AccountSID(), "IpAccessControlLists.json")
	for range 5 {
		c.post(path, form("FriendlyName", "doomed")).want(500)
	}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 20 {
				if _, err := c.send(c.request(http.MethodGet, path, "", "")); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	wantEqual(t, "calls", calls, 165)
	failed := 0
	for _, r := range s.Requests() {
		if r.Status == 500 {
			failed++
		}
	}
	if failed < 50 || failed > 130 {
		t.Errorf("%d of 165 requests failed", failed)
	}
	s.AddFault(mocktwilio.Fault{Kind: mocktwilio.FaultStatus, Status: 501})
	c.get(path).want(501) // before the function is called
	s.SetFaultFunc(nil)
	c.get(path).want(200)
}

func TestValidate(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		fault mocktwilio.Fault
		ok    bool
	}{
		{mocktwilio.Fault{Kind: mocktwilio.FaultStatus, Status: 599}, true},
		{mocktwilio.Fault{Kind: mocktwilio.FaultHTML, Status: 200}, true},
		{mocktwilio.Fault{Kind: mocktwilio.FaultHang, Path: "^/v1"}, true},
		{mocktwilio.Fault{}, false},
		{mocktwilio.Fault{Kind: mocktwilio.FaultStatus, Status: 600}, false},
		{mocktwilio.Fault{Kind: mocktwilio.FaultEmpty, Status: 101}, false},
		{mocktwilio.Fault{Kind: mocktwilio.FaultHang, Delay: -1}, false},
		{mocktwilio.Fault{Kind: mocktwilio.FaultHang, Skip: -1}, false},
		{mocktwilio.Fault{Kind: mocktwilio.FaultHang, Path: "["}, false},
	} {
		if err := test.fault.Validate(); (err == nil) != test.ok {
			t.Errorf("%+v: %v", test.fault, err)
		}
	}
}
