// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var (
	_ datasource.DataSource                     = (*trunkDataSource)(nil)
	_ datasource.DataSourceWithConfigure        = (*trunkDataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*trunkDataSource)(nil)
)

type trunkDataSource struct{ dataSourceClient }

func newTrunkDataSource() datasource.DataSource { return &trunkDataSource{} }

func (d *trunkDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sip_trunking_trunk"
}

func (d *trunkDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	const exactlyOne = " Exactly one of `sid`, `friendly_name` and `domain_name` is needed."
	resp.Schema = schema.Schema{
		MarkdownDescription: "Looks up one Elastic SIP trunk by its SID or one of its names, and tells which lists are in force for it.",
		Attributes: map[string]schema.Attribute{
			"account_sid": trunkAccountSIDArgument(),
			"auth_type": schema.StringAttribute{
				MarkdownDescription: "What callers are checked against, separated by commas: `IP_ACL`, `CREDENTIAL_LIST`. With both, both must pass.",
				Computed:            true,
			},
			"date_created": schema.StringAttribute{MarkdownDescription: dateCreatedDescription, Computed: true},
			"date_updated": schema.StringAttribute{MarkdownDescription: dateUpdatedDescription, Computed: true},
			"domain_name": schema.StringAttribute{
				MarkdownDescription: "Name of the trunk's domain in whole, such as `example.pstn.twilio.com`; null if it has none." + exactlyOne,
				Optional:            true,
				Computed:            true,
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"friendly_name": schema.StringAttribute{
				MarkdownDescription: "Name of the trunk, exactly as it is; null if it has none. That no trunk or several have it is an error, which names the SIDs." + exactlyOne,
				Optional:            true,
				Computed:            true,
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"id": schema.StringAttribute{MarkdownDescription: "The same as `sid`.", Computed: true},
			"ip_access_control_list_sids": schema.ListAttribute{
				MarkdownDescription: "SIDs (`AL…`) of the lists that are associated with the trunk, in the API's order.",
				ElementType:         types.StringType,
				Computed:            true,
			},
			"secure": schema.BoolAttribute{MarkdownDescription: "Whether calls must come with TLS and SRTP.", Computed: true},
			"sid": schema.StringAttribute{
				MarkdownDescription: "SID (`TK…`) of the trunk." + exactlyOne,
				Optional:            true,
				Computed:            true,
				Validators:          []validator.String{sidOf(twilio.PrefixTrunk)},
			},
			"url": schema.StringAttribute{MarkdownDescription: "Address of the trunk.", Computed: true},
		},
	}
}

func (d *trunkDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{
		datasourcevalidator.ExactlyOneOf(path.MatchRoot("sid"), path.MatchRoot("friendly_name"), path.MatchRoot("domain_name")),
	}
}

func (d *trunkDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config trunkModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	client := d.use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	checkTrunkAccount(client, config.AccountSID, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel, limit := dataSourceLimit(ctx)
	defer cancel()

	var (
		trunk twilio.Trunk
		err   error
		what  = action{verb: "read", noun: trunkNoun, timeout: limit}
	)
	if config.SID.IsNull() {
		argument, value, matches := trunkMatch(config)
		what.verb, what.object = "list", trunkNoun+"s"
		found, diags, walkErr := only(each(client.AllTrunks(ctx)), matches,
			func(trunk twilio.Trunk) string { return trunk.SID },
			fmt.Sprintf("%s with %s %q", trunkNoun, argument, value), path.Root(argument))
		if diags.HasError() {
			// None, or several, where someone may have meant a trunk of another account.
			resp.Diagnostics.AddAttributeError(path.Root(argument), diags[0].Summary(), joinParagraphs(diags[0].Detail(), trunkReach(client)))
			return
		}
		trunk, err = found, walkErr
	} else {
		what.object = trunkNoun + " " + config.SID.ValueString()
		what.missing, what.missingAdvice = path.Root("sid"), "Check the SID. "+trunkReach(client)
		trunk, err = client.Trunk(ctx, config.SID.ValueString())
	}
	if err != nil {
		resp.Diagnostics.Append(what.failed(ctx, client, err))
		return
	}
	associations, err := client.TrunkAssociations(ctx, trunk.SID)
	if err != nil {
		what := listingTrunkAssociations(trunk.SID, client, limit)
		what.missing = path.Empty()
		resp.Diagnostics.Append(what.failed(ctx, client, err))
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, newTrunkModel(trunk, associations))...)
}

// trunkMatch is the name that the configuration looks for, and how to tell it. A host name is the same in upper and lower
// case.
func trunkMatch(config trunkModel) (argument, value string, matches func(twilio.Trunk) bool) {
	if config.FriendlyName.IsNull() {
		name := config.DomainName.ValueString()
		return "domain_name", name, func(trunk twilio.Trunk) bool { return strings.EqualFold(trunk.DomainName, name) }
	}
	name := config.FriendlyName.ValueString()
	return "friendly_name", name, func(trunk twilio.Trunk) bool { return trunk.FriendlyName == name }
}
