// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var _ resource.ResourceWithMoveState = (*ipAddressResource)(nil)

var ipAddressOfTwilio = origin{
	provider: twilioInc, typeName: "twilio_api_accounts_sip_ip_access_control_lists_ip_addresses",
	convert: func(s *storedState) map[string]any {
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
}

func (r *ipAddressResource) MoveState(context.Context) []resource.StateMover {
	return moveFrom("twilio_sip_ip_address", ipAddressOfTwilio, ipAddressOfRJPearson94)
}
