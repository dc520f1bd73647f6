// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var _ resource.ResourceWithMoveState = (*ipAccessControlListResource)(nil)

var ipAccessControlListOfTwilio = origin{
	provider: twilioInc, typeName: "twilio_api_accounts_sip_ip_access_control_lists",
	convert: func(s *storedState) map[string]any {
		sid := s.sid(twilio.PrefixIPAccessControlList, "sid", "id")
		return map[string]any{
			"account_sid":   s.account("path_account_sid"),
			"friendly_name": s.text("friendly_name"),
			"id":            sid,
			"sid":           sid,
			"timeouts":      s.timeouts(),
		}
	},
}

func (r *ipAccessControlListResource) MoveState(context.Context) []resource.StateMover {
	return moveFrom("twilio_sip_ip_access_control_list", ipAccessControlListOfTwilio, ipAccessControlListOfRJPearson94)
}
