// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"strings"
)

// other is another provider. The benchmarks cannot run it, because it connects only
// to Twilio's own host names, so its results are in a separate file.
type other struct {
	// Name is the name of the provider, followed by its version if it is known.
	Name string
	// prefix replaces CLI in the names of its benchmarks.
	prefix  string
	results results
}

// readOthers returns the providers that the results are about.
func readOthers(r results) []other {
	var all []other
	for _, name := range []string{"RJPearson94/twilio", "twilio/twilio"} {
		key, _, _ := strings.Cut(strings.ToLower(name), "/")
		o := other{strings.TrimSpace(name + " " + r.machine[key+"-version"]), "Other/" + key, r}
		if r.median(o.prefix+"/lists=1000/latency=50ms/plan", "requests") > 0 {
			all = append(all, o)
		}
	}
	return all
}

// comparison is a row of a table that has a column for this provider and for each
// other one. Values are the cells of these columns.
type comparison struct {
	Work, Measure string
	Values        []string
}

// compareOthers returns the rows for which there is a result of another provider.
func compareOthers(r results, others []other) []comparison {
	const (
		plan      = "lists=1000/latency=50ms/plan"
		apply     = "lists=1000/latency=50ms/apply"
		addresses = "single=5000/latency=50ms/plan"
	)
	var all []comparison
	above := ""
	for _, row := range []struct{ work, measure, benchmark, unit string }{
		{"Plan of 1,000 lists", "Requests", plan, "requests"},
		{"Plan of 1,000 lists", "Seconds at 50 ms latency", plan, "ns/op"},
		{"Plan of 1,000 lists", "Seconds at 0 ms", "lists=1000/latency=0s/plan", "ns/op"},
		{"Plan of 1,000 lists", "Provider memory, MiB", plan, "provider-bytes"},
		{"Plan of 1,000 lists", "Provider CPU, seconds", plan, "provider-cpu-s"},
		{"Apply of 1,000 lists", "Requests", apply, "requests"},
		{"Apply of 1,000 lists", "Seconds at 50 ms latency", apply, "ns/op"},
		{"Apply of 1,000 lists", "Seconds at 0 ms", "lists=1000/latency=0s/apply", "ns/op"},
		{"Apply of 1,000 lists", "Bytes per list in the state", apply, "state-bytes/instance"},
		{"Plan of 5,000 address resources", "Requests", addresses, "requests"},
		{"Plan of 5,000 address resources", "Seconds at 50 ms latency", addresses, "ns/op"},
		{"Plan of 5,000 address resources", "Provider memory, MiB", addresses, "provider-bytes"},
		{"Plan of 5,000 address resources", "Provider CPU, seconds", addresses, "provider-cpu-s"},
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

// summarize returns the rows of the table in README.md. A cell is empty if the
// provider has no results for it.
func summarize(r results, others []other) []comparison {
	var all []comparison
	for _, row := range []struct{ command, scenario string }{
		{"plan", "lists=1000"},
		{"plan", "single=5000"},
		{"plan", "inline"},
		{"apply", "lists=1000"},
		{"apply", "inline"},
	} {
		benchmark := row.scenario + "/latency=50ms/" + row.command
		values := []string{r.cost("CLI/" + benchmark)}
		if values[0] == "" {
			continue
		}
		for _, o := range others {
			values = append(values, o.results.cost(o.prefix+"/"+benchmark))
		}
		work := strings.ToUpper(row.command[:1]) + row.command[1:] + " of " + titleOf(row.scenario)
		all = append(all, comparison{Work: work, Values: values})
	}
	return all
}

// cost returns the requests, time, and memory of a command, or "" if it was not measured.
func (r results) cost(benchmark string) string {
	if len(r.values[benchmark]) == 0 {
		return ""
	}
	return fmt.Sprintf("%s requests, %.1f s, %.0f MiB", number(r.median(benchmark, "requests")),
		r.median(benchmark, "ns/op")/1e9, r.median(benchmark, "provider-bytes")/(1<<20))
}
