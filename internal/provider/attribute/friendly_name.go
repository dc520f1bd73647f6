// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attribute

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// MaxNameLength is the maximum number of characters in the name of a list or an entry. Source:
// https://www.twilio.com/docs/voice/sip/api/sip-ipaccesscontrollist-resource
const MaxNameLength = 255

// FriendlyNameProblem returns what is wrong with the name of a list or an entry, as a predicate of the name, and what to write
// instead: "has 0 characters. …". It returns "" if the name is valid. Twilio counts characters, not bytes.
func FriendlyNameProblem(name string) string {
	position := 0
	for _, r := range name {
		position++
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			problem := fmt.Sprintf("contains the control character %U at position %d. Remove it", r, position)
			if !strings.ContainsRune(strings.TrimSpace(name), r) {
				problem += ", for example with trimspace()"
			}
			return problem + "."
		}
	}
	length := utf8.RuneCountInString(name)
	switch {
	case length < 1 || length > MaxNameLength:
		return fmt.Sprintf("must have 1 to %d characters; got %d.", MaxNameLength, length)
	case strings.TrimSpace(name) == "":
		return "must not consist only of white space."
	default:
		return ""
	}
}

// IsFriendlyName returns a validator for the name of a list or an entry.
func IsFriendlyName() validator.String {
	return stringValidator{
		description: fmt.Sprintf("must have 1 to %d characters, no control characters, and not only white space", MaxNameLength),
		summary:     "Invalid name",
		problem: func(value string) string {
			if problem := FriendlyNameProblem(value); problem != "" {
				return "The name " + problem
			}
			return ""
		},
	}
}

// FriendlyName returns the friendly_name of a resource.
func FriendlyName(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Required: true, Validators: []validator.String{IsFriendlyName()}}
}
