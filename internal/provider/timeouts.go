// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// How long an operation may take when the timeouts block says nothing. Throttled requests are repeated until then.
const (
	defaultWriteTimeout = 20 * time.Minute
	defaultReadTimeout  = 10 * time.Minute
)

// timeoutsBlock is the timeouts block of every resource.
func timeoutsBlock(ctx context.Context) schema.Block {
	description := func(what, by string) string {
		return what + " may take, as a duration such as `30s` or `1h30m`; default " + by + " minutes. Throttled requests are repeated until then."
	}
	return timeouts.Block(ctx, timeouts.Opts{
		Create: true, Read: true, Update: true, Delete: true,
		CreateDescription: description("How long creating", "20"),
		ReadDescription:   description("How long one refresh", "10"),
		UpdateDescription: description("How long an update", "20"),
		DeleteDescription: description("How long deleting", "20") + " A new value counts once an apply has stored it.",
	})
}

// The four ways to limit an operation. Each gives a context that ends with the timeout, and the timeout for diagnostics.

func createLimit(ctx context.Context, t timeouts.Value, diags *diag.Diagnostics) (context.Context, context.CancelFunc, timeout) {
	return limit(ctx, "create", t.Create, defaultWriteTimeout, diags)
}

func readLimit(ctx context.Context, t timeouts.Value, diags *diag.Diagnostics) (context.Context, context.CancelFunc, timeout) {
	return limit(ctx, "read", t.Read, defaultReadTimeout, diags)
}

func updateLimit(ctx context.Context, t timeouts.Value, diags *diag.Diagnostics) (context.Context, context.CancelFunc, timeout) {
	return limit(ctx, "update", t.Update, defaultWriteTimeout, diags)
}

func deleteLimit(ctx context.Context, t timeouts.Value, diags *diag.Diagnostics) (context.Context, context.CancelFunc, timeout) {
	return limit(ctx, "delete", t.Delete, defaultWriteTimeout, diags)
}

func limit(ctx context.Context, setting string, get func(context.Context, time.Duration) (time.Duration, diag.Diagnostics), fallback time.Duration, diags *diag.Diagnostics) (context.Context, context.CancelFunc, timeout) {
	duration, problems := get(ctx, fallback)
	diags.Append(problems...)
	ctx, cancel := context.WithTimeout(ctx, duration)
	return ctx, cancel, timeout{setting: setting, limit: duration}
}

// dataSourceLimit limits a data source, which has no timeouts block.
func dataSourceLimit(ctx context.Context) (context.Context, context.CancelFunc, timeout) {
	ctx, cancel := context.WithTimeout(ctx, defaultReadTimeout)
	return ctx, cancel, timeout{limit: defaultReadTimeout}
}

// noTimeouts is an absent timeouts block.
func noTimeouts() timeouts.Value {
	return timeouts.Value{Object: types.ObjectNull(map[string]attr.Type{
		"create": types.StringType, "read": types.StringType, "update": types.StringType, "delete": types.StringType,
	})}
}
