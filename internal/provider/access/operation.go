// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package access

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attachment"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// newOperation describes reading the access of a domain or trunk.
func newOperation(kind attachment.Kind, client *twilio.Client, sids attachment.SIDs, timeout operation.Timeout) operation.Operation {
	op := kind.ListOperation(client, sids, timeout)
	op.Verb, op.Object = "read", "the effective access of "+kind.ParentNoun+" "+sids.ParentSID
	return op
}

// reportOperation describes reading the access of all domains and trunks of an account.
func reportOperation(account string, timeout operation.Timeout) operation.Operation {
	return operation.Operation{
		Verb: "read", Object: "the access report of account " + account, AccountSID: account, Timeout: timeout,
		Missing:       path.Root("account_sid"),
		MissingAdvice: "Check the account SID. If the account's lists were being changed at the same time, run Terraform again.",
	}
}

// diagnostic is like op.Diagnostic, except if Twilio cannot find an attached list. Then the problem is the list, and all
// arguments of the data source are correct.
func diagnostic(ctx context.Context, client *twilio.Client, op operation.Operation, err error) diag.Diagnostic {
	if missing, ok := errors.AsType[*twilio.AttachedListMissingError](err); ok {
		parent := "SIP domain " + missing.ParentSID
		if strings.HasPrefix(missing.ParentSID, twilio.PrefixTrunk) {
			parent = "Elastic SIP trunk " + missing.ParentSID
		}
		op.Object = fmt.Sprintf("IP access control list %s (%q), which is attached to %s", missing.ListSID, missing.FriendlyName, parent)
		op.Location = ""
		op.Missing = path.Empty()
		op.MissingAdvice = "Twilio reports the list as attached but did not find it, so the provider cannot tell which addresses it allows. " +
			"If the list was just deleted, run Terraform again. If the error persists, detach the list from " + parent + " in the Twilio Console, or send the request ID to Twilio Support."
	}
	return op.Diagnostic(ctx, client, err)
}
