// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var (
	_ resource.Resource                = (*domainMappingResource)(nil)
	_ resource.ResourceWithConfigure   = (*domainMappingResource)(nil)
	_ resource.ResourceWithIdentity    = (*domainMappingResource)(nil)
	_ resource.ResourceWithImportState = (*domainMappingResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*domainMappingResource)(nil)
)

type domainMappingResource struct{ resourceClient }

func newDomainMappingResource() resource.Resource { return &domainMappingResource{} }

// domainMappingImport are the import IDs of a mapping.
var domainMappingImport = importForms{
	noun: "a " + domainMappingNoun,
	forms: []importForm{
		"{SD}/{AL}",
		"{AC}/{SD}/{AL}",
		"/Accounts/{AC}/Domains/{SD}/Auth/Calls/IpAccessControlListMappings/{AL}",
		"/Accounts/{AC}/SIP/Domains/{SD}/Auth/Calls/IpAccessControlListMappings/{AL}",
	},
}

func (r *domainMappingResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sip_domain_ip_access_control_list_mapping"
}

func (r *domainMappingResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		// Version 0 is left to states written by RJPearson94/twilio, which uses the same type name.
		Version: 1,
		MarkdownDescription: "Puts a SIP IP access control list in force for the calls to a SIP domain. " +
			"A domain with several lists accepts calls from the addresses of all of them. With a credential list mapped as well, both must pass.",
		Attributes: map[string]schema.Attribute{
			"account_sid":                accountSIDAttribute(accountSIDDescription),
			"date_created":               stableAttribute(dateCreatedDescription),
			"date_updated":               stableAttribute(dateUpdatedDescription),
			"domain_sid":                 linkedSIDAttribute(twilio.PrefixDomain, "SID (`SD…`) of the domain. Changing it destroys the mapping and creates another."),
			"friendly_name":              stableAttribute("Name of the list, when it was last read."),
			"id":                         stableAttribute("`domain_sid` and `ip_access_control_list_sid` with a slash between them."),
			"ip_access_control_list_sid": linkedSIDAttribute(twilio.PrefixIPAccessControlList, "SID (`AL…`) of the list. Changing it destroys the mapping and creates another."),
			"sid":                        stableAttribute("SID of the mapping. It is the list's: Twilio gives mappings no SIDs of their own."),
		},
		Blocks: map[string]schema.Block{"timeouts": timeoutsBlock(ctx)},
	}
}

func (r *domainMappingResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"account_sid":                accountIdentity(),
			"domain_sid":                 sidIdentity("SID (SD…) of the domain."),
			"ip_access_control_list_sid": sidIdentity("SID (AL…) of the list."),
		},
	}
}

func (r *domainMappingResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}
	r.planComputed(ctx, req, resp, false)
}

func (r *domainMappingResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan domainMappingResourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	client := r.use(&resp.Diagnostics)
	ctx, cancel, limit := createLimit(ctx, plan.Timeouts, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}

	mapping, err := client.CreateDomainMapping(ctx, plan.AccountSID.ValueString(), plan.DomainSID.ValueString(), plan.IPAccessControlListSID.ValueString())
	if err != nil {
		resp.Diagnostics.Append(creatingDomainMapping(ctx, plan.domainMappingModel, client, limit, err).failed(ctx, client, err))
		return
	}
	plan.domainMappingModel = newDomainMappingModel(mapping).spelledAs(plan.domainMappingModel)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, plan.identity())...)
}

func (r *domainMappingResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state domainMappingResourceModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	client := r.use(&resp.Diagnostics)
	ctx, cancel, limit := readLimit(ctx, state.Timeouts, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	state.AccountSID = accountOr(state.AccountSID, client)
	// The framework wants an identity even of an object that turns out to be gone.
	resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
	imported := takeImportMark(ctx, resp.Private, &resp.Diagnostics)

	mapping, err := client.DomainMapping(ctx, state.AccountSID.ValueString(), state.DomainSID.ValueString(), state.IPAccessControlListSID.ValueString())
	if twilio.IsNotFound(err) && !imported {
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		resp.Diagnostics.Append(readingDomainMapping(state.domainMappingModel, imported, limit).failed(ctx, client, err))
		return
	}
	state.domainMappingModel = newDomainMappingModel(mapping).spelledAs(state.domainMappingModel)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
}

// Update changes nothing at Twilio: every argument replaces, so that it is about the timeouts, or about naming the account
// that the mapping is in.
func (r *domainMappingResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan domainMappingResourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	client := r.use(&resp.Diagnostics)
	ctx, cancel, limit := updateLimit(ctx, plan.Timeouts, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	if plan.incomplete() {
		mapping, err := client.DomainMapping(ctx, plan.AccountSID.ValueString(), plan.DomainSID.ValueString(), plan.IPAccessControlListSID.ValueString())
		if err != nil {
			resp.Diagnostics.Append(aboutDomainMapping("update", plan.domainMappingModel, limit).failed(ctx, client, err))
			return
		}
		plan.domainMappingModel = plan.completed(newDomainMappingModel(mapping).spelledAs(plan.domainMappingModel))
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, plan.identity())...)
}

func (r *domainMappingResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state domainMappingResourceModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	client := r.use(&resp.Diagnostics)
	ctx, cancel, limit := deleteLimit(ctx, state.Timeouts, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	err := client.DeleteDomainMapping(ctx, state.AccountSID.ValueString(), state.DomainSID.ValueString(), state.IPAccessControlListSID.ValueString())
	if err != nil {
		resp.Diagnostics.Append(aboutDomainMapping("delete", state.domainMappingModel, limit).failed(ctx, client, err))
	}
}

func (r *domainMappingResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	client := r.use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	sids := importSIDs(ctx, req, domainMappingImport, map[string]string{
		"account_sid": twilio.PrefixAccount, "domain_sid": twilio.PrefixDomain, "ip_access_control_list_sid": twilio.PrefixIPAccessControlList,
	}, client, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	imported := newDomainMappingModel(twilio.DomainMapping{
		AccountSID: sids[twilio.PrefixAccount], DomainSID: sids[twilio.PrefixDomain], IPAccessControlListSID: sids[twilio.PrefixIPAccessControlList],
	})
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("account_sid"), imported.AccountSID)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("domain_sid"), imported.DomainSID)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), imported.ID)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("ip_access_control_list_sid"), imported.IPAccessControlListSID)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("sid"), imported.SID)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, imported.identity())...)
	resp.Diagnostics.Append(setImportMark(ctx, resp.Private)...)
}

// The actions on mappings, for diagnostics.

func aboutDomainMapping(verb string, m domainMappingModel, limit timeout) action {
	return action{
		verb: verb, noun: domainMappingNoun,
		object: "the mapping of " + ipAccessControlListNoun + " " + m.IPAccessControlListSID.ValueString() + " to SIP domain " + m.DomainSID.ValueString(),
		place:  "account " + m.AccountSID.ValueString(), account: m.AccountSID.ValueString(),
		timeout:       limit,
		missingAdvice: "It was deleted outside of Terraform. Plan again: a refresh shows what is left.",
	}
}

// creatingDomainMapping finds out what is missing when Twilio did not find something: the domain or the list.
func creatingDomainMapping(ctx context.Context, plan domainMappingModel, client *twilio.Client, limit timeout, err error) action {
	plan.AccountSID = accountOr(plan.AccountSID, client)
	account, domain, list := plan.AccountSID.ValueString(), plan.DomainSID.ValueString(), plan.IPAccessControlListSID.ValueString()
	a := aboutDomainMapping("create", plan, limit)
	a.importID = func(string) string { return account + "/" + domain + "/" + list }
	if !twilio.IsNotFound(err) {
		return a
	}
	const sameAccount = " Domain and list must be in the same account; account_sid names it, if it is not the provider's."
	if _, domainErr := client.Domain(ctx, account, domain); domainErr == nil {
		a.missing, a.missingAdvice = path.Root("ip_access_control_list_sid"), "The domain is there; check that the list is."+sameAccount
	} else {
		a.missing, a.missingAdvice = path.Root("domain_sid"), "Check that the domain exists."+sameAccount
	}
	return a
}

func readingDomainMapping(m domainMappingModel, imported bool, limit timeout) action {
	a := aboutDomainMapping("read", m, limit)
	if imported {
		a.verb = "import"
		a.missingAdvice = "Check both SIDs, and that the list is mapped to the domain. A mapping of a subaccount is imported with its account: AC…/SD…/AL…"
	}
	return a
}
