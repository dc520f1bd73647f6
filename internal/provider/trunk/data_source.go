// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package trunk

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attachment"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var (
	_ datasource.DataSourceWithConfigure        = (*dataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*dataSource)(nil)
)

type dataSource struct{ operation.DataSource }

// NewDataSource returns the data source twilio_sip_trunking_trunk.
func NewDataSource() datasource.DataSource { return &dataSource{} }

func (d *dataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sip_trunking_trunk"
}

func (d *dataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	const exactlyOne = " Exactly one of `sid`, `friendly_name`, and `domain_name` must be set."
	resp.Schema = schema.Schema{
		MarkdownDescription: "Looks up an Elastic SIP trunk and the IP access control lists that are attached to it, by SID, name, or domain name.\n" +
			"See [Trunk](https://www.twilio.com/docs/sip-trunking/api/trunk-resource) in Twilio's documentation.",
		Attributes: map[string]schema.Attribute{
			"account_sid":   lookupAccountSID(),
			"auth_type":     attribute.Computed("Authentication methods for calls, separated by commas: `IP_ACL`, `CREDENTIAL_LIST`. If both are present, a call must pass both."),
			"date_created":  attribute.Computed(attribute.DateCreatedDescription),
			"date_updated":  attribute.Computed(attribute.DateUpdatedDescription),
			"domain_name":   attribute.LookupKey("Domain name of the trunk, such as `example.pstn.twilio.com`; null if the trunk has none."+exactlyOne, stringvalidator.LengthAtLeast(1)),
			"friendly_name": attribute.LookupKey("Exact name of the trunk; null if the trunk has none. The lookup fails unless exactly one trunk has this name."+exactlyOne, stringvalidator.LengthAtLeast(1)),
			"id":            attribute.Computed("Same as `sid`."),
			"ip_access_control_list_sids": schema.ListAttribute{
				MarkdownDescription: "SIDs of the lists that are attached to the trunk (`AL…`), in API order.",
				ElementType:         types.StringType,
				Computed:            true,
			},
			"secure": schema.BoolAttribute{MarkdownDescription: "Whether calls must use TLS and SRTP.", Computed: true},
			"sid":    attribute.LookupKey("SID of the trunk (`TK…`)."+exactlyOne, attribute.IsSID(twilio.PrefixTrunk)),
			"url":    attribute.Computed("URL of the trunk in Twilio's API."),
		},
	}
}

func (d *dataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{
		datasourcevalidator.ExactlyOneOf(path.MatchRoot("sid"), path.MatchRoot("friendly_name"), path.MatchRoot("domain_name")),
	}
}

func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	attribute.CheckGenerated(ctx, req.Config, &resp.Diagnostics)
	client := d.Client(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	checkAccount(client, config.AccountSID, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel, timeout := operation.WithLookupTimeout(ctx)
	defer cancel()

	var (
		trunk twilio.Trunk
		err   error
		op    = operation.Operation{Verb: "read", Timeout: timeout}
	)
	if config.SID.IsNull() {
		argument, value, matches := nameMatch(config)
		op.Verb, op.Object = "list", noun+"s"
		var all []twilio.Trunk
		if all, err = client.AllTrunks(ctx); err == nil {
			trunk, err = operation.ExactlyOne(all, matches,
				func(trunk twilio.Trunk) string { return trunk.SID },
				noun, fmt.Sprintf("with %s %q", argument, value), path.Root(argument),
				// The trunk may be in another account.
				accountAdvice(client))
		}
	} else {
		op.Object = noun + " " + config.SID.ValueString()
		op.Missing, op.MissingAdvice = path.Root("sid"), "Check the SID. "+accountAdvice(client)
		trunk, err = client.Trunk(ctx, config.SID.ValueString())
	}
	if err != nil {
		resp.Diagnostics.Append(op.Diagnostic(ctx, client, err))
		return
	}
	attachments, err := client.TrunkAttachments(trunk.SID).All(ctx)
	if err != nil {
		op := Association.ListOperation(client, attachment.SIDs{ParentSID: trunk.SID}, timeout)
		op.Missing = path.Empty()
		resp.Diagnostics.Append(op.Diagnostic(ctx, client, err))
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, newModel(trunk, attachments))...)
}

// nameMatch returns the argument by which the configuration looks up the trunk, its value, and a function that compares a trunk
// with it. Host names are not case-sensitive.
func nameMatch(config model) (argument, value string, matches func(twilio.Trunk) bool) {
	if config.FriendlyName.IsNull() {
		name := config.DomainName.ValueString()
		return "domain_name", name, func(trunk twilio.Trunk) bool { return strings.EqualFold(trunk.DomainName, name) }
	}
	name := config.FriendlyName.ValueString()
	return "friendly_name", name, func(trunk twilio.Trunk) bool { return trunk.FriendlyName == name }
}
