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
		// read and write are the text of the error, or "" if the value is valid.
		read, write string
	}{
		"null":              {types.StringNull(), "", ""},
		"unknown":           {types.StringUnknown(), "", ""},
		"long":              {types.StringValue("1h30m"), "", ""},
		"a second":          {types.StringValue("1s"), "", ""},
		"less than that":    {types.StringValue("999ms"), `read must be at least 1s; got "999ms". If omitted, it defaults to 10 minutes.`, ""},
		"zero":              {types.StringValue("0s"), `read must be at least 1s; got "0s".`, ` must be a duration longer than zero, such as 5m; got "0s".`},
		"zero with no unit": {types.StringValue("0"), `must be at least 1s; got "0".`, `must be a duration longer than zero, such as 5m; got "0".`},
		"negative":          {types.StringValue("-5m"), `must be at least 1s; got "-5m".`, "If omitted, it defaults to 20 minutes."},
		"no unit":           {types.StringValue("30"), `read must have a unit; got "30". Use "30s" for seconds or "30m" for minutes.`, `must have a unit; got "30".`},
		"words":             {types.StringValue("5 minutes"), `read must be a duration with the units h, m, and s, such as 30s, 5m, or 1h30m; got "5 minutes".`, `must be a duration with the units h, m, and s`},
		"empty":             {types.StringValue(""), `such as 30s, 5m, or 1h30m; got "".`, `such as 30s, 5m, or 1h30m; got "".`},
		"too long":          {types.StringValue("9999999h"), `1h30m; got "9999999h".`, `1h30m; got "9999999h".`},
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
