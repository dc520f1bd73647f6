// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package attribute has the schema attributes, validators, and values that several resources and data sources share.
package attribute

import (
	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
)

// DateCreatedDescription and DateUpdatedDescription describe the dates that every object has.
const (
	DateCreatedDescription = "Time of creation (RFC 3339, UTC)."
	DateUpdatedDescription = "Time of the last change (RFC 3339, UTC)."
)

// Stable returns a computed string of a resource that never changes while the object exists. It may be null in a state that was
// migrated from another provider and has not been refreshed yet.
func Stable(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Computed:            true,
		PlanModifiers:       []planmodifier.String{stringplanmodifier.UseNonNullStateForUnknown()},
	}
}

// DateUpdated returns the date_updated of a resource that can be updated. operation.Resource.PlanComputed plans it.
func DateUpdated() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: DateUpdatedDescription,
		Computed:            true,
	}
}

// Computed returns a computed string of a data source.
func Computed(description string) datasource.StringAttribute {
	return datasource.StringAttribute{MarkdownDescription: description, Computed: true}
}
