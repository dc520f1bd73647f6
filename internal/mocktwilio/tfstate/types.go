// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package tfstate

// source is a type of resources or data sources, with what its attributes say about objects.
type source struct {
	kind *kind
	// in is the attribute with the objects, if there are several. They are in the API's order.
	in string
	// more reads additional information from the attributes. It may be nil.
	more func(*inventory, attributes, instance, level)
}

// types are those of this provider and of RJPearson94/twilio, which uses the same names, and those of twilio/twilio.
var types = map[string]source{
	"twilio_sip_ip_access_control_list":                           {kind: lists, more: readEntryMap},
	"twilio_sip_ip_access_control_lists":                          {kind: lists, in: "ip_access_control_lists"},
	"twilio_sip_ip_address":                                       {kind: entries},
	"twilio_sip_ip_addresses":                                     {kind: entries, in: "ip_addresses", more: readAllEntriesKnown},
	"twilio_sip_domain":                                           {kind: domains, more: readAccess(domains)},
	"twilio_sip_domain_ip_access_control_list_mapping":            {kind: domainLists},
	"twilio_sip_domain_ip_access_control_list_mappings":           {kind: domainLists, in: "ip_access_control_list_mappings"},
	"twilio_sip_trunking_trunk":                                   {kind: trunks, more: readAccess(trunks)},
	"twilio_sip_trunking_ip_access_control_list":                  {kind: trunkLists},
	"twilio_sip_trunking_ip_access_control_lists":                 {kind: trunkLists, in: "ip_access_control_lists"},
	"twilio_sip_domain_ip_access_control_list_mappings_exclusive": {more: readExclusive(domainLists)},
	"twilio_sip_trunking_ip_access_control_lists_exclusive":       {more: readExclusive(trunkLists)},
	"twilio_sip_effective_access":                                 {more: readEffectiveAccess},
	"twilio_sip_access_report":                                    {more: readAccessReport},

	"twilio_sip_credential_list":                              {kind: credentialLists},
	"twilio_sip_credential":                                   {kind: credentials},
	"twilio_sip_credentials":                                  {kind: credentials, in: "credentials"},
	"twilio_sip_domain_credential_list_mapping":               {kind: domainCredentialLists},
	"twilio_sip_domain_credential_list_mappings":              {kind: domainCredentialLists, in: "credential_list_mappings"},
	"twilio_sip_domain_registration_credential_list_mapping":  {kind: domainRegistrations},
	"twilio_sip_domain_registration_credential_list_mappings": {kind: domainRegistrations, in: "credential_list_mappings"},
	"twilio_sip_trunking_credential_list":                     {kind: trunkCredentialLists},
	"twilio_sip_trunking_credential_lists":                    {kind: trunkCredentialLists, in: "credential_lists"},
	"twilio_sip_trunking_origination_url":                     {kind: originationURLs},
	"twilio_sip_trunking_origination_urls":                    {kind: originationURLs, in: "origination_urls"},

	"twilio_api_accounts_sip_ip_access_control_lists":                             {kind: lists},
	"twilio_api_accounts_sip_ip_access_control_lists_ip_addresses":                {kind: entries},
	"twilio_api_accounts_sip_credential_lists":                                    {kind: credentialLists},
	"twilio_api_accounts_sip_credential_lists_credentials":                        {kind: credentials},
	"twilio_api_accounts_sip_domains":                                             {kind: domains},
	"twilio_api_accounts_sip_domains_ip_access_control_list_mappings":             {kind: domainLists},
	"twilio_api_accounts_sip_domains_auth_calls_ip_access_control_list_mappings":  {kind: domainLists},
	"twilio_api_accounts_sip_domains_credential_list_mappings":                    {kind: domainCredentialLists},
	"twilio_api_accounts_sip_domains_auth_calls_credential_list_mappings":         {kind: domainCredentialLists},
	"twilio_api_accounts_sip_domains_auth_registrations_credential_list_mappings": {kind: domainRegistrations},
	"twilio_trunking_trunks_v1":                                                   {kind: trunks},
	"twilio_trunking_trunks_ip_access_control_lists_v1":                           {kind: trunkLists},
	"twilio_trunking_trunks_credential_lists_v1":                                  {kind: trunkCredentialLists},
	"twilio_trunking_trunks_origination_urls_v1":                                  {kind: originationURLs},
}
