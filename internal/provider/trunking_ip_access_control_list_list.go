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
	_ list.ListResource              = (*trunkAssociationListResource)(nil)
	_ list.ListResourceWithConfigure = (*trunkAssociationListResource)(nil)
)

type trunkAssociationListResource struct{ trunkAssociationResource }

type trunkAssociationListModel struct {
	TrunkSID types.String `tfsdk:"trunk_sid"`
}

func newTrunkAssociationListResource() list.ListResource { return &trunkAssociationListResource{} }

func (r *trunkAssociationListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Finds the associations of an Elastic SIP trunk: which lists are in force for it. " +
			"The credentials decide the account: a trunk of a subaccount needs a provider block with the subaccount's own.",
		Attributes: map[string]schema.Attribute{
			"trunk_sid": schema.StringAttribute{
				MarkdownDescription: "SID (`TK…`) of the trunk to look at.",
				Required:            true,
				Validators:          []validator.String{sidOf(twilio.PrefixTrunk)},
			},
		},
	}
}

func (r *trunkAssociationListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config trunkAssociationListModel
	diags := req.Config.Get(ctx, &config)
	client := r.use(&diags)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	trunk := config.TrunkSID.ValueString()
	stream.Results = func(push func(list.ListResult) bool) {
		ctx, cancel, limit := dataSourceLimit(ctx)
		defer cancel()
		var pushed int64
		// A trunk has at most as many associations as an account has lists: never more than one page.
		for association, err := range each(client.TrunkAssociations(ctx, trunk)) {
			if err != nil {
				push(list.ListResult{Diagnostics: diag.Diagnostics{listingTrunkAssociations(trunk, client, limit).failed(ctx, client, err)}})
				return
			}
			if !push(trunkAssociationResult(ctx, req, newTrunkAssociationModel(association))) {
				return
			}
			if pushed++; pushed == req.Limit {
				return
			}
		}
	}
}

func trunkAssociationResult(ctx context.Context, req list.ListRequest, model trunkAssociationModel) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = fmt.Sprintf("%s on %s (%s)", model.FriendlyName.ValueString(), model.TrunkSID.ValueString(), model.SID.ValueString())
	result.Diagnostics.Append(result.Identity.Set(ctx, model.identity())...)
	if req.IncludeResource {
		result.Diagnostics.Append(result.Resource.Set(ctx, trunkAssociationResourceModel{trunkAssociationModel: model, Timeouts: noTimeouts()})...)
	}
	return result
}
