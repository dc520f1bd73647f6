// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attribute

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// RFC3339 formats a date for the state. The zero time, which stands for a missing date, is null.
func RFC3339(t time.Time) types.String {
	if t.IsZero() {
		return types.StringNull()
	}
	return types.StringValue(t.UTC().Format(time.RFC3339))
}

// StringOrNull returns text, or null if it is "", which stands for a missing text.
func StringOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}

// StringList converts items to a list of strings. It is never null.
func StringList[T any](items []T, text func(T) string) types.List {
	values := make([]attr.Value, len(items))
	for i, item := range items {
		values[i] = types.StringValue(text(item))
	}
	return types.ListValueMust(types.StringType, values)
}

// StringMap converts a map of strings. It is never null.
func StringMap(entries map[string]string) types.Map {
	values := make(map[string]attr.Value, len(entries))
	for key, value := range entries {
		values[key] = types.StringValue(value)
	}
	return types.MapValueMust(types.StringType, values)
}
