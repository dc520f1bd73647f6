// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package trunk implements the data source for Elastic SIP trunks, and defines the association of IP access control lists with
// them.
package trunk

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

const noun = "Elastic SIP trunk"

type model struct {
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

func newModel(trunk twilio.Trunk, attachments []twilio.Attachment) model {
	return model{
		AccountSID:              types.StringValue(trunk.AccountSID),
		AuthType:                types.StringValue(trunk.AuthType),
		DateCreated:             attribute.RFC3339(trunk.DateCreated),
		DateUpdated:             attribute.RFC3339(trunk.DateUpdated),
		DomainName:              attribute.StringOrNull(trunk.DomainName),
		FriendlyName:            attribute.StringOrNull(trunk.FriendlyName),
		ID:                      types.StringValue(trunk.SID),
		IPAccessControlListSIDs: attribute.StringList(attachments, func(a twilio.Attachment) string { return a.ListSID }),
		Secure:                  types.BoolValue(trunk.Secure),
		SID:                     types.StringValue(trunk.SID),
		URL:                     types.StringValue(trunk.URL),
	}
}
