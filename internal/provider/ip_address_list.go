// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var (
	_ list.ListResource              = (*ipAddressListResource)(nil)
	_ list.ListResourceWithConfigure = (*ipAddressListResource)(nil)
)

type ipAddressListResource struct{ ipAddressResource }

type ipAddressListModel struct {
	AccountSID             types.String `tfsdk:"account_sid"`
	IPAccessControlListSID types.String `tfsdk:"ip_access_control_list_sid"`
}

func newIPAddressListResource() list.ListResource { return &ipAddressListResource{} }

func (r *ipAddressListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Finds the entries of a SIP IP access control list.",
		Attributes: map[string]schema.Attribute{
			"account_sid": listAccountSIDArgument(),
			"ip_access_control_list_sid": schema.StringAttribute{
				MarkdownDescription: "SID (`AL…`) of the list to look in.",
				Required:            true,
				Validators:          []validator.String{sidOf(twilio.PrefixIPAccessControlList)},
			},
		},
	}
}

func (r *ipAddressListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config ipAddressListModel
	diags := req.Config.Get(ctx, &config)
	client := r.use(&diags)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	account, listSID := accountOr(config.AccountSID, client).ValueString(), config.IPAccessControlListSID.ValueString()
	stream.Results = func(push func(list.ListResult) bool) {
		ctx, cancel, limit := dataSourceLimit(ctx)
		defer cancel()
		var pushed int64
		// A list has at most 100 entries: there is never more than the one page.
		for address, err := range each(client.IPAddresses(ctx, account, listSID)) {
			var model ipAddressModel
			if err == nil {
				model, err = newIPAddressModel(address)
			}
			if err != nil {
				push(list.ListResult{Diagnostics: diag.Diagnostics{listingIPAddresses(account, listSID, limit).failed(ctx, client, err)}})
				return
			}
			if !push(ipAddressResult(ctx, req, model)) {
				return
			}
			if pushed++; pushed == req.Limit {
				return
			}
		}
	}
}

func ipAddressResult(ctx context.Context, req list.ListRequest, model ipAddressModel) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = fmt.Sprintf("%s %s (%s)", model.CIDRBlock.ValueString(), model.FriendlyName.ValueString(), model.SID.ValueString())
	result.Diagnostics.Append(result.Identity.Set(ctx, model.identity())...)
	if req.IncludeResource {
		result.Diagnostics.Append(result.Resource.Set(ctx, ipAddressResourceModel{ipAddressModel: model, Timeouts: noTimeouts()})...)
	}
	return result
}
