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

// RefuseAccountChange adds an error if a plan changes the account of an object but keeps its parent, for example the list of an
// entry, whose SID is in an attribute. A parent stays in its account, so the apply would destroy the object and could not create
// the new one.
func RefuseAccountChange(ctx context.Context, req resource.ModifyPlanRequest, parent string, diags *diag.Diagnostics) {
	if req.State.Raw.IsNull() || req.Plan.Raw.Equal(req.State.Raw) || diags.HasError() {
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
	diags.AddAttributeError(path.Root("account_sid"), "Object belongs to another account", fmt.Sprintf(
		"account_sid is %s, but %s belongs to account %s. Set account_sid to that account or remove it. Nothing was changed.", planned.ValueString(), parentSID.ValueString(), account.ValueString()))
}
