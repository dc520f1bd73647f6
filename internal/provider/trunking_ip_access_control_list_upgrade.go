// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var _ resource.ResourceWithUpgradeState = (*trunkAssociationResource)(nil)

// trunkAssociationOfRJPearson94 has the list's SID as its id, as Twilio has it; ours names the trunk as well.
var trunkAssociationOfRJPearson94 = origin{
	provider: rjpearson94, typeName: "twilio_sip_trunking_ip_access_control_list",
	convert: func(s *storedState) map[string]any {
		trunk := s.sid(twilio.PrefixTrunk, "trunk_sid")
		list := s.sid(twilio.PrefixIPAccessControlList, "ip_access_control_list_sid", "sid", "id")
		return map[string]any{
			"account_sid":                s.account("account_sid"),
			"date_created":               s.text("date_created"),
			"date_updated":               s.text("date_updated"),
			"friendly_name":              s.text("friendly_name"),
			"id":                         trunk + "/" + list,
			"ip_access_control_list_sid": list,
			"sid":                        list,
			"timeouts":                   s.timeouts(),
			"trunk_sid":                  trunk,
			"url":                        s.text("url"),
		}
	},
}

func (r *trunkAssociationResource) UpgradeState(context.Context) map[int64]resource.StateUpgrader {
	return upgradeFrom(trunkAssociationOfRJPearson94)
}
