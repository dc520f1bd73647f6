// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var _ resource.ResourceWithMoveState = (*domainMappingResource)(nil)

// Twilio serves mappings under two paths, each of which is a type of twilio/twilio. They are the same objects.
var (
	domainAuthMappingOfTwilio = origin{
		provider: twilioInc, typeName: "twilio_api_accounts_sip_domains_auth_calls_ip_access_control_list_mappings",
		convert: convertDomainMappingOfTwilio,
	}
	domainMappingOfTwilio = origin{
		provider: twilioInc, typeName: "twilio_api_accounts_sip_domains_ip_access_control_list_mappings",
		convert: convertDomainMappingOfTwilio,
	}
)

func convertDomainMappingOfTwilio(s *storedState) map[string]any {
	domain := s.sid(twilio.PrefixDomain, "domain_sid", "id/0")
	list := s.sid(twilio.PrefixIPAccessControlList, "ip_access_control_list_sid", "sid", "id/1")
	return map[string]any{
		"account_sid":                s.account("path_account_sid"),
		"domain_sid":                 domain,
		"id":                         domain + "/" + list,
		"ip_access_control_list_sid": list,
		"sid":                        list,
		"timeouts":                   s.timeouts(),
	}
}

func (r *domainMappingResource) MoveState(context.Context) []resource.StateMover {
	return moveFrom("twilio_sip_domain_ip_access_control_list_mapping", domainAuthMappingOfTwilio, domainMappingOfTwilio, domainMappingOfRJPearson94)
}
