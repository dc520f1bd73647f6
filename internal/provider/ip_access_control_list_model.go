// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

const ipAccessControlListNoun = "IP access control list"

// ipAccessControlListModel is what resource and data sources have in common.
type ipAccessControlListModel struct {
	AccountSID      types.String `tfsdk:"account_sid"`
	DateCreated     types.String `tfsdk:"date_created"`
	DateUpdated     types.String `tfsdk:"date_updated"`
	FriendlyName    types.String `tfsdk:"friendly_name"`
	ID              types.String `tfsdk:"id"`
	SID             types.String `tfsdk:"sid"`
	SubresourceURIs types.Map    `tfsdk:"subresource_uris"`
	URI             types.String `tfsdk:"uri"`
}

type ipAccessControlListDataSourceModel struct {
	ipAccessControlListModel
	IPAddresses types.Map `tfsdk:"ip_addresses"`
}

type ipAccessControlListResourceModel struct {
	ipAccessControlListModel
	IPAddresses types.Map      `tfsdk:"ip_addresses"`
	Timeouts    timeouts.Value `tfsdk:"timeouts"`
}

// ipAccessControlListIdentity locates a list.
type ipAccessControlListIdentity struct {
	AccountSID types.String `tfsdk:"account_sid"`
	SID        types.String `tfsdk:"sid"`
}

func newIPAccessControlListModel(list twilio.IPAccessControlList) ipAccessControlListModel {
	return ipAccessControlListModel{
		AccountSID:      types.StringValue(list.AccountSID),
		DateCreated:     rfc3339(list.DateCreated),
		DateUpdated:     rfc3339(list.DateUpdated),
		FriendlyName:    types.StringValue(list.FriendlyName),
		ID:              types.StringValue(list.SID),
		SID:             types.StringValue(list.SID),
		SubresourceURIs: stringMap(list.SubresourceURIs),
		URI:             types.StringValue(list.URI),
	}
}

func (m ipAccessControlListModel) identity() ipAccessControlListIdentity {
	return ipAccessControlListIdentity{AccountSID: m.AccountSID, SID: m.SID}
}

// stringMap is never null.
func stringMap(entries map[string]string) types.Map {
	values := make(map[string]attr.Value, len(entries))
	for key, value := range entries {
		values[key] = types.StringValue(value)
	}
	return types.MapValueMust(types.StringType, values)
}
