// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"os"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// maxConcurrentRequestsLimit is the largest allowed max_concurrent_requests, so that a typo cannot exhaust the machine's sockets.
const maxConcurrentRequestsLimit = 1000

// maxPrefixLength is the prefix length of a single IPv4 address.
const maxPrefixLength = 32

const (
	envAccountSID            = "TWILIO_ACCOUNT_SID"
	envAuthToken             = "TWILIO_AUTH_TOKEN" //nolint:gosec // name of the variable, not its value
	envAPIKey                = "TWILIO_API_KEY"    //nolint:gosec // name of the variable, not its value
	envAPISecret             = "TWILIO_API_SECRET" //nolint:gosec // name of the variable, not its value
	envSubaccountSID         = "TWILIO_SUBACCOUNT_SID"
	envRegion                = "TWILIO_REGION"
	envEdge                  = "TWILIO_EDGE"
	envBaseURL               = "TWILIO_BASE_URL"
	envMaxConcurrentRequests = "TWILIO_MAX_CONCURRENT_REQUESTS"
	envReadCache             = "TWILIO_READ_CACHE"
	envShortestPrefixLength  = "TWILIO_SHORTEST_PREFIX_LENGTH"
	// envMockURL is set by mocktwilio for commands that must not reach the real Twilio.
	envMockURL = "MOCKTWILIO_URL"
)

func (p *twilioProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var block providerModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &block)...)
	if resp.Diagnostics.HasError() {
		return
	}
	config := p.clientConfig(block, os.Getenv, &resp.Diagnostics)
	prefixes := prefixLimit(block, os.Getenv, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	var client *twilio.Client
	unknown := block.unknown()
	if len(unknown) == 0 {
		if p.configureClient != nil {
			p.configureClient(&config)
		}
		var err error
		if client, err = twilio.New(config); err != nil {
			resp.Diagnostics.AddError("Invalid provider configuration", operation.Sentence(err.Error()))
			return
		}
	}
	result := operation.NewProviderData(client, unknown, prefixes)
	resp.ResourceData = result
	resp.DataSourceData = result
	resp.ListResourceData = result
}

// unknown returns the attributes that the client needs and whose values are not known yet.
func (m providerModel) unknown() []string {
	var names []string
	for _, a := range []struct {
		name  string
		value attr.Value
	}{
		{"account_sid", m.AccountSID}, {"auth_token", m.AuthToken}, {"api_key", m.APIKey}, {"api_secret", m.APISecret},
		{"region", m.Region}, {"edge", m.Edge}, {"base_url", m.BaseURL},
		{"max_concurrent_requests", m.MaxConcurrentRequests}, {"read_cache", m.ReadCache},
	} {
		if a.value.IsUnknown() {
			names = append(names, a.name)
		}
	}
	return names
}

// clientConfig combines the provider block with the environment. The block takes precedence. Unknown values are neither replaced
// by the environment nor reported as missing.
func (p *twilioProvider) clientConfig(block providerModel, getenv func(string) string, diags *diag.Diagnostics) twilio.Config {
	source := settings{getenv: getenv, diags: diags}
	config := twilio.Config{
		AccountSID:            source.text("account_sid", block.AccountSID, envAccountSID),
		Region:                source.text("region", block.Region, envRegion),
		Edge:                  source.text("edge", block.Edge, envEdge),
		BaseURL:               source.text("base_url", block.BaseURL, envBaseURL),
		MaxConcurrentRequests: source.number("max_concurrent_requests", block.MaxConcurrentRequests, envMaxConcurrentRequests, maxConcurrentRequestsLimit),
		DisableReadCache:      !source.boolean("read_cache", block.ReadCache, envReadCache, true),
		Version:               p.version,
		Logger:                tflogLogger{},
	}
	source.credentials(block, &config)
	source.checkAccount(block, config.AccountSID)
	if config.BaseURL != "" {
		if err := twilio.ValidateBaseURL(config.BaseURL); err != nil {
			diags.AddAttributeError(path.Root("base_url"), "Invalid base URL", sourceOf("base_url", block.BaseURL, envBaseURL)+" "+err.Error()+".")
		} else if getenv(envMockURL) != "" && strings.HasPrefix(strings.ToLower(block.BaseURL.ValueString()), "https:") {
			diags.AddAttributeError(path.Root("base_url"), "Base URL does not point to the mock",
				"mocktwilio runs this command, but base_url in the provider block would send requests to "+config.BaseURL+
					". Remove base_url, or set the environment variable "+envBaseURL+" instead, which mocktwilio overrides.")
		}
	}
	source.checkRouting(block, config)
	return config
}

// prefixLimit combines shortest_prefix_length of the provider block with the environment. There is no limit while the block's
// value is unknown, because the value is known during the apply, which plans each resource again.
func prefixLimit(block providerModel, getenv func(string) string, diags *diag.Diagnostics) operation.PrefixLimit {
	const name = "shortest_prefix_length"
	limit := operation.PrefixLimit{
		Shortest: settings{getenv: getenv, diags: diags}.number(name, block.ShortestPrefixLength, envShortestPrefixLength, maxPrefixLength),
		Source:   name + " in the provider block",
	}
	if block.ShortestPrefixLength.IsNull() {
		limit.Source = "the environment variable " + envShortestPrefixLength
	}
	return limit
}

var _ twilio.Logger = tflogLogger{}

// tflogLogger writes the client's messages to Terraform's log. The client never logs secrets.
type tflogLogger struct{}

func (tflogLogger) Warn(ctx context.Context, message string, fields map[string]any) {
	tflog.Warn(ctx, message, fields)
}

func (tflogLogger) Debug(ctx context.Context, message string, fields map[string]any) {
	tflog.Debug(ctx, message, fields)
}

func (tflogLogger) Trace(ctx context.Context, message string, fields map[string]any) {
	tflog.Trace(ctx, message, fields)
}
