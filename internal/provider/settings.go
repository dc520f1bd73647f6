// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// settings reads settings from the provider block or else from the environment.
type settings struct {
	getenv func(string) string
	diags  *diag.Diagnostics
}

// prefix returns the first sentence of a diagnostic about a value from the environment, and otherwise "".
func (s settings) prefix(block types.String, env string) string {
	if block.IsNull() {
		return "The environment variable " + env + " is invalid. "
	}
	return ""
}

// text returns the value of a string setting. An empty string in the block is an error. If it were treated as absent, an empty
// Terraform variable would silently select the account in the environment.
func (s settings) text(name string, block types.String, env string) string {
	switch {
	case block.IsUnknown():
		return ""
	case block.IsNull():
		return s.getenv(env)
	case block.ValueString() == "":
		s.diags.AddAttributeError(path.Root(name), "Empty "+name,
			fmt.Sprintf("%s is an empty string. Set it to a value, or omit it (or set it to null) to use the environment variable %s.", name, env))
	}
	return block.ValueString()
}

// number returns the value of a number setting from 1 to most, or 0 if it is absent or unknown.
func (s settings) number(name string, block types.Int64, env string, most int) int {
	if !block.IsNull() {
		return int(block.ValueInt64())
	}
	given := s.getenv(env)
	if given == "" {
		return 0
	}
	number, err := strconv.Atoi(given)
	if err != nil || number < 1 || number > most {
		s.diags.AddAttributeError(path.Root(name), "Invalid "+name,
			fmt.Sprintf("The environment variable %s must be a whole number from 1 to %d; got %q.", env, most, given))
	}
	return number
}

func (s settings) boolean(name string, block types.Bool, env string, fallback bool) bool {
	if !block.IsNull() {
		return block.ValueBool()
	}
	given := s.getenv(env)
	if given == "" {
		return fallback
	}
	value, err := strconv.ParseBool(given)
	if err != nil {
		s.diags.AddAttributeError(path.Root(name), "Invalid "+name,
			fmt.Sprintf("The environment variable %s must be true or false; got %q.", env, given))
	}
	return value
}
