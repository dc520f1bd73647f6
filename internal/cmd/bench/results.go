// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"slices"
	"time"
)

// results is everything that was measured. Parts that were not asked for are
// empty.
type results struct {
	Machine   machine
	Scenarios []measurement
	Throttled []throttling
	Programs  []program
	Mock      *mockSpeed
	Targets   []target
}

// measurement is one scenario at one latency.
type measurement struct {
	Scenario scenario
	Latency  time.Duration // of each request

	Apply cost
	// NoRefresh is a plan with -refresh=false: what the CLI itself needs.
	NoRefresh cost
	// Plan is an ordinary plan, PlanSingly one with read_cache = false.
	Plan, PlanSingly cost
	// Change is the apply of a change of one entry. Nil: the scenario has none.
	Change *cost
}

// cost is what one command takes.
type cost struct {
	Seconds  float64
	Requests int
	// Peak is the number of requests that arrived in its busiest second.
	Peak      int
	Endpoints []endpoint
}

// endpoint is how often one thing was asked for.
type endpoint struct {
	Method, Path string
	Requests     int
}

// median is the cost with the median time. There must be one at least.
func median(all []cost) cost {
	sorted := slices.SortedFunc(slices.Values(all), func(a, b cost) int { return cmp.Compare(a.Seconds, b.Seconds) })
	return sorted[len(sorted)/2]
}

// beyond is how much longer a command takes than a plan without a refresh.
func (m measurement) beyond(c cost) float64 { return max(0, c.Seconds-m.NoRefresh.Seconds) }

// find gives the measurement of a scenario, or nil.
func (r results) find(name string, latency time.Duration) *measurement {
	for i := range r.Scenarios {
		if m := &r.Scenarios[i]; m.Scenario.Name == name && m.Latency == latency {
			return m
		}
	}
	return nil
}
