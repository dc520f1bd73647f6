// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package attachment implements the attachments of IP access control lists: mappings to SIP domains and associations with Elastic
// SIP trunks. Both share the same resources, data sources, and list resource. A Kind describes their differences.
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

// Kind describes one kind of attachment. A list is attached to a parent, which is a SIP domain or an Elastic SIP trunk.
type Kind struct {
	// TypeName is the type name, without the provider's prefix, of the resource, the data source for one attachment, and the list
	// resource. AllTypeName is that of the data source for all attachments of a parent, and AllAttribute is its attribute with
	// the attachments.
	TypeName, AllTypeName, AllAttribute string
	// Exclusive describes the resource for all attachments of a parent.
	Exclusive Exclusive

	// Word is the word for an attachment: "mapping".
	Word string
	// Phrase is a format for a list and a parent: "the mapping of %s to %s".
	Phrase string
	// Documentation is a sentence with a link to Twilio's page about the kind.
	Documentation string

	// ParentAttribute is the argument for the parent, and ParentPrefix is the prefix of its SID.
	ParentAttribute, ParentPrefix string
	// ParentNoun is the name of the parent in diagnostics: "SIP domain". ParentPhrase has an article: "a SIP domain". ParentWord
	// is the short form: "domain".
	ParentNoun, ParentPhrase, ParentWord string

	// Purpose begins the description of the resource. ListNote ends the description of the list resource.
	Purpose, ListNote string
	// AccountDescription is the description of account_sid in the resources. LookupAccount returns account_sid for data sources.
	AccountDescription string
	LookupAccount      func() datasource.StringAttribute
	// AccountInPath is set if requests name the account, so that attachments of a subaccount can be managed with the credentials
	// of its parent account.
	AccountInPath bool
	// HasURL is set if Twilio's responses have the URL of an attachment.
	HasURL bool
	// ImportForms has the forms of import IDs. SuggestedImportID returns the ID that diagnostics suggest.
	ImportForms       importid.Forms
	SuggestedImportID func(SIDs) string
	// ParentAccount returns the account of a parent. It is nil if requests name the account.
	ParentAccount func(ctx context.Context, client *twilio.Client, parentSID string) (string, error)

	// Attachments returns the attachments of a parent. It ignores ListSID.
	Attachments func(*twilio.Client, SIDs) twilio.Attachments

	// LookupAdvice and ImportAdvice say what to check if the data source or an import finds nothing, and AllAdvice if the parent of
	// all attachments is not found. AccountAdvice is added to each of them. It may be nil.
	LookupAdvice, ImportAdvice, AllAdvice string
	AccountAdvice                         func(*twilio.Client) string
	// MissingOnCreate determines which argument names the object that Twilio did not find, and says what to check.
	MissingOnCreate func(context.Context, *twilio.Client, SIDs) (path.Path, string)

	// CheckAccount rejects a configured account whose attachments the credentials cannot reach. It may be nil.
	CheckAccount func(*twilio.Client, types.String, *diag.Diagnostics)
	// ConfirmAccount checks that the parent is in the planned account, before an attachment is created or its account is stored.
	// It may be nil.
	ConfirmAccount func(ctx context.Context, client *twilio.Client, sids SIDs, op func(error) operation.Operation, diags *diag.Diagnostics)
	// InAnotherAccount returns a diagnostic if an attachment that Twilio does not find may exist in an account that the
	// credentials cannot reach, so that it must not be treated as deleted. It may be nil.
	InAnotherAccount func(context.Context, *twilio.Client, SIDs, operation.Operation) (diag.Diagnostic, error)
}

// Exclusive describes the resource that manages all attachments of a parent.
type Exclusive struct {
	// TypeName is the type name without the provider's prefix.
	TypeName string
	// ImportForms has the forms of import IDs. SuggestedImportID returns the ID that diagnostics suggest, and ImportAdvice says
	// what to check if an import finds nothing.
	ImportForms       importid.Forms
	SuggestedImportID func(SIDs) string
	ImportAdvice      string
}

// SIDs identifies an attachment. An empty AccountSID means the provider's account.
type SIDs struct{ AccountSID, ParentSID, ListSID string }

// refuseOtherAccount calls CheckAccount if the kind has one.
func (k Kind) refuseOtherAccount(client *twilio.Client, configured types.String, diags *diag.Diagnostics) {
	if k.CheckAccount != nil {
		k.CheckAccount(client, configured, diags)
	}
}

// otherAccountError calls InAnotherAccount if the kind has one.
func (k Kind) otherAccountError(ctx context.Context, client *twilio.Client, stateSIDs SIDs, op operation.Operation) (diag.Diagnostic, error) {
	if k.InAnotherAccount == nil {
		return nil, nil
	}
	return k.InAnotherAccount(ctx, client, stateSIDs, op)
}

// parentPath returns the path of the argument for the parent.
func parentPath(k Kind) path.Path { return path.Root(k.ParentAttribute) }
