// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// results has the values of all runs by benchmark and unit, and the lines that describe
// the machine.
type results struct {
	values  map[string]map[string][]float64
	machine map[string]string
}

// processors matches the suffix that `go test` appends to the name of each benchmark.
var processors = regexp.MustCompile(`-\d+$`)

// readResults reads Go's benchmark format, as documented at
// https://go.dev/design/14313-benchmark-format. It returns an error unless all
// benchmarks passed.
func readResults(text string) (results, error) {
	r := results{values: make(map[string]map[string][]float64), machine: make(map[string]string)}
	passed := false
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		switch {
		case len(fields) == 0:
		case fields[0] == "PASS":
			passed = true
		case fields[0] == "FAIL":
			return r, errors.New("a benchmark failed")
		case strings.HasSuffix(fields[0], ":"):
			r.machine[strings.TrimSuffix(fields[0], ":")] = strings.Join(fields[1:], " ")
		case strings.HasPrefix(fields[0], "Benchmark") && len(fields) > 2:
			name := processors.ReplaceAllString(strings.TrimPrefix(fields[0], "Benchmark"), "")
			if r.values[name] == nil {
				r.values[name] = make(map[string][]float64)
			}
			// The number of iterations is followed by pairs of a value and its unit.
			for pair := range slices.Chunk(fields[2:], 2) {
				value, err := strconv.ParseFloat(pair[0], 64)
				if err != nil {
					return r, err
				}
				unit := pair[len(pair)-1]
				r.values[name][unit] = append(r.values[name][unit], value)
			}
		}
	}
	if !passed {
		return r, errors.New("there is no line PASS at the end")
	}
	return r, nil
}

// sorted returns the values of all runs in ascending order.
func (r results) sorted(benchmark, unit string) []float64 {
	return slices.Sorted(slices.Values(r.values[benchmark][unit]))
}

// median returns the median of all runs, or 0 if there are none.
func (r results) median(benchmark, unit string) float64 {
	sorted := r.sorted(benchmark, unit)
	n := len(sorted)
	if n == 0 {
		return 0
	}
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// show formats the median of all runs in the unit of the tables, with the minimum and
// maximum if they differ. It returns "" if there are no runs.
func (r results) show(benchmark, unit string) string {
	sorted := r.sorted(benchmark, unit)
	if len(sorted) == 0 {
		return ""
	}
	write := number
	switch unit {
	case "ns/op":
		write = func(f float64) string { return fmt.Sprintf("%.2f", f/1e9) }
	case "provider-cpu-s":
		write = func(f float64) string { return fmt.Sprintf("%.2f", f) }
	case "provider-bytes":
		write = func(f float64) string { return fmt.Sprintf("%.0f", f/(1<<20)) }
	}
	median, least, greatest := write(r.median(benchmark, unit)), write(sorted[0]), write(sorted[len(sorted)-1])
	if least == greatest {
		return median
	}
	return fmt.Sprintf("%s (%s–%s)", median, least, greatest)
}
