// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package operation has what every operation on a resource or data source needs: the configured client, timeouts,
// errors as diagnostics, and lookups that must find exactly one object.
package operation

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// Operation describes what is attempted, in the words that a diagnostic needs. The client's errors become diagnostics
// in this package and nowhere else.
type Operation struct {
	// Verb and Noun make the summary: "Cannot delete IP access control list". Verb is create, read, update, delete, list,
	// import or change.
	Verb, Noun string
	// Object names what the operation is about, with its SID if it has one: "IP access control list AL…".
	Object string
	// Location says where the object is, if that adds something: "account AC…".
	Location string
	// AccountSID is the account that the request names. It is empty if the credentials decide the account.
	AccountSID string
	// Timeout is the timeout of the operation.
	Timeout Timeout
	// ImportID gives the import ID of the object with a SID, or the form of import IDs if the SID is "". Creates need it,
	// unless a refresh finds the object anyway.
	ImportID func(sid string) string
	// Affected lists the parts of the object that the error is about. Outcome says what holds afterwards. Both are
	// paragraphs.
	Affected, Outcome string
	// Attribute is where the diagnostic belongs if the user can fix it there.
	Attribute path.Path
	// Missing is the argument that names a prerequisite. It gets the diagnostic if Twilio finds nothing.
	Missing path.Path
	// MissingAdvice says what to check if Twilio finds nothing.
	MissingAdvice string
}

// Describe begins the detail of a diagnostic: "Deleting IP access control list AL… in account AC…".
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

// AccountOr is the account, or the provider's if it is not known: states of other providers may lack it.
func AccountOr(account types.String, client *twilio.Client) types.String {
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

// Sentence gives an error's text a capital letter and a full stop.
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
