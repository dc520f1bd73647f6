// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"math"
	"strings"
)

// Geometry of each panel of the plot, in pixels.
const (
	panelWidth  = 290
	panelTop    = 80
	panelHeight = 195
)

// panel is one half of the plot. It shows one measure of a plan for 1, 10, 100, …
// lists.
type panel struct {
	Title                    string
	Left, Right, Top, Bottom float64
	XTicks, YTicks           []tick
	Lines                    []line
}

type tick struct {
	At   float64
	Text string
}

// line is the graph of one kind of plan. Class selects its style, and Label is
// written at its end.
type line struct {
	Class, Label string
	Points       []point
}

type point struct{ X, Y float64 }

// newPlot makes the plot from the results with latency, where the difference
// matters most to users.
func newPlot(r report) []panel {
	var all []measurement
	for _, m := range r.Scenarios {
		if m.Lists > 0 && m.Latency > 0 {
			all = append(all, m)
		}
	}
	requests := func(m measurement, command string) float64 { return m.Value(command, "requests") }
	decimal := func(f float64) string { return strings.TrimSuffix(fmt.Sprintf("%.1f", f), ".0") }
	return []panel{
		newPanel("Requests per plan", 60, all, requests, logarithmic, number),
		newPanel("Seconds per plan, at 50 ms latency", 440, all, measurement.Seconds, linear, decimal),
	}
}

// scale returns a function that maps values up to most to 0 … 1, and the values to
// write on the axis.
type scale func(most float64) (at func(float64) float64, ticks []float64)

func logarithmic(most float64) (at func(float64) float64, ticks []float64) {
	decades := max(1, math.Ceil(math.Log10(most)))
	for i := range int(decades) + 1 {
		ticks = append(ticks, math.Pow10(i))
	}
	return func(f float64) float64 { return math.Log10(f) / decades }, ticks
}

// linear returns a scale with at most seven steps of 0.1, 0.2, 0.5, 1, 2, 5, ….
func linear(most float64) (at func(float64) float64, ticks []float64) {
	step := 0.1
	for i := 0; most > 7*step; i++ {
		step *= []float64{2, 2.5, 2}[i%3]
	}
	steps := max(1, math.Ceil(most/step))
	for i := range int(steps) + 1 {
		ticks = append(ticks, float64(i)*step)
	}
	return func(f float64) float64 { return f / (steps * step) }, ticks
}

func newPanel(title string, left float64, all []measurement, value func(measurement, string) float64, vertical scale, text func(float64) string) panel {
	p := panel{Title: title, Left: left, Right: left + panelWidth, Top: panelTop, Bottom: panelTop + panelHeight}
	most := 0.0
	for _, m := range all {
		most = max(most, value(m, "plan-without-refresh"), value(m, "plan-singly"), value(m, "plan"))
	}
	at, ticks := vertical(most)
	y := func(f float64) float64 { return round(p.Bottom - panelHeight*at(f)) }
	for _, f := range ticks {
		p.YTicks = append(p.YTicks, tick{y(f), text(f)})
	}
	p.Lines = []line{{Class: "none"}, {Class: "singly"}, {Class: "shared"}}
	for i, m := range all {
		x := round(left + panelWidth*float64(i)/float64(max(1, len(all)-1)))
		p.XTicks = append(p.XTicks, tick{x, number(float64(m.Lists))})
		for j, command := range []string{"plan-without-refresh", "plan-singly", "plan"} {
			if f := value(m, command); f > 0 { // a plan without a refresh makes no requests
				p.Lines[j].Points = append(p.Lines[j].Points, point{x, y(f)})
				p.Lines[j].Label = text(f)
			}
		}
	}
	return p
}

// round rounds to a tenth of a pixel.
func round(f float64) float64 { return math.Round(10*f) / 10 }
