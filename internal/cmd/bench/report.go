// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// report is what the tables show. Parts that were not measured are empty.
type report struct {
	Machine   string
	Targets   []target
	Scenarios []measurement
	Growth    []growth
	Estimates []estimate
	// Others were measured on OthersDate, and are in the columns of Comparisons after this provider.
	Others      []other
	OthersDate  string
	Comparisons []comparison
	Throttled   []throttling
	Programs    []program
	// Objects and Pages are how many of them the mock can answer in a second.
	Objects, Pages float64
}

// measurement has the results of one scenario at one latency. Its commands are
// apply, plan, plan-singly (with read_cache = false), plan-without-refresh, which
// is what the CLI itself needs, and change, the apply of a change of one entry.
type measurement struct {
	scenario
	Latency time.Duration
	results results
}

// throttling has the results of creates in an account with a limit.
type throttling struct {
	throttle
	results results
}

// program is a provider as it is released.
type program struct {
	Name                string
	Bytes, Milliseconds float64
}

func newReport(r, others results) report {
	rep := report{
		Machine: fmt.Sprintf("%s cores (%s/%s), Go %s, %s",
			r.machine["cores"], r.machine["goos"], r.machine["goarch"], r.machine["go"], r.machine["cli"]),
		Objects: r.median("Mock/object", "requests/s"),
		Pages:   r.median("Mock/page", "requests/s"),
		Others:  readOthers(others), OthersDate: others.machine["date"],
	}
	rep.Comparisons = compareOthers(r, rep.Others)
	for _, s := range scenarios {
		for _, latency := range s.latencies() {
			if m := (measurement{s, latency, r}); m.Seconds("plan")+m.Seconds("apply") > 0 {
				rep.Scenarios = append(rep.Scenarios, m)
			}
		}
	}
	for _, t := range throttles {
		if t := (throttling{t, r}); t.Value("s") > 0 {
			rep.Throttled = append(rep.Throttled, t)
		}
	}
	for _, benchmark := range slices.Sorted(maps.Keys(r.values)) {
		if name, ok := strings.CutPrefix(benchmark, "Program/"); ok {
			rep.Programs = append(rep.Programs, program{name, r.median(benchmark, "bytes"), r.median(benchmark, "ns/op") / 1e6})
		}
	}
	if r.machine["short"] != "true" {
		// These are about other sizes.
		rep.Targets = rep.compareTargets()
		rep.addGrowth("lists=100", "lists=1000", 900)
		rep.addGrowth("single=1000", "single=5000", 4000)
		rep.Estimates = rep.estimateScale()
	}
	return rep
}

// find returns the results of a scenario at the latency that matters to users.
// Without any, its values are 0.
func (r report) find(name string) measurement {
	for _, m := range r.Scenarios {
		if m.Name == name && m.Latency > 0 {
			return m
		}
	}
	return measurement{}
}

// Value is what was measured in a unit: creates, ideal-s, which is what the limit
// allows at best, s, rejected, which is how many requests were answered with 429,
// and rejected/accepted.
func (t throttling) Value(unit string) float64 { return t.results.median("Throttled/"+t.Name, unit) }

// benchmark is the name of a command in the results.
func (m measurement) benchmark(command string) string {
	return fmt.Sprintf("CLI/%s/latency=%s/%s", m.Name, m.Latency, command)
}

// Value is what was measured of a command in a unit: requests, those of one of the
// Endpoints, requests/busiest-s, provider-bytes (the peak of its largest process),
// provider-cpu-s (of all its processes) or state-bytes/instance. Without the command it is 0.
func (m measurement) Value(command, unit string) float64 {
	return m.results.median(m.benchmark(command), unit)
}

// Show writes what Value returns as the tables do, with the spread.
func (m measurement) Show(command, unit string) string {
	return m.results.show(m.benchmark(command), unit)
}

// Seconds is how long a command took; 0 without the command.
func (m measurement) Seconds(command string) float64 {
	return m.results.median(m.benchmark(command), "ns/op") / 1e9
}

// Beyond returns how many seconds longer a command took than a plan without a refresh.
func (m measurement) Beyond(command string) float64 {
	return max(0, m.Seconds(command)-m.Seconds("plan-without-refresh"))
}

// Endpoints are the units of the requests to each endpoint: PATH:METHOD.
func (m measurement) Endpoints() []string {
	all := make(map[string]bool)
	for _, command := range []string{"apply", "plan", "plan-singly", "change"} {
		for unit := range m.results.values[m.benchmark(command)] {
			if strings.HasPrefix(unit, "/") {
				all[unit] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(all))
}
