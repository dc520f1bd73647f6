// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// sidNouns names what the SIDs stand for that turn up in the configurations of telephony, so that a SID in the wrong
// place can be called by its name. Source: https://www.twilio.com/docs/glossary/what-is-a-sid
var sidNouns = map[string]string{
	twilio.PrefixAccount:             "an account",
	twilio.PrefixAPIKey:              "an API key",
	twilio.PrefixIPAccessControlList: "an IP access control list",
	twilio.PrefixIPAddress:           "an IP address entry",
	twilio.PrefixDomain:              "a SIP domain",
	twilio.PrefixTrunk:               "an Elastic SIP trunk",
	"AP":                             "an application",
	"CA":                             "a call",
	"CL":                             "a credential list",
	"CR":                             "a credential",
	"PN":                             "a phone number",
}

var anySID = regexp.MustCompile(`^[A-Z]{2}[0-9a-fA-F]{32}$`)

// sidProblem says why value is not a SID with the given prefix; "" if it is one.
func sidProblem(prefix, value string) string {
	if twilio.ValidSID(prefix, value) {
		return ""
	}
	expected := fmt.Sprintf("Expected is the SID of %s: %q followed by 32 hexadecimal digits.", sidNouns[prefix], prefix)
	switch noun := sidNouns[value[:min(2, len(value))]]; {
	case value == "":
		return "The value is empty. " + expected
	case anySID.MatchString(value) && noun != "":
		return fmt.Sprintf("%q is the SID of %s. %s", value, noun, expected)
	case anySID.MatchString(value):
		return fmt.Sprintf("%q is the SID of another kind of object. %s", value, expected)
	default:
		return fmt.Sprintf("%q is not a SID. %s", value, expected)
	}
}

// secretiveSIDProblem is sidProblem for the places where someone may have pasted a secret: it repeats the value only
// if that has the form of a SID, which no secret has.
func secretiveSIDProblem(prefix, value string) string {
	if value == "" || anySID.MatchString(value) {
		return sidProblem(prefix, value)
	}
	return fmt.Sprintf("The value is not a SID (it is not shown, for it may be a secret). Expected is the SID of %s: %q followed by 32 hexadecimal digits.",
		sidNouns[prefix], prefix)
}

// sidOf validates that a string is a SID with the given prefix.
func sidOf(prefix string) validator.String { return sidValidator{prefix: prefix} }

type sidValidator struct{ prefix string }

func (v sidValidator) Description(context.Context) string {
	return fmt.Sprintf("must be the SID of %s: %q followed by 32 hexadecimal digits", sidNouns[v.prefix], v.prefix)
}

func (v sidValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v sidValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if problem := sidProblem(v.prefix, req.ConfigValue.ValueString()); problem != "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid SID", problem)
	}
}
