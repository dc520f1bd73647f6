// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// sizeLimit is what a released program may have at most, in bytes.
const sizeLimit = 22 << 20

// program is a provider as it is released.
type program struct {
	Name  string
	Bytes int64
	// Seconds is the median time from the start of the process to the line by which
	// Terraform knows that it may connect.
	Seconds float64
}

func measurePrograms(ctx context.Context, s settings, path string) ([]program, error) {
	paths := []string{path}
	if s.compare != "" {
		paths = append(paths, s.compare)
	}
	starts := 20
	if s.quick {
		starts = 3
	}
	times := make([][]float64, len(paths))
	// In turn, so that what else the machine does befalls all of them.
	for range starts {
		for i, path := range paths {
			took, err := startUp(ctx, path)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
			}
			times[i] = append(times[i], took.Seconds())
		}
	}
	var all []program
	for i, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, err
		}
		slices.Sort(times[i])
		p := program{Name: strings.TrimSuffix(filepath.Base(path), ".exe"), Bytes: info.Size(), Seconds: times[i][starts/2]}
		progress("%s: %.1f MiB, %.0f ms to the handshake", p.Name, float64(p.Bytes)/(1<<20), 1000*p.Seconds)
		all = append(all, p)
	}
	return all, nil
}

// startUp starts a provider as Terraform does, and tells how long it takes to say
// where it listens.
func startUp(ctx context.Context, path string) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, path)
	// The cookie tells a provider that it was not started by hand.
	// Source: https://github.com/hashicorp/terraform-plugin-go, tfprotov6/tf6server
	cmd.Env = append(cleanEnvironment(os.Environ()),
		"TF_PLUGIN_MAGIC_COOKIE=d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
		"PLUGIN_PROTOCOL_VERSIONS=5,6",
	)
	if runtime.GOOS != "windows" {
		// Its socket must go when it is killed.
		dir, err := os.MkdirTemp("", "start-")
		if err != nil {
			return 0, err
		}
		defer func() { _ = os.RemoveAll(dir) }()
		cmd.Env = append(cmd.Env, "TMPDIR="+dir)
	}
	output, err := cmd.StdoutPipe()
	if err != nil {
		return 0, err
	}
	started := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	line, err := bufio.NewReader(output).ReadString('\n')
	took := time.Since(started)
	cancel()
	_ = cmd.Wait() // it was killed
	if err != nil {
		return 0, err
	}
	// Core protocol version, version of Terraform's protocol, network, address, …
	if fields := strings.Split(line, "|"); len(fields) < 5 || fields[0] != "1" {
		return 0, fmt.Errorf("not a handshake: %q", line)
	}
	return took, nil
}
