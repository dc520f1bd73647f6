// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipaddress

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var _ datasource.DataSourceWithConfigure = (*allDataSource)(nil)

type allDataSource struct{ operation.DataSource }

type allModel struct {
	AccountSID             types.String `tfsdk:"account_sid"`
	IPAccessControlListSID types.String `tfsdk:"ip_access_control_list_sid"`
	IPAddresses            []model      `tfsdk:"ip_addresses"`
}

// NewAllDataSource returns the data source twilio_sip_ip_addresses.
func NewAllDataSource() datasource.DataSource { return &allDataSource{} }

func (d *allDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sip_ip_addresses"
}

func (d *allDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the entries of a SIP IP access control list.\n" + documentation,
		Attributes: map[string]schema.Attribute{
			"account_sid":                attribute.LookupAccountSID(),
			"ip_access_control_list_sid": attribute.LookupSID(twilio.PrefixIPAccessControlList, "SID of the list (`AL…`)."),
			"ip_addresses": schema.ListNestedAttribute{
				MarkdownDescription: "Entries of the list, in API order.",
				Computed:            true,
				NestedObject:        schema.NestedAttributeObject{Attributes: computedAttributes()},
			},
		},
	}
}

func (d *allDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var result allModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &result)...)
	attribute.CheckGenerated(ctx, req.Config, &resp.Diagnostics)
	client := d.Client(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel, timeout := operation.WithLookupTimeout(ctx)
	defer cancel()

	result.AccountSID = operation.AccountOrDefault(result.AccountSID, client)
	account, list := result.AccountSID.ValueString(), result.IPAccessControlListSID.ValueString()
	entries, err := newModels(client.IPAddresses(ctx, account, list))
	if err != nil {
		resp.Diagnostics.Append(listOperation(account, list, timeout).Diagnostic(ctx, client, err))
		return
	}
	result.IPAddresses = entries
	resp.Diagnostics.Append(resp.State.Set(ctx, result)...)
}
