// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

const domainNoun = "SIP domain"

type domainModel struct {
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

func newDomainModel(domain twilio.Domain, mappings []twilio.DomainMapping) domainModel {
	return domainModel{
		AccountSID:   types.StringValue(domain.AccountSID),
		AuthType:     types.StringValue(domain.AuthType),
		DateCreated:  rfc3339(domain.DateCreated),
		DateUpdated:  rfc3339(domain.DateUpdated),
		DomainName:   types.StringValue(domain.DomainName),
		FriendlyName: types.StringValue(domain.FriendlyName),
		ID:           types.StringValue(domain.SID),
		IPAccessControlListSIDs: stringList(mappings, func(mapping twilio.DomainMapping) string {
			return mapping.IPAccessControlListSID
		}),
		Secure:   types.BoolValue(domain.Secure),
		SID:      types.StringValue(domain.SID),
		URI:      types.StringValue(domain.URI),
		VoiceURL: stringOrNull(domain.VoiceURL),
	}
}

// stringList is never null.
func stringList[T any](items []T, text func(T) string) types.List {
	values := make([]attr.Value, len(items))
	for i, item := range items {
		values[i] = types.StringValue(text(item))
	}
	return types.ListValueMust(types.StringType, values)
}

// stringOrNull makes what Twilio left out null.
func stringOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}
