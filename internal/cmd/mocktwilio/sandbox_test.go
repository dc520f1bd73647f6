// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// initialized makes a directory that Terraform has initialized with a backend.
func initialized(t *testing.T, backend string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, ".terraform"), 0o700); err != nil {
		t.Fatal(err)
	}
	if backend != "" {
		if err := os.WriteFile(filepath.Join(dir, ".terraform", "terraform.tfstate"), []byte(backend), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestCopyOfTheState(t *testing.T) {
	t.Parallel()
	var stdout, stderr buffer
	dir := initialized(t, "")
	status := run([]string{"--load", writeFile(t, stateOf()), "--", self(t), "-chdir=" + dir}, environment{
		stdout: &stdout, stderr: &stderr, environ: append(os.Environ(), role+"=terraform", "TF_CLI_ARGS_apply=-no-color", "TF_CLI_ARGS_show=-json"),
	})
	out := stdout.String()
	wantContains(t, "stdout", out, stateOf()+" <nil>", "TF_CLI_ARGS_init=-backend=false\n", "TF_CLI_ARGS_workspace_delete=-not-in-a-rehearsal\n", "TF_CLI_ARGS_show=-json\n", "TF_CLI_ARGS_state_replace_provider='-state=", "TF_DATA_DIR="+filepath.Join(dir, ".terraform")+"\n")
	match := regexp.MustCompile(`TF_CLI_ARGS_apply=-no-color '-state=(.+)'\n`).FindStringSubmatch(out)
	if status != 0 || match == nil {
		t.Fatalf("status %d, %s%s", status, out, &stderr)
	}
	if _, err := os.Stat(filepath.Dir(match[1])); !os.IsNotExist(err) {
		t.Errorf("the copy is left: %v", err)
	}
	// A command that is not in a Terraform directory cannot use a directory that has a backend.
	got := runAs(t, "terraform", "--load", writeFile(t, stateOf()), "--", self(t), "-chdir="+t.TempDir())
	wantContains(t, "stdout", got.stdout, "TF_DATA_DIR=")
	wantContains(t, "stderr", got.stderr, "not initialized")
}

func TestRefuseBackends(t *testing.T) {
	t.Parallel()
	for backend, problem := range map[string]string{
		`{"version": 3, "backend": {"type": "s3", "config": {}}}`:    `in backend "s3"`,
		`{"version": 3, "backend": {"type": "cloud", "config": {}}}`: "in HCP Terraform",
		`{"version": 3, "state_store": {"type": "x"}}`:               "in a state store",
		`x`: "cannot determine the backend",
		`{"version": 3, "backend": {"type": "local"}, "state_store": null}`: "",
		`{"version": 3}`: "",
	} {
		dir := initialized(t, backend)
		for _, command := range [][]string{
			{self(t), "-chdir=" + dir}, {self(t), `x; terraform --chdir="` + dir + `" apply`},
		} {
			got := runAs(t, "exit 7", append([]string{"--load", writeFile(t, stateOf()), "--"}, command...)...)
			if want := map[bool]int{true: 7, false: exitFailure}[problem == ""]; got.status != want || !strings.Contains(got.stderr, problem) {
				t.Errorf("%s: %+v", backend, got)
			}
		}
	}
	var stderr buffer
	status := run([]string{"--load", writeFile(t, stateOf()), "--", self(t)}, environment{
		stderr: &stderr, environ: append(os.Environ(), role+"=exit 7", "TF_DATA_DIR="+filepath.Join(initialized(t, `{"backend": {"type": "gcs"}}`), ".terraform")),
	})
	if status != exitFailure || !strings.Contains(stderr.String(), `in backend "gcs"`) {
		t.Errorf("status %d, %s", status, &stderr)
	}
}

// TestChangedFile: another program writes to the file in the meantime.
func TestChangedFile(t *testing.T) {
	t.Parallel()
	path := writeFile(t, stateOf())
	for _, part := range []string{"echo", "overwrite"} {
		got := runAs(t, part, "--load", path, "--", self(t), path)
		if changed := strings.Contains(got.stderr, path+" changed during the rehearsal"); changed != (part == "overwrite") || got.status != 0 {
			t.Errorf("%s: %+v", part, got)
		}
		if match := regexp.MustCompile(`(?m)^The state that was loaded is in (.+)\.$`).FindStringSubmatch(got.stderr); part == "overwrite" {
			if match == nil || readFile(t, match[1]) != stateOf() {
				t.Errorf("the state is not kept: %+v", got)
			} else if err := os.Remove(match[1]); err != nil {
				t.Error(err)
			}
		}
	}
}

// TestRefuseSavedPlans: a plan has its own backend, to which an apply writes.
func TestRefuseSavedPlans(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	plan := func(name, content string) {
		t.Helper()
		var archive bytes.Buffer
		writer := zip.NewWriter(&archive)
		file, err := writer.Create("tfplan")
		if err == nil {
			_, err = file.Write([]byte(content))
		}
		if err := errors.Join(err, writer.Close(), os.WriteFile(filepath.Join(dir, name), archive.Bytes(), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	// A varint, a string, 8 and 4 bytes, and then field 13 with the type in its field 1.
	const before = "\x08\x96\x01" + "\x12\x03abc" + "\x19\x01\x02\x03\x04\x05\x06\x07\x08" + "\x25\x01\x02\x03\x04"
	plan("remote", before+"\x6a\x06\x0a\x04http")
	plan("broken", before+"\x6a\x60\x0a\x05local")
	plan("cut", "\x12\x80")
	plan("none", "")
	plan("local", before+"\x6a\x07\x0a\x05local")
	if err := errors.Join(os.WriteFile(filepath.Join(dir, "encrypted"), []byte(`{"meta": {}, "encrypted_data": "x"}`), 0o600),
		os.WriteFile(filepath.Join(dir, "other"), []byte(`{}`), 0o600)); err != nil {
		t.Fatal(err)
	}
	for _, command := range [][]string{
		{filepath.Join(dir, "remote")}, {filepath.Join(dir, "encrypted")}, {"-chdir=" + dir, "apply", "remote"}, {"-chdir=" + dir, "apply", "broken"},
		{"-chdir=" + dir, "apply", "cut"}, {"-chdir=" + dir, "apply", "none"},
		{"-c", "cd '" + dir + "'; terraform apply \"remote\""}, {"-c", "terraform -chdir=" + dir + " apply encrypted"},
	} {
		got := runAs(t, "exit 7", append([]string{"--load", writeFile(t, stateOf()), "--", self(t)}, command...)...)
		if got.status != exitFailure || !strings.Contains(got.stderr, "is a saved plan") {
			t.Errorf("%q: %+v", command, got)
		}
	}
	if got := runAs(t, "exit 7", "--load", writeFile(t, stateOf()), "--", self(t), "-chdir="+dir, "apply", "other", "new", "local"); got.status != 7 {
		t.Errorf("%+v", got)
	}
}

func TestRefuseSeveralDirectories(t *testing.T) {
	t.Parallel()
	one, two := initialized(t, ""), initialized(t, "")
	got := runAs(t, "exit 7", "--load", writeFile(t, stateOf()), "--", self(t), "terraform -chdir="+one+" apply; terraform -chdir="+two+" apply")
	if got.status != exitFailure || !strings.Contains(got.stderr, "the command works in several initialized directories") {
		t.Errorf("%+v", got)
	}
}

// TestRefuseLockedProviders: a change may add the first resource of a provider.
func TestRefuseLockedProviders(t *testing.T) {
	t.Parallel()
	const ours, others = `provider "registry.terraform.io/twilio-sip/twilio" {
}
provider "registry.opentofu.org/hashicorp/random" {
`, `}
provider "registry.terraform.io/hashicorp/aws" {
`
	for lock, status := range map[string]int{ours: 7, ours + others: exitFailure} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, ".terraform.lock.hcl"), []byte(lock), 0o600); err != nil {
			t.Fatal(err)
		}
		got := runAs(t, "exit 7", "--load", writeFile(t, stateOf()), "--", self(t), "-chdir="+dir)
		if got.status != status || status == exitFailure && !strings.Contains(got.stderr, "the configuration also uses registry.terraform.io/hashicorp/aws, ") {
			t.Errorf("%+v", got)
		}
		if got := runAs(t, "exit 7", "--load", writeFile(t, stateOf()), "--allow-other-providers", "--", self(t), "-chdir="+dir); got.status != 7 {
			t.Errorf("allowed: %+v", got)
		}
	}
}
