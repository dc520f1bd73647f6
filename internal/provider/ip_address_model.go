// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

const ipAddressNoun = "IP address"

// ipAddressModel is what resource and data sources have in common.
type ipAddressModel struct {
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

type ipAddressResourceModel struct {
	ipAddressModel
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

// ipAddressIdentity locates an entry.
type ipAddressIdentity struct {
	AccountSID             types.String `tfsdk:"account_sid"`
	IPAccessControlListSID types.String `tfsdk:"ip_access_control_list_sid"`
	SID                    types.String `tfsdk:"sid"`
}

func newIPAddressModel(address twilio.IPAddress) (ipAddressModel, error) {
	entry, err := entryOf(address)
	if err != nil {
		return ipAddressModel{}, err
	}
	return ipAddressModel{
		AccountSID:             types.StringValue(address.AccountSID),
		CIDRBlock:              types.StringValue(entry.Block.Canonical().CIDR()),
		CIDRPrefixLength:       types.Int64Value(int64(entry.Block.PrefixLength())),
		DateCreated:            rfc3339(address.DateCreated),
		DateUpdated:            rfc3339(address.DateUpdated),
		FriendlyName:           types.StringValue(address.FriendlyName),
		ID:                     types.StringValue(address.SID),
		IPAccessControlListSID: types.StringValue(address.IPAccessControlListSID),
		IPAddress:              types.StringValue(entry.Block.Address()),
		SID:                    types.StringValue(address.SID),
		URI:                    types.StringValue(address.URI),
	}, nil
}

func (m ipAddressModel) identity() ipAddressIdentity {
	return ipAddressIdentity{AccountSID: m.AccountSID, IPAccessControlListSID: m.IPAccessControlListSID, SID: m.SID}
}

// block is the block that the model means; false while it is not known, or not valid.
func (m ipAddressModel) block() (ipblock.Block, bool) {
	if m.IPAddress.IsUnknown() || m.IPAddress.IsNull() || m.CIDRPrefixLength.IsUnknown() || m.CIDRPrefixLength.IsNull() {
		return ipblock.Block{}, false
	}
	block, err := ipblock.New(m.IPAddress.ValueString(), int(m.CIDRPrefixLength.ValueInt64()))
	return block, err == nil
}

func (m ipAddressModel) fields() twilio.IPAddressFields {
	return twilio.IPAddressFields{
		FriendlyName:     m.FriendlyName.ValueString(),
		IPAddress:        m.IPAddress.ValueString(),
		CIDRPrefixLength: int(m.CIDRPrefixLength.ValueInt64()),
	}
}

// keepSpelling keeps the address as prior spells it when both mean the same block: with host bits, 203.0.113.7/24 is
// 203.0.113.0/24.
func (m *ipAddressModel) keepSpelling(prior ipAddressModel) {
	now, ok := m.block()
	before, had := prior.block()
	if ok && had && now.Same(before) {
		m.IPAddress = prior.IPAddress
	}
}
