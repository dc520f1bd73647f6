// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package trunk

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attachment"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// URLs of the trunking API do not name an account. The credentials determine which trunks are visible, so the functions in this
// file determine whether a trunk belongs to another account.

const accountSIDDescription = "SID of the account that owns the trunk and its lists (`AC…`). If set, it must be the provider's account. " +
	"For a trunk of a subaccount, use a provider block (`alias`) with the subaccount's SID and credentials."

// lookupAccountSID returns the account_sid of a data source.
func lookupAccountSID() schema.StringAttribute {
	return attribute.LookupKey("SID of the account that owns the trunk (`AC…`). If set, it must be the provider's account. "+
		"For a trunk of a subaccount, use a provider block (`alias`) with the subaccount's SID and credentials.", attribute.IsSID(twilio.PrefixAccount))
}

// checkAccount rejects a configured account other than that of the provider's credentials.
func checkAccount(client *twilio.Client, configured types.String, diags *diag.Diagnostics) {
	account := configured.ValueString()
	if account == "" || strings.EqualFold(account, client.AccountSID()) {
		return
	}
	diags.AddAttributeError(path.Root("account_sid"), "Elastic SIP trunk belongs to another account",
		fmt.Sprintf("account_sid is %s, but the provider's account is %s, and the provider uses the %s. "+
			"Twilio's trunking API shows only the trunks of the account that the credentials belong to, not those of its subaccounts.\n\n%s",
			account, client.AccountSID(), client.Credentials(), ownProvider(account)))
}

// confirmAccount checks that a trunk is in the planned account, before a list is associated with it or the account is stored.
// Only Twilio's response shows the account of an API key, and an association takes effect immediately.
func confirmAccount(ctx context.Context, client *twilio.Client, sids attachment.SIDs, op func(error) operation.Operation, diags *diag.Diagnostics) {
	if client.TrunkAccount() != "" || sids.AccountSID == "" {
		return
	}
	trunk, err := client.Trunk(ctx, sids.ParentSID)
	switch {
	case err != nil:
		diags.Append(op(err).Diagnostic(ctx, client, err))
	case !strings.EqualFold(trunk.AccountSID, sids.AccountSID):
		diags.AddAttributeError(path.Root("account_sid"), "Elastic SIP trunk belongs to another account",
			fmt.Sprintf("account_sid is %s, but trunk %s and the %s that the provider uses belong to account %s. Nothing was created.\n\n%s",
				sids.AccountSID, trunk.SID, client.Credentials(), trunk.AccountSID, ownProvider(sids.AccountSID)))
	}
}

// ownProvider says how to configure a provider for the trunks of an account.
func ownProvider(account string) string {
	return fmt.Sprintf(`Add a provider block for account %[1]s, and refer to it in each resource and data source for the trunk:

  provider "twilio" {
    alias       = "other"
    account_sid = %[1]q
    auth_token  = var.other_auth_token
  }

  provider = twilio.other`, account)
}

// accountAdvice says whose trunks the credentials can see. It ends the advice about a trunk that Twilio does not find.
func accountAdvice(client *twilio.Client) string {
	whose := "its own account"
	if client.TrunkAccount() != "" {
		whose = "that account"
	}
	return fmt.Sprintf("The provider uses the %s, which shows only the trunks of %s. "+
		"A trunk of another account, including a subaccount, needs a provider block (alias) with that account's own SID and credentials.", client.Credentials(), whose)
}

// inAnotherAccount returns a diagnostic if a trunk that Twilio does not find may exist in another account, because the state
// names a different account than the provider's.
func inAnotherAccount(ctx context.Context, client *twilio.Client, stateSIDs attachment.SIDs, op operation.Operation) (diag.Diagnostic, error) {
	if stateSIDs.AccountSID == "" || strings.EqualFold(stateSIDs.AccountSID, client.AccountSID()) {
		return nil, nil
	}
	if _, err := client.Trunk(ctx, stateSIDs.ParentSID); !twilio.IsNotFound(err) {
		return nil, err
	}
	return diag.NewErrorDiagnostic(op.Summary(),
		operation.Paragraphs(fmt.Sprintf("%s failed: according to the state, it belongs to account %s, but the provider's account is %s, and the provider uses the %s. "+
			"Twilio did not find trunk %s with these credentials, but it may still exist in the other account.", op.Describe(), stateSIDs.AccountSID, client.AccountSID(), client.Credentials(), stateSIDs.ParentSID),
			ownProvider(stateSIDs.AccountSID),
			"If the trunk or the association no longer exists, remove it from the Terraform state (replace ADDRESS with the resource's address):\n  terraform state rm ADDRESS")), nil
}
