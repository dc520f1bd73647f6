// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package addressmap

import (
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
)

// CheckPrefixLengths adds an error for each entry of the configured map whose prefix length is too short. Names may be unknown.
// Invalid keys are left to the Validator. exists reports whether the list exists.
func CheckPrefixLengths(configured types.Map, limit operation.PrefixLimit, exists bool, at path.Path, diags *diag.Diagnostics) {
	if limit.Shortest == 0 {
		return
	}
	for _, key := range slices.Sorted(maps.Keys(configured.Elements())) {
		if block, err := ipblock.Parse(key); err == nil {
			limit.Check(key, block.PrefixLength(), exists, at.AtMapKey(key), diags)
		}
	}
}
