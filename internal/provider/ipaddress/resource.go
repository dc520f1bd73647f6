// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipaddress

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64default"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/importid"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/migrate"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var (
	_ resource.ResourceWithConfigure      = (*managedResource)(nil)
	_ resource.ResourceWithIdentity       = (*managedResource)(nil)
	_ resource.ResourceWithImportState    = (*managedResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*managedResource)(nil)
	_ resource.ResourceWithMoveState      = (*managedResource)(nil)
	_ resource.ResourceWithUpgradeState   = (*managedResource)(nil)
	_ resource.ResourceWithValidateConfig = (*managedResource)(nil)
)

type managedResource struct{ operation.Resource }

// NewResource returns the resource twilio_sip_ip_address.
func NewResource() resource.Resource { return &managedResource{} }

func (r *managedResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sip_ip_address"
}

func (r *managedResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		// Version 0 is the version of states written by RJPearson94/twilio, which uses the same type name.
		Version: 1,
		MarkdownDescription: "Manages a single entry of a SIP IP access control list: an IPv4 address or CIDR block from which Twilio accepts calls.\n" + documentation +
			"\n\nUse this resource if the entries of a list belong to different teams or configurations. To manage a whole list in one place, use `ip_addresses` of " +
			"[`twilio_sip_ip_access_control_list`](sip_ip_access_control_list.md) instead." +
			"\n\n~> Manage the entries of a list either with `ip_addresses` or with `twilio_sip_ip_address` resources, not with both. " +
			"If someone else manages some of the entries, see [Entries managed outside Terraform](sip_ip_access_control_list.md#entries-managed-outside-terraform)." +
			"\n\n~> Wide CIDR blocks let strangers make calls at your expense. A plan warns if the entries of a list together allow more addresses than a `/8`. " +
			"To refuse wide blocks, set `shortest_prefix_length` in the provider block." +
			"\n\nIf the list already contains the entry under another name, the create fails, and the error shows how to import the entry. " +
			"If the same apply deletes that entry, for example after you rename a resource without a `moved` block, the create waits for the deletion.",
		Attributes: map[string]schema.Attribute{
			"account_sid": attribute.AccountSID(attribute.AccountSIDDescription),
			"cidr_block": schema.StringAttribute{
				MarkdownDescription: "CIDR block of the entry, without host bits, such as `198.51.100.7/32` or `203.0.113.0/24`.",
				Computed:            true,
			},
			"cidr_prefix_length": schema.Int64Attribute{
				MarkdownDescription: "Prefix length of the CIDR block, from 1 to 32. Defaults to 32, which is a single address. `0` is not allowed, because Twilio stores it as 32.",
				Optional:            true,
				Computed:            true,
				Default:             int64default.StaticInt64(32),
				Validators:          []validator.Int64{attribute.IsPrefixLength()},
			},
			"date_created":  attribute.Stable(attribute.DateCreatedDescription),
			"date_updated":  attribute.DateUpdated(),
			"friendly_name": attribute.FriendlyName("Name of the entry, 1 to 255 characters. It does not have to be unique."),
			"id":            attribute.Stable("Same as `sid`."),
			"ip_access_control_list_sid": attribute.RequiresReplaceSID(twilio.PrefixIPAccessControlList,
				"SID of the list that contains the entry (`AL…`). Changing this forces a new resource to be created."),
			"ip_address": schema.StringAttribute{
				MarkdownDescription: "IPv4 address, or any address in the CIDR block if `cidr_prefix_length` is set.",
				Required:            true,
				Validators:          []validator.String{attribute.IsIPAddress()},
			},
			"sid": attribute.Stable("SID of the entry (`IP…`)."),
			"uri": attribute.Stable("Path of the entry in Twilio's API."),
		},
		Blocks: map[string]schema.Block{"timeouts": operation.TimeoutsBlock(ctx)},
	}
}

func (r *managedResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"account_sid":                attribute.AccountIdentity(),
			"ip_access_control_list_sid": attribute.SIDIdentity("SID of the list that contains the entry (AL…)."),
			"sid":                        attribute.SIDIdentity("SID of the entry (IP…)."),
		},
	}
}

func (r *managedResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config resourceModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if config.CIDRPrefixLength.IsNull() {
		// The configuration does not have the default.
		config.CIDRPrefixLength = types.Int64Value(32)
	}
	block, ok := config.block()
	if !ok {
		return
	}
	if block.HasHostBits() {
		summary, detail := attribute.HostBitsWarning(block)
		resp.Diagnostics.AddAttributeWarning(path.Root("ip_address"), summary,
			fmt.Sprintf("%s To allow all of them, set ip_address = %q. To allow only %s, omit cidr_prefix_length.", detail, block.First(), block.Address()))
	}
	// A name from a variable is known only when Terraform plans, which validates again. Two different summaries would result in
	// two warnings.
	if !config.FriendlyName.IsUnknown() || r.ConfiguredClient() != nil {
		subject := attribute.Named("entry", config.FriendlyName)
		attribute.WarnOfSpecial([]ipblock.Block{block}, subject, path.Root("ip_address"), &resp.Diagnostics)
		attribute.WarnOfWidth([]ipblock.Block{block}, subject, path.Root("cidr_prefix_length"), &resp.Diagnostics)
	}
	if r.Ownership() != nil && config.IPAccessControlListSID.ValueString() != "" {
		r.Ownership().Configured(config.IPAccessControlListSID.ValueString(), block)
	}
}

func (r *managedResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	plan, state := operation.PlanAndState[resourceModel](ctx, req, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	if req.Plan.Raw.IsNull() {
		r.planDestroy(state.model, &resp.Diagnostics)
		return
	}
	attribute.CheckGenerated(ctx, req.Config, &resp.Diagnostics)
	if r.checkPrefixLength(plan.model, !req.State.Raw.IsNull(), &resp.Diagnostics); resp.Diagnostics.HasError() {
		return
	}
	configured := plan.IPAddress
	if plan.preserveConfigured(state.model); plan.IPAddress != configured {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("ip_address"), plan.IPAddress)...)
	}
	if block, ok := plan.block(); ok && plan.CIDRBlock.ValueString() != block.Canonical().CIDR() {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("cidr_block"), block.Canonical().CIDR())...)
	}
	r.PlanComputed(ctx, req, resp, !plan.sameArguments(state.model))
	if operation.RefuseAccountChange(ctx, req, "ip_access_control_list_sid", &resp.Diagnostics); resp.Diagnostics.HasError() {
		return
	}
	r.planOwnership(plan.model, state.model, &resp.Diagnostics)
}

// checkPrefixLength rejects an entry that is wider than the provider allows. Terraform plans again during the apply, when it
// knows the prefix length.
func (r *managedResource) checkPrefixLength(plan model, exists bool, diags *diag.Diagnostics) {
	if plan.CIDRPrefixLength.IsUnknown() {
		return
	}
	entry := "The entry"
	if block, ok := plan.block(); ok {
		entry = block.String()
	}
	r.PrefixLimit().Check(entry, int(plan.CIDRPrefixLength.ValueInt64()), exists, path.Root("cidr_prefix_length"), diags)
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

	op := createOperation(plan.model, client, timeout)
	address, err := r.create(ctx, client, plan.model, op, &resp.Diagnostics)
	if warning := op.SuperfluousWarning(err); warning != nil {
		resp.Diagnostics.Append(warning)
	} else if err != nil {
		resp.Diagnostics.Append(op.Diagnostic(ctx, client, err))
	}
	if resp.Diagnostics.HasError() {
		return
	}
	plan.complete(address)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, plan.identity())...)
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
	stored := state.model
	state.AccountSID = operation.AccountOrDefault(state.AccountSID, client)
	// The framework requires an identity even if the object no longer exists.
	resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
	imported := importid.ConsumeImportMark(ctx, resp.Private, &resp.Diagnostics)

	address, err := client.IPAddress(ctx, state.AccountSID.ValueString(), state.IPAccessControlListSID.ValueString(), state.SID.ValueString())
	if twilio.IsNotFound(err) && !imported {
		if readOperation(state.model, false, timeout).ConfirmGone(ctx, client, stored.AccountSID, &resp.Diagnostics) {
			resp.State.RemoveResource(ctx)
		}
		return
	}
	var current model
	if err == nil {
		current, err = newModel(address)
	}
	if err != nil {
		resp.Diagnostics.Append(readOperation(state.model, imported, timeout).Diagnostic(ctx, client, err))
		return
	}
	current.preserveConfigured(state.model)
	if current == stored {
		return
	}
	state.model = current
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
	switch err := r.update(ctx, client, &plan, state.model); {
	case twilio.IsNotFound(err) && state.AccountSID.IsNull():
		updating.ConfirmGone(ctx, client, state.AccountSID, &resp.Diagnostics)
		return
	case err != nil:
		resp.Diagnostics.Append(updating.Diagnostic(ctx, client, err))
		return
	}
	if !plan.CIDRBlock.Equal(state.CIDRBlock) {
		warnIfHeldTwice(ctx, client, plan.model, &resp.Diagnostics)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, plan.identity())...)
}

// update sends changed arguments to Twilio, or else reads the entry if the plan leaves values unknown, and completes the plan.
func (r *managedResource) update(ctx context.Context, client *twilio.Client, plan *resourceModel, state model) error {
	account, list, sid := plan.AccountSID.ValueString(), plan.IPAccessControlListSID.ValueString(), plan.SID.ValueString()
	switch {
	case !plan.sameArguments(state):
		if _, _, err := r.waitForBlock(ctx, client, plan.model, state); err != nil {
			return err
		}
		address, err := client.UpdateIPAddress(ctx, account, list, sid, plan.fields())
		if err != nil {
			return err
		}
		plan.complete(address)
	case attribute.AnyUnknown(plan.computed()):
		address, err := client.IPAddress(ctx, account, list, sid)
		if err != nil {
			return err
		}
		answer, err := newModel(address)
		if err != nil {
			return err
		}
		attribute.FillUnknown(plan.computed(), answer.computed())
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
		_, err := client.IPAddress(ctx, client.AccountSID(), state.IPAccessControlListSID.ValueString(), state.SID.ValueString())
		if !newOperation("delete", state.model, timeout).ConfirmFound(ctx, client, err, &resp.Diagnostics) {
			return
		}
	}
	end := r.Ownership().BeginDelete(state.SID.ValueString())
	err := client.DeleteIPAddress(ctx, state.AccountSID.ValueString(), state.IPAccessControlListSID.ValueString(), state.SID.ValueString())
	end(err == nil)
	if err != nil {
		resp.Diagnostics.Append(newOperation("delete", state.model, timeout).Diagnostic(ctx, client, err))
		return
	}
	warnIfStillCovered(ctx, client, state.model, &resp.Diagnostics)
}

func (r *managedResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if client := r.Client(&resp.Diagnostics); client != nil {
		importid.IPAddress.ImportState(ctx, req, resp, client)
	}
}

func (r *managedResource) UpgradeState(context.Context) map[int64]resource.StateUpgrader {
	return migrate.StateUpgraders("twilio_sip_ip_address")
}

func (r *managedResource) MoveState(context.Context) []resource.StateMover {
	return migrate.StateMovers("twilio_sip_ip_address")
}
