// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attachment

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
)

var _ datasource.DataSourceWithConfigure = (*allDataSource)(nil)

type allDataSource struct {
	operation.DataSource
	kind Kind
}

// NewAllDataSource returns the data source for all attachments of a parent.
func NewAllDataSource(kind Kind) func() datasource.DataSource {
	return func() datasource.DataSource { return &allDataSource{kind: kind} }
}

func (d *allDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + d.kind.AllTypeName
}

func (d *allDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	k := d.kind
	resp.Schema = schema.Schema{
		MarkdownDescription: fmt.Sprintf("Lists the SIP IP access control lists that are attached to %s.\n%s", k.ParentPhrase, k.Documentation),
		Attributes: map[string]schema.Attribute{
			"account_sid":     k.LookupAccount(),
			k.ParentAttribute: attribute.LookupSID(k.ParentPrefix, fmt.Sprintf("SID of the %s (`%s…`).", k.ParentWord, k.ParentPrefix)),
			k.AllAttribute: schema.ListNestedAttribute{
				MarkdownDescription: fmt.Sprintf("All %ss of the %s, in API order.", k.Word, k.ParentWord),
				Computed:            true,
				NestedObject:        schema.NestedAttributeObject{Attributes: k.computedAttributes()},
			},
		},
	}
}

func (d *allDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var raw types.Object
	resp.Diagnostics.Append(req.Config.Get(ctx, &raw)...)
	attribute.CheckGenerated(ctx, req.Config, &resp.Diagnostics)
	client := d.Client(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	k, config := d.kind, d.kind.decode(raw)
	if k.refuseOtherAccount(client, config.AccountSID, &resp.Diagnostics); resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel, timeout := operation.WithLookupTimeout(ctx)
	defer cancel()

	account := operation.AccountOrDefault(config.AccountSID, client)
	config.AccountSID = account
	found, err := k.Attachments(client, config.sids()).All(ctx)
	if err != nil {
		resp.Diagnostics.Append(k.ListOperation(client, config.sids(), timeout).Diagnostic(ctx, client, err))
		return
	}
	attachments := make([]attr.Value, len(found))
	for i, a := range found {
		attachments[i] = k.encode(ctx, newModel(a))
		if !k.AccountInPath {
			// The credentials determine the account. If they are an API key, only the response shows it.
			account = types.StringValue(a.AccountSID)
		}
	}
	list, diags := types.ListValue(k.encode(ctx, model{}).Type(ctx), attachments)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(resp.State.Set(ctx, object(ctx, map[string]attr.Value{
		"account_sid": account, k.ParentAttribute: config.ParentSID, k.AllAttribute: list,
	}))...)
}
