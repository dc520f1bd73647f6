// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// build compiles the provider as it is released, into a directory of its own,
// and gives the program's path.
func build(ctx context.Context, dir string) (string, error) {
	program := filepath.Join(dir, "provider", "terraform-provider-twilio")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	progress("Building the provider …")
	// Not asking git for a version: that fails in a checkout that another user owns.
	cmd := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-trimpath", "-ldflags", "-s -w", "-o", program, ".")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("go build: %w", err)
	}
	return program, nil
}

// machine is what the results depend on, in general terms.
type machine struct{ CPUs, Platform, Go, CLI string }

func (m machine) String() string {
	return fmt.Sprintf("%s (%s), %s, %s", m.CPUs, m.Platform, m.Go, m.CLI)
}

func thisMachine(ctx context.Context, cli string) (machine, error) {
	cmd := exec.CommandContext(ctx, cli, "version")
	cmd.Env = append(cleanEnvironment(os.Environ()), "CHECKPOINT_DISABLE=1")
	output, err := cmd.Output()
	if err != nil {
		return machine{}, fmt.Errorf("%s version: %w", cli, err)
	}
	line, _, _ := strings.Cut(string(output), "\n")
	return machine{
		CPUs:     plural(runtime.NumCPU(), "core"),
		Platform: runtime.GOOS + "/" + runtime.GOARCH,
		Go:       "Go " + strings.TrimPrefix(runtime.Version(), "go"),
		CLI:      strings.Replace(strings.TrimSpace(line), " v", " ", 1),
	}, nil
}
