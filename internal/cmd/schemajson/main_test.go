// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider"
)

// TestSameAsCLI compares the schemas with the output of the CLI for a build of the provider. It skips kinds of schemas that an
// older CLI does not support, and ignores false, empty, and 0 values, which the CLI omits.
func TestSameAsCLI(t *testing.T) {
	t.Parallel()

	schemas, err := readSchemas(t.Context(), providerserver.NewProtocol6(provider.New("test")())())
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := json.Marshal(schemas)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(encoded, &got); err != nil {
		t.Fatal(err)
	}

	for kind, want := range schemasFromCLI(t, cliPath(t)) {
		if wanted, ok := want.(map[string]any); ok && len(wanted) == 0 {
			continue
		}
		if got, want := withoutZeros(got[kind]), withoutZeros(want); !reflect.DeepEqual(got, want) {
			t.Errorf("%s differ:\n got %s\nwant %s", kind, toJSON(t, got), toJSON(t, want))
		}
	}
	if len(got) == 0 {
		t.Error("there are no schemas")
	}
}

// withoutZeros removes null, false, 0, and empty values from the objects of a decoded JSON value. It returns nil for such a value
// itself.
func withoutZeros(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for key, v := range value {
			if value[key] = withoutZeros(v); value[key] == nil {
				delete(value, key)
			}
		}
		if len(value) == 0 {
			return nil
		}
	case []any:
		for i, v := range value {
			value[i] = withoutZeros(v)
		}
		if len(value) == 0 {
			return nil
		}
	case bool, float64, string:
		if reflect.ValueOf(value).IsZero() {
			return nil
		}
	}
	return value
}

func cliPath(t *testing.T) string {
	t.Helper()
	for _, name := range []string{os.Getenv("TF_ACC_TERRAFORM_PATH"), "terraform", "tofu"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") != "" {
		t.Fatal("neither terraform nor tofu is on PATH")
	}
	t.Skip("neither terraform nor tofu is on PATH")
	return ""
}

// schemasFromCLI builds the provider and asks the CLI for its schemas.
func schemasFromCLI(t *testing.T, cli string) map[string]any {
	t.Helper()
	dir := t.TempDir()
	binary := filepath.Join(dir, "terraform-provider-twilio")
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	output(t, dir, "go", "build", "-C", moduleRoot(t), "-buildvcs=false", "-o", binary, ".")

	write(t, filepath.Join(dir, "main.tf"), `terraform {
  required_providers {
    twilio = {
      source = "twilio-sip/twilio"
    }
  }
}
`)
	config := filepath.Join(dir, "cli.tfrc")
	write(t, config, fmt.Sprintf("provider_installation {\n  dev_overrides {\n    \"twilio-sip/twilio\" = %q\n  }\n}\n", dir))

	printed := output(t, dir, cli, "providers", "schema", "-json")
	var document struct {
		Providers map[string]map[string]any `json:"provider_schemas"`
	}
	if err := json.Unmarshal(printed, &document); err != nil {
		t.Fatal(err)
	}
	if len(document.Providers) != 1 {
		t.Fatalf("the CLI gave the schemas of %d providers", len(document.Providers))
	}
	for _, schemas := range document.Providers {
		return schemas
	}
	return nil
}

func moduleRoot(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", "..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// output runs a program in dir with the CLI configuration in that directory and returns its standard output.
func output(t *testing.T, dir, program string, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+filepath.Join(dir, "cli.tfrc"))
	cmd.Stderr = t.Output()
	printed, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %v: %v", program, args, err)
	}
	return printed
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func toJSON(t *testing.T, value any) string {
	t.Helper()
	text, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
