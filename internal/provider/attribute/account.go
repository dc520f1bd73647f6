// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attribute

import (
	"context"

	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	list "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// AccountSIDDescription is the description of account_sid for resources of the 2010 API, whose paths name the account.
const AccountSIDDescription = "SID of the account that owns the resource (`AC…`): the provider's account or one of its subaccounts. " +
	"Defaults to the provider's account; an imported resource keeps its own account. Changing this forces a new resource to be created."

const lookupAccountDescription = "SID of the account (`AC…`). Defaults to the provider's account."

// AccountSID returns the account_sid of a resource. If the configuration does not set it, a new object is created in the
// provider's account, and an existing object keeps its account, so that an imported object of a subaccount is not destroyed
// because its configuration does not name the subaccount.
func AccountSID(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Optional:            true,
		Computed:            true,
		Validators:          []validator.String{IsSID(twilio.PrefixAccount)},
		PlanModifiers: []planmodifier.String{
			stringplanmodifier.UseNonNullStateForUnknown(),
			stringplanmodifier.RequiresReplaceIf(accountRequiresReplace,
				"Changing this forces a new resource to be created.", "Changing this forces a new resource to be created."),
		},
	}
}

// accountRequiresReplace does not replace an object whose account is missing in the state, as after a migration from another
// provider until the first refresh.
func accountRequiresReplace(_ context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
	resp.RequiresReplace = !req.ConfigValue.IsNull() && !req.StateValue.IsNull()
}

// AccountIdentity returns the account_sid of an identity.
func AccountIdentity() identityschema.StringAttribute {
	return identityschema.StringAttribute{
		OptionalForImport: true,
		Description:       "SID of the account that owns the resource (AC…). Defaults to the provider's account.",
	}
}

// LookupAccountSID returns the account_sid of a data source.
func LookupAccountSID() datasource.StringAttribute {
	return LookupKey(lookupAccountDescription, IsSID(twilio.PrefixAccount))
}

// LookupKey returns an optional argument that a data source may look up its object by. If it is not set, it is computed.
func LookupKey(description string, validators ...validator.String) datasource.StringAttribute {
	return datasource.StringAttribute{MarkdownDescription: description, Optional: true, Computed: true, Validators: validators}
}

// ListBlockAccountSID returns the account_sid of a list block.
func ListBlockAccountSID() list.StringAttribute {
	return list.StringAttribute{
		MarkdownDescription: lookupAccountDescription,
		Optional:            true,
		Validators:          []validator.String{isSID(twilio.PrefixAccount)},
	}
}
