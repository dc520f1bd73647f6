// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// patience limits waits that take a few seconds on an idle machine.
const patience = 2 * time.Minute

// build builds the provider and returns its directory.
func build(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if output, err := exec.CommandContext(t.Context(), "go", "build", "-buildvcs=false", "-o", filepath.Join(dir, "terraform-provider-twilio"), ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return dir
}

// newCLI makes a directory in which the CLI starts the built provider as a separate process, as after an installation.
func newCLI(m *acctest.Mock, built string) *acctest.CLI {
	m.T.Helper()
	c := m.NewCLI(nil)
	settings := filepath.Join(m.T.TempDir(), "cli.tfrc")
	text := fmt.Sprintf("provider_installation {\n  dev_overrides {\n    %q = %q\n  }\n  direct {}\n}\n", acctest.ProviderSource, built)
	if err := os.WriteFile(settings, []byte(text), 0o600); err != nil {
		m.T.Fatal(err)
	}
	c.Env = append(c.Env, "TF_REATTACH_PROVIDERS=", "TF_CLI_CONFIG_FILE="+settings)
	c.Write("main.tf", m.RootConfig()+`
resource "twilio_sip_ip_access_control_list" "test" {
  count         = 30
  friendly_name = "list ${count.index}"
}
`)
	return c
}

// run is a run of the CLI in a separate process group, together with the provider's process.
type run struct {
	*exec.Cmd
	output bytes.Buffer
	// alive is the write end of a pipe whose read end is the standard input of the CLI and the provider.
	alive *os.File
}

// start starts the CLI. Processes of the group that are left at the end of the test are killed.
func start(c *acctest.CLI, args ...string) *run {
	c.T.Helper()
	input, alive, err := os.Pipe()
	if err != nil {
		c.T.Fatal(err)
	}
	r := &run{Cmd: exec.CommandContext(c.T.Context(), c.Path, args...), alive: alive}
	r.Dir, r.Env, r.Stdin, r.Stdout, r.Stderr = c.Dir, c.Env, input, &r.output, &r.output
	r.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	r.WaitDelay = patience
	if err := r.Start(); err != nil {
		c.T.Fatal(err)
	}
	_ = input.Close()
	c.T.Cleanup(func() {
		_ = syscall.Kill(-r.Process.Pid, syscall.SIGKILL)
		_ = alive.Close()
	})
	return r
}

// ended reports whether both the CLI and the provider have ended, so that no process can read from the pipe.
func (r *run) ended() bool {
	_, err := r.alive.Write([]byte{'\n'})
	return errors.Is(err, syscall.EPIPE)
}

// provider returns the ID of the provider's process, the only child of the CLI.
func (r *run) provider(t *testing.T) int {
	t.Helper()
	output, err := exec.CommandContext(t.Context(), "ps", "-A", "-o", "ppid=", "-o", "pid=").Output()
	if errors.Is(err, exec.ErrNotFound) && os.Getenv("CI") != "true" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(output)) {
		var parent, id int
		if _, err := fmt.Sscan(line, &parent, &id); err == nil && parent == r.Process.Pid {
			return id
		}
	}
	t.Fatal("Terraform runs no provider")
	return 0
}

// eventually waits until a condition holds.
func eventually(t *testing.T, what string, condition func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !condition(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

// listSIDs returns the SIDs of the mock's lists and of the lists in the state, sorted.
func listSIDs(m *acctest.Mock, c *acctest.CLI) (mock, state []string) {
	for _, list := range m.Lists("") {
		mock = append(mock, list.SID)
	}
	for _, resource := range c.State() {
		for _, instance := range resource.Instances {
			state = append(state, instance.Attributes["sid"].(string))
		}
	}
	slices.Sort(mock)
	slices.Sort(state)
	return mock, state
}

// TestSignal sends signals while lists have been created but the responses are outstanding: to both Terraform and the provider,
// like Ctrl-C, timeout(1), and CI runners, and only to the provider, which must stop although Terraform does not ask it to.
func TestSignal(t *testing.T) {
	t.Parallel()
	built := build(t)
	for name, test := range map[string]struct {
		signal syscall.Signal
		alone  bool
	}{
		"termination":                 {signal: syscall.SIGTERM},
		"interrupt":                   {signal: syscall.SIGINT},
		"termination of the provider": {signal: syscall.SIGTERM, alone: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := acctest.StartMock(t)
			c := newCLI(m, built)
			m.AddFault(mocktwilio.Fault{Method: http.MethodPost, Count: -1, Kind: mocktwilio.FaultDelay, AfterWork: true, Delay: 1500 * time.Millisecond})
			r := start(c, "apply", "-auto-approve", "-no-color")
			eventually(t, "lists are made", func() bool { return len(m.Lists("")) >= 5 })
			target := -r.Process.Pid
			if test.alone {
				target = r.provider(t)
			}
			if err := syscall.Kill(target, test.signal); err != nil {
				t.Fatal(err)
			}
			if err := r.Wait(); err == nil {
				t.Errorf("the apply succeeded:\n%s", &r.output)
			}
			if strings.Contains(r.output.String(), "Interrupt received") == test.alone {
				t.Errorf("Terraform got the wrong signals:\n%s", &r.output)
			}
			mock, state := listSIDs(m, c)
			if !slices.Equal(mock, state) {
				t.Errorf("Twilio has %d lists\n%q\nand the state %d\n%q\n%s", len(mock), mock, len(state), state, &r.output)
			}
			if len(mock) == 30 {
				t.Error("all lists were made despite the signal")
			}
			eventually(t, "the provider ends", r.ended)

			m.ClearFaults()
			c.Run("apply", "-auto-approve")
			if mock, state = listSIDs(m, c); len(mock) != 30 || !slices.Equal(mock, state) {
				t.Errorf("after a second apply, Twilio has %d lists and the state %d", len(mock), len(state))
			}
			c.ExpectEmptyPlan()
		})
	}
}

// TestKilledTerraform: the provider ends although no process shuts it down and the responses that it waits for never come.
func TestKilledTerraform(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := newCLI(m, build(t))
	m.AddFault(mocktwilio.Fault{Method: http.MethodPost, Skip: 3, Count: -1, Kind: mocktwilio.FaultHang})
	r := start(c, "apply", "-auto-approve", "-no-color")
	// The requests that hang follow at once, because Terraform runs ten operations at a time.
	eventually(t, "lists are made", func() bool { return len(m.Lists("")) == 3 })
	if r.ended() {
		t.Fatal("there is no run to kill")
	}
	if err := r.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = r.Wait() // the output is not needed
	eventually(t, "the provider ends", r.ended)
}
