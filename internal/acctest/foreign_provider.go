// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// foreignProvider replaces another installed Twilio provider. Terraform needs its schemas while its resources are moved to this
// provider or remain in the state. It never changes a resource.
type foreignProvider struct {
	// stringAttributes has the string attributes of each type other than id and sid.
	stringAttributes map[string][]string
	// numberAttribute is the name of a number attribute that every type has.
	numberAttribute string
}

// TwilioProvider and RJPearson94Provider are the other Twilio providers, with the types that tests use.
var (
	TwilioProvider = foreignProvider{numberAttribute: "cidr_prefix_length", stringAttributes: map[string][]string{
		"twilio_api_accounts_sip_ip_access_control_lists":                            {"friendly_name", "path_account_sid"},
		"twilio_api_accounts_sip_ip_access_control_lists_ip_addresses":               {"friendly_name", "ip_access_control_list_sid", "ip_address", "path_account_sid"},
		"twilio_api_accounts_sip_domains_auth_calls_ip_access_control_list_mappings": {"domain_sid", "ip_access_control_list_sid", "path_account_sid"},
		"twilio_api_accounts_sip_domains_ip_access_control_list_mappings":            {"domain_sid", "ip_access_control_list_sid", "path_account_sid"},
		"twilio_trunking_trunks_ip_access_control_lists_v1":                          {"trunk_sid", "ip_access_control_list_sid"},
		"twilio_api_accounts_sip_credential_lists":                                   {"friendly_name", "path_account_sid"},
		"twilio_api_accounts_sip_domains":                                            {"domain_name", "friendly_name", "path_account_sid"},
	}}
	RJPearson94Provider = foreignProvider{numberAttribute: "cidr_length_prefix", stringAttributes: map[string][]string{
		"twilio_sip_ip_access_control_list":                {"account_sid", "date_created", "date_updated", "friendly_name"},
		"twilio_sip_ip_address":                            {"account_sid", "date_created", "date_updated", "friendly_name", "ip_access_control_list_sid", "ip_address"},
		"twilio_sip_domain_ip_access_control_list_mapping": {"account_sid", "date_created", "date_updated", "friendly_name", "domain_sid", "ip_access_control_list_sid"},
		"twilio_sip_trunking_ip_access_control_list":       {"account_sid", "date_created", "date_updated", "friendly_name", "trunk_sid", "ip_access_control_list_sid", "url"},
		"twilio_sip_domain":                                {"account_sid", "domain_name", "friendly_name"},
		"twilio_sip_trunking_trunk":                        {"account_sid", "domain_name", "friendly_name"},
	}}
)

// Installed returns an argument for NewCLI that installs another provider under a source.
func Installed(source string, foreign foreignProvider) map[string]func() tfprotov6.ProviderServer {
	return map[string]func() tfprotov6.ProviderServer{source: providerserver.NewProtocol6(foreign)}
}

func (foreignProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "twilio"
}

func (foreignProvider) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

func (foreignProvider) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}

func (foreignProvider) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (p foreignProvider) Resources(context.Context) []func() resource.Resource {
	var all []func() resource.Resource
	for typeName, stringAttributes := range p.stringAttributes {
		all = append(all, func() resource.Resource { return foreignResource{typeName, stringAttributes, p.numberAttribute} })
	}
	return all
}

type foreignResource struct {
	typeName         string
	stringAttributes []string
	numberAttribute  string
}

func (r foreignResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = r.typeName
}

func (r foreignResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema.Attributes = map[string]schema.Attribute{
		"id":              schema.StringAttribute{Computed: true},
		"sid":             schema.StringAttribute{Computed: true},
		r.numberAttribute: schema.Int64Attribute{Optional: true, Computed: true},
	}
	for _, name := range r.stringAttributes {
		resp.Schema.Attributes[name] = schema.StringAttribute{Optional: true, Computed: true}
	}
	resp.Schema.Blocks = map[string]schema.Block{"timeouts": schema.SingleNestedBlock{Attributes: map[string]schema.Attribute{
		"create": schema.StringAttribute{Optional: true}, "read": schema.StringAttribute{Optional: true},
		"update": schema.StringAttribute{Optional: true}, "delete": schema.StringAttribute{Optional: true},
	}}}
}

func (foreignResource) Create(context.Context, resource.CreateRequest, *resource.CreateResponse) {}
func (foreignResource) Read(context.Context, resource.ReadRequest, *resource.ReadResponse)       {}
func (foreignResource) Update(context.Context, resource.UpdateRequest, *resource.UpdateResponse) {}
func (foreignResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}
