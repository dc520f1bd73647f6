// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"math"
	"strings"
)

// plot is two panels, requests and seconds of a plan against the number of lists,
// laid out in pixels.
type plot struct {
	Width, Height int
	Legend        []legend
	Panels        []panel
}

type legend struct {
	Class, Text string
	X, Y, TextX int
}

type panel struct {
	Title                            string
	Left, Right, Middle, Top, Bottom float64
	TitleY                           float64
	XTicks, YTicks                   []tick
	Lines                            []line
	Labels                           []label
}

type tick struct {
	At   float64
	Text string
}

type line struct {
	Class, Path string
	Points      []point
}

type point struct{ X, Y float64 }

type label struct {
	point
	DY   int
	Text string
}

// series is one line before it is laid out.
type series struct {
	class string
	dots  bool
	value func(measurement) float64
}

// newPlot takes the slowest latency: there the difference is what people wait for.
func newPlot(r results) plot {
	var all []measurement
	for _, m := range r.Scenarios {
		if m.Scenario.Lists > 0 && m.Latency == latencies[len(latencies)-1] {
			all = append(all, m)
		}
	}
	shared := func(value func(cost) float64) series {
		return series{"shared", true, func(m measurement) float64 { return value(m.Plan) }}
	}
	singly := func(value func(cost) float64) series {
		return series{"singly", true, func(m measurement) float64 { return value(m.PlanSingly) }}
	}
	requests := func(c cost) float64 { return float64(c.Requests) }
	seconds := func(c cost) float64 { return c.Seconds }
	unrefreshed := series{"none", false, func(m measurement) float64 { return m.NoRefresh.Seconds }}

	return plot{
		Width: 760, Height: 340,
		Legend: []legend{
			{"singly", "one request per object", 60, 26, 96},
			{"shared", "this provider", 280, 26, 316},
			{"none", "plan -refresh=false", 440, 26, 476},
		},
		Panels: []panel{
			newPanel("Requests of a plan", 60, all, logarithmic, []series{singly(requests), shared(requests)},
				func(f float64) string { return number(int(f)) }),
			newPanel("Seconds, at 50 ms a request", 440, all, linear, []series{unrefreshed, singly(seconds), shared(seconds)},
				func(f float64) string { return fmt.Sprintf("%.1f", f) }),
		},
	}
}

// scale maps 0 … most, or 1 … most, to 0 … 1, and says where to write numbers.
type scale func(most float64) (place func(float64) float64, ticks []float64)

func logarithmic(most float64) (func(float64) float64, []float64) {
	decades := math.Max(1, math.Ceil(math.Log10(most)))
	var ticks []float64
	for i := range int(decades) + 1 {
		ticks = append(ticks, math.Pow10(i))
	}
	return func(f float64) float64 { return math.Log10(math.Max(1, f)) / decades }, ticks
}

func linear(most float64) (func(float64) float64, []float64) {
	// 1, 2 or 5 times a power of ten, so that there are four to seven steps.
	step := math.Pow10(int(math.Floor(math.Log10(math.Max(most, 0.1)))))
	switch {
	case most/step <= 1.5:
		step /= 5
	case most/step <= 3:
		step /= 2
	case most/step > 6:
		step *= 2
	}
	top := math.Ceil(most/step) * step
	var ticks []float64
	for i := 0; float64(i)*step <= top+step/2; i++ {
		ticks = append(ticks, float64(i)*step)
	}
	return func(f float64) float64 { return f / top }, ticks
}

func newPanel(title string, left float64, all []measurement, vertical scale, lines []series, text func(float64) string) panel {
	const width, top, height = 290, 80, 195
	p := panel{Title: title, Left: left, Right: left + width, Middle: left + width/2, Top: top, Bottom: top + height, TitleY: top - 16}
	most, lists := 1.0, 1.0
	for _, m := range all {
		lists = math.Max(lists, float64(m.Scenario.Lists))
		for _, s := range lines {
			most = math.Max(most, s.value(m))
		}
	}
	across, xs := logarithmic(lists)
	up, ys := vertical(most)
	at := func(x, y float64) point {
		return point{round(left + width*across(x)), round(top + height*(1-up(y)))}
	}
	for _, x := range xs {
		p.XTicks = append(p.XTicks, tick{at(x, 1).X, number(int(x))})
	}
	for _, y := range ys {
		short := strings.TrimSuffix(fmt.Sprintf("%.1f", y), ".0")
		if y >= 1000 {
			short = number(int(y))
		}
		p.YTicks = append(p.YTicks, tick{at(1, y).Y, short})
	}
	for _, s := range lines {
		l := line{Class: s.class}
		for i, m := range all {
			spot := at(float64(m.Scenario.Lists), s.value(m))
			l.Path += fmt.Sprintf("%s%v %v", map[bool]string{true: "M", false: "L"}[i == 0], spot.X, spot.Y)
			if s.dots {
				l.Points = append(l.Points, spot)
			}
			if s.dots && i == len(all)-1 {
				p.Labels = append(p.Labels, label{spot, -10, text(s.value(m))})
			}
		}
		p.Lines = append(p.Lines, l)
	}
	return p
}

func round(f float64) float64 { return math.Round(10*f) / 10 }
