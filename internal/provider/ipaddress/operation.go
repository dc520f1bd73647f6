// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipaddress

import (
	"cmp"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

func createOperation(plan model, client *twilio.Client, timeout operation.Timeout) operation.Operation {
	account, list := operation.AccountOrDefault(plan.AccountSID, client).ValueString(), plan.IPAccessControlListSID.ValueString()
	object := noun + " " + plan.IPAddress.ValueString()
	if block, ok := plan.block(); ok {
		object = noun + " " + block.String()
	}
	return operation.Operation{
		Verb: "create", Object: object,
		Location: "list " + list + " of account " + account, AccountSID: account, Timeout: timeout,
		Missing:       path.Root("ip_access_control_list_sid"),
		MissingAdvice: "Check that the list exists. If it belongs to a subaccount, also check account_sid.",
		ImportID:      func(sid string) string { return account + "/" + list + "/" + cmp.Or(sid, "IP…") },
	}
}

func newOperation(verb string, m model, timeout operation.Timeout) operation.Operation {
	return operation.Operation{
		Verb: verb, Object: noun + " " + m.SID.ValueString(),
		Location:   "list " + m.IPAccessControlListSID.ValueString() + " of account " + m.AccountSID.ValueString(),
		AccountSID: m.AccountSID.ValueString(), Timeout: timeout,
		MissingAdvice: "It was deleted outside of Terraform. Run terraform plan again to refresh the state.",
	}
}

func readOperation(m model, imported bool, timeout operation.Timeout) operation.Operation {
	op := newOperation("read", m, timeout)
	if imported {
		op.Verb = "import"
		op.MissingAdvice = "Check both SIDs. The import ID of an entry in a subaccount must include the account: AC…/AL…/IP…"
	}
	return op
}

func listOperation(account, list string, timeout operation.Timeout) operation.Operation {
	return operation.Operation{
		Verb: "list", Object: "the entries of IP access control list " + list,
		Location: "account " + account, AccountSID: account, Timeout: timeout,
		Missing:       path.Root("ip_access_control_list_sid"),
		MissingAdvice: "Check that the list exists. If it belongs to a subaccount, also check account_sid.",
	}
}
