// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var (
	_ datasource.DataSource                     = (*ipAccessControlListDataSource)(nil)
	_ datasource.DataSourceWithConfigure        = (*ipAccessControlListDataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*ipAccessControlListDataSource)(nil)
)

type ipAccessControlListDataSource struct{ dataSourceClient }

func newIPAccessControlListDataSource() datasource.DataSource {
	return &ipAccessControlListDataSource{}
}

func (d *ipAccessControlListDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sip_ip_access_control_list"
}

func (d *ipAccessControlListDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := ipAccessControlListDataSourceAttributes()
	attributes["account_sid"] = accountSIDArgument()
	attributes["sid"] = schema.StringAttribute{
		MarkdownDescription: "SID (`AL…`) of the list. Exactly one of `sid` and `friendly_name` is needed.",
		Optional:            true,
		Computed:            true,
		Validators:          []validator.String{sidOf(twilio.PrefixIPAccessControlList)},
	}
	attributes["friendly_name"] = schema.StringAttribute{
		MarkdownDescription: "Name of the list, exactly as it is. That no list or several have it is an error, which names the SIDs.",
		Optional:            true,
		Computed:            true,
		Validators:          []validator.String{friendlyNameLength()},
	}
	attributes["ip_addresses"] = schema.MapAttribute{
		MarkdownDescription: "The addresses in the list: IPv4 address or CIDR block => name. An entry that is there more than once has its SID in the further keys: `198.51.100.7 (IP…)`.",
		ElementType:         types.StringType,
		Computed:            true,
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Looks up one SIP IP access control list by its SID or its name.",
		Attributes:          attributes,
	}
}

// ipAccessControlListDataSourceAttributes are the attributes of a list that is looked up, all computed.
func ipAccessControlListDataSourceAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"account_sid":   schema.StringAttribute{MarkdownDescription: "SID (`AC…`) of the account that owns the list.", Computed: true},
		"date_created":  schema.StringAttribute{MarkdownDescription: dateCreatedDescription, Computed: true},
		"date_updated":  schema.StringAttribute{MarkdownDescription: dateUpdatedDescription, Computed: true},
		"friendly_name": schema.StringAttribute{MarkdownDescription: "Name of the list.", Computed: true},
		"id":            schema.StringAttribute{MarkdownDescription: "The same as `sid`.", Computed: true},
		"sid":           schema.StringAttribute{MarkdownDescription: "SID (`AL…`) of the list.", Computed: true},
		"subresource_uris": schema.MapAttribute{
			MarkdownDescription: "Addresses of what belongs to the list, by name, relative to the API's host.",
			ElementType:         types.StringType,
			Computed:            true,
		},
		"uri": schema.StringAttribute{MarkdownDescription: "Address of the list, relative to the API's host.", Computed: true},
	}
}

// accountSIDArgument is the account_sid of a data source.
func accountSIDArgument() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "SID (`AC…`) of the account to look in; without it, the provider's account.",
		Optional:            true,
		Computed:            true,
		Validators:          []validator.String{sidOf(twilio.PrefixAccount)},
	}
}

func (d *ipAccessControlListDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("sid"), path.MatchRoot("friendly_name"))}
}

func (d *ipAccessControlListDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config ipAccessControlListDataSourceModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	client := d.use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel, limit := dataSourceLimit(ctx)
	defer cancel()
	account := accountOr(config.AccountSID, client).ValueString()

	var (
		list twilio.IPAccessControlList
		err  error
		what = action{verb: "read", noun: ipAccessControlListNoun, place: "account " + account, account: account, timeout: limit}
	)
	if config.SID.IsNull() {
		name := config.FriendlyName.ValueString()
		what.verb, what.object = "list", ipAccessControlListNoun+"s"
		found, diags, walkErr := only(each(client.AllIPAccessControlLists(ctx, account)),
			func(list twilio.IPAccessControlList) bool { return list.FriendlyName == name },
			func(list twilio.IPAccessControlList) string { return list.SID },
			fmt.Sprintf("%s with friendly_name %q in account %s", ipAccessControlListNoun, name, account), path.Root("friendly_name"))
		resp.Diagnostics.Append(diags...)
		if resp.Diagnostics.HasError() {
			return
		}
		list, err = found, walkErr
	} else {
		what.object = ipAccessControlListNoun + " " + config.SID.ValueString()
		what.missing, what.missingAdvice = path.Root("sid"), "Check the SID, and account_sid if the list belongs to a subaccount."
		list, err = client.IPAccessControlList(ctx, account, config.SID.ValueString())
	}
	if err != nil {
		resp.Diagnostics.Append(what.failed(ctx, client, err))
		return
	}
	addresses := addressChange{client: client, account: account, listSID: list.SID, timeout: limit}
	held, err := addresses.read(ctx)
	if err != nil {
		resp.Diagnostics.Append(addresses.reading().failed(ctx, client, err))
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, ipAccessControlListDataSourceModel{
		ipAccessControlListModel: newIPAccessControlListModel(list),
		IPAddresses:              spelled(held),
	})...)
}
