// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"crypto/subtle"
	"fmt"
)

// store has all objects. Server.mu guards it.
type store struct {
	accounts map[string]*account
	keys     map[string]apiKey
	seq      uint64 // of the latest item in any collection
}

// account is a parent account or a subaccount.
type account struct {
	store      *store
	sid, token string
	parent     string // SID of the parent account; "" for the parent itself
	lists      collection
	// credentialLists are lists of user names and passwords.
	credentialLists collection
	domains         collection
	trunks          collection
}

func lists(a *account) *collection           { return &a.lists }
func credentialLists(a *account) *collection { return &a.credentialLists }
func domains(a *account) *collection         { return &a.domains }
func trunks(a *account) *collection          { return &a.trunks }

type apiKey struct{ secret, accountSID string }

func (w *store) addAccount(sid, token, parent string) {
	w.accounts[sid] = &account{store: w, sid: sid, token: token, parent: parent}
}

// authenticate returns the account that user and password belong to, or nil.
// user is the SID of an account or of an API key.
func (w *store) authenticate(user, password string) *account {
	if key, ok := w.keys[user]; ok {
		if equal(key.secret, password) {
			return w.accounts[key.accountSID]
		}
		return nil
	}
	if a := w.accounts[user]; a != nil && equal(a.token, password) {
		return a
	}
	return nil
}

func equal(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// mayActOn reports whether the credentials of a are valid for b: for the account
// itself, and for a parent's subaccounts.
func (a *account) mayActOn(b *account) bool { return a == b || b.parent == a.sid }

// AddSubaccount makes a subaccount of the parent account.
func (s *Server) AddSubaccount() (sid, authToken string) {
	sid, authToken = s.random.hex("AC"), s.random.hex("")
	s.mu.Lock()
	defer s.mu.Unlock()
	s.store.addAccount(sid, authToken, s.options.AccountSID)
	return sid, authToken
}

// AddAPIKey makes an API key of an account ("" is the parent). It panics when
// there is no such account.
func (s *Server) AddAPIKey(accountSID string) (sid, secret string) {
	sid, secret = s.random.hex("SK"), s.random.hex("")
	a := s.lock(accountSID)
	defer s.mu.Unlock()
	s.store.keys[sid] = apiKey{secret: secret, accountSID: a.sid}
	return sid, secret
}

// lock locks Server.mu and returns an account ("" is the parent) for the
// controls, whose callers are tests: it panics if there is no such account.
func (s *Server) lock(sid string) *account {
	if sid == "" {
		sid = s.options.AccountSID
	}
	s.mu.Lock()
	a := s.store.accounts[sid]
	if a == nil {
		s.mu.Unlock()
		panic(fmt.Sprintf("mocktwilio: no account %s", sid))
	}
	return a
}
