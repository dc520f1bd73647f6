// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package provider implements the provider: the schema of its block, the configuration of the client, and the registration
// of resources, data sources, list resources and functions, which are in the packages below it. All of them reach Twilio
// only through internal/twilio.
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

// typeName is the prefix of every resource, data source and list resource.
const typeName = "twilio"

type twilioProvider struct {
	version string
	// configureClient may change the configuration of the client before New makes it. Tests set it; otherwise it is nil.
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

// New returns a function that makes a provider. version is part of the User-Agent of requests.
func New(version string) func() provider.Provider {
	return NewWithClientConfig(version, nil)
}

// NewWithClientConfig is New with a function that may change the client's configuration. It is for tests, which shorten
// timeouts with it. The function may be nil.
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
		MarkdownDescription: "Manages the IP addresses that may send calls to Twilio: SIP IP access control lists, the addresses in them, " +
			"and the SIP domains and Elastic SIP trunks where a list takes effect.",
		Attributes: map[string]schema.Attribute{
			"account_sid": schema.StringAttribute{
				MarkdownDescription: "SID (`AC…`) of the account that owns what is managed. May come from the environment variable `TWILIO_ACCOUNT_SID`.",
				Optional:            true,
			},
			"auth_token": schema.StringAttribute{
				MarkdownDescription: "The account's auth token: with `account_sid`, one way to authenticate. May come from `TWILIO_AUTH_TOKEN`.",
				Optional:            true,
				Sensitive:           true,
			},
			"api_key": schema.StringAttribute{
				MarkdownDescription: "SID (`SK…`) of an API key: with `api_secret`, the other way to authenticate. May come from `TWILIO_API_KEY`. " +
					"An API key is preferred when an auth token is there as well, unless only the auth token stands in the provider block.",
				Optional:  true,
				Sensitive: true,
			},
			"api_secret": schema.StringAttribute{
				MarkdownDescription: "The API key's secret. May come from `TWILIO_API_SECRET`.",
				Optional:            true,
				Sensitive:           true,
			},
			"region": schema.StringAttribute{
				MarkdownDescription: "Twilio region that processes requests: `us1`, which is the default, `ie1` or `au1`. A region other than `us1` needs `edge` as well, " +
					"and credentials of its own; see [Regions](#regions). May come from `TWILIO_REGION`.",
				Optional:   true,
				Validators: []validator.String{attribute.IsHostLabel("region", exampleRegion)},
			},
			"edge": schema.StringAttribute{
				MarkdownDescription: "Twilio edge location that belongs to `region`: `dublin` to `ie1`, `sydney` to `au1`. It needs `region` as well. May come from `TWILIO_EDGE`.",
				Optional:            true,
				Validators:          []validator.String{attribute.IsHostLabel("edge", exampleEdge)},
			},
			"base_url": schema.StringAttribute{
				MarkdownDescription: "Sends every product's requests to this one origin, for example a test server or a proxy, and makes `region` and `edge` ineffective. " +
					"Plain `http` is allowed to a loopback address only, so that credentials never cross a network in the clear. May come from `TWILIO_BASE_URL`.",
				Optional: true,
			},
			"max_concurrent_requests": schema.Int64Attribute{
				MarkdownDescription: "Upper bound of requests in flight at once, 1 to 1000; default 10. Within this bound, the provider adapts to what the account allows. " +
					"May come from `TWILIO_MAX_CONCURRENT_REQUESTS`.",
				Optional:   true,
				Validators: []validator.Int64{int64validator.Between(1, maxConcurrentRequestsLimit)},
			},
			"read_cache": schema.BoolAttribute{
				MarkdownDescription: "Whether reads of objects of one collection share a fetch of the whole collection during a plan; default `true`. " +
					"With `false` every object is a request of its own. May come from `TWILIO_READ_CACHE`.",
				Optional: true,
			},
			"shortest_prefix_length": schema.Int64Attribute{
				MarkdownDescription: "The shortest prefix length that an entry of a list may have, 1 to 32. With `24`, a plan fails if an entry of `ip_addresses` or a `twilio_sip_ip_address` " +
					"is wider than a `/24`. If omitted, every prefix length is allowed. What exists is still read and can be imported. " +
					"May come from `TWILIO_SHORTEST_PREFIX_LENGTH`.",
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
