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

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/addressmap"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
)

// reconciler returns what reads and changes the entries of a list.
func (r *managedResource) reconciler(list model, timeout operation.Timeout) addressmap.Reconciler {
	return addressmap.Reconciler{
		Client: r.ConfiguredClient(), AccountSID: list.AccountSID.ValueString(), ListSID: list.SID.ValueString(), Timeout: timeout,
	}
}

// planHiddenRemovals warns of removals that the plan cannot show: those from a list that was managed without ip_addresses
// and now gets the map. It saves the entries in the private state, since the apply needs their SIDs.
func (r *managedResource) planHiddenRemovals(ctx context.Context, plan, state resourceModel, resp *resource.ModifyPlanResponse) {
	replaced := !plan.AccountSID.Equal(state.AccountSID)
	if replaced || !state.IPAddresses.IsNull() || plan.IPAddresses.IsNull() || plan.IPAddresses.IsUnknown() {
		return
	}
	ctx, cancel, timeout := operation.WithReadTimeout(ctx, state.Timeouts, &resp.Diagnostics)
	defer cancel()
	reconciler := r.reconciler(state.model, timeout)
	entries, err := reconciler.Read(ctx)
	if err != nil {
		resp.Diagnostics.Append(reconciler.ReadOperation().Diagnostic(ctx, reconciler.Client, err))
		return
	}
	resp.Diagnostics.Append(addressmap.NewPrivateState(entries).Save(ctx, resp.Private)...)
	if removed := addressmap.Extraneous(entries, plan.IPAddresses); len(removed) > 0 {
		resp.Diagnostics.AddAttributeWarning(path.Root("ip_addresses"), "IP addresses will be removed",
			fmt.Sprintf("IP access control list %s holds entries that ip_addresses does not have. Applying this plan removes them:\n%s\n\n"+
				"The plan cannot show them otherwise, because ip_addresses was not managed before.", state.SID.ValueString(), strings.Join(removed, "\n")))
	}
}

// storeEntries writes the result of a change into the state and the private state: the map as planned if the whole change
// succeeded, otherwise the entries that the list has.
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
		current.Entries = nil
	}
	diags.Append(current.Save(ctx, private)...)
	diags.Append(state.Set(ctx, list)...)
}
