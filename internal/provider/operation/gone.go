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

// DestroyAdvice ends an error in a plan: Terraform plans a normal apply before a destroy, unless -refresh=false is set.
const DestroyAdvice = "\n\nTo destroy everything despite this error, run terraform destroy -refresh=false."

const forgetAdvice = "To remove it from the Terraform state instead" + replaceAddress + ":\n  terraform state rm ADDRESS"

// ConfirmGone reports whether an object in the state that Twilio does not find was deleted. This is not certain if the
// credentials cannot see the object's account, or if the state does not have the account, as after a migration from another
// provider. ConfirmGone then adds an error. Its advice does not name the object, so that it is the same in several such errors.
func (o Operation) ConfirmGone(ctx context.Context, client *twilio.Client, stateAccount types.String, diags *diag.Diagnostics) bool {
	if stateAccount.ValueString() == "" {
		advice := "It may be in another account, such as the subaccount in TWILIO_SUBACCOUNT_SID or in account_sid of the twilio/twilio provider block. " +
			"If so, set the SID and credentials of that account in the provider block and plan again. This fixes all such resources at once."
		if o.AccountSID != "" {
			advice += " Alternatively, keep the auth token of the parent account, set account_sid on each resource, and run this once:\n  terraform apply -refresh=false"
		} else {
			advice += " Alternatively, add a provider block (alias) with that SID and those credentials, and set provider on this resource."
		}
		diags.AddError("Cannot find "+o.Object, Paragraphs(
			fmt.Sprintf("Twilio did not find %s in account %s, and the state does not say which account it belongs to. The twilio/twilio provider stores the account only if path_account_sid is set.",
				o.Object, cmp.Or(o.AccountSID, client.AccountSID())),
			advice,
			"If it was deleted, remove it from the Terraform state"+replaceAddress+":\n  terraform state rm ADDRESS"))
		return false
	}
	if err := client.ConfirmAccount(ctx, stateAccount.ValueString()); err != nil {
		diags.Append(o.Diagnostic(ctx, client, err))
		return false
	}
	return true
}

// ConfirmFound reports whether an object is in the provider's account, before a delete with a state that does not have the
// account. err is the result of reading the object. If reading failed, ConfirmFound adds an error.
func (o Operation) ConfirmFound(ctx context.Context, client *twilio.Client, err error, diags *diag.Diagnostics) bool {
	switch {
	case twilio.IsNotFound(err):
		o.ConfirmGone(ctx, client, types.StringNull(), diags)
	case err != nil:
		diags.Append(o.Diagnostic(ctx, client, err))
	}
	return err == nil
}

// accessDiagnostic converts errors that mean that the state and the credentials do not match. It returns nil for other errors.
func (o Operation) accessDiagnostic(client *twilio.Client, err error) diag.Diagnostic {
	summary := o.Summary()
	if hidden, ok := errors.AsType[*twilio.AccountNotVisibleError](err); ok {
		detail := fmt.Sprintf("%s failed: Twilio did not find it. The credentials do not show account %s either, so the object may still exist. "+
			"The provider uses the %s.", o.Describe(), hidden.AccountSID, client.Credentials())
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
			fmt.Sprintf("%s failed: %q is not a SID (%s followed by 32 hexadecimal digits). No request was sent.", o.Describe(), invalid.Value, invalid.Prefix),
			"If the value comes from the state, the state is damaged. Restore it from a backup, or remove the resource from the state and import it again"+replaceAddress+":\n  terraform state rm ADDRESS"))
	}
	return nil
}

// SuperfluousWarning converts the error of a create that succeeded but left duplicates. It returns nil for other errors.
func (o Operation) SuperfluousWarning(err error) diag.Diagnostic {
	superfluous, ok := errors.AsType[*twilio.SuperfluousError](err)
	if !ok {
		return nil
	}
	return diag.NewWarningDiagnostic("A repeated request may also have created "+superfluous.SIDs[0], fmt.Sprintf(
		"The response to a request was lost, so the provider repeated the request. %s was created, but the lost request may have created these as well:\n  %s\n"+
			"They were not deleted: %v. Delete them in the Twilio Console, or import one"+replaceAddress+":\n%s",
		o.Object, strings.Join(superfluous.SIDs, "\n  "), superfluous.Err, o.importLine(superfluous.SIDs[0])))
}
