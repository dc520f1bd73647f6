// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

//go:build !unix

package main

import "os"

var (
	handledSignals  = []os.Signal{os.Interrupt}
	terminalSignals = []os.Signal{os.Interrupt}
	ignoredSignals  []os.Signal
)

// hasTerminal returns true: the console sends Ctrl-C to all of its processes, and there is no other way to interrupt one.
func hasTerminal() bool { return true }

func exitStatus(state *os.ProcessState) int { return state.ExitCode() }
