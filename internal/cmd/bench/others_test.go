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
		"BenchmarkOther/rjpearson94/lists=1000/latency=50ms/plan 1 7500000000 ns/op 1000 requests 41943040 provider-bytes\nPASS\n", sectionBegin+sectionEnd)
	if err != nil {
		t.Fatal(err)
	}
	rows := slices.Collect(strings.Lines(files[reportFile]))
	for _, want := range []string{
		"| Command | Measure | This provider | RJPearson94/twilio | twilio/twilio 2.0 |\n",
		"| Plan of 1,000 lists | Requests | 2 | 1,000 | 1,000 |\n",
		"|  | Seconds at 50 ms latency | 3.50 (3.00–4.00) | 7.50 | 6.50 |\n",
		"|  | Provider memory, MiB | 40 (40–41) | 40 | 30 |\n",
		"| Apply of 1,000 lists | Seconds at 50 ms latency | 1.50 (1.00–2.00) |  | 9.00 |\n",
	} {
		if !slices.Contains(rows, want) {
			t.Errorf("there is no row %s", want)
		}
	}
	if strings.Contains(files[reportFile], "| Plan of 5,000 address resources |") {
		t.Error("there is a row without results of other providers")
	}
	for _, want := range []string{
		"| Command | This provider | RJPearson94/twilio | twilio/twilio 2.0 |\n",
		"| Plan of 1,000 lists | 2 requests, 3.5 s, 40 MiB | 1,000 requests, 7.5 s, 40 MiB | 1,000 requests, 6.5 s, 30 MiB |\n",
		"| Plan of 50 lists of 100 addresses in maps | 2 requests, 3.5 s, 40 MiB | – | – |\n",
	} {
		if !strings.Contains(files[readmeFile], want) {
			t.Errorf("there is no row %s in\n%s", want, files[readmeFile])
		}
	}
	if !strings.Contains(files[reportFile], "2026-05-02") {
		t.Error("there is no date")
	}
	if strings.Contains(files[reportFile], "<no value>") {
		t.Error(files[reportFile])
	}
}
