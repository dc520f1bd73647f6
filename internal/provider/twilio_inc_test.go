// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// twilioIncProvider stands in for an installed twilio/twilio: a direct `moved` needs the schema of where it moves from, and
// nothing else of that provider.
type twilioIncProvider struct{}

func newTwilioInc() map[string]func() tfprotov6.ProviderServer {
	return map[string]func() tfprotov6.ProviderServer{"twilio/twilio": providerserver.NewProtocol6(twilioIncProvider{})}
}

func (twilioIncProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "twilio"
}

func (twilioIncProvider) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

func (twilioIncProvider) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}

func (twilioIncProvider) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (twilioIncProvider) Resources(context.Context) []func() resource.Resource {
	var all []func() resource.Resource
	for typeName, texts := range map[string][]string{
		"twilio_api_accounts_sip_ip_access_control_lists":                            {"friendly_name", "path_account_sid"},
		"twilio_api_accounts_sip_ip_access_control_lists_ip_addresses":               {"friendly_name", "ip_access_control_list_sid", "ip_address", "path_account_sid"},
		"twilio_api_accounts_sip_domains_auth_calls_ip_access_control_list_mappings": {"domain_sid", "ip_access_control_list_sid", "path_account_sid"},
		"twilio_api_accounts_sip_domains_ip_access_control_list_mappings":            {"domain_sid", "ip_access_control_list_sid", "path_account_sid"},
		"twilio_trunking_trunks_ip_access_control_lists_v1":                          {"trunk_sid", "ip_access_control_list_sid"},
		"twilio_api_accounts_sip_credential_lists":                                   {"friendly_name", "path_account_sid"},
	} {
		all = append(all, func() resource.Resource { return twilioIncResource{typeName, texts} })
	}
	return all
}

type twilioIncResource struct {
	typeName string
	texts    []string
}

func (r twilioIncResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = r.typeName
}

func (r twilioIncResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema.Attributes = map[string]schema.Attribute{
		"id":                 schema.StringAttribute{Computed: true},
		"sid":                schema.StringAttribute{Computed: true},
		"cidr_prefix_length": schema.Int64Attribute{Optional: true},
	}
	for _, name := range r.texts {
		resp.Schema.Attributes[name] = schema.StringAttribute{Optional: true}
	}
	resp.Schema.Blocks = map[string]schema.Block{"timeouts": schema.SingleNestedBlock{Attributes: map[string]schema.Attribute{
		"create": schema.StringAttribute{Optional: true}, "read": schema.StringAttribute{Optional: true},
		"update": schema.StringAttribute{Optional: true}, "delete": schema.StringAttribute{Optional: true},
	}}}
}

func (twilioIncResource) Create(context.Context, resource.CreateRequest, *resource.CreateResponse) {}
func (twilioIncResource) Read(context.Context, resource.ReadRequest, *resource.ReadResponse)       {}
func (twilioIncResource) Update(context.Context, resource.UpdateRequest, *resource.UpdateResponse) {}
func (twilioIncResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}
