// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package accesslist implements twilio_sip_ip_access_control_list: the resource, data sources, and list resource for SIP IP
// access control lists.
package accesslist

import (
	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

const noun = "IP access control list"

// documentation is a part of the descriptions of all types.
const documentation = "See [SIP IpAccessControlList](https://www.twilio.com/docs/voice/sip/api/sip-ipaccesscontrollist-resource) in Twilio's documentation."

// model has the attributes that the resource and the data sources share.
type model struct {
	AccountSID      types.String `tfsdk:"account_sid"`
	DateCreated     types.String `tfsdk:"date_created"`
	DateUpdated     types.String `tfsdk:"date_updated"`
	FriendlyName    types.String `tfsdk:"friendly_name"`
	ID              types.String `tfsdk:"id"`
	SID             types.String `tfsdk:"sid"`
	SubresourceURIs types.Map    `tfsdk:"subresource_uris"`
	URI             types.String `tfsdk:"uri"`
}

type dataSourceModel struct {
	model
	IPAddresses          types.Map        `tfsdk:"ip_addresses"`
	DuplicateIPAddresses []duplicateModel `tfsdk:"duplicate_ip_addresses"`
}

// duplicateModel is an entry with the same block as an earlier entry of the list.
type duplicateModel struct {
	CIDRBlock    types.String `tfsdk:"cidr_block"`
	FriendlyName types.String `tfsdk:"friendly_name"`
	SID          types.String `tfsdk:"sid"`
}

type resourceModel struct {
	model
	IPAddresses types.Map      `tfsdk:"ip_addresses"`
	Timeouts    timeouts.Value `tfsdk:"timeouts"`
}

// identity is the resource identity of a list.
type identity struct {
	AccountSID types.String `tfsdk:"account_sid"`
	SID        types.String `tfsdk:"sid"`
}

func newModel(list twilio.IPAccessControlList) model {
	return model{
		AccountSID:      types.StringValue(list.AccountSID),
		DateCreated:     attribute.RFC3339(list.DateCreated),
		DateUpdated:     attribute.RFC3339(list.DateUpdated),
		FriendlyName:    types.StringValue(list.FriendlyName),
		ID:              types.StringValue(list.SID),
		SID:             types.StringValue(list.SID),
		SubresourceURIs: attribute.StringMap(list.SubresourceURIs),
		URI:             types.StringValue(list.URI),
	}
}

// newDuplicateModels converts entries. The result is not nil, so that the list in the state is empty rather than null.
func newDuplicateModels(entries []ipblock.Entry) []duplicateModel {
	models := make([]duplicateModel, len(entries))
	for i, entry := range entries {
		models[i] = duplicateModel{
			CIDRBlock:    types.StringValue(entry.Block.Canonical().CIDR()),
			FriendlyName: types.StringValue(entry.Name),
			SID:          types.StringValue(entry.SID),
		}
	}
	return models
}

func (m model) identity() identity {
	return identity{AccountSID: m.AccountSID, SID: m.SID}
}

// computed returns the attributes that the plan of an update may leave unknown, except subresource_uris, which is unknown if uri
// is.
func (m *model) computed() []*types.String {
	return []*types.String{&m.AccountSID, &m.DateCreated, &m.DateUpdated, &m.URI}
}

// complete sets the values that the plan left unknown from Twilio's response.
func (m *resourceModel) complete(list twilio.IPAccessControlList) {
	name := m.FriendlyName
	m.model = newModel(list)
	// Terraform accepts only the planned value. If Twilio changed the name, the next refresh shows it.
	m.FriendlyName = name
}
