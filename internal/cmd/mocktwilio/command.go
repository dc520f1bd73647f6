// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"slices"
	"strings"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// removed are variables that would override those that are set, or make the command use the real Twilio.
var removed = []string{"TWILIO_API_KEY", "TWILIO_API_SECRET", "TWILIO_REGION", "TWILIO_EDGE", "TWILIO_SUBACCOUNT_SID"}

func childEnvironment(environ []string, server *mocktwilio.Server, created seeds, proxy proxy) []string {
	set := []string{
		"TWILIO_ACCOUNT_SID=" + server.AccountSID(),
		"TWILIO_AUTH_TOKEN=" + server.AuthToken(),
		"TWILIO_BASE_URL=" + server.URL(),
		"MOCKTWILIO_URL=" + server.URL(), // makes the provider refuse an https base_url
		"MOCKTWILIO_LIST_SIDS=" + strings.Join(created.lists, " "),
		"MOCKTWILIO_CREDENTIAL_LIST_SIDS=" + strings.Join(created.credentialLists, " "),
		"MOCKTWILIO_DOMAIN_SIDS=" + strings.Join(created.domains, " "),
		"MOCKTWILIO_TRUNK_SIDS=" + strings.Join(created.trunks, " "),
		"MOCKTWILIO_SUBACCOUNTS=" + strings.Join(created.subaccounts, " "),
	}
	set = append(set, proxy.environment()...)
	drop := slices.Clone(removed)
	for _, variable := range set {
		name, _, _ := strings.Cut(variable, "=")
		drop = append(drop, name)
	}
	child := slices.DeleteFunc(slices.Clone(environ), func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		return slices.Contains(drop, name)
	})
	return append(child, set...)
}

// runCommand runs a command and returns its exit status. It passes signals on to the command and always waits for it to end.
func runCommand(command, environ []string, env environment) int {
	cmd := exec.Command(command[0], command[1:]...) //nolint:gosec // the user asked to run it
	cmd.Stdin, cmd.Stdout, cmd.Stderr = env.stdin, env.stdout, env.stderr
	cmd.Env = environ
	if err := cmd.Start(); err != nil {
		if errors.Is(err, exec.ErrNotFound) || errors.Is(err, fs.ErrNotExist) {
			return env.fail(err, exitNotFound)
		}
		return env.fail(err, exitNotRunnable)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case s := <-env.signals:
			forwardSignal(cmd.Process, s, env)
		case err := <-ended:
			if cmd.ProcessState == nil {
				return env.fail(err, exitFailure)
			}
			return exitStatus(cmd.ProcessState)
		}
	}
}

// forwardSignal sends a signal that this process received to the command, unless the terminal has sent it to both. A second
// signal would make Terraform exit without saving its state.
func forwardSignal(process *os.Process, s os.Signal, env environment) {
	if slices.Contains(terminalSignals, s) && env.terminal() {
		return
	}
	_ = process.Signal(s) // the command may have ended
}
