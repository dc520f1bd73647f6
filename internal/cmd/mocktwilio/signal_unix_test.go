// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package main

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"syscall"
	"testing"
)

// TestSignals runs the program as a separate process, in a session without a terminal.
func TestSignals(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		part   string
		signal syscall.Signal
		output string
		status int
	}{
		{"interrupt is passed on", "one signal", syscall.SIGINT, "got interrupt\n", 5},
		{"termination is passed on", "one signal", syscall.SIGTERM, "got terminated\n", 5},
		{"hangup is passed on", "one signal", syscall.SIGHUP, "got hangup\n", 5},
		{"the command dies of it", "die", syscall.SIGTERM, "", 128 + 15},
		{"the command is interrupted", "die", syscall.SIGINT, "", 128 + 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			cmd := exec.CommandContext(t.Context(), self(t), "--", self(t))
			cmd.Env = append(os.Environ(), role+"=program", role+"_OF_COMMAND="+test.part)
			lines, stderr := startSession(t, cmd)
			if line, err := lines.ReadString('\n'); line != "ready\n" {
				t.Fatalf("%q, %v\n%s", line, err, stderr)
			}
			if err := cmd.Process.Signal(test.signal); err != nil {
				t.Fatal(err)
			}
			rest, err := io.ReadAll(lines)
			if err != nil || string(rest) != test.output {
				t.Errorf("%q, %v; want %q", rest, err, test.output)
			}
			_ = cmd.Wait() // the exit status says enough
			if got := cmd.ProcessState.ExitCode(); got != test.status {
				t.Errorf("status %d, want %d", got, test.status)
			}
			wantContains(t, "stderr", stderr.String(), "Requests received by the mock:")
		})
	}
}

// startSession starts a program in its own session, which has no terminal. It returns the program's output.
func startSession(t *testing.T, cmd *exec.Cmd) (stdout *bufio.Reader, stderr *buffer) {
	t.Helper()
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	stderr = new(buffer)
	cmd.Stderr = stderr
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return bufio.NewReader(pipe), stderr
}

// TestTerminalSignals: a signal that a terminal sends to both reaches the command once.
func TestTerminalSignals(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		part     string
		signal   os.Signal
		terminal bool
		output   string
	}{
		// The command gets only the second signal from the program. The terminal sends the first one to the command itself.
		{"one signal", os.Interrupt, true, "ready\ngot terminated\n"},
		{"one signal", syscall.SIGHUP, true, "ready\ngot terminated\n"},
		{"two signals", os.Interrupt, false, "ready\ngot interrupt\ngot terminated\n"},
	} {
		signals := make(chan os.Signal, 2)
		ready, in := io.Pipe()
		status := make(chan int, 1)
		go func() {
			status <- run([]string{"--", self(t)}, environment{
				stdout: in, stderr: io.Discard, environ: append(os.Environ(), role+"="+test.part),
				signals: signals, terminal: func() bool { return test.terminal },
			})
			_ = in.Close()
		}()
		lines := bufio.NewReader(ready)
		first, err := lines.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		signals <- test.signal
		var second string
		if !test.terminal {
			if second, err = lines.ReadString('\n'); err != nil { // otherwise the two might be seen in any order
				t.Fatal(err)
			}
		}
		signals <- syscall.SIGTERM
		rest, err := io.ReadAll(lines)
		if got := first + second + string(rest); err != nil || got != test.output {
			t.Errorf("%v: %q, %v; want %q", test.signal, got, err, test.output)
		}
		if got := <-status; got != 5 {
			t.Errorf("status %d", got)
		}
	}
}
