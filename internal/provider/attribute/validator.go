// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attribute

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// stringValidator is a validator that calls a function. It skips null and unknown values.
type stringValidator struct {
	description, summary string
	// problem says what is wrong with a value. It returns "" for a valid one.
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
