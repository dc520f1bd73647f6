// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package operation

import (
	"context"
	"fmt"
	"regexp"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Timeouts if the timeouts block does not set them. Throttled requests are retried until then.
const (
	defaultWriteTimeout = 20 * time.Minute
	defaultReadTimeout  = 10 * time.Minute
)

// walkTimeout is for list resources that make a request for each result. It is long enough to read 1,000 lists while other
// programs use most of the account's request rate.
const walkTimeout = 30 * time.Minute

// shortestReadTimeout is the shortest read timeout that a configuration can set. A refresh uses the value in the state, so a
// value that no read can meet would make every later plan fail.
const shortestReadTimeout = time.Second

// TimeoutsBlock is the timeouts block of every resource.
func TimeoutsBlock(ctx context.Context) schema.Block {
	description := func(what, example string, fallback time.Duration) string {
		return fmt.Sprintf("Time limit for %s, including retries of throttled requests, as a duration such as %s. Defaults to %d minutes.", what, example, int(fallback.Minutes()))
	}
	const (
		example = "`30s` or `1h30m`"
		// A refresh and a delete use the value in the state.
		inState = " A new value takes effect after the next apply."
	)
	block := timeouts.Block(ctx, timeouts.Opts{
		Create: true, Read: true, Update: true, Delete: true,
		CreateDescription: description("creating the resource", example, defaultWriteTimeout),
		ReadDescription:   description("reading the resource", example+" (at least `1s`)", defaultReadTimeout) + inState,
		UpdateDescription: description("updating the resource", example, defaultWriteTimeout),
		DeleteDescription: description("deleting the resource", example, defaultWriteTimeout) + inState,
	})
	nested, ok := block.(schema.SingleNestedBlock)
	if !ok {
		return block
	}
	for name, attribute := range nested.Attributes {
		if text, ok := attribute.(schema.StringAttribute); ok {
			// The library's own validator accepts zero and negative durations, and would report the other errors a second time.
			text.Validators = []validator.String{timeoutValidator{setting: name}}
			nested.Attributes[name] = text
		}
	}
	return nested
}

var wholeNumber = regexp.MustCompile(`^[0-9]+$`)

// timeoutValidator validates one setting of the timeouts block. It skips null and unknown values.
type timeoutValidator struct{ setting string }

// Description describes a valid timeout to users.
func (v timeoutValidator) Description(context.Context) string {
	if v.setting == "read" {
		return fmt.Sprintf("must be a duration of at least %s", shortestReadTimeout)
	}
	return "must be a duration longer than zero"
}

// MarkdownDescription is the same as Description.
func (v timeoutValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString adds an error if the timeout is not a duration or is too short.
func (v timeoutValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if problem := v.problem(req.ConfigValue.ValueString()); problem != "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid timeout", problem)
	}
}

// problem returns what is wrong with a timeout, or "" if it is valid.
func (v timeoutValidator) problem(value string) string {
	duration, err := time.ParseDuration(value)
	fallback := defaultWriteTimeout
	if v.setting == "read" {
		fallback = defaultReadTimeout
	}
	omit := fmt.Sprintf("If omitted, it defaults to %d minutes.", int(fallback.Minutes()))
	switch {
	case err != nil && wholeNumber.MatchString(value):
		return fmt.Sprintf("%[2]s must have a unit; got %[1]q. Use \"%[1]ss\" for seconds or \"%[1]sm\" for minutes.", value, v.setting)
	case err != nil:
		return fmt.Sprintf("%s must be a duration with the units h, m, and s, such as 30s, 5m, or 1h30m; got %q. %s", v.setting, value, omit)
	case v.setting == "read" && duration < shortestReadTimeout:
		return fmt.Sprintf("%s must be at least %s; got %q. %s", v.setting, shortestReadTimeout, value, omit)
	case duration <= 0:
		return fmt.Sprintf("%s must be a duration longer than zero, such as 5m; got %q. %s", v.setting, value, omit)
	default:
		return ""
	}
}

// Timeout is the timeout of an operation, for diagnostics.
type Timeout struct {
	// Setting is create, read, update, or delete in the timeouts block. It is empty for data sources, which have no such block.
	Setting  string
	Duration time.Duration
}

// String returns the duration and where it can be set.
func (t Timeout) String() string {
	if t.Setting == "" {
		return t.Duration.String()
	}
	return fmt.Sprintf("%s (%s in the timeouts block)", t.Duration, t.Setting)
}

// orRaise completes a sentence with the setting to increase. It returns "" if the timeout cannot be set.
func (t Timeout) orRaise() string {
	if t.Setting == "" {
		return ""
	}
	advice := ", or raise " + t.Setting + " in the timeouts block"
	if t.Setting == "read" {
		// A plan would refresh with the old value and fail again.
		advice += " and apply the change with -refresh=false, because a refresh uses the value in the state"
	}
	return advice
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
	// States may have values that configurations can no longer set, and with which a resource could not be read or destroyed.
	if duration <= 0 || setting == "read" {
		duration = max(duration, shortestReadTimeout)
	}
	ctx, cancel := context.WithTimeout(ctx, duration)
	return ctx, cancel, Timeout{Setting: setting, Duration: duration}
}

// WithLookupTimeout returns a context that ends with the timeout for data sources and list resources, which have no timeouts
// block.
func WithLookupTimeout(ctx context.Context) (context.Context, context.CancelFunc, Timeout) {
	ctx, cancel := context.WithTimeout(ctx, defaultReadTimeout)
	return ctx, cancel, Timeout{Duration: defaultReadTimeout}
}

// WithWalkTimeout is like WithLookupTimeout, for list resources that make a request for each result.
func WithWalkTimeout(ctx context.Context) (context.Context, context.CancelFunc, Timeout) {
	ctx, cancel := context.WithTimeout(ctx, walkTimeout)
	return ctx, cancel, Timeout{Duration: walkTimeout}
}

// NullTimeouts returns the value of an absent timeouts block.
func NullTimeouts() timeouts.Value {
	return timeouts.Value{Object: types.ObjectNull(map[string]attr.Type{
		"create": types.StringType, "read": types.StringType, "update": types.StringType, "delete": types.StringType,
	})}
}
