// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"slices"
	"time"
)

// usualLatencies are the latencies of most scenarios: none, to measure the provider
// itself, and that of a good connection to Twilio.
var usualLatencies = []time.Duration{0, 50 * time.Millisecond}

// variables are the input variables of a module in modules/.
type variables = map[string]any

// scenario is a configuration that is applied, planned and changed.
type scenario struct {
	Name, Title string
	// Lists is the number of lists for the plot. It is 0 if the scenario has anything
	// other than lists.
	Lists  int
	module string
	// full and short are the variables of an ordinary run and of one with -short.
	full, short variables
	// otherLists and domains are the numbers of objects that exist in the account
	// before the first apply.
	otherLists, domains int
	// change is the variable that changes one entry, if the module has one.
	change string
	// parts is the number of parts in which the lists are applied, which is then done
	// only once. If it is 0, all lists are applied together, in every run and at every
	// latency.
	parts int
	// quick is set if the commands are so short that measuring memory and CPU would
	// distort their time. A separate run measures memory and CPU.
	quick bool
	// latency replaces the last one of usualLatencies.
	latency time.Duration
}

// latencies returns the latencies at which the scenario is measured. The last one is
// the realistic one.
func (s scenario) latencies() []time.Duration {
	if s.latency > 0 {
		return []time.Duration{0, s.latency}
	}
	return usualLatencies
}

// scenarios are in the order of the report, the quick ones first. The large ones are
// applied in parts, because the CLI writes the whole state after every resource, so
// its own time for an apply grows with the square of the number of resources.
var scenarios = []scenario{
	lists(1, "1 list, in an account of 1,000", 999),
	lists(10, "10 lists", 0),
	lists(100, "100 lists", 0),
	lists(1000, "1,000 lists", 0),
	{
		Name: "mappings", Title: "10 lists and 100 mappings to 10 domains", module: "mappings", domains: 10, quick: true,
		full: variables{"lists": 10}, short: variables{"lists": 3},
	},
	{
		Name: "inline", Title: "50 lists of 100 addresses in maps", module: "inline", change: "name",
		full: variables{"lists": 50, "addresses": 100}, short: variables{"lists": 3, "addresses": 20},
	},
	{
		Name: "single=1000", Title: "10 lists and 1,000 address resources", module: "single", change: "name",
		full: variables{"lists": 10, "addresses": 100}, short: variables{"lists": 2, "addresses": 5},
	},
	{
		Name: "fullest", Title: "1,000 lists of 100 addresses in maps (a full account)", module: "inline", parts: 20,
		latency: 20 * time.Millisecond,
		full:    variables{"lists": 1000, "addresses": 100}, short: variables{"lists": 40, "addresses": 5},
	},
	{
		Name: "single=5000", Title: "50 lists and 5,000 address resources", module: "single", change: "name", parts: 10,
		full: variables{"lists": 50, "addresses": 100}, short: variables{"lists": 10, "addresses": 5},
	},
}

// titleOf returns the title of the scenario with this name.
func titleOf(name string) string {
	i := slices.IndexFunc(scenarios, func(s scenario) bool { return s.Name == name })
	return scenarios[i].Title
}

func lists(n int, title string, otherLists int) scenario {
	return scenario{
		Name: fmt.Sprintf("lists=%d", n), Title: title, Lists: n, module: "lists", otherLists: otherLists, quick: n < 1000,
		full: variables{"lists": n}, short: variables{"lists": min(n, 50)},
	}
}

// throttle is a limit of an account in which many lists are created. Either perSecond
// or inFlight is set.
type throttle struct {
	Name, Title         string
	perSecond, inFlight int
	Parallelism         int
}

var throttles = []throttle{
	{Name: "per-second=20/parallelism=10", Title: "20 requests per second", perSecond: 20, Parallelism: 10},
	{Name: "per-second=20/parallelism=50", Title: "20 requests per second", perSecond: 20, Parallelism: 50},
	{Name: "in-flight=3/parallelism=10", Title: "3 requests in flight", inFlight: 3, Parallelism: 10},
	{Name: "in-flight=3/parallelism=50", Title: "3 requests in flight", inFlight: 3, Parallelism: 50},
}
