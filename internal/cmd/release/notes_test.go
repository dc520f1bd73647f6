// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

func TestReleaseNotes(t *testing.T) {
	t.Parallel()
	const changelog = `# Changelog

## [Unreleased]

## [1.1.0] - 2026-12-24

### Added

- A resource.

## [1.1.0-rc1] - 2026-12-01

## [1.0.0]

- Not dated.

## [0.1.0] - 2026-11-30

The first release.

[1.1.0]: https://example.com/1.1.0
`
	for version, want := range map[string]string{
		"1.1.0": "### Added\n\n- A resource.\n",
		"0.1.0": "The first release.\n",
	} {
		if got, err := releaseNotes(changelog, version); err != nil || got != want {
			t.Errorf("%s: got %q, %v", version, got, err)
		}
	}
	for version, want := range map[string]string{
		"1.1.0-rc1":  "empty",
		"1.0.0":      "no section",
		"1.1":        "no section",
		"1...0":      "no section",
		"2.0.0":      "no section",
		"Unreleased": "no section",
	} {
		if got, err := releaseNotes(changelog, version); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %q, %v; want an error with %q", version, got, err, want)
		}
	}
}

// TestReleaseNotesOfChangelog checks that every version in CHANGELOG.md can be released.
func TestReleaseNotesOfChangelog(t *testing.T) {
	t.Parallel()
	changelog, err := os.ReadFile(filepath.Join(acctest.Root(), "CHANGELOG.md"))
	if err != nil {
		t.Fatal(err)
	}
	versions := regexp.MustCompile(`(?m)^## \[(\d.*?)\]`).FindAllStringSubmatch(string(changelog), -1)
	if len(versions) == 0 {
		t.Error("there is no version in CHANGELOG.md")
	}
	for _, version := range versions {
		if _, err := releaseNotes(string(changelog), version[1]); err != nil {
			t.Error(err)
		}
	}
}
