// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var (
	_ resource.Resource                = (*trunkAssociationResource)(nil)
	_ resource.ResourceWithConfigure   = (*trunkAssociationResource)(nil)
	_ resource.ResourceWithIdentity    = (*trunkAssociationResource)(nil)
	_ resource.ResourceWithImportState = (*trunkAssociationResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*trunkAssociationResource)(nil)
)

type trunkAssociationResource struct{ resourceClient }

func newTrunkAssociationResource() resource.Resource { return &trunkAssociationResource{} }

// trunkAssociationImport are the import IDs of an association.
var trunkAssociationImport = importForms{
	noun: "a " + trunkAssociationNoun,
	forms: []importForm{
		"{TK}/{AL}",
		"/Trunks/{TK}/IpAccessControlLists/{AL}",
	},
}

func (r *trunkAssociationResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sip_trunking_ip_access_control_list"
}

func (r *trunkAssociationResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		// Version 0 is left to states written by RJPearson94/twilio, which uses the same type name.
		Version: 1,
		MarkdownDescription: "Puts a SIP IP access control list in force for the calls that an Elastic SIP trunk takes from your side (termination). " +
			"A trunk with several lists accepts calls from the addresses of all of them. With a credential list associated as well, both must pass.",
		Attributes: map[string]schema.Attribute{
			"account_sid":                accountSIDAttribute(trunkAccountSIDDescription),
			"date_created":               stableAttribute(dateCreatedDescription),
			"date_updated":               stableAttribute(dateUpdatedDescription),
			"friendly_name":              stableAttribute("Name of the list, when it was last read."),
			"id":                         stableAttribute("`trunk_sid` and `ip_access_control_list_sid` with a slash between them."),
			"ip_access_control_list_sid": linkedSIDAttribute(twilio.PrefixIPAccessControlList, "SID (`AL…`) of the list. Changing it destroys the association and creates another."),
			"sid":                        stableAttribute("SID of the association. It is the list's: Twilio gives associations no SIDs of their own."),
			"trunk_sid":                  linkedSIDAttribute(twilio.PrefixTrunk, "SID (`TK…`) of the trunk. Changing it destroys the association and creates another."),
			"url":                        stableAttribute("Address of the association."),
		},
		Blocks: map[string]schema.Block{"timeouts": timeoutsBlock(ctx)},
	}
}

func (r *trunkAssociationResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"account_sid":                accountIdentity(),
			"ip_access_control_list_sid": sidIdentity("SID (AL…) of the list."),
			"trunk_sid":                  sidIdentity("SID (TK…) of the trunk."),
		},
	}
}

// ModifyPlan refuses an account that the credentials are not of, and completes the plan with the account where the
// credentials show it. An API key does not show it: then Twilio's answer will.
func (r *trunkAssociationResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() || r.client == nil {
		return
	}
	var planned, configured types.String
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("account_sid"), &planned)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("account_sid"), &configured)...)
	checkTrunkAccount(r.client, configured, &resp.Diagnostics)
	if account := r.client.TrunkAccount(); planned.IsUnknown() && configured.IsNull() && account != "" {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("account_sid"), account)...)
	}
}

func (r *trunkAssociationResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan trunkAssociationResourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	client := r.use(&resp.Diagnostics)
	ctx, cancel, limit := createLimit(ctx, plan.Timeouts, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	if client.TrunkAccount() == "" && plan.AccountSID.ValueString() != "" {
		r.confirmAccount(ctx, plan.trunkAssociationModel, client, limit, &resp.Diagnostics)
		if resp.Diagnostics.HasError() {
			return
		}
	}

	association, err := client.CreateTrunkAssociation(ctx, plan.TrunkSID.ValueString(), plan.IPAccessControlListSID.ValueString())
	if err != nil {
		resp.Diagnostics.Append(creatingTrunkAssociation(ctx, plan.trunkAssociationModel, client, limit, err).failed(ctx, client, err))
		return
	}
	plan.trunkAssociationModel = newTrunkAssociationModel(association).spelledAs(plan.trunkAssociationModel)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, plan.identity())...)
}

// confirmAccount makes sure that the trunk is in the configured account: an API key does not show whose it is, and once
// the association is made it is in force.
func (r *trunkAssociationResource) confirmAccount(ctx context.Context, plan trunkAssociationModel, client *twilio.Client, limit timeout, diags *diag.Diagnostics) {
	trunk, err := client.Trunk(ctx, plan.TrunkSID.ValueString())
	switch {
	case err != nil:
		diags.Append(creatingTrunkAssociation(ctx, plan, client, limit, err).failed(ctx, client, err))
	case !strings.EqualFold(trunk.AccountSID, plan.AccountSID.ValueString()):
		diags.AddAttributeError(path.Root("account_sid"), "SIP trunk of another account",
			fmt.Sprintf("account_sid is %s, but trunk %s is in account %s, whose API key the provider uses (%s). Nothing was created.\n\n%s",
				plan.AccountSID.ValueString(), trunk.SID, trunk.AccountSID, client.Credentials(), ownProvider(plan.AccountSID.ValueString())))
	}
}

func (r *trunkAssociationResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state trunkAssociationResourceModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	client := r.use(&resp.Diagnostics)
	ctx, cancel, limit := readLimit(ctx, state.Timeouts, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	given := state.AccountSID
	state.AccountSID = accountOr(state.AccountSID, client)
	// The framework wants an identity even of an object that turns out to be gone.
	resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
	imported := takeImportMark(ctx, resp.Private, &resp.Diagnostics)
	what := readingTrunkAssociation(state.trunkAssociationModel, imported, client, limit)

	association, err := client.TrunkAssociation(ctx, state.TrunkSID.ValueString(), state.IPAccessControlListSID.ValueString())
	if twilio.IsNotFound(err) && !imported {
		var elsewhere bool
		if elsewhere, err = foreign(ctx, client, given, state.TrunkSID.ValueString()); err == nil {
			if elsewhere {
				resp.Diagnostics.Append(outOfReach(what, state.trunkAssociationModel, client))
			} else {
				resp.State.RemoveResource(ctx)
			}
			return
		}
	}
	if err != nil {
		resp.Diagnostics.Append(what.failed(ctx, client, err))
		return
	}
	if imported && given.ValueString() != "" && !strings.EqualFold(given.ValueString(), association.AccountSID) {
		resp.Diagnostics.AddError("Cannot import "+trunkAssociationNoun,
			fmt.Sprintf("The identity says account_sid is %s, but trunk %s is in account %s. Check which trunk is meant.",
				given.ValueString(), association.TrunkSID, association.AccountSID))
		return
	}
	state.trunkAssociationModel = newTrunkAssociationModel(association).spelledAs(state.trunkAssociationModel)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
}

// Update changes nothing at Twilio: every argument replaces, so that it is about the timeouts, or about naming the account
// that the association is in.
func (r *trunkAssociationResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan trunkAssociationResourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	client := r.use(&resp.Diagnostics)
	ctx, cancel, limit := updateLimit(ctx, plan.Timeouts, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	if plan.incomplete() {
		association, err := client.TrunkAssociation(ctx, plan.TrunkSID.ValueString(), plan.IPAccessControlListSID.ValueString())
		if err != nil {
			resp.Diagnostics.Append(aboutTrunkAssociation("update", plan.trunkAssociationModel, limit).failed(ctx, client, err))
			return
		}
		plan.trunkAssociationModel = plan.completed(newTrunkAssociationModel(association).spelledAs(plan.trunkAssociationModel))
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, plan.identity())...)
}

// Delete must not take a trunk that the credentials cannot see for one that is gone: the list would stay in force.
func (r *trunkAssociationResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state trunkAssociationResourceModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	client := r.use(&resp.Diagnostics)
	ctx, cancel, limit := deleteLimit(ctx, state.Timeouts, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	what := aboutTrunkAssociation("delete", state.trunkAssociationModel, limit)
	elsewhere, err := foreign(ctx, client, state.AccountSID, state.TrunkSID.ValueString())
	switch {
	case elsewhere:
		resp.Diagnostics.Append(outOfReach(what, state.trunkAssociationModel, client))
		return
	case err == nil:
		err = client.DeleteTrunkAssociation(ctx, state.TrunkSID.ValueString(), state.IPAccessControlListSID.ValueString())
	}
	if err != nil {
		resp.Diagnostics.Append(what.failed(ctx, client, err))
	}
}

func (r *trunkAssociationResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	client := r.use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	sids := importSIDs(ctx, req, trunkAssociationImport, map[string]string{
		"account_sid": twilio.PrefixAccount, "ip_access_control_list_sid": twilio.PrefixIPAccessControlList, "trunk_sid": twilio.PrefixTrunk,
	}, client, &resp.Diagnostics)
	// The read that follows holds an account that was given against Twilio's answer.
	account := types.StringNull()
	if req.ID == "" && req.Identity != nil && !req.Identity.Raw.IsFullyNull() {
		resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, path.Root("account_sid"), &account)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	imported := newTrunkAssociationModel(twilio.TrunkAssociation{
		AccountSID: sids[twilio.PrefixAccount], TrunkSID: sids[twilio.PrefixTrunk], IPAccessControlListSID: sids[twilio.PrefixIPAccessControlList],
	})
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("account_sid"), account)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), imported.ID)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("ip_access_control_list_sid"), imported.IPAccessControlListSID)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("sid"), imported.SID)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("trunk_sid"), imported.TrunkSID)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, imported.identity())...)
	resp.Diagnostics.Append(setImportMark(ctx, resp.Private)...)
}

// The actions on associations, for diagnostics.

func aboutTrunkAssociation(verb string, m trunkAssociationModel, limit timeout) action {
	return action{
		verb: verb, noun: trunkAssociationNoun,
		object:        "the association of " + ipAccessControlListNoun + " " + m.IPAccessControlListSID.ValueString() + " with Elastic SIP trunk " + m.TrunkSID.ValueString(),
		timeout:       limit,
		missingAdvice: "It was deleted outside of Terraform. Plan again: a refresh shows what is left.",
	}
}

// creatingTrunkAssociation finds out what is missing when Twilio did not find something: the trunk or the list.
func creatingTrunkAssociation(ctx context.Context, plan trunkAssociationModel, client *twilio.Client, limit timeout, err error) action {
	trunk, list := plan.TrunkSID.ValueString(), plan.IPAccessControlListSID.ValueString()
	a := aboutTrunkAssociation("create", plan, limit)
	a.importID = func(string) string { return trunk + "/" + list }
	if !twilio.IsNotFound(err) {
		return a
	}
	if found, trunkErr := client.Trunk(ctx, trunk); trunkErr == nil {
		a.missing, a.missingAdvice = path.Root("ip_access_control_list_sid"),
			"The trunk is there; check that the list is, and that it is in the trunk's account, "+found.AccountSID+"."
	} else {
		a.missing, a.missingAdvice = path.Root("trunk_sid"), "Check that the trunk exists. "+trunkReach(client)
	}
	return a
}

func readingTrunkAssociation(m trunkAssociationModel, imported bool, client *twilio.Client, limit timeout) action {
	a := aboutTrunkAssociation("read", m, limit)
	if imported {
		a.verb = "import"
		a.missingAdvice = "Check both SIDs, and that the list is associated with the trunk. " + trunkReach(client)
	}
	return a
}
