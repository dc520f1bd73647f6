// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"slices"
	"strings"
	"testing"
)

func TestOthers(t *testing.T) {
	t.Parallel()
	files, err := publish(sampleResults(), "date: 2026-05-02\ntwilio-version: 2.0\n"+
		"BenchmarkOther/twilio/lists=1000/latency=50ms/plan 1 6500000000 ns/op 1000 requests 31457280 provider-bytes\n"+
		"BenchmarkOther/twilio/lists=1000/latency=50ms/apply 1 9000000000 ns/op\n"+
		"BenchmarkOther/rjpearson94/lists=1000/latency=50ms/plan 1 7500000000 ns/op 1000 requests\nPASS\n", sectionBegin+sectionEnd)
	if err != nil {
		t.Fatal(err)
	}
	rows := slices.Collect(strings.Lines(files[reportFile]))
	for _, want := range []string{
		"| | | this provider | RJPearson94/twilio | twilio/twilio 2.0 |\n",
		"| plan of 1,000 lists | requests | 2 | 1,000 | 1,000 |\n",
		"|  | seconds at 50 ms a request | 3.50 (3.00–4.00) | 7.50 | 6.50 |\n",
		"|  | provider's memory, MiB | 40 (40–41) |  | 30 |\n",
		"| apply of 1,000 lists | seconds at 50 ms a request | 1.50 (1.00–2.00) |  | 9.00 |\n",
	} {
		if !slices.Contains(rows, want) {
			t.Errorf("there is no row %s", want)
		}
	}
	if strings.Contains(files[reportFile], "| plan of 5,000 address resources |") {
		t.Error("there is a row of which nothing was measured")
	}
	if want := "| 1,000 lists, with twilio/twilio 2.0 | 1,000 | 6.50 | 30.0 MiB | | |\n"; !strings.Contains(files[readmeFile], want) {
		t.Errorf("there is no row %s in\n%s", want, files[readmeFile])
	}
	if !strings.Contains(files[reportFile], "2026-05-02") {
		t.Error("there is no date")
	}
	if strings.Contains(files[reportFile], "<no value>") {
		t.Error(files[reportFile])
	}
}
