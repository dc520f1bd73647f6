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
	_ datasource.DataSource              = (*domainMappingsDataSource)(nil)
	_ datasource.DataSourceWithConfigure = (*domainMappingsDataSource)(nil)
)

type domainMappingsDataSource struct{ dataSourceClient }

type domainMappingsModel struct {
	AccountSID types.String         `tfsdk:"account_sid"`
	DomainSID  types.String         `tfsdk:"domain_sid"`
	Mappings   []domainMappingModel `tfsdk:"ip_access_control_list_mappings"`
}

func newDomainMappingsDataSource() datasource.DataSource { return &domainMappingsDataSource{} }

func (d *domainMappingsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sip_domain_ip_access_control_list_mappings"
}

func (d *domainMappingsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Gives the mappings of a SIP domain: which lists are in force for it.",
		Attributes: map[string]schema.Attribute{
			"account_sid": accountSIDArgument(),
			"domain_sid":  sidArgument(twilio.PrefixDomain, "SID (`SD…`) of the domain to look at."),
			"ip_access_control_list_mappings": schema.ListNestedAttribute{
				MarkdownDescription: "The mappings, in the API's order.",
				Computed:            true,
				NestedObject:        schema.NestedAttributeObject{Attributes: domainMappingDataSourceAttributes()},
			},
		},
	}
}

func (d *domainMappingsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model domainMappingsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	client := d.use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel, limit := dataSourceLimit(ctx)
	defer cancel()

	model.AccountSID = accountOr(model.AccountSID, client)
	account, domain := model.AccountSID.ValueString(), model.DomainSID.ValueString()
	model.Mappings = []domainMappingModel{}
	for mapping, err := range each(client.DomainMappings(ctx, account, domain)) {
		if err != nil {
			resp.Diagnostics.Append(listingDomainMappings(account, domain, limit).failed(ctx, client, err))
			return
		}
		model.Mappings = append(model.Mappings, newDomainMappingModel(mapping))
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
}

func listingDomainMappings(account, domain string, limit timeout) action {
	return action{
		verb: "list", noun: domainMappingNoun + "s", object: "the mappings of SIP domain " + domain,
		place: "account " + account, account: account, timeout: limit,
		missing:       path.Root("domain_sid"),
		missingAdvice: "Check that the domain exists, and account_sid if it belongs to a subaccount.",
	}
}
