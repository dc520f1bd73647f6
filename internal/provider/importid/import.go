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
