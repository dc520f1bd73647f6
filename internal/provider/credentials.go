// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// checkAccount checks the SID of the provider's account, which comes from the block or else from the environment.
func (s settings) checkAccount(block providerModel, accountSID string) {
	switch problem := attribute.SIDProblemWithoutValue(twilio.PrefixAccount, accountSID); {
	case block.AccountSID.IsUnknown():
	case problem == "":
		if block.AccountSID.IsNull() {
			s.checkSubaccount(accountSID)
		}
	case accountSID == "":
		if block.AccountSID.IsNull() {
			s.diags.AddAttributeError(path.Root("account_sid"), "Missing account SID",
				"Set account_sid in the provider block or the environment variable "+envAccountSID+" to the SID of your Twilio account.")
		}
	default:
		s.diags.AddAttributeError(path.Root("account_sid"), "Invalid account SID", s.prefix(block.AccountSID, envAccountSID)+problem)
	}
}

// checkSubaccount rejects an environment in which the provider twilio/twilio would manage a different account. That provider uses
// the account in TWILIO_SUBACCOUNT_SID, or else in TWILIO_ACCOUNT_SID, with the same credentials as this provider. Source:
// https://github.com/twilio/terraform-provider-twilio/blob/main/twilio/provider.go
func (s settings) checkSubaccount(accountSID string) {
	if subaccount := s.getenv(envSubaccountSID); subaccount == "" || strings.EqualFold(subaccount, accountSID) {
		return
	}
	s.diags.AddAttributeError(path.Root("account_sid"), "Two accounts in the environment", fmt.Sprintf(
		"The environment variables %[1]s and %[2]s name different accounts. The twilio/twilio provider manages the account in %[1]s. This provider "+
			"does not read that variable and would manage account %[3]s wherever a resource does not set account_sid.\n\n"+
			"To manage account %[3]s, unset %[1]s or set account_sid in the provider block to %[3]s.\n\n"+
			"To manage the subaccount with its own credentials, set account_sid in the provider block to the subaccount's SID.\n\n"+
			"To manage the subaccount with the credentials of account %[3]s, unset %[1]s or set account_sid in the provider block to %[3]s, "+
			"and set account_sid on each resource to the subaccount's SID. Elastic SIP trunks of a subaccount need the subaccount's own credentials.",
		envSubaccountSID, envAccountSID, accountSID))
}

// credentials chooses between the auth token and the API key. If the block has only one of them, or a part of one, that one is
// used, and the environment supplies the missing part. If the block has both or neither, the API key is preferred.
func (s settings) credentials(block providerModel, config *twilio.Config) {
	token := s.text("auth_token", block.AuthToken, envAuthToken)
	key := s.text("api_key", block.APIKey, envAPIKey)
	secret := s.text("api_secret", block.APISecret, envAPISecret)
	if s.diags.HasError() {
		return
	}
	keyInBlock := !block.APIKey.IsNull() || !block.APISecret.IsNull()
	if !block.AuthToken.IsNull() && !keyInBlock {
		config.AuthToken = token
		return
	}
	hasKey := key != "" || block.APIKey.IsUnknown()
	hasSecret := secret != "" || block.APISecret.IsUnknown()
	switch {
	case hasKey && hasSecret:
		config.APIKey, config.APISecret = key, secret
		if problem := attribute.SIDProblemWithoutValue(twilio.PrefixAPIKey, key); problem != "" && !block.APIKey.IsUnknown() {
			s.diags.AddAttributeError(path.Root("api_key"), "Invalid API key SID", s.prefix(block.APIKey, envAPIKey)+problem)
		}
	case hasKey:
		s.diags.AddAttributeError(path.Root("api_secret"), "Missing API secret",
			"An API key is set without its secret. Set api_secret in the provider block or the environment variable "+envAPISecret+
				". To use the auth token instead, remove the API key.")
	case hasSecret:
		s.diags.AddAttributeError(path.Root("api_key"), "Missing API key",
			"An API secret is set without its API key. Set api_key in the provider block or the environment variable "+envAPIKey+
				". To use the auth token instead, remove the API secret.")
	case token != "" || block.AuthToken.IsUnknown():
		config.AuthToken = token
	default:
		s.diags.AddAttributeError(path.Root("auth_token"), "Missing credentials",
			"No credentials are set. Set auth_token in the provider block or the environment variable "+envAuthToken+
				". To use an API key instead, set api_key and api_secret, or "+envAPIKey+" and "+envAPISecret+".")
	}
}
