// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import "fmt"

// target is an upper limit for a cost and the measured value.
type target struct {
	What, Limit, Measured string
	Met                   bool
}

// compareTargets compares the results with the targets.
func (r report) compareTargets() []target {
	var all []target
	add := func(met bool, what, limit, measured string) { all = append(all, target{what, limit, measured, met}) }
	requests := func(what string, got, most float64) {
		limit := fmt.Sprintf("at most %s requests", number(most))
		if most == 1 {
			limit = "at most 1 request"
		}
		add(got <= most, what, limit, number(got))
	}
	memory := func(m measurement, most float64) {
		if got := m.Value("plan", "provider-bytes"); got > 0 {
			add(got <= most, "Provider memory in a plan of "+m.Title, "at most "+mebibytes(most), mebibytes(got))
		}
	}
	cpu := func(m measurement, most float64) {
		if got := m.Value("plan", "provider-cpu-s"); got > 0 {
			add(got <= most, "Provider CPU time in a plan of "+m.Title, fmt.Sprintf("at most %.1f s", most), fmt.Sprintf("%.2f s", got))
		}
	}
	busiest := 0.0
	for _, m := range r.Scenarios {
		for _, command := range []string{"apply", "plan", "plan-singly"} {
			busiest = max(busiest, m.Value(command, "requests/busiest-s"))
		}
		if m.Latency == 0 {
			continue
		}
		switch m.Name {
		case "lists=1":
			requests("Plan of 1 list in an account of 1,000", m.Value("plan", "requests"), 1)
		case "lists=1000":
			requests("Plan of 1,000 lists", m.Value("plan", "requests"), 12)
			requests("Apply of 1,000 lists", m.Value("apply", "requests"), 1010)
			most := 1.2*m.Seconds("plan-without-refresh") + 0.5
			add(m.Seconds("plan") <= most, fmt.Sprintf("Plan of 1,000 lists at %d ms latency", m.Latency.Milliseconds()),
				fmt.Sprintf("at most 1.2 times -refresh=false plus 0.5 s: %.2f s", most), fmt.Sprintf("%.2f s", m.Seconds("plan")))
			memory(m, 45<<20)
			cpu(m, 2.1)
		case "inline":
			requests("Plan of "+m.Title, m.Value("plan", "requests"), 52)
		case "single=5000":
			requests("Plan of "+m.Title, m.Value("plan", "requests"), 55)
			memory(m, 80<<20)
		case "fullest":
			memory(m, 150<<20)
			cpu(m, 9.5)
		}
	}
	for _, t := range r.Throttled {
		share := t.Value("rejected/accepted")
		add(share <= 0.25, fmt.Sprintf("%.0f creates, limited to %s, -parallelism=%d", t.Value("creates"), t.Title, t.Parallelism),
			"after the first second, at most 0.25 rejected per accepted request", fmt.Sprintf("%.2f", share))
	}
	for _, p := range r.Programs {
		if p.Name == "terraform-provider-twilio" { // not a program given in BENCH_COMPARE
			const most = 22 << 20
			add(p.Bytes <= most, "Size of the binary", "at most "+mebibytes(most), mebibytes(p.Bytes))
		}
	}
	if r.Objects > 0 && busiest > 0 {
		add(r.Objects >= 2*busiest, "Requests per second that the mock can answer",
			fmt.Sprintf("at least twice the busiest second, which has %s", number(busiest)), number(r.Objects))
	}
	return all
}
