// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package accesslist

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/addressmap"
)

// foundAccountKey is the private state key for a list whose account was found by a refresh.
const foundAccountKey = "found_account"

// noteFoundAccount records in the private state, for the plan that follows, whether this refresh found the account of the list
// because another provider wrote the state without it.
func noteFoundAccount(ctx context.Context, private addressmap.PrivateWriter, found bool) diag.Diagnostics {
	var mark []byte
	if found {
		mark = []byte("true")
	}
	return private.SetKey(ctx, foundAccountKey, mark)
}

// refuseOtherAccount adds an error if the configuration names a different account than the refresh found. Normally, a change of
// the account replaces the list, but here nothing was changed: the other provider's state did not have the account.
func refuseOtherAccount(ctx context.Context, req resource.ModifyPlanRequest, plan, state model, diags *diag.Diagnostics) {
	mark, problems := req.Private.GetKey(ctx, foundAccountKey)
	diags.Append(problems...)
	if len(mark) == 0 || plan.AccountSID.IsUnknown() || strings.EqualFold(plan.AccountSID.ValueString(), state.AccountSID.ValueString()) {
		return
	}
	diags.AddAttributeError(path.Root("account_sid"), "Object belongs to another account", fmt.Sprintf(
		"account_sid is %[1]s, but the list belongs to account %[2]s. The state was written by another provider and did not name the account. Nothing was changed.\n\n"+
			"Set account_sid to %[2]s or remove it. To replace the list with a new one in account %[1]s, apply once without account_sid, and then set it.",
		plan.AccountSID.ValueString(), state.AccountSID.ValueString()))
}
