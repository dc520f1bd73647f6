// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package operation

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// TestConfirmGoneUnknownAccount compares the full text of the error about an object whose account is not in the state, for a
// request that names an account and for one whose account the credentials determine.
func TestConfirmGoneUnknownAccount(t *testing.T) {
	t.Parallel()
	client, err := twilio.New(twilio.Config{AccountSID: someAccount, AuthToken: "very secret"})
	if err != nil {
		t.Fatal(err)
	}
	const (
		forget = "\n\nIf it was deleted, remove it from the Terraform state (replace ADDRESS with the resource's address):\n  terraform state rm ADDRESS"
		whose  = ", and the state does not say which account it belongs to. The twilio/twilio provider stores the account only if path_account_sid is set.\n\n" +
			"It may be in another account, such as the subaccount in TWILIO_SUBACCOUNT_SID or in account_sid of the twilio/twilio provider block. " +
			"If so, set the SID and credentials of that account in the provider block and plan again. This fixes all such resources at once."
	)
	for name, test := range map[string]struct {
		operation             Operation
		wantSummary, wantText string
	}{
		"account in the path": {
			Operation{Object: "IP access control list " + someList, AccountSID: someSubaccount},
			"Cannot find IP access control list " + someList,
			"Twilio did not find IP access control list " + someList + " in account " + someSubaccount + whose +
				" Alternatively, keep the auth token of the parent account, set account_sid on each resource, and run this once:\n  terraform apply -refresh=false" + forget,
		},
		"account of the credentials": {
			Operation{Object: "the association"},
			"Cannot find the association",
			"Twilio did not find the association in account " + someAccount + whose +
				" Alternatively, add a provider block (alias) with that SID and those credentials, and set provider on this resource." + forget,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var diags diag.Diagnostics
			if test.operation.ConfirmGone(t.Context(), client, types.StringNull(), &diags) {
				t.Error("it counts as deleted")
			}
			if len(diags) != 1 || diags[0].Summary() != test.wantSummary || diags[0].Detail() != test.wantText {
				t.Errorf("diagnostics %v", diags)
			}
		})
	}
}
