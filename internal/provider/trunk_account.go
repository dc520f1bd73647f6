// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"strings"

	datasourceschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// The trunking API has no account in its paths: the credentials decide whose trunks there are. Here is what follows.

const trunkAccountSIDDescription = "SID (`AC…`) of the account that owns trunk and list. The credentials decide it, so that it can only be the provider's account: " +
	"what belongs to a subaccount needs a provider block (`alias`) with the subaccount's own SID and credentials."

// trunkAccountSIDArgument is the account_sid of a data source.
func trunkAccountSIDArgument() datasourceschema.StringAttribute {
	return datasourceschema.StringAttribute{
		MarkdownDescription: "SID (`AC…`) of the account that owns the trunk. The credentials decide it, so that it can only be the provider's account: " +
			"a trunk of a subaccount needs a provider block (`alias`) with the subaccount's own SID and credentials.",
		Optional:   true,
		Computed:   true,
		Validators: []validator.String{sidOf(twilio.PrefixAccount)},
	}
}

// checkTrunkAccount refuses a configured account that the provider's credentials are not of.
func checkTrunkAccount(client *twilio.Client, configured types.String, diags *diag.Diagnostics) {
	account := configured.ValueString()
	if account == "" || strings.EqualFold(account, client.AccountSID()) {
		return
	}
	diags.AddAttributeError(path.Root("account_sid"), "SIP trunk of another account",
		fmt.Sprintf("account_sid is %s, but the provider's account is %s and its credentials are the %s. "+
			"Twilio's trunking API goes by the credentials alone: it shows the trunks of their account, not those of its subaccounts.\n\n%s",
			account, client.AccountSID(), client.Credentials(), ownProvider(account)))
}

// ownProvider says how to reach the trunks of an account.
func ownProvider(account string) string {
	return fmt.Sprintf(`Give that account a provider block of its own, and name it where the trunk is used:

  provider "twilio" {
    alias       = "other"
    account_sid = %q
    auth_token  = var.other_auth_token
  }

  provider = twilio.other`, account)
}

// trunkReach ends the advice about a trunk that Twilio does not find.
func trunkReach(client *twilio.Client) string {
	whose := "their account"
	if account := client.TrunkAccount(); account != "" {
		whose = "account " + account
	}
	return fmt.Sprintf("The credentials in use are the %s: they show the trunks of %s alone. "+
		"A trunk of another account, a subaccount included, needs a provider block (alias) with that account's own SID and credentials.", client.Credentials(), whose)
}

// foreign reports whether a trunk that Twilio does not find may well exist: the state says that it is in an account, and
// the provider is configured for another one. Nobody may conclude then that what the state holds is gone.
func foreign(ctx context.Context, client *twilio.Client, account types.String, trunkSID string) (bool, error) {
	if account.ValueString() == "" || strings.EqualFold(account.ValueString(), client.AccountSID()) {
		return false, nil
	}
	_, err := client.Trunk(ctx, trunkSID)
	if twilio.IsNotFound(err) {
		return true, nil
	}
	return false, err
}

// outOfReach is the error about an object of the state that foreign is true of.
func outOfReach(a action, m trunkAssociationModel, client *twilio.Client) diag.Diagnostic {
	account := m.AccountSID.ValueString()
	return diag.NewErrorDiagnostic(fmt.Sprintf("Cannot %s %s", a.verb, a.noun),
		joinParagraphs(fmt.Sprintf("%s failed: the state says that it is in account %s, but the provider's account is %s and its credentials are the %s. "+
			"Twilio shows them no trunk %s, which tells nothing about that account.", a.what(), account, client.AccountSID(), client.Credentials(), m.TrunkSID.ValueString()),
			ownProvider(account),
			"If trunk or association is gone for good, make Terraform forget it (with the resource's address in place of ADDRESS):\n  terraform state rm ADDRESS"))
}
