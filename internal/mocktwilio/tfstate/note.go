// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package tfstate

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

func (inv *inventory) note(format string, values ...any) {
	inv.notes = append(inv.notes, fmt.Sprintf(format, values...))
}

// mostNamed is the maximum number of objects that a note names.
const mostNamed = 5

// noteAbout adds a note about objects and names the first of them. It adds nothing if there are no objects.
func (inv *inventory) noteAbout(objects []string, text string) {
	if len(objects) > 0 {
		inv.note("%s: %s.", text, enumerate(objects))
	}
}

func enumerate(objects []string) string {
	if more := len(objects) - mostNamed; more > 1 {
		objects = append(slices.Clone(objects[:mostNamed]), fmt.Sprintf("and %d more", more))
	}
	return strings.Join(objects, ", ")
}

// skippedNotes returns notes about the resources of Twilio providers that are skipped.
func (inv *inventory) skippedNotes(s *state) []string {
	skipped := map[string]bool{}
	for _, r := range s.Resources {
		if _, known := types[r.Type]; !known && IsTwilio(r.providerAddress()) && len(r.Instances) > 0 {
			skipped[r.Type] = true
		}
	}
	if len(skipped) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("The mock does not serve objects of these types, so they are not loaded: %s.", strings.Join(slices.Sorted(maps.Keys(skipped)), ", "))}
}
