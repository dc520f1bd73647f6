// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// importForm is one way of writing an import ID: segments divided by slashes, where {AL} stands for a SID with that
// prefix and everything else for itself.
type importForm string

// importForms are all ways of writing the import ID of one type, the shortest first.
type importForms struct {
	noun  string
	forms []importForm
}

// parse takes an import ID apart into its SIDs, by their prefixes. Only the forms given are understood, and every SID
// is checked, so that nothing else ever reaches a request.
func (f importForms) parse(id string, diags *diag.Diagnostics) map[string]string {
	problem := fmt.Sprintf("%q has none of the forms that are understood.", id)
	switch {
	case id == "":
		problem = "The import ID is empty."
	case strings.ContainsFunc(id, unicode.IsSpace):
		problem = fmt.Sprintf("%q contains white space.", id)
	default:
		for _, form := range f.forms {
			sids, formProblem := form.match(id)
			if sids != nil {
				return sids
			}
			if formProblem != "" {
				problem = formProblem
			}
		}
	}
	diags.AddError("Invalid import ID", fmt.Sprintf("%s\n\n%s is imported by:\n%s", problem, capitalize(f.noun), f.list()))
	return nil
}

// list shows the forms to people.
func (f importForms) list() string {
	var b strings.Builder
	for _, form := range f.forms {
		b.WriteString("  " + form.String() + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// String shows the form to people: {AL} becomes AL….
func (f importForm) String() string {
	return strings.NewReplacer("{", "", "}", "…").Replace(string(f))
}

// match gives the SIDs in id. If id has the form but for a SID in it, match says what is wrong with that.
func (f importForm) match(id string) (sids map[string]string, problem string) {
	segments, given := strings.Split(string(f), "/"), strings.Split(id, "/")
	if len(segments) != len(given) {
		return nil, ""
	}
	sids = map[string]string{}
	for i, segment := range segments {
		prefix, isSID := strings.CutPrefix(segment, "{")
		switch {
		case !isSID && segment != given[i]:
			return nil, ""
		case isSID:
			prefix = strings.TrimSuffix(prefix, "}")
			if problem == "" {
				problem = sidProblem(prefix, given[i])
			}
			sids[prefix] = given[i]
		}
	}
	if problem != "" {
		return nil, problem
	}
	return sids, ""
}

func capitalize(text string) string { return strings.ToUpper(text[:1]) + text[1:] }
