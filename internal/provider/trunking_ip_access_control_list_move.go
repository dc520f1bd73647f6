// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var _ resource.ResourceWithMoveState = (*trunkAssociationResource)(nil)

var trunkAssociationOfTwilio = origin{
	provider: twilioInc, typeName: "twilio_trunking_trunks_ip_access_control_lists_v1",
	convert: func(s *storedState) map[string]any {
		trunk := s.sid(twilio.PrefixTrunk, "trunk_sid", "id/0")
		list := s.sid(twilio.PrefixIPAccessControlList, "ip_access_control_list_sid", "sid", "id/1")
		return map[string]any{
			"id":                         trunk + "/" + list,
			"ip_access_control_list_sid": list,
			"sid":                        list,
			"timeouts":                   s.timeouts(),
			"trunk_sid":                  trunk,
		}
	},
}

func (r *trunkAssociationResource) MoveState(context.Context) []resource.StateMover {
	return moveFrom("twilio_sip_trunking_ip_access_control_list", trunkAssociationOfTwilio, trunkAssociationOfRJPearson94)
}
