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
	"testing"
	"time"
)

// The CLI starts the provider several times per command, and the system adds what these
// processes use to the usage of the CLI. To measure the provider alone, the CLI starts a
// link to this test binary instead. It runs the provider as a child process and writes
// down what the child used. Sampling from outside would miss the peak.
const (
	programVariable = "BENCH_PROGRAM"
	usageVariable   = "BENCH_USAGE"
)

// runMeasured runs a program and appends a line to a file with its peak memory in bytes,
// which is 0 if unknown, and its CPU time in nanoseconds. It returns the exit status of
// the program.
func runMeasured(program, file string) int {
	// When the CLI ends, the provider must end too, but its parent is this process.
	parent := os.Getppid()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		for os.Getppid() == parent {
			time.Sleep(time.Second)
		}
		cancel()
	}()
	cmd := exec.CommandContext(ctx, program, os.Args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	err := cmd.Run()
	state := cmd.ProcessState
	if state == nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = fmt.Fprintln(f, peakMemory(state), (state.UserTime() + state.SystemTime()).Nanoseconds())
		f.Close()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return state.ExitCode()
}

// linkMeasured makes a directory with a wrapper that has the name of a program and runs
// it with runMeasured. It returns the directory and the environment variables that the
// wrapper needs. On Windows machines that do not allow links, it returns the directory of
// the program itself, so nothing is measured.
func linkMeasured(tb testing.TB, program, usageFile string) (dir string, environment []string) {
	tb.Helper()
	self, err := os.Executable()
	if err != nil {
		tb.Fatal(err)
	}
	dir = tb.TempDir()
	switch err := os.Symlink(self, filepath.Join(dir, filepath.Base(program))); {
	case err != nil && runtime.GOOS == "windows":
		return filepath.Dir(program), nil
	case err != nil:
		tb.Fatal(err)
	}
	return dir, []string{programVariable + "=" + program, usageVariable + "=" + usageFile}
}

// usage is the largest peak memory of several processes, in bytes, and the sum of their
// CPU times.
type usage struct {
	peak int64
	cpu  time.Duration
}

// take adds the lines that runMeasured wrote to a file, and removes the file.
func (u *usage) take(tb testing.TB, file string) {
	tb.Helper()
	text, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		return
	}
	if err == nil {
		err = os.Remove(file)
	}
	if err != nil {
		tb.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		var peak, cpu int64
		if _, err := fmt.Sscan(line, &peak, &cpu); err != nil {
			tb.Fatal(err)
		}
		u.peak = max(u.peak, peak)
		u.cpu += time.Duration(cpu)
	}
}

// report reports the peak memory of all runs and the CPU time per run.
func (u *usage) report(b *testing.B, runs int) {
	b.Helper()
	if u.peak > 0 {
		b.ReportMetric(float64(u.peak), "provider-bytes")
	}
	if u.cpu > 0 {
		b.ReportMetric(u.cpu.Seconds()/float64(runs), "provider-cpu-s")
	}
}

func TestUsageOfProgram(t *testing.T) {
	t.Parallel()
	// The measured program is this test binary again, which calls spend.
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "usage")
	dir, environment := linkMeasured(t, self, file)
	if environment == nil {
		t.Skip("this Windows machine does not allow links")
	}
	const size = 64 << 20
	for range 2 {
		cmd := exec.CommandContext(t.Context(), filepath.Join(dir, filepath.Base(self)))
		cmd.Env = append(append(os.Environ(), environment...), fmt.Sprintf("%s=%d", spendVariable, size))
		output, err := cmd.Output()
		if cmd.ProcessState.ExitCode() != spentStatus || string(output) != "spent\n" {
			t.Fatalf("%v: %q", err, output)
		}
	}
	var once, both usage
	both.take(t, file)
	if both.cpu <= 0 {
		t.Errorf("CPU time %s", both.cpu)
	}
	if both.peak != 0 && (both.peak < size || both.peak > 4*size) {
		t.Errorf("peak of %d bytes, with %d in use", both.peak, size)
	}
	once.take(t, file)
	if once != (usage{}) {
		t.Errorf("taken twice: %+v", once)
	}
}

// With spendVariable set to a number of bytes, this test binary fills that much memory
// and exits with spentStatus.
const (
	spendVariable = "BENCH_SPEND"
	spentStatus   = 7
)

// spend allocates memory and fills it.
func spend(size string) int {
	var n int
	if _, err := fmt.Sscan(size, &n); err != nil {
		return 1
	}
	taken := make([]byte, n)
	for i := range taken {
		taken[i] = byte(i)
	}
	fmt.Println("spent")
	return spentStatus - int(taken[0])
}
