// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package access

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attachment"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var _ datasource.DataSourceWithConfigure = (*reportDataSource)(nil)

type reportDataSource struct {
	operation.DataSource
	// association describes attachments to trunks.
	association attachment.Kind
}

type reportModel struct {
	AccountSID     types.String  `tfsdk:"account_sid"`
	Domains        []calleeModel `tfsdk:"domains"`
	Trunks         []calleeModel `tfsdk:"trunks"`
	UnattachedSIDs types.List    `tfsdk:"unattached_ip_access_control_list_sids"`
}

// calleeModel is a domain or trunk in the report.
type calleeModel struct {
	model
	DomainName   types.String `tfsdk:"domain_name"`
	FriendlyName types.String `tfsdk:"friendly_name"`
	SID          types.String `tfsdk:"sid"`
}

// NewReportDataSource returns the data source twilio_sip_access_report. association describes attachments to trunks.
func NewReportDataSource(association attachment.Kind) func() datasource.DataSource {
	return func() datasource.DataSource { return &reportDataSource{association: association} }
}

func (d *reportDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sip_access_report"
}

func (d *reportDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Shows which addresses can call the SIP domains and Elastic SIP trunks of an account, no matter who manages the lists. Also shows which lists are not attached." + notes +
			"\n\n~> An API key sees only the trunks of its own account. If that account is not the provider's account and has no trunks, the provider cannot detect the mismatch. " +
			"`trunks` is then empty, and lists that are attached to trunks of the provider's account are reported as unattached.",
		Attributes: map[string]schema.Attribute{
			"account_sid": attribute.LookupKey("SID of the account (`AC…`). Defaults to the provider's account. "+
				"The report of a subaccount contains trunks only if the provider block (`alias`) has the subaccount's own SID and credentials.", attribute.IsSID(twilio.PrefixAccount)),
			"domains": schema.ListNestedAttribute{
				MarkdownDescription: "SIP domains of the account, in API order.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: modelAttributes(map[string]schema.Attribute{
					"domain_name":   attribute.Computed("Domain name, such as `example.sip.twilio.com`."),
					"friendly_name": attribute.Computed("Name of the domain."),
					"sid":           attribute.Computed("SID of the domain (`SD…`)."),
				})},
			},
			"trunks": schema.ListNestedAttribute{
				MarkdownDescription: "Elastic SIP trunks of the account, in API order. Null, with a warning, if the credentials cannot see the trunks of the account.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: modelAttributes(map[string]schema.Attribute{
					"domain_name":   attribute.Computed("Domain name of the trunk, such as `example.pstn.twilio.com`; null if the trunk has none."),
					"friendly_name": attribute.Computed("Name of the trunk; null if the trunk has none."),
					"sid":           attribute.Computed("SID of the trunk (`TK…`)."),
				})},
			},
			"unattached_ip_access_control_list_sids": stringList("SIDs of the IP access control lists that are not attached to any domain or trunk of the account (`AL…`), in API order. Null if `trunks` is null."),
		},
	}
}

func (d *reportDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var result reportModel
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("account_sid"), &result.AccountSID)...)
	attribute.CheckGenerated(ctx, req.Config, &resp.Diagnostics)
	client := d.Client(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel, timeout := operation.WithLookupTimeout(ctx)
	defer cancel()

	result.AccountSID = operation.AccountOrDefault(result.AccountSID, client)
	account := result.AccountSID.ValueString()
	report, err := client.AccessReport(ctx, account)
	if report.TrunksHidden {
		resp.Diagnostics.AddAttributeWarning(path.Root("account_sid"), "The access report of account "+account+" has no trunks", operation.Paragraphs(
			"Twilio shows the trunks of an account only to that account's own credentials, so trunks and unattached_ip_access_control_list_sids are null. Without the trunks, the lists that they use would appear as unattached.",
			d.association.AccountAdvice(client)))
	}
	if err == nil {
		err = result.set(report)
	}
	if err != nil {
		resp.Diagnostics.Append(diagnostic(ctx, client, reportOperation(account, timeout), err))
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, result)...)
}

// set sets all attributes except the account.
func (r *reportModel) set(report twilio.AccessReport) error {
	r.Domains, r.UnattachedSIDs = make([]calleeModel, len(report.Domains)), types.ListNull(types.StringType)
	var err error
	for i, domain := range report.Domains {
		of := &r.Domains[i]
		of.SID, of.DomainName, of.FriendlyName = types.StringValue(domain.SID), types.StringValue(domain.DomainName), types.StringValue(domain.FriendlyName)
		if of.model, _, err = newModel(domain.AuthType, domain.Access); err != nil {
			return err
		}
	}
	if report.TrunksHidden {
		return nil
	}
	r.Trunks = make([]calleeModel, len(report.Trunks))
	for i, trunk := range report.Trunks {
		of := &r.Trunks[i]
		of.SID, of.DomainName, of.FriendlyName = types.StringValue(trunk.SID), attribute.StringOrNull(trunk.DomainName), attribute.StringOrNull(trunk.FriendlyName)
		if of.model, _, err = newModel(trunk.AuthType, trunk.Access); err != nil {
			return err
		}
	}
	r.UnattachedSIDs = attribute.StringList(report.Unattached, func(list twilio.IPAccessControlList) string { return list.SID })
	return nil
}
