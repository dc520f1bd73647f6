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

// otherProvider stands in for another provider that is installed: Terraform needs its schemas for a direct `moved`, and
// for what stays with it. Its resources are never changed.
type otherProvider struct {
	// texts are the types with their attributes that are strings, besides id and sid.
	texts map[string][]string
	// number is the attribute of every type that is none.
	number string
}

// The other Twilio providers, with the types of theirs that tests migrate or leave behind.
var (
	TwilioProvider = otherProvider{number: "cidr_prefix_length", texts: map[string][]string{
		"twilio_api_accounts_sip_ip_access_control_lists":                            {"friendly_name", "path_account_sid"},
		"twilio_api_accounts_sip_ip_access_control_lists_ip_addresses":               {"friendly_name", "ip_access_control_list_sid", "ip_address", "path_account_sid"},
		"twilio_api_accounts_sip_domains_auth_calls_ip_access_control_list_mappings": {"domain_sid", "ip_access_control_list_sid", "path_account_sid"},
		"twilio_api_accounts_sip_domains_ip_access_control_list_mappings":            {"domain_sid", "ip_access_control_list_sid", "path_account_sid"},
		"twilio_trunking_trunks_ip_access_control_lists_v1":                          {"trunk_sid", "ip_access_control_list_sid"},
		"twilio_api_accounts_sip_credential_lists":                                   {"friendly_name", "path_account_sid"},
		"twilio_api_accounts_sip_domains":                                            {"domain_name", "friendly_name", "path_account_sid"},
	}}
	RJPearson94Provider = otherProvider{number: "cidr_length_prefix", texts: map[string][]string{
		"twilio_sip_ip_access_control_list":                {"account_sid", "date_created", "date_updated", "friendly_name"},
		"twilio_sip_ip_address":                            {"account_sid", "date_created", "date_updated", "friendly_name", "ip_access_control_list_sid", "ip_address"},
		"twilio_sip_domain_ip_access_control_list_mapping": {"account_sid", "date_created", "date_updated", "friendly_name", "domain_sid", "ip_access_control_list_sid"},
		"twilio_sip_trunking_ip_access_control_list":       {"account_sid", "date_created", "date_updated", "friendly_name", "trunk_sid", "ip_access_control_list_sid", "url"},
		"twilio_sip_domain":                                {"account_sid", "domain_name", "friendly_name"},
	}}
)

// Installed is the other provider as if it were installed under a name.
func Installed(name string, other otherProvider) map[string]func() tfprotov6.ProviderServer {
	return map[string]func() tfprotov6.ProviderServer{name: providerserver.NewProtocol6(other)}
}

func (otherProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "twilio"
}

func (otherProvider) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

func (otherProvider) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}

func (otherProvider) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (p otherProvider) Resources(context.Context) []func() resource.Resource {
	var all []func() resource.Resource
	for typeName, texts := range p.texts {
		all = append(all, func() resource.Resource { return otherResource{typeName, texts, p.number} })
	}
	return all
}

type otherResource struct {
	typeName string
	texts    []string
	number   string
}

func (r otherResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = r.typeName
}

func (r otherResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema.Attributes = map[string]schema.Attribute{
		"id":     schema.StringAttribute{Computed: true},
		"sid":    schema.StringAttribute{Computed: true},
		r.number: schema.Int64Attribute{Optional: true, Computed: true},
	}
	for _, name := range r.texts {
		resp.Schema.Attributes[name] = schema.StringAttribute{Optional: true, Computed: true}
	}
	resp.Schema.Blocks = map[string]schema.Block{"timeouts": schema.SingleNestedBlock{Attributes: map[string]schema.Attribute{
		"create": schema.StringAttribute{Optional: true}, "read": schema.StringAttribute{Optional: true},
		"update": schema.StringAttribute{Optional: true}, "delete": schema.StringAttribute{Optional: true},
	}}}
}

func (otherResource) Create(context.Context, resource.CreateRequest, *resource.CreateResponse) {}
func (otherResource) Read(context.Context, resource.ReadRequest, *resource.ReadResponse)       {}
func (otherResource) Update(context.Context, resource.UpdateRequest, *resource.UpdateResponse) {}
func (otherResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}
