// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// title prints a numbered heading.
func (s *session) title(text string) {
	s.titles++
	fmt.Printf("\n\n── %d. %s\n", s.titles, text)
}

// prompt prints a command as it would be typed.
func prompt(command string, args ...string) {
	fmt.Printf("\n$ %s\n", strings.Join(append([]string{command}, args...), " "))
}

// show prints a file of the module.
func (s *session) show(name string) error {
	content, err := os.ReadFile(filepath.Join(s.dir, name))
	if err != nil {
		return err
	}
	prompt("cat", name)
	fmt.Print(string(content))
	return nil
}

// write makes a file of the module anew, and shows it.
func (s *session) write(name, content string) error {
	if err := os.WriteFile(filepath.Join(s.dir, name), []byte(content), 0o600); err != nil {
		return err
	}
	return s.show(name)
}

// output runs the CLI in the module's directory, prints the command and what it
// prints, and gives the latter. The error is that of the exit status.
func (s *session) output(ctx context.Context, args ...string) (string, error) {
	name := strings.TrimSuffix(filepath.Base(s.cli), ".exe")
	prompt(name, args...)

	var output bytes.Buffer
	cmd := exec.CommandContext(ctx, s.cli, args...)
	cmd.Dir = s.dir
	cmd.Stdout = io.MultiWriter(os.Stdout, &output)
	cmd.Stderr = cmd.Stdout
	err := cmd.Run()
	if text := output.String(); text != "" && !strings.HasSuffix(text, "\n") {
		fmt.Println()
	}
	if err != nil {
		return output.String(), fmt.Errorf("%s %s: %w", name, strings.Join(args, " "), err)
	}
	return output.String(), nil
}

// expect runs the CLI, which must succeed and print text.
func (s *session) expect(ctx context.Context, text string, args ...string) error {
	output, err := s.output(ctx, args...)
	if err != nil {
		return err
	}
	if !strings.Contains(output, text) {
		return fmt.Errorf("%q is missing in the output of %s %s", text, filepath.Base(s.cli), strings.Join(args, " "))
	}
	return nil
}
