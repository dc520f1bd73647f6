// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attribute

import (
	"context"
	"maps"
	"regexp"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// # Values of mocked providers
//
// With mock_provider in a test, Terraform and OpenTofu generate random strings for computed values, and a reference brings them
// into arguments that need a SID or an address. They still call the validation of the mocked provider, but none of its plans and reads.
// So the validation accepts what looks generated, and the plan of a resource and the read of a data source check it again.

// generated matches the strings that Terraform (8 lower-case letters and digits) and OpenTofu (4 to 15 letters and digits) generate.
var generated = regexp.MustCompile(`^[A-Za-z0-9]{4,15}$`)

// checkedAtPlan is a validator that accepts generated strings, and a plan modifier that does not. The plan modifier is for a string
// or for the elements of a set.
type checkedAtPlan struct{ stringValidator }

// ValidateString adds an error unless a string is valid or may be generated.
func (c checkedAtPlan) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !generated.MatchString(req.ConfigValue.ValueString()) {
		c.stringValidator.ValidateString(ctx, req, resp)
	}
}

// PlanModifyString adds an error if a string is not valid.
func (c checkedAtPlan) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	c.check(ctx, req.ConfigValue, req.Path, &resp.Diagnostics)
}

// PlanModifySet adds an error for each element that is not valid.
func (c checkedAtPlan) PlanModifySet(ctx context.Context, req planmodifier.SetRequest, resp *planmodifier.SetResponse) {
	for _, element := range req.ConfigValue.Elements() {
		if text, ok := element.(types.String); ok {
			c.check(ctx, text, req.Path.AtSetValue(element), &resp.Diagnostics)
		}
	}
}

func (c checkedAtPlan) check(ctx context.Context, value types.String, at path.Path, diags *diag.Diagnostics) {
	var resp validator.StringResponse
	c.stringValidator.ValidateString(ctx, validator.StringRequest{Path: at, ConfigValue: value}, &resp)
	diags.Append(resp.Diagnostics...)
}

// CheckLookup adds an error for each argument of a data source that only looked valid because it may be generated.
func CheckLookup(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) {
	attributes := config.Schema.GetAttributes()
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		argument, ok := attributes[name].(interface{ StringValidators() []validator.String })
		if !ok {
			continue
		}
		for _, v := range argument.StringValidators() {
			if c, ok := v.(checkedAtPlan); ok {
				var value types.String
				diags.Append(config.GetAttribute(ctx, path.Root(name), &value)...)
				c.check(ctx, value, path.Root(name), diags)
			}
		}
	}
}
