// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package accesslist

import (
	"cmp"
	"strconv"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

func createOperation(plan resourceModel, client *twilio.Client, timeout operation.Timeout) operation.Operation {
	account := operation.AccountOrDefault(plan.AccountSID, client).ValueString()
	return operation.Operation{
		Verb:     "create",
		Object:   noun + " " + strconv.Quote(plan.FriendlyName.ValueString()),
		Location: "account " + account, AccountSID: account,
		Timeout:       timeout,
		MissingAdvice: "Check that the account exists and is the provider's account or one of its subaccounts.",
		ImportID:      func(sid string) string { return account + "/" + cmp.Or(sid, "AL…") },
	}
}

func newOperation(verb string, m model, timeout operation.Timeout) operation.Operation {
	return operation.Operation{
		Verb:     verb,
		Object:   noun + " " + m.SID.ValueString(),
		Location: "account " + m.AccountSID.ValueString(), AccountSID: m.AccountSID.ValueString(),
		Timeout:       timeout,
		MissingAdvice: "It was deleted outside of Terraform. Run terraform plan again to refresh the state.",
	}
}

func readOperation(m model, imported bool, timeout operation.Timeout) operation.Operation {
	op := newOperation("read", m, timeout)
	if imported {
		op.Verb = "import"
		op.MissingAdvice = "Check the SID. The import ID of a list in a subaccount must include the account: AC…/AL…"
	}
	return op
}

func listOperation(account string, timeout operation.Timeout) operation.Operation {
	return operation.Operation{
		Verb: "list", Object: noun + "s",
		Location: "account " + account, AccountSID: account, Timeout: timeout,
		MissingAdvice: "Check that the account exists and is the provider's account or one of its subaccounts.",
	}
}
