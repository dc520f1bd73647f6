// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipaddress

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var (
	_ datasource.DataSourceWithConfigure        = (*dataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*dataSource)(nil)
)

type dataSource struct{ operation.DataSource }

// NewDataSource returns the data source twilio_sip_ip_address.
func NewDataSource() datasource.DataSource { return &dataSource{} }

func (d *dataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sip_ip_address"
}

func (d *dataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := computedAttributes()
	attributes["account_sid"] = attribute.LookupAccountSID()
	attributes["ip_access_control_list_sid"] = attribute.LookupSID(twilio.PrefixIPAccessControlList, "SID of the list that contains the entry (`AL…`).")
	attributes["sid"] = attribute.LookupKey("SID of the entry (`IP…`). Exactly one of `sid` and `cidr_block` must be set.", attribute.IsSID(twilio.PrefixIPAddress))
	attributes["cidr_block"] = attribute.LookupKey("CIDR block of the entry, in any spelling: `198.51.100.7` and `198.51.100.7/32` are the same. The lookup fails unless exactly one entry has this block. "+
		"Exactly one of `sid` and `cidr_block` must be set.", attribute.IsCIDRBlock())
	resp.Schema = schema.Schema{
		MarkdownDescription: "Looks up an entry of a SIP IP access control list by SID or CIDR block.\n" + documentation,
		Attributes:          attributes,
	}
}

// computedAttributes returns the computed attributes of an entry in data sources.
func computedAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"account_sid":                attribute.Computed("SID of the account that owns the entry (`AC…`)."),
		"cidr_block":                 attribute.Computed("CIDR block of the entry, without host bits, such as `198.51.100.7/32` or `203.0.113.0/24`."),
		"cidr_prefix_length":         schema.Int64Attribute{MarkdownDescription: "Prefix length of the entry, from 1 to 32.", Computed: true},
		"date_created":               attribute.Computed(attribute.DateCreatedDescription),
		"date_updated":               attribute.Computed(attribute.DateUpdatedDescription),
		"friendly_name":              attribute.Computed("Name of the entry."),
		"id":                         attribute.Computed("Same as `sid`."),
		"ip_access_control_list_sid": attribute.Computed("SID of the list that contains the entry (`AL…`)."),
		"ip_address":                 attribute.Computed("IPv4 address of the entry."),
		"sid":                        attribute.Computed("SID of the entry (`IP…`)."),
		"uri":                        attribute.Computed("Path of the entry in Twilio's API."),
	}
}

func (d *dataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("sid"), path.MatchRoot("cidr_block"))}
}

func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	attribute.CheckGenerated(ctx, req.Config, &resp.Diagnostics)
	client := d.Client(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel, timeout := operation.WithLookupTimeout(ctx)
	defer cancel()
	account, list := operation.AccountOrDefault(config.AccountSID, client).ValueString(), config.IPAccessControlListSID.ValueString()

	var (
		address twilio.IPAddress
		err     error
		op      operation.Operation
	)
	if config.SID.IsNull() {
		block, parseErr := ipblock.Parse(config.CIDRBlock.ValueString())
		if parseErr != nil {
			resp.Diagnostics.AddAttributeError(path.Root("cidr_block"), "Invalid CIDR block", parseErr.Error())
			return
		}
		op = listOperation(account, list, timeout)
		var all []twilio.IPAddress
		if all, err = client.IPAddresses(ctx, account, list); err == nil {
			address, err = operation.ExactlyOne(all,
				func(address twilio.IPAddress) bool {
					entry, err := attribute.Entry(address)
					return err == nil && entry.Block.Same(block)
				},
				func(address twilio.IPAddress) string { return address.SID },
				"entry", fmt.Sprintf("for %s in list %s", block, list), path.Root("cidr_block"), "")
		}
	} else {
		op = readOperation(model{
			AccountSID: operation.AccountOrDefault(config.AccountSID, client), IPAccessControlListSID: config.IPAccessControlListSID, SID: config.SID,
		}, false, timeout)
		op.Missing, op.MissingAdvice = path.Root("sid"), "Check both SIDs. If the list belongs to a subaccount, also check account_sid."
		address, err = client.IPAddress(ctx, account, list, config.SID.ValueString())
	}
	var found model
	if err == nil {
		found, err = newModel(address)
	}
	if err != nil {
		resp.Diagnostics.Append(op.Diagnostic(ctx, client, err))
		return
	}
	if !config.CIDRBlock.IsNull() {
		found.CIDRBlock = config.CIDRBlock
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, found)...)
}
