// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio_test

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

func TestMaxInFlight(t *testing.T) {
	t.Parallel()
	s := start(t, mocktwilio.Options{})
	c := newClient(t, s)
	sub, _ := s.AddSubaccount()
	s.SetMaxInFlight(2)
	s.AddFault(mocktwilio.Fault{Count: 2, Kind: mocktwilio.FaultDelay, Delay: time.Hour})
	var group sync.WaitGroup
	for range 2 {
		r := c.request(http.MethodGet, "/v1/Trunks", "", "")
		group.Go(func() { _, _ = c.send(r) }) // ends when the server is closed
	}
	eventually(t, func() bool { return len(s.Requests()) == 2 && len(s.UnusedFaults()) == 0 })

	path := sip(s.AccountSID(), "IpAccessControlLists.json")
	got := c.post(path, form("FriendlyName", "a"))
	got.wantError(http.StatusTooManyRequests, 20429, "Too Many Requests")
	wantEqual(t, "Retry-After", got.header.Get("Retry-After"), "")
	wantEqual(t, "Twilio-Concurrent-Requests", got.header.Get("Twilio-Concurrent-Requests"), "3")
	wantEqual(t, "lists made", len(s.Lists("")), 0)
	logged := s.Requests()[2]
	wantEqual(t, "Done", logged.Done, false)
	wantEqual(t, "Throttled", logged.Throttled(), true)
	wantEqual(t, "InFlight", logged.InFlight, 3)

	s.SetRetryAfter(mocktwilio.RetryAfterSeconds)
	wantEqual(t, "Retry-After", c.get(path).header.Get("Retry-After"), "1")
	s.SetRetryAfter(mocktwilio.RetryAfterDate)
	if at, err := http.ParseTime(c.get(path).header.Get("Retry-After")); err != nil || time.Until(at) > 3*time.Second {
		t.Errorf("Retry-After %v %v", at, err)
	}

	// A throttled request does not use up a fault, and a subaccount has its own limits.
	s.AddFault(mocktwilio.Fault{Kind: mocktwilio.FaultStatus, Status: 418})
	c.get(path).want(http.StatusTooManyRequests)
	wantEqual(t, "another account", c.get(sip(sub, "Domains.json")).status, 418)
	s.SetMaxInFlight(3)
	c.get(path).want(http.StatusOK)
	s.SetMaxInFlight(0)
	c.get(path).want(http.StatusOK)
	s.Close()
	group.Wait()
}

func TestMaxPerSecond(t *testing.T) {
	t.Parallel()
	for _, window := range []mocktwilio.RateWindow{mocktwilio.SlidingWindow, mocktwilio.FixedWindow} {
		s := start(t, mocktwilio.Options{})
		c := newClient(t, s)
		s.SetRateWindow(window)
		s.SetRetryAfter(mocktwilio.RetryAfterSeconds)
		s.SetMaxPerSecond(1)
		admitted, throttled := 0, 0
		for throttled == 0 || admitted < 2 { // the second request is accepted after a second
			got := c.get("/v1/Trunks")
			if got.status == http.StatusOK {
				admitted++
				continue
			}
			throttled++
			got.wantError(http.StatusTooManyRequests, 20429, "Too Many Requests")
			wantEqual(t, "Retry-After", got.header.Get("Retry-After"), "1")
			time.Sleep(20 * time.Millisecond)
		}
		s.SetMaxPerSecond(0)
		for range 5 {
			c.get("/v1/Trunks").want(http.StatusOK)
		}
	}
}

// TestSequentialClient checks that a client that makes one request at a time never exceeds a limit of one in flight.
func TestSequentialClient(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.http = &http.Client{Transport: &http.Transport{}}
	w.SetMaxInFlight(1)
	for range 200 {
		got := w.get("/v1/Trunks")
		got.want(http.StatusOK)
		wantEqual(t, "in flight", got.header.Get("Twilio-Concurrent-Requests"), "1")
	}
}
