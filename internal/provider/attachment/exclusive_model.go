// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attachment

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// exclusiveModel has the attributes of the exclusive resource. Like model, it has no struct tags.
type exclusiveModel struct {
	AccountSID types.String
	ID         types.String
	ParentSID  types.String
	ListSIDs   types.Set
	Timeouts   attr.Value
}

// decodeExclusive returns the model for an object of the schema. Attributes of a null object are null.
func (k Kind) decodeExclusive(object types.Object) exclusiveModel {
	attributes := object.Attributes()
	text := func(name string) types.String {
		value, _ := attributes[name].(types.String)
		return value
	}
	lists, _ := attributes["ip_access_control_list_sids"].(types.Set)
	return exclusiveModel{
		AccountSID: text("account_sid"), ID: text("id"), ParentSID: text(k.ParentAttribute), ListSIDs: lists, Timeouts: attributes["timeouts"],
	}
}

func (k Kind) encodeExclusive(ctx context.Context, m exclusiveModel) types.Object {
	return object(ctx, map[string]attr.Value{
		"account_sid":                 m.AccountSID,
		"id":                          m.ParentSID,
		"ip_access_control_list_sids": m.ListSIDs,
		k.ParentAttribute:             m.ParentSID,
		"timeouts":                    m.Timeouts,
	})
}

func (k Kind) exclusiveIdentity(ctx context.Context, m exclusiveModel) types.Object {
	return object(ctx, map[string]attr.Value{"account_sid": m.AccountSID, k.ParentAttribute: m.ParentSID})
}

// sids returns the SIDs of the parent.
func (m exclusiveModel) sids() SIDs {
	return SIDs{AccountSID: m.AccountSID.ValueString(), ParentSID: m.ParentSID.ValueString()}
}

func (m exclusiveModel) timeouts() timeouts.Value {
	value, _ := m.Timeouts.(timeouts.Value)
	return value
}

// lists returns the known SIDs of the set, and whether all of them are known.
func (m exclusiveModel) lists() (sids []string, complete bool) {
	complete = !m.ListSIDs.IsUnknown()
	for _, element := range m.ListSIDs.Elements() {
		sid, _ := element.(types.String)
		if sid.IsUnknown() {
			complete = false
			continue
		}
		sids = append(sids, sid.ValueString())
	}
	slices.Sort(sids)
	return sids, complete
}

// withAttached returns the model with the attached lists. SIDs in the set keep their upper or lower case.
func (m exclusiveModel) withAttached(attached []string) exclusiveModel {
	known, _ := m.lists()
	elements := []attr.Value{}
	for _, sid := range known {
		if containsSID(attached, sid) {
			elements = append(elements, types.StringValue(sid))
		}
	}
	for _, sid := range without(attached, known) {
		elements = append(elements, types.StringValue(sid))
	}
	m.ListSIDs = types.SetValueMust(types.StringType, elements)
	return m
}

// listSIDs returns the SIDs of the attached lists.
func listSIDs(attachments []twilio.Attachment) []string {
	sids := make([]string, len(attachments))
	for i, a := range attachments {
		sids[i] = a.ListSID
	}
	return sids
}

func containsSID(sids []string, sid string) bool {
	return slices.ContainsFunc(sids, func(s string) bool { return strings.EqualFold(s, sid) })
}

// without returns the SIDs that are not in others.
func without(sids, others []string) []string {
	return slices.DeleteFunc(slices.Clone(sids), func(sid string) bool { return containsSID(others, sid) })
}
