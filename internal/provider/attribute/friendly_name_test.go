// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attribute

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func TestIsFriendlyName(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		value  types.String
		detail string
	}{
		"good":                {types.StringValue("London, 2nd floor"), ""},
		"null":                {types.StringNull(), ""},
		"unknown":             {types.StringUnknown(), ""},
		"longest":             {types.StringValue(strings.Repeat("é", 255)), ""},
		"spaces around":       {types.StringValue(" London\u00a0"), ""},
		"emoji, joined":       {types.StringValue("👩\u200d💻"), ""},
		"empty":               {types.StringValue(""), "The name must have 1 to 255 characters; got 0."},
		"too long":            {types.StringValue(strings.Repeat("é", 256)), "The name must have 1 to 255 characters; got 256."},
		"a space":             {types.StringValue(" "), "The name must not consist only of white space."},
		"no-break spaces":     {types.StringValue("\u00a0\u3000"), "The name must not consist only of white space."},
		"tab":                 {types.StringValue("é\tb"), "The name contains the control character U+0009 at position 2. Remove it."},
		"null character":      {types.StringValue("\x00"), "The name contains the control character U+0000 at position 1. Remove it."},
		"end of a heredoc":    {types.StringValue("London\n"), "The name contains the control character U+000A at position 7. Remove it, for example with trimspace()."},
		"two lines":           {types.StringValue("a\nb\n"), "The name contains the control character U+000A at position 2. Remove it."},
		"delete":              {types.StringValue("a\x7f"), "The name contains the control character U+007F at position 2. Remove it."},
		"C1":                  {types.StringValue("a\u009fb"), "The name contains the control character U+009F at position 2. Remove it."},
		"line separator":      {types.StringValue("a\u2028b"), "The name contains the control character U+2028 at position 2. Remove it."},
		"paragraph separator": {types.StringValue("a\u2029"), "The name contains the control character U+2029 at position 2. Remove it, for example with trimspace()."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var resp validator.StringResponse
			IsFriendlyName().ValidateString(t.Context(), validator.StringRequest{Path: path.Root("friendly_name"), ConfigValue: test.value}, &resp)
			if len(resp.Diagnostics) == 0 && test.detail == "" {
				return
			}
			if len(resp.Diagnostics) != 1 || resp.Diagnostics[0].Detail() != test.detail {
				t.Errorf("%v, not %q", resp.Diagnostics, test.detail)
			}
		})
	}
}
