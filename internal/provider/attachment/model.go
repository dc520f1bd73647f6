// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attachment

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// model has the attributes of an attachment. It has no struct tags, because the name of one attribute depends on the kind:
// domain_sid or trunk_sid.
type model struct {
	AccountSID   types.String
	DateCreated  types.String
	DateUpdated  types.String
	FriendlyName types.String
	ID           types.String
	ListSID      types.String
	ParentSID    types.String
	SID          types.String
	URL          types.String
	Timeouts     attr.Value
}

func newModel(a twilio.Attachment) model {
	return model{
		AccountSID:   types.StringValue(a.AccountSID),
		DateCreated:  attribute.RFC3339(a.DateCreated),
		DateUpdated:  attribute.RFC3339(a.DateUpdated),
		FriendlyName: types.StringValue(a.FriendlyName),
		URL:          types.StringValue(a.URL),
	}.withSIDs(types.StringValue(a.ParentSID), types.StringValue(a.ListSID))
}

// withSIDs sets the attributes that identify the attachment. Its SID is the SID of the list.
func (m model) withSIDs(parent, list types.String) model {
	m.ParentSID, m.ListSID, m.SID = parent, list, list
	m.ID = types.StringValue(parent.ValueString() + "/" + list.ValueString())
	return m
}

// decode returns the model of an object of the schema. Attributes that the object does not have are null.
func (k Kind) decode(object types.Object) model {
	attributes := object.Attributes()
	text := func(name string) types.String {
		value, _ := attributes[name].(types.String)
		return value
	}
	return model{
		AccountSID:   text("account_sid"),
		DateCreated:  text("date_created"),
		DateUpdated:  text("date_updated"),
		FriendlyName: text("friendly_name"),
		ID:           text("id"),
		ListSID:      text("ip_access_control_list_sid"),
		ParentSID:    text(k.ParentAttribute),
		SID:          text("sid"),
		URL:          text("url"),
		Timeouts:     attributes["timeouts"],
	}
}

// encode returns the object of the schema for a model, without the timeouts block if there is none.
func (k Kind) encode(ctx context.Context, m model) types.Object {
	attributes := map[string]attr.Value{
		"account_sid":                m.AccountSID,
		"date_created":               m.DateCreated,
		"date_updated":               m.DateUpdated,
		"friendly_name":              m.FriendlyName,
		"id":                         m.ID,
		"ip_access_control_list_sid": m.ListSID,
		k.ParentAttribute:            m.ParentSID,
		"sid":                        m.SID,
	}
	if k.HasURL {
		attributes["url"] = m.URL
	}
	if m.Timeouts != nil {
		attributes["timeouts"] = m.Timeouts
	}
	return object(ctx, attributes)
}

// identity returns the object of the identity schema for a model.
func (k Kind) identity(ctx context.Context, m model) types.Object {
	return object(ctx, map[string]attr.Value{
		"account_sid":                m.AccountSID,
		"ip_access_control_list_sid": m.ListSID,
		k.ParentAttribute:            m.ParentSID,
	})
}

func object(ctx context.Context, attributes map[string]attr.Value) types.Object {
	attributeTypes := map[string]attr.Type{}
	for name, value := range attributes {
		attributeTypes[name] = value.Type(ctx)
	}
	return types.ObjectValueMust(attributeTypes, attributes)
}

func (m model) sids() SIDs {
	return SIDs{AccountSID: m.AccountSID.ValueString(), ParentSID: m.ParentSID.ValueString(), ListSID: m.ListSID.ValueString()}
}

// key identifies the attachment within a run.
func (m model) key() string {
	return strings.ToLower(m.ParentSID.ValueString() + "/" + m.ListSID.ValueString())
}

// timeouts returns the timeouts block of a resource.
func (m model) timeouts() timeouts.Value {
	value, _ := m.Timeouts.(timeouts.Value)
	return value
}

// withAnswer returns the model with the values of Twilio's response. The configured SIDs keep their upper or lower case, because
// Terraform accepts only the planned value.
func (m model) withAnswer(a twilio.Attachment) model {
	answer := newModel(a).withSIDs(m.ParentSID, m.ListSID)
	answer.Timeouts = m.Timeouts
	return answer
}

// computed returns the attributes that the plan of an update may leave unknown. They are unknown only if the state was migrated
// from another provider and has not been refreshed yet.
func (m *model) computed() []*types.String {
	return []*types.String{&m.AccountSID, &m.DateCreated, &m.DateUpdated, &m.FriendlyName, &m.ID, &m.SID, &m.URL}
}
