// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package migrate

import "github.com/twilio-sip/terraform-provider-twilio/internal/twilio"

const twilioProvider = "twilio/twilio"

// twilioTypes are the resource types of twilio/twilio.
var twilioTypes = []foreignType{
	{
		provider: twilioProvider, typeName: "twilio_api_accounts_sip_ip_access_control_lists", target: "twilio_sip_ip_access_control_list",
		convert: func(s *foreignState) map[string]any {
			sid := s.sid(twilio.PrefixIPAccessControlList, "sid", "id")
			return map[string]any{
				"account_sid":   s.account("path_account_sid"),
				"friendly_name": s.text("friendly_name"),
				"id":            sid,
				"sid":           sid,
				"timeouts":      s.timeouts(),
			}
		},
	},
	{
		provider: twilioProvider, typeName: "twilio_api_accounts_sip_ip_access_control_lists_ip_addresses", target: "twilio_sip_ip_address",
		convert: func(s *foreignState) map[string]any {
			sid := s.sid(twilio.PrefixIPAddress, "sid", "id/1")
			prefixLength := s.prefixLength("cidr_prefix_length")
			return map[string]any{
				"account_sid":                s.account("path_account_sid"),
				"cidr_block":                 s.cidrBlock("ip_address", prefixLength),
				"cidr_prefix_length":         prefixLength,
				"friendly_name":              s.text("friendly_name"),
				"id":                         sid,
				"ip_access_control_list_sid": s.sid(twilio.PrefixIPAccessControlList, "ip_access_control_list_sid", "id/0"),
				"ip_address":                 s.text("ip_address"),
				"sid":                        sid,
				"timeouts":                   s.timeouts(),
			}
		},
	},
	// Twilio serves the same mappings under two paths, and twilio/twilio has a type for each.
	{
		provider: twilioProvider, typeName: "twilio_api_accounts_sip_domains_auth_calls_ip_access_control_list_mappings",
		target: "twilio_sip_domain_ip_access_control_list_mapping", convert: convertTwilioMapping,
	},
	{
		provider: twilioProvider, typeName: "twilio_api_accounts_sip_domains_ip_access_control_list_mappings",
		target: "twilio_sip_domain_ip_access_control_list_mapping", convert: convertTwilioMapping,
	},
	{
		provider: twilioProvider, typeName: "twilio_trunking_trunks_ip_access_control_lists_v1", target: "twilio_sip_trunking_ip_access_control_list",
		convert: func(s *foreignState) map[string]any {
			return s.attachment("trunk_sid", s.sid(twilio.PrefixTrunk, "trunk_sid", "id/0"),
				s.sid(twilio.PrefixIPAccessControlList, "ip_access_control_list_sid", "sid", "id/1"), nil)
		},
	},
}

func convertTwilioMapping(s *foreignState) map[string]any {
	return s.attachment("domain_sid", s.sid(twilio.PrefixDomain, "domain_sid", "id/0"),
		s.sid(twilio.PrefixIPAccessControlList, "ip_access_control_list_sid", "sid", "id/1"), s.account("path_account_sid"))
}
