// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	datasourceschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// linkedSIDAttribute is one end of what connects a list with the place where it is in force. Changing it replaces.
func linkedSIDAttribute(prefix, description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Required:            true,
		Validators:          []validator.String{sidOf(prefix)},
		PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
	}
}

// sidArgument is a SID that a data source needs.
func sidArgument(prefix, description string) datasourceschema.StringAttribute {
	return datasourceschema.StringAttribute{
		MarkdownDescription: description,
		Required:            true,
		Validators:          []validator.String{sidOf(prefix)},
	}
}

// linkID is the id of what connects a list with the place where it is in force: it has no SID of its own.
func linkID(place, list types.String) types.String {
	return types.StringValue(place.ValueString() + "/" + list.ValueString())
}

// orAnswered is what was planned, or Twilio's answer where the plan left it open. Only the state of an object that was
// taken over from another provider and not refreshed yet leaves anything open in a plan that does not create.
func orAnswered(planned, answered types.String) types.String {
	if planned.IsUnknown() {
		return answered
	}
	return planned
}
