// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attribute

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// AnyUnknown reports whether one of the values is unknown.
func AnyUnknown(values []*types.String) bool {
	return slices.ContainsFunc(values, func(value *types.String) bool { return value.IsUnknown() })
}

// FillUnknown replaces unknown values with the elements of answers at the same indexes. The plan of an update leaves values
// unknown if another provider wrote the state and no refresh has completed it.
func FillUnknown(values, answers []*types.String) {
	for i, value := range values {
		if value.IsUnknown() {
			*value = *answers[i]
		}
	}
}
