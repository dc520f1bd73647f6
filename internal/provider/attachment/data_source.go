// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attachment

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var _ datasource.DataSourceWithConfigure = (*dataSource)(nil)

type dataSource struct {
	operation.DataSource
	kind Kind
}

// NewDataSource returns the data source for one attachment.
func NewDataSource(kind Kind) func() datasource.DataSource {
	return func() datasource.DataSource { return &dataSource{kind: kind} }
}

func (d *dataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + d.kind.TypeName
}

func (d *dataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	k := d.kind
	attributes := k.computedAttributes()
	attributes["account_sid"] = k.LookupAccount()
	attributes[k.ParentAttribute] = attribute.LookupSID(k.ParentPrefix, fmt.Sprintf("SID of the %s (`%s…`).", k.ParentWord, k.ParentPrefix))
	attributes["ip_access_control_list_sid"] = attribute.LookupSID(twilio.PrefixIPAccessControlList,
		fmt.Sprintf("SID of the list (`AL…`). The lookup fails if the list is not attached to the %s.", k.ParentWord))
	resp.Schema = schema.Schema{
		MarkdownDescription: "Looks up " + fmt.Sprintf(k.Phrase, "a SIP IP access control list", k.ParentPhrase) + ".\n" + k.Documentation,
		Attributes:          attributes,
	}
}

// computedAttributes returns the computed attributes of an attachment in data sources.
func (k Kind) computedAttributes() map[string]schema.Attribute {
	descriptions := map[string]string{
		"account_sid":                fmt.Sprintf("SID of the account that owns the %s and the list (`AC…`).", k.ParentWord),
		"date_created":               attribute.DateCreatedDescription,
		"date_updated":               attribute.DateUpdatedDescription,
		"friendly_name":              "Name of the list.",
		"id":                         k.idDescription(),
		"ip_access_control_list_sid": "SID of the list (`AL…`).",
		k.ParentAttribute:            fmt.Sprintf("SID of the %s (`%s…`).", k.ParentWord, k.ParentPrefix),
		"sid":                        k.sidDescription(),
	}
	if k.HasURL {
		descriptions["url"] = k.urlDescription()
	}
	attributes := map[string]schema.Attribute{}
	for name, description := range descriptions {
		attributes[name] = attribute.Computed(description)
	}
	return attributes
}

func (k Kind) idDescription() string {
	return fmt.Sprintf("`%s` and `ip_access_control_list_sid`, separated by a slash.", k.ParentAttribute)
}

func (k Kind) sidDescription() string {
	return fmt.Sprintf("SID of the %s, which is the SID of the list (`AL…`).", k.Word)
}

func (k Kind) urlDescription() string { return fmt.Sprintf("URL of the %s in Twilio's API.", k.Word) }

func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
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

	config.AccountSID = operation.AccountOrDefault(config.AccountSID, client)
	found, err := k.Attachments(client, config.sids()).Get(ctx, config.sids().ListSID)
	if err != nil {
		op := k.operation("read", config.sids(), timeout)
		op.Missing, op.MissingAdvice = path.Root("ip_access_control_list_sid"), k.advice(k.LookupAdvice, client)
		resp.Diagnostics.Append(op.Diagnostic(ctx, client, err))
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, k.encode(ctx, newModel(found)))...)
}
