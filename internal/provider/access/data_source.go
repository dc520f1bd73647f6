// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package access

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attachment"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var (
	_ datasource.DataSourceWithConfigure        = (*dataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*dataSource)(nil)
)

type dataSource struct {
	operation.DataSource
	// mapping and association describe attachments to domains and trunks.
	mapping, association attachment.Kind
}

type dataSourceModel struct {
	model
	AccountSID types.String `tfsdk:"account_sid"`
	DomainSID  types.String `tfsdk:"domain_sid"`
	Entries    []entryModel `tfsdk:"entries"`
	TrunkSID   types.String `tfsdk:"trunk_sid"`
}

// NewDataSource returns the data source twilio_sip_effective_access. mapping and association describe attachments to domains and
// trunks.
func NewDataSource(mapping, association attachment.Kind) func() datasource.DataSource {
	return func() datasource.DataSource { return &dataSource{mapping: mapping, association: association} }
}

func (d *dataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sip_effective_access"
}

func (d *dataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Shows which addresses can call a SIP domain or an Elastic SIP trunk, and which entries allow them, no matter who manages the lists." + notes,
		Attributes: modelAttributes(map[string]schema.Attribute{
			"account_sid": attribute.LookupKey("SID of the account that owns the domain or trunk (`AC…`). Defaults to the provider's account. "+
				"With `trunk_sid`, it must be the provider's account.",
				attribute.IsSID(twilio.PrefixAccount)),
			"domain_sid": sidArgument(d.mapping),
			"entries": schema.ListNestedAttribute{
				MarkdownDescription: "Entries of all attached IP access control lists, in API order.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"cidr_block":                           attribute.Computed("CIDR block of the entry, such as `198.51.100.0/28` or `198.51.100.7/32`."),
					"friendly_name":                        attribute.Computed("Name of the entry."),
					"ip_access_control_list_friendly_name": attribute.Computed("Name of the list that contains the entry."),
					"ip_access_control_list_sid":           attribute.Computed("SID of the list that contains the entry (`AL…`)."),
					"sid":                                  attribute.Computed("SID of the entry (`IP…`)."),
				}},
			},
			"trunk_sid": sidArgument(d.association),
		}),
	}
}

func sidArgument(kind attachment.Kind) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: fmt.Sprintf("SID of the %s (`%s…`). Exactly one of `domain_sid` and `trunk_sid` must be set.", kind.ParentWord, kind.ParentPrefix),
		Optional:            true,
		Validators:          []validator.String{attribute.IsSID(kind.ParentPrefix)},
	}
}

func (d *dataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("domain_sid"), path.MatchRoot("trunk_sid"))}
}

func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var result dataSourceModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &result)...)
	attribute.CheckGenerated(ctx, req.Config, &resp.Diagnostics)
	client := d.Client(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel, timeout := operation.WithLookupTimeout(ctx)
	defer cancel()

	if result.TrunkSID.IsNull() {
		d.readDomain(ctx, client, &result, timeout, &resp.Diagnostics)
	} else {
		d.readTrunk(ctx, client, &result, timeout, &resp.Diagnostics)
	}
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.State.Set(ctx, result)...)
	}
}

func (d *dataSource) readDomain(ctx context.Context, client *twilio.Client, result *dataSourceModel, timeout operation.Timeout, diags *diag.Diagnostics) {
	result.AccountSID = operation.AccountOrDefault(result.AccountSID, client)
	account, sid := result.AccountSID.ValueString(), result.DomainSID.ValueString()
	access, err := client.DomainAccess(ctx, account, sid)
	if err == nil {
		result.model, result.Entries, err = newModel(access.AuthType, access.Access)
	}
	if err != nil {
		op := newOperation(d.mapping, client, attachment.SIDs{AccountSID: account, ParentSID: sid}, timeout)
		diags.Append(diagnostic(ctx, client, op, err))
	}
}

func (d *dataSource) readTrunk(ctx context.Context, client *twilio.Client, result *dataSourceModel, timeout operation.Timeout, diags *diag.Diagnostics) {
	if d.association.CheckAccount(client, result.AccountSID, diags); diags.HasError() {
		return
	}
	sid := result.TrunkSID.ValueString()
	access, err := client.TrunkAccess(ctx, sid)
	if err == nil {
		result.model, result.Entries, err = newModel(access.AuthType, access.Access)
	}
	if err != nil {
		op := newOperation(d.association, client, attachment.SIDs{ParentSID: sid}, timeout)
		diags.Append(diagnostic(ctx, client, op, err))
		return
	}
	if configured := result.AccountSID.ValueString(); configured != "" && !strings.EqualFold(configured, access.AccountSID) {
		// An API key may belong to a different account than the provider's.
		diags.AddAttributeError(path.Root("account_sid"), "Elastic SIP trunk belongs to another account", operation.Paragraphs(
			fmt.Sprintf("account_sid is %s, but trunk %s belongs to account %s.", configured, sid, access.AccountSID), d.association.AccountAdvice(client)))
		return
	}
	result.AccountSID = types.StringValue(access.AccountSID)
}
