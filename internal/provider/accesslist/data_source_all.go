// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package accesslist

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
)

var _ datasource.DataSourceWithConfigure = (*allDataSource)(nil)

type allDataSource struct{ operation.DataSource }

type allModel struct {
	AccountSID           types.String `tfsdk:"account_sid"`
	FriendlyNamePrefix   types.String `tfsdk:"friendly_name_prefix"`
	IPAccessControlLists []model      `tfsdk:"ip_access_control_lists"`
}

// NewAllDataSource returns the data source twilio_sip_ip_access_control_lists.
func NewAllDataSource() datasource.DataSource {
	return &allDataSource{}
}

func (d *allDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sip_ip_access_control_lists"
}

func (d *allDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the SIP IP access control lists of an account.\n" + documentation,
		Attributes: map[string]schema.Attribute{
			"account_sid": attribute.LookupAccountSID(),
			"friendly_name_prefix": schema.StringAttribute{
				MarkdownDescription: "Prefix of the names of the lists to return. If omitted, all lists are returned.",
				Optional:            true,
			},
			"ip_access_control_lists": schema.ListNestedAttribute{
				MarkdownDescription: "Matching lists, in API order.",
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
	result.IPAccessControlLists = []model{}
	lists, err := client.AllIPAccessControlLists(ctx, result.AccountSID.ValueString())
	if err != nil {
		resp.Diagnostics.Append(listOperation(result.AccountSID.ValueString(), timeout).Diagnostic(ctx, client, err))
		return
	}
	for _, list := range lists {
		if strings.HasPrefix(list.FriendlyName, result.FriendlyNamePrefix.ValueString()) {
			result.IPAccessControlLists = append(result.IPAccessControlLists, newModel(list))
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, result)...)
}
