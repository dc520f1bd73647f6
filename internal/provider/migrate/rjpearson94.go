// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package migrate

import "github.com/twilio-sip/terraform-provider-twilio/internal/twilio"

const rjpearson94Provider = "RJPearson94/twilio"

// rjpearson94Types are the resource types of RJPearson94/twilio, whose names are the same as this provider's.
var rjpearson94Types = []foreignType{
	{
		provider: rjpearson94Provider, typeName: "twilio_sip_ip_access_control_list", target: "twilio_sip_ip_access_control_list",
		convert: func(s *foreignState) map[string]any {
			sid := s.sid(twilio.PrefixIPAccessControlList, "sid", "id")
			return map[string]any{
				"account_sid":   s.account("account_sid"),
				"date_created":  s.text("date_created"),
				"date_updated":  s.text("date_updated"),
				"friendly_name": s.text("friendly_name"),
				"id":            sid,
				"sid":           sid,
				"timeouts":      s.timeouts(),
			}
		},
	},
	{
		provider: rjpearson94Provider, typeName: "twilio_sip_ip_address", target: "twilio_sip_ip_address",
		convert: func(s *foreignState) map[string]any {
			sid := s.sid(twilio.PrefixIPAddress, "sid", "id")
			prefixLength := s.prefixLength("cidr_length_prefix")
			return map[string]any{
				"account_sid":                s.account("account_sid"),
				"cidr_block":                 s.cidrBlock("ip_address", prefixLength),
				"cidr_prefix_length":         prefixLength,
				"date_created":               s.text("date_created"),
				"date_updated":               s.text("date_updated"),
				"friendly_name":              s.text("friendly_name"),
				"id":                         sid,
				"ip_access_control_list_sid": s.sid(twilio.PrefixIPAccessControlList, "ip_access_control_list_sid"),
				"ip_address":                 s.text("ip_address"),
				"sid":                        sid,
				"timeouts":                   s.timeouts(),
			}
		},
	},
	// In RJPearson94/twilio, the id of a mapping or an association is the SID of the list. In this provider, it also has the SID
	// of the domain or trunk.
	{
		provider: rjpearson94Provider, typeName: "twilio_sip_domain_ip_access_control_list_mapping", target: "twilio_sip_domain_ip_access_control_list_mapping",
		convert: func(s *foreignState) map[string]any {
			return s.attachment("domain_sid", s.sid(twilio.PrefixDomain, "domain_sid"),
				s.sid(twilio.PrefixIPAccessControlList, "ip_access_control_list_sid", "sid", "id"),
				s.account("account_sid"), "date_created", "date_updated", "friendly_name")
		},
	},
	{
		provider: rjpearson94Provider, typeName: "twilio_sip_trunking_ip_access_control_list", target: "twilio_sip_trunking_ip_access_control_list",
		convert: func(s *foreignState) map[string]any {
			return s.attachment("trunk_sid", s.sid(twilio.PrefixTrunk, "trunk_sid"),
				s.sid(twilio.PrefixIPAccessControlList, "ip_access_control_list_sid", "sid", "id"),
				s.account("account_sid"), "date_created", "date_updated", "friendly_name", "url")
		},
	},
}
