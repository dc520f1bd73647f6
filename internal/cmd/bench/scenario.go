// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// modules are the configurations that are planned and applied.
//
//go:embed modules/*.tf
var modules embed.FS

// latencies that a request may have: none, to see what the provider itself
// takes, and that of a good connection to Twilio.
var latencies = []time.Duration{0, 50 * time.Millisecond}

// scenario is a configuration that is applied, planned and changed.
type scenario struct {
	Name, Title string
	// Lists is how many lists it has when it has nothing else, for the plot.
	Lists  int
	module string
	// small and full are the variables of a quick and of an ordinary run.
	small, full map[string]any
	// prepare makes what must exist before. It may set variables.
	prepare func(server *mocktwilio.Server, variables map[string]any)
	// change is the variable, if there is one, that changes one entry.
	change string
	// parts is in how many parts the lists are applied; 0: in one. The CLI's own
	// time for an apply grows with the square of the resources.
	parts int
	// once says that a plan takes so long that one run of it must do.
	once bool
}

// scenarios in the order of the report.
func scenarios() []scenario {
	all := []scenario{}
	for _, n := range []int{1, 10, 100, 1000} {
		all = append(all, scenario{
			Name: fmt.Sprintf("lists-%d", n), Title: plural(n, "list"), Lists: n, module: "lists",
			small: map[string]any{"lists": min(n, 50)}, full: map[string]any{"lists": n},
		})
	}
	// One list must stay cheap where there are many others.
	all[0].Title, all[0].prepare = "1 list, in an account of 1,000", addLists
	small, full := map[string]any{"lists": 3, "addresses": 20}, map[string]any{"lists": 50, "addresses": 100}
	return append(all,
		scenario{
			Name: "inline", Title: "50 lists of 100 addresses, as maps", module: "inline",
			small: small, full: full, change: "name",
		},
		scenario{
			Name: "single", Title: "50 lists and 5,000 address resources", module: "single",
			small: map[string]any{"lists": 10, "addresses": 5}, full: full, parts: 10, change: "name", once: true,
		},
		scenario{
			Name: "mappings", Title: "10 lists and 100 mappings to 10 domains", module: "mappings",
			small: map[string]any{"lists": 3}, full: map[string]any{"lists": 10}, prepare: addDomains,
		},
	)
}

// names of all measurements, for the help.
func names() string {
	var all []string
	for _, s := range scenarios() {
		all = append(all, s.Name)
	}
	return strings.Join(append(all, "throttled", "binary", "mock"), ", ")
}

func addLists(server *mocktwilio.Server, _ map[string]any) {
	for i := range 999 {
		server.CreateList("", fmt.Sprintf("Another %d", i))
	}
}

func addDomains(server *mocktwilio.Server, variables map[string]any) {
	var sids []string
	for i := range 10 {
		sids = append(sids, server.CreateDomain("", fmt.Sprintf("bench-%d.sip.twilio.com", i), "").SID)
	}
	variables["domain_sids"] = sids
}

func measureScenarios(ctx context.Context, s settings, program string) ([]measurement, error) {
	var all []measurement
	for _, what := range scenarios() {
		if !s.wants(what.Name) {
			continue
		}
		for _, latency := range latencies {
			progress("%s, %s a request", what.Title, latency)
			m, err := measure(ctx, s, program, what, latency)
			if err != nil {
				return nil, fmt.Errorf("%s at %s a request: %w", what.Name, latency, err)
			}
			all = append(all, m)
		}
	}
	return all, nil
}

func measure(ctx context.Context, s settings, program string, what scenario, latency time.Duration) (measurement, error) {
	m := measurement{Scenario: what, Latency: latency}
	variables := what.full
	if s.quick {
		variables = what.small
	}
	account, err := openAccount(ctx, s.cli, program, what.module, variables, what.prepare)
	if err != nil {
		return m, err
	}
	defer account.close()
	account.server.SetLatency(latency)

	if what.parts > 0 {
		m.Apply, err = account.applyInParts(what.parts)
	} else {
		m.Apply, err = account.run("apply", "-auto-approve")
	}
	if err != nil {
		return m, err
	}
	// In turn, so that what else the machine does befalls all of them.
	singly := account.with("TWILIO_READ_CACHE=false")
	var unrefreshed, shared, single []cost
	runs := s.runs
	if what.once {
		runs = 1
	}
	for range runs {
		if err := errors.Join(
			account.plan(&unrefreshed, "-refresh=false"),
			account.plan(&shared),
			singly.plan(&single),
		); err != nil {
			return m, err
		}
	}
	m.NoRefresh, m.Plan, m.PlanSingly = median(unrefreshed), median(shared), median(single)
	if what.change != "" {
		changed, err := account.run("apply", "-auto-approve", "-var", what.change+"=Changed")
		if err != nil {
			return m, err
		}
		m.Change = &changed
	}
	return m, nil
}
