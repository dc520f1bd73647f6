// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package operation

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// PlanAndState returns the plan and the state of a resource as models. A model is zero if there is no plan, because the resource
// is destroyed, or no state. Most resources of a plan do not change and are converted only once, because a plan spends most of
// its time on these conversions.
func PlanAndState[M any](ctx context.Context, req resource.ModifyPlanRequest, diags *diag.Diagnostics) (plan, state M) {
	if !req.State.Raw.IsNull() {
		diags.Append(req.State.Get(ctx, &state)...)
	}
	switch {
	case req.Plan.Raw.IsNull():
	case req.Plan.Raw.Equal(req.State.Raw):
		plan = state
	default:
		diags.Append(req.Plan.Get(ctx, &plan)...)
	}
	return plan, state
}
