// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package operation

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// foundAccountKey is the key in the private state of a resource whose account a refresh has found.
const foundAccountKey = "found_account"

// privateState is the private state of a resource. The framework's responses implement it with a type that it does not export.
type privateState interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// NoteFoundAccount notes in the private state, for the plan that follows, whether this refresh has found the account of an object,
// because another provider wrote the state without it.
func NoteFoundAccount(ctx context.Context, private privateState, found bool, diags *diag.Diagnostics) {
	noted, problems := private.GetKey(ctx, foundAccountKey)
	diags.Append(problems...)
	switch {
	case found:
		diags.Append(private.SetKey(ctx, foundAccountKey, []byte("true"))...)
	case len(noted) > 0:
		diags.Append(private.SetKey(ctx, foundAccountKey, nil)...)
	}
}

// refuseFoundAccount adds an error if the configuration names another account than the refresh has found. A change of the account
// replaces an object, but here nothing was changed: the state of another provider did not name the account.
func refuseFoundAccount(ctx context.Context, req resource.ModifyPlanRequest, configured types.String, diags *diag.Diagnostics) {
	if req.State.Raw.IsNull() || req.Private == nil || configured.ValueString() == "" {
		return
	}
	noted, problems := req.Private.GetKey(ctx, foundAccountKey)
	var found types.String
	diags.Append(problems...)
	diags.Append(req.State.GetAttribute(ctx, path.Root("account_sid"), &found)...)
	if len(noted) == 0 || strings.EqualFold(found.ValueString(), configured.ValueString()) {
		return
	}
	diags.AddAttributeError(path.Root("account_sid"), "Object is in another account", fmt.Sprintf(
		"account_sid is %[1]s, but the object is in account %[2]s. The state, which another provider wrote, did not name the account. Nothing was changed.\n\n"+
			"Set account_sid to %[2]s, or leave it out. To destroy the object and create another in account %[1]s, apply once without account_sid, and then set it.",
		configured.ValueString(), found.ValueString()))
}

// RefuseOtherAccount adds an error if a plan changes the account of an object but keeps its parent, such as the list of an entry, whose
// SID is in an attribute. A parent stays in its account: the apply would destroy the object, and could not create the other one.
func RefuseOtherAccount(ctx context.Context, req resource.ModifyPlanRequest, parent string, diags *diag.Diagnostics) {
	if req.State.Raw.IsNull() || diags.HasError() {
		return
	}
	var account, planned, parentSID, plannedParent types.String
	diags.Append(req.State.GetAttribute(ctx, path.Root("account_sid"), &account)...)
	diags.Append(req.Plan.GetAttribute(ctx, path.Root("account_sid"), &planned)...)
	diags.Append(req.State.GetAttribute(ctx, path.Root(parent), &parentSID)...)
	diags.Append(req.Plan.GetAttribute(ctx, path.Root(parent), &plannedParent)...)
	if account.IsNull() || planned.IsUnknown() || strings.EqualFold(account.ValueString(), planned.ValueString()) || !parentSID.Equal(plannedParent) {
		return
	}
	diags.AddAttributeError(path.Root("account_sid"), "Object is in another account", fmt.Sprintf(
		"account_sid is %s, but %s is in account %s. Set account_sid to that account, or leave it out. Nothing was changed.", planned.ValueString(), parentSID.ValueString(), account.ValueString()))
}
