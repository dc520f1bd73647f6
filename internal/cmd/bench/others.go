// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// other is another provider, whose results are in a file of their own: it knows
// only Twilio's host names, so that the benchmarks cannot run it.
type other struct {
	// Name is that of the provider and its version.
	Name string
	// prefix replaces CLI in the names of its benchmarks.
	prefix  string
	results results
}

// Show writes what was measured of a plan or apply of 1,000 lists, at 50 ms a request.
func (o other) Show(command, unit string) string {
	return o.results.show(o.prefix+"/lists=1000/latency=50ms/"+command, unit)
}

// readOthers finds the providers in their results. A line with the name in their
// benchmarks gives the full name and the version.
func readOthers(r results) []other {
	found := make(map[string]other)
	for benchmark := range r.values {
		if rest, ok := strings.CutPrefix(benchmark, "Other/"); ok {
			name, _, _ := strings.Cut(rest, "/")
			found[name] = other{cmp.Or(r.machine[name], name), "Other/" + name, r}
		}
	}
	var all []other
	for _, name := range slices.Sorted(maps.Keys(found)) {
		all = append(all, found[name])
	}
	return all
}

// comparison is a row of the table: the value of this provider and of each other.
type comparison struct {
	What   string
	Values []string
}

// compareOthers makes the rows of which something was measured of another provider.
func compareOthers(r results, others []other) []comparison {
	var all []comparison
	for _, row := range []struct{ what, benchmark, unit string }{
		{"Plan of 1,000 lists: requests", "lists=1000/latency=50ms/plan", "requests"},
		{"seconds, 50 ms a request", "lists=1000/latency=50ms/plan", "ns/op"},
		{"seconds, 0 ms a request", "lists=1000/latency=0s/plan", "ns/op"},
		{"provider's memory, MiB", "lists=1000/latency=50ms/plan", "provider-bytes"},
		{"provider's CPU, seconds", "lists=1000/latency=50ms/plan", "provider-cpu-s"},
		{"Apply of 1,000 lists: requests", "lists=1000/latency=50ms/apply", "requests"},
		{"seconds, 50 ms a request", "lists=1000/latency=50ms/apply", "ns/op"},
		{"seconds, 0 ms a request", "lists=1000/latency=0s/apply", "ns/op"},
		{"state of one list, bytes", "lists=1000/latency=50ms/apply", "state-bytes/instance"},
		{"Plan of 5,000 address resources: requests", "single=5000/latency=50ms/plan", "requests"},
		{"seconds, 50 ms a request", "single=5000/latency=50ms/plan", "ns/op"},
		{"provider's memory, MiB", "single=5000/latency=50ms/plan", "provider-bytes"},
		{"provider's CPU, seconds", "single=5000/latency=50ms/plan", "provider-cpu-s"},
	} {
		values := []string{r.show("CLI/"+row.benchmark, row.unit)}
		for _, o := range others {
			values = append(values, o.results.show(o.prefix+"/"+row.benchmark, row.unit))
		}
		if strings.Join(values[1:], "") != "" {
			all = append(all, comparison{row.what, values})
		}
	}
	return all
}
