// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package operation

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/ownership"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// ProviderData is passed from the provider's Configure to resources and data sources.
type ProviderData struct {
	client    *twilio.Client
	unknown   []string
	prefixes  PrefixLimit
	ownership *ownership.Registry
}

// NewProviderData returns ProviderData with the configured client. If the provider's configuration is unknown, because a value
// comes from a resource that does not exist yet, client is nil and unknown has the attributes. The limit of prefix lengths
// applies with and without a client.
func NewProviderData(client *twilio.Client, unknown []string, prefixes PrefixLimit) *ProviderData {
	return &ProviderData{client: client, unknown: unknown, prefixes: prefixes, ownership: ownership.NewRegistry()}
}

// PrefixLimit returns the limit of the prefix lengths of entries.
func (d *ProviderData) PrefixLimit() PrefixLimit { return d.prefixes }

// Ownership returns the registry of the objects that the resources of this run manage. It is nil if the provider is not
// configured.
func (d *ProviderData) Ownership() *ownership.Registry { return d.ownership }

// ConfiguredClient returns the client, or nil if the provider is not configured or its configuration is unknown.
func (d *ProviderData) ConfiguredClient() *twilio.Client { return d.client }

// Client returns the client. If there is none, it returns nil and adds an error that says why.
func (d *ProviderData) Client(diags *diag.Diagnostics) *twilio.Client {
	if d.client == nil {
		diags.AddError("Provider configuration is not known yet",
			"This operation sends a request to Twilio, but these arguments of the provider block are not known until after an apply: "+strings.Join(d.unknown, ", ")+
				". Set them to known values, or first apply the resources that they depend on, for example with -target.")
	}
	return d.client
}

func (d *ProviderData) setProviderData(data any, diags *diag.Diagnostics) {
	// Terraform validates resources before it configures the provider.
	if data == nil {
		return
	}
	given, ok := data.(*ProviderData)
	if !ok {
		diags.AddError("Unexpected provider data", fmt.Sprintf("Expected *operation.ProviderData; got %T. This is a bug in the provider; please report it.", data))
		return
	}
	*d = *given
}

// Resource is embedded in resources and list resources, to give them the client.
type Resource struct{ ProviderData }

// Configure stores the provider's data.
func (r *Resource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.setProviderData(req.ProviderData, &resp.Diagnostics)
}

// DataSource is embedded in data sources, to give them the client.
type DataSource struct{ ProviderData }

// Configure stores the provider's data.
func (d *DataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.setProviderData(req.ProviderData, &resp.Diagnostics)
}

// PlanComputed plans the computed values that are known before the apply: the provider's account if the configuration does not
// set one, and date_updated if changed is false, which means that no request will change the object itself. A state that another
// provider wrote may not have date_updated until the first refresh.
func (r *Resource) PlanComputed(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse, changed bool) {
	if req.Plan.Raw.IsFullyKnown() {
		return
	}
	if r.client != nil {
		PlanAccountSID(ctx, req, resp, r.client.AccountSID())
	}
	if !req.State.Raw.IsNull() && !changed {
		var updated types.String
		resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("date_updated"), &updated)...)
		if !updated.IsNull() {
			resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("date_updated"), updated)...)
		}
	}
}

// PlanAccountSID plans the account if neither the configuration nor the state has one. An empty account stays unknown.
func PlanAccountSID(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse, account string) {
	if req.Plan.Raw.IsFullyKnown() {
		return
	}
	var planned, configured types.String
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("account_sid"), &planned)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("account_sid"), &configured)...)
	if planned.IsUnknown() && configured.IsNull() && account != "" {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("account_sid"), account)...)
	}
}
