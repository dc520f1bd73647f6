// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package importid

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// markKey is in the private state between an import and the read that follows it. That read reports a missing object as
// an error that says what to check, instead of Terraform's general one.
const markKey = "import"

// privateState is what requests and responses offer of a resource's private state. The framework exports no such type.
type privateState interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// SetMark marks a resource as imported.
func SetMark(ctx context.Context, private privateState) diag.Diagnostics {
	return private.SetKey(ctx, markKey, []byte("true"))
}

// TakeMark reports whether the resource was imported just now, and removes the mark.
func TakeMark(ctx context.Context, private privateState, diags *diag.Diagnostics) bool {
	mark, problems := private.GetKey(ctx, markKey)
	diags.Append(problems...)
	diags.Append(private.SetKey(ctx, markKey, nil)...)
	return len(mark) > 0
}
