// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attribute

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// MaxNameLength is the largest number of characters in the name of a list or an entry.
// Source: https://www.twilio.com/docs/voice/sip/api/sip-ipaccesscontrollist-resource
const MaxNameLength = 255

// FriendlyName validates the length of a name in characters, which is how Twilio counts.
func FriendlyName() validator.String {
	return stringvalidator.UTF8LengthBetween(1, MaxNameLength)
}

// Name is the friendly_name of a resource.
func Name(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Required: true, Validators: []validator.String{FriendlyName()}}
}

// stringValidator makes a validator from a function. Null and unknown values are left for later.
type stringValidator struct {
	description, summary string
	// problem says what is wrong with a value; "" if nothing is.
	problem func(value string) string
}

func (v stringValidator) Description(context.Context) string { return v.description }

func (v stringValidator) MarkdownDescription(context.Context) string { return v.description }

func (v stringValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if problem := v.problem(req.ConfigValue.ValueString()); problem != "" {
		resp.Diagnostics.AddAttributeError(req.Path, v.summary, problem)
	}
}
