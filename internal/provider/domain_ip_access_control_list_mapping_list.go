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
	_ list.ListResource              = (*domainMappingListResource)(nil)
	_ list.ListResourceWithConfigure = (*domainMappingListResource)(nil)
)

type domainMappingListResource struct{ domainMappingResource }

type domainMappingListModel struct {
	AccountSID types.String `tfsdk:"account_sid"`
	DomainSID  types.String `tfsdk:"domain_sid"`
}

func newDomainMappingListResource() list.ListResource { return &domainMappingListResource{} }

func (r *domainMappingListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Finds the mappings of a SIP domain: which lists are in force for it.",
		Attributes: map[string]schema.Attribute{
			"account_sid": listAccountSIDArgument(),
			"domain_sid": schema.StringAttribute{
				MarkdownDescription: "SID (`SD…`) of the domain to look at.",
				Required:            true,
				Validators:          []validator.String{sidOf(twilio.PrefixDomain)},
			},
		},
	}
}

func (r *domainMappingListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config domainMappingListModel
	diags := req.Config.Get(ctx, &config)
	client := r.use(&diags)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	account, domain := accountOr(config.AccountSID, client).ValueString(), config.DomainSID.ValueString()
	stream.Results = func(push func(list.ListResult) bool) {
		ctx, cancel, limit := dataSourceLimit(ctx)
		defer cancel()
		var pushed int64
		// A domain has at most as many mappings as an account has lists: never more than one page.
		for mapping, err := range each(client.DomainMappings(ctx, account, domain)) {
			if err != nil {
				push(list.ListResult{Diagnostics: diag.Diagnostics{listingDomainMappings(account, domain, limit).failed(ctx, client, err)}})
				return
			}
			if !push(domainMappingResult(ctx, req, newDomainMappingModel(mapping))) {
				return
			}
			if pushed++; pushed == req.Limit {
				return
			}
		}
	}
}

func domainMappingResult(ctx context.Context, req list.ListRequest, model domainMappingModel) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = fmt.Sprintf("%s on %s (%s)", model.FriendlyName.ValueString(), model.DomainSID.ValueString(), model.SID.ValueString())
	result.Diagnostics.Append(result.Identity.Set(ctx, model.identity())...)
	if req.IncludeResource {
		result.Diagnostics.Append(result.Resource.Set(ctx, domainMappingResourceModel{domainMappingModel: model, Timeouts: noTimeouts()})...)
	}
	return result
}
