// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// linesOf are results of a plan and an apply that grow with the size of a scenario
// as in the formulas below.
func linesOf(name string, size float64) string {
	plan := fmt.Sprintf("BenchmarkCLI/%s=%.0f/latency=50ms/plan 1 %.0f ns/op 2 requests %.0f provider-bytes %f provider-cpu-s\n",
		name, size, 1e9*(0.2+0.003*size), 1e6*(20+0.01*size), 0.001*size)
	return plan + fmt.Sprintf("BenchmarkCLI/%s=%.0f/latency=50ms/apply 1 %.0f ns/op 900 state-bytes/instance\n",
		name, size, 1e9*(0.3+0.005*size+1e-5*size*size))
}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-6*max(1, math.Abs(b)) }

func TestGrowth(t *testing.T) {
	t.Parallel()
	text := linesOf("lists", 100) + linesOf("lists", 1000) + linesOf("single", 1000)
	for from, want := range map[string]int{"": 1, linesOf("single", 5000): 2} {
		r, err := readResults(text + from + "PASS\n")
		if err != nil {
			t.Fatal(err)
		}
		all := newReport(r, results{}).Growth
		if len(all) != want {
			t.Fatalf("%+v", all)
		}
		for _, g := range all {
			if !near(g.Memory, 10e6) || !near(g.CPU, 1) || !near(g.Seconds, 3) {
				t.Errorf("%+v", g)
			}
		}
	}
}

func TestEstimates(t *testing.T) {
	t.Parallel()
	text := linesOf("lists", 10) + linesOf("lists", 100) + linesOf("lists", 1000) + "PASS\n"
	r, err := readResults(text)
	if err != nil {
		t.Fatal(err)
	}
	all := newReport(r, results{}).Estimates
	if len(all) != 4 {
		t.Fatalf("%+v", all)
	}
	whole, part := all[0], all[1]
	// A plan of 30.2 seconds ends before the page of an account is too old. 398
	// requests more than were measured take 50 ms each, 10 at once.
	if whole.Requests != 400 || !near(whole.Seconds, 30.2+398*0.05/10) || !near(whole.Memory, 120e6) || !near(whole.CPU, 10) || !near(whole.Apply, 0.3+50+1000) || !near(whole.State, 9e6) {
		t.Errorf("%+v", whole)
	}
	if part.Lists != 1000 || part.Requests != 40 || !near(part.Apply, 15.3) || !near(part.ApplyAll(), 153) {
		t.Errorf("%+v", part)
	}
	// At 9 ms a list, the plan takes a minute and a half, and reads each page twice.
	slow := strings.Replace(text, "3200000000 ns/op", "9200000000 ns/op", 1)
	if r, err = readResults(slow); err != nil {
		t.Fatal(err)
	}
	if got := newReport(r, results{}).Estimates[0].Requests; got != 600 {
		t.Errorf("%v requests", got)
	}
	for line := range strings.Lines(text) {
		r, err := readResults(strings.Replace(text, line, "PASS\n", 1))
		if err != nil {
			t.Fatal(err)
		}
		if all := newReport(r, results{}).Estimates; line != "PASS\n" && len(all) > 0 {
			t.Errorf("without %s%+v", line, all)
		}
	}
}
