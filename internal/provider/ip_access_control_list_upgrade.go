// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var _ resource.ResourceWithUpgradeState = (*ipAccessControlListResource)(nil)

var ipAccessControlListOfRJPearson94 = origin{
	provider: rjpearson94, typeName: "twilio_sip_ip_access_control_list",
	convert: func(s *storedState) map[string]any {
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
}

func (r *ipAccessControlListResource) UpgradeState(context.Context) map[int64]resource.StateUpgrader {
	return upgradeFrom(ipAccessControlListOfRJPearson94)
}
