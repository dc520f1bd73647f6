// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package trunk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attachment"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/importid"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// association is the attachment of a list to an Elastic SIP trunk.
var association = attachment.Kind{
	TypeName:     "sip_trunking_ip_access_control_list",
	AllTypeName:  "sip_trunking_ip_access_control_lists",
	AllAttribute: "ip_access_control_lists",

	Noun: "SIP trunk association", Word: "association", Phrase: "the association of %s with %s", Attached: "associated with the trunk",
	ParentAttribute: "trunk_sid", ParentPrefix: twilio.PrefixTrunk,
	ParentNoun: noun, ParentPhrase: "an Elastic SIP trunk", ParentWord: "trunk",
	Description: "Puts a SIP IP access control list in force for the calls that an Elastic SIP trunk takes from your side (termination). " +
		"A trunk with several lists accepts calls from the addresses of all of them. With a credential list associated as well, both must pass.",
	ListNote:           " The credentials decide the account: a trunk of a subaccount needs a provider block with the subaccount's own.",
	AccountDescription: accountSIDDescription,
	LookupAccount:      lookupAccountSID,
	HasURL:             true,
	Import:             importid.TrunkAssociation,
	ImportID:           func(ids attachment.IDs) string { return ids.ParentSID + "/" + ids.ListSID },

	Create: func(ctx context.Context, client *twilio.Client, ids attachment.IDs) (attachment.Attachment, error) {
		created, err := client.CreateTrunkAssociation(ctx, ids.ParentSID, ids.ListSID)
		return newAttachment(created), err
	},
	Get: func(ctx context.Context, client *twilio.Client, ids attachment.IDs) (attachment.Attachment, error) {
		found, err := client.TrunkAssociation(ctx, ids.ParentSID, ids.ListSID)
		return newAttachment(found), err
	},
	Delete: func(ctx context.Context, client *twilio.Client, ids attachment.IDs) error {
		return client.DeleteTrunkAssociation(ctx, ids.ParentSID, ids.ListSID)
	},
	All: func(ctx context.Context, client *twilio.Client, ids attachment.IDs) ([]attachment.Attachment, error) {
		found, err := client.TrunkAssociations(ctx, ids.ParentSID)
		attachments := make([]attachment.Attachment, len(found))
		for i, association := range found {
			attachments[i] = newAttachment(association)
		}
		return attachments, err
	},

	LookupAdvice: func(client *twilio.Client) string {
		return "Check both SIDs, and that the list is associated with the trunk. " + accountAdvice(client)
	},
	ImportAdvice: func(client *twilio.Client) string {
		return "Check both SIDs, and that the list is associated with the trunk. " + accountAdvice(client)
	},
	AllAdvice: func(client *twilio.Client) string {
		return "Check that the trunk exists. " + accountAdvice(client)
	},
	MissingOnCreate: func(ctx context.Context, client *twilio.Client, ids attachment.IDs) (path.Path, string) {
		if found, err := client.Trunk(ctx, ids.ParentSID); err == nil {
			return path.Root("ip_access_control_list_sid"), "The trunk is there; check that the list is, and that it is in the trunk's account, " + found.AccountSID + "."
		}
		return path.Root("trunk_sid"), "Check that the trunk exists. " + accountAdvice(client)
	},

	CheckAccount:     checkAccount,
	ConfirmAccount:   confirmAccount,
	InAnotherAccount: inAnotherAccount,
}

func newAttachment(association twilio.TrunkAssociation) attachment.Attachment {
	return attachment.Attachment{
		IDs:          attachment.IDs{AccountSID: association.AccountSID, ParentSID: association.TrunkSID, ListSID: association.IPAccessControlListSID},
		FriendlyName: association.FriendlyName,
		URL:          association.URL,
		DateCreated:  association.DateCreated,
		DateUpdated:  association.DateUpdated,
	}
}

// NewAssociationResource gives the resource twilio_sip_trunking_ip_access_control_list.
func NewAssociationResource() resource.Resource { return attachment.NewResource(association) }

// NewAssociationDataSource gives the data source twilio_sip_trunking_ip_access_control_list.
func NewAssociationDataSource() datasource.DataSource { return attachment.NewDataSource(association) }

// NewAllAssociationsDataSource gives the data source twilio_sip_trunking_ip_access_control_lists.
func NewAllAssociationsDataSource() datasource.DataSource {
	return attachment.NewAllDataSource(association)
}

// NewAssociationListResource gives the list resource twilio_sip_trunking_ip_access_control_list.
func NewAssociationListResource() list.ListResource { return attachment.NewListResource(association) }
