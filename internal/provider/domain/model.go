// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package domain implements the data source for SIP domains, and defines the mapping of IP access control lists to them.
package domain

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

const noun = "SIP domain"

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
	URI                     types.String `tfsdk:"uri"`
	VoiceURL                types.String `tfsdk:"voice_url"`
}

func newModel(domain twilio.Domain, attachments []twilio.Attachment) model {
	return model{
		AccountSID:              types.StringValue(domain.AccountSID),
		AuthType:                types.StringValue(domain.AuthType),
		DateCreated:             attribute.RFC3339(domain.DateCreated),
		DateUpdated:             attribute.RFC3339(domain.DateUpdated),
		DomainName:              types.StringValue(domain.DomainName),
		FriendlyName:            types.StringValue(domain.FriendlyName),
		ID:                      types.StringValue(domain.SID),
		IPAccessControlListSIDs: attribute.StringList(attachments, func(a twilio.Attachment) string { return a.ListSID }),
		Secure:                  types.BoolValue(domain.Secure),
		SID:                     types.StringValue(domain.SID),
		URI:                     types.StringValue(domain.URI),
		VoiceURL:                attribute.StringOrNull(domain.VoiceURL),
	}
}
