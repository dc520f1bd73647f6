// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// importSIDs gives the SIDs of an import by their prefixes, whether it came with a string or with an identity.
// attributes are the identity's attributes with the prefixes of their SIDs. An account that is not named is the
// provider's. Terraform lets empty IDs and null identities through to here, so everything is checked.
func importSIDs(ctx context.Context, req resource.ImportStateRequest, forms importForms, attributes map[string]string, client *twilio.Client, diags *diag.Diagnostics) map[string]string {
	var sids map[string]string
	if req.Identity == nil || req.Identity.Raw.IsFullyNull() {
		sids = forms.parse(req.ID, diags)
	} else {
		sids = map[string]string{}
		for _, name := range slices.Sorted(maps.Keys(attributes)) {
			prefix := attributes[name]
			var value types.String
			diags.Append(req.Identity.GetAttribute(ctx, path.Root(name), &value)...)
			if value.IsNull() && prefix == twilio.PrefixAccount {
				continue
			}
			if problem := sidProblem(prefix, value.ValueString()); problem != "" {
				diags.AddError("Invalid import identity", name+": "+problem)
			}
			sids[prefix] = value.ValueString()
		}
	}
	if diags.HasError() {
		return nil
	}
	if sids[twilio.PrefixAccount] == "" {
		sids[twilio.PrefixAccount] = client.AccountSID()
	}
	return sids
}

// privateState and privateStateReader are what requests and responses offer of a resource's private state; the
// framework's own type has no name that could be written here.
type privateState interface {
	privateStateReader
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

type privateStateReader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

// importMark is in the private state between an import and the read that follows it. That read reports a missing object
// as an error that says what to check, in place of Terraform's general one.
const importMark = "import"

func setImportMark(ctx context.Context, private privateState) diag.Diagnostics {
	return private.SetKey(ctx, importMark, []byte("true"))
}

// takeImportMark reports whether the mark was there, and removes it.
func takeImportMark(ctx context.Context, private privateState, diags *diag.Diagnostics) bool {
	mark, problems := private.GetKey(ctx, importMark)
	diags.Append(problems...)
	diags.Append(private.SetKey(ctx, importMark, nil)...)
	return len(mark) > 0
}

// accountOr is the account, or the provider's if that is not known: states of other providers may lack it.
func accountOr(account types.String, client *twilio.Client) types.String {
	if account.ValueString() == "" {
		return types.StringValue(client.AccountSID())
	}
	return account
}

func orPlaceholder(sid, placeholder string) string {
	if sid == "" {
		return placeholder
	}
	return sid
}
