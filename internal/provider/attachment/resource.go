// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attachment

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/importid"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/migrate"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/ownership"
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

type managedResource struct {
	operation.Resource
	kind Kind
}

// NewResource returns the resource for one attachment.
func NewResource(kind Kind) func() resource.Resource {
	return func() resource.Resource { return &managedResource{kind: kind} }
}

func (r *managedResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + r.kind.TypeName
}

func (r *managedResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	k := r.kind
	replaces := " Changing this forces a new resource to be created."
	attributes := map[string]schema.Attribute{
		"account_sid":   attribute.AccountSID(k.AccountDescription),
		"date_created":  attribute.Stable(attribute.DateCreatedDescription),
		"date_updated":  attribute.Stable(attribute.DateUpdatedDescription),
		"friendly_name": attribute.Stable("Name of the list at the last refresh."),
		"id":            attribute.Stable(k.idDescription()),
		"ip_access_control_list_sid": attribute.RequiresReplaceSID(twilio.PrefixIPAccessControlList,
			"SID of the list (`AL…`)."+replaces),
		k.ParentAttribute: attribute.RequiresReplaceSID(k.ParentPrefix,
			fmt.Sprintf("SID of the %s (`%s…`).", k.ParentWord, k.ParentPrefix)+replaces),
		"sid": attribute.Stable(k.sidDescription()),
	}
	if k.HasURL {
		attributes["url"] = attribute.Stable(k.urlDescription())
	}
	resp.Schema = schema.Schema{
		// Version 0 is the version of states written by RJPearson94/twilio, which uses the same type name.
		Version:             1,
		MarkdownDescription: k.description(),
		Attributes:          attributes,
		Blocks:              map[string]schema.Block{"timeouts": operation.TimeoutsBlock(ctx)},
	}
}

// description describes the resource.
func (k Kind) description() string {
	return operation.Paragraphs(k.Purpose+"\n"+k.Documentation,
		fmt.Sprintf("If several lists are attached to the %s, it accepts calls from the addresses of all of them. "+
			"If a credential list is attached as well, a call needs both an allowed address and valid credentials.", k.ParentWord),
		fmt.Sprintf("~> Use either this resource or `twilio_%s` for a %s, not both. The exclusive resource manages all lists of a %[2]s together, and detaches every list that is not in its set.",
			k.Exclusive.TypeName, k.ParentWord))
}

func (r *managedResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	k := r.kind
	resp.IdentitySchema = identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"account_sid":                attribute.AccountIdentity(),
			"ip_access_control_list_sid": attribute.SIDIdentity("SID of the list (AL…)."),
			k.ParentAttribute:            attribute.SIDIdentity(fmt.Sprintf("SID of the %s (%s…).", k.ParentWord, k.ParentPrefix)),
		},
	}
}

// ModifyPlan rejects an account that the credentials cannot reach, plans the account if it is known before the apply, and warns
// if the plan detaches the last list from the parent.
func (r *managedResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	attribute.CheckGenerated(ctx, req.Config, &resp.Diagnostics)
	client := r.ConfiguredClient()
	if client == nil || resp.Diagnostics.HasError() {
		return
	}
	if req.Plan.Raw.IsNull() {
		r.warnOfDetaching(ctx, req, resp)
		return
	}
	var configured types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("account_sid"), &configured)...)
	r.kind.refuseOtherAccount(client, configured, &resp.Diagnostics)
	r.kind.planAccount(ctx, client, req, resp)
	if operation.RefuseAccountChange(ctx, req, r.kind.ParentAttribute, &resp.Diagnostics); resp.Diagnostics.HasError() {
		return
	}
	r.refuseExcluded(ctx, resp)
	if !req.State.Raw.IsNull() && !resp.Diagnostics.HasError() {
		r.warnOfDetaching(ctx, req, resp)
	}
}

// planAccount plans the account if it is known before the apply.
func (k Kind) planAccount(ctx context.Context, client *twilio.Client, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	account := client.AccountSID()
	if !k.AccountInPath {
		account = client.TrunkAccount()
	}
	operation.PlanAccountSID(ctx, req, resp, account)
}

func (r *managedResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var object types.Object
	resp.Diagnostics.Append(req.Plan.Get(ctx, &object)...)
	k, plan := r.kind, r.kind.decode(object)
	client := r.Client(&resp.Diagnostics)
	ctx, cancel, timeout := operation.WithCreateTimeout(ctx, plan.timeouts(), &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	if k.ConfirmAccount != nil {
		k.ConfirmAccount(ctx, client, plan.sids(), func(err error) operation.Operation {
			return k.createOperation(ctx, client, plan.sids(), timeout, err)
		}, &resp.Diagnostics)
		if resp.Diagnostics.HasError() {
			return
		}
	}

	created, err := k.Attachments(client, plan.sids()).Create(ctx, plan.sids().ListSID)
	if _, exists := errors.AsType[*twilio.AlreadyExistsError](err); exists && r.Ownership().KeepsAttached(plan.sids().ParentSID, plan.sids().ListSID) {
		// The exclusive resource of the parent has attached the list in the same apply.
		created, err = k.Attachments(client, plan.sids()).Get(ctx, plan.sids().ListSID)
	}
	if r.detachedMeanwhile(ctx, plan, err) {
		created, err = k.Attachments(client, plan.sids()).Create(ctx, plan.sids().ListSID)
	}
	if err != nil {
		resp.Diagnostics.Append(k.createOperation(ctx, client, plan.sids(), timeout, err).Diagnostic(ctx, client, err))
		return
	}
	plan = plan.withAnswer(created)
	resp.Diagnostics.Append(resp.State.Set(ctx, k.encode(ctx, plan))...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, k.identity(ctx, plan))...)
}

// detachedMeanwhile reports whether a create failed because the list was attached, and this run has detached it since. This
// happens when another resource managed the attachment, as after a rename without a moved block.
func (r *managedResource) detachedMeanwhile(ctx context.Context, plan model, err error) bool {
	_, exists := errors.AsType[*twilio.AlreadyExistsError](err)
	atMost := ownership.WaitForDestroy
	if !exists {
		// The attachment may have disappeared between Twilio's refusal and the lookup.
		atMost = 0
	}
	return (exists || twilio.IsRejected(err)) &&
		r.Ownership().WaitForDelete(ctx, plan.key(), atMost, func() bool { return r.Ownership().IsDeleted(plan.key()) })
}

func (r *managedResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var object types.Object
	resp.Diagnostics.Append(req.State.Get(ctx, &object)...)
	k, state := r.kind, r.kind.decode(object)
	client := r.Client(&resp.Diagnostics)
	ctx, cancel, timeout := operation.WithReadTimeout(ctx, state.timeouts(), &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	stateSIDs := state.sids()
	state.AccountSID = operation.AccountOrDefault(state.AccountSID, client)
	// The framework requires an identity even if the object no longer exists.
	resp.Diagnostics.Append(resp.Identity.Set(ctx, k.identity(ctx, state))...)
	imported := importid.ConsumeImportMark(ctx, resp.Private, &resp.Diagnostics)
	readOperation := k.readOperation(client, state.sids(), imported, timeout)

	found, err := k.Attachments(client, state.sids()).Get(ctx, state.sids().ListSID)
	if twilio.IsNotFound(err) && !imported {
		if k.confirmGone(ctx, client, stateSIDs, readOperation, &resp.Diagnostics) {
			resp.State.RemoveResource(ctx)
		}
		return
	}
	if err != nil {
		resp.Diagnostics.Append(readOperation.Diagnostic(ctx, client, err))
		return
	}
	if imported && k.refuseWrongIdentity(stateSIDs, found.AccountSID, readOperation, &resp.Diagnostics) {
		return
	}
	state = state.withAnswer(found)
	resp.Diagnostics.Append(resp.State.Set(ctx, k.encode(ctx, state))...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, k.identity(ctx, state))...)
}

// Update sends no writes, because a change of any argument replaces the attachment. It stores changed timeouts, and the account
// if the configuration now names the account that the attachment is in.
func (r *managedResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var object types.Object
	resp.Diagnostics.Append(req.Plan.Get(ctx, &object)...)
	k, plan := r.kind, r.kind.decode(object)
	client := r.Client(&resp.Diagnostics)
	ctx, cancel, timeout := operation.WithUpdateTimeout(ctx, plan.timeouts(), &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	if attribute.AnyUnknown(plan.computed()) {
		var stateAccount types.String
		resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("account_sid"), &stateAccount)...)
		updating := k.operation("update", plan.sids(), timeout)
		found, err := k.Attachments(client, plan.sids()).Get(ctx, plan.sids().ListSID)
		switch {
		case twilio.IsNotFound(err) && stateAccount.IsNull():
			updating.ConfirmGone(ctx, client, stateAccount, &resp.Diagnostics)
			return
		case err != nil:
			resp.Diagnostics.Append(updating.Diagnostic(ctx, client, err))
			return
		}
		if k.ConfirmAccount != nil {
			k.ConfirmAccount(ctx, client, plan.sids(), func(error) operation.Operation { return updating }, &resp.Diagnostics)
			if resp.Diagnostics.HasError() {
				return
			}
		}
		answer := plan.withAnswer(found)
		attribute.FillUnknown(plan.computed(), answer.computed())
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, k.encode(ctx, plan))...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, k.identity(ctx, plan))...)
}

func (r *managedResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var object types.Object
	resp.Diagnostics.Append(req.State.Get(ctx, &object)...)
	k, state := r.kind, r.kind.decode(object)
	client := r.Client(&resp.Diagnostics)
	ctx, cancel, timeout := operation.WithDeleteTimeout(ctx, state.timeouts(), &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	stateAccount := state.AccountSID
	state.AccountSID = operation.AccountOrDefault(state.AccountSID, client)
	deleting := k.operation("delete", state.sids(), timeout)
	if stateAccount.IsNull() {
		if _, err := k.Attachments(client, state.sids()).Get(ctx, state.sids().ListSID); !deleting.ConfirmFound(ctx, client, err, &resp.Diagnostics) {
			return
		}
	}
	// A parent that the credentials cannot see must not be treated as deleted, because the list would stay attached.
	otherAccount, err := k.otherAccountError(ctx, client, state.sids(), deleting)
	switch {
	case otherAccount != nil:
		resp.Diagnostics.Append(otherAccount)
		return
	case err == nil:
		end := r.Ownership().BeginDelete(state.key())
		err = k.Attachments(client, state.sids()).Delete(ctx, state.sids().ListSID)
		end(err == nil)
	}
	if err != nil {
		resp.Diagnostics.Append(deleting.Diagnostic(ctx, client, err))
	}
}

func (r *managedResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	client := r.Client(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	k := r.kind
	sids := k.ImportForms.SIDs(ctx, req, client, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	imported := model{AccountSID: types.StringValue(sids[twilio.PrefixAccount]), Timeouts: operation.NullTimeouts()}.
		withSIDs(types.StringValue(sids[k.ParentPrefix]), types.StringValue(sids[twilio.PrefixIPAccessControlList]))
	resp.Diagnostics.Append(resp.Identity.Set(ctx, k.identity(ctx, imported))...)
	if !k.AccountInPath {
		imported.AccountSID = importedAccount(ctx, req, &resp.Diagnostics)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, k.encode(ctx, imported))...)
	resp.Diagnostics.Append(importid.MarkImported(ctx, resp.Private)...)
}

// importedAccount returns the account in the identity of an import, or null. The read that follows compares it with Twilio's
// response.
func importedAccount(ctx context.Context, req resource.ImportStateRequest, diags *diag.Diagnostics) types.String {
	account := types.StringNull()
	if importid.ByIdentity(req) {
		diags.Append(req.Identity.GetAttribute(ctx, path.Root("account_sid"), &account)...)
	}
	return account
}

func (r *managedResource) UpgradeState(context.Context) map[int64]resource.StateUpgrader {
	return migrate.StateUpgraders("twilio_" + r.kind.TypeName)
}

func (r *managedResource) MoveState(context.Context) []resource.StateMover {
	return migrate.StateMovers("twilio_" + r.kind.TypeName)
}
