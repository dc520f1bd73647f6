// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package accesslist

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/addressmap"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var _ list.ListResourceWithConfigure = (*listResource)(nil)

type listResource struct{ managedResource }

type listModel struct {
	AccountSID         types.String `tfsdk:"account_sid"`
	FriendlyNamePrefix types.String `tfsdk:"friendly_name_prefix"`
	IncludeIPAddresses types.Bool   `tfsdk:"include_ip_addresses"`
}

// NewListResource returns the list resource twilio_sip_ip_access_control_list.
func NewListResource() list.ListResource {
	return &listResource{}
}

func (r *listResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Finds the SIP IP access control lists of an account.",
		Attributes: map[string]schema.Attribute{
			"account_sid": attribute.ListBlockAccountSID(),
			"friendly_name_prefix": schema.StringAttribute{
				MarkdownDescription: "Only lists whose name begins with this.",
				Optional:            true,
			},
			"include_ip_addresses": schema.BoolAttribute{
				MarkdownDescription: "Whether generated configuration has the addresses of each list, as `ip_addresses`; default `false`. " +
					"It needs `include_resource = true`, and takes one request more for each list. If a list holds a block more than once, only the first entry is in the map.",
				Optional: true,
			},
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
	account := operation.AccountOrDefault(config.AccountSID, client).ValueString()
	// Terraform reads the results after List has returned, so the timeout must start then.
	stream.Results = func(push func(list.ListResult) bool) {
		ctx, cancel, timeout := operation.WithLookupTimeout(ctx)
		defer cancel()
		var pushed int64
		for object, err := range client.IPAccessControlLists(ctx, account) {
			if err != nil {
				push(list.ListResult{Diagnostics: diag.Diagnostics{listOperation(account, timeout).Diagnostic(ctx, client, err)}})
				return
			}
			if !strings.HasPrefix(object.FriendlyName, config.FriendlyNamePrefix.ValueString()) {
				continue
			}
			ipAddresses := types.MapNull(types.StringType)
			if req.IncludeResource && config.IncludeIPAddresses.ValueBool() {
				reconciler := addressmap.Reconciler{Client: client, AccountSID: account, ListSID: object.SID, Timeout: timeout}
				entries, err := reconciler.Read(ctx)
				if twilio.IsNotFound(err) {
					// The list was deleted after the page was read.
					continue
				}
				if err != nil {
					push(list.ListResult{Diagnostics: diag.Diagnostics{reconciler.ReadOperation().Diagnostic(ctx, client, err)}})
					return
				}
				// The keys of duplicates would make the generated configuration invalid.
				ipAddresses, _ = addressmap.FlattenUnique(entries)
			}
			if !push(listResult(ctx, req, object, ipAddresses)) {
				return
			}
			// Terraform does not enforce the limit, and stopping here saves the requests for further pages.
			if pushed++; pushed == req.Limit {
				return
			}
		}
	}
}

func listResult(ctx context.Context, req list.ListRequest, object twilio.IPAccessControlList, ipAddresses types.Map) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = fmt.Sprintf("%s (%s)", object.FriendlyName, object.SID)
	found := newModel(object)
	result.Diagnostics.Append(result.Identity.Set(ctx, found.identity())...)
	if req.IncludeResource {
		result.Diagnostics.Append(result.Resource.Set(ctx, resourceModel{
			model:       found,
			IPAddresses: ipAddresses,
			Timeouts:    operation.NullTimeouts(),
		})...)
	}
	return result
}
