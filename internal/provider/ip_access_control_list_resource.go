// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/mapplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var (
	_ resource.Resource                = (*ipAccessControlListResource)(nil)
	_ resource.ResourceWithConfigure   = (*ipAccessControlListResource)(nil)
	_ resource.ResourceWithIdentity    = (*ipAccessControlListResource)(nil)
	_ resource.ResourceWithImportState = (*ipAccessControlListResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*ipAccessControlListResource)(nil)
)

type ipAccessControlListResource struct{ resourceClient }

func newIPAccessControlListResource() resource.Resource { return &ipAccessControlListResource{} }

// ipAccessControlListImport are the import IDs of a list.
var ipAccessControlListImport = importForms{
	noun: "an " + ipAccessControlListNoun,
	forms: []importForm{
		"{AL}",
		"{AC}/{AL}",
		"/Accounts/{AC}/SIP/IpAccessControlLists/{AL}",
	},
}

func (r *ipAccessControlListResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sip_ip_access_control_list"
}

func (r *ipAccessControlListResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		// Version 0 is left to states written by RJPearson94/twilio, which uses the same type name.
		Version: 1,
		MarkdownDescription: "A SIP IP access control list: the IPv4 addresses from which Twilio accepts calls. " +
			"It takes effect where a SIP domain or an Elastic SIP trunk uses it, and is not deleted as long as one does.",
		Attributes: map[string]schema.Attribute{
			"account_sid":  accountSIDAttribute(accountSIDDescription),
			"date_created": stableAttribute(dateCreatedDescription),
			"date_updated": dateUpdatedAttribute(),
			"friendly_name": schema.StringAttribute{
				MarkdownDescription: "Name of the list, 1 to 255 characters. Lists may share a name.",
				Required:            true,
				Validators:          []validator.String{friendlyNameLength()},
			},
			"id": stableAttribute("The same as `sid`."),
			"ip_addresses": schema.MapAttribute{
				MarkdownDescription: "The addresses in the list, at most 100: an IPv4 address or CIDR block => its name of 1 to 255 characters. " +
					"The map is the whole truth: what else is in the list is removed at the next apply. `{}` keeps the list empty. " +
					"Left out, the addresses are not this resource's business, for example because they are `twilio_sip_ip_address` resources; " +
					"taken out of the configuration later, the entries stay in the list. " +
					"An import shows them in the state in either case. " +
					"A change is made with the fewest requests, and at every moment of it the list allows each address that it allowed before and will allow after, " +
					"and none that neither allows. `198.51.100.7` and `198.51.100.7/32` are the same entry. " +
					"If the list already holds an entry twice, the state shows the second one as `198.51.100.7 (IP…)`, and the next apply removes it.",
				ElementType:   types.StringType,
				Optional:      true,
				Computed:      true,
				Validators:    []validator.Map{ipAddressesValidator{}},
				PlanModifiers: []planmodifier.Map{ipAddressesPlan{}},
			},
			"sid": stableAttribute("SID (`AL…`) of the list."),
			"subresource_uris": schema.MapAttribute{
				MarkdownDescription: "Addresses of what belongs to the list, by name, relative to the API's host.",
				ElementType:         types.StringType,
				Computed:            true,
				PlanModifiers:       []planmodifier.Map{mapplanmodifier.UseNonNullStateForUnknown()},
			},
			"uri": stableAttribute("Address of the list, relative to the API's host."),
		},
		Blocks: map[string]schema.Block{"timeouts": timeoutsBlock(ctx)},
	}
}

func (r *ipAccessControlListResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"account_sid": accountIdentity(),
			"sid":         sidIdentity("SID (AL…) of the list."),
		},
	}
}

func (r *ipAccessControlListResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		var state ipAccessControlListResourceModel
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
		resp.Diagnostics.Append(warnBeforeDelete(state.ipAccessControlListModel, r.client)...)
		return
	}
	var plan, state ipAccessControlListResourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	r.planComputed(ctx, req, resp, !plan.FriendlyName.Equal(state.FriendlyName))
	if !req.State.Raw.IsNull() && r.client != nil {
		r.planAdoption(ctx, plan, state, resp)
	}
}

// planAdoption warns of the entries that the plan does not show: those of a list that has existed without ip_addresses
// and now gets it. The entries read for that go to the apply, which needs their SIDs.
func (r *ipAccessControlListResource) planAdoption(ctx context.Context, plan, state ipAccessControlListResourceModel, resp *resource.ModifyPlanResponse) {
	replaced := !plan.AccountSID.Equal(state.AccountSID)
	if replaced || !state.IPAddresses.IsNull() || plan.IPAddresses.IsNull() || plan.IPAddresses.IsUnknown() {
		return
	}
	ctx, cancel, limit := readLimit(ctx, state.Timeouts, &resp.Diagnostics)
	defer cancel()
	change := r.addressChange(state, limit)
	held, err := change.read(ctx)
	if err != nil {
		resp.Diagnostics.Append(change.reading().failed(ctx, r.client, err))
		return
	}
	resp.Diagnostics.Append(newAddressBook(held).save(ctx, resp.Private)...)
	if removed := unwanted(held, plan.IPAddresses); len(removed) > 0 {
		resp.Diagnostics.AddAttributeWarning(path.Root("ip_addresses"), "IP addresses will be removed",
			fmt.Sprintf("IP access control list %s holds entries that ip_addresses does not have. Applying this plan removes them:\n%s\n\n"+
				"The plan cannot show them otherwise, because ip_addresses was not managed before.", state.SID.ValueString(), strings.Join(removed, "\n")))
	}
}

func (r *ipAccessControlListResource) addressChange(list ipAccessControlListResourceModel, limit timeout) addressChange {
	return addressChange{client: r.client, account: list.AccountSID.ValueString(), listSID: list.SID.ValueString(), timeout: limit}
}

func (r *ipAccessControlListResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan ipAccessControlListResourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	client := r.use(&resp.Diagnostics)
	ctx, cancel, limit := createLimit(ctx, plan.Timeouts, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}

	list, err := client.CreateIPAccessControlList(ctx, plan.AccountSID.ValueString(), plan.FriendlyName.ValueString())
	if err != nil {
		resp.Diagnostics.Append(creatingIPAccessControlList(plan, client, limit).failed(ctx, client, err))
		return
	}
	plan.complete(list)
	planned := plan.IPAddresses
	if !planned.IsNull() {
		plan.IPAddresses = spelled(nil)
	}
	// The list exists: from here on nothing may lose it.
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, plan.identity())...)
	if planned.IsNull() || resp.Diagnostics.HasError() {
		return
	}

	result := applyAddresses(ctx, r.addressChange(plan, limit), planned, []ipblock.Entry{}, true)
	if result.diags.HasError() {
		// Terraform marks what a failed create leaves as tainted, and no provider can prevent that. Calling it a success
		// instead would leave callers locked out behind a green pipeline.
		result.diags.AddError("IP access control list "+plan.SID.ValueString()+" is not complete",
			"Terraform has marked it as tainted: the next apply destroys the list and creates it anew. "+
				"To keep it and only add what is missing, run (with the resource's address in place of ADDRESS):\n  terraform untaint ADDRESS")
	}
	r.storeAddresses(ctx, result, &plan, planned, &resp.State, resp.Private, &resp.Diagnostics)
}

// applyAddresses brings the addresses of a list to the planned map.
func applyAddresses(ctx context.Context, change addressChange, planned types.Map, have []ipblock.Entry, known bool) addressResult {
	want, err := wantsOf(planned)
	if err != nil {
		// Keys that were unknown when the configuration was validated.
		return addressResult{entries: have, exact: known, diags: diag.Diagnostics{
			diag.NewAttributeErrorDiagnostic(path.Root("ip_addresses"), "Invalid IP address", err.Error()),
		}}
	}
	return change.apply(ctx, have, known, want)
}

// storeAddresses puts the outcome of a change into state and private state: the map as planned if all was done, otherwise
// what is really there.
func (r *ipAccessControlListResource) storeAddresses(ctx context.Context, result addressResult, list *ipAccessControlListResourceModel, planned types.Map, state *tfsdk.State, private privateState, diags *diag.Diagnostics) {
	diags.Append(result.diags...)
	switch {
	case !result.diags.HasError():
		list.IPAddresses = planned
	case result.entries != nil:
		list.IPAddresses = spelled(result.entries, planned, list.IPAddresses)
	}
	book := newAddressBook(result.entries)
	if !result.exact {
		book.Entries = nil
	}
	diags.Append(book.save(ctx, private)...)
	diags.Append(state.Set(ctx, list)...)
}

func (r *ipAccessControlListResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state ipAccessControlListResourceModel
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

	list, err := client.IPAccessControlList(ctx, state.AccountSID.ValueString(), state.SID.ValueString())
	if twilio.IsNotFound(err) && !imported {
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		resp.Diagnostics.Append(readingIPAccessControlList(state.ipAccessControlListModel, imported, limit).failed(ctx, client, err))
		return
	}
	state.ipAccessControlListModel = newIPAccessControlListModel(list)
	book := loadAddressBook(ctx, resp.Private)
	switch {
	case book.Released:
		state.IPAddresses = types.MapNull(types.StringType)
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, bookKey, nil)...)
	case imported || !state.IPAddresses.IsNull():
		change := r.addressChange(state, limit)
		held, err := change.read(ctx)
		if twilio.IsNotFound(err) && !imported {
			resp.State.RemoveResource(ctx)
			return
		}
		if err != nil {
			resp.Diagnostics.Append(change.reading().failed(ctx, client, err))
			return
		}
		state.IPAddresses = spelled(held, state.IPAddresses)
		read := newAddressBook(held)
		read.Undecided = imported || book.Undecided
		resp.Diagnostics.Append(read.save(ctx, resp.Private)...)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
}

func (r *ipAccessControlListResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state ipAccessControlListResourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	client := r.use(&resp.Diagnostics)
	ctx, cancel, limit := updateLimit(ctx, plan.Timeouts, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}

	if !plan.FriendlyName.Equal(state.FriendlyName) {
		list, err := client.UpdateIPAccessControlList(ctx, state.AccountSID.ValueString(), state.SID.ValueString(), plan.FriendlyName.ValueString())
		if err != nil {
			resp.Diagnostics.Append(changingIPAccessControlList("update", state.ipAccessControlListModel, limit).failed(ctx, client, err))
			return
		}
		plan.complete(list)
	}
	planned := plan.IPAddresses
	plan.IPAddresses = state.IPAddresses
	// The rename is done, whatever becomes of the addresses.
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, plan.identity())...)
	if resp.Diagnostics.HasError() {
		return
	}

	var configured types.Map
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("ip_addresses"), &configured)...)
	book := loadAddressBook(ctx, req.Private)
	if configured.IsNull() {
		plan.IPAddresses = planned
		resp.Diagnostics.Append(addressBook{Released: !planned.IsNull()}.save(ctx, resp.Private)...)
		resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
		return
	}
	have, known := book.known()
	change := r.addressChange(plan, limit)
	change.outlook = " The next apply does the rest."
	result := applyAddresses(ctx, change, planned, have, known)
	r.storeAddresses(ctx, result, &plan, planned, &resp.State, resp.Private, &resp.Diagnostics)
}

func (r *ipAccessControlListResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state ipAccessControlListResourceModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	client := r.use(&resp.Diagnostics)
	ctx, cancel, limit := deleteLimit(ctx, state.Timeouts, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(deleteIPAccessControlList(ctx, client, state.ipAccessControlListModel, limit)...)
}

func (r *ipAccessControlListResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	client := r.use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	sids := importSIDs(ctx, req, ipAccessControlListImport, map[string]string{
		"account_sid": twilio.PrefixAccount, "sid": twilio.PrefixIPAccessControlList,
	}, client, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	imported := ipAccessControlListIdentity{
		AccountSID: types.StringValue(sids[twilio.PrefixAccount]),
		SID:        types.StringValue(sids[twilio.PrefixIPAccessControlList]),
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("account_sid"), imported.AccountSID)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), imported.SID)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("sid"), imported.SID)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, imported)...)
	resp.Diagnostics.Append(setImportMark(ctx, resp.Private)...)
}

// complete takes over from Twilio's answer what the plan left open.
func (m *ipAccessControlListResourceModel) complete(list twilio.IPAccessControlList) {
	name := m.FriendlyName
	m.ipAccessControlListModel = newIPAccessControlListModel(list)
	// Terraform allows no planned value to come out different. Should Twilio ever change a name, the next refresh shows it.
	m.FriendlyName = name
}

// The actions on lists, for diagnostics.

func creatingIPAccessControlList(plan ipAccessControlListResourceModel, client *twilio.Client, limit timeout) action {
	account := accountOr(plan.AccountSID, client).ValueString()
	return action{
		verb: "create", noun: ipAccessControlListNoun,
		object: ipAccessControlListNoun + " " + strconv.Quote(plan.FriendlyName.ValueString()),
		place:  "account " + account, account: account,
		timeout:       limit,
		missingAdvice: "Check that the account exists: it must be the provider's account or a subaccount of it.",
		importID:      func(sid string) string { return account + "/" + orPlaceholder(sid, "AL…") },
	}
}

func changingIPAccessControlList(verb string, m ipAccessControlListModel, limit timeout) action {
	return action{
		verb: verb, noun: ipAccessControlListNoun,
		object: ipAccessControlListNoun + " " + m.SID.ValueString(),
		place:  "account " + m.AccountSID.ValueString(), account: m.AccountSID.ValueString(),
		timeout:       limit,
		missingAdvice: "It was deleted outside of Terraform. Plan again: a refresh shows what is left.",
	}
}

func readingIPAccessControlList(m ipAccessControlListModel, imported bool, limit timeout) action {
	a := changingIPAccessControlList("read", m, limit)
	if imported {
		a.verb = "import"
		a.missingAdvice = "Check the SID. A list of a subaccount is imported with its account: AC…/AL…"
	}
	return a
}
