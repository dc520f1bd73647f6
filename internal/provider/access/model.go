// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package access implements the data sources that show who can call: twilio_sip_effective_access for one SIP domain or Elastic
// SIP trunk, and twilio_sip_access_report for an account.
package access

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// model has the attributes that both data sources have for a domain or trunk.
type model struct {
	AddressCount            types.Int64  `tfsdk:"address_count"`
	AuthType                types.String `tfsdk:"auth_type"`
	CIDRBlocks              types.List   `tfsdk:"cidr_blocks"`
	CredentialListSIDs      types.List   `tfsdk:"credential_list_sids"`
	IPAccessControlListSIDs types.List   `tfsdk:"ip_access_control_list_sids"`
}

// entryModel is an entry with the list that it is in.
type entryModel struct {
	CIDRBlock                       types.String `tfsdk:"cidr_block"`
	FriendlyName                    types.String `tfsdk:"friendly_name"`
	IPAccessControlListFriendlyName types.String `tfsdk:"ip_access_control_list_friendly_name"`
	IPAccessControlListSID          types.String `tfsdk:"ip_access_control_list_sid"`
	SID                             types.String `tfsdk:"sid"`
}

// newModel also returns the entries of all lists. Its slices are not nil. It returns an error if an entry is not a valid IPv4
// block, because it is then unknown what the entry allows.
func newModel(authType string, access twilio.Access) (model, []entryModel, error) {
	var blocks []ipblock.Block
	entries := []entryModel{}
	for _, list := range access.Lists {
		for _, address := range list.Entries {
			entry, err := attribute.Entry(address)
			if err != nil {
				return model{}, nil, err
			}
			blocks = append(blocks, entry.Block)
			entries = append(entries, entryModel{
				CIDRBlock:                       types.StringValue(entry.Block.Canonical().CIDR()),
				FriendlyName:                    types.StringValue(address.FriendlyName),
				IPAccessControlListFriendlyName: types.StringValue(list.FriendlyName),
				IPAccessControlListSID:          types.StringValue(list.ListSID),
				SID:                             types.StringValue(address.SID),
			})
		}
	}
	return model{
		AddressCount:            types.Int64Value(ipblock.Count(blocks)),
		AuthType:                types.StringValue(authType),
		CIDRBlocks:              attribute.StringList(ipblock.Aggregate(blocks), ipblock.Block.String),
		CredentialListSIDs:      attribute.StringList(access.CredentialLists, func(list twilio.CredentialList) string { return list.SID }),
		IPAccessControlListSIDs: attribute.StringList(access.Lists, func(list twilio.AttachedList) string { return list.ListSID }),
	}, entries, nil
}
