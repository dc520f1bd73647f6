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
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// # Values of mocked providers
//
// With mock_provider in a test, Terraform and OpenTofu generate random strings for computed values, and references bring them
// into arguments that need a SID or an address. The CLI still calls the validation of the mocked provider, but not its plans and
// reads. Therefore the validation accepts values that look generated, and the plan of a resource and the read of a data source
// call CheckGenerated. Package addressmap accepts and checks the keys of ip_addresses.

// generated matches the strings that Terraform (8 lower-case letters and digits) and OpenTofu (4 to 15 letters and digits)
// generate.
var generated = regexp.MustCompile(`^[A-Za-z0-9]{4,15}$`)

// LooksGenerated reports whether a mocked provider may have generated a string.
func LooksGenerated(text string) bool { return generated.MatchString(text) }

// exceptGenerated validates a string, or each element of a set, and accepts generated strings.
type exceptGenerated struct{ stringValidator }

// ValidateString adds an error unless a string is valid or generated.
func (v exceptGenerated) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !LooksGenerated(req.ConfigValue.ValueString()) {
		v.check(req.ConfigValue, req.Path, &resp.Diagnostics)
	}
}

// ValidateSet adds an error for each element that is neither valid nor generated.
func (v exceptGenerated) ValidateSet(_ context.Context, req validator.SetRequest, resp *validator.SetResponse) {
	for _, element := range req.ConfigValue.Elements() {
		if text, ok := element.(types.String); ok && !LooksGenerated(text.ValueString()) {
			v.check(text, req.Path.AtSetValue(element), &resp.Diagnostics)
		}
	}
}

// CheckGenerated adds an error for each argument of a resource or data source that is valid only because it looks generated.
func CheckGenerated(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) {
	// Plans call this for every resource, so it does not convert strings to the framework's values.
	var values map[string]tftypes.Value
	if err := config.Raw.As(&values); err != nil {
		diags.AddError("Unexpected configuration", err.Error())
		return
	}
	attributes := config.Schema.GetAttributes()
	for _, name := range slices.Sorted(maps.Keys(values)) {
		at := path.Root(name)
		switch argument := attributes[name].(type) {
		case interface{ StringValidators() []validator.String }:
			for _, v := range argument.StringValidators() {
				var text *string
				if v, ok := v.(exceptGenerated); ok && values[name].IsKnown() && values[name].As(&text) == nil && text != nil {
					v.check(types.StringValue(*text), at, diags)
				}
			}
		case interface{ SetValidators() []validator.Set }:
			for _, v := range argument.SetValidators() {
				if v, ok := v.(exceptGenerated); ok {
					var set types.Set
					diags.Append(config.GetAttribute(ctx, at, &set)...)
					for _, element := range set.Elements() {
						if text, ok := element.(types.String); ok {
							v.check(text, at.AtSetValue(element), diags)
						}
					}
				}
			}
		}
	}
}
