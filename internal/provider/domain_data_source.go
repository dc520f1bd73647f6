// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var (
	_ datasource.DataSource                     = (*domainDataSource)(nil)
	_ datasource.DataSourceWithConfigure        = (*domainDataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*domainDataSource)(nil)
)

type domainDataSource struct{ dataSourceClient }

func newDomainDataSource() datasource.DataSource { return &domainDataSource{} }

func (d *domainDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sip_domain"
}

func (d *domainDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Looks up one SIP domain by its SID or its name, and tells which lists are in force for it.",
		Attributes: map[string]schema.Attribute{
			"account_sid": accountSIDArgument(),
			"auth_type": schema.StringAttribute{
				MarkdownDescription: "What callers are checked against, separated by commas: `IP_ACL`, `CREDENTIAL_LIST`. With both, both must pass. Empty: nobody may call.",
				Computed:            true,
			},
			"date_created": schema.StringAttribute{MarkdownDescription: dateCreatedDescription, Computed: true},
			"date_updated": schema.StringAttribute{MarkdownDescription: dateUpdatedDescription, Computed: true},
			"domain_name": schema.StringAttribute{
				MarkdownDescription: "Name of the domain in whole, such as `example.sip.twilio.com`. Exactly one of `sid` and `domain_name` is needed.",
				Optional:            true,
				Computed:            true,
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"friendly_name": schema.StringAttribute{MarkdownDescription: "Name of the domain for people.", Computed: true},
			"id":            schema.StringAttribute{MarkdownDescription: "The same as `sid`.", Computed: true},
			"ip_access_control_list_sids": schema.ListAttribute{
				MarkdownDescription: "SIDs (`AL…`) of the lists that are mapped to the domain, in the API's order.",
				ElementType:         types.StringType,
				Computed:            true,
			},
			"secure": schema.BoolAttribute{MarkdownDescription: "Whether calls must come with TLS and SRTP.", Computed: true},
			"sid": schema.StringAttribute{
				MarkdownDescription: "SID (`SD…`) of the domain. Exactly one of `sid` and `domain_name` is needed.",
				Optional:            true,
				Computed:            true,
				Validators:          []validator.String{sidOf(twilio.PrefixDomain)},
			},
			"uri":       schema.StringAttribute{MarkdownDescription: "Address of the domain, relative to the API's host.", Computed: true},
			"voice_url": schema.StringAttribute{MarkdownDescription: "Where Twilio asks what to do with a call; null if nowhere.", Computed: true},
		},
	}
}

func (d *domainDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("sid"), path.MatchRoot("domain_name"))}
}

func (d *domainDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config domainModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	client := d.use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel, limit := dataSourceLimit(ctx)
	defer cancel()
	account := accountOr(config.AccountSID, client).ValueString()

	var (
		domain twilio.Domain
		err    error
		what   = action{verb: "read", noun: domainNoun, place: "account " + account, account: account, timeout: limit}
	)
	if config.SID.IsNull() {
		name := config.DomainName.ValueString()
		what.verb, what.object = "list", domainNoun+"s"
		found, diags, walkErr := only(each(client.AllDomains(ctx, account)),
			// A host name is the same in upper and lower case.
			func(domain twilio.Domain) bool { return strings.EqualFold(domain.DomainName, name) },
			func(domain twilio.Domain) string { return domain.SID },
			fmt.Sprintf("%s with domain_name %q in account %s", domainNoun, name, account), path.Root("domain_name"))
		resp.Diagnostics.Append(diags...)
		if resp.Diagnostics.HasError() {
			return
		}
		domain, err = found, walkErr
	} else {
		what.object = domainNoun + " " + config.SID.ValueString()
		what.missing, what.missingAdvice = path.Root("sid"), "Check the SID, and account_sid if the domain belongs to a subaccount."
		domain, err = client.Domain(ctx, account, config.SID.ValueString())
	}
	if err != nil {
		resp.Diagnostics.Append(what.failed(ctx, client, err))
		return
	}
	mappings, err := client.DomainMappings(ctx, account, domain.SID)
	if err != nil {
		what := listingDomainMappings(account, domain.SID, limit)
		what.missing = path.Empty()
		resp.Diagnostics.Append(what.failed(ctx, client, err))
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, newDomainModel(domain, mappings))...)
}
