// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// Attributes that all resources share.

// stableAttribute is a computed string that never changes during the life of an object. It may be null in a state that was
// taken over from another provider and not refreshed yet.
func stableAttribute(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Computed:            true,
		PlanModifiers:       []planmodifier.String{stringplanmodifier.UseNonNullStateForUnknown()},
	}
}

// accountSIDAttribute is the account_sid of a resource. Absent from the configuration it is the provider's account when
// the object is created, and afterwards the account that the object is in: an imported object of a subaccount must not
// be destroyed because its configuration does not name the subaccount.
func accountSIDAttribute(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Optional:            true,
		Computed:            true,
		Validators:          []validator.String{sidOf(twilio.PrefixAccount)},
		PlanModifiers: []planmodifier.String{
			stringplanmodifier.UseNonNullStateForUnknown(),
			stringplanmodifier.RequiresReplaceIf(accountChanges,
				"Another account destroys the object and creates another.", "Another account destroys the object and creates another."),
		},
	}
}

// accountChanges spares an object whose account the state does not have: one taken over from another provider and not
// refreshed yet.
func accountChanges(_ context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
	resp.RequiresReplace = !req.ConfigValue.IsNull() && !req.StateValue.IsNull()
}

const accountSIDDescription = "SID (`AC…`) of the account that owns it: the provider's account or a subaccount of it. " +
	"Without it, the provider's account is used when the object is created, and an imported object stays in the account that it is in. " +
	"Changing it destroys the object and creates another."

// dateUpdatedAttribute changes with the object. See planComputed.
func dateUpdatedAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: dateUpdatedDescription,
		Computed:            true,
	}
}

const (
	dateCreatedDescription = "When it was created (RFC 3339, UTC)."
	dateUpdatedDescription = "When it was last changed (RFC 3339, UTC)."
)

// planComputed completes a plan with what is known before the apply: the provider's account, if the configuration names
// none, and the date of the last change, if no argument of the object itself changes.
func (c *resourceClient) planComputed(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse, changed bool) {
	var account types.String
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("account_sid"), &account)...)
	var configuredAccount types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("account_sid"), &configuredAccount)...)
	if account.IsUnknown() && configuredAccount.IsNull() && c.client != nil {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("account_sid"), c.client.AccountSID())...)
	}
	if !req.State.Raw.IsNull() && !changed {
		var updated types.String
		resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("date_updated"), &updated)...)
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("date_updated"), updated)...)
	}
}

// friendlyNameLength is counted in characters, as Twilio counts.
func friendlyNameLength() validator.String {
	return stringvalidator.UTF8LengthBetween(1, maxNameLength)
}

// maxNameLength is the most characters in a name of a list or an address.
const maxNameLength = 255

// accountIdentity is the account_sid of an identity.
func accountIdentity() identityschema.StringAttribute {
	return identityschema.StringAttribute{
		OptionalForImport: true,
		Description:       "SID (AC…) of the account that owns it; without it, the provider's account.",
	}
}

// sidIdentity is another SID of an identity.
func sidIdentity(description string) identityschema.StringAttribute {
	return identityschema.StringAttribute{RequiredForImport: true, Description: description}
}

// rfc3339 spells a date as the state keeps it. A date that Twilio did not give is null.
func rfc3339(t time.Time) types.String {
	if t.IsZero() {
		return types.StringNull()
	}
	return types.StringValue(t.UTC().Format(time.RFC3339))
}
