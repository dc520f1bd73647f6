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
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/addressmap"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
)

// reconciler returns the Reconciler for the entries of a list.
func (r *managedResource) reconciler(list model, timeout operation.Timeout) addressmap.Reconciler {
	return addressmap.Reconciler{
		Client: r.ConfiguredClient(), AccountSID: list.AccountSID.ValueString(), ListSID: list.SID.ValueString(), Timeout: timeout,
	}
}

// planEntries records whether this resource manages the entries of its list, finds other resources that do, and refuses to take
// over a list if that would remove entries that the plan cannot show.
func (r *managedResource) planEntries(ctx context.Context, private addressmap.PrivateReader, configured types.Map, plan, state resourceModel, resp *resource.ModifyPlanResponse) {
	if !plan.AccountSID.Equal(state.AccountSID) {
		return
	}
	if configured.IsNull() {
		r.release(ctx, private, state, &resp.Diagnostics)
		return
	}
	single, destroyed, otherMap := r.Ownership().PlanMap(state.SID.ValueString(), addressmap.Blocks(configured))
	if len(single) > 0 {
		resp.Diagnostics.AddAttributeError(path.Root("ip_addresses"), fmt.Sprintf("%s %s is managed twice", noun, state.SID.ValueString()),
			fmt.Sprintf("ip_addresses manages all entries of list %s (%q), but twilio_sip_ip_address resources also manage these entries of the list:\n  %s\n\n"+
				"Each would undo the other's changes. Move these entries to ip_addresses and remove the twilio_sip_ip_address resources, or remove ip_addresses.%s",
				state.SID.ValueString(), plan.FriendlyName.ValueString(), strings.Join(single, "\n  "), operation.DestroyAdvice))
	}
	if otherMap {
		resp.Diagnostics.AddAttributeError(path.Root("ip_addresses"), fmt.Sprintf("%s %s is managed twice", noun, state.SID.ValueString()),
			fmt.Sprintf("Two twilio_sip_ip_access_control_list resources have different ip_addresses for list %s (%q). Each would remove the other's entries. "+
				"Remove one of the resources from the state (terraform state rm), or remove its ip_addresses.%s", state.SID.ValueString(), plan.FriendlyName.ValueString(), operation.DestroyAdvice))
	}
	if len(destroyed) > 0 {
		resp.Diagnostics.AddAttributeWarning(path.Root("ip_addresses"), fmt.Sprintf("Addresses in list %s are blocked temporarily during this apply", state.SID.ValueString()),
			addressmap.InterruptionWarning(state.SID.ValueString(), destroyed))
	}
	if resp.Diagnostics.HasError() {
		return
	}
	if state.IPAddresses.IsNull() && !plan.IPAddresses.IsNull() && !plan.IPAddresses.IsUnknown() {
		r.planAdoption(ctx, plan, state, resp)
	}
}

// release records the entries that this resource has managed or imported and that stay in the list.
func (r *managedResource) release(ctx context.Context, private addressmap.PrivateReader, state resourceModel, diags *diag.Diagnostics) {
	if state.IPAddresses.IsNull() {
		return
	}
	ctx, cancel, timeout := operation.WithReadTimeout(ctx, state.Timeouts, diags)
	defer cancel()
	entries := r.shownEntries(ctx, r.reconciler(state.model, timeout), state, types.MapNull(types.StringType), addressmap.LoadPrivateState(ctx, private), diags)
	r.Ownership().Release(state.SID.ValueString(), entries)
}

// planAdoption plans ip_addresses for a list that was managed without it. The plan shows the whole map as added and cannot show
// removals, so entries that are not in the map are an error. planAdoption saves the entries that are in the map in the private
// state, because the apply needs their SIDs.
func (r *managedResource) planAdoption(ctx context.Context, plan, state resourceModel, resp *resource.ModifyPlanResponse) {
	ctx, cancel, timeout := operation.WithReadTimeout(ctx, plan.Timeouts, &resp.Diagnostics)
	defer cancel()
	reconciler := r.reconciler(state.model, timeout)
	entries, err := reconciler.Read(ctx)
	if err != nil {
		resp.Diagnostics.Append(reconciler.ReadOperation().Diagnostic(ctx, reconciler.Client, err))
		return
	}
	if missing := addressmap.Missing(entries, plan.IPAddresses); len(missing) > 0 {
		resp.Diagnostics.AddAttributeError(path.Root("ip_addresses"), fmt.Sprintf("%s %s has entries that are not in ip_addresses", noun, state.SID.ValueString()),
			fmt.Sprintf("ip_addresses was added to the configuration of list %s (%q), but the list has entries that are not in it. The apply would remove them, but the plan cannot show this. "+
				"Add these lines to ip_addresses:\n\n%s\n\nAfter the next apply, you can remove the entries that you do not want, and the plan shows each removal.%s",
				state.SID.ValueString(), plan.FriendlyName.ValueString(), strings.Join(missing, "\n"), operation.DestroyAdvice))
		return
	}
	resp.Diagnostics.Append(addressmap.NewNamedPrivateState(addressmap.Listed(entries, plan.IPAddresses)).Save(ctx, resp.Private)...)
}

// shownEntries returns the entries that an update may remove because the plan showed them: those of the map in the state, and
// those of the planned map. It reads them if their SIDs are unknown.
func (r *managedResource) shownEntries(ctx context.Context, reconciler addressmap.Reconciler, state resourceModel, planned types.Map, private addressmap.PrivateState, diags *diag.Diagnostics) []ipblock.Entry {
	if entries, known := private.KnownEntries(state.IPAddresses); known {
		return entries
	}
	entries, err := reconciler.Read(ctx)
	if err != nil {
		diags.Append(reconciler.ReadOperation().Diagnostic(ctx, reconciler.Client, err))
		return nil
	}
	return addressmap.Listed(entries, state.IPAddresses, planned)
}

// storeEntries writes the result of a change to the state and the private state: the planned map if the whole change succeeded,
// and otherwise the actual entries of the list.
func storeEntries(ctx context.Context, result addressmap.Result, list *resourceModel, planned types.Map, state *tfsdk.State, private addressmap.PrivateWriter, diags *diag.Diagnostics) {
	diags.Append(result.Diags...)
	switch {
	case !result.Diags.HasError():
		list.IPAddresses = planned
	case result.Entries != nil:
		list.IPAddresses = addressmap.Flatten(result.Entries, planned, list.IPAddresses)
	}
	current := addressmap.NewPrivateState(result.Entries)
	if !result.Exact {
		current.Blocks = nil
	}
	diags.Append(current.Save(ctx, private)...)
	diags.Append(state.Set(ctx, list)...)
}
