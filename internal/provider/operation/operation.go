// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package operation has what the operations of all resources and data sources need: the configured client, timeouts, the
// conversion of errors to diagnostics, and lookups that must find exactly one object.
package operation

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// Operation describes what was attempted, in the words of a diagnostic. Only this package converts the client's errors to
// diagnostics.
type Operation struct {
	// Verb is create, read, update, delete, list, import, or change.
	Verb string
	// Object is the object of the operation, with its SID if it has one: "IP access control list AL…". It is also part of the
	// summary, so that diagnostics about several objects are not merged.
	Object string
	// Location is where the object is, if that adds something: "account AC…".
	Location string
	// AccountSID is the account that the request names. It is empty if the credentials determine the account.
	AccountSID string
	// Timeout is the timeout of the operation.
	Timeout Timeout
	// ImportID returns the import ID of the object with a SID, or the form of the ID if the SID is "". A create needs it for
	// advice to import an object that may already exist. It is nil if a refresh finds that object anyway.
	ImportID func(sid string) string
	// Affected lists the parts of the object that the error is about. Outcome describes the result of the operation. Both are
	// paragraphs.
	Affected, Outcome string
	// Attribute is the attribute that the diagnostic points at, if the user can fix the problem there.
	Attribute path.Path
	// Missing is the argument that the diagnostic points at if Twilio does not find the object that the argument names.
	Missing path.Path
	// MissingAdvice says what to check if Twilio finds nothing.
	MissingAdvice string
}

// Summary returns the summary of a diagnostic: "Cannot delete IP access control list AL…".
func (o Operation) Summary() string { return "Cannot " + o.Verb + " " + o.Object }

// Describe returns the beginning of a diagnostic's detail: "Deleting IP access control list AL… in account AC…".
func (o Operation) Describe() string {
	doing := map[string]string{
		"create": "Creating", "read": "Reading", "update": "Updating", "delete": "Deleting", "list": "Listing", "import": "Importing", "change": "Changing",
	}[o.Verb]
	text := doing + " " + o.Object
	if o.Location != "" {
		text += " in " + o.Location
	}
	return text
}

// AccountOrDefault returns the account, or the provider's account if it is null, unknown, or empty. States that other providers
// wrote may not have an account.
func AccountOrDefault(account types.String, client *twilio.Client) types.String {
	if account.ValueString() == "" {
		return types.StringValue(client.AccountSID())
	}
	return account
}

// Paragraphs joins the texts that are not empty, with a blank line between them.
func Paragraphs(texts ...string) string {
	var kept []string
	for _, text := range texts {
		if text != "" {
			kept = append(kept, text)
		}
	}
	return strings.Join(kept, "\n\n")
}

// Sentence returns an error's text with a capital letter and a period.
func Sentence(text string) string {
	if text == "" {
		return ""
	}
	text = strings.ToUpper(text[:1]) + text[1:]
	if !strings.HasSuffix(text, ".") {
		text += "."
	}
	return text
}
