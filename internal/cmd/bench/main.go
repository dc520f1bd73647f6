// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Bench makes the tables and the plot of benchmarks/ from results in Go's
// benchmark format, which it reads from standard input. The benchmarks of this
// package give them: requests and seconds of plan and apply on the real CLI
// against the mock, memory and CPU of the provider, behaviour under throttling,
// size and start of the provider. benchmarks/others.txt has, in the same format,
// what was measured of other providers.
//
// `make bench` runs them, and writes benchmarks/ and the section of README.md
// that shows the main results. Run bench from the top of the repository.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

func main() {
	write := flag.Bool("write", false, "write benchmarks/ and README.md; without it, the report is only printed")
	flag.Parse()
	if err := run(*write); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(write bool) error {
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	readme, err := os.ReadFile(readmeFile)
	if err != nil {
		return err
	}
	others, err := os.ReadFile(othersFile)
	if err != nil {
		return err
	}
	if write && strings.Contains(string(text), "short: true\n") {
		return errors.New("results of -short cannot be written: the tables are about other sizes")
	}
	files, err := publish(string(text), string(others), string(readme))
	if err != nil {
		return err
	}
	fmt.Print(files[reportFile])
	if !write {
		return nil
	}
	for name, content := range files {
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil { //nolint:gosec // everybody may read them
			return err
		}
		fmt.Fprintf(os.Stderr, "Wrote %s.\n", name)
	}
	return nil
}
