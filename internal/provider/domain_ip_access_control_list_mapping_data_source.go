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
	_ datasource.DataSource              = (*domainMappingDataSource)(nil)
	_ datasource.DataSourceWithConfigure = (*domainMappingDataSource)(nil)
)

type domainMappingDataSource struct{ dataSourceClient }

func newDomainMappingDataSource() datasource.DataSource { return &domainMappingDataSource{} }

func (d *domainMappingDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sip_domain_ip_access_control_list_mapping"
}

func (d *domainMappingDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := domainMappingDataSourceAttributes()
	attributes["account_sid"] = accountSIDArgument()
	attributes["domain_sid"] = sidArgument(twilio.PrefixDomain, "SID (`SD…`) of the domain.")
	attributes["ip_access_control_list_sid"] = sidArgument(twilio.PrefixIPAccessControlList, "SID (`AL…`) of the list. That it is not mapped to the domain is an error.")
	resp.Schema = schema.Schema{
		MarkdownDescription: "Looks up the mapping of one SIP IP access control list to a SIP domain.",
		Attributes:          attributes,
	}
}

// domainMappingDataSourceAttributes are the attributes of a mapping that is looked up, all computed.
func domainMappingDataSourceAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"account_sid":                schema.StringAttribute{MarkdownDescription: "SID (`AC…`) of the account that owns domain and list.", Computed: true},
		"date_created":               schema.StringAttribute{MarkdownDescription: dateCreatedDescription, Computed: true},
		"date_updated":               schema.StringAttribute{MarkdownDescription: dateUpdatedDescription, Computed: true},
		"domain_sid":                 schema.StringAttribute{MarkdownDescription: "SID (`SD…`) of the domain.", Computed: true},
		"friendly_name":              schema.StringAttribute{MarkdownDescription: "Name of the list.", Computed: true},
		"id":                         schema.StringAttribute{MarkdownDescription: "`domain_sid` and `ip_access_control_list_sid` with a slash between them.", Computed: true},
		"ip_access_control_list_sid": schema.StringAttribute{MarkdownDescription: "SID (`AL…`) of the list.", Computed: true},
		"sid":                        schema.StringAttribute{MarkdownDescription: "SID of the mapping, which is the list's.", Computed: true},
	}
}

func (d *domainMappingDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config domainMappingModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	client := d.use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel, limit := dataSourceLimit(ctx)
	defer cancel()

	config.AccountSID = accountOr(config.AccountSID, client)
	mapping, err := client.DomainMapping(ctx, config.AccountSID.ValueString(), config.DomainSID.ValueString(), config.IPAccessControlListSID.ValueString())
	if err != nil {
		what := aboutDomainMapping("read", config, limit)
		what.missing, what.missingAdvice = path.Root("ip_access_control_list_sid"),
			"Check both SIDs, account_sid if the domain belongs to a subaccount, and that the list is mapped to the domain."
		resp.Diagnostics.Append(what.failed(ctx, client, err))
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, newDomainMappingModel(mapping))...)
}
