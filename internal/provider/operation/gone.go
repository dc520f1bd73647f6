// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package operation

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// DestroyAdvice ends an error about a plan: Terraform plans a normal apply before it destroys, unless that is switched off.
const DestroyAdvice = "\n\nTo destroy everything in spite of this error, run terraform destroy -refresh=false."

const forgetAdvice = "To make Terraform forget it instead (with the resource's address in place of ADDRESS):\n  terraform state rm ADDRESS"

// ConfirmGone reports whether an object of the state that Twilio does not find was deleted. It was not if the credentials do not
// show its account, or if the state, as after a move from another provider, does not say which account that is; ConfirmGone then
// adds an error. Its remedies are the same for each object, so that many such errors read as one.
func (o Operation) ConfirmGone(ctx context.Context, client *twilio.Client, stateAccount types.String, diags *diag.Diagnostics) bool {
	if stateAccount.ValueString() == "" {
		advice := "It may be in another account, such as the subaccount in TWILIO_SUBACCOUNT_SID or in account_sid of twilio/twilio's provider block. " +
			"One change then helps all such resources: give the provider block the SID and credentials of that account, and plan again."
		if o.AccountSID != "" {
			advice += " Or keep the auth token of its parent account, set account_sid on each resource, and run this once:\n  terraform apply -refresh=false"
		} else {
			advice += " Or add a provider block (alias) with them, and set provider on this resource."
		}
		diags.AddError("Cannot find "+o.Object, Paragraphs(
			fmt.Sprintf("Twilio does not find %s in account %s, and the state does not say which account it is in. twilio/twilio stores that only if path_account_sid is set.",
				o.Object, cmp.Or(o.AccountSID, client.AccountSID())),
			advice,
			"If it was deleted, make Terraform forget it (with the resource's address in place of ADDRESS):\n  terraform state rm ADDRESS"))
		return false
	}
	if err := client.ConfirmAccount(ctx, stateAccount.ValueString()); err != nil {
		diags.Append(o.Diagnostic(ctx, client, err))
		return false
	}
	return true
}

// ConfirmFound reports whether the provider's account has an object, before a delete whose state does not say which account the
// object is in. err is the result of reading it. If that failed, ConfirmFound adds an error.
func (o Operation) ConfirmFound(ctx context.Context, client *twilio.Client, err error, diags *diag.Diagnostics) bool {
	switch {
	case twilio.IsNotFound(err):
		o.ConfirmGone(ctx, client, types.StringNull(), diags)
	case err != nil:
		diags.Append(o.Diagnostic(ctx, client, err))
	}
	return err == nil
}

// accessDiagnostic converts errors that say that the state and the credentials do not fit. It is nil for other errors.
func (o Operation) accessDiagnostic(client *twilio.Client, err error) diag.Diagnostic {
	summary := o.Summary()
	if hidden, ok := errors.AsType[*twilio.AccountNotVisibleError](err); ok {
		detail := fmt.Sprintf("%s failed: Twilio does not find it, but does not show account %s to these credentials either, so that it may still exist. "+
			"The credentials in use are the %s.", o.Describe(), hidden.AccountSID, client.Credentials())
		advice := fmt.Sprintf("Use credentials that show account %s: its own, or the auth token of its parent account.", hidden.AccountSID)
		cause := ""
		if hidden.Err != nil {
			cause = "Error: " + hidden.Err.Error()
		}
		if e, ok := errors.AsType[*twilio.Error](hidden.Err); ok && e.Reason != twilio.NotFound && client.UsesAPIKey() {
			advice += " " + restrictedKeyAdvice(e.Method, e.Path)
		}
		return diag.NewErrorDiagnostic(summary, Paragraphs(detail, advice, forgetAdvice, cause))
	}
	if invalid, ok := errors.AsType[*twilio.InvalidSIDError](err); ok {
		return diag.NewErrorDiagnostic(summary, Paragraphs(
			fmt.Sprintf("%s failed: %q is not a SID (%s followed by 32 hexadecimal digits). Nothing was sent.", o.Describe(), invalid.Value, invalid.Prefix),
			"If the value comes from the state, the state is damaged: restore it from a backup, or make Terraform forget the resource and import it again.", forgetAdvice))
	}
	return nil
}

// SuperfluousWarning converts the error of a create that succeeded but left further objects. It is nil for other errors.
func (o Operation) SuperfluousWarning(err error) diag.Diagnostic {
	superfluous, ok := errors.AsType[*twilio.SuperfluousError](err)
	if !ok {
		return nil
	}
	return diag.NewWarningDiagnostic("A repeated create may have left "+superfluous.SIDs[0], fmt.Sprintf(
		"The answer to a request was lost and the request was repeated. %s was created, but the lost request may have created these as well:\n  %s\n"+
			"They were not deleted: %v. Delete them in Twilio's console, or import one (with a resource's address in place of ADDRESS):\n%s",
		o.Object, strings.Join(superfluous.SIDs, "\n  "), superfluous.Err, o.importLine(superfluous.SIDs[0])))
}
