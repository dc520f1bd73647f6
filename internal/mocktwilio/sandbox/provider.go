// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/tfstate"
)

// RefuseProviders returns an error if the command would use the real services of other providers. With --intercept, the other
// Twilio providers use the mock. where says what has the providers.
func RefuseProviders(where string, providers []string, intercept bool) error {
	hint := ""
	other := slices.DeleteFunc(slices.Clone(providers), func(provider string) bool {
		twilio := tfstate.IsTwilio(provider)
		if twilio && !intercept {
			hint = "add --intercept to send requests of other Twilio providers to the mock, "
		}
		return twilio && intercept
	})
	if len(other) == 0 {
		return nil
	}
	return fmt.Errorf("%s %s, whose requests do not go to the mock, so an apply would change real objects; "+
		"rehearse a configuration without them, %sor add --allow-other-providers for a command that changes nothing, such as terraform plan",
		where, strings.Join(other, ", "), hint)
}

var lockedProvider = regexp.MustCompile(`(?m)^provider "([^"]+)"`)

// LockedProviders returns the providers of the configurations in which a command works, without those that change nothing real.
// This is necessary because a change may add the first resource of a provider.
func LockedProviders(command []string) []string {
	var found []string
	for _, dir := range workingDirs(command) {
		lock, _ := os.ReadFile(filepath.Join(dir, ".terraform.lock.hcl")) // does not exist before init
		for _, match := range lockedProvider.FindAllStringSubmatch(string(lock), -1) {
			if !tfstate.IsHarmless(match[1]) {
				found = append(found, match[1])
			}
		}
	}
	return found
}
