// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"net/http"
	"testing"
	"time"
)

func TestServerClock(t *testing.T) {
	noon := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	dated := func(date time.Time) http.Header {
		return http.Header{"Date": {date.Format(http.TimeFormat)}}
	}
	c := &serverClock{}
	if got, want := c.earliestCreation(noon), noon.Add(-time.Second); !got.Equal(want) {
		t.Errorf("without an answer: earliest creation %s, want %s", got, want)
	}
	c.observe(http.Header{"Date": {"yesterday"}}, noon)
	c.observe(http.Header{}, noon)
	if got, want := c.earliestCreation(noon), noon.Add(-time.Second); !got.Equal(want) {
		t.Errorf("from malformed headers: earliest creation %s, want %s", got, want)
	}

	// The server is 90.4 s ahead. Its dates are truncated to the second and take 50 ms to arrive.
	const ahead, way = 90*time.Second + 400*time.Millisecond, 50 * time.Millisecond
	var worst time.Duration
	for _, sent := range []time.Duration{0, 300 * time.Millisecond, 610 * time.Millisecond, 900 * time.Millisecond} {
		server := noon.Add(sent + ahead)
		c.observe(dated(server), noon.Add(sent+way))
		bound := noon.Add(c.offset)
		if bound.After(noon.Add(ahead)) {
			t.Fatalf("bound %s is later than the server's clock, %s", bound, noon.Add(ahead))
		}
		worst = noon.Add(ahead).Sub(bound)
	}
	// The best response was sent 10 ms after a full second, at 610 ms.
	if worst != 10*time.Millisecond+way {
		t.Errorf("bound is %s too early", worst)
	}
	if got, want := c.earliestCreation(noon), noon.Add(90*time.Second); !got.Equal(want) {
		t.Errorf("earliest creation %s, want %s", got, want)
	}
	// Better earlier observations are kept.
	c.observe(dated(noon), noon.Add(time.Hour))
	if got := ahead - c.offset; got != worst {
		t.Errorf("bound is %s too early after a worse answer", got)
	}
}
