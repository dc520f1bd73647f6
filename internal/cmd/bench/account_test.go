// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// account is a mock and a directory with a module that manages the objects in it.
type account struct {
	server      *mocktwilio.Server
	dir         string
	environment []string
	// usageFile is the file to which the wrapper of the provider writes what it used.
	usageFile string
}

// CLI configuration files that start the provider with and without the wrapper that
// measures it.
const (
	measuredConfig   = "measured.tfrc"
	unmeasuredConfig = "unmeasured.tfrc"
)

// newAccount starts a mock and writes a module for it. Both exist until b ends.
func newAccount(b *testing.B, module string, values variables) *account {
	b.Helper()
	server, err := mocktwilio.Start(mocktwilio.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(server.Close)
	a := &account{server: server, dir: b.TempDir()}
	a.usageFile = filepath.Join(a.dir, "usage")
	measuredDir, measured := linkMeasured(b, providerPath(b), a.usageFile)
	for name, dir := range map[string]string{measuredConfig: measuredDir, unmeasuredConfig: filepath.Dir(providerPath(b))} {
		writeFile(b, filepath.Join(a.dir, name), fmt.Appendf(nil, "provider_installation {\n  dev_overrides {\n    \"twilio-sip/twilio\" = %q\n  }\n  direct {}\n}\n", dir))
	}
	// The user's own settings and credentials must not affect the results.
	a.environment = append(slices.DeleteFunc(os.Environ(), func(variable string) bool {
		return strings.HasPrefix(variable, "TF_") || strings.HasPrefix(variable, "TWILIO_")
	}),
		"TF_CLI_CONFIG_FILE="+filepath.Join(a.dir, measuredConfig),
		"CHECKPOINT_DISABLE=1",
		"TWILIO_ACCOUNT_SID="+server.AccountSID(),
		"TWILIO_AUTH_TOKEN="+server.AuthToken(),
		"TWILIO_BASE_URL="+server.URL(),
	)
	a.environment = append(a.environment, measured...)
	a.writeModule(b, module, values)
	return a
}

// unmeasured returns the same account with a provider whose memory and CPU are not
// measured.
func (a *account) unmeasured() *account {
	return a.with("TF_CLI_CONFIG_FILE=" + filepath.Join(a.dir, unmeasuredConfig))
}

// stateBytes returns the size of the state divided by the number of instances in it.
func (a *account) stateBytes(b *testing.B) float64 {
	b.Helper()
	text, err := os.ReadFile(filepath.Join(a.dir, "terraform.tfstate"))
	if err != nil {
		b.Fatal(err)
	}
	var state struct {
		Resources []struct {
			Instances []json.RawMessage `json:"instances"`
		} `json:"resources"`
	}
	if err := json.Unmarshal(text, &state); err != nil {
		b.Fatal(err)
	}
	instances := 0
	for _, resource := range state.Resources {
		instances += len(resource.Instances)
	}
	return float64(len(text)) / float64(instances)
}

// writeModule writes the module and its variables.
func (a *account) writeModule(b *testing.B, module string, values variables) {
	b.Helper()
	text, err := os.ReadFile(filepath.Join("modules", module+".tf"))
	if err != nil {
		b.Fatal(err)
	}
	writeFile(b, filepath.Join(a.dir, "main.tf"), text)
	writeJSON(b, filepath.Join(a.dir, "bench.auto.tfvars.json"), values)
}

// with returns the same account with an additional environment variable.
func (a *account) with(variable string) *account {
	other := *a
	other.environment = append(slices.Clone(a.environment), variable)
	return &other
}

// cliPath returns the path of the Terraform or OpenTofu to use.
func cliPath() string { return cmp.Or(os.Getenv("TF_ACC_TERRAFORM_PATH"), "terraform") }

// run runs the CLI and fails the benchmark if the CLI fails.
func (a *account) run(b *testing.B, command string, args ...string) {
	b.Helper()
	cmd := exec.CommandContext(b.Context(), cliPath(), append([]string{command, "-no-color", "-input=false"}, args...)...)
	cmd.Dir, cmd.Env = a.dir, a.environment
	if output, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%s %s: %v\n%s", command, strings.Join(args, " "), err, output[max(0, len(output)-4000):])
	}
}

// apply applies the module and counts the time.
func (a *account) apply(b *testing.B, args ...string) {
	b.Helper()
	b.StartTimer()
	a.run(b, "apply", append([]string{"-auto-approve"}, args...)...)
	b.StopTimer()
}

// applyInParts splits the lists into equal parts, applies each part with a separate
// state, and joins the states. The module must have a variable for the number of its
// first list.
func (a *account) applyInParts(b *testing.B, module string, values variables, parts int) {
	b.Helper()
	var whole map[string]any
	lists := values["lists"].(int) / parts
	for i := range parts {
		part := *a
		part.dir = b.TempDir()
		part.writeModule(b, module, variables{"lists": lists, "addresses": values["addresses"], "first": i * lists})
		part.apply(b)
		text, err := os.ReadFile(filepath.Join(part.dir, "terraform.tfstate"))
		if err != nil {
			b.Fatal(err)
		}
		var state map[string]any
		if err := json.Unmarshal(text, &state); err != nil {
			b.Fatal(err)
		}
		if whole == nil {
			whole = state
		} else {
			appendInstances(whole, state)
		}
	}
	writeJSON(b, filepath.Join(a.dir, "terraform.tfstate"), whole)
}

// appendInstances appends the instances in one state to those of the same resources in
// another, and continues their numbering. Both states have the resources in the same
// order, because the CLI sorts them.
func appendInstances(to, from map[string]any) {
	for i, resource := range to["resources"].([]any) {
		resource := resource.(map[string]any)
		instances := resource["instances"].([]any)
		for _, instance := range from["resources"].([]any)[i].(map[string]any)["instances"].([]any) {
			instance.(map[string]any)["index_key"] = len(instances)
			instances = append(instances, instance)
		}
		resource["instances"] = instances
	}
}

func writeJSON(b *testing.B, path string, value any) {
	b.Helper()
	text, err := json.MarshalIndent(value, "", "  ") // the format in which the CLI writes a state
	if err != nil {
		b.Fatal(err)
	}
	writeFile(b, path, text)
}

func writeFile(b *testing.B, path string, content []byte) {
	b.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		b.Fatal(err)
	}
}
