// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package operation

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

func TestExactlyOne(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		matching        []string
		noun            string
		summary, detail string
	}{
		"one":             {matching: []string{"AL1"}, noun: "list"},
		"none":            {noun: "list", summary: "No match found", detail: "There is no list with friendly_name \"Office\".\n\nLook again."},
		"several":         {[]string{"AL1", "AL2"}, "list", "Several matches found", "There are 2 lists with friendly_name \"Office\". Set sid to one of these instead:\n  AL1\n  AL2\n\nLook again."},
		"several entries": {[]string{"AL1", "AL3"}, "entry", "Several matches found", "There are 2 entries with friendly_name \"Office\". Set sid to one of these instead:\n  AL1\n  AL3\n\nLook again."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			matches := func(sid string) bool { return slices.Contains(test.matching, sid) }
			found, err := ExactlyOne([]string{"AL1", "AL2", "AL3"}, matches, func(sid string) string { return sid },
				test.noun, `with friendly_name "Office"`, path.Root("friendly_name"), "Look again.")
			if test.summary == "" {
				if err != nil || found != test.matching[0] {
					t.Errorf("%q, %v", found, err)
				}
				return
			}
			if err == nil {
				t.Fatalf("no error; found %q", found)
			}
			want := diag.NewAttributeErrorDiagnostic(path.Root("friendly_name"), test.summary, test.detail)
			if got := (Operation{}).Diagnostic(t.Context(), nil, err); !got.Equal(want) {
				t.Errorf("%v, not %v", got, want)
			}
		})
	}
}
