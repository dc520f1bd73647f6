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

	// Nobody may read the output any more. The program goes on, since the command
	// does and files are to be removed at the end.
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

// exitStatus is a process's status as a shell gives it.
func exitStatus(state *os.ProcessState) int {
	if status, ok := state.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal())
	}
	return state.ExitCode()
}
