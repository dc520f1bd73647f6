// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package attachment is what puts an IP access control list in force: its mapping to a SIP domain, and its association
// with an Elastic SIP trunk. Both are the same resource, data sources and list resource; a Kind says what differs.
package attachment

import (
	"context"

	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/importid"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// Kind describes one kind of attachment. A list is attached to a parent: a SIP domain or a trunk.
type Kind struct {
	// TypeName names the resource, the data source for one attachment and the list resource. AllTypeName names the data
	// source for all attachments of a parent, and AllAttribute its attribute that holds them.
	TypeName, AllTypeName, AllAttribute string

	// Noun names the kind in diagnostics: "SIP domain mapping". Word is its short form in descriptions: "mapping".
	Noun, Word string
	// Phrase is a format for a list and a parent: "the mapping of %s to %s".
	Phrase string
	// Attached says that a list is attached: "mapped to the domain".
	Attached string

	// ParentAttribute is the argument that names the parent, and ParentPrefix the prefix of its SID.
	ParentAttribute, ParentPrefix string
	// ParentNoun names the parent in diagnostics: "SIP domain". ParentPhrase has its article: "a SIP domain". ParentWord is
	// its short form: "domain".
	ParentNoun, ParentPhrase, ParentWord string

	// Description is that of the resource. ListNote ends that of the list resource.
	Description, ListNote string
	// AccountDescription is that of account_sid in the resource. LookupAccount is account_sid in data sources.
	AccountDescription string
	LookupAccount      func() datasource.StringAttribute
	// AccountInPath says that requests name the account, so that attachments of a subaccount can be managed with the
	// credentials of its parent.
	AccountInPath bool
	// HasURL says that Twilio gives an attachment a URL.
	HasURL bool
	// Import has the forms of import IDs.
	Import importid.Forms
	// ImportID is the import ID that diagnostics suggest.
	ImportID func(IDs) string

	// Attachments gives the attachments of a parent. It ignores ListSID.
	Attachments func(*twilio.Client, IDs) twilio.Attachments

	// LookupAdvice says what to check if the data source finds nothing, ImportAdvice if an import finds nothing, and
	// AllAdvice if the parent of all attachments is not found. AccountAdvice follows them; it may be nil.
	LookupAdvice, ImportAdvice, AllAdvice string
	AccountAdvice                         func(*twilio.Client) string
	// MissingOnCreate finds out which argument names what Twilio did not find, and says what to check.
	MissingOnCreate func(context.Context, *twilio.Client, IDs) (path.Path, string)

	// CheckAccount refuses a configured account whose attachments the credentials cannot reach. It may be nil.
	CheckAccount func(*twilio.Client, types.String, *diag.Diagnostics)
	// ConfirmAccount checks before a create that the parent is in the planned account. It may be nil.
	ConfirmAccount func(ctx context.Context, client *twilio.Client, ids IDs, creating func(error) operation.Operation, diags *diag.Diagnostics)
	// InAnotherAccount reports whether an attachment that Twilio does not find may exist in an account that the credentials
	// cannot reach, so that it must not count as deleted. The diagnostic says so. It may be nil.
	InAnotherAccount func(context.Context, *twilio.Client, IDs, operation.Operation) (diag.Diagnostic, error)
}

// IDs names an attachment. An empty AccountSID means the provider's account.
type IDs struct{ AccountSID, ParentSID, ListSID string }
