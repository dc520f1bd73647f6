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
	text := linesOf("lists", 10) + linesOf("lists", 100) + linesOf("lists", 1000) +
		// The CLI needs 1e-6 s more for each pair of the 5,050 resources, beyond those of 1,000.
		fmt.Sprintf("BenchmarkCLI/single=5000/latency=50ms/plan 1 %.0f ns/op 1 provider-bytes\n", 1e9*(0.2+0.003*5050+1e-6*(5050-100)*(5050-1000)))
	r, err := readResults(text + "PASS\n")
	if err != nil {
		t.Fatal(err)
	}
	all := newReport(r, results{}).Estimates
	if len(all) != 4 {
		t.Fatalf("%+v", all)
	}
	whole, part := all[0], all[1]
	// 398 requests more than were measured take 50 ms each, 10 at once.
	seconds := 0.2 + 30 + 1e-6*9900*9000 + 398*0.05/10
	if whole.Requests != 400 || !near(whole.Seconds, seconds) || !near(whole.Memory, 120e6) || !near(whole.CPU, 10) || !near(whole.Apply, 0.3+50+1000) || !near(whole.State, 9e6) {
		t.Errorf("%+v", whole)
	}
	if part.Lists != 1000 || part.Requests != 40 || !near(part.Seconds, 3.2+38*0.05/10) || !near(part.Apply, 15.3) || !near(part.ApplyAll(), 153) {
		t.Errorf("%+v", part)
	}
	for line := range strings.Lines(text) {
		r, err := readResults(strings.Replace(text, line, "", 1) + "PASS\n")
		if err != nil {
			t.Fatal(err)
		}
		if all := newReport(r, results{}).Estimates; len(all) > 0 {
			t.Errorf("without %s%+v", line, all)
		}
	}
}

func TestParabola(t *testing.T) {
	t.Parallel()
	xs := [3]float64{1, 2, 4}
	for _, test := range []struct {
		ys   [3]float64
		x, y float64
	}{
		{[3]float64{1, 4, 16}, 10, 100},
		{[3]float64{1, 4, 16}, 2, 4},
		{[3]float64{1, 2, 4}, 10, 10},
		{[3]float64{0, 5, 6}, 10, 9}, // bends down
	} {
		if got := parabola(xs, test.ys, test.x); !near(got, test.y) {
			t.Errorf("%v at %v: %v, want %v", test.ys, test.x, got, test.y)
		}
	}
}
