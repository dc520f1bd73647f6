// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Demo shows the provider's main job with no Twilio account: it builds the
// provider and the mock, and walks the real CLI through the module in
// examples/try-it. It prints every command that it runs and what that command
// prints, and ends with an error as soon as something is not as it should be.
//
// Run it from the top of the repository; `make demo` does.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
)

func main() {
	cli := flag.String("terraform", "terraform", "the `program` to use: terraform or tofu")
	inside := flag.String("inside", "", "walk through the module in this `directory`; the demo starts itself so, below the mock")
	flag.Parse()

	// An interrupt reaches the whole process group. Whoever is at work ends in
	// its own good order, and its exit status then ends the demo.
	signal.Notify(make(chan os.Signal, 1), os.Interrupt)

	var status int
	var err error
	if *inside != "" {
		err = (&session{cli: *cli, dir: *inside}).run(context.Background())
	} else {
		status, err = run(context.Background(), *cli)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "\ndemo:", err)
		status = 1
	}
	os.Exit(status)
}

// run builds what is needed in a temporary directory, and then runs this
// program once more, below the mock. It gives that one's exit status.
func run(ctx context.Context, cli string) (int, error) {
	dir, err := os.MkdirTemp("", "twilio-demo-")
	if err != nil {
		return 0, err
	}
	defer func() { _ = os.RemoveAll(dir) }()

	fmt.Println("Building the provider and the mock, and initializing the module …")
	mock := filepath.Join(dir, "mocktwilio"+exe())
	if err := build(ctx, mock, "./internal/cmd/mocktwilio"); err != nil {
		return 0, err
	}
	config, err := installProvider(ctx, dir)
	if err != nil {
		return 0, err
	}
	module, err := copyModule(dir)
	if err != nil {
		return 0, err
	}

	environment := append(cleanEnvironment(os.Environ()),
		"TF_CLI_CONFIG_FILE="+config,
		"TF_IN_AUTOMATION=1", // no hints on what to type next
		"CHECKPOINT_DISABLE=1",
	)
	if !isTerminal(os.Stdout) {
		environment = append(environment, "TF_CLI_ARGS=-no-color")
	}

	// What init prints is about the mirror, which is the demo's own affair.
	initialize := exec.CommandContext(ctx, cli, "init", "-input=false")
	initialize.Dir, initialize.Env = module, environment
	if output, err := initialize.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("%s init: %w\n%s", cli, err, output)
	}

	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	walk := exec.CommandContext(ctx, mock, "--", self, "-terraform", cli, "-inside", module)
	walk.Env = environment
	walk.Stdin, walk.Stdout, walk.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := walk.Run(); err != nil && walk.ProcessState == nil {
		return 0, err
	}
	return walk.ProcessState.ExitCode(), nil
}

// copyModule copies examples/try-it into dir, without what working in it may
// have left there: a state, above all.
func copyModule(dir string) (string, error) {
	module := filepath.Join(dir, "try-it")
	if err := os.MkdirAll(filepath.Join(module, "tests"), 0o755); err != nil {
		return "", err
	}
	for _, name := range []string{"main.tf", filepath.Join("tests", "allowlist.tftest.hcl")} {
		content, err := os.ReadFile(filepath.Join("examples", "try-it", name))
		if err != nil {
			return "", err
		}
		if err := os.WriteFile(filepath.Join(module, name), content, 0o600); err != nil {
			return "", err
		}
	}
	return module, nil
}

// isTerminal reports whether a person reads file, who may like colours.
func isTerminal(file *os.File) bool {
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// installProvider builds the provider into a filesystem mirror below dir, laid
// out as the CLI wants it, and gives the path of a CLI configuration that knows
// no other place to get providers from.
func installProvider(ctx context.Context, dir string) (string, error) {
	const version = "0.0.1"
	mirror := filepath.Join(dir, "mirror")
	binary := filepath.Join(dir, "terraform-provider-twilio_v"+version+exe())
	if err := build(ctx, binary, "."); err != nil {
		return "", err
	}
	// Terraform and OpenTofu complete "twilio-sip/twilio" with different hosts.
	for _, host := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		into := filepath.Join(mirror, host, "twilio-sip", "twilio", version, runtime.GOOS+"_"+runtime.GOARCH)
		if err := os.MkdirAll(into, 0o755); err != nil {
			return "", err
		}
		if err := os.Link(binary, filepath.Join(into, filepath.Base(binary))); err != nil {
			return "", err
		}
	}
	config := filepath.Join(dir, "cli.tfrc")
	text := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirror)
	return config, os.WriteFile(config, []byte(text), 0o600)
}

// build compiles a package of this module. It does not ask git for a version:
// that fails in a checkout that another user owns.
func build(ctx context.Context, output, pkg string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-o", output, pkg)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("go build %s: %w", pkg, err)
	}
	return nil
}

// cleanEnvironment drops what would make the demo depend on who runs it:
// settings of the CLI, and above all credentials of a real account.
func cleanEnvironment(environment []string) []string {
	var kept []string
	for _, variable := range environment {
		if !strings.HasPrefix(variable, "TF_") && !strings.HasPrefix(variable, "TWILIO_") {
			kept = append(kept, variable)
		}
	}
	return kept
}

func exe() string {
	if runtime.GOOS == "windows" {
		return ".exe"
	}
	return ""
}
