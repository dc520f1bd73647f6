// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var (
	_ list.ListResource              = (*ipAccessControlListListResource)(nil)
	_ list.ListResourceWithConfigure = (*ipAccessControlListListResource)(nil)
)

type ipAccessControlListListResource struct{ ipAccessControlListResource }

type ipAccessControlListListModel struct {
	AccountSID         types.String `tfsdk:"account_sid"`
	FriendlyNamePrefix types.String `tfsdk:"friendly_name_prefix"`
	IncludeIPAddresses types.Bool   `tfsdk:"include_ip_addresses"`
}

func newIPAccessControlListListResource() list.ListResource {
	return &ipAccessControlListListResource{}
}

func (r *ipAccessControlListListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Finds the SIP IP access control lists of an account.",
		Attributes: map[string]schema.Attribute{
			"account_sid": listAccountSIDArgument(),
			"friendly_name_prefix": schema.StringAttribute{
				MarkdownDescription: "Only lists whose name begins with this.",
				Optional:            true,
			},
			"include_ip_addresses": schema.BoolAttribute{
				MarkdownDescription: "Whether generated configuration has the addresses of each list, as `ip_addresses`; default `false`. " +
					"It needs `include_resource = true`, and takes one request more for each list.",
				Optional: true,
			},
		},
	}
}

// listAccountSIDArgument is the account_sid of a list block.
func listAccountSIDArgument() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "SID (`AC…`) of the account to look in; without it, the provider's account.",
		Optional:            true,
		Validators:          []validator.String{sidOf(twilio.PrefixAccount)},
	}
}

func (r *ipAccessControlListListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config ipAccessControlListListModel
	diags := req.Config.Get(ctx, &config)
	client := r.use(&diags)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	account := accountOr(config.AccountSID, client).ValueString()
	// Results are drawn after this call has returned, so the timeout begins there.
	stream.Results = func(push func(list.ListResult) bool) {
		ctx, cancel, limit := dataSourceLimit(ctx)
		defer cancel()
		var pushed int64
		for object, err := range client.IPAccessControlLists(ctx, account) {
			if err != nil {
				push(list.ListResult{Diagnostics: diag.Diagnostics{listingIPAccessControlLists(account, limit).failed(ctx, client, err)}})
				return
			}
			if !strings.HasPrefix(object.FriendlyName, config.FriendlyNamePrefix.ValueString()) {
				continue
			}
			addresses := types.MapNull(types.StringType)
			if req.IncludeResource && config.IncludeIPAddresses.ValueBool() {
				change := addressChange{client: client, account: account, listSID: object.SID, timeout: limit}
				held, err := change.read(ctx)
				if twilio.IsNotFound(err) {
					// Deleted since the page was fetched.
					continue
				}
				if err != nil {
					push(list.ListResult{Diagnostics: diag.Diagnostics{change.reading().failed(ctx, client, err)}})
					return
				}
				addresses = spelled(held)
			}
			if !push(ipAccessControlListResult(ctx, req, object, addresses)) {
				return
			}
			// Terraform does not count for us; stopping here leaves further pages unfetched.
			if pushed++; pushed == req.Limit {
				return
			}
		}
	}
}

func ipAccessControlListResult(ctx context.Context, req list.ListRequest, object twilio.IPAccessControlList, addresses types.Map) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = fmt.Sprintf("%s (%s)", object.FriendlyName, object.SID)
	model := newIPAccessControlListModel(object)
	result.Diagnostics.Append(result.Identity.Set(ctx, model.identity())...)
	if req.IncludeResource {
		result.Diagnostics.Append(result.Resource.Set(ctx, ipAccessControlListResourceModel{
			ipAccessControlListModel: model,
			IPAddresses:              addresses,
			Timeouts:                 noTimeouts(),
		})...)
	}
	return result
}
