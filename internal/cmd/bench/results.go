// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
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

// plus is the cost of two commands after each other.
func (c cost) plus(other cost) cost {
	sum := cost{Seconds: c.Seconds + other.Seconds, Requests: c.Requests + other.Requests, Peak: max(c.Peak, other.Peak)}
	sum.Endpoints = slices.Clone(c.Endpoints)
	for _, e := range other.Endpoints {
		sum.Endpoints = counted(sum.Endpoints, e)
	}
	return sum
}

// counted adds the requests of one endpoint to those of all.
func counted(all []endpoint, e endpoint) []endpoint {
	for i := range all {
		if all[i].Method == e.Method && all[i].Path == e.Path {
			all[i].Requests += e.Requests
			return all
		}
	}
	return append(all, e)
}

// newCost reads the log of the mock after a command.
func newCost(took time.Duration, requests []mocktwilio.Request) cost {
	return cost{Seconds: took.Seconds(), Requests: len(requests), Peak: peak(requests), Endpoints: count(requests)}
}

// count tells how often each endpoint was asked for.
func count(requests []mocktwilio.Request) []endpoint {
	var all []endpoint
	for _, r := range requests {
		// The same for all of the 2010 API, and long.
		short := strings.TrimPrefix(r.Endpoint, "/2010-04-01/Accounts/{AccountSid}")
		all = counted(all, endpoint{Method: r.Method, Path: short, Requests: 1})
	}
	slices.SortFunc(all, func(a, b endpoint) int { return strings.Compare(a.Path+a.Method, b.Path+b.Method) })
	return all
}

// peak is the largest number of requests that arrived within a second.
func peak(requests []mocktwilio.Request) int {
	most, from := 0, 0
	for to, r := range requests {
		for r.Time.Sub(requests[from].Time) > time.Second {
			from++
		}
		most = max(most, to-from+1)
	}
	return most
}
