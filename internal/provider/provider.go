// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package provider implements the provider: the schema of its block, the configuration of the client, and the registration of
// resources, data sources, list resources, and functions, which are in the packages below. All of them reach Twilio only through
// internal/twilio.
package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/access"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/accesslist"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attachment"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/cidr"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/domain"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/ipaddress"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/trunk"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var (
	_ provider.Provider                  = (*twilioProvider)(nil)
	_ provider.ProviderWithFunctions     = (*twilioProvider)(nil)
	_ provider.ProviderWithListResources = (*twilioProvider)(nil)
)

// typeName is the prefix of the names of all resources, data sources, and list resources.
const typeName = "twilio"

type twilioProvider struct {
	version string
	// configureClient may change the configuration of the client. Only tests set it.
	configureClient func(*twilio.Config)
}

// providerModel is the provider block.
type providerModel struct {
	AccountSID            types.String `tfsdk:"account_sid"`
	AuthToken             types.String `tfsdk:"auth_token"`
	APIKey                types.String `tfsdk:"api_key"`
	APISecret             types.String `tfsdk:"api_secret"`
	Region                types.String `tfsdk:"region"`
	Edge                  types.String `tfsdk:"edge"`
	BaseURL               types.String `tfsdk:"base_url"`
	MaxConcurrentRequests types.Int64  `tfsdk:"max_concurrent_requests"`
	ReadCache             types.Bool   `tfsdk:"read_cache"`
	ShortestPrefixLength  types.Int64  `tfsdk:"shortest_prefix_length"`
}

// New returns a function that creates a provider. version is part of the User-Agent header.
func New(version string) func() provider.Provider {
	return NewWithClientConfig(version, nil)
}

// NewWithClientConfig is like New with a function that may change the client's configuration, for example to shorten timeouts in
// tests. The function may be nil.
func NewWithClientConfig(version string, configureClient func(*twilio.Config)) func() provider.Provider {
	return func() provider.Provider {
		return &twilioProvider{version: version, configureClient: configureClient}
	}
}

func (p *twilioProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = typeName
	resp.Version = p.version
}

func (p *twilioProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Manages who can call you over SIP: Twilio IP access control lists, the IPv4 addresses in them, " +
			"and their attachments to SIP domains and Elastic SIP trunks.",
		Attributes: map[string]schema.Attribute{
			"account_sid": schema.StringAttribute{
				MarkdownDescription: "SID of the Twilio account (`AC…`). Can also be set with the `TWILIO_ACCOUNT_SID` environment variable.",
				Optional:            true,
			},
			"auth_token": schema.StringAttribute{
				MarkdownDescription: "Auth token of the account. Required unless `api_key` and `api_secret` are set. Can also be set with the `TWILIO_AUTH_TOKEN` environment variable.",
				Optional:            true,
				Sensitive:           true,
			},
			"api_key": schema.StringAttribute{
				MarkdownDescription: "SID of an API key (`SK…`), used together with `api_secret`. An API key takes precedence over an auth token, unless only the auth token is set in the provider block. " +
					"Can also be set with the `TWILIO_API_KEY` environment variable.",
				Optional:  true,
				Sensitive: true,
			},
			"api_secret": schema.StringAttribute{
				MarkdownDescription: "Secret of the API key. Can also be set with the `TWILIO_API_SECRET` environment variable.",
				Optional:            true,
				Sensitive:           true,
			},
			"region": schema.StringAttribute{
				MarkdownDescription: "Twilio region that processes requests, such as `us1` (the default), `ie1`, or `au1`. Regions other than `us1` also need `edge` and credentials of their own; " +
					"see [Regions](#regions). Can also be set with the `TWILIO_REGION` environment variable.",
				Optional:   true,
				Validators: []validator.String{attribute.IsHostLabel("region", exampleRegion)},
			},
			"edge": schema.StringAttribute{
				MarkdownDescription: "Twilio edge location of the region, such as `dublin` for `ie1` or `sydney` for `au1`. Requires `region`. Can also be set with the `TWILIO_EDGE` environment variable.",
				Optional:            true,
				Validators:          []validator.String{attribute.IsHostLabel("edge", exampleEdge)},
			},
			"base_url": schema.StringAttribute{
				MarkdownDescription: "URL that replaces Twilio's hosts, such as the URL of a test server or proxy; `region` and `edge` then have no effect. " +
					"Must use `https` unless the host is a loopback address, so credentials are never sent unencrypted over a network. " +
					"Can also be set with the `TWILIO_BASE_URL` environment variable.",
				Optional: true,
			},
			"max_concurrent_requests": schema.Int64Attribute{
				MarkdownDescription: "Maximum number of concurrent requests, from 1 to 1000. Defaults to 10; within this limit, the provider adapts to the account's limits. " +
					"Can also be set with the `TWILIO_MAX_CONCURRENT_REQUESTS` environment variable.",
				Optional:   true,
				Validators: []validator.Int64{int64validator.Between(1, maxConcurrentRequestsLimit)},
			},
			"read_cache": schema.BoolAttribute{
				MarkdownDescription: "Whether to read lists, entries, and attachments in bulk instead of one by one. Defaults to `true`. " +
					"Can also be set with the `TWILIO_READ_CACHE` environment variable.",
				Optional: true,
			},
			"shortest_prefix_length": schema.Int64Attribute{
				MarkdownDescription: "Shortest prefix length that an entry in the configuration can have, from 1 to 32. With `24`, for example, a plan fails if an entry is wider than a `/24`; " +
					"if omitted, every prefix length is allowed. Can also be set with the `TWILIO_SHORTEST_PREFIX_LENGTH` environment variable.",
				Optional:   true,
				Validators: []validator.Int64{int64validator.Between(1, maxPrefixLength)},
			},
		},
	}
}

func (p *twilioProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		accesslist.NewResource,
		ipaddress.NewResource,
		attachment.NewResource(domain.Mapping),
		attachment.NewResource(trunk.Association),
		attachment.NewExclusiveResource(domain.Mapping),
		attachment.NewExclusiveResource(trunk.Association),
	}
}

func (p *twilioProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		accesslist.NewDataSource,
		accesslist.NewAllDataSource,
		ipaddress.NewDataSource,
		ipaddress.NewAllDataSource,
		domain.NewDataSource,
		attachment.NewDataSource(domain.Mapping),
		attachment.NewAllDataSource(domain.Mapping),
		trunk.NewDataSource,
		attachment.NewDataSource(trunk.Association),
		attachment.NewAllDataSource(trunk.Association),
		access.NewDataSource(domain.Mapping, trunk.Association),
		access.NewReportDataSource(trunk.Association),
	}
}

func (p *twilioProvider) ListResources(context.Context) []func() list.ListResource {
	return []func() list.ListResource{
		accesslist.NewListResource,
		ipaddress.NewListResource,
		attachment.NewListResource(domain.Mapping),
		attachment.NewListResource(trunk.Association),
	}
}

func (p *twilioProvider) Functions(context.Context) []func() function.Function {
	return []func() function.Function{
		cidr.NewAddressCountFunction,
		cidr.NewAggregateFunction,
		cidr.NewContainsFunction,
		cidr.NewFromRangeFunction,
	}
}
