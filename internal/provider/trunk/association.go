// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package trunk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attachment"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/importid"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// Association attaches a list to an Elastic SIP trunk: twilio_sip_trunking_ip_access_control_list.
var Association = attachment.Kind{
	TypeName:     "sip_trunking_ip_access_control_list",
	AllTypeName:  "sip_trunking_ip_access_control_lists",
	AllAttribute: "ip_access_control_lists",

	Exclusive: attachment.Exclusive{
		TypeName:          "sip_trunking_ip_access_control_lists_exclusive",
		ImportForms:       importid.TrunkAssociations,
		SuggestedImportID: func(sids attachment.SIDs) string { return sids.ParentSID },
		ImportAdvice:      "Check the SID.",
	},

	Word: "association", Phrase: "the association of %s with %s",
	Documentation:   "See [IpAccessControlList](https://www.twilio.com/docs/sip-trunking/api/ipaccesscontrollist-resource) in Twilio's documentation.",
	ParentAttribute: "trunk_sid", ParentPrefix: twilio.PrefixTrunk,
	ParentNoun: noun, ParentPhrase: "an Elastic SIP trunk", ParentWord: "trunk",
	Purpose:            "Attaches a SIP IP access control list to an Elastic SIP trunk, so that the trunk accepts calls from the addresses in the list (termination).",
	ListNote:           "\n\nFor a trunk of a subaccount, use a provider block with the subaccount's SID and credentials.",
	AccountDescription: accountSIDDescription,
	LookupAccount:      lookupAccountSID,
	HasURL:             true,
	ImportForms:        importid.TrunkAssociation,
	SuggestedImportID:  func(sids attachment.SIDs) string { return sids.ParentSID + "/" + sids.ListSID },

	Attachments: func(client *twilio.Client, sids attachment.SIDs) twilio.Attachments {
		return client.TrunkAttachments(sids.ParentSID)
	},

	LookupAdvice:  "Check both SIDs, and check that the list is attached to the trunk.",
	ImportAdvice:  "Check both SIDs, and check that the list is attached to the trunk.",
	AllAdvice:     "Check that the trunk exists.",
	AccountAdvice: accountAdvice,
	MissingOnCreate: func(ctx context.Context, client *twilio.Client, sids attachment.SIDs) (path.Path, string) {
		if found, err := client.Trunk(ctx, sids.ParentSID); err == nil {
			return path.Root("ip_access_control_list_sid"), "The trunk exists. Check that the list exists and belongs to the trunk's account, " + found.AccountSID + "."
		}
		return path.Root("trunk_sid"), "Check that the trunk exists. " + accountAdvice(client)
	},

	ParentAccount: func(ctx context.Context, client *twilio.Client, parentSID string) (string, error) {
		found, err := client.Trunk(ctx, parentSID)
		return found.AccountSID, err
	},
	CheckAccount:     checkAccount,
	ConfirmAccount:   confirmAccount,
	InAnotherAccount: inAnotherAccount,
}
