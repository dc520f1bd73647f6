// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// results are what was measured in every run, by benchmark and unit, and the
// lines that describe the machine.
type results struct {
	values  map[string]map[string][]float64
	machine map[string]string
}

// processors is what `go test` appends to the name of each benchmark.
var processors = regexp.MustCompile(`-\d+$`)

// readResults reads Go's benchmark format, as documented at
// https://go.dev/design/14313-benchmark-format. It fails unless all benchmarks
// passed.
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
			// After the number of iterations come pairs of a value and its unit.
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

// median is that of all runs; 0 when there is none.
func (r results) median(benchmark, unit string) float64 {
	sorted := slices.Sorted(slices.Values(r.values[benchmark][unit]))
	if len(sorted) == 0 {
		return 0
	}
	return sorted[len(sorted)/2]
}
