// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"strings"
	"testing"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// reportRequests reports the number of requests per run, in total and for each endpoint
// (PATH:METHOD), and the number of requests in the busiest second of all runs.
func reportRequests(b *testing.B, requests []mocktwilio.Request) {
	b.Helper()
	counts := map[string]int{"requests": len(requests)}
	for _, r := range requests {
		// All paths of the 2010 API have this prefix.
		counts[strings.TrimPrefix(r.Endpoint, "/2010-04-01/Accounts/{AccountSid}")+":"+r.Method]++
	}
	for unit, n := range counts {
		b.ReportMetric(float64(n)/float64(b.N), unit)
	}
	b.ReportMetric(float64(peak(requests)), "requests/busiest-s")
}

// peak returns the largest number of requests that arrived within one second.
func peak(requests []mocktwilio.Request) int {
	most, from := 0, 0
	for to, r := range requests {
		for r.Time.Sub(requests[from].Time) > time.Second {
			from++
		}
		most = max(most, to-from+1)
	}
	return most
}

// measureThrottling returns, from the requests of an apply, the time from the first
// request to the last response, the number of requests that were answered with 429, and
// the number of rejected requests per accepted one after the first second.
func measureThrottling(requests []mocktwilio.Request) (took time.Duration, rejected int, share float64) {
	var lateRejected, lateAccepted int
	for _, r := range requests {
		since := r.Time.Sub(requests[0].Time)
		took = max(took, since+r.Duration)
		late := since > time.Second
		switch {
		case r.Throttled():
			rejected++
			if late {
				lateRejected++
			}
		case late:
			lateAccepted++
		}
	}
	return took, rejected, float64(lateRejected) / float64(max(lateAccepted, 1))
}
