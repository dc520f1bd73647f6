// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package importid parses import IDs in all their forms, and import identities.
package importid

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
)

// form is a pattern of an import ID. It has segments separated by slashes: {AL} stands for a SID with that prefix, and all other
// segments are literal. A form that begins with a slash is a path without the version of the API.
type form string

// apiPath matches the uri or the url of an object, with or without its host. Its groups are the paths without version and .json,
// of the 2010 API and of the trunking API.
var apiPath = regexp.MustCompile(`^(?:https://(?:[a-z0-9-]+\.)+twilio\.com)?(?:/2010-04-01(/Accounts/.+?)(?:\.json)?|/v1(/Trunks/.+))$`)

// withoutVersion returns the path in the uri or the url of an object without its version, like the forms, and any other ID
// unchanged.
func withoutVersion(id string) string {
	if groups := apiPath.FindStringSubmatch(id); groups != nil {
		return groups[1] + groups[2]
	}
	return id
}

// Forms has everything that can identify an object of one type for import.
type Forms struct {
	// noun is the name of the type, with an article.
	noun string
	// ids are the forms of the import ID, the shortest first.
	ids []form
	// identity maps the attributes of the identity to the prefixes of their SIDs.
	identity map[string]string
}

// parse returns the SIDs in an import ID by prefix. It accepts only the given forms and valid SIDs, so that nothing else can
// become part of a request.
func (f Forms) parse(id string, diags *diag.Diagnostics) map[string]string {
	problem := fmt.Sprintf("%q does not have a supported format.", id)
	switch {
	case id == "":
		problem = "The import ID is empty."
	case strings.ContainsFunc(id, unicode.IsSpace):
		problem = fmt.Sprintf("%q contains white space.", id)
	default:
		for _, form := range f.ids {
			sids, formProblem := form.match(withoutVersion(id))
			if sids != nil {
				return sids
			}
			if formProblem != "" {
				problem = formProblem
			}
		}
	}
	diags.AddError("Invalid import ID", fmt.Sprintf("%s\n\nThe import ID of %s must have one of these formats:\n%s", problem, f.noun, f.list()))
	return nil
}

// list lists the forms for users, one per line, and says how a path may be completed.
func (f Forms) list() string {
	var b strings.Builder
	note := "You can also use the uri from Twilio's API responses, /2010-04-01/Accounts/….json, with or without https://api.twilio.com."
	for _, form := range f.ids {
		b.WriteString("  " + form.String() + "\n")
		if strings.HasPrefix(string(form), "/Trunks/") {
			note = "You can also use the url from Twilio's API responses, https://trunking.twilio.com/v1/Trunks/…, with or without the host."
		}
	}
	return b.String() + note
}

// String formats the form for users: {AL} becomes AL….
func (f form) String() string {
	return strings.NewReplacer("{", "", "}", "…").Replace(string(f))
}

// match returns the SIDs in id. If id has the form but one of its SIDs is invalid, match returns what is wrong with that SID.
func (f form) match(id string) (sids map[string]string, problem string) {
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
