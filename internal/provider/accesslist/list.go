// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package accesslist

import (
	"context"
	"fmt"
	"iter"
	"math"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
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
		MarkdownDescription: "Lists the SIP IP access control lists of an account.\n" + documentation,
		Attributes: map[string]schema.Attribute{
			"account_sid": attribute.ListBlockAccountSID(),
			"friendly_name_prefix": schema.StringAttribute{
				MarkdownDescription: "Prefix of the names of the lists to return. If omitted, all lists are returned.",
				Optional:            true,
			},
			"include_ip_addresses": schema.BoolAttribute{
				MarkdownDescription: "Whether to read the entries of each list, so that the generated configuration contains `ip_addresses`. Defaults to `false`, because it takes one more request for each list. " +
					"Without `-generate-config-out`, it also requires `include_resource = true`.",
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
	stream.Results = search{
		client: client, account: account, prefix: config.FriendlyNamePrefix.ValueString(), request: req,
		withAddresses: req.IncludeResource && config.IncludeIPAddresses.ValueBool(),
	}.results(ctx)
}

// search is the query of a list block.
type search struct {
	client          *twilio.Client
	account, prefix string
	withAddresses   bool
	request         list.ListRequest
}

// results runs the query when Terraform reads the results, which is after List has returned.
func (s search) results(ctx context.Context) func(push func(list.ListResult) bool) {
	return func(push func(list.ListResult) bool) {
		withTimeout, atOnce := operation.WithLookupTimeout, 1
		if s.withAddresses {
			withTimeout, atOnce = operation.WithWalkTimeout, s.client.MaxConcurrentRequests()
		}
		ctx, cancel, timeout := withTimeout(ctx)
		defer cancel()
		// Terraform does not enforce the limit. Results beyond it must not cost requests for pages or entries.
		left := s.request.Limit
		if left <= 0 {
			left = math.MaxInt64
		}
		ahead := func() int { return int(min(int64(atOnce), left)) }
		for result := range inOrder(ctx, s.lists(ctx, timeout), ahead) {
			if result == nil {
				continue
			}
			left--
			if !push(*result) || result.Diagnostics.HasError() {
				return
			}
		}
	}
}

// lists yields a function for each list that the query finds. The function makes the result, which is nil if the list was deleted
// after its page was read.
func (s search) lists(ctx context.Context, timeout operation.Timeout) iter.Seq[func(context.Context) *list.ListResult] {
	return func(yield func(func(context.Context) *list.ListResult) bool) {
		for object, err := range s.client.IPAccessControlLists(ctx, s.account) {
			switch {
			case err != nil:
				yield(func(ctx context.Context) *list.ListResult {
					return s.failed(ctx, listOperation(s.account, timeout), err)
				})
				return
			case !strings.HasPrefix(object.FriendlyName, s.prefix):
			case !yield(func(ctx context.Context) *list.ListResult { return s.result(ctx, object, timeout) }):
				return
			}
		}
	}
}

func (s search) result(ctx context.Context, object twilio.IPAccessControlList, timeout operation.Timeout) *list.ListResult {
	ipAddresses := types.MapNull(types.StringType)
	if s.withAddresses {
		reconciler := addressmap.Reconciler{Client: s.client, AccountSID: s.account, ListSID: object.SID, Timeout: timeout}
		entries, err := reconciler.ReadUncached(ctx)
		if twilio.IsNotFound(err) {
			return nil
		}
		if err != nil {
			op := reconciler.ReadOperation()
			op.Attribute = path.Root("include_ip_addresses")
			return s.failed(ctx, op, err)
		}
		// The keys of duplicates would make the generated configuration invalid.
		ipAddresses, _ = addressmap.FlattenUnique(entries)
	}
	result := s.request.NewListResult(ctx)
	result.DisplayName = fmt.Sprintf("%s (%s)", object.FriendlyName, object.SID)
	found := newModel(object)
	result.Diagnostics.Append(result.Identity.Set(ctx, found.identity())...)
	if s.request.IncludeResource {
		result.Diagnostics.Append(result.Resource.Set(ctx, resourceModel{
			model:       found,
			IPAddresses: ipAddresses,
			Timeouts:    operation.NullTimeouts(),
		})...)
	}
	return &result
}

// failed returns the result that ends a query after an error.
func (s search) failed(ctx context.Context, op operation.Operation, err error) *list.ListResult {
	if s.withAddresses {
		op.Outcome = "Terraform discards the lists that this list block has found so far. To search for fewer lists, set limit or friendly_name_prefix."
	}
	return &list.ListResult{Diagnostics: diag.Diagnostics{op.Diagnostic(ctx, s.client, err)}}
}
