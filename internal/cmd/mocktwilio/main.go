// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Command mocktwilio runs a local Twilio for SIP IP access control lists, as a server or around a command. See mocktwilio --help.
package main

import (
	"cmp"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/control"
)

//go:embed help.txt
var help string

// Exit statuses other than that of the command. The last two are the statuses that shells use.
const (
	exitOK          = 0
	exitFailure     = 1
	exitUsage       = 2
	exitNotRunnable = 126
	exitNotFound    = 127
)

func main() {
	signals := make(chan os.Signal, 8)
	for _, s := range handledSignals {
		// A signal that is ignored, as under nohup, stays ignored.
		if !signal.Ignored(s) {
			signal.Notify(signals, s)
		}
	}
	for _, s := range ignoredSignals {
		// The signal is caught rather than ignored, because the command would inherit that.
		signal.Notify(make(chan os.Signal, 1), s)
	}
	os.Exit(run(os.Args[1:], environment{
		stdin:    os.Stdin,
		stdout:   os.Stdout,
		stderr:   os.Stderr,
		environ:  os.Environ(),
		signals:  signals,
		terminal: hasTerminal,
	}))
}

// environment has what the program uses of its process. Tests replace it.
type environment struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	environ        []string
	signals        <-chan os.Signal
	// terminal reports whether there is a terminal whose Ctrl-C reaches both the command and this process.
	terminal func() bool
}

// fail prints an error and returns the exit status.
func (env environment) fail(err error, status int) int {
	_, _ = fmt.Fprintf(env.stderr, "mocktwilio: %v\n", err)
	return status
}

// run runs the program and returns the exit status.
func run(args []string, env environment) int {
	settings, err := parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		_, _ = io.WriteString(env.stdout, help)
		return exitOK
	case err != nil:
		_, _ = fmt.Fprintf(env.stderr, "mocktwilio: %v\nSee mocktwilio --help.\n", err)
		return exitUsage
	case settings.version:
		_, _ = fmt.Fprintf(env.stdout, "mocktwilio %s\n", programVersion())
		return exitOK
	}
	return settings.run(env)
}

// run starts the server, and runs the command or serves until it is interrupted. It returns the exit status.
func (s *settings) run(env environment) int {
	rehearsal, err := s.rehearse(env)
	if err != nil {
		return env.fail(err, exitFailure)
	}
	defer rehearsal.end()
	var kept control.Log
	var summary mocktwilio.Summary
	s.options.DiscardRequests = true // it may run for days; kept has the last requests
	s.options.OnRequest = func(r mocktwilio.Request) {
		summary.Add(r)
		s.log.print(env.stderr, r)
		rehearsal.add(r)
		if s.control {
			kept.Add(r)
		}
	}
	server, err := mocktwilio.Start(s.options)
	if err != nil {
		return env.fail(err, exitFailure)
	}
	defer server.Close()
	s.apply(server)
	loaded, err := rehearsal.start(server)
	if err != nil {
		return env.fail(err, exitFailure)
	}
	created, err := s.seed.create(server)
	if err != nil {
		return env.fail(err, exitUsage)
	}
	if s.control {
		addControls(server, &kept, s.saver(server))
	}
	proxy, err := s.startProxy(server, env)
	if err != nil {
		return env.fail(err, exitFailure)
	}
	defer proxy.close()
	for _, line := range slices.Concat(loaded, created.lines) {
		_, _ = fmt.Fprintln(env.stderr, line)
	}

	var status int
	if len(s.command) == 0 {
		status = serve(server, proxy, env)
	} else {
		status = runCommand(s.command, childEnvironment(rehearsal.environ, server, created, proxy), env)
	}
	server.Close() // so that the summary counts requests that hang
	rehearsal.report(server, status, env.stderr)
	_, _ = fmt.Fprintf(env.stderr, "\nRequests received by the mock:\n%s", &summary)
	for _, fault := range server.UnusedFaults() {
		_, _ = fmt.Fprintf(env.stderr, "Fault matched fewer requests than expected: %s %s %s\n", cmp.Or(fault.Method, "*"), cmp.Or(fault.Path, "*"), fault.Kind)
	}
	if err := s.writeFile(server); err != nil {
		return env.fail(err, cmp.Or(status, exitFailure))
	}
	return status
}

// serve waits until the program is interrupted.
func serve(server *mocktwilio.Server, proxy proxy, env environment) int {
	lines := exportLines(append([]string{
		"TWILIO_ACCOUNT_SID=" + server.AccountSID(),
		"TWILIO_AUTH_TOKEN=" + server.AuthToken(),
		"TWILIO_BASE_URL=" + server.URL(),
	}, proxy.environment()...))
	if _, err := io.WriteString(env.stdout, lines); err != nil {
		return env.fail(err, exitFailure)
	}
	_, _ = fmt.Fprintf(env.stderr, "Serving at %s. Press Ctrl-C to stop.\n", server.URL())
	<-env.signals
	return exitOK
}
