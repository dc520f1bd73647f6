// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Bench reads benchmark results in Go's benchmark format from standard input and
// writes the tables and the plot in benchmarks/. The benchmarks of this package
// measure plans and applies with the real CLI against the mock, memory and CPU of
// the provider, its behavior when it is throttled, and its size and start time.
// The results of other providers are in benchmarks/others.txt, in the same format.
//
// `make bench` runs the benchmarks and writes benchmarks/ and the table of the main
// results in README.md. Run bench in the root directory of the repository.
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
	write := flag.Bool("write", false, "write benchmarks/ and README.md; without this flag, bench only prints the report")
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
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil { //nolint:gosec // these files are public
			return err
		}
		fmt.Fprintf(os.Stderr, "Wrote %s.\n", name)
	}
	return nil
}
