// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import "strings"

// other is another provider, whose results are in a file of their own: it knows
// only Twilio's host names, so that the benchmarks cannot run it.
type other struct {
	// Name is that of the provider, with its version if that is known.
	Name string
	// prefix replaces CLI in the names of its benchmarks.
	prefix  string
	results results
}

// readOthers finds the providers of which there are results.
func readOthers(r results) []other {
	var all []other
	for _, name := range []string{"RJPearson94/twilio", "twilio/twilio"} {
		key, _, _ := strings.Cut(strings.ToLower(name), "/")
		o := other{strings.TrimSpace(name + " " + r.machine[key+"-version"]), "Other/" + key, r}
		if o.Value("plan", "requests") > 0 {
			all = append(all, o)
		}
	}
	return all
}

// Value is what was measured of a plan or apply of 1,000 lists, at 50 ms a request.
func (o other) Value(command, unit string) float64 {
	return o.results.median(o.prefix+"/lists=1000/latency=50ms/"+command, unit)
}

// Seconds is how long it took.
func (o other) Seconds(command string) float64 { return o.Value(command, "ns/op") / 1e9 }

// comparison is a row of the table: the value of this provider and of each other.
type comparison struct {
	Work, Measure string
	Values        []string
}

// compareOthers makes the rows of which something was measured of another provider.
func compareOthers(r results, others []other) []comparison {
	const (
		plan      = "lists=1000/latency=50ms/plan"
		apply     = "lists=1000/latency=50ms/apply"
		addresses = "single=5000/latency=50ms/plan"
	)
	var all []comparison
	above := ""
	for _, row := range []struct{ work, measure, benchmark, unit string }{
		{"plan of 1,000 lists", "requests", plan, "requests"},
		{"plan of 1,000 lists", "seconds at 50 ms a request", plan, "ns/op"},
		{"plan of 1,000 lists", "seconds at 0 ms", "lists=1000/latency=0s/plan", "ns/op"},
		{"plan of 1,000 lists", "provider's memory, MiB", plan, "provider-bytes"},
		{"plan of 1,000 lists", "provider's CPU, seconds", plan, "provider-cpu-s"},
		{"apply of 1,000 lists", "requests", apply, "requests"},
		{"apply of 1,000 lists", "seconds at 50 ms a request", apply, "ns/op"},
		{"apply of 1,000 lists", "seconds at 0 ms", "lists=1000/latency=0s/apply", "ns/op"},
		{"apply of 1,000 lists", "bytes of one list in the state", apply, "state-bytes/instance"},
		{"plan of 5,000 address resources", "requests", addresses, "requests"},
		{"plan of 5,000 address resources", "seconds at 50 ms a request", addresses, "ns/op"},
		{"plan of 5,000 address resources", "provider's memory, MiB", addresses, "provider-bytes"},
		{"plan of 5,000 address resources", "provider's CPU, seconds", addresses, "provider-cpu-s"},
	} {
		values := []string{r.show("CLI/"+row.benchmark, row.unit)}
		for _, o := range others {
			values = append(values, o.results.show(o.prefix+"/"+row.benchmark, row.unit))
		}
		if strings.Join(values[1:], "") == "" {
			continue
		}
		if row.work == above {
			row.work = ""
		} else {
			above = row.work
		}
		all = append(all, comparison{row.work, row.measure, values})
	}
	return all
}
