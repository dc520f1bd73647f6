// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package operation

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Timeouts that apply if the timeouts block does not set them. Throttled requests are repeated until then.
const (
	defaultWriteTimeout = 20 * time.Minute
	defaultReadTimeout  = 10 * time.Minute
)

// TimeoutsBlock is the timeouts block of every resource.
func TimeoutsBlock(ctx context.Context) schema.Block {
	description := func(subject, minutes string) string {
		return subject + " may take, as a duration such as `30s` or `1h30m`; default " + minutes + " minutes. Throttled requests are repeated until then."
	}
	return timeouts.Block(ctx, timeouts.Opts{
		Create: true, Read: true, Update: true, Delete: true,
		CreateDescription: description("How long creating", "20"),
		ReadDescription:   description("How long one refresh", "10"),
		UpdateDescription: description("How long an update", "20"),
		DeleteDescription: description("How long deleting", "20") + " A new value counts once an apply has stored it.",
	})
}

// Timeout is the timeout of an operation, for diagnostics.
type Timeout struct {
	// Setting is create, read, update or delete in the timeouts block. It is empty for data sources, which have none.
	Setting  string
	Duration time.Duration
}

// String returns the duration, and where it can be set.
func (t Timeout) String() string {
	if t.Setting == "" {
		return t.Duration.String()
	}
	return fmt.Sprintf("%s (%s in the timeouts block)", t.Duration, t.Setting)
}

// advice names the setting to raise.
func (t Timeout) advice() string {
	if t.Setting == "" {
		return "the timeout"
	}
	return t.Setting + " in the timeouts block"
}

// WithCreateTimeout returns a context that ends with the timeout for creates.
func WithCreateTimeout(ctx context.Context, t timeouts.Value, diags *diag.Diagnostics) (context.Context, context.CancelFunc, Timeout) {
	return withTimeout(ctx, "create", t.Create, defaultWriteTimeout, diags)
}

// WithReadTimeout returns a context that ends with the timeout for reads.
func WithReadTimeout(ctx context.Context, t timeouts.Value, diags *diag.Diagnostics) (context.Context, context.CancelFunc, Timeout) {
	return withTimeout(ctx, "read", t.Read, defaultReadTimeout, diags)
}

// WithUpdateTimeout returns a context that ends with the timeout for updates.
func WithUpdateTimeout(ctx context.Context, t timeouts.Value, diags *diag.Diagnostics) (context.Context, context.CancelFunc, Timeout) {
	return withTimeout(ctx, "update", t.Update, defaultWriteTimeout, diags)
}

// WithDeleteTimeout returns a context that ends with the timeout for deletes.
func WithDeleteTimeout(ctx context.Context, t timeouts.Value, diags *diag.Diagnostics) (context.Context, context.CancelFunc, Timeout) {
	return withTimeout(ctx, "delete", t.Delete, defaultWriteTimeout, diags)
}

func withTimeout(ctx context.Context, setting string, configured func(context.Context, time.Duration) (time.Duration, diag.Diagnostics), fallback time.Duration, diags *diag.Diagnostics) (context.Context, context.CancelFunc, Timeout) {
	duration, problems := configured(ctx, fallback)
	diags.Append(problems...)
	ctx, cancel := context.WithTimeout(ctx, duration)
	return ctx, cancel, Timeout{Setting: setting, Duration: duration}
}

// WithLookupTimeout returns a context that ends with the timeout for data sources and list resources, which have no
// timeouts block.
func WithLookupTimeout(ctx context.Context) (context.Context, context.CancelFunc, Timeout) {
	ctx, cancel := context.WithTimeout(ctx, defaultReadTimeout)
	return ctx, cancel, Timeout{Duration: defaultReadTimeout}
}

// NullTimeouts is the value of a timeouts block that is absent.
func NullTimeouts() timeouts.Value {
	return timeouts.Value{Object: types.ObjectNull(map[string]attr.Type{
		"create": types.StringType, "read": types.StringType, "update": types.StringType, "delete": types.StringType,
	})}
}
