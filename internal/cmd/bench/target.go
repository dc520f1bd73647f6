// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import "fmt"

// target is a promise about cost, and what was measured.
type target struct {
	What, Limit, Measured string
	Met                   bool
}

// judge holds what was measured against what is promised.
func (r results) judge() []target {
	var all []target
	add := func(what, limit, measured string, met bool) {
		all = append(all, target{what, limit, measured, met})
	}
	requests := func(what string, got, most int) {
		add(what, fmt.Sprintf("at most %s", plural(most, "request")), number(got), got <= most)
	}
	slow := latencies[len(latencies)-1]
	if m := r.find("lists-1", slow); m != nil {
		requests("Plan of 1 list in an account of 1,000", m.Plan.Requests, 1)
	}
	if m := r.find("lists-1000", slow); m != nil {
		requests("Plan of 1,000 lists", m.Plan.Requests, 12)
		requests("Apply of 1,000 lists", m.Apply.Requests, 1010)
		most := 1.2*m.NoRefresh.Seconds + 0.5
		add(fmt.Sprintf("Plan of 1,000 lists at %d ms a request", slow.Milliseconds()),
			fmt.Sprintf("within 20 %% of -refresh=false plus 0.5 s: %.2f s", most), fmt.Sprintf("%.2f s", m.Plan.Seconds), m.Plan.Seconds <= most)
	}
	if m := r.find("inline", slow); m != nil {
		requests("Plan of 50 lists of 100 addresses, as maps", m.Plan.Requests, 52)
	}
	if m := r.find("single", slow); m != nil {
		requests("Plan of 50 lists and 5,000 address resources", m.Plan.Requests, 55)
	}
	for _, t := range r.Throttled {
		add(fmt.Sprintf("%d creates under %s, -parallelism=%d", t.Creates, t.Limit, t.Parallelism),
			"after the first second at most 1 rejected request for 4 accepted", fmt.Sprintf("%.2f for 4", 4*t.Share), t.Share <= 0.25)
	}
	if len(r.Programs) > 0 {
		add("Size of the program", mebibytes(sizeLimit), mebibytes(r.Programs[0].Bytes), r.Programs[0].Bytes <= sizeLimit)
	}
	if busiest := r.busiest(); r.Mock != nil && busiest > 0 {
		add("Requests a second that the mock can answer", fmt.Sprintf("at least twice the %s of the busiest second", number(busiest)),
			number(int(r.Mock.Objects)), r.Mock.Objects >= 2*float64(busiest))
	}
	return all
}

// busiest is the largest number of requests in a second of all commands.
func (r results) busiest() int {
	most := 0
	for _, m := range r.Scenarios {
		for _, c := range []cost{m.Apply, m.Plan, m.PlanSingly} {
			most = max(most, c.Peak)
		}
	}
	return most
}

func mebibytes(bytes int64) string { return fmt.Sprintf("%.1f MiB", float64(bytes)/(1<<20)) }
