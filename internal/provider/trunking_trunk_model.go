// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

const trunkNoun = "Elastic SIP trunk"

type trunkModel struct {
	AccountSID              types.String `tfsdk:"account_sid"`
	AuthType                types.String `tfsdk:"auth_type"`
	DateCreated             types.String `tfsdk:"date_created"`
	DateUpdated             types.String `tfsdk:"date_updated"`
	DomainName              types.String `tfsdk:"domain_name"`
	FriendlyName            types.String `tfsdk:"friendly_name"`
	ID                      types.String `tfsdk:"id"`
	IPAccessControlListSIDs types.List   `tfsdk:"ip_access_control_list_sids"`
	Secure                  types.Bool   `tfsdk:"secure"`
	SID                     types.String `tfsdk:"sid"`
	URL                     types.String `tfsdk:"url"`
}

func newTrunkModel(trunk twilio.Trunk, associations []twilio.TrunkAssociation) trunkModel {
	return trunkModel{
		AccountSID:   types.StringValue(trunk.AccountSID),
		AuthType:     types.StringValue(trunk.AuthType),
		DateCreated:  rfc3339(trunk.DateCreated),
		DateUpdated:  rfc3339(trunk.DateUpdated),
		DomainName:   stringOrNull(trunk.DomainName),
		FriendlyName: stringOrNull(trunk.FriendlyName),
		ID:           types.StringValue(trunk.SID),
		IPAccessControlListSIDs: stringList(associations, func(association twilio.TrunkAssociation) string {
			return association.IPAccessControlListSID
		}),
		Secure: types.BoolValue(trunk.Secure),
		SID:    types.StringValue(trunk.SID),
		URL:    types.StringValue(trunk.URL),
	}
}
