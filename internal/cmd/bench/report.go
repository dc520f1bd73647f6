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

// report is the data of the tables. Parts that were not measured are empty.
type report struct {
	Machine   string
	Targets   []target
	Scenarios []measurement
	Growth    []growth
	Estimates []estimate
	// Others were measured on OthersDate.
	Others     []other
	OthersDate string
	// Providers are the columns of Comparisons and Summary. Summary is the table in README.md.
	Providers            []string
	Comparisons, Summary []comparison
	Throttled            []throttling
	Programs             []program
	// Objects and Pages are the requests per second that the mock can answer, for
	// single objects and for pages.
	Objects, Pages float64
}

// measurement has the results of one scenario at one latency. Its commands are
// apply, plan, plan-singly (a plan with read_cache = false), plan-without-refresh (the
// CLI's own work), and change (the apply of a change of one entry).
type measurement struct {
	scenario
	Latency time.Duration
	results results
}

// throttling has the results of creating lists in an account with a limit.
type throttling struct {
	throttle
	results results
}

// program is the release build of a provider.
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
	rep.Providers = []string{"This provider"}
	for _, o := range rep.Others {
		rep.Providers = append(rep.Providers, o.Name)
	}
	rep.Comparisons, rep.Summary = compareOthers(r, rep.Others), summarize(r, rep.Others)
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
		// Targets and estimates are for the sizes of an ordinary run.
		rep.Targets = rep.compareTargets()
		rep.addGrowth("lists=100", "lists=1000", 900)
		rep.addGrowth("single=1000", "single=5000", 4000)
		rep.Estimates = rep.estimateScale()
	}
	return rep
}

// find returns the results of a scenario with latency. If there are none, all values
// of the returned measurement are 0.
func (r report) find(name string) measurement {
	for _, m := range r.Scenarios {
		if m.Name == name && m.Latency > 0 {
			return m
		}
	}
	return measurement{}
}

// Value returns the result in one of these units: creates, ideal-s (the shortest time
// that the limit allows), s, rejected (requests that were answered with 429), and
// rejected/accepted.
func (t throttling) Value(unit string) float64 { return t.results.median("Throttled/"+t.Name, unit) }

// benchmark returns the name of a command in the results.
func (m measurement) benchmark(command string) string {
	return fmt.Sprintf("CLI/%s/latency=%s/%s", m.Name, m.Latency, command)
}

// Value returns the result of a command in one of these units: requests, one of
// Endpoints, requests/busiest-s, provider-bytes (peak memory of the largest process),
// provider-cpu-s (of all processes), or state-bytes/instance. It is 0 if the command
// was not measured.
func (m measurement) Value(command, unit string) float64 {
	return m.results.median(m.benchmark(command), unit)
}

// Show formats what Value returns for the tables, with the minimum and maximum.
func (m measurement) Show(command, unit string) string {
	return m.results.show(m.benchmark(command), unit)
}

// Seconds returns the time that a command took. It is 0 if the command was not
// measured.
func (m measurement) Seconds(command string) float64 {
	return m.results.median(m.benchmark(command), "ns/op") / 1e9
}

// Beyond returns by how many seconds a command took longer than a plan without a
// refresh.
func (m measurement) Beyond(command string) float64 {
	return max(0, m.Seconds(command)-m.Seconds("plan-without-refresh"))
}

// Endpoints returns the units that count the requests to each endpoint: PATH:METHOD.
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
