// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attribute

import (
	"fmt"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	list "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// sidNouns has the kinds of objects by SID prefix, so that errors can say what a wrong SID is. Source:
// https://www.twilio.com/docs/glossary/what-is-a-sid
var sidNouns = map[string]string{
	twilio.PrefixAccount:             "an account",
	twilio.PrefixAPIKey:              "an API key",
	twilio.PrefixIPAccessControlList: "an IP access control list",
	twilio.PrefixIPAddress:           "an IP address entry",
	twilio.PrefixDomain:              "a SIP domain",
	twilio.PrefixTrunk:               "an Elastic SIP trunk",
	twilio.PrefixCredentialList:      "a credential list",
	"AP":                             "an application",
	"CA":                             "a call",
	"CR":                             "a credential",
	"PN":                             "a phone number",
}

var anySID = regexp.MustCompile(`^[A-Z]{2}[0-9a-fA-F]{32}$`)

// SIDNoun returns the kind of object for a SID prefix, with an article: "an account".
func SIDNoun(prefix string) string { return sidNouns[prefix] }

// SIDProblem returns why value is not a SID with the given prefix, or "" if it is one.
func SIDProblem(prefix, value string) string {
	if twilio.ValidSID(prefix, value) {
		return ""
	}
	required := requiredSID(prefix)
	switch noun := sidNouns[value[:min(2, len(value))]]; {
	case value == "":
		return required + "; got an empty string."
	case anySID.MatchString(value) && noun != "":
		return fmt.Sprintf("%s; got %q, which is the SID of %s.", required, value, noun)
	case anySID.MatchString(value):
		return fmt.Sprintf("%s; got %q, which is the SID of another kind of object.", required, value)
	default:
		return fmt.Sprintf("%s; got %q.", required, value)
	}
}

// SIDProblemWithoutValue is like SIDProblem, for arguments that may contain a secret by mistake. It repeats the value only if it
// has the form of a SID, which no secret has.
func SIDProblemWithoutValue(prefix, value string) string {
	if value == "" || anySID.MatchString(value) {
		return SIDProblem(prefix, value)
	}
	return requiredSID(prefix) + ". The configured value is not a SID. It is not shown because it may be a secret."
}

func requiredSID(prefix string) string {
	return fmt.Sprintf("The value must be the SID of %s (%q followed by 32 hexadecimal digits)", sidNouns[prefix], prefix)
}

// IsSID returns a validator for a SID with the given prefix. Values that look generated are left to CheckGenerated.
func IsSID(prefix string) validator.String { return exceptGenerated{isSID(prefix)} }

func isSID(prefix string) stringValidator {
	return stringValidator{
		description: fmt.Sprintf("must be the SID of %s: %q followed by 32 hexadecimal digits", sidNouns[prefix], prefix),
		summary:     "Invalid SID",
		problem:     func(value string) string { return SIDProblem(prefix, value) },
	}
}

// RequiresReplaceSID returns a required SID of a resource. Changing it replaces the resource.
func RequiresReplaceSID(prefix, description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Required:            true,
		Validators:          []validator.String{IsSID(prefix)},
		PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
	}
}

// SIDs returns a required set of SIDs of a resource.
func SIDs(prefix, description string) schema.SetAttribute {
	return schema.SetAttribute{
		MarkdownDescription: description,
		ElementType:         types.StringType,
		Required:            true,
		Validators:          []validator.Set{setvalidator.NoNullValues(), exceptGenerated{isSID(prefix)}},
	}
}

// SIDIdentity returns a required SID of a resource identity.
func SIDIdentity(description string) identityschema.StringAttribute {
	return identityschema.StringAttribute{RequiredForImport: true, Description: description}
}

// LookupSID returns a required SID of a data source.
func LookupSID(prefix, description string) datasource.StringAttribute {
	return datasource.StringAttribute{
		MarkdownDescription: description,
		Required:            true,
		Validators:          []validator.String{IsSID(prefix)},
	}
}

// ListBlockSID returns a required SID of a list block.
func ListBlockSID(prefix, description string) list.StringAttribute {
	return list.StringAttribute{
		MarkdownDescription: description,
		Required:            true,
		Validators:          []validator.String{isSID(prefix)},
	}
}
