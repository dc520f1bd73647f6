// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

const trunkAssociationNoun = "SIP trunk association"

// trunkAssociationModel is what resource and data sources have in common.
type trunkAssociationModel struct {
	AccountSID             types.String `tfsdk:"account_sid"`
	DateCreated            types.String `tfsdk:"date_created"`
	DateUpdated            types.String `tfsdk:"date_updated"`
	FriendlyName           types.String `tfsdk:"friendly_name"`
	ID                     types.String `tfsdk:"id"`
	IPAccessControlListSID types.String `tfsdk:"ip_access_control_list_sid"`
	SID                    types.String `tfsdk:"sid"`
	TrunkSID               types.String `tfsdk:"trunk_sid"`
	URL                    types.String `tfsdk:"url"`
}

type trunkAssociationResourceModel struct {
	trunkAssociationModel
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

// trunkAssociationIdentity locates an association.
type trunkAssociationIdentity struct {
	AccountSID             types.String `tfsdk:"account_sid"`
	IPAccessControlListSID types.String `tfsdk:"ip_access_control_list_sid"`
	TrunkSID               types.String `tfsdk:"trunk_sid"`
}

func newTrunkAssociationModel(association twilio.TrunkAssociation) trunkAssociationModel {
	return trunkAssociationModel{
		AccountSID:             types.StringValue(association.AccountSID),
		DateCreated:            rfc3339(association.DateCreated),
		DateUpdated:            rfc3339(association.DateUpdated),
		FriendlyName:           types.StringValue(association.FriendlyName),
		ID:                     linkID(types.StringValue(association.TrunkSID), types.StringValue(association.IPAccessControlListSID)),
		IPAccessControlListSID: types.StringValue(association.IPAccessControlListSID),
		SID:                    types.StringValue(association.IPAccessControlListSID),
		TrunkSID:               types.StringValue(association.TrunkSID),
		URL:                    types.StringValue(association.URL),
	}
}

func (m trunkAssociationModel) identity() trunkAssociationIdentity {
	return trunkAssociationIdentity{AccountSID: m.AccountSID, IPAccessControlListSID: m.IPAccessControlListSID, TrunkSID: m.TrunkSID}
}

// spelledAs keeps the SIDs in upper or lower case as they were asked for: Terraform allows no planned value to come out
// different.
func (m trunkAssociationModel) spelledAs(asked trunkAssociationModel) trunkAssociationModel {
	m.TrunkSID, m.IPAccessControlListSID, m.SID = asked.TrunkSID, asked.IPAccessControlListSID, asked.IPAccessControlListSID
	m.ID = linkID(m.TrunkSID, m.IPAccessControlListSID)
	return m
}

// completed fills in what the plan of an update leaves open.
func (m trunkAssociationModel) completed(answer trunkAssociationModel) trunkAssociationModel {
	m.AccountSID = orAnswered(m.AccountSID, answer.AccountSID)
	m.DateCreated = orAnswered(m.DateCreated, answer.DateCreated)
	m.DateUpdated = orAnswered(m.DateUpdated, answer.DateUpdated)
	m.FriendlyName = orAnswered(m.FriendlyName, answer.FriendlyName)
	m.ID = orAnswered(m.ID, answer.ID)
	m.SID = orAnswered(m.SID, answer.SID)
	m.URL = orAnswered(m.URL, answer.URL)
	return m
}

func (m trunkAssociationModel) incomplete() bool { return m != m.completed(trunkAssociationModel{}) }
