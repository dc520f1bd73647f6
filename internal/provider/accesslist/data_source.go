// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package accesslist

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/addressmap"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var (
	_ datasource.DataSourceWithConfigure        = (*dataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*dataSource)(nil)
)

type dataSource struct{ operation.DataSource }

// NewDataSource returns the data source twilio_sip_ip_access_control_list.
func NewDataSource() datasource.DataSource {
	return &dataSource{}
}

func (d *dataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sip_ip_access_control_list"
}

func (d *dataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := computedAttributes()
	attributes["account_sid"] = attribute.LookupAccountSID()
	attributes["sid"] = attribute.LookupKey("SID of the list (`AL…`). Exactly one of `sid` and `friendly_name` must be set.", attribute.IsSID(twilio.PrefixIPAccessControlList))
	attributes["friendly_name"] = attribute.LookupKey("Exact name of the list. The lookup fails unless exactly one list has this name. Exactly one of `sid` and `friendly_name` must be set.", stringvalidator.UTF8LengthBetween(1, attribute.MaxNameLength))
	attributes["ip_addresses"] = schema.MapAttribute{
		MarkdownDescription: "Entries of the list: a map from IPv4 address or CIDR block to a name. If the list contains the same block more than once, the map has its first entry and `duplicate_ip_addresses` has the others.",
		ElementType:         types.StringType,
		Computed:            true,
	}
	attributes["duplicate_ip_addresses"] = schema.ListNestedAttribute{
		MarkdownDescription: "Entries with the same block as an earlier entry of the list, in API order.",
		Computed:            true,
		NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"cidr_block":    attribute.Computed("CIDR block of the entry, without host bits, such as `198.51.100.7/32` or `203.0.113.0/24`."),
			"friendly_name": attribute.Computed("Name of the entry."),
			"sid":           attribute.Computed("SID of the entry (`IP…`)."),
		}},
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Looks up a SIP IP access control list and its entries by SID or name.\n" + documentation,
		Attributes:          attributes,
	}
}

// computedAttributes returns the computed attributes of a list in data sources.
func computedAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"account_sid":   attribute.Computed("SID of the account that owns the list (`AC…`)."),
		"date_created":  attribute.Computed(attribute.DateCreatedDescription),
		"date_updated":  attribute.Computed(attribute.DateUpdatedDescription),
		"friendly_name": attribute.Computed("Name of the list."),
		"id":            attribute.Computed("Same as `sid`."),
		"sid":           attribute.Computed("SID of the list (`AL…`)."),
		"subresource_uris": schema.MapAttribute{
			MarkdownDescription: "Paths of the list's subresources in Twilio's API, by name.",
			ElementType:         types.StringType,
			Computed:            true,
		},
		"uri": attribute.Computed("Path of the list in Twilio's API."),
	}
}

func (d *dataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("sid"), path.MatchRoot("friendly_name"))}
}

func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config dataSourceModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	attribute.CheckGenerated(ctx, req.Config, &resp.Diagnostics)
	client := d.Client(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel, timeout := operation.WithLookupTimeout(ctx)
	defer cancel()
	account := operation.AccountOrDefault(config.AccountSID, client).ValueString()

	var (
		list twilio.IPAccessControlList
		err  error
		op   = operation.Operation{Verb: "read", Location: "account " + account, AccountSID: account, Timeout: timeout}
	)
	if config.SID.IsNull() {
		name := config.FriendlyName.ValueString()
		op.Verb, op.Object = "list", noun+"s"
		var all []twilio.IPAccessControlList
		if all, err = client.AllIPAccessControlLists(ctx, account); err == nil {
			list, err = operation.ExactlyOne(all,
				func(list twilio.IPAccessControlList) bool { return list.FriendlyName == name },
				func(list twilio.IPAccessControlList) string { return list.SID },
				noun, fmt.Sprintf("with friendly_name %q in account %s", name, account), path.Root("friendly_name"), "")
		}
	} else {
		op.Object = noun + " " + config.SID.ValueString()
		op.Missing, op.MissingAdvice = path.Root("sid"), "Check the SID. If the list belongs to a subaccount, also check account_sid."
		list, err = client.IPAccessControlList(ctx, account, config.SID.ValueString())
	}
	if err != nil {
		resp.Diagnostics.Append(op.Diagnostic(ctx, client, err))
		return
	}
	reconciler := addressmap.Reconciler{Client: client, AccountSID: account, ListSID: list.SID, Timeout: timeout}
	entries, err := reconciler.Read(ctx)
	if err != nil {
		resp.Diagnostics.Append(reconciler.ReadOperation().Diagnostic(ctx, client, err))
		return
	}
	unique, duplicates := addressmap.FlattenUnique(entries)
	resp.Diagnostics.Append(resp.State.Set(ctx, dataSourceModel{
		model:                newModel(list),
		IPAddresses:          unique,
		DuplicateIPAddresses: newDuplicateModels(duplicates),
	})...)
}
