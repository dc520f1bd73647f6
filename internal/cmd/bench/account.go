// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// account is a mock of its own and a module of its own that manages it.
type account struct {
	ctx         context.Context //nolint:containedctx // The account lives as long as one measurement.
	cli, dir    string
	module      string
	variables   map[string]any
	server      *mocktwilio.Server
	environment []string
}

// openAccount starts a mock and lays out a module for it, in a directory beside
// that of program, which is the provider to use. prepare may be nil.
func openAccount(ctx context.Context, cli, program, module string, variables map[string]any, prepare func(*mocktwilio.Server, map[string]any)) (*account, error) {
	work := filepath.Dir(filepath.Dir(program))
	dir, err := os.MkdirTemp(work, module+"-")
	if err != nil {
		return nil, err
	}
	settings := filepath.Join(work, "cli.tfrc")
	text := fmt.Sprintf("provider_installation {\n  dev_overrides {\n    \"twilio-sip/twilio\" = %q\n  }\n  direct {}\n}\n", filepath.Dir(program))
	if err := os.WriteFile(settings, []byte(text), 0o600); err != nil {
		return nil, err
	}
	server, err := mocktwilio.Start(mocktwilio.Options{})
	if err != nil {
		return nil, err
	}
	a := &account{
		ctx: ctx, cli: cli, dir: dir, module: module, variables: maps.Clone(variables), server: server,
		environment: append(cleanEnvironment(os.Environ()),
			"TF_CLI_CONFIG_FILE="+settings,
			"CHECKPOINT_DISABLE=1",
			"TWILIO_ACCOUNT_SID="+server.AccountSID(),
			"TWILIO_AUTH_TOKEN="+server.AuthToken(),
			"TWILIO_BASE_URL="+server.URL(),
		),
	}
	if prepare != nil {
		prepare(server, a.variables)
	}
	if err := a.layOut(); err != nil {
		a.close()
		return nil, err
	}
	return a, nil
}

// layOut writes the module and its variables.
func (a *account) layOut() error {
	text, err := modules.ReadFile("modules/" + a.module + ".tf")
	if err != nil {
		return err
	}
	values, err := json.Marshal(a.variables)
	if err != nil {
		return err
	}
	return errors.Join(
		os.WriteFile(filepath.Join(a.dir, "main.tf"), text, 0o600),
		os.WriteFile(filepath.Join(a.dir, "bench.auto.tfvars.json"), values, 0o600),
	)
}

func (a *account) close() { a.server.Close() }

// with is the same account with further variables of the environment.
func (a *account) with(variables ...string) *account {
	other := *a
	other.environment = append(slices.Clone(a.environment), variables...)
	return &other
}

// run runs the CLI and tells what that cost.
func (a *account) run(command string, args ...string) (cost, error) {
	a.server.ResetRequests()
	var output bytes.Buffer
	cmd := exec.CommandContext(a.ctx, a.cli, append([]string{command, "-no-color", "-input=false"}, args...)...)
	cmd.Dir, cmd.Env = a.dir, a.environment
	cmd.Stdout, cmd.Stderr = &output, &output
	// The CLI ends in good order when it is interrupted.
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	started := time.Now()
	err := cmd.Run()
	took := time.Since(started)
	if err != nil {
		return cost{}, fmt.Errorf("%s %s: %w\n%s", command, strings.Join(args, " "), err, tail(output.String()))
	}
	requests := a.server.Requests()
	progress("  %-40s %6d requests %8.2f s", strings.Join(append([]string{command}, args...), " "), len(requests), took.Seconds())
	return newCost(took, requests), nil
}

// plan runs a plan, which must be empty, and adds its cost to all.
func (a *account) plan(all *[]cost, args ...string) error {
	c, err := a.run("plan", append([]string{"-detailed-exitcode"}, args...)...)
	*all = append(*all, c)
	return err
}

// tail is the end of a long output.
func tail(text string) string {
	const most = 4000
	if len(text) > most {
		text = "…" + text[len(text)-most:]
	}
	return text
}

// cleanEnvironment drops what would make the results depend on who runs this:
// settings of the CLI, and above all credentials of a real account.
func cleanEnvironment(environment []string) []string {
	return slices.DeleteFunc(slices.Clone(environment), func(variable string) bool {
		return strings.HasPrefix(variable, "TF_") || strings.HasPrefix(variable, "TWILIO_")
	})
}
