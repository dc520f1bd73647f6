// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipaddress

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var _ list.ListResourceWithConfigure = (*listResource)(nil)

type listResource struct{ managedResource }

type listModel struct {
	AccountSID             types.String `tfsdk:"account_sid"`
	IPAccessControlListSID types.String `tfsdk:"ip_access_control_list_sid"`
}

// NewListResource returns the list resource twilio_sip_ip_address.
func NewListResource() list.ListResource { return &listResource{} }

func (r *listResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the entries of a SIP IP access control list.\n" + documentation,
		Attributes: map[string]schema.Attribute{
			"account_sid":                attribute.ListBlockAccountSID(),
			"ip_access_control_list_sid": attribute.ListBlockSID(twilio.PrefixIPAccessControlList, "SID of the list (`AL…`)."),
		},
	}
}

func (r *listResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config listModel
	diags := req.Config.Get(ctx, &config)
	client := r.Client(&diags)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	account, listSID := operation.AccountOrDefault(config.AccountSID, client).ValueString(), config.IPAccessControlListSID.ValueString()
	stream.Results = func(push func(list.ListResult) bool) {
		ctx, cancel, timeout := operation.WithLookupTimeout(ctx)
		defer cancel()
		entries, err := newModels(client.IPAddresses(ctx, account, listSID))
		if err != nil {
			push(list.ListResult{Diagnostics: diag.Diagnostics{listOperation(account, listSID, timeout).Diagnostic(ctx, client, err)}})
			return
		}
		for i, entry := range entries {
			if !push(listResult(ctx, req, entry)) || int64(i+1) == req.Limit {
				return
			}
		}
	}
}

func listResult(ctx context.Context, req list.ListRequest, entry model) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = fmt.Sprintf("%s %s (%s)", entry.CIDRBlock.ValueString(), entry.FriendlyName.ValueString(), entry.SID.ValueString())
	result.Diagnostics.Append(result.Identity.Set(ctx, entry.identity())...)
	if req.IncludeResource {
		result.Diagnostics.Append(result.Resource.Set(ctx, resourceModel{model: entry, Timeouts: operation.NullTimeouts()})...)
	}
	return result
}
