// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// throttledLatency is that of each request while an account is throttled.
const throttledLatency = 50 * time.Millisecond

// throttling is how many creates went through an account with a limit.
type throttling struct {
	Limit       string
	Parallelism int
	Creates     int
	// Ideal is what the limit allows at best; Seconds is from the first request to
	// the last answer.
	Ideal, Seconds float64
	// Rejected is how many requests were answered with 429. Share is that of
	// rejected requests among those accepted, after the first second.
	Rejected int
	Share    float64
}

func measureThrottled(ctx context.Context, s settings, program string) ([]throttling, error) {
	const perSecond, inFlight = 20, 3
	creates := 200
	if s.quick {
		creates = 40
	}
	var all []throttling
	for _, limit := range []struct {
		name  string
		ideal float64
		set   func(*mocktwilio.Server)
	}{
		{
			fmt.Sprintf("%d requests a second", perSecond), float64(creates) / perSecond,
			func(server *mocktwilio.Server) { server.SetMaxPerSecond(perSecond) },
		},
		{
			fmt.Sprintf("%d requests in flight", inFlight), float64(creates) / inFlight * throttledLatency.Seconds(),
			func(server *mocktwilio.Server) { server.SetMaxInFlight(inFlight) },
		},
	} {
		for _, parallelism := range []int{10, 50} {
			t := throttling{Limit: limit.name, Parallelism: parallelism, Creates: creates, Ideal: limit.ideal}
			progress("%d creates, %s, -parallelism=%d", creates, t.Limit, parallelism)
			if err := t.measure(ctx, s.cli, program, limit.set); err != nil {
				return nil, err
			}
			all = append(all, t)
		}
	}
	return all, nil
}

func (t *throttling) measure(ctx context.Context, cli, program string, set func(*mocktwilio.Server)) error {
	account, err := openAccount(ctx, cli, program, "lists", map[string]any{"lists": t.Creates}, nil)
	if err != nil {
		return err
	}
	defer account.close()
	account.server.SetLatency(throttledLatency)
	set(account.server)
	parallelism := fmt.Sprint(t.Parallelism)
	account = account.with("TWILIO_MAX_CONCURRENT_REQUESTS=" + parallelism)
	if _, err := account.run("apply", "-auto-approve", "-parallelism="+parallelism); err != nil {
		return err
	}
	t.judge(account.server.Requests())
	return nil
}

// judge reads the log of an apply.
func (t *throttling) judge(requests []mocktwilio.Request) {
	var first, last time.Time
	accepted, rejected := 0, 0
	for _, r := range requests {
		if first.IsZero() {
			first = r.Time
		}
		if end := r.Time.Add(r.Duration); end.After(last) {
			last = end
		}
		late := r.Time.Sub(first) > time.Second
		switch {
		case r.Throttled():
			t.Rejected++
			if late {
				rejected++
			}
		case late:
			accepted++
		}
	}
	t.Seconds = last.Sub(first).Seconds()
	t.Share = float64(rejected) / float64(max(accepted, 1))
}
