// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package operation

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// TestConfirmGoneUnknownAccount compares the whole text of the error about an object whose state does not name its account, for a
// request that names an account and for one whose account the credentials decide.
func TestConfirmGoneUnknownAccount(t *testing.T) {
	t.Parallel()
	client, err := twilio.New(twilio.Config{AccountSID: someAccount, AuthToken: "very secret"})
	if err != nil {
		t.Fatal(err)
	}
	const (
		forget = "\n\nIf it was deleted, make Terraform forget it (with the resource's address in place of ADDRESS):\n  terraform state rm ADDRESS"
		whose  = ", and the state does not say which account it is in. twilio/twilio stores that only if path_account_sid is set.\n\n" +
			"It may be in another account, such as the subaccount in TWILIO_SUBACCOUNT_SID or in account_sid of twilio/twilio's provider block. " +
			"One change then helps all such resources: give the provider block the SID and credentials of that account, and plan again."
	)
	for name, test := range map[string]struct {
		operation             Operation
		wantSummary, wantText string
	}{
		"account in the path": {
			Operation{Object: "IP access control list " + someList, AccountSID: someSubaccount},
			"Cannot find IP access control list " + someList,
			"Twilio does not find IP access control list " + someList + " in account " + someSubaccount + whose +
				" Or keep the auth token of its parent account, set account_sid on each resource, and run this once:\n  terraform apply -refresh=false" + forget,
		},
		"account of the credentials": {
			Operation{Object: "the association"},
			"Cannot find the association",
			"Twilio does not find the association in account " + someAccount + whose +
				" Or add a provider block (alias) with them, and set provider on this resource." + forget,
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
