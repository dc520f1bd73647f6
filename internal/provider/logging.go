// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var _ twilio.Logger = tflogLogger{}

// tflogLogger hands the client's messages to Terraform's log. The client never puts a secret into a field.
type tflogLogger struct{}

func (tflogLogger) Debug(ctx context.Context, message string, fields map[string]any) {
	tflog.Debug(ctx, message, fields)
}

func (tflogLogger) Trace(ctx context.Context, message string, fields map[string]any) {
	tflog.Trace(ctx, message, fields)
}
