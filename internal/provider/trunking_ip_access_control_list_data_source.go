// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var (
	_ datasource.DataSource              = (*trunkAssociationDataSource)(nil)
	_ datasource.DataSourceWithConfigure = (*trunkAssociationDataSource)(nil)
)

type trunkAssociationDataSource struct{ dataSourceClient }

func newTrunkAssociationDataSource() datasource.DataSource { return &trunkAssociationDataSource{} }

func (d *trunkAssociationDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sip_trunking_ip_access_control_list"
}

func (d *trunkAssociationDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := trunkAssociationDataSourceAttributes()
	attributes["account_sid"] = trunkAccountSIDArgument()
	attributes["trunk_sid"] = sidArgument(twilio.PrefixTrunk, "SID (`TK…`) of the trunk.")
	attributes["ip_access_control_list_sid"] = sidArgument(twilio.PrefixIPAccessControlList, "SID (`AL…`) of the list. That it is not associated with the trunk is an error.")
	resp.Schema = schema.Schema{
		MarkdownDescription: "Looks up the association of one SIP IP access control list with an Elastic SIP trunk.",
		Attributes:          attributes,
	}
}

// trunkAssociationDataSourceAttributes are the attributes of an association that is looked up, all computed.
func trunkAssociationDataSourceAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"account_sid":                schema.StringAttribute{MarkdownDescription: "SID (`AC…`) of the account that owns trunk and list.", Computed: true},
		"date_created":               schema.StringAttribute{MarkdownDescription: dateCreatedDescription, Computed: true},
		"date_updated":               schema.StringAttribute{MarkdownDescription: dateUpdatedDescription, Computed: true},
		"friendly_name":              schema.StringAttribute{MarkdownDescription: "Name of the list.", Computed: true},
		"id":                         schema.StringAttribute{MarkdownDescription: "`trunk_sid` and `ip_access_control_list_sid` with a slash between them.", Computed: true},
		"ip_access_control_list_sid": schema.StringAttribute{MarkdownDescription: "SID (`AL…`) of the list.", Computed: true},
		"sid":                        schema.StringAttribute{MarkdownDescription: "SID of the association, which is the list's.", Computed: true},
		"trunk_sid":                  schema.StringAttribute{MarkdownDescription: "SID (`TK…`) of the trunk.", Computed: true},
		"url":                        schema.StringAttribute{MarkdownDescription: "Address of the association.", Computed: true},
	}
}

func (d *trunkAssociationDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config trunkAssociationModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	client := d.use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	checkTrunkAccount(client, config.AccountSID, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel, limit := dataSourceLimit(ctx)
	defer cancel()

	association, err := client.TrunkAssociation(ctx, config.TrunkSID.ValueString(), config.IPAccessControlListSID.ValueString())
	if err != nil {
		what := aboutTrunkAssociation("read", config, limit)
		what.missing, what.missingAdvice = path.Root("ip_access_control_list_sid"),
			"Check both SIDs, and that the list is associated with the trunk. "+trunkReach(client)
		resp.Diagnostics.Append(what.failed(ctx, client, err))
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, newTrunkAssociationModel(association))...)
}
