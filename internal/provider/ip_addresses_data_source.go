// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

var (
	_ datasource.DataSource              = (*ipAddressesDataSource)(nil)
	_ datasource.DataSourceWithConfigure = (*ipAddressesDataSource)(nil)
)

type ipAddressesDataSource struct{ dataSourceClient }

type ipAddressesModel struct {
	AccountSID             types.String     `tfsdk:"account_sid"`
	IPAccessControlListSID types.String     `tfsdk:"ip_access_control_list_sid"`
	IPAddresses            []ipAddressModel `tfsdk:"ip_addresses"`
}

func newIPAddressesDataSource() datasource.DataSource { return &ipAddressesDataSource{} }

func (d *ipAddressesDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sip_ip_addresses"
}

func (d *ipAddressesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Gives the entries of a SIP IP access control list.",
		Attributes: map[string]schema.Attribute{
			"account_sid":                accountSIDArgument(),
			"ip_access_control_list_sid": ipAccessControlListSIDArgument(),
			"ip_addresses": schema.ListNestedAttribute{
				MarkdownDescription: "The entries, in the API's order.",
				Computed:            true,
				NestedObject:        schema.NestedAttributeObject{Attributes: ipAddressDataSourceAttributes()},
			},
		},
	}
}

func (d *ipAddressesDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model ipAddressesModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	client := d.use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel, limit := dataSourceLimit(ctx)
	defer cancel()

	model.AccountSID = accountOr(model.AccountSID, client)
	account, list := model.AccountSID.ValueString(), model.IPAccessControlListSID.ValueString()
	model.IPAddresses = []ipAddressModel{}
	for address, err := range each(client.IPAddresses(ctx, account, list)) {
		var entry ipAddressModel
		if err == nil {
			entry, err = newIPAddressModel(address)
		}
		if err != nil {
			resp.Diagnostics.Append(listingIPAddresses(account, list, limit).failed(ctx, client, err))
			return
		}
		model.IPAddresses = append(model.IPAddresses, entry)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
}

func listingIPAddresses(account, list string, limit timeout) action {
	return action{
		verb: "list", noun: "IP addresses", object: "the entries of " + ipAccessControlListNoun + " " + list,
		place: "account " + account, account: account, timeout: limit,
		missing:       path.Root("ip_access_control_list_sid"),
		missingAdvice: "Check that the list exists, and account_sid if it belongs to a subaccount.",
	}
}
