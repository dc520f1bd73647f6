// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package access

import (
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attachment"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// newOperation describes the read of who may call a domain or trunk.
func newOperation(kind attachment.Kind, client *twilio.Client, sids attachment.SIDs, timeout operation.Timeout) operation.Operation {
	op := kind.ListOperation(client, sids, timeout)
	op.Verb, op.Object = "read", "who may call "+kind.ParentNoun+" "+sids.ParentSID
	return op
}

// reportOperation describes the read of who may call the domains and trunks of an account.
func reportOperation(account string, timeout operation.Timeout) operation.Operation {
	return operation.Operation{
		Verb: "read", Object: "who may call account " + account, AccountSID: account, Timeout: timeout,
		Missing:       path.Root("account_sid"),
		MissingAdvice: "Check the account, and that nothing else changes its lists meanwhile. Then run Terraform again.",
	}
}
