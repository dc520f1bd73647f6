// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attachment

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

func (k Kind) operation(verb string, ids IDs, timeout operation.Timeout) operation.Operation {
	op := operation.Operation{
		Verb: verb, Noun: k.Noun, Timeout: timeout,
		Object:        fmt.Sprintf(k.Phrase, "IP access control list "+ids.ListSID, k.ParentNoun+" "+ids.ParentSID),
		MissingAdvice: "It was deleted outside of Terraform. Plan again: a refresh shows what is left.",
	}
	return k.withAccount(op, ids)
}

// withAccount adds the account to an operation if requests name it.
func (k Kind) withAccount(op operation.Operation, ids IDs) operation.Operation {
	if k.AccountInPath {
		op.Location, op.AccountSID = "account "+ids.AccountSID, ids.AccountSID
	}
	return op
}

// createOperation describes a create that failed. If Twilio did not find something, it finds out whether that is the parent
// or the list.
func (k Kind) createOperation(ctx context.Context, client *twilio.Client, ids IDs, timeout operation.Timeout, err error) operation.Operation {
	if ids.AccountSID == "" {
		ids.AccountSID = client.AccountSID()
	}
	op := k.operation("create", ids, timeout)
	op.ImportID = func(string) string { return k.ImportID(ids) }
	if twilio.IsNotFound(err) {
		op.Missing, op.MissingAdvice = k.MissingOnCreate(ctx, client, ids)
	}
	return op
}

func (k Kind) readOperation(client *twilio.Client, ids IDs, imported bool, timeout operation.Timeout) operation.Operation {
	op := k.operation("read", ids, timeout)
	if imported {
		op.Verb, op.MissingAdvice = "import", k.advice(k.ImportAdvice, client)
	}
	return op
}

// ListOperation describes the read of all attachments of a parent.
func (k Kind) ListOperation(client *twilio.Client, ids IDs, timeout operation.Timeout) operation.Operation {
	return k.withAccount(operation.Operation{
		Verb: "list", Noun: k.Noun + "s", Timeout: timeout,
		Object:        fmt.Sprintf("the %ss of %s %s", k.Word, k.ParentNoun, ids.ParentSID),
		Missing:       path.Root(k.ParentAttribute),
		MissingAdvice: k.advice(k.AllAdvice, client),
	}, ids)
}

func (k Kind) advice(text string, client *twilio.Client) string {
	if k.AccountAdvice == nil {
		return text
	}
	return text + " " + k.AccountAdvice(client)
}
