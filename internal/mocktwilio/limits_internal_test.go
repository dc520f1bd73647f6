// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"testing"
	"time"
)

// TestRate makes requests at given times, in milliseconds after a full second.
func TestRate(t *testing.T) {
	t.Parallel()
	start := time.Date(2015, time.July, 17, 21, 25, 15, 0, time.UTC)
	for _, test := range []struct {
		name   string
		window RateWindow
		at     []int
		want   string // + for accepted, - for throttled
	}{
		{"sliding", SlidingWindow, []int{900, 950, 990, 1000, 1500, 1899, 1900, 1901, 1950, 2899, 2900}, "++----+-+-+"},
		{"fixed", FixedWindow, []int{900, 950, 990, 1000, 1500, 1899, 1900, 1999, 2000, 2001, 2002}, "++-++---++-"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			l := limits{maxPerSecond: 2, window: test.window}
			got := ""
			for _, ms := range test.at {
				if _, throttled := l.enter("AC", start.Add(time.Duration(ms)*time.Millisecond)); throttled != nil {
					got += "-"
				} else {
					got += "+"
				}
			}
			if got != test.want {
				t.Errorf("%s, want %s", got, test.want)
			}
		})
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	now := time.Date(2015, time.July, 17, 21, 25, 15, 300_000_000, time.UTC)
	for _, test := range []struct {
		mode RetryAfter
		wait time.Duration
		want string
	}{
		{RetryAfterNone, time.Second, ""},
		{RetryAfterSeconds, time.Millisecond, "1"},
		{RetryAfterSeconds, time.Second, "1"},
		{RetryAfterSeconds, 1001 * time.Millisecond, "2"},
		{RetryAfterDate, 700 * time.Millisecond, "Fri, 17 Jul 2015 21:25:16 GMT"},
		{RetryAfterDate, 701 * time.Millisecond, "Fri, 17 Jul 2015 21:25:17 GMT"},
	} {
		l := limits{retryAfter: test.mode}
		if got := l.throttled(now, test.wait).Header.Get("Retry-After"); got != test.want {
			t.Errorf("mode %d, %v: %q, want %q", test.mode, test.wait, got, test.want)
		}
	}
}
