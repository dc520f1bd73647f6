// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package ipaddress implements twilio_sip_ip_address: the resource, data sources, and list resource for single entries of SIP IP
// access control lists.
package ipaddress

import (
	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

const noun = "IP address"

// documentation is a part of the descriptions of all types.
const documentation = "See [SIP IpAddress](https://www.twilio.com/docs/voice/sip/api/sip-ipaddress-resource) in Twilio's documentation."

// model has the attributes that the resource and the data sources share.
type model struct {
	AccountSID             types.String `tfsdk:"account_sid"`
	CIDRBlock              types.String `tfsdk:"cidr_block"`
	CIDRPrefixLength       types.Int64  `tfsdk:"cidr_prefix_length"`
	DateCreated            types.String `tfsdk:"date_created"`
	DateUpdated            types.String `tfsdk:"date_updated"`
	FriendlyName           types.String `tfsdk:"friendly_name"`
	ID                     types.String `tfsdk:"id"`
	IPAccessControlListSID types.String `tfsdk:"ip_access_control_list_sid"`
	IPAddress              types.String `tfsdk:"ip_address"`
	SID                    types.String `tfsdk:"sid"`
	URI                    types.String `tfsdk:"uri"`
}

type resourceModel struct {
	model
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

// identity is the resource identity of an entry.
type identity struct {
	AccountSID             types.String `tfsdk:"account_sid"`
	IPAccessControlListSID types.String `tfsdk:"ip_access_control_list_sid"`
	SID                    types.String `tfsdk:"sid"`
}

func newModel(address twilio.IPAddress) (model, error) {
	entry, err := attribute.Entry(address)
	if err != nil {
		return model{}, err
	}
	return model{
		AccountSID:             types.StringValue(address.AccountSID),
		CIDRBlock:              types.StringValue(entry.Block.Canonical().CIDR()),
		CIDRPrefixLength:       types.Int64Value(int64(entry.Block.PrefixLength())),
		DateCreated:            attribute.RFC3339(address.DateCreated),
		DateUpdated:            attribute.RFC3339(address.DateUpdated),
		FriendlyName:           types.StringValue(address.FriendlyName),
		ID:                     types.StringValue(address.SID),
		IPAccessControlListSID: types.StringValue(address.IPAccessControlListSID),
		IPAddress:              types.StringValue(entry.Block.Address()),
		SID:                    types.StringValue(address.SID),
		URI:                    types.StringValue(address.URI),
	}, nil
}

// newModels converts the result of twilio.Client.IPAddresses. If there is no error, the models are not nil.
func newModels(addresses []twilio.IPAddress, err error) ([]model, error) {
	if err != nil {
		return nil, err
	}
	entries := make([]model, len(addresses))
	for i, address := range addresses {
		if entries[i], err = newModel(address); err != nil {
			return nil, err
		}
	}
	return entries, nil
}

func (m model) identity() identity {
	return identity{AccountSID: m.AccountSID, IPAccessControlListSID: m.IPAccessControlListSID, SID: m.SID}
}

// block returns the block of the entry, and false if it is unknown or invalid.
func (m model) block() (ipblock.Block, bool) {
	if m.IPAddress.IsUnknown() || m.IPAddress.IsNull() || m.CIDRPrefixLength.IsUnknown() || m.CIDRPrefixLength.IsNull() {
		return ipblock.Block{}, false
	}
	block, err := ipblock.New(m.IPAddress.ValueString(), int(m.CIDRPrefixLength.ValueInt64()))
	return block, err == nil
}

func (m model) fields() twilio.IPAddressFields {
	return twilio.IPAddressFields{
		FriendlyName:     m.FriendlyName.ValueString(),
		IPAddress:        m.IPAddress.ValueString(),
		CIDRPrefixLength: int(m.CIDRPrefixLength.ValueInt64()),
	}
}

// preserveConfigured keeps the IP address of prior if both are the same block. 203.0.113.7/24 is the same block as
// 203.0.113.0/24, because host bits have no effect.
func (m *model) preserveConfigured(prior model) {
	block, ok := m.block()
	priorBlock, priorOK := prior.block()
	if ok && priorOK && block.Same(priorBlock) {
		m.IPAddress = prior.IPAddress
	}
}

// sameArguments reports whether the arguments that an update sends to Twilio are equal.
func (m model) sameArguments(other model) bool {
	return m.FriendlyName.Equal(other.FriendlyName) && m.IPAddress.Equal(other.IPAddress) && m.CIDRPrefixLength.Equal(other.CIDRPrefixLength)
}

// computed returns the attributes that the plan of an update may leave unknown.
func (m *model) computed() []*types.String {
	return []*types.String{&m.AccountSID, &m.DateCreated, &m.DateUpdated, &m.URI}
}

// complete sets the values that the plan left unknown from Twilio's response. Arguments stay as planned, because Terraform
// accepts nothing else. The next refresh shows what Twilio stored.
func (m *resourceModel) complete(address twilio.IPAddress) {
	m.AccountSID = types.StringValue(address.AccountSID)
	m.DateCreated = attribute.RFC3339(address.DateCreated)
	m.DateUpdated = attribute.RFC3339(address.DateUpdated)
	m.ID = types.StringValue(address.SID)
	m.SID = types.StringValue(address.SID)
	m.URI = types.StringValue(address.URI)
	if block, ok := m.block(); ok {
		m.CIDRBlock = types.StringValue(block.Canonical().CIDR())
	}
}
