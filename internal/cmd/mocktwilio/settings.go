// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// settings are the arguments of the command line.
type settings struct {
	options mocktwilio.Options
	command []string // nil: serve
	log     bool

	intercept bool

	latency      time.Duration
	maxInFlight  int
	maxPerSecond int
	rateWindow   mocktwilio.RateWindow
	retryAfter   mocktwilio.RetryAfter
	faults       []mocktwilio.Fault

	lists       []seedList
	seedLists   int
	domains     []string
	trunks      []string
	subaccounts int
}

type seedList struct {
	name      string
	addresses []netip.Prefix
}

// parse reads the command line. flag.ErrHelp asks for the help.
func parse(args []string) (*settings, error) {
	var s settings
	if i := slices.Index(args, "--"); i >= 0 {
		s.command = args[i+1:]
		if len(s.command) == 0 {
			return nil, errors.New("a command must follow --")
		}
		args = args[:i]
	}
	flags := flag.NewFlagSet("mocktwilio", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // run prints the error, or the help
	flags.Usage = func() {}
	flags.StringVar(&s.options.Listen, "listen", "", "")
	flags.StringVar(&s.options.AccountSID, "account-sid", "", "")
	flags.StringVar(&s.options.AuthToken, "auth-token", "", "")
	flags.Uint64Var(&s.options.Seed, "seed", 0, "")
	flags.BoolVar(&s.options.TrunkBlocksListDelete, "trunk-blocks-list-delete", false, "")
	flags.BoolVar(&s.options.RefuseEqualAddresses, "refuse-equal-addresses", false, "")
	flags.BoolVar(&s.log, "log", false, "")
	flags.BoolVar(&s.intercept, "intercept", false, "")
	flags.DurationVar(&s.latency, "latency", 0, "")
	flags.IntVar(&s.maxInFlight, "max-in-flight", 0, "")
	flags.IntVar(&s.maxPerSecond, "max-per-second", 0, "")
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
	flags.Func("list", "", func(text string) error {
		list, err := parseList(text)
		s.lists = append(s.lists, list)
		return err
	})
	flags.IntVar(&s.seedLists, "seed-lists", 0, "")
	flags.Func("domain", "", appendFlag(&s.domains))
	flags.Func("trunk", "", appendFlag(&s.trunks))
	flags.IntVar(&s.subaccounts, "subaccounts", 0, "")
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	if flags.NArg() > 0 {
		return nil, fmt.Errorf("%q: a command must follow --, as in: mocktwilio -- %s", flags.Arg(0), strings.Join(flags.Args(), " "))
	}
	if s.latency < 0 || s.maxInFlight < 0 || s.maxPerSecond < 0 || s.seedLists < 0 || s.subaccounts < 0 {
		return nil, errors.New("numbers and durations cannot be negative")
	}
	return &s, nil
}

func enumFlag[T any](to *T, values map[string]T) func(string) error {
	return func(text string) error {
		value, ok := values[text]
		if !ok {
			return errors.New("see --help for the values that there are")
		}
		*to = value
		return nil
	}
}

func appendFlag(to *[]string) func(string) error {
	return func(text string) error {
		if text == "" {
			return errors.New("the name is missing")
		}
		*to = append(*to, text)
		return nil
	}
}

// parseList reads NAME[=ADDRESS,…].
func parseList(text string) (seedList, error) {
	name, addresses, _ := strings.Cut(text, "=")
	list := seedList{name: name}
	if name == "" {
		return list, errors.New("the name is missing")
	}
	for address := range strings.SplitSeq(addresses, ",") {
		if address == "" {
			continue
		}
		if !strings.Contains(address, "/") {
			address += "/32"
		}
		prefix, err := netip.ParsePrefix(address)
		if err != nil || !prefix.Addr().Is4() || prefix.Bits() == 0 {
			return list, fmt.Errorf("%q is not an IPv4 address or CIDR block", address)
		}
		list.addresses = append(list.addresses, prefix)
	}
	return list, nil
}

// seeds are the objects that apply has created: lines that describe them, and
// SIDs for the environment.
type seeds struct {
	lines                               []string
	lists, domains, trunks, subaccounts []string
}

// apply configures the server and creates the objects.
func (s *settings) apply(server *mocktwilio.Server) seeds {
	server.SetLatency(s.latency)
	server.SetMaxInFlight(s.maxInFlight)
	server.SetMaxPerSecond(s.maxPerSecond)
	server.SetRateWindow(s.rateWindow)
	server.SetRetryAfter(s.retryAfter)
	for _, fault := range s.faults {
		server.AddFault(fault)
	}
	var created seeds
	describe := func(kind, sid, name string) {
		created.lines = append(created.lines, fmt.Sprintf("%-10s %s  %s", kind, sid, name))
	}
	for i := range s.seedLists {
		s.lists = append(s.lists, seedList{name: fmt.Sprintf("list-%d", i+1)})
	}
	for _, list := range s.lists {
		l := server.CreateList("", list.name)
		for _, prefix := range list.addresses {
			server.CreateAddress("", l.SID, prefix.Addr().String(), prefix.Bits(), prefix.String())
		}
		created.lists = append(created.lists, l.SID)
		describe("list", l.SID, list.name)
	}
	for _, name := range s.domains {
		d := server.CreateDomain("", name, "")
		created.domains = append(created.domains, d.SID)
		describe("domain", d.SID, name)
	}
	for _, text := range s.trunks {
		name, domain, _ := strings.Cut(text, "=")
		t := server.CreateTrunk("", name, domain)
		created.trunks = append(created.trunks, t.SID)
		describe("trunk", t.SID, text)
	}
	for range s.subaccounts {
		sid, token := server.AddSubaccount()
		created.subaccounts = append(created.subaccounts, sid+":"+token)
		describe("subaccount", sid, "token "+token)
	}
	return created
}
