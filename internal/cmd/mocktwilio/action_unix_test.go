// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// release serves the files of releases like GitHub. The program in the archive is a script that prints its version.
func release(t *testing.T, version, platform, sums string) *httptest.Server {
	t.Helper()
	var archive bytes.Buffer
	writer := zip.NewWriter(&archive)
	for name, content := range map[string]string{"mocktwilio": "#!/bin/sh\necho mocktwilio " + version + "\n", "LICENSE": "free\n"} {
		file, err := writer.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	name := "mocktwilio_" + version + "_" + platform + ".zip"
	if sums == "" {
		sums = fmt.Sprintf("%064d  terraform-provider-twilio_%s_%s.zip\n%x  %s\n", 0, version, platform, sha256.Sum256(archive.Bytes()), name)
	}
	files := map[string]string{
		"/download/v" + version + "/" + name:                                              archive.String(),
		"/download/v" + version + "/terraform-provider-twilio_" + version + "_SHA256SUMS": sums,
		"/tag/v" + version: "the page of the release",
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		content, ok := files[r.URL.Path]
		switch {
		case r.URL.Path == "/latest" && platform == "": // there is no release
			http.Redirect(w, r, "/", http.StatusFound)
		case r.URL.Path == "/":
		case r.URL.Path == "/latest":
			http.Redirect(w, r, "/tag/v"+version, http.StatusFound)
		case ok:
			_, _ = w.Write([]byte(content))
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	return server
}

// TestSetupAction runs the script of .github/actions/setup-mocktwilio.
func TestSetupAction(t *testing.T) {
	t.Parallel()
	for _, command := range [][]string{{"bash", "--version"}, {"curl", "--version"}, {"unzip", "-v"}} {
		needCommand(t, command...)
	}
	zeros := strings.Repeat("0", 64)
	for _, test := range []struct {
		name            string
		version, ref    string
		system, machine string
		platform        string // platform of the archive
		sums            string // "" for the correct checksums
		output, problem string
		notice          string // "": none
	}{
		{name: "latest", platform: "linux_amd64", output: "1.2.3"},
		{name: "latest, by its name", version: "latest", ref: "v9.9.9", platform: "linux_amd64", output: "1.2.3"},
		{name: "branch", ref: "main", platform: "linux_amd64", output: "1.2.3"},
		{name: "commit", ref: strings.Repeat("0a", 20), platform: "linux_amd64", output: "1.2.3", notice: "To pin mocktwilio too, set the input version."},
		{name: "commit, version", version: "1.2.3", ref: strings.Repeat("0a", 20), platform: "linux_amd64", output: "1.2.3"},
		{name: "ref", ref: "v1.2.3", platform: "linux_amd64", output: "1.2.3"},
		{name: "version", version: "1.2.3", ref: "v9.9.9", platform: "linux_amd64", output: "1.2.3"},
		{name: "version with a v", version: "v1.2.3", platform: "linux_amd64", output: "1.2.3"},
		{name: "macOS", system: "macOS", machine: "ARM64", platform: "darwin_arm64", output: "1.2.3"},
		{name: "not released", version: "9.9.9", platform: "linux_amd64", problem: "Check that the release v9.9.9 exists and has mocktwilio for linux_amd64."},
		{name: "not for this platform", platform: "linux_arm64", problem: "has mocktwilio for linux_amd64."},
		{name: "unknown system", system: "Plan9", platform: "linux_amd64", problem: "operating system Plan9"},
		{name: "unknown architecture", machine: "S390X", platform: "linux_amd64", problem: "architecture S390X"},
		{name: "no version", version: "../../evil", platform: "linux_amd64", problem: "must be a version such as 0.1.0, or latest; got ../../evil."},
		{name: "no release", problem: "No release found at "},
		{name: "wrong checksum", platform: "linux_amd64", sums: zeros + "  mocktwilio_1.2.3_linux_amd64.zip\n", problem: "SHA256SUMS has " + zeros},
		{name: "no checksum", platform: "linux_amd64", sums: zeros + "  mocktwilio_1.2.3_linux_amd64.zip.sbom\n", problem: "does not list mocktwilio_1.2.3_linux_amd64.zip"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			system, machine := test.system, test.machine
			if system == "" {
				system = "Linux"
			}
			if machine == "" {
				machine = "X64"
			}
			cmd := exec.CommandContext(t.Context(), "bash", filepath.Join("..", "..", "..", ".github", "actions", "setup-mocktwilio", "install.sh"))
			cmd.Env = []string{
				"PATH=" + os.Getenv("PATH"), "MOCKTWILIO_RELEASES=" + release(t, "1.2.3", test.platform, test.sums).URL,
				"VERSION=" + test.version, "ACTION_REF=" + test.ref, "RUNNER_OS=" + system, "RUNNER_ARCH=" + machine,
				"RUNNER_TEMP=" + dir, "GITHUB_PATH=" + filepath.Join(dir, "path"), "GITHUB_OUTPUT=" + filepath.Join(dir, "output"),
			}
			log, err := cmd.CombinedOutput()
			path, _ := os.ReadFile(filepath.Join(dir, "path"))
			output, _ := os.ReadFile(filepath.Join(dir, "output"))
			if test.problem != "" {
				wantContains(t, "log", string(log), "::error title=setup-mocktwilio::", test.problem)
				if err == nil || len(path) > 0 || len(output) > 0 {
					t.Errorf("%v\n%s\npath: %s\noutput: %s", err, log, path, output)
				}
				return
			}
			if err != nil || string(output) != "version="+test.output+"\n" {
				t.Fatalf("%v\n%s\noutput: %s", err, log, output)
			}
			if noticed := strings.Contains(string(log), "::notice "); noticed != (test.notice != "") || !strings.Contains(string(log), test.notice) {
				t.Errorf("log: %s", log)
			}
			printed, err := exec.CommandContext(t.Context(), filepath.Join(strings.TrimSpace(string(path)), "mocktwilio")).Output()
			if err != nil || string(printed) != "mocktwilio "+test.output+"\n" {
				t.Errorf("%q, %v", printed, err)
			}
		})
	}
}
