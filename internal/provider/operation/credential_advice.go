// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package operation

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// authenticationAdvice says what to check if Twilio does not accept the credentials.
// https://www.twilio.com/docs/iam/api/subaccounts describes which credentials can access a subaccount. Twilio's pages contradict
// each other about API keys.
func (o Operation) authenticationAdvice(client *twilio.Client, e *twilio.Error) string {
	text := fmt.Sprintf("The provider uses the %s. Check that the auth token or API secret is current and belongs to that SID, "+
		"and that the account is active.", client.Credentials()) + gatewayAdvice(e)
	switch region := client.Region(); {
	case e.Host == "":
	case region == "":
		text += fmt.Sprintf(" The request went to %s, which is set in base_url; the credentials must belong to the Twilio region that it forwards requests to.", e.Host)
	default:
		text += fmt.Sprintf(" The request went to %s in region %s; the credentials must belong to that region.", e.Host, region)
	}
	switch otherAccount := o.isForOtherAccount(client); {
	case otherAccount && client.UsesAPIKey():
		return text + " " + o.parentKeyAdvice(client)
	case otherAccount:
		return text + fmt.Sprintf(" The request was for account %s, which must be a subaccount of the provider's account %s.", o.AccountSID, client.AccountSID())
	case client.UsesAPIKey():
		return text + fmt.Sprintf(" The key must belong to account %s. %s", client.AccountSID(), restrictedKeyAdvice(e.Method, e.Path))
	}
	return text + " An auth token works only with the SID of its own account. To manage a subaccount with its parent's auth token, set account_sid in the provider block to the parent account's SID, " +
		"and account_sid on each resource to the subaccount's SID. Trunks need the subaccount's own credentials."
}

// permissionAdvice says what to check if the credentials do not permit a request.
func (o Operation) permissionAdvice(client *twilio.Client, e *twilio.Error) string {
	text := fmt.Sprintf("The provider uses the %s.", client.Credentials()) + gatewayAdvice(e)
	check := " Check that"
	if client.UsesAPIKey() {
		if o.isForOtherAccount(client) {
			text += " " + o.parentKeyAdvice(client)
		}
		text += " " + restrictedKeyAdvice(e.Method, e.Path)
		check = " Otherwise, check that the key has not been deleted and that"
	}
	return text + fmt.Sprintf("%s account %s is active and allowed to use SIP.", check, cmp.Or(o.AccountSID, client.AccountSID()))
}

// gatewayAdvice says that a response may not come from Twilio, because it does not have Twilio's form.
func gatewayAdvice(e *twilio.Error) string {
	if e.BodyLine == "" {
		return ""
	}
	return " The response is not in Twilio's format, so it may come from a proxy or firewall."
}

// isForOtherAccount reports whether the request names a different account than the provider's.
func (o Operation) isForOtherAccount(client *twilio.Client) bool {
	return o.AccountSID != "" && !strings.EqualFold(o.AccountSID, client.AccountSID())
}

// parentKeyAdvice says what may be wrong if an API key is used for another account.
func (o Operation) parentKeyAdvice(client *twilio.Client) string {
	return fmt.Sprintf("The request was for account %s, which must be a subaccount of the provider's account %s. Twilio may reject API keys of the parent account there. "+
		"Use the parent account's auth token, or a provider block with the subaccount's own SID and credentials.", o.AccountSID, client.AccountSID())
}
