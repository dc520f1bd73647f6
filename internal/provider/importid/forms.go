// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package importid understands what names an object for import: the forms of its import ID, and its identity.
package importid

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
)

// Form is one way of writing an import ID: segments separated by slashes, where {AL} stands for a SID with that prefix
// and everything else for itself.
type Form string

// Forms are all ways of naming an object of one type for import.
type Forms struct {
	// Noun names the type, with its article.
	Noun string
	// Strings are the forms of the import ID, the shortest first.
	Strings []Form
	// Identity has the attributes of the identity, with the prefixes of their SIDs.
	Identity map[string]string
}

// Parse takes an import ID apart into its SIDs, by their prefixes. Only the forms given are understood, and every SID
// is checked, so that nothing else ever reaches a request.
func (f Forms) Parse(id string, diags *diag.Diagnostics) map[string]string {
	problem := fmt.Sprintf("%q has none of the forms that are understood.", id)
	switch {
	case id == "":
		problem = "The import ID is empty."
	case strings.ContainsFunc(id, unicode.IsSpace):
		problem = fmt.Sprintf("%q contains white space.", id)
	default:
		for _, form := range f.Strings {
			sids, formProblem := form.match(id)
			if sids != nil {
				return sids
			}
			if formProblem != "" {
				problem = formProblem
			}
		}
	}
	noun := strings.ToUpper(f.Noun[:1]) + f.Noun[1:]
	diags.AddError("Invalid import ID", fmt.Sprintf("%s\n\n%s is imported by:\n%s", problem, noun, f.list()))
	return nil
}

// list shows the forms to people.
func (f Forms) list() string {
	var b strings.Builder
	for _, form := range f.Strings {
		b.WriteString("  " + form.String() + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// String shows the form to people: {AL} becomes AL….
func (f Form) String() string {
	return strings.NewReplacer("{", "", "}", "…").Replace(string(f))
}

// match gives the SIDs in id. If id has the form except for a SID in it, match says what is wrong with that SID.
func (f Form) match(id string) (sids map[string]string, problem string) {
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
				problem = attribute.SIDProblem(prefix, given[i])
			}
			sids[prefix] = given[i]
		}
	}
	if problem != "" {
		return nil, problem
	}
	return sids, ""
}
