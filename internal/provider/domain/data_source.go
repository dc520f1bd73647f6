// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package domain

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

// NewDataSource returns the data source twilio_sip_domain.
func NewDataSource() datasource.DataSource { return &dataSource{} }

func (d *dataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sip_domain"
}

func (d *dataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Looks up a SIP domain and the IP access control lists that are attached to it, by SID or domain name.\n" +
			"See [SIP Domain](https://www.twilio.com/docs/voice/sip/api/sip-domain-resource) in Twilio's documentation.",
		Attributes: map[string]schema.Attribute{
			"account_sid":   attribute.LookupAccountSID(),
			"auth_type":     attribute.Computed("Authentication methods for calls, separated by commas: `IP_ACL`, `CREDENTIAL_LIST`. If both are present, a call must pass both. If empty, the domain rejects all calls."),
			"date_created":  attribute.Computed(attribute.DateCreatedDescription),
			"date_updated":  attribute.Computed(attribute.DateUpdatedDescription),
			"domain_name":   attribute.LookupKey("Domain name, such as `example.sip.twilio.com`. Exactly one of `sid` and `domain_name` must be set.", stringvalidator.LengthAtLeast(1)),
			"friendly_name": attribute.Computed("Name of the domain."),
			"id":            attribute.Computed("Same as `sid`."),
			"ip_access_control_list_sids": schema.ListAttribute{
				MarkdownDescription: "SIDs of the lists that are attached to the domain (`AL…`), in API order.",
				ElementType:         types.StringType,
				Computed:            true,
			},
			"secure":    schema.BoolAttribute{MarkdownDescription: "Whether calls must use TLS and SRTP.", Computed: true},
			"sid":       attribute.LookupKey("SID of the domain (`SD…`). Exactly one of `sid` and `domain_name` must be set.", attribute.IsSID(twilio.PrefixDomain)),
			"uri":       attribute.Computed("Path of the domain in Twilio's API."),
			"voice_url": attribute.Computed("URL that Twilio requests when the domain receives a call; null if there is none."),
		},
	}
}

func (d *dataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("sid"), path.MatchRoot("domain_name"))}
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
	account := operation.AccountOrDefault(config.AccountSID, client).ValueString()

	var (
		domain twilio.Domain
		err    error
		op     = operation.Operation{Verb: "read", Location: "account " + account, AccountSID: account, Timeout: timeout}
	)
	if config.SID.IsNull() {
		name := config.DomainName.ValueString()
		op.Verb, op.Object = "list", noun+"s"
		var all []twilio.Domain
		if all, err = client.AllDomains(ctx, account); err == nil {
			domain, err = operation.ExactlyOne(all,
				// Host names are not case-sensitive.
				func(domain twilio.Domain) bool { return strings.EqualFold(domain.DomainName, name) },
				func(domain twilio.Domain) string { return domain.SID },
				noun, fmt.Sprintf("with domain_name %q in account %s", name, account), path.Root("domain_name"), "")
		}
	} else {
		op.Object = noun + " " + config.SID.ValueString()
		op.Missing, op.MissingAdvice = path.Root("sid"), "Check the SID. If the domain belongs to a subaccount, also check account_sid."
		domain, err = client.Domain(ctx, account, config.SID.ValueString())
	}
	if err != nil {
		resp.Diagnostics.Append(op.Diagnostic(ctx, client, err))
		return
	}
	attachments, err := client.DomainAttachments(account, domain.SID).All(ctx)
	if err != nil {
		op := Mapping.ListOperation(client, attachment.SIDs{AccountSID: account, ParentSID: domain.SID}, timeout)
		op.Missing = path.Empty()
		resp.Diagnostics.Append(op.Diagnostic(ctx, client, err))
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, newModel(domain, attachments))...)
}
