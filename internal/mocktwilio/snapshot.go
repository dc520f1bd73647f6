// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/api"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/snapshot"
)

// Load replaces all accounts and objects. From then on, AccountSID and AuthToken return those of the first account without a
// parent. An account without a token accepts every token. If the first account has no token, every unknown API key acts for it,
// with any secret.
//
// Fields are checked as in requests. The number of objects is not checked, because Twilio raises limits on request. The error
// names the object and the field, and then nothing is replaced. Requests that are being handled are carried out on the new
// objects.
func (s *Server) Load(accounts []snapshot.Account) error { return s.store.Load(accounts) }

// Save returns all accounts and objects, for Load. It does not return passwords, which are never stored.
func (s *Server) Save() []snapshot.Account { return s.store.Save() }

// CheckLimits returns an error if there are more objects of a kind than Twilio allows by default. Load does not check this,
// because Twilio may have raised the limits of an account.
func CheckLimits(accounts []snapshot.Account) error { return api.CheckLimits(accounts) }
