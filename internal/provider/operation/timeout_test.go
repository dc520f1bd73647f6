// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package operation

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func TestTimeoutsBlock(t *testing.T) {
	t.Parallel()
	block, ok := TimeoutsBlock(t.Context()).(schema.SingleNestedBlock)
	if !ok || len(block.Attributes) != 4 {
		t.Fatalf("%v", block)
	}
	for name, test := range map[string]struct {
		value types.String
		// read and write are what the error says. It is "" if the value is valid.
		read, write string
	}{
		"null":              {types.StringNull(), "", ""},
		"unknown":           {types.StringUnknown(), "", ""},
		"long":              {types.StringValue("1h30m"), "", ""},
		"a second":          {types.StringValue("1s"), "", ""},
		"less than that":    {types.StringValue("999ms"), `"999ms" is too short to ever succeed. Write a duration of at least 1s, or leave read out to use the default of 10 minutes.`, ""},
		"zero":              {types.StringValue("0s"), "too short to ever succeed", `"0s" leaves no time for any request. Write a duration longer than zero, such as 5m, or leave `},
		"zero with no unit": {types.StringValue("0"), "too short to ever succeed", "leaves no time"},
		"negative":          {types.StringValue("-5m"), "too short to ever succeed", "out to use the default of 20 minutes."},
		"no unit":           {types.StringValue("30"), `"30" has no unit. Write "30s" for seconds or "30m" for minutes.`, "has no unit"},
		"words":             {types.StringValue("5 minutes"), `"5 minutes" is not a duration. Write numbers with the units h, m and s, such as 30s, 5m or 1h30m, or leave read out`, "is not a duration"},
		"empty":             {types.StringValue(""), `"" is not a duration`, `"" is not a duration`},
		"too long":          {types.StringValue("9999999h"), "is not a duration", "is not a duration"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for setting, attribute := range block.Attributes {
				want := test.write
				if setting == "read" {
					want = test.read
				}
				text, ok := attribute.(schema.StringAttribute)
				if !ok {
					t.Fatalf("%s is a %T", setting, attribute)
				}
				var diags diag.Diagnostics
				for _, v := range text.Validators {
					var resp validator.StringResponse
					v.ValidateString(t.Context(), validator.StringRequest{Path: path.Root("timeouts").AtName(setting), ConfigValue: test.value}, &resp)
					diags.Append(resp.Diagnostics...)
				}
				if want == "" && len(diags) == 0 {
					continue
				}
				if want == "" || len(diags) != 1 || !strings.Contains(diags[0].Detail(), want) {
					t.Errorf("%s: %v, not %q", setting, diags, want)
				}
			}
		})
	}
}

// TestStoredTimeouts uses timeouts that a state of an older version may have.
func TestStoredTimeouts(t *testing.T) {
	t.Parallel()
	type withTimeout = func(context.Context, timeouts.Value, *diag.Diagnostics) (context.Context, context.CancelFunc, Timeout)
	for setting, with := range map[string]withTimeout{
		"create": WithCreateTimeout, "read": WithReadTimeout, "update": WithUpdateTimeout, "delete": WithDeleteTimeout,
	} {
		short := 200 * time.Millisecond
		if setting == "read" {
			short = time.Second
		}
		for value, want := range map[string]time.Duration{"0s": time.Second, "-5m": time.Second, "200ms": short, "1s": time.Second, "30m": 30 * time.Minute} {
			elements := map[string]attr.Value{"create": types.StringNull(), "read": types.StringNull(), "update": types.StringNull(), "delete": types.StringNull()}
			elements[setting] = types.StringValue(value)
			stored := timeouts.Value{Object: types.ObjectValueMust(NullTimeouts().AttributeTypes(t.Context()), elements)}
			var diags diag.Diagnostics
			ctx, cancel, timeout := with(t.Context(), stored, &diags)
			deadline, ok := ctx.Deadline()
			cancel()
			if left := time.Until(deadline); !ok || timeout.Duration != want || left > want || left < want-time.Minute || diags.HasError() {
				t.Errorf("%s = %q: %s, %s left, %v", setting, value, timeout.Duration, left, diags)
			}
		}
	}
}
