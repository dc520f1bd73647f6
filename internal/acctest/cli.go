// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/go-version"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

// terraform-plugin-testing has no steps for `terraform state …`, `terraform query`, or a given state file. Tests that need these
// run the CLI with the code in this file. The test process serves the provider.

// Program is the Terraform or OpenTofu executable that the tests run.
type Program struct {
	Path     string
	OpenTofu bool
	Version  *version.Version
}

var findCLI = sync.OnceValues(func() (Program, error) {
	p := Program{Path: os.Getenv("TF_ACC_TERRAFORM_PATH")}
	for _, name := range []string{"terraform", "tofu"} {
		if p.Path == "" {
			p.Path, _ = exec.LookPath(name)
		}
	}
	if p.Path == "" {
		return p, errors.New("there is neither terraform nor tofu: set TF_ACC_TERRAFORM_PATH")
	}
	command := exec.Command(p.Path, "version")
	command.Env = append(os.Environ(), "CHECKPOINT_DISABLE=1", "TF_CLI_CONFIG_FILE=")
	output, err := command.Output()
	if err != nil {
		return p, err
	}
	// The output starts with a line such as "Terraform v1.11.4".
	name, number, _ := strings.Cut(strings.SplitN(string(output), "\n", 2)[0], " v")
	p.OpenTofu = name == "OpenTofu"
	p.Version, err = version.NewVersion(number)
	return p, err
})

// AtLeast reports whether the CLI has at least the given version of Terraform or of OpenTofu, depending on which it is. "" means
// that no version is sufficient. A prerelease counts as its release.
func (p Program) AtLeast(terraform, openTofu string) bool {
	needed := terraform
	if p.OpenTofu {
		needed = openTofu
	}
	return needed != "" && p.Version.Core().GreaterThanOrEqual(version.Must(version.NewVersion(needed)))
}

// DefaultHost returns the registry that the CLI uses for a provider source without a host.
func (p Program) DefaultHost() string {
	if p.OpenTofu {
		return "registry.opentofu.org"
	}
	return "registry.terraform.io"
}

// ProviderSource is the source of this provider, without the registry's host.
const ProviderSource = "twilio-sip/twilio"

// CLI runs Terraform or OpenTofu in a directory of its own.
type CLI struct {
	Program
	T   *testing.T
	Dir string
	Env []string
}

// FindProgram finds the CLI. If there is none, it skips the test, or fails it in CI.
func FindProgram(t *testing.T) Program {
	t.Helper()
	program, err := findCLI()
	switch {
	case err != nil && os.Getenv("CI") == "true":
		t.Fatal(err)
	case err != nil:
		t.Skip(err)
	}
	return program
}

// NewCLI makes a directory in which the CLI finds this provider, and other providers by their source, as if they were installed.
// RootConfig returns the provider block for it.
func (m *Mock) NewCLI(others map[string]func() tfprotov6.ProviderServer) *CLI {
	m.T.Helper()
	program := FindProgram(m.T)
	servers := maps.Clone(others)
	if servers == nil {
		servers = map[string]func() tfprotov6.ProviderServer{}
	}
	own, err := m.ProviderFactories()["twilio"]()
	if err != nil {
		m.T.Fatal(err)
	}
	servers[ProviderSource] = func() tfprotov6.ProviderServer { return own }
	type address struct{ Network, String string }
	type reattach struct {
		Protocol        string
		ProtocolVersion int
		Pid             int
		Test            bool
		Addr            address
	}
	all := map[string]reattach{}
	for name, server := range servers {
		served := startServing(m.T, name, server)
		for _, host := range []string{"registry.terraform.io", "registry.opentofu.org"} {
			all[host+"/"+name] = reattach{string(served.Protocol), served.ProtocolVersion, served.Pid, true, address{served.Addr.Network(), served.Addr.String()}}
		}
	}
	text, err := json.Marshal(all)
	if err != nil {
		m.T.Fatal(err)
	}
	dir := m.T.TempDir()
	settings := filepath.Join(m.T.TempDir(), "cli.tfrc")
	if err := os.WriteFile(settings, nil, 0o600); err != nil {
		m.T.Fatal(err)
	}
	env := slices.DeleteFunc(os.Environ(), func(setting string) bool { return strings.HasPrefix(setting, "TF_") })
	return &CLI{Program: program, T: m.T, Dir: dir, Env: append(env,
		"TF_REATTACH_PROVIDERS="+string(text), "TF_CLI_CONFIG_FILE="+settings, "TF_IN_AUTOMATION=1", "TF_INPUT=0", "CHECKPOINT_DISABLE=1",
		// Guides use the command terraform, even if the CLI is OpenTofu.
		"PATH="+linkCLI(m.T, program.Path)+string(os.PathListSeparator)+os.Getenv("PATH"))}
}

// linkCLI makes a directory in which the CLI has the names terraform and tofu.
func linkCLI(t *testing.T, path string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"terraform", "tofu"} {
		if err := os.Symlink(path, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// startServing serves a provider until the test ends.
func startServing(t *testing.T, source string, server func() tfprotov6.ProviderServer) *plugin.ReattachConfig {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	config, closed := make(chan *plugin.ReattachConfig), make(chan struct{})
	ended := make(chan error, 1)
	go func() {
		ended <- tf6server.Serve("registry.terraform.io/"+source, server, tf6server.WithDebug(ctx, config, closed), tf6server.WithLoggingSink(t), tf6server.WithoutLogStderrOverride(),
			tf6server.WithGoPluginLogger(hclog.New(&hclog.LoggerOptions{Output: io.Discard})))
	}()
	t.Cleanup(func() {
		cancel()
		<-closed
	})
	select {
	case c := <-config:
		return c
	case err := <-ended:
		t.Fatalf("the provider cannot be served: %v", err)
		return nil
	}
}

// Write writes a file in the directory or one of its subdirectories.
func (c *CLI) Write(name, content string) {
	c.T.Helper()
	path := filepath.Join(c.Dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		c.T.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		c.T.Fatal(err)
	}
}

// Read returns the content of a file in the directory.
func (c *CLI) Read(name string) string {
	c.T.Helper()
	content, err := os.ReadFile(filepath.Join(c.Dir, name))
	if err != nil {
		c.T.Fatal(err)
	}
	return string(content)
}

var colors = regexp.MustCompile("\x1b\\[[0-9;]*m")

// Try runs a program and returns its output without colors and its exit status. The program terraform is the CLI.
func (c *CLI) Try(name string, args ...string) (string, int) {
	c.T.Helper()
	if name == "terraform" {
		name = c.Path
	}
	command := exec.CommandContext(c.T.Context(), name, args...)
	command.Dir, command.Env = c.Dir, c.Env
	output, err := command.CombinedOutput()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return colors.ReplaceAllString(string(output), ""), exit.ExitCode()
	}
	if err != nil {
		c.T.Fatal(err)
	}
	return colors.ReplaceAllString(string(output), ""), 0
}

// Run runs the CLI, fails the test if the CLI fails, and returns its output.
func (c *CLI) Run(args ...string) string {
	c.T.Helper()
	output, status := c.Try("terraform", args...)
	if status != 0 {
		c.T.Fatalf("terraform %s: exit status %d\n%s", strings.Join(args, " "), status, output)
	}
	return output
}

// ExpectError runs the CLI, fails the test if the CLI succeeds, and returns its output.
func (c *CLI) ExpectError(args ...string) string {
	c.T.Helper()
	output, status := c.Try("terraform", args...)
	if status == 0 {
		c.T.Fatalf("terraform %s succeeded:\n%s", strings.Join(args, " "), output)
	}
	return output
}

// ExpectEmptyPlan fails the test unless the plan is empty, and returns the output.
func (c *CLI) ExpectEmptyPlan(args ...string) string {
	c.T.Helper()
	output, status := c.Try("terraform", append([]string{"plan", "-no-color", "-detailed-exitcode"}, args...)...)
	if status != 0 {
		c.T.Fatalf("the plan is not empty: exit status %d\n%s", status, output)
	}
	return output
}
