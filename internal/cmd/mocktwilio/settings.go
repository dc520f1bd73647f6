// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// settings are the arguments of the command line.
type settings struct {
	options mocktwilio.Options
	command []string // if nil, the program serves until it is interrupted
	log     logFormat
	control bool
	version bool

	intercept bool

	latency      time.Duration
	maxInFlight  int
	maxPerSecond int
	rateWindow   mocktwilio.RateWindow
	retryAfter   mocktwilio.RetryAfter
	faults       []mocktwilio.Fault
	seed         seed

	load, save          string
	allowOtherProviders bool
}

// parse parses the command line. flag.ErrHelp asks for the help.
func parse(args []string) (*settings, error) {
	var s settings
	if i := slices.Index(args, "--"); i >= 0 {
		s.command = args[i+1:]
		if len(s.command) == 0 {
			return nil, errors.New("no command after --")
		}
		args = args[:i]
	}
	flags := s.flags()
	if err := flags.Parse(joinLogFormat(args)); err != nil {
		return nil, err
	}
	if flags.NArg() > 0 {
		// This is the word before the first argument that is not a flag. If there is a command after --, it can only be meant for
		// -log.
		if i := len(args) - flags.NArg() - 1; s.command != nil && i >= 0 && (args[i] == "-log" || args[i] == "--log") {
			return nil, fmt.Errorf("invalid value %q for flag -log: must be %s or %s", flags.Arg(0), logText, logJSON)
		}
		return nil, fmt.Errorf("unexpected argument %q: put the command after --, as in: mocktwilio -- %s", flags.Arg(0), strings.Join(flags.Args(), " "))
	}
	return &s, s.seed.finish()
}

// flags declares the flags.
func (s *settings) flags() *flag.FlagSet {
	flags := flag.NewFlagSet("mocktwilio", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // run prints the error or the help
	flags.Usage = func() {}
	flags.Func("listen", "", nonEmpty(&s.options.Listen))
	flags.Func("account-sid", "", nonEmpty(&s.options.AccountSID))
	flags.Func("auth-token", "", nonEmpty(&s.options.AuthToken))
	flags.Func("seed", "", func(text string) (err error) {
		if s.options.Seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			return errors.New("must be a whole number, 0 or greater")
		}
		return nil
	})
	flags.BoolVar(&s.options.TrunkBlocksListDelete, "trunk-blocks-list-delete", false, "")
	flags.BoolVar(&s.options.RefuseEqualAddresses, "refuse-equal-addresses", false, "")
	flags.Var(&s.log, "log", "")
	flags.BoolVar(&s.intercept, "intercept", false, "")
	flags.BoolVar(&s.control, "control", false, "")
	flags.BoolVar(&s.version, "version", false, "")
	flags.Func("latency", "", durationFlag(&s.latency))
	flags.Func("max-in-flight", "", numberFlag(&s.maxInFlight))
	flags.Func("max-per-second", "", numberFlag(&s.maxPerSecond))
	flags.Func("rate-window", "", enumFlag(&s.rateWindow, map[string]mocktwilio.RateWindow{
		"sliding": mocktwilio.SlidingWindow, "fixed": mocktwilio.FixedWindow,
	}))
	flags.Func("retry-after", "", enumFlag(&s.retryAfter, map[string]mocktwilio.RetryAfter{
		"none": mocktwilio.RetryAfterNone, "seconds": mocktwilio.RetryAfterSeconds, "date": mocktwilio.RetryAfterDate,
	}))
	flags.Func("fault", "", func(text string) error {
		fault, err := parseFault(text)
		s.faults = append(s.faults, fault)
		return err
	})
	s.seed.addFlags(flags)
	flags.Func("load", "", nonEmpty(&s.load))
	flags.Func("save", "", nonEmpty(&s.save))
	flags.BoolVar(&s.allowOtherProviders, "allow-other-providers", false, "")
	return flags
}

func enumFlag[T any](to *T, values map[string]T) func(string) error {
	return func(text string) error {
		value, ok := values[text]
		if !ok {
			return fmt.Errorf("must be one of %s", strings.Join(slices.Sorted(maps.Keys(values)), ", "))
		}
		*to = value
		return nil
	}
}

func numberFlag(to *int) func(string) error {
	return func(text string) error {
		n, err := strconv.ParseUint(text, 10, 31)
		if err != nil {
			return errors.New("must be a whole number, 0 or greater")
		}
		*to = int(n)
		return nil
	}
}

func durationFlag(to *time.Duration) func(string) error {
	return func(text string) error {
		d, err := time.ParseDuration(text)
		if err != nil || d < 0 {
			return errors.New("must be a duration such as 150ms or 2s")
		}
		*to = d
		return nil
	}
}

func nonEmpty(to *string) func(string) error {
	return func(text string) error {
		if text == "" {
			return errors.New("must not be empty")
		}
		*to = text
		return nil
	}
}

// apply configures the server.
func (s *settings) apply(server *mocktwilio.Server) {
	server.SetLatency(s.latency)
	server.SetMaxInFlight(s.maxInFlight)
	server.SetMaxPerSecond(s.maxPerSecond)
	server.SetRateWindow(s.rateWindow)
	server.SetRetryAfter(s.retryAfter)
	for _, fault := range s.faults {
		server.AddFault(fault)
	}
}
