// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"regexp"
	"strings"
)

// releaseNotes returns the section of a version in the changelog, without its heading. A release without one must not be published.
// A prerelease such as 1.2.3-rc1 needs a section of its own.
func releaseNotes(changelog, version string) (string, error) {
	heading := regexp.MustCompile(`(?m)^## \[` + regexp.QuoteMeta(version) + `\] - \d{4}-\d{2}-\d{2}\n`)
	found := heading.FindStringIndex(changelog)
	if found == nil {
		return "", fmt.Errorf("the changelog has no section with the heading \"## [%s] - YYYY-MM-DD\"", version)
	}
	section := changelog[found[1]:]
	// The section ends at the next one, or at the targets of the links.
	if end := regexp.MustCompile(`(?m)^(## |\[[^\]]+\]: )`).FindStringIndex(section); end != nil {
		section = section[:end[0]]
	}
	section = strings.TrimSpace(section)
	if section == "" {
		return "", fmt.Errorf("the section of %s in the changelog is empty", version)
	}
	return section + "\n", nil
}
