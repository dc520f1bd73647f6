// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package domain

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attachment"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/importid"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// Mapping attaches a list to a SIP domain: twilio_sip_domain_ip_access_control_list_mapping.
var Mapping = attachment.Kind{
	TypeName:     "sip_domain_ip_access_control_list_mapping",
	AllTypeName:  "sip_domain_ip_access_control_list_mappings",
	AllAttribute: "ip_access_control_list_mappings",

	Exclusive: attachment.Exclusive{
		TypeName:          "sip_domain_ip_access_control_list_mappings_exclusive",
		ImportForms:       importid.DomainMappings,
		SuggestedImportID: func(sids attachment.SIDs) string { return sids.AccountSID + "/" + sids.ParentSID },
		ImportAdvice:      "Check the SID. The import ID for a domain in a subaccount must include the account: AC…/SD…",
	},

	Word: "mapping", Phrase: "the mapping of %s to %s",
	Documentation:   "See [SIP IpAccessControlListMapping](https://www.twilio.com/docs/voice/sip/api/sip-ipaccesscontrollistmapping-resource) in Twilio's documentation.",
	ParentAttribute: "domain_sid", ParentPrefix: twilio.PrefixDomain,
	ParentNoun: noun, ParentPhrase: "a SIP domain", ParentWord: "domain",
	Purpose:            "Attaches a SIP IP access control list to a SIP domain, so that the domain accepts calls from the addresses in the list.",
	AccountDescription: attribute.AccountSIDDescription,
	LookupAccount:      attribute.LookupAccountSID,
	AccountInPath:      true,
	ImportForms:        importid.DomainMapping,
	SuggestedImportID:  func(sids attachment.SIDs) string { return sids.AccountSID + "/" + sids.ParentSID + "/" + sids.ListSID },

	Attachments: func(client *twilio.Client, sids attachment.SIDs) twilio.Attachments {
		return client.DomainAttachments(sids.AccountSID, sids.ParentSID)
	},

	LookupAdvice: "Check both SIDs, and check that the list is attached to the domain. If the domain belongs to a subaccount, also check account_sid.",
	ImportAdvice: "Check both SIDs, and check that the list is attached to the domain. The import ID of a mapping in a subaccount must include the account: AC…/SD…/AL…",
	AllAdvice:    "Check that the domain exists. If it belongs to a subaccount, also check account_sid.",
	MissingOnCreate: func(ctx context.Context, client *twilio.Client, sids attachment.SIDs) (path.Path, string) {
		const sameAccount = " The domain and the list must belong to the same account. If that is not the provider's account, set account_sid."
		if _, err := client.Domain(ctx, sids.AccountSID, sids.ParentSID); err == nil {
			return path.Root("ip_access_control_list_sid"), "The domain exists. Check that the list exists." + sameAccount
		}
		return path.Root("domain_sid"), "Check that the domain exists." + sameAccount
	},
}
