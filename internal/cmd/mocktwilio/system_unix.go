// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package main

import (
	"os"
	"syscall"
)

var (
	handledSignals  = []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT}
	terminalSignals = []os.Signal{os.Interrupt, syscall.SIGHUP, syscall.SIGQUIT}

	// If no one reads the output anymore, the program continues, because the command does too and files must be removed at the
	// end.
	ignoredSignals = []os.Signal{syscall.SIGPIPE}
)

// hasTerminal reports whether the process has a controlling terminal.
func hasTerminal() bool {
	terminal, err := os.OpenFile("/dev/tty", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		return false
	}
	_ = terminal.Close()
	return true
}

// exitStatus returns a process's exit status like a shell.
func exitStatus(state *os.ProcessState) int {
	if status, ok := state.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal())
	}
	return state.ExitCode()
}
