// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/api"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/snapshot"
)

// Load replaces all accounts and objects. The first account without a parent is the one that
// AccountSID and AuthToken name from then on. An account without a token accepts every
// token; if the first one has none, every API key that is not known acts for it, with any
// secret.
//
// What objects hold is checked as in requests, but not how many there are: Twilio raises limits on request. The error names the object and the field;
// nothing is replaced then. Requests that are being handled are carried out on the new objects.
func (s *Server) Load(accounts []snapshot.Account) error { return s.store.Load(accounts) }

// Save returns all accounts and objects, for Load. Passwords of credentials are never kept.
func (s *Server) Save() []snapshot.Account { return s.store.Save() }

// CheckLimits returns an error if there are more objects of a kind than Twilio allows by default. Load does not check it: Twilio may
// have raised the limits of an account.
func CheckLimits(accounts []snapshot.Account) error { return api.CheckLimits(accounts) }
