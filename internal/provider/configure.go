// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// maxConcurrentRequestsLimit keeps a slip of the keyboard from opening more sockets than a machine has.
const maxConcurrentRequestsLimit = 1000

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
)

// configured is what Configure leaves for everything else: a client, or the names of the provider attributes that are
// not known yet. Terraform plans with unknown provider configuration when it comes from a resource still to be created.
type configured struct {
	client  *twilio.Client
	unknown []string
}

func (p *twilioProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var block providerModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &block)...)
	if resp.Diagnostics.HasError() {
		return
	}
	config := p.clientConfig(block, os.Getenv, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	result := &configured{unknown: block.unknown()}
	if len(result.unknown) == 0 {
		if p.adjust != nil {
			p.adjust(&config)
		}
		client, err := twilio.New(config)
		if err != nil {
			resp.Diagnostics.AddError("Invalid provider configuration", err.Error())
			return
		}
		result.client = client
	}
	resp.ResourceData = result
	resp.DataSourceData = result
	resp.ListResourceData = result
}

// unknown names the attributes whose values are not known yet.
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

// clientConfig joins the provider block with the environment; the block wins. Unknown values are neither taken from
// the environment nor complained about.
func (p *twilioProvider) clientConfig(block providerModel, getenv func(string) string, diags *diag.Diagnostics) twilio.Config {
	source := settings{getenv: getenv, diags: diags}
	config := twilio.Config{
		AccountSID:            source.text("account_sid", block.AccountSID, envAccountSID),
		Region:                source.text("region", block.Region, envRegion),
		Edge:                  source.text("edge", block.Edge, envEdge),
		BaseURL:               source.text("base_url", block.BaseURL, envBaseURL),
		MaxConcurrentRequests: source.number("max_concurrent_requests", block.MaxConcurrentRequests, envMaxConcurrentRequests),
		DisableReadCache:      !source.truth("read_cache", block.ReadCache, envReadCache, true),
		Version:               p.version,
		Logger:                tflogLogger{},
	}
	source.credentials(block, &config)

	switch problem := secretiveSIDProblem(twilio.PrefixAccount, config.AccountSID); {
	case block.AccountSID.IsUnknown() || problem == "":
	case config.AccountSID == "":
		if block.AccountSID.IsNull() {
			diags.AddAttributeError(path.Root("account_sid"), "Missing account SID",
				"The provider needs the SID of a Twilio account. Set account_sid in the provider block, or the environment variable "+envAccountSID+".")
		}
	default:
		diags.AddAttributeError(path.Root("account_sid"), "Invalid account SID", source.origin(block.AccountSID, envAccountSID)+problem)
	}
	if config.BaseURL != "" {
		if err := twilio.ValidateBaseURL(config.BaseURL); err != nil {
			diags.AddAttributeError(path.Root("base_url"), "Invalid base URL", source.origin(block.BaseURL, envBaseURL)+sentence(err.Error()))
		}
	}
	for _, label := range []struct {
		name, env, value string
		block            types.String
	}{{"region", envRegion, config.Region, block.Region}, {"edge", envEdge, config.Edge, block.Edge}} {
		// The block's own value has a validator.
		if label.block.IsNull() && label.value != "" && !hostLabelPattern.MatchString(label.value) {
			diags.AddAttributeError(path.Root(label.name), "Invalid "+label.name, source.origin(label.block, label.env)+hostLabelMessage)
		}
	}
	return config
}

// settings reads single values out of the provider block or the environment.
type settings struct {
	getenv func(string) string
	diags  *diag.Diagnostics
}

// origin begins the detail of a diagnostic when the value at fault does not stand in the provider block.
func (s settings) origin(block types.String, env string) string {
	if block.IsNull() {
		return "The environment variable " + env + " is at fault. "
	}
	return ""
}

// text gives the block's value, or the environment's. An empty string in the block is an error rather than absent:
// otherwise an empty variable would silently fall back to whatever account the environment names.
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

func (s settings) number(name string, block types.Int64, env string) int {
	if !block.IsNull() {
		return int(block.ValueInt64())
	}
	given := s.getenv(env)
	if given == "" {
		return 0
	}
	number, err := strconv.Atoi(given)
	if err != nil || number < 1 || number > maxConcurrentRequestsLimit {
		s.diags.AddAttributeError(path.Root(name), "Invalid "+name,
			fmt.Sprintf("The environment variable %s is %q. Expected is a whole number from 1 to %d.", env, given, maxConcurrentRequestsLimit))
	}
	return number
}

func (s settings) truth(name string, block types.Bool, env string, fallback bool) bool {
	if !block.IsNull() {
		return block.ValueBool()
	}
	given := s.getenv(env)
	if given == "" {
		return fallback
	}
	truth, err := strconv.ParseBool(given)
	if err != nil {
		s.diags.AddAttributeError(path.Root(name), "Invalid "+name,
			fmt.Sprintf("The environment variable %s is %q. Expected is true or false.", env, given))
	}
	return truth
}

// credentials chooses between the auth token and the API key. Whatever kind the block has any part of is taken, its
// missing half from the environment; the API key is preferred when both kinds are in the block, or both outside it.
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
		if problem := secretiveSIDProblem(twilio.PrefixAPIKey, key); problem != "" && !block.APIKey.IsUnknown() {
			s.diags.AddAttributeError(path.Root("api_key"), "Invalid API key SID", s.origin(block.APIKey, envAPIKey)+problem)
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

// resourceClient is embedded in resources and list resources, dataSourceClient in data sources. They are the one place
// that knows the type of what Configure left.
type (
	resourceClient   struct{ configured }
	dataSourceClient struct{ configured }
)

func (c *resourceClient) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	c.take(req.ProviderData, &resp.Diagnostics)
}

func (c *dataSourceClient) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	c.take(req.ProviderData, &resp.Diagnostics)
}

func (c *configured) take(data any, diags *diag.Diagnostics) {
	// Terraform validates before it configures.
	if data == nil {
		return
	}
	given, ok := data.(*configured)
	if !ok {
		diags.AddError("Unexpected provider data", fmt.Sprintf("Expected *configured, not %T. This is a bug in the provider: please report it.", data))
		return
	}
	*c = *given
}

// use gives the client, or says why there is none.
func (c *configured) use(diags *diag.Diagnostics) *twilio.Client {
	if c.client == nil {
		diags.AddError("Provider configuration is not known yet",
			"This needs a request to Twilio, but the provider block depends on values that are known only after an apply: "+strings.Join(c.unknown, ", ")+
				". Apply first what these values come from (-target), or use values that are known.")
	}
	return c.client
}

var hostLabelPattern = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

const hostLabelMessage = "It becomes a part of a host name: expected are lower-case letters, digits and hyphens."

// hostLabel validates what becomes a label of a host name, so that no value can lead credentials to another host.
func hostLabel() validator.String {
	return stringvalidator.RegexMatches(hostLabelPattern, hostLabelMessage)
}

// sentence makes an error's text one.
func sentence(text string) string {
	if text == "" {
		return ""
	}
	text = strings.ToUpper(text[:1]) + text[1:]
	if !strings.HasSuffix(text, ".") {
		text += "."
	}
	return text
}
