// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// checkAccount checks the SID of the provider's account, which comes from the block or else from the environment.
func (s settings) checkAccount(block providerModel, accountSID string) {
	switch problem := attribute.SIDProblemWithoutValue(twilio.PrefixAccount, accountSID); {
	case block.AccountSID.IsUnknown() || problem == "":
	case accountSID == "":
		if block.AccountSID.IsNull() {
			s.diags.AddAttributeError(path.Root("account_sid"), "Missing account SID",
				"The provider needs the SID of a Twilio account. Set account_sid in the provider block, or the environment variable "+envAccountSID+".")
		}
	default:
		s.diags.AddAttributeError(path.Root("account_sid"), "Invalid account SID", s.prefix(block.AccountSID, envAccountSID)+problem)
	}
}

// credentials chooses between the auth token and the API key. If the block has only one of them, or a part of one, that one
// is used and the environment supplies the missing part. If the block has both or neither, the API key is preferred.
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
			"There is an API key without its secret. Set api_secret in the provider block, or the environment variable "+envAPISecret+
				". To authenticate with the auth token instead, leave the API key out.")
	case hasSecret:
		s.diags.AddAttributeError(path.Root("api_key"), "Missing API key",
			"There is an API secret without the SID of its key. Set api_key in the provider block, or the environment variable "+envAPIKey+
				". To authenticate with the auth token instead, leave the API secret out.")
	case token != "" || block.AuthToken.IsUnknown():
		config.AuthToken = token
	default:
		s.diags.AddAttributeError(path.Root("auth_token"), "Missing credentials",
			"The provider has nothing to authenticate with. Set auth_token in the provider block, or the environment variable "+envAuthToken+
				"; or set api_key and api_secret, or "+envAPIKey+" and "+envAPISecret+".")
	}
}
