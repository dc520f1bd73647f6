// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

var (
	_ datasource.DataSource              = (*ipAccessControlListsDataSource)(nil)
	_ datasource.DataSourceWithConfigure = (*ipAccessControlListsDataSource)(nil)
)

type ipAccessControlListsDataSource struct{ dataSourceClient }

type ipAccessControlListsModel struct {
	AccountSID           types.String               `tfsdk:"account_sid"`
	FriendlyNamePrefix   types.String               `tfsdk:"friendly_name_prefix"`
	IPAccessControlLists []ipAccessControlListModel `tfsdk:"ip_access_control_lists"`
}

func newIPAccessControlListsDataSource() datasource.DataSource {
	return &ipAccessControlListsDataSource{}
}

func (d *ipAccessControlListsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sip_ip_access_control_lists"
}

func (d *ipAccessControlListsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Gives the SIP IP access control lists of an account.",
		Attributes: map[string]schema.Attribute{
			"account_sid": accountSIDArgument(),
			"friendly_name_prefix": schema.StringAttribute{
				MarkdownDescription: "Only lists whose name begins with this.",
				Optional:            true,
			},
			"ip_access_control_lists": schema.ListNestedAttribute{
				MarkdownDescription: "The lists, in the API's order.",
				Computed:            true,
				NestedObject:        schema.NestedAttributeObject{Attributes: ipAccessControlListDataSourceAttributes()},
			},
		},
	}
}

func (d *ipAccessControlListsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model ipAccessControlListsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	client := d.use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel, limit := dataSourceLimit(ctx)
	defer cancel()

	model.AccountSID = accountOr(model.AccountSID, client)
	model.IPAccessControlLists = []ipAccessControlListModel{}
	for list, err := range each(client.AllIPAccessControlLists(ctx, model.AccountSID.ValueString())) {
		if err != nil {
			resp.Diagnostics.Append(listingIPAccessControlLists(model.AccountSID.ValueString(), limit).failed(ctx, client, err))
			return
		}
		if strings.HasPrefix(list.FriendlyName, model.FriendlyNamePrefix.ValueString()) {
			model.IPAccessControlLists = append(model.IPAccessControlLists, newIPAccessControlListModel(list))
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
}

func listingIPAccessControlLists(account string, limit timeout) action {
	return action{
		verb: "list", noun: ipAccessControlListNoun + "s", object: ipAccessControlListNoun + "s",
		place: "account " + account, account: account, timeout: limit,
		missingAdvice: "Check that the account exists: it must be the provider's account or a subaccount of it.",
	}
}
