// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var _ resource.ResourceWithUpgradeState = (*ipAddressResource)(nil)

var ipAddressOfRJPearson94 = origin{
	provider: rjpearson94, typeName: "twilio_sip_ip_address",
	convert: func(s *storedState) map[string]any {
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
}

func (r *ipAddressResource) UpgradeState(context.Context) map[int64]resource.StateUpgrader {
	return upgradeFrom(ipAddressOfRJPearson94)
}

// prefixLength gives a prefix length. Absent and 0 are what Twilio stores as 32.
func (s *storedState) prefixLength(name string) any {
	length := s.number(name)
	if length == nil || length == 0 {
		return 32
	}
	return length
}

// cidrBlock gives the block that address and prefix length make, or nil: the refresh then tells what Twilio has.
func (s *storedState) cidrBlock(address string, prefixLength any) any {
	text, _ := s.text(address).(string)
	length, _ := prefixLength.(int)
	block, err := ipblock.New(text, length)
	if err != nil {
		return nil
	}
	return block.Canonical().CIDR()
}
