// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attribute

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// stringValidator is a validator that calls a function. It skips null and unknown values.
type stringValidator struct {
	description, summary string
	// problem returns what is wrong with a value, or "" if it is valid.
	problem func(value string) string
}

func (v stringValidator) Description(context.Context) string { return v.description }

func (v stringValidator) MarkdownDescription(context.Context) string { return v.description }

func (v stringValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	v.check(req.ConfigValue, req.Path, &resp.Diagnostics)
}

// check adds an error if a known value is invalid.
func (v stringValidator) check(value types.String, at path.Path, diags *diag.Diagnostics) {
	if value.IsNull() || value.IsUnknown() {
		return
	}
	if problem := v.problem(value.ValueString()); problem != "" {
		diags.AddAttributeError(at, v.summary, problem)
	}
}
