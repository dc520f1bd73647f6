// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Release prints the notes of a release, and verifies its files before they are
// published:
//
//	release notes 1.2.3
//	release verify -key public.asc dist/release
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"regexp"
	"strings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

// run runs a command in the directory of the repository.
func run(ctx context.Context, args []string, out io.Writer) error {
	switch {
	case len(args) == 2 && args[0] == "notes":
		return printNotes(args[1], out)
	case len(args) == 4 && args[0] == "verify" && args[1] == "-key":
		return verify(ctx, args[2], args[3], out)
	}
	return errors.New("usage: release notes VERSION, or release verify -key FILE DIRECTORY")
}

func printNotes(version string, out io.Writer) error {
	changelog, err := os.ReadFile("CHANGELOG.md")
	if err != nil {
		return err
	}
	notes, err := releaseNotes(string(changelog), strings.TrimPrefix(version, "v"))
	if err != nil {
		return err
	}
	_, err = io.WriteString(out, notes)
	return err
}

// verify verifies the release in a directory, and installs it with Terraform and OpenTofu. In CI, both must be there.
func verify(ctx context.Context, keyFile, dir string, out io.Writer) error {
	key, err := os.ReadFile(keyFile)
	if err != nil {
		return err
	}
	platforms, err := readPlatforms(".goreleaser.yml")
	if err != nil {
		return err
	}
	r, err := openRelease(dir, platforms, string(key))
	if err != nil {
		return err
	}
	if err := r.verify(ctx); err != nil {
		return err
	}
	fmt.Fprintf(out, "The files of release %s are valid.\n", r.version)

	for _, name := range []string{"terraform", "tofu"} {
		cli, err := exec.LookPath(name)
		switch {
		case err != nil && os.Getenv("CI") == "true":
			return err
		case err != nil:
			fmt.Fprintf(out, "%s is not on PATH: the release is not installed with it.\n", name)
			continue
		}
		if err := r.install(ctx, cli); err != nil {
			return fmt.Errorf("%s does not install release %s: %w", name, r.version, err)
		}
		fmt.Fprintf(out, "%s installs release %s from a registry and from a mirror.\n", name, r.version)
	}
	return nil
}

// readPlatforms returns the platforms in .goreleaser.yml, such as linux_amd64.
func readPlatforms(file string) ([]string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var platforms []string
	for _, match := range regexp.MustCompile(`(?m)^ *- ([a-z]+_[a-z0-9]+)$`).FindAllStringSubmatch(string(text), -1) {
		platforms = append(platforms, match[1])
	}
	if len(platforms) == 0 {
		return nil, fmt.Errorf("%s lists no platforms", file)
	}
	return platforms, nil
}
