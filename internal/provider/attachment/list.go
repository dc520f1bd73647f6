// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attachment

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
)

var _ list.ListResourceWithConfigure = (*listResource)(nil)

type listResource struct{ managedResource }

// NewListResource returns the list resource for the attachments of a parent.
func NewListResource(kind Kind) func() list.ListResource {
	return func() list.ListResource { return &listResource{managedResource{kind: kind}} }
}

func (r *listResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	k := r.kind
	resp.Schema = schema.Schema{
		MarkdownDescription: fmt.Sprintf("Lists the SIP IP access control lists that are attached to %s.\n%s", k.ParentPhrase, k.Documentation) + k.ListNote,
		Attributes: map[string]schema.Attribute{
			k.ParentAttribute: attribute.ListBlockSID(k.ParentPrefix, fmt.Sprintf("SID of the %s (`%s…`).", k.ParentWord, k.ParentPrefix)),
		},
	}
	if k.AccountInPath {
		resp.Schema.Attributes["account_sid"] = attribute.ListBlockAccountSID()
	}
}

func (r *listResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var raw types.Object
	diags := req.Config.Get(ctx, &raw)
	client := r.Client(&diags)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	config := r.kind.decode(raw)
	config.AccountSID = operation.AccountOrDefault(config.AccountSID, client)
	stream.Results = func(push func(list.ListResult) bool) {
		ctx, cancel, timeout := operation.WithLookupTimeout(ctx)
		defer cancel()
		// All attachments fit on one page, because an account has at most 1,000 lists.
		found, err := r.kind.Attachments(client, config.sids()).All(ctx)
		if err != nil {
			push(list.ListResult{Diagnostics: diag.Diagnostics{r.kind.ListOperation(client, config.sids(), timeout).Diagnostic(ctx, client, err)}})
			return
		}
		for i, a := range found {
			if !push(r.result(ctx, req, newModel(a))) || int64(i+1) == req.Limit {
				return
			}
		}
	}
}

func (r *listResource) result(ctx context.Context, req list.ListRequest, m model) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = fmt.Sprintf("%s on %s (%s)", m.FriendlyName.ValueString(), m.ParentSID.ValueString(), m.SID.ValueString())
	result.Diagnostics.Append(result.Identity.Set(ctx, r.kind.identity(ctx, m))...)
	if req.IncludeResource {
		m.Timeouts = operation.NullTimeouts()
		result.Diagnostics.Append(result.Resource.Set(ctx, r.kind.encode(ctx, m))...)
	}
	return result
}
