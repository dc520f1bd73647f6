// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

// growth is what each additional 1,000 resources add to a plan. Memory is in bytes,
// CPU and Seconds are in seconds.
type growth struct {
	From, To             string
	Memory, CPU, Seconds float64
}

// addGrowth adds the growth from one scenario to another, which has this many more
// resources, if both were measured.
func (r *report) addGrowth(from, to string, more float64) {
	small, large := r.find(from), r.find(to)
	if small.Value("plan", "provider-bytes") == 0 || large.Value("plan", "provider-bytes") == 0 {
		return
	}
	slope := func(unit string) float64 {
		return (large.Value("plan", unit) - small.Value("plan", unit)) / more * 1000
	}
	r.Growth = append(r.Growth, growth{small.Title, large.Title, slope("provider-bytes"), slope("provider-cpu-s"), slope("ns/op") / 1e9})
}

// The size of the configuration that is estimated.
const (
	estimatedLists    = 10_000
	estimatedAccounts = 200
	// inFlight is the default of max_concurrent_requests.
	inFlight = 10
)

// estimate is the expected cost of a plan and a first apply of one state when a large
// configuration is split into several states.
type estimate struct {
	States, Lists, Requests float64
	// Seconds and CPU are for a plan. Apply is the number of seconds of an apply.
	Seconds, CPU, Apply float64
	// Memory is the peak memory of the provider in bytes. State is the size of the
	// state in bytes.
	Memory, State float64
}

// ApplyAll returns the seconds of the first applies of all states, one after the
// other.
func (e estimate) ApplyAll() float64 { return e.States * e.Apply }

// ApplyMinutes returns Apply in minutes.
func (e estimate) ApplyMinutes() float64 { return e.Apply / 60 }

// BlocksGiB returns the memory of one provider block for each account, with few lists
// in each.
func (r report) BlocksGiB() float64 {
	return estimatedAccounts * r.find("lists=10").Value("plan", "provider-bytes") / (1 << 30)
}

// estimateScale extrapolates the results of lists. It also uses the plan of 5,000
// address resources, the only one large enough to show that the CLI's own time grows
// faster than the number of resources. It returns nil if one of these results is missing.
func (r report) estimateScale() []estimate {
	ten, hundred, thousand, addresses := r.find("lists=10"), r.find("lists=100"), r.find("lists=1000"), r.find("single=5000")
	for _, m := range []measurement{ten, hundred, thousand, addresses} {
		if m.Value("plan", "provider-bytes") == 0 || m.Lists > 0 && m.Seconds("apply") == 0 {
			return nil
		}
	}
	var all []estimate
	for _, states := range []float64{1, 10, 40, estimatedAccounts} {
		n, accounts := estimatedLists/states, estimatedAccounts/states
		line := func(unit string) float64 {
			a, b := hundred.Value("plan", unit), thousand.Value("plan", unit)
			return a + (b-a)*(n-100)/900
		}
		e := estimate{States: states, Lists: n, Memory: line("provider-bytes"), CPU: line("provider-cpu-s")}
		e.Seconds = parabola([3]float64{100, 1000, 5050}, [3]float64{hundred.Seconds("plan"), thousand.Seconds("plan"), addresses.Seconds("plan")}, n)
		e.Requests = 2 * accounts // a read of the first list of an account, then a page of lists
		e.Seconds += (e.Requests - thousand.Value("plan", "requests")) * thousand.Latency.Seconds() / inFlight
		e.Apply = parabola([3]float64{10, 100, 1000}, [3]float64{ten.Seconds("apply"), hundred.Seconds("apply"), thousand.Seconds("apply")}, n)
		e.State = n * thousand.Value("apply", "state-bytes/instance")
		all = append(all, e)
	}
	return all
}

// parabola returns the value at x of the parabola through three points. If the parabola
// bends down, which only happens when other programs disturbed a measurement, it uses
// the line through the last two points instead.
func parabola(xs, ys [3]float64, x float64) float64 {
	first := (ys[1] - ys[0]) / (xs[1] - xs[0])
	second := (ys[2] - ys[1]) / (xs[2] - xs[1])
	square := max(0, (second-first)/(xs[2]-xs[0]))
	return ys[2] + (x-xs[2])*(second+(x-xs[1])*square)
}
