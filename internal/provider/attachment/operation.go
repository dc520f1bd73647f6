// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attachment

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

func (k Kind) operation(verb string, sids SIDs, timeout operation.Timeout) operation.Operation {
	op := operation.Operation{
		Verb: verb, Timeout: timeout,
		Object:        fmt.Sprintf(k.Phrase, "list "+sids.ListSID, k.ParentWord+" "+sids.ParentSID),
		MissingAdvice: "It was deleted outside of Terraform. Run terraform plan again to refresh the state.",
	}
	return k.withAccount(op, sids)
}

// withAccount adds the account to an operation if requests name it.
func (k Kind) withAccount(op operation.Operation, sids SIDs) operation.Operation {
	if k.AccountInPath {
		op.Location, op.AccountSID = "account "+sids.AccountSID, sids.AccountSID
	}
	return op
}

// createOperation describes a create that failed. If Twilio did not find an object, it determines whether that is the parent or
// the list.
func (k Kind) createOperation(ctx context.Context, client *twilio.Client, sids SIDs, timeout operation.Timeout, err error) operation.Operation {
	if sids.AccountSID == "" {
		sids.AccountSID = client.AccountSID()
	}
	op := k.operation("create", sids, timeout)
	op.ImportID = func(string) string { return k.SuggestedImportID(sids) }
	if twilio.IsNotFound(err) {
		op.Missing, op.MissingAdvice = k.MissingOnCreate(ctx, client, sids)
	}
	return op
}

func (k Kind) readOperation(client *twilio.Client, sids SIDs, imported bool, timeout operation.Timeout) operation.Operation {
	op := k.operation("read", sids, timeout)
	if imported {
		op.Verb, op.MissingAdvice = "import", k.advice(k.ImportAdvice, client)
	}
	return op
}

// ListOperation describes reading all attachments of a parent.
func (k Kind) ListOperation(client *twilio.Client, sids SIDs, timeout operation.Timeout) operation.Operation {
	return k.withAccount(operation.Operation{
		Verb: "list", Timeout: timeout,
		Object:        fmt.Sprintf("the %ss of %s %s", k.Word, k.ParentNoun, sids.ParentSID),
		Missing:       path.Root(k.ParentAttribute),
		MissingAdvice: k.advice(k.AllAdvice, client),
	}, sids)
}

func (k Kind) advice(text string, client *twilio.Client) string {
	if k.AccountAdvice == nil {
		return text
	}
	return text + " " + k.AccountAdvice(client)
}

// confirmGone reports whether an object that Twilio does not find was deleted. If that is not certain, it adds an error.
func (k Kind) confirmGone(ctx context.Context, client *twilio.Client, stateSIDs SIDs, op operation.Operation, diags *diag.Diagnostics) bool {
	otherAccount, err := k.otherAccountError(ctx, client, stateSIDs, op)
	switch {
	case err != nil:
		diags.Append(op.Diagnostic(ctx, client, err))
		return false
	case otherAccount != nil:
		diags.Append(otherAccount)
		return false
	}
	return op.ConfirmGone(ctx, client, types.StringValue(stateSIDs.AccountSID), diags)
}

// refuseWrongIdentity adds an error and returns true if an import names an account that the parent is not in.
func (k Kind) refuseWrongIdentity(imported SIDs, account string, op operation.Operation, diags *diag.Diagnostics) bool {
	if k.AccountInPath || imported.AccountSID == "" || strings.EqualFold(imported.AccountSID, account) {
		return false
	}
	diags.AddError(op.Summary(), fmt.Sprintf("The import identity has account_sid %s, but %s %s belongs to account %s. Check both SIDs.",
		imported.AccountSID, k.ParentWord, imported.ParentSID, account))
	return true
}
