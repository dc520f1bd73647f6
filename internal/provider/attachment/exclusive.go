// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attachment

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/importid"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var (
	_ resource.ResourceWithConfigure   = (*exclusiveResource)(nil)
	_ resource.ResourceWithIdentity    = (*exclusiveResource)(nil)
	_ resource.ResourceWithImportState = (*exclusiveResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*exclusiveResource)(nil)
)

// listsAttribute is the argument of the exclusive resource that has the lists.
var listsAttribute = path.Root("ip_access_control_list_sids")

type exclusiveResource struct {
	operation.Resource
	kind Kind
}

// NewExclusiveResource returns the resource for all attachments of a parent.
func NewExclusiveResource(kind Kind) func() resource.Resource {
	return func() resource.Resource { return &exclusiveResource{kind: kind} }
}

func (r *exclusiveResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + r.kind.Exclusive.TypeName
}

func (r *exclusiveResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	k := r.kind
	resp.Schema = schema.Schema{
		Version:             1,
		MarkdownDescription: k.exclusiveDescription(),
		Attributes: map[string]schema.Attribute{
			"account_sid": attribute.AccountSID(k.Exclusive.AccountDescription),
			"id":          attribute.Stable(fmt.Sprintf("The same as `%s`.", k.ParentAttribute)),
			"ip_access_control_list_sids": attribute.SIDs(twilio.PrefixIPAccessControlList,
				fmt.Sprintf("SIDs (`AL…`) of all lists of the %s. Lists that are not in the set are detached. With `[]`, the %[1]s refuses all calls or, if it has credential lists, accepts calls from any IP address with valid credentials.", k.ParentWord)),
			k.ParentAttribute: attribute.RequiresReplaceSID(k.ParentPrefix,
				fmt.Sprintf("SID (`%s…`) of the %s. Changing it replaces the resource; the lists of the old %[2]s stay attached.", k.ParentPrefix, k.ParentWord)),
		},
		Blocks: map[string]schema.Block{"timeouts": operation.TimeoutsBlock(ctx)},
	}
}

// exclusiveDescription describes the exclusive resource.
func (k Kind) exclusiveDescription() string {
	return operation.Paragraphs(k.Exclusive.Description,
		fmt.Sprintf("!> This resource takes exclusive ownership of the lists of the %s. A list that is not in `ip_access_control_list_sids`, for example because somebody attached it by hand, "+
			"is shown by the next plan and detached by the next apply.", k.ParentWord),
		fmt.Sprintf("~> Destroying this resource detaches nothing. Terraform stops managing the lists of the %s, and they stay in force. "+
			"A list that is attached cannot be deleted, so apply `ip_access_control_list_sids = []` before you destroy the lists as well. "+
			"If a destroy has failed already, this resource is no longer in the state: set `[]`, import it, apply, and destroy again.", k.ParentWord),
		"A change attaches new lists before it detaches old ones, so an address that both the old and the new lists allow is never blocked. If a list cannot be attached, none is detached.",
		fmt.Sprintf("The resource works beside `twilio_%[1]s` resources whose lists are in the set. If you add one of these later, import it. If you swap lists, Terraform may destroy a "+
			"`twilio_%[1]s` before the new list is attached; manage the lists with this resource alone to avoid that. Use one such resource for a %[2]s, in one configuration.", k.TypeName, k.ParentWord),
		fmt.Sprintf("If the %s already has lists that are not in the set, creating the resource fails: at plan, or during the apply if the set has values that only the apply knows. Nothing is detached. "+
			"Import the resource instead: the plan then shows the lists that it detaches.", k.ParentWord),
		"Set `create_before_destroy` in the `lifecycle` block, as in the example. Otherwise, when you remove a list from the configuration, Terraform tries to delete it before this resource detaches it, and Twilio or the provider refuses.")
}

func (r *exclusiveResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	k := r.kind
	resp.IdentitySchema = identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"account_sid":     attribute.AccountIdentity(),
			k.ParentAttribute: attribute.SIDIdentity(fmt.Sprintf("SID (%s…) of the %s.", k.ParentPrefix, k.ParentWord)),
		},
	}
}

// Create attaches the lists. It detaches none: the plan has made sure that no others are attached.
func (r *exclusiveResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var object types.Object
	resp.Diagnostics.Append(req.Plan.Get(ctx, &object)...)
	k, plan := r.kind, r.kind.decodeExclusive(object)
	client := r.Client(&resp.Diagnostics)
	ctx, cancel, timeout := operation.WithCreateTimeout(ctx, plan.timeouts(), &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	reconciler := k.reconciler(client, plan.sids(), timeout)
	if k.ConfirmAccount != nil {
		k.ConfirmAccount(ctx, client, plan.sids(), func(error) operation.Operation { return reconciler.operation("create") }, &resp.Diagnostics)
		if resp.Diagnostics.HasError() {
			return
		}
	}
	lists, _ := plan.lists()
	attached := reconciler.reconcile(ctx, nil, lists, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	if plan.AccountSID.IsUnknown() {
		account, err := k.parentAccount(ctx, client, plan.sids(), nil)
		if err != nil {
			resp.Diagnostics.Append(reconciler.operation("create").Diagnostic(ctx, client, err))
			return
		}
		plan.AccountSID = types.StringValue(account)
	}
	plan = plan.withAttached(attached)
	resp.Diagnostics.Append(resp.State.Set(ctx, k.encodeExclusive(ctx, plan))...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, k.exclusiveIdentity(ctx, plan))...)
}

func (r *exclusiveResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var object types.Object
	resp.Diagnostics.Append(req.State.Get(ctx, &object)...)
	k, state := r.kind, r.kind.decodeExclusive(object)
	client := r.Client(&resp.Diagnostics)
	ctx, cancel, timeout := operation.WithReadTimeout(ctx, state.timeouts(), &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	stateSIDs := state.sids()
	state.AccountSID = operation.AccountOrDefault(state.AccountSID, client)
	// The framework requires an identity even if the domain or trunk no longer exists.
	resp.Diagnostics.Append(resp.Identity.Set(ctx, k.exclusiveIdentity(ctx, state))...)
	imported := importid.ConsumeImportMark(ctx, resp.Private, &resp.Diagnostics)
	op := k.reconciler(client, state.sids(), timeout).operation("read")
	if imported {
		op.Verb, op.MissingAdvice = "import", k.advice(k.Exclusive.ImportAdvice, client)
	}

	attachments, err := k.Attachments(client, state.sids()).All(ctx)
	if twilio.IsNotFound(err) && !imported {
		if k.confirmGone(ctx, client, stateSIDs, op, &resp.Diagnostics) {
			resp.State.RemoveResource(ctx)
		}
		return
	}
	var account string
	if err == nil {
		account, err = k.parentAccount(ctx, client, state.sids(), attachments)
	}
	if err != nil {
		resp.Diagnostics.Append(op.Diagnostic(ctx, client, err))
		return
	}
	if imported && k.refuseWrongIdentity(stateSIDs, account, op, &resp.Diagnostics) {
		return
	}
	if !k.AccountInPath {
		state.AccountSID = types.StringValue(account)
	}
	state = state.withAttached(listSIDs(attachments))
	resp.Diagnostics.Append(resp.State.Set(ctx, k.encodeExclusive(ctx, state))...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, k.exclusiveIdentity(ctx, state))...)
}

// Update attaches the lists that are new in the plan and then detaches those that the plan removes. Lists that somebody attached
// after the plan stay, and the next plan shows them.
func (r *exclusiveResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var planObject, stateObject types.Object
	resp.Diagnostics.Append(req.Plan.Get(ctx, &planObject)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &stateObject)...)
	k, plan, state := r.kind, r.kind.decodeExclusive(planObject), r.kind.decodeExclusive(stateObject)
	client := r.Client(&resp.Diagnostics)
	ctx, cancel, timeout := operation.WithUpdateTimeout(ctx, plan.timeouts(), &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	planned, _ := plan.lists()
	current, _ := state.lists()
	reconciler := k.reconciler(client, plan.sids(), timeout)
	if len(without(current, planned)) > 0 {
		current = reconciler.stillAttached(ctx, state, &resp.Diagnostics)
		if resp.Diagnostics.HasError() {
			return
		}
	}
	attached := reconciler.reconcile(ctx, current, planned, &resp.Diagnostics)
	if plan.AccountSID.IsUnknown() {
		plan.AccountSID = state.AccountSID
	}
	plan = plan.withAttached(attached)
	resp.Diagnostics.Append(resp.State.Set(ctx, k.encodeExclusive(ctx, plan))...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, k.exclusiveIdentity(ctx, plan))...)
}

// Delete sends no request: the lists stay attached.
func (r *exclusiveResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {
}

func (r *exclusiveResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	client := r.Client(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	k := r.kind
	sids := k.Exclusive.ImportForms.SIDs(ctx, req, client, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	imported := exclusiveModel{
		AccountSID: types.StringValue(sids[twilio.PrefixAccount]), ParentSID: types.StringValue(sids[k.ParentPrefix]),
		ListSIDs: types.SetNull(types.StringType), Timeouts: operation.NullTimeouts(),
	}
	resp.Diagnostics.Append(resp.Identity.Set(ctx, k.exclusiveIdentity(ctx, imported))...)
	if !k.AccountInPath {
		imported.AccountSID = importedAccount(ctx, req, &resp.Diagnostics)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, k.encodeExclusive(ctx, imported))...)
	resp.Diagnostics.Append(importid.MarkImported(ctx, resp.Private)...)
}

// parentAccount returns the account of the parent, which its attachments show if it has any.
func (k Kind) parentAccount(ctx context.Context, client *twilio.Client, sids SIDs, attachments []twilio.Attachment) (string, error) {
	switch {
	case k.AccountInPath:
		return sids.AccountSID, nil
	case len(attachments) > 0:
		return attachments[0].AccountSID, nil
	}
	return k.ParentAccount(ctx, client, sids.ParentSID)
}
