// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package importid

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// SIDs returns the SIDs of an import by prefix, from its ID or its identity. If the import names no account, it is the provider's
// account. SIDs checks everything, because Terraform passes on empty IDs and null identities.
func (f Forms) SIDs(ctx context.Context, req resource.ImportStateRequest, client *twilio.Client, diags *diag.Diagnostics) map[string]string {
	var sids map[string]string
	if ByIdentity(req) {
		sids = f.fromIdentity(ctx, req, diags)
	} else {
		sids = f.parse(req.ID, diags)
	}
	if diags.HasError() {
		return nil
	}
	if sids[twilio.PrefixAccount] == "" {
		sids[twilio.PrefixAccount] = client.AccountSID()
	}
	return sids
}

// ImportState imports an object whose id is its SID. It sets the SIDs in the state and the identity, and marks the object as
// imported.
func (f Forms) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse, client *twilio.Client) {
	sids := f.SIDs(ctx, req, client, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	for name, prefix := range f.identity {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(name), sids[prefix])...)
		resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root(name), sids[prefix])...)
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), sids[f.identity["sid"]])...)
	resp.Diagnostics.Append(MarkImported(ctx, resp.Private)...)
}

// ByIdentity reports whether an import has an identity rather than an ID.
func ByIdentity(req resource.ImportStateRequest) bool {
	return req.Identity != nil && !req.Identity.Raw.IsFullyNull()
}

func (f Forms) fromIdentity(ctx context.Context, req resource.ImportStateRequest, diags *diag.Diagnostics) map[string]string {
	sids := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(f.identity)) {
		prefix := f.identity[name]
		var value types.String
		diags.Append(req.Identity.GetAttribute(ctx, path.Root(name), &value)...)
		if value.IsNull() && prefix == twilio.PrefixAccount {
			continue
		}
		if problem := attribute.SIDProblem(prefix, value.ValueString()); problem != "" {
			diags.AddError("Invalid import identity", name+": "+problem)
		}
		sids[prefix] = value.ValueString()
	}
	return sids
}

// markKey is a key in the private state between an import and the read that follows it. If the object does not exist, that read
// fails with an error that says what to check, instead of Terraform's general one.
const markKey = "import"

// privateState is the access of requests and responses to a resource's private state. The framework does not export such a type.
type privateState interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// MarkImported marks a resource as imported until ConsumeImportMark.
func MarkImported(ctx context.Context, private privateState) diag.Diagnostics {
	return private.SetKey(ctx, markKey, []byte("true"))
}

// ConsumeImportMark reports whether a read follows an import, and removes the mark.
func ConsumeImportMark(ctx context.Context, private privateState, diags *diag.Diagnostics) bool {
	mark, problems := private.GetKey(ctx, markKey)
	diags.Append(problems...)
	diags.Append(private.SetKey(ctx, markKey, nil)...)
	return len(mark) > 0
}
