// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64default"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var (
	_ resource.Resource                   = (*ipAddressResource)(nil)
	_ resource.ResourceWithConfigure      = (*ipAddressResource)(nil)
	_ resource.ResourceWithIdentity       = (*ipAddressResource)(nil)
	_ resource.ResourceWithImportState    = (*ipAddressResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*ipAddressResource)(nil)
	_ resource.ResourceWithValidateConfig = (*ipAddressResource)(nil)
)

type ipAddressResource struct{ resourceClient }

func newIPAddressResource() resource.Resource { return &ipAddressResource{} }

// ipAddressImport are the import IDs of an entry.
var ipAddressImport = importForms{
	noun: "an " + ipAddressNoun,
	forms: []importForm{
		"{AL}/{IP}",
		"{AC}/{AL}/{IP}",
		"/Accounts/{AC}/SIP/IpAccessControlLists/{AL}/IpAddresses/{IP}",
		"/Accounts/{AC}/IpAccessControlLists/{AL}/IpAddresses/{IP}",
	},
}

func (r *ipAddressResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sip_ip_address"
}

func (r *ipAddressResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		// Version 0 is left to states written by RJPearson94/twilio, which uses the same type name.
		Version: 1,
		MarkdownDescription: "One entry of a SIP IP access control list: an IPv4 address or CIDR block from which Twilio accepts calls. " +
			"It is for teams that own single entries; `ip_addresses` of `twilio_sip_ip_access_control_list` manages a whole list. " +
			"Use one or the other for a list, not both: each would undo what the other does.",
		Attributes: map[string]schema.Attribute{
			"account_sid": accountSIDAttribute(accountSIDDescription),
			"cidr_block": schema.StringAttribute{
				MarkdownDescription: "The entry as a CIDR block without host bits, for example `198.51.100.7/32` or `203.0.113.0/24`.",
				Computed:            true,
			},
			"cidr_prefix_length": schema.Int64Attribute{
				MarkdownDescription: "How many leading bits the allowed addresses have in common, 1 to 32; default 32, the address alone. " +
					"Twilio stores 0 as 32 without an error; to allow every address, make two entries of prefix length 1: 0.0.0.0 and 128.0.0.0.",
				Optional:   true,
				Computed:   true,
				Default:    int64default.StaticInt64(32),
				Validators: []validator.Int64{prefixLengthNumber{}},
			},
			"date_created": stableAttribute(dateCreatedDescription),
			"date_updated": dateUpdatedAttribute(),
			"friendly_name": schema.StringAttribute{
				MarkdownDescription: "Name of the entry, 1 to 255 characters. Entries may share a name.",
				Required:            true,
				Validators:          []validator.String{friendlyNameLength()},
			},
			"id": stableAttribute("The same as `sid`."),
			"ip_access_control_list_sid": schema.StringAttribute{
				MarkdownDescription: "SID (`AL…`) of the list that the entry is in. Changing it destroys the entry and creates another.",
				Required:            true,
				Validators:          []validator.String{sidOf(twilio.PrefixIPAccessControlList)},
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"ip_address": schema.StringAttribute{
				MarkdownDescription: "The IPv4 address, or any address of the block that `cidr_prefix_length` makes of it.",
				Required:            true,
				Validators:          []validator.String{addressText{}},
			},
			"sid": stableAttribute("SID (`IP…`) of the entry."),
			"uri": stableAttribute("Address of the entry, relative to the API's host."),
		},
		Blocks: map[string]schema.Block{"timeouts": timeoutsBlock(ctx)},
	}
}

func (r *ipAddressResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"account_sid":                accountIdentity(),
			"ip_access_control_list_sid": sidIdentity("SID (AL…) of the list that the entry is in."),
			"sid":                        sidIdentity("SID (IP…) of the entry."),
		},
	}
}

func (r *ipAddressResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config ipAddressResourceModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if block, ok := config.block(); ok && block.HasHostBits() {
		resp.Diagnostics.AddAttributeWarning(path.Root("ip_address"), "IP address is wider than it looks", hostBits(block))
	}
}

func (r *ipAddressResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}
	var plan, state ipAddressResourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	plan.keepSpelling(state.ipAddressModel)
	resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("ip_address"), plan.IPAddress)...)
	if block, ok := plan.block(); ok {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("cidr_block"), block.Canonical().CIDR())...)
	}
	r.planComputed(ctx, req, resp, !plan.sameArguments(state.ipAddressModel))
}

// sameArguments reports whether nothing would be sent to Twilio to get from one to the other.
func (m ipAddressModel) sameArguments(other ipAddressModel) bool {
	return m.FriendlyName.Equal(other.FriendlyName) && m.IPAddress.Equal(other.IPAddress) && m.CIDRPrefixLength.Equal(other.CIDRPrefixLength)
}

func (r *ipAddressResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan ipAddressResourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	client := r.use(&resp.Diagnostics)
	ctx, cancel, limit := createLimit(ctx, plan.Timeouts, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}

	address, err := client.CreateIPAddress(ctx, plan.AccountSID.ValueString(), plan.IPAccessControlListSID.ValueString(), plan.fields())
	if err != nil {
		resp.Diagnostics.Append(creatingIPAddress(plan.ipAddressModel, client, limit).failed(ctx, client, err))
		return
	}
	plan.complete(address)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, plan.identity())...)
}

func (r *ipAddressResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state ipAddressResourceModel
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

	address, err := client.IPAddress(ctx, state.AccountSID.ValueString(), state.IPAccessControlListSID.ValueString(), state.SID.ValueString())
	if twilio.IsNotFound(err) && !imported {
		resp.State.RemoveResource(ctx)
		return
	}
	var held ipAddressModel
	if err == nil {
		held, err = newIPAddressModel(address)
	}
	if err != nil {
		resp.Diagnostics.Append(readingIPAddress(state.ipAddressModel, imported, limit).failed(ctx, client, err))
		return
	}
	held.keepSpelling(state.ipAddressModel)
	state.ipAddressModel = held
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
}

func (r *ipAddressResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state ipAddressResourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	client := r.use(&resp.Diagnostics)
	ctx, cancel, limit := updateLimit(ctx, plan.Timeouts, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}

	// A change of the timeouts alone needs no request.
	if !plan.sameArguments(state.ipAddressModel) {
		address, err := client.UpdateIPAddress(ctx, state.AccountSID.ValueString(), state.IPAccessControlListSID.ValueString(), state.SID.ValueString(), plan.fields())
		if err != nil {
			resp.Diagnostics.Append(changingIPAddress("update", state.ipAddressModel, limit).failed(ctx, client, err))
			return
		}
		plan.complete(address)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, plan.identity())...)
}

func (r *ipAddressResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state ipAddressResourceModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	client := r.use(&resp.Diagnostics)
	ctx, cancel, limit := deleteLimit(ctx, state.Timeouts, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	err := client.DeleteIPAddress(ctx, state.AccountSID.ValueString(), state.IPAccessControlListSID.ValueString(), state.SID.ValueString())
	if err != nil {
		resp.Diagnostics.Append(changingIPAddress("delete", state.ipAddressModel, limit).failed(ctx, client, err))
	}
}

func (r *ipAddressResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	client := r.use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	sids := importSIDs(ctx, req, ipAddressImport, map[string]string{
		"account_sid": twilio.PrefixAccount, "ip_access_control_list_sid": twilio.PrefixIPAccessControlList, "sid": twilio.PrefixIPAddress,
	}, client, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	imported := ipAddressIdentity{
		AccountSID:             types.StringValue(sids[twilio.PrefixAccount]),
		IPAccessControlListSID: types.StringValue(sids[twilio.PrefixIPAccessControlList]),
		SID:                    types.StringValue(sids[twilio.PrefixIPAddress]),
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("account_sid"), imported.AccountSID)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("ip_access_control_list_sid"), imported.IPAccessControlListSID)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), imported.SID)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("sid"), imported.SID)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, imported)...)
	resp.Diagnostics.Append(setImportMark(ctx, resp.Private)...)
}

// complete takes over from Twilio's answer what the plan left open. Arguments stay as planned: Terraform allows nothing
// else, and the next refresh shows what Twilio made of them.
func (m *ipAddressResourceModel) complete(address twilio.IPAddress) {
	m.AccountSID = types.StringValue(address.AccountSID)
	m.DateCreated = rfc3339(address.DateCreated)
	m.DateUpdated = rfc3339(address.DateUpdated)
	m.ID = types.StringValue(address.SID)
	m.SID = types.StringValue(address.SID)
	m.URI = types.StringValue(address.URI)
	if block, ok := m.block(); ok {
		m.CIDRBlock = types.StringValue(block.Canonical().CIDR())
	}
}

// The actions on entries, for diagnostics.

func creatingIPAddress(plan ipAddressModel, client *twilio.Client, limit timeout) action {
	account, list := accountOr(plan.AccountSID, client).ValueString(), plan.IPAccessControlListSID.ValueString()
	object := ipAddressNoun + " " + plan.IPAddress.ValueString()
	if block, ok := plan.block(); ok {
		object = ipAddressNoun + " " + block.String()
	}
	return action{
		verb: "create", noun: ipAddressNoun, object: object,
		place: "list " + list + " of account " + account, account: account, timeout: limit,
		missing:       path.Root("ip_access_control_list_sid"),
		missingAdvice: "Check that the list exists, and account_sid if it belongs to a subaccount.",
		importID:      func(sid string) string { return account + "/" + list + "/" + orPlaceholder(sid, "IP…") },
	}
}

func changingIPAddress(verb string, m ipAddressModel, limit timeout) action {
	return action{
		verb: verb, noun: ipAddressNoun, object: ipAddressNoun + " " + m.SID.ValueString(),
		place:   "list " + m.IPAccessControlListSID.ValueString() + " of account " + m.AccountSID.ValueString(),
		account: m.AccountSID.ValueString(), timeout: limit,
		missingAdvice: "It was deleted outside of Terraform. Plan again: a refresh shows what is left.",
	}
}

func readingIPAddress(m ipAddressModel, imported bool, limit timeout) action {
	a := changingIPAddress("read", m, limit)
	if imported {
		a.verb = "import"
		a.missingAdvice = "Check both SIDs. An entry of a subaccount is imported with its account: AC…/AL…/IP…"
	}
	return a
}
