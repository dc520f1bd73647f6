// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Bench measures what the provider costs: requests and seconds of plan and
// apply on the real CLI against the mock, behaviour under throttling, size and
// start of the program. It writes benchmarks/ and the section of README.md that
// shows the main results.
//
// Run it from the top of the repository; `make bench` does. A part of the
// measurements (-scenario) or small ones (-quick) are printed, and nothing is
// written.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"time"
)

// settings say what is measured, and with what.
type settings struct {
	cli      string
	scenario *regexp.Regexp
	skip     *regexp.Regexp
	quick    bool
	runs     int
	compare  string
}

// wants reports whether a measurement was asked for.
func (s settings) wants(name string) bool {
	return s.scenario.MatchString(name) && !s.skip.MatchString(name)
}

// whole reports whether everything is measured, so that the results may be
// published.
func (s settings) whole() bool { return s.scenario.String() == "" && !s.quick }

func main() {
	var s settings
	pattern := flag.String("scenario", "", "measure only what this `regexp` matches: "+names())
	skip := flag.String("skip", "^$", "leave out what this `regexp` matches, such as ^single$, which takes minutes; the rest is written all the same")
	flag.StringVar(&s.cli, "terraform", "terraform", "the `program` to use: terraform or tofu")
	flag.BoolVar(&s.quick, "quick", false, "measure small scenarios, once: to see that all works")
	flag.IntVar(&s.runs, "runs", 3, "how `often` each plan is measured; the median counts")
	flag.StringVar(&s.compare, "compare", "", "another provider's `program`, whose size and start are measured beside")
	flag.Parse()

	var err error
	if s.skip, err = regexp.Compile(*skip); err == nil {
		s.scenario, err = regexp.Compile(*pattern)
	}
	if err == nil {
		if s.quick {
			s.runs = 1
		}
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		err = run(ctx, s)
		stop()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, s settings) error {
	started := time.Now()
	dir, err := os.MkdirTemp("", "twilio-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()

	program, err := build(ctx, dir)
	if err != nil {
		return err
	}
	var r results
	if r.Machine, err = thisMachine(ctx, s.cli); err != nil {
		return err
	}
	if r.Scenarios, err = measureScenarios(ctx, s, program); err != nil {
		return err
	}
	if s.wants("throttled") {
		if r.Throttled, err = measureThrottled(ctx, s, program); err != nil {
			return err
		}
	}
	if s.wants("binary") {
		if r.Programs, err = measurePrograms(ctx, s, program); err != nil {
			return err
		}
	}
	if s.wants("mock") {
		if r.Mock, err = measureMock(ctx, s); err != nil {
			return err
		}
	}
	if !s.quick {
		// The targets are about other sizes.
		r.Targets = r.judge()
	}
	progress("Measured in %s.", time.Since(started).Round(time.Second))
	return publish(r, s.whole())
}

// progress tells a person who waits what is going on.
func progress(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
}
