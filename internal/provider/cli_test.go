// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

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
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

// terraform-plugin-testing has no steps for `terraform state …`, `terraform query` or a person's own state file. What
// needs those runs the real CLI by way of this file, with the provider served by the test's own process.

// program is the Terraform or OpenTofu of all tests.
type program struct {
	path     string
	openTofu bool
	version  *version.Version
}

var findProgram = sync.OnceValues(func() (program, error) {
	p := program{path: os.Getenv("TF_ACC_TERRAFORM_PATH")}
	for _, name := range []string{"terraform", "tofu"} {
		if p.path == "" {
			p.path, _ = exec.LookPath(name)
		}
	}
	if p.path == "" {
		return p, errors.New("there is neither terraform nor tofu: set TF_ACC_TERRAFORM_PATH")
	}
	command := exec.Command(p.path, "version")
	command.Env = append(os.Environ(), "CHECKPOINT_DISABLE=1", "TF_CLI_CONFIG_FILE=")
	output, err := command.Output()
	if err != nil {
		return p, err
	}
	// "Terraform v1.11.4" and more lines.
	name, number, _ := strings.Cut(strings.SplitN(string(output), "\n", 2)[0], " v")
	p.openTofu = name == "OpenTofu"
	p.version, err = version.NewVersion(number)
	return p, err
})

// atLeast reports whether the CLI is of a given version at least: of Terraform's or of OpenTofu's, "" for never. Builds
// from a development branch count as the version they lead to.
func (p program) atLeast(terraform, openTofu string) bool {
	needed := terraform
	if p.openTofu {
		needed = openTofu
	}
	return needed != "" && p.version.Core().GreaterThanOrEqual(version.Must(version.NewVersion(needed)))
}

// host is the registry that the CLI means when a provider's address has none.
func (p program) host() string {
	if p.openTofu {
		return "registry.opentofu.org"
	}
	return "registry.terraform.io"
}

// forget is a removed block that leaves the object alone. OpenTofu before 1.10 has it without a lifecycle.
func (p program) forget(address string) string {
	if !p.atLeast("1.7", "1.10") {
		return "removed {\n  from = " + address + "\n}\n"
	}
	return "removed {\n  from = " + address + "\n\n  lifecycle {\n    destroy = false\n  }\n}\n"
}

// ourAddress is the provider's, without the registry.
const ourAddress = "twilio-sip/twilio"

// cli is a directory in which the CLI is run.
type cli struct {
	program
	t   *testing.T
	dir string
	env []string
}

// testProgram gives the CLI of all tests, or ends the test.
func testProgram(t *testing.T) program {
	t.Helper()
	found, err := findProgram()
	switch {
	case err != nil && os.Getenv("CI") == "true":
		t.Fatal(err)
	case err != nil:
		t.Skip(err)
	}
	return found
}

// newCLI makes a directory where the CLI finds this provider, and further ones by address, which it takes from the
// installed ones in real life. The provider block has to name the mock: see mockBlock.
func (m *mock) newCLI(others map[string]func() tfprotov6.ProviderServer) *cli {
	m.t.Helper()
	found := testProgram(m.t)
	servers := maps.Clone(others)
	if servers == nil {
		servers = map[string]func() tfprotov6.ProviderServer{}
	}
	servers[ourAddress] = providerserver.NewProtocol6(newAdjusted("test", m.adjust)())
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
		served := serve(m.t, name, server)
		for _, host := range []string{"registry.terraform.io", "registry.opentofu.org"} {
			all[host+"/"+name] = reattach{string(served.Protocol), served.ProtocolVersion, served.Pid, true, address{served.Addr.Network(), served.Addr.String()}}
		}
	}
	text, err := json.Marshal(all)
	if err != nil {
		m.t.Fatal(err)
	}
	dir := m.t.TempDir()
	settings := filepath.Join(m.t.TempDir(), "cli.tfrc")
	if err := os.WriteFile(settings, nil, 0o600); err != nil {
		m.t.Fatal(err)
	}
	env := slices.DeleteFunc(os.Environ(), func(setting string) bool { return strings.HasPrefix(setting, "TF_") })
	return &cli{program: found, t: m.t, dir: dir, env: append(env,
		"TF_REATTACH_PROVIDERS="+string(text), "TF_CLI_CONFIG_FILE="+settings, "TF_IN_AUTOMATION=1", "TF_INPUT=0", "CHECKPOINT_DISABLE=1",
		// Commands of guides say terraform, whatever the CLI is.
		"PATH="+shimDir(m.t, found.path)+string(os.PathListSeparator)+os.Getenv("PATH"))}
}

// shimDir is a directory in which the CLI is called terraform, and tofu.
func shimDir(t *testing.T, path string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"terraform", "tofu"} {
		if err := os.Symlink(path, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// serve serves a provider until the test ends.
func serve(t *testing.T, address string, server func() tfprotov6.ProviderServer) *plugin.ReattachConfig {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	config, closed := make(chan *plugin.ReattachConfig), make(chan struct{})
	ended := make(chan error, 1)
	go func() {
		ended <- tf6server.Serve("registry.terraform.io/"+address, server, tf6server.WithDebug(ctx, config, closed), tf6server.WithLoggingSink(t), tf6server.WithoutLogStderrOverride(),
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

// write puts a file into the directory.
func (c *cli) write(name, content string) {
	c.t.Helper()
	if err := os.WriteFile(filepath.Join(c.dir, name), []byte(content), 0o600); err != nil {
		c.t.Fatal(err)
	}
}

func (c *cli) read(name string) string {
	c.t.Helper()
	content, err := os.ReadFile(filepath.Join(c.dir, name))
	if err != nil {
		c.t.Fatal(err)
	}
	return string(content)
}

// mockBlock is the provider block for the mock, with Terraform's settings for where the provider comes from.
func (m *mock) mockBlock() string {
	return m.config(`
terraform {
  required_providers {
    twilio = {
      source = "` + ourAddress + `"
    }
  }
}
`)
}

var colours = regexp.MustCompile("\x1b\\[[0-9;]*m")

// try runs the CLI, or another program, and gives what it printed and its exit status.
func (c *cli) try(name string, args ...string) (string, int) {
	c.t.Helper()
	if name == "terraform" {
		name = c.path
	}
	command := exec.CommandContext(c.t.Context(), name, args...)
	command.Dir, command.Env = c.dir, c.env
	output, err := command.CombinedOutput()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return colours.ReplaceAllString(string(output), ""), exit.ExitCode()
	}
	if err != nil {
		c.t.Fatal(err)
	}
	return colours.ReplaceAllString(string(output), ""), 0
}

// run runs the CLI, which must succeed.
func (c *cli) run(args ...string) string {
	c.t.Helper()
	output, status := c.try("terraform", args...)
	if status != 0 {
		c.t.Fatalf("terraform %s: exit status %d\n%s", strings.Join(args, " "), status, output)
	}
	return output
}

// fail runs the CLI, which must fail.
func (c *cli) fail(args ...string) string {
	c.t.Helper()
	output, status := c.try("terraform", args...)
	if status == 0 {
		c.t.Fatalf("terraform %s succeeded:\n%s", strings.Join(args, " "), output)
	}
	return output
}

// emptyPlan demands that nothing is to be done, and gives what was said.
func (c *cli) emptyPlan(args ...string) string {
	c.t.Helper()
	output, status := c.try("terraform", append([]string{"plan", "-no-color", "-detailed-exitcode"}, args...)...)
	if status != 0 {
		c.t.Fatalf("the plan is not empty: exit status %d\n%s", status, output)
	}
	return output
}

// storedResource is one resource of the state file.
type storedResource struct {
	Mode, Type, Name, Provider string
	Instances                  []storedInstance
}

type storedInstance struct {
	SchemaVersion int            `json:"schema_version"`
	IndexKey      any            `json:"index_key"`
	Attributes    map[string]any `json:"attributes"`
	Identity      map[string]any `json:"identity"`
}

// state gives what the state file holds.
func (c *cli) state() []storedResource {
	c.t.Helper()
	var state struct{ Resources []storedResource }
	if err := json.Unmarshal([]byte(c.read("terraform.tfstate")), &state); err != nil {
		c.t.Fatal(err)
	}
	return state.Resources
}
