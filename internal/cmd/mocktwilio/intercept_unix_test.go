// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package main

import (
	"bufio"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// TestInterceptSignals: no files are left if a signal ends the command or the server. Before that, a shell uses the lines that
// the server prints.
func TestInterceptSignals(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		command []string
		status  int
	}{
		"command": {[]string{"--", self(t)}, 128 + int(syscall.SIGTERM)},
		"server":  {nil, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd := asProgram(t, "die", append([]string{"--intercept"}, test.command...),
				[]string{"JAVA_TOOL_OPTIONS=-Da='it is'", "CURL_CA_BUNDLE=", "REQUESTS_CA_BUNDLE=", "SSL_CERT_FILE=", "NODE_EXTRA_CA_CERTS="})
			stdout, stderr := startSession(t, cmd)
			lines := bufio.NewScanner(stdout)
			if test.command != nil {
				lines.Scan() // the program is ready
			} else {
				useExportLines(t, lines)
			}
			if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait() // the exit status says enough
			if got := cmd.ProcessState.ExitCode(); got != test.status {
				t.Errorf("status %d, want %d\n%s", got, test.status, stderr)
			}
		})
	}
}

// TestInterceptUnreadOutput: no files are left if no one reads the program's output.
func TestInterceptUnreadOutput(t *testing.T) {
	t.Parallel()
	cmd := asProgram(t, "get", []string{"--intercept", "--log", "--", self(t), "http://api.twilio.com/x"}, nil)
	unread, stderr, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	_ = unread.Close()
	defer stderr.Close()
	cmd.Stderr = stderr
	output, err := cmd.Output()
	if err != nil {
		t.Error(err)
	}
	wantContains(t, "output", string(output), "501 {")
}

// useExportLines passes the lines to a shell, which runs a client with them.
func useExportLines(t *testing.T, lines *bufio.Scanner) {
	t.Helper()
	var script strings.Builder
	for lines.Scan() {
		script.WriteString(lines.Text() + "\n")
		if strings.HasPrefix(lines.Text(), "export JAVA_TOOL_OPTIONS=") { // the last line
			break
		}
	}
	shell := exec.CommandContext(t.Context(), "sh", "-c", script.String()+`printf '%s\n' "$JAVA_TOOL_OPTIONS"; exec "$0" http://api.twilio.com/x`, self(t))
	shell.Env = slices.Concat(os.Environ(), []string{role + "=get", "SSL_CERT_FILE=", "NO_PROXY=twilio.com", "no_proxy=*"})
	output, err := shell.CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, output)
	}
	wantContains(t, "output of the shell", string(output), "-Da='it is' -Dhttps.proxyHost=127.0.0.1 ", "501 {")
}
