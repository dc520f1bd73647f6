// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package accesslist

import (
	"context"
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/mapplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/addressmap"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/importid"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/migrate"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var (
	_ resource.ResourceWithConfigure    = (*managedResource)(nil)
	_ resource.ResourceWithIdentity     = (*managedResource)(nil)
	_ resource.ResourceWithImportState  = (*managedResource)(nil)
	_ resource.ResourceWithModifyPlan   = (*managedResource)(nil)
	_ resource.ResourceWithMoveState    = (*managedResource)(nil)
	_ resource.ResourceWithUpgradeState = (*managedResource)(nil)
)

type managedResource struct{ operation.Resource }

// NewResource returns the resource twilio_sip_ip_access_control_list.
func NewResource() resource.Resource { return &managedResource{} }

func (r *managedResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sip_ip_access_control_list"
}

func (r *managedResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		// Version 0 is the version of states written by RJPearson94/twilio, which uses the same type name.
		Version: 1,
		MarkdownDescription: "Manages a SIP IP access control list: a set of IPv4 addresses and CIDR blocks from which Twilio accepts calls. " +
			"A list takes effect once it is attached to a SIP domain or an Elastic SIP trunk.\n" + documentation +
			"\n\n~> Manage the entries of a list either with `ip_addresses` or with `twilio_sip_ip_address` resources, not with both." +
			"\n\n-> A list that is attached to a domain or trunk cannot be deleted. Detach it first, or destroy the list and its attachments in the same apply.",
		Attributes: map[string]schema.Attribute{
			"account_sid":   attribute.AccountSID(attribute.AccountSIDDescription),
			"date_created":  attribute.Stable(attribute.DateCreatedDescription),
			"date_updated":  attribute.DateUpdated(),
			"friendly_name": attribute.FriendlyName("Name of the list, 1 to 255 characters. It does not have to be unique."),
			"id":            attribute.Stable("Same as `sid`."),
			"ip_addresses": schema.MapAttribute{
				MarkdownDescription: "Entries of the list: a map from IPv4 address or CIDR block to a name. " +
					"If set, entries that are not in the map are removed; if omitted, the entries are not managed by this resource. See [Managing entries](#managing-entries).",
				ElementType:   types.StringType,
				Optional:      true,
				Computed:      true,
				Validators:    []validator.Map{addressmap.Validator{}},
				PlanModifiers: []planmodifier.Map{addressmap.PlanModifier{}},
			},
			"sid": attribute.Stable("SID of the list (`AL…`)."),
			"subresource_uris": schema.MapAttribute{
				MarkdownDescription: "Paths of the list's subresources in Twilio's API, by name.",
				ElementType:         types.StringType,
				Computed:            true,
				PlanModifiers:       []planmodifier.Map{mapplanmodifier.UseNonNullStateForUnknown()},
			},
			"uri": attribute.Stable("Path of the list in Twilio's API."),
		},
		Blocks: map[string]schema.Block{"timeouts": operation.TimeoutsBlock(ctx)},
	}
}

func (r *managedResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"account_sid": attribute.AccountIdentity(),
			"sid":         attribute.SIDIdentity("SID of the list (AL…)."),
		},
	}
}

func (r *managedResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	plan, state := operation.PlanAndState[resourceModel](ctx, req, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	if req.Plan.Raw.IsNull() {
		resp.Diagnostics.Append(warnBeforeDelete(ctx, state, &r.ProviderData)...)
		return
	}
	attribute.CheckGenerated(ctx, req.Config, &resp.Diagnostics)
	exists, entries := !req.State.Raw.IsNull(), path.Root("ip_addresses")
	if exists {
		refuseOtherAccount(ctx, req, plan.model, state.model, &resp.Diagnostics)
	}
	// Entries that are not in the configuration may be read, imported, and removed with any prefix length.
	var configured types.Map
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, entries, &configured)...)
	addressmap.CheckGenerated(configured, entries, &resp.Diagnostics)
	addressmap.CheckPrefixLengths(configured, r.PrefixLimit(), exists, entries, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	if plan.FriendlyName.IsUnknown() {
		// The validation omits these warnings if it does not know the name of the list.
		addressmap.WarnOfCallers(addressmap.Blocks(configured), plan.FriendlyName, entries, &resp.Diagnostics)
	}
	r.PlanComputed(ctx, req, resp, !plan.FriendlyName.Equal(state.FriendlyName))
	if r.ConfiguredClient() != nil && exists {
		r.planEntries(ctx, req.Private, configured, plan, state, resp)
	}
}

func (r *managedResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan resourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	client := r.Client(&resp.Diagnostics)
	ctx, cancel, timeout := operation.WithCreateTimeout(ctx, plan.Timeouts, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}

	op := createOperation(plan, client, timeout)
	list, err := client.CreateIPAccessControlList(ctx, plan.AccountSID.ValueString(), plan.FriendlyName.ValueString())
	if warning := op.SuperfluousWarning(err); warning != nil {
		resp.Diagnostics.Append(warning)
	} else if err != nil {
		resp.Diagnostics.Append(op.Diagnostic(ctx, client, err))
		return
	}
	plan.complete(list)
	planned := plan.IPAddresses
	if !planned.IsNull() {
		plan.IPAddresses = addressmap.Flatten(nil)
		r.Ownership().PlanMap(plan.SID.ValueString(), nil)
	}
	// The list exists now. Save it before the next request, so that it is not lost if that request fails.
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, plan.identity())...)
	if planned.IsNull() || resp.Diagnostics.HasError() {
		return
	}

	result := r.reconciler(plan.model, timeout).Reconcile(ctx, planned, []ipblock.Entry{})
	if result.Diags.HasError() {
		// If this fails, the list is tainted, which a provider cannot prevent. Reporting success instead would hide that callers
		// are blocked.
		result.Diags.AddError("IP access control list "+plan.SID.ValueString()+" is incomplete",
			"Terraform has marked the list as tainted, so the next apply destroys it and creates a new one. "+
				"To keep the list and only add the missing entries, run this command before the next apply (replace ADDRESS with the list's address):\n  terraform untaint ADDRESS")
	}
	storeEntries(ctx, result, &plan, planned, &resp.State, resp.Private, &resp.Diagnostics)
}

func (r *managedResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state resourceModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	client := r.Client(&resp.Diagnostics)
	ctx, cancel, timeout := operation.WithReadTimeout(ctx, state.Timeouts, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	stored := state
	state.AccountSID = operation.AccountOrDefault(state.AccountSID, client)
	// The framework requires an identity even if the object no longer exists.
	resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
	imported := importid.ConsumeImportMark(ctx, resp.Private, &resp.Diagnostics)

	list, err := client.IPAccessControlList(ctx, state.AccountSID.ValueString(), state.SID.ValueString())
	gone := func() {
		if readOperation(state.model, false, timeout).ConfirmGone(ctx, client, stored.AccountSID, &resp.Diagnostics) {
			resp.State.RemoveResource(ctx)
		}
	}
	if twilio.IsNotFound(err) && !imported {
		gone()
		return
	}
	if err != nil {
		resp.Diagnostics.Append(readOperation(state.model, imported, timeout).Diagnostic(ctx, client, err))
		return
	}
	resp.Diagnostics.Append(noteFoundAccount(ctx, resp.Private, stored.AccountSID.IsNull())...)
	state.model = newModel(list)
	if imported || !state.IPAddresses.IsNull() {
		reconciler := r.reconciler(state.model, timeout)
		entries, err := reconciler.Read(ctx)
		if twilio.IsNotFound(err) && !imported {
			gone()
			return
		}
		if err != nil {
			resp.Diagnostics.Append(reconciler.ReadOperation().Diagnostic(ctx, client, err))
			return
		}
		state.IPAddresses = addressmap.Flatten(entries, state.IPAddresses)
		current := addressmap.NewPrivateState(entries)
		current.Unmanaged = imported || addressmap.LoadPrivateState(ctx, resp.Private).Unmanaged
		resp.Diagnostics.Append(current.Save(ctx, resp.Private)...)
	}
	if reflect.DeepEqual(state, stored) {
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
}

func (r *managedResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state resourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	client := r.Client(&resp.Diagnostics)
	ctx, cancel, timeout := operation.WithUpdateTimeout(ctx, plan.Timeouts, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}

	// The plan has the account of the state, unless another provider wrote the state without it.
	plan.AccountSID = operation.AccountOrDefault(plan.AccountSID, client)
	updating := newOperation("update", plan.model, timeout)
	switch err := plan.update(ctx, client, state.model); {
	case twilio.IsNotFound(err) && state.AccountSID.IsNull():
		updating.ConfirmGone(ctx, client, state.AccountSID, &resp.Diagnostics)
		return
	case err != nil:
		resp.Diagnostics.Append(updating.Diagnostic(ctx, client, err))
		return
	}
	planned := plan.IPAddresses
	plan.IPAddresses = state.IPAddresses
	// Save the state before the entries are changed, because the list already has its new name.
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, plan.identity())...)
	if resp.Diagnostics.HasError() {
		return
	}

	var configured types.Map
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("ip_addresses"), &configured)...)
	private := addressmap.LoadPrivateState(ctx, req.Private)
	// With ignore_changes on one key, the plan has a map even if the configuration has none.
	if planned.IsNull() || configured.IsNull() && planned.Equal(state.IPAddresses) {
		plan.IPAddresses = planned
		if planned.IsNull() {
			resp.Diagnostics.Append(addressmap.ClearPrivateState(ctx, resp.Private)...)
		}
		resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
		return
	}
	reconciler := r.reconciler(plan.model, timeout)
	reconciler.NextStep = " The next apply makes the remaining changes."
	shown := r.shownEntries(ctx, reconciler, state, planned, private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	result := reconciler.Reconcile(ctx, planned, shown)
	storeEntries(ctx, result, &plan, planned, &resp.State, resp.Private, &resp.Diagnostics)
}

// update renames the list if the plan has a new name, or else reads it if the plan leaves values unknown, and completes the plan.
func (m *resourceModel) update(ctx context.Context, client *twilio.Client, state model) error {
	account, sid := m.AccountSID.ValueString(), m.SID.ValueString()
	switch {
	case !m.FriendlyName.Equal(state.FriendlyName):
		list, err := client.UpdateIPAccessControlList(ctx, account, sid, m.FriendlyName.ValueString())
		if err != nil {
			return err
		}
		m.complete(list)
	case attribute.AnyUnknown(m.computed()):
		list, err := client.IPAccessControlList(ctx, account, sid)
		if err != nil {
			return err
		}
		answer := newModel(list)
		attribute.FillUnknown(m.computed(), answer.computed())
		if m.SubresourceURIs.IsUnknown() {
			m.SubresourceURIs = answer.SubresourceURIs
		}
	}
	return nil
}

func (r *managedResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state resourceModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	client := r.Client(&resp.Diagnostics)
	ctx, cancel, timeout := operation.WithDeleteTimeout(ctx, state.Timeouts, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	if state.AccountSID.IsNull() {
		state.AccountSID = types.StringValue(client.AccountSID())
		_, err := client.IPAccessControlList(ctx, client.AccountSID(), state.SID.ValueString())
		if !newOperation("delete", state.model, timeout).ConfirmFound(ctx, client, err, &resp.Diagnostics) {
			return
		}
	}
	resp.Diagnostics.Append(deleteUnused(ctx, client, state.model, timeout)...)
}

func (r *managedResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if client := r.Client(&resp.Diagnostics); client != nil {
		importid.AccessList.ImportState(ctx, req, resp, client)
	}
}

func (r *managedResource) UpgradeState(context.Context) map[int64]resource.StateUpgrader {
	return migrate.StateUpgraders("twilio_sip_ip_access_control_list")
}

func (r *managedResource) MoveState(context.Context) []resource.StateMover {
	return migrate.StateMovers("twilio_sip_ip_access_control_list")
}
