// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var _ resource.ResourceWithUpgradeState = (*domainMappingResource)(nil)

// domainMappingOfRJPearson94 has the list's SID as its id, as Twilio has it; ours names the domain as well.
var domainMappingOfRJPearson94 = origin{
	provider: rjpearson94, typeName: "twilio_sip_domain_ip_access_control_list_mapping",
	convert: func(s *storedState) map[string]any {
		domain := s.sid(twilio.PrefixDomain, "domain_sid")
		list := s.sid(twilio.PrefixIPAccessControlList, "ip_access_control_list_sid", "sid", "id")
		return map[string]any{
			"account_sid":                s.account("account_sid"),
			"date_created":               s.text("date_created"),
			"date_updated":               s.text("date_updated"),
			"domain_sid":                 domain,
			"friendly_name":              s.text("friendly_name"),
			"id":                         domain + "/" + list,
			"ip_access_control_list_sid": list,
			"sid":                        list,
			"timeouts":                   s.timeouts(),
		}
	},
}

func (r *domainMappingResource) UpgradeState(context.Context) map[int64]resource.StateUpgrader {
	return upgradeFrom(domainMappingOfRJPearson94)
}
