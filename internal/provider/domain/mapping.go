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
		TypeName: "sip_domain_ip_access_control_list_mappings_exclusive",
		Description: "Manages all SIP IP access control lists that are mapped to a SIP domain for its calls. " +
			"See [SIP IpAccessControlListMapping](https://www.twilio.com/docs/voice/sip/api/sip-domain-auth-calls-ipaccesscontrollistmapping-resource) in Twilio's documentation.",
		AccountDescription: "SID (`AC…`) of the account that owns domain and lists: the provider's account or a subaccount of it. " +
			"Without it, the provider's account is used when the resource is created. Changing it replaces the resource.",
		ImportForms:       importid.DomainMappings,
		SuggestedImportID: func(sids attachment.SIDs) string { return sids.AccountSID + "/" + sids.ParentSID },
		ImportAdvice:      "Check the SID. A domain of a subaccount is imported with its account: AC…/SD…",
	},

	Word: "mapping", Phrase: "the mapping of %s to %s", Attached: "mapped to the domain",
	ParentAttribute: "domain_sid", ParentPrefix: twilio.PrefixDomain,
	ParentNoun: noun, ParentPhrase: "a SIP domain", ParentWord: "domain",
	Description: "Puts a SIP IP access control list in force for the calls to a SIP domain. " +
		"A domain with several lists accepts calls from the addresses of all of them. With a credential list mapped as well, both must pass. " +
		"To manage all lists of a domain together, use `twilio_sip_domain_ip_access_control_list_mappings_exclusive`.",
	AccountDescription: attribute.AccountSIDDescription,
	LookupAccount:      attribute.LookupAccountSID,
	AccountInPath:      true,
	ImportForms:        importid.DomainMapping,
	SuggestedImportID:  func(sids attachment.SIDs) string { return sids.AccountSID + "/" + sids.ParentSID + "/" + sids.ListSID },

	Attachments: func(client *twilio.Client, sids attachment.SIDs) twilio.Attachments {
		return client.DomainAttachments(sids.AccountSID, sids.ParentSID)
	},

	LookupAdvice: "Check both SIDs, account_sid if the domain belongs to a subaccount, and that the list is mapped to the domain.",
	ImportAdvice: "Check both SIDs, and that the list is mapped to the domain. A mapping of a subaccount is imported with its account: AC…/SD…/AL…",
	AllAdvice:    "Check that the domain exists, and account_sid if it belongs to a subaccount.",
	MissingOnCreate: func(ctx context.Context, client *twilio.Client, sids attachment.SIDs) (path.Path, string) {
		const sameAccount = " Domain and list must be in the same account; account_sid names it, if it is not the provider's."
		if _, err := client.Domain(ctx, sids.AccountSID, sids.ParentSID); err == nil {
			return path.Root("ip_access_control_list_sid"), "The domain is there; check that the list is." + sameAccount
		}
		return path.Root("domain_sid"), "Check that the domain exists." + sameAccount
	},
}
