// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package guides_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// installedVersion is the version under which the provider is installed. It meets the version constraints in the documentation.
const installedVersion = "0.1.0"

// mirrorDir is where buildMirror builds the provider. It outlives single tests.
var mirrorDir string

func TestMain(m *testing.M) {
	var err error
	if mirrorDir, err = os.MkdirTemp("", "guides"); err != nil {
		panic(err)
	}
	m.Run()
	if err := os.RemoveAll(mirrorDir); err != nil {
		panic(err)
	}
}

// buildMirror builds the provider, once for all tests, into a filesystem mirror of both registries.
var buildMirror = sync.OnceValue(func() error {
	binary := func(host string) string {
		name := "terraform-provider-twilio_v" + installedVersion
		if runtime.GOOS == "windows" {
			name += ".exe"
		}
		return filepath.Join(mirrorDir, host, acctest.ProviderSource, installedVersion, runtime.GOOS+"_"+runtime.GOARCH, name)
	}
	built, linked := binary("registry.terraform.io"), binary("registry.opentofu.org")
	if output, err := exec.Command("go", "build", "-o", built, acctest.Root()).CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, output)
	}
	if err := os.MkdirAll(filepath.Dir(linked), 0o700); err != nil {
		return err
	}
	return os.Link(built, linked)
})

// installProvider lets the CLI install the provider, as if it came from the registry. The CLI then starts a process
// for each provider block, with the settings of the environment. Otherwise all provider blocks share the provider that the test
// serves. The test keeps serving other providers.
func installProvider(c *acctest.CLI) {
	c.T.Helper()
	if err := buildMirror(); err != nil {
		c.T.Fatal(err)
	}
	settings := filepath.Join(c.T.TempDir(), "cli.tfrc")
	text := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirrorDir)
	if err := os.WriteFile(settings, []byte(text), 0o600); err != nil {
		c.T.Fatal(err)
	}
	var served map[string]any
	if err := json.Unmarshal([]byte(servedProviders(c)), &served); err != nil {
		c.T.Fatal(err)
	}
	maps.DeleteFunc(served, func(source string, _ any) bool { return strings.HasSuffix(source, "/"+acctest.ProviderSource) })
	others, err := json.Marshal(served)
	if err != nil {
		c.T.Fatal(err)
	}
	c.Env = append(c.Env, reattachVariable+string(others), "TF_CLI_CONFIG_FILE="+settings)
}

// isInstalled reports whether installProvider was called.
func isInstalled(c *acctest.CLI) bool {
	return !strings.Contains(servedProviders(c), "/"+acctest.ProviderSource)
}

const reattachVariable = "TF_REATTACH_PROVIDERS="

// servedProviders returns the JSON object by which the CLI finds the providers that the test serves.
func servedProviders(c *acctest.CLI) string {
	for _, setting := range slices.Backward(c.Env) {
		if served, found := strings.CutPrefix(setting, reattachVariable); found {
			return served
		}
	}
	return "{}"
}

// publishRepository makes git and go find this repository, with all changes in it, where it is on GitHub.
func publishRepository(c *acctest.CLI) {
	c.T.Helper()
	dir := c.T.TempDir()
	for _, args := range [][]string{{"init", "-q"}, {"add", "-A"}, {"-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "-q", "-m", "Test"}} {
		command(c.T, "git", append([]string{"--git-dir=" + dir, "--work-tree=" + acctest.Root()}, args...)...)
	}
	// The other modules are taken from the module cache, which gets nothing new.
	modules := filepath.Join(command(c.T, "go", "env", "GOMODCACHE"), "cache", "download")
	gopath := c.T.TempDir()
	c.Env = append(c.Env,
		"GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=url."+dir+".insteadOf", "GIT_CONFIG_VALUE_0=https://github.com/twilio-sip/terraform-provider-twilio",
		"GOPATH="+gopath, "GOMODCACHE="+filepath.Join(gopath, "pkg", "mod"), "GOBIN=", "GOPROXY=file://"+filepath.ToSlash(modules)+",direct", "GOSUMDB=off", "GOFLAGS=-modcacherw -buildvcs=false")
}

// command runs a program, which must succeed, and returns its output without the line break at the end.
func command(t *testing.T, name string, args ...string) string {
	t.Helper()
	run := exec.CommandContext(t.Context(), name, args...)
	output, err := run.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, output)
	}
	return strings.TrimSpace(string(output))
}
