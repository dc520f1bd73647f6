// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attachment

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
)

// warnOfDetaching warns if the plan destroys or replaces the attachment and so detaches the last list from the parent. Without a
// list, a parent refuses all calls or accepts them from any address.
func (r *managedResource) warnOfDetaching(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var stateObject, planObject types.Object
	var configuredAccount types.String
	resp.Diagnostics.Append(req.State.Get(ctx, &stateObject)...)
	destroy := req.Plan.Raw.IsNull()
	if !destroy {
		resp.Diagnostics.Append(resp.Plan.Get(ctx, &planObject)...)
		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("account_sid"), &configuredAccount)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	k, client := r.kind, r.ConfiguredClient()
	state, plan := k.decode(stateObject), k.decode(planObject)
	if !destroy && !replaces(state, plan, configuredAccount) {
		return
	}
	state.AccountSID = operation.AccountOrDefault(state.AccountSID, client)
	sids := state.sids()
	// Do this before the read, so that the plan of the list does not have to wait for it.
	if r.Ownership().PlanAttachmentDestroyed(sids.ParentSID, sids.ListSID) {
		resp.Diagnostics.Append(k.keptError(sids.ParentSID, sids.ListSID))
		return
	}

	ctx, cancel, _ := operation.WithReadTimeout(ctx, state.timeouts(), &resp.Diagnostics)
	defer cancel()
	attachments, err := k.Attachments(client, sids).All(ctx)
	if err != nil {
		return // Do not fail the plan because a warning cannot be determined.
	}
	attached := make([]string, len(attachments))
	for i, a := range attachments {
		attached[i] = a.ListSID
	}
	detached := func(sid string) bool { return strings.EqualFold(sid, sids.ListSID) }
	if slices.ContainsFunc(attached, detached) && r.Ownership().Detachments.ReportAll(sids.ParentSID, attached) {
		resp.Diagnostics.Append(k.lastListWarning(sids, !destroy && sameParent(state, plan)))
	}
}

// replaces reports whether a plan replaces the attachment. It must agree with the plan modifiers of the schema.
func replaces(state, plan model, configuredAccount types.String) bool {
	return !plan.ParentSID.Equal(state.ParentSID) || !plan.ListSID.Equal(state.ListSID) ||
		!configuredAccount.IsNull() && !state.AccountSID.IsNull() && !plan.AccountSID.Equal(state.AccountSID)
}

func sameParent(state, plan model) bool {
	return strings.EqualFold(plan.ParentSID.ValueString(), state.ParentSID.ValueString())
}

// lastListWarning returns the warning that the parent has no list when the attachment is detached. replaced is set if the plan
// attaches another list to the same parent instead.
func (k Kind) lastListWarning(sids SIDs, replaced bool) diag.Diagnostic {
	attachment := fmt.Sprintf(k.Phrase, "IP access control list "+sids.ListSID, k.ParentNoun+" "+sids.ParentSID)
	exclusive := fmt.Sprintf(" You can also manage all lists of the %s with one twilio_%s resource instead of twilio_%s resources: it attaches new lists before it detaches old ones.",
		k.ParentWord, k.Exclusive.TypeName, k.TypeName)
	detail := operation.Paragraphs(
		fmt.Sprintf("This plan destroys %s and leaves no other list attached to the %s. "+
			"Unless the %[2]s is destroyed as well, it has no list until another one is attached. ", attachment, k.ParentWord)+k.withoutList(),
		"To replace the list with another one, attach the other list in an earlier apply. Alternatively, keep this resource, set create_before_destroy = true in its lifecycle block, "+
			"and change its ip_access_control_list_sid."+exclusive)
	if replaced {
		detail = operation.Paragraphs(
			fmt.Sprintf("This plan replaces %s and leaves no other list attached to the %s. "+
				"By default, Terraform destroys the old %s before it creates the new one, so the %[2]s has no list in between. ", attachment, k.ParentWord, k.Word)+k.withoutList(),
			"To avoid the gap, set create_before_destroy = true in the lifecycle block of this resource. If it is already set, you can ignore this warning."+exclusive)
	}
	return diag.NewWarningDiagnostic(fmt.Sprintf("%s %s may be left without an IP access control list when %s is detached", k.ParentNoun, sids.ParentSID, sids.ListSID), detail)
}

// withoutList describes what happens to the calls of a parent without a list.
func (k Kind) withoutList() string {
	return fmt.Sprintf("A %s without a list rejects all calls or, if it has credential lists, accepts calls with valid credentials from any IP address.", k.ParentWord)
}
