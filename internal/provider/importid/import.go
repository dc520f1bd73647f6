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

// SIDs gives the SIDs of an import by their prefixes, whether it came with a string or with an identity. If the import
// names no account, it is the provider's. Terraform passes on empty IDs and null identities, so everything is checked.
func (f Forms) SIDs(ctx context.Context, req resource.ImportStateRequest, client *twilio.Client, diags *diag.Diagnostics) map[string]string {
	var sids map[string]string
	if ByIdentity(req) {
		sids = f.fromIdentity(ctx, req, diags)
	} else {
		sids = f.Parse(req.ID, diags)
	}
	if diags.HasError() {
		return nil
	}
	if sids[twilio.PrefixAccount] == "" {
		sids[twilio.PrefixAccount] = client.AccountSID()
	}
	return sids
}

// ImportState imports an object whose id is its SID: it writes what names the object into state and identity, and the mark.
func (f Forms) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse, client *twilio.Client) {
	sids := f.SIDs(ctx, req, client, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	for name, prefix := range f.Identity {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(name), sids[prefix])...)
		resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root(name), sids[prefix])...)
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), sids[f.Identity["sid"]])...)
	resp.Diagnostics.Append(SetMark(ctx, resp.Private)...)
}

// ByIdentity reports whether an import came with an identity rather than with a string.
func ByIdentity(req resource.ImportStateRequest) bool {
	return req.Identity != nil && !req.Identity.Raw.IsFullyNull()
}

func (f Forms) fromIdentity(ctx context.Context, req resource.ImportStateRequest, diags *diag.Diagnostics) map[string]string {
	sids := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(f.Identity)) {
		prefix := f.Identity[name]
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

// SIDOr is the SID, or the form of one where it is not known.
func SIDOr(sid, form string) string {
	if sid == "" {
		return form
	}
	return sid
}

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
