// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var (
	_ datasource.DataSource              = (*trunkAssociationsDataSource)(nil)
	_ datasource.DataSourceWithConfigure = (*trunkAssociationsDataSource)(nil)
)

type trunkAssociationsDataSource struct{ dataSourceClient }

type trunkAssociationsModel struct {
	AccountSID   types.String            `tfsdk:"account_sid"`
	Associations []trunkAssociationModel `tfsdk:"ip_access_control_lists"`
	TrunkSID     types.String            `tfsdk:"trunk_sid"`
}

func newTrunkAssociationsDataSource() datasource.DataSource { return &trunkAssociationsDataSource{} }

func (d *trunkAssociationsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sip_trunking_ip_access_control_lists"
}

func (d *trunkAssociationsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Gives the associations of an Elastic SIP trunk: which lists are in force for it.",
		Attributes: map[string]schema.Attribute{
			"account_sid": trunkAccountSIDArgument(),
			"ip_access_control_lists": schema.ListNestedAttribute{
				MarkdownDescription: "The associations, in the API's order.",
				Computed:            true,
				NestedObject:        schema.NestedAttributeObject{Attributes: trunkAssociationDataSourceAttributes()},
			},
			"trunk_sid": sidArgument(twilio.PrefixTrunk, "SID (`TK…`) of the trunk to look at."),
		},
	}
}

func (d *trunkAssociationsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model trunkAssociationsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	client := d.use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	checkTrunkAccount(client, model.AccountSID, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel, limit := dataSourceLimit(ctx)
	defer cancel()

	model.AccountSID = accountOr(model.AccountSID, client)
	trunk := model.TrunkSID.ValueString()
	model.Associations = []trunkAssociationModel{}
	for association, err := range each(client.TrunkAssociations(ctx, trunk)) {
		if err != nil {
			resp.Diagnostics.Append(listingTrunkAssociations(trunk, client, limit).failed(ctx, client, err))
			return
		}
		// The answer knows better than the configuration when an API key is another account's.
		model.AccountSID = types.StringValue(association.AccountSID)
		model.Associations = append(model.Associations, newTrunkAssociationModel(association))
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
}

func listingTrunkAssociations(trunk string, client *twilio.Client, limit timeout) action {
	return action{
		verb: "list", noun: trunkAssociationNoun + "s", object: "the associations of Elastic SIP trunk " + trunk,
		timeout:       limit,
		missing:       path.Root("trunk_sid"),
		missingAdvice: "Check that the trunk exists. " + trunkReach(client),
	}
}
