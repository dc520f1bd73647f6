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
			"account_sid": attribute.AccountSID(k.AccountDescription),
			"id":          attribute.Stable(fmt.Sprintf("Same as `%s`.", k.ParentAttribute)),
			"ip_access_control_list_sids": attribute.SIDs(twilio.PrefixIPAccessControlList,
				fmt.Sprintf("SIDs of all lists of the %s (`AL…`). Lists that are not in the set are detached. If the set is empty, the %[1]s rejects all calls; if it has credential lists, it accepts calls with valid credentials from any IP address.", k.ParentWord)),
			k.ParentAttribute: attribute.RequiresReplaceSID(k.ParentPrefix,
				fmt.Sprintf("SID of the %s (`%s…`). Changing this forces a new resource to be created; the lists of the old %[1]s stay attached.", k.ParentWord, k.ParentPrefix)),
		},
		Blocks: map[string]schema.Block{"timeouts": operation.TimeoutsBlock(ctx)},
	}
}

// exclusiveDescription returns the description of the exclusive resource.
func (k Kind) exclusiveDescription() string {
	return operation.Paragraphs(
		fmt.Sprintf("Manages all SIP IP access control lists that are attached to %s.\n%s", k.ParentPhrase, k.Documentation),
		fmt.Sprintf("!> This resource takes exclusive ownership of the lists of the %s. The next apply detaches every list that is not in `ip_access_control_list_sids`, "+
			"including lists that someone attached in the Twilio Console. The plan shows these lists.", k.ParentWord),
		"~> Destroying this resource does not detach any lists. To detach or delete them, apply `ip_access_control_list_sids = []` before you destroy the resource. "+
			"If you have already destroyed the resource, import it, apply `[]`, and destroy it again.",
		fmt.Sprintf("~> Use either this resource or `twilio_%s` resources for a %s, not both. A plan fails if they contradict each other. "+
			"If they agree and you replace a list, Terraform may detach the old list before it attaches the new one. "+
			"Use only one exclusive resource for a %[2]s across all configurations, because each would detach the other's lists.", k.TypeName, k.ParentWord),
		"New lists are attached before old ones are detached, so an address that both allow is never blocked. If a list cannot be attached, no list is detached.",
		fmt.Sprintf("If lists that are not in the set are attached to the %s, the create fails and nothing is detached. Import the resource instead: the plan then shows the lists that it detaches.", k.ParentWord),
		"Set `create_before_destroy` as in the example. Otherwise, when you remove a list from the configuration, Terraform tries to delete the list before it is detached, and the apply fails.")
}

func (r *exclusiveResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	k := r.kind
	resp.IdentitySchema = identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"account_sid":     attribute.AccountIdentity(),
			k.ParentAttribute: attribute.SIDIdentity(fmt.Sprintf("SID of the %s (%s…).", k.ParentWord, k.ParentPrefix)),
		},
	}
}

// Create attaches the lists. It detaches none, because the plan has checked that no other lists are attached.
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

// Update attaches the lists that are new in the plan, and then detaches those that the plan removes. Lists that someone attached
// after the plan stay attached, and the next plan shows them.
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

// parentAccount returns the account of the parent, from its attachments if it has any.
func (k Kind) parentAccount(ctx context.Context, client *twilio.Client, sids SIDs, attachments []twilio.Attachment) (string, error) {
	switch {
	case k.AccountInPath:
		return sids.AccountSID, nil
	case len(attachments) > 0:
		return attachments[0].AccountSID, nil
	}
	return k.ParentAccount(ctx, client, sids.ParentSID)
}
