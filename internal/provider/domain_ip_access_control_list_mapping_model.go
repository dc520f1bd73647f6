// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

const domainMappingNoun = "SIP domain mapping"

// domainMappingModel is what resource and data sources have in common.
type domainMappingModel struct {
	AccountSID             types.String `tfsdk:"account_sid"`
	DateCreated            types.String `tfsdk:"date_created"`
	DateUpdated            types.String `tfsdk:"date_updated"`
	DomainSID              types.String `tfsdk:"domain_sid"`
	FriendlyName           types.String `tfsdk:"friendly_name"`
	ID                     types.String `tfsdk:"id"`
	IPAccessControlListSID types.String `tfsdk:"ip_access_control_list_sid"`
	SID                    types.String `tfsdk:"sid"`
}

type domainMappingResourceModel struct {
	domainMappingModel
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

// domainMappingIdentity locates a mapping.
type domainMappingIdentity struct {
	AccountSID             types.String `tfsdk:"account_sid"`
	DomainSID              types.String `tfsdk:"domain_sid"`
	IPAccessControlListSID types.String `tfsdk:"ip_access_control_list_sid"`
}

func newDomainMappingModel(mapping twilio.DomainMapping) domainMappingModel {
	return domainMappingModel{
		AccountSID:             types.StringValue(mapping.AccountSID),
		DateCreated:            rfc3339(mapping.DateCreated),
		DateUpdated:            rfc3339(mapping.DateUpdated),
		DomainSID:              types.StringValue(mapping.DomainSID),
		FriendlyName:           types.StringValue(mapping.FriendlyName),
		ID:                     linkID(types.StringValue(mapping.DomainSID), types.StringValue(mapping.IPAccessControlListSID)),
		IPAccessControlListSID: types.StringValue(mapping.IPAccessControlListSID),
		SID:                    types.StringValue(mapping.IPAccessControlListSID),
	}
}

func (m domainMappingModel) identity() domainMappingIdentity {
	return domainMappingIdentity{AccountSID: m.AccountSID, DomainSID: m.DomainSID, IPAccessControlListSID: m.IPAccessControlListSID}
}

// spelledAs keeps the SIDs in upper or lower case as they were asked for: Terraform allows no planned value to come out
// different.
func (m domainMappingModel) spelledAs(asked domainMappingModel) domainMappingModel {
	m.DomainSID, m.IPAccessControlListSID, m.SID = asked.DomainSID, asked.IPAccessControlListSID, asked.IPAccessControlListSID
	m.ID = linkID(m.DomainSID, m.IPAccessControlListSID)
	return m
}

// completed fills in what the plan of an update leaves open.
func (m domainMappingModel) completed(answer domainMappingModel) domainMappingModel {
	m.AccountSID = orAnswered(m.AccountSID, answer.AccountSID)
	m.DateCreated = orAnswered(m.DateCreated, answer.DateCreated)
	m.DateUpdated = orAnswered(m.DateUpdated, answer.DateUpdated)
	m.FriendlyName = orAnswered(m.FriendlyName, answer.FriendlyName)
	m.ID = orAnswered(m.ID, answer.ID)
	m.SID = orAnswered(m.SID, answer.SID)
	return m
}

func (m domainMappingModel) incomplete() bool { return m != m.completed(domainMappingModel{}) }
