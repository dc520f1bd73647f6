// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attachment

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// ModifyPlan finds resources for single attachments that contradict the exclusive resource, refuses to take over a parent with
// other lists, and warns if the plan leaves the parent without a list.
func (r *exclusiveResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	attribute.CheckGenerated(ctx, req.Config, &resp.Diagnostics)
	client := r.ConfiguredClient()
	if client == nil || resp.Diagnostics.HasError() {
		return
	}
	if req.Plan.Raw.IsNull() {
		r.warnOfLists(ctx, req, resp)
		return
	}
	var (
		configuredAccount       types.String
		planObject, stateObject types.Object
	)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("account_sid"), &configuredAccount)...)
	r.kind.refuseOtherAccount(client, configuredAccount, &resp.Diagnostics)
	r.kind.planAccount(ctx, client, req, resp)
	resp.Diagnostics.Append(resp.Plan.Get(ctx, &planObject)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &stateObject)...)
	if resp.Diagnostics.HasError() {
		return
	}
	k, plan, state := r.kind, r.kind.decodeExclusive(planObject), r.kind.decodeExclusive(stateObject)
	if plan.ParentSID.IsUnknown() {
		return
	}
	resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("id"), plan.ParentSID)...)
	planned, complete := plan.lists()
	r.refuseConflicts(plan.sids(), planned, complete, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	if !req.State.Raw.IsNull() && !plan.ParentSID.Equal(state.ParentSID) {
		r.warnOfLists(ctx, req, resp)
		return
	}
	current, _ := state.lists()
	for _, listSID := range without(current, planned) {
		r.Ownership().Detachments.Add(plan.ParentSID.ValueString(), listSID)
	}
	if req.State.Raw.IsNull() {
		r.checkTakeover(ctx, client, plan, resp)
	}
	if complete && len(planned) == 0 && (req.State.Raw.IsNull() || len(current) > 0) {
		resp.Diagnostics.AddAttributeWarning(listsAttribute, fmt.Sprintf("%s %s is left without an IP access control list", k.ParentNoun, plan.ParentSID.ValueString()),
			fmt.Sprintf("ip_access_control_list_sids is empty, so no list is attached to the %s after the apply. ", k.ParentWord)+k.withoutList())
	}
}

// warnOfLists warns that the lists of a parent stay attached if the resource is destroyed or replaced by one for another parent.
func (r *exclusiveResource) warnOfLists(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var object types.Object
	resp.Diagnostics.Append(req.State.Get(ctx, &object)...)
	k, state := r.kind, r.kind.decodeExclusive(object)
	lists, _ := state.lists()
	if len(lists) == 0 {
		return
	}
	resp.Diagnostics.AddWarning(fmt.Sprintf("%s %s keeps its IP access control lists", k.ParentNoun, state.ParentSID.ValueString()), operation.Paragraphs(
		fmt.Sprintf("This plan destroys a twilio_%s resource, which does not detach any lists. These lists stay attached to the %s, and their addresses can still call it:\n  %s",
			k.Exclusive.TypeName, k.ParentWord, strings.Join(lists, "\n  ")),
		"An attached list cannot be deleted. To detach or delete the lists, apply ip_access_control_list_sids = [] before you destroy the resource."))
}

// refuseConflicts adds an error for each kind of resource that would undo what the exclusive resource does.
func (r *exclusiveResource) refuseConflicts(sids SIDs, planned []string, complete bool, diags *diag.Diagnostics) {
	k, conflicts := r.kind, r.Ownership().PlanExclusive(sids.ParentSID, planned, complete)
	for _, listSID := range conflicts.Excluded {
		diags.Append(k.excludedError(sids.ParentSID, listSID))
	}
	for _, listSID := range conflicts.Detached {
		diags.Append(k.keptError(sids.ParentSID, listSID))
	}
	if conflicts.Twice {
		diags.AddAttributeError(parentPath(k), fmt.Sprintf("%s %s is managed twice", k.ParentNoun, sids.ParentSID),
			fmt.Sprintf("Two twilio_%s resources have different lists for %s %s. Each would detach the other's lists. Remove one of the resources.%s",
				k.Exclusive.TypeName, k.ParentWord, sids.ParentSID, operation.DestroyAdvice))
	}
}

// checkTakeover adds an error if a new resource is for a parent with other lists, because a plan that creates a resource cannot
// show what it removes. If not all lists of the set are known, it adds a warning.
func (r *exclusiveResource) checkTakeover(ctx context.Context, client *twilio.Client, plan exclusiveModel, resp *resource.ModifyPlanResponse) {
	ctx, cancel, timeout := operation.WithReadTimeout(ctx, plan.timeouts(), &resp.Diagnostics)
	defer cancel()
	k, sids := r.kind, plan.sids()
	planned, complete := plan.lists()
	if sids.AccountSID == "" {
		sids.AccountSID = client.AccountSID()
	}
	attachments, err := k.Attachments(client, sids).All(ctx)
	if err != nil {
		// If the parent does not exist, the create reports it, unless there is nothing to attach.
		if !twilio.IsNotFound(err) || complete && len(planned) == 0 {
			resp.Diagnostics.Append(k.ListOperation(client, sids, timeout).Diagnostic(ctx, client, err))
		}
		return
	}
	var extraneous []string
	for _, a := range attachments {
		if !containsSID(planned, a.ListSID) {
			extraneous = append(extraneous, fmt.Sprintf("  %s (%q)", a.ListSID, a.FriendlyName))
		}
	}
	if len(extraneous) == 0 {
		return
	}
	attached, advice := strings.Join(extraneous, "\n"), fmt.Sprintf("To detach them, import the resource (replace ADDRESS with its address). "+
		"The plan then shows each list that it detaches:\n  terraform import ADDRESS %s", k.Exclusive.SuggestedImportID(sids))
	if !complete {
		resp.Diagnostics.AddAttributeWarning(listsAttribute, fmt.Sprintf("%s %s may have lists that are not in ip_access_control_list_sids", k.ParentNoun, sids.ParentSID),
			operation.Paragraphs(
				fmt.Sprintf("These IP access control lists are attached to the %s:\n%s", k.ParentWord, attached),
				"Some values of ip_access_control_list_sids are not known until the apply. If they do not include these lists, the apply fails without detaching any list.",
				advice))
		return
	}
	resp.Diagnostics.AddAttributeError(listsAttribute, fmt.Sprintf("%s %s has lists that are not in ip_access_control_list_sids", k.ParentNoun, sids.ParentSID),
		operation.Paragraphs(
			fmt.Sprintf("These IP access control lists are attached to the %s but are not in ip_access_control_list_sids. "+
				"The apply would have to detach them, but the plan of a new resource cannot show this:\n%s", k.ParentWord, attached),
			advice,
			"If Terraform replaces the resource because it is tainted or because of -replace, do not import it. Instead, run terraform untaint ADDRESS or omit -replace.",
			"To keep the lists attached, add them to ip_access_control_list_sids.")+operation.DestroyAdvice)
}

// refuseExcluded adds an error if the exclusive resource of the parent does not have the list.
func (r *managedResource) refuseExcluded(ctx context.Context, resp *resource.ModifyPlanResponse) {
	var object types.Object
	resp.Diagnostics.Append(resp.Plan.Get(ctx, &object)...)
	plan := r.kind.decode(object)
	if plan.ParentSID.IsUnknown() || plan.ListSID.IsUnknown() || resp.Diagnostics.HasError() {
		return
	}
	if sids := plan.sids(); r.Ownership().PlanAttachment(sids.ParentSID, sids.ListSID) {
		resp.Diagnostics.Append(r.kind.excludedError(sids.ParentSID, sids.ListSID))
	}
}

// excludedError returns the error that a resource attaches a list that the exclusive resource of the parent does not have.
func (k Kind) excludedError(parentSID, listSID string) diag.Diagnostic {
	return diag.NewErrorDiagnostic(fmt.Sprintf("List %s is managed twice on %s %s", listSID, k.ParentNoun, parentSID),
		fmt.Sprintf("A twilio_%s resource attaches list %s to %s %s, but the twilio_%s resource of the %[3]s manages all of its lists and does not include this one. "+
			"Each would undo the other's changes.\n\nAdd the list to ip_access_control_list_sids, or remove the twilio_%[1]s resource.%[6]s",
			k.TypeName, listSID, k.ParentWord, parentSID, k.Exclusive.TypeName, operation.DestroyAdvice))
}

// keptError returns the error that a resource is destroyed although the exclusive resource of the parent keeps its list attached.
func (k Kind) keptError(parentSID, listSID string) diag.Diagnostic {
	return diag.NewErrorDiagnostic(fmt.Sprintf("List %s would be detached from %s %s", listSID, k.ParentNoun, parentSID),
		fmt.Sprintf(`This plan destroys a twilio_%[1]s resource, which detaches list %[2]s from %[3]s %[4]s. The twilio_%[5]s resource of the %[3]s includes the list, so the list would be detached until that resource attaches it again.

To leave the list to that resource, remove the twilio_%[1]s resource from the state without destroying it:

  removed {
    from = twilio_%[1]s.NAME

    lifecycle {
      destroy = false
    }
  }

If you renamed the resource or its index changed, add a moved block instead. To detach the list, also remove it from ip_access_control_list_sids.%[6]s`,
			k.TypeName, listSID, k.ParentWord, parentSID, k.Exclusive.TypeName, operation.DestroyAdvice))
}
