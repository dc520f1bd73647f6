// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// maxConcurrentRequestsLimit is the largest max_concurrent_requests. It keeps a typo from exhausting the sockets of the machine.
const maxConcurrentRequestsLimit = 1000

// maxPrefixLength is the prefix length of a single IPv4 address.
const maxPrefixLength = 32

const (
	envAccountSID            = "TWILIO_ACCOUNT_SID"
	envAuthToken             = "TWILIO_AUTH_TOKEN" //nolint:gosec // The variable's name, not its value.
	envAPIKey                = "TWILIO_API_KEY"    //nolint:gosec // The variable's name, not its value.
	envAPISecret             = "TWILIO_API_SECRET" //nolint:gosec // The variable's name, not its value.
	envRegion                = "TWILIO_REGION"
	envEdge                  = "TWILIO_EDGE"
	envBaseURL               = "TWILIO_BASE_URL"
	envMaxConcurrentRequests = "TWILIO_MAX_CONCURRENT_REQUESTS"
	envReadCache             = "TWILIO_READ_CACHE"
	envShortestPrefixLength  = "TWILIO_SHORTEST_PREFIX_LENGTH"
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
			resp.Diagnostics.AddError("Invalid provider configuration", err.Error())
			return
		}
	}
	result := operation.NewProviderData(client, unknown, prefixes)
	resp.ResourceData = result
	resp.DataSourceData = result
	resp.ListResourceData = result
}

// unknown names the attributes that the client needs and whose values are not known yet.
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

// clientConfig combines the provider block with the environment. The block takes precedence. Unknown values are neither
// replaced from the environment nor reported as missing.
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

	switch problem := attribute.SIDProblemWithoutValue(twilio.PrefixAccount, config.AccountSID); {
	case block.AccountSID.IsUnknown() || problem == "":
	case config.AccountSID == "":
		if block.AccountSID.IsNull() {
			diags.AddAttributeError(path.Root("account_sid"), "Missing account SID",
				"The provider needs the SID of a Twilio account. Set account_sid in the provider block, or the environment variable "+envAccountSID+".")
		}
	default:
		diags.AddAttributeError(path.Root("account_sid"), "Invalid account SID", source.prefix(block.AccountSID, envAccountSID)+problem)
	}
	if config.BaseURL != "" {
		if err := twilio.ValidateBaseURL(config.BaseURL); err != nil {
			diags.AddAttributeError(path.Root("base_url"), "Invalid base URL", source.prefix(block.BaseURL, envBaseURL)+operation.Sentence(err.Error()))
		}
	}
	for _, label := range []struct {
		name, env, value string
		block            types.String
	}{{"region", envRegion, config.Region, block.Region}, {"edge", envEdge, config.Edge, block.Edge}} {
		// The schema validates the block's own value.
		if label.block.IsNull() && label.value != "" && !hostLabelPattern.MatchString(label.value) {
			diags.AddAttributeError(path.Root(label.name), "Invalid "+label.name, source.prefix(label.block, label.env)+hostLabelMessage)
		}
	}
	return config
}

// prefixLimit combines shortest_prefix_length of the provider block with the environment. While the block's value is unknown, there
// is no limit: the apply, which plans each resource again, knows it.
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

// settings reads the value of a setting from the provider block or else from the environment.
type settings struct {
	getenv func(string) string
	diags  *diag.Diagnostics
}

// prefix returns the first sentence of a diagnostic about a value that comes from the environment, and otherwise "".
func (s settings) prefix(block types.String, env string) string {
	if block.IsNull() {
		return "The environment variable " + env + " is at fault. "
	}
	return ""
}

// text returns the value of a string setting. An empty string in the block is an error. If it counted as absent, an empty
// Terraform variable would silently select the account in the environment.
func (s settings) text(name string, block types.String, env string) string {
	switch {
	case block.IsUnknown():
		return ""
	case block.IsNull():
		return s.getenv(env)
	case block.ValueString() == "":
		s.diags.AddAttributeError(path.Root(name), "Empty "+name,
			fmt.Sprintf("%s is an empty string. Give it a value, or leave it out (or null) to use the environment variable %s.", name, env))
	}
	return block.ValueString()
}

// number returns the value of a setting that is a number from 1 to most, and 0 if it is absent or unknown.
func (s settings) number(name string, block types.Int64, env string, most int) int {
	if !block.IsNull() {
		return int(block.ValueInt64())
	}
	given := s.getenv(env)
	if given == "" {
		return 0
	}
	number, err := strconv.Atoi(given)
	if err != nil || number < 1 || number > most {
		s.diags.AddAttributeError(path.Root(name), "Invalid "+name,
			fmt.Sprintf("The environment variable %s is %q. Expected is a whole number from 1 to %d.", env, given, most))
	}
	return number
}

func (s settings) boolean(name string, block types.Bool, env string, fallback bool) bool {
	if !block.IsNull() {
		return block.ValueBool()
	}
	given := s.getenv(env)
	if given == "" {
		return fallback
	}
	value, err := strconv.ParseBool(given)
	if err != nil {
		s.diags.AddAttributeError(path.Root(name), "Invalid "+name,
			fmt.Sprintf("The environment variable %s is %q. Expected is true or false.", env, given))
	}
	return value
}

// credentials chooses between the auth token and the API key. If the block has only one of them, or a part of one, that one
// is used and the environment supplies the missing part. If the block has both or neither, the API key is preferred.
func (s settings) credentials(block providerModel, config *twilio.Config) {
	token := s.text("auth_token", block.AuthToken, envAuthToken)
	key := s.text("api_key", block.APIKey, envAPIKey)
	secret := s.text("api_secret", block.APISecret, envAPISecret)
	if s.diags.HasError() {
		return
	}
	keyInBlock := !block.APIKey.IsNull() || !block.APISecret.IsNull()
	if !block.AuthToken.IsNull() && !keyInBlock {
		config.AuthToken = token
		return
	}
	hasKey := key != "" || block.APIKey.IsUnknown()
	hasSecret := secret != "" || block.APISecret.IsUnknown()
	switch {
	case hasKey && hasSecret:
		config.APIKey, config.APISecret = key, secret
		if problem := attribute.SIDProblemWithoutValue(twilio.PrefixAPIKey, key); problem != "" && !block.APIKey.IsUnknown() {
			s.diags.AddAttributeError(path.Root("api_key"), "Invalid API key SID", s.prefix(block.APIKey, envAPIKey)+problem)
		}
	case hasKey:
		s.diags.AddAttributeError(path.Root("api_secret"), "Missing API secret",
			"There is an API key without its secret. Set api_secret in the provider block, or the environment variable "+envAPISecret+
				". To authenticate with the auth token instead, leave the API key out.")
	case hasSecret:
		s.diags.AddAttributeError(path.Root("api_key"), "Missing API key",
			"There is an API secret without the SID of its key. Set api_key in the provider block, or the environment variable "+envAPIKey+
				". To authenticate with the auth token instead, leave the API secret out.")
	case token != "" || block.AuthToken.IsUnknown():
		config.AuthToken = token
	default:
		s.diags.AddAttributeError(path.Root("auth_token"), "Missing credentials",
			"The provider has nothing to authenticate with. Set auth_token in the provider block, or the environment variable "+envAuthToken+
				"; or set api_key and api_secret, or "+envAPIKey+" and "+envAPISecret+".")
	}
}

var hostLabelPattern = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

const hostLabelMessage = "It becomes a part of a host name: expected are lower-case letters, digits and hyphens."

// hostLabel validates a label of a host name. A value such as "example.com/" would send the credentials to another host.
func hostLabel() validator.String {
	return stringvalidator.RegexMatches(hostLabelPattern, hostLabelMessage)
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
