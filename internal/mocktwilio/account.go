// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"crypto/subtle"
	"fmt"
)

// world is everything that the mock remembers of Twilio. Server.mu guards it.
type world struct {
	accounts map[string]*account
	keys     map[string]apiKey
	seq      uint64
	// domainNames of all accounts: they are addresses on the internet.
	domainNames map[string]string // name => SID
	trunkNames  map[string]string
}

// account is a parent account or a subaccount.
type account struct {
	sid, token string
	parent     string // SID of the parent account; "" for the parent itself
	lists      collection[list]
	domains    collection[domain]
	trunks     collection[trunk]
}

type apiKey struct{ secret, accountSID string }

func (w *world) init() {
	w.accounts = make(map[string]*account)
	w.keys = make(map[string]apiKey)
	w.domainNames = make(map[string]string)
	w.trunkNames = make(map[string]string)
}

func (w *world) addAccount(sid, token, parent string) {
	w.accounts[sid] = &account{sid: sid, token: token, parent: parent}
}

// claim takes a name, if it is one, and release gives it back, if it is sid's.
func claim(names map[string]string, name, sid string) {
	if name != "" {
		names[name] = sid
	}
}

func release(names map[string]string, name, sid string) {
	if names[name] == sid {
		delete(names, name)
	}
}

// next numbers objects across all collections.
func (w *world) next() uint64 {
	w.seq++
	return w.seq
}

// authenticate returns the account that user and password belong to, or nil.
// user is the SID of an account or of an API key.
func (w *world) authenticate(user, password string) *account {
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

// mayActOn reports whether credentials of a open b: its own, and a parent those
// of its subaccounts.
func (a *account) mayActOn(b *account) bool { return a == b || b.parent == a.sid }

// AddSubaccount makes a subaccount of the parent account.
func (s *Server) AddSubaccount() (sid, authToken string) {
	sid, authToken = s.random.hex("AC"), s.random.hex("")
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world.addAccount(sid, authToken, s.options.AccountSID)
	return sid, authToken
}

// AddAPIKey makes an API key of an account ("" is the parent). It panics when
// there is no such account.
func (s *Server) AddAPIKey(accountSID string) (sid, secret string) {
	sid, secret = s.random.hex("SK"), s.random.hex("")
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world.keys[sid] = apiKey{secret: secret, accountSID: s.mustAccount(accountSID).sid}
	return sid, secret
}

// mustAccount finds an account for the controls, whose callers are tests: a
// wrong SID is their mistake.
func (s *Server) mustAccount(sid string) *account {
	if sid == "" {
		sid = s.options.AccountSID
	}
	a := s.world.accounts[sid]
	if a == nil {
		panic(fmt.Sprintf("mocktwilio: no account %s", sid))
	}
	return a
}

// must panics when an object that a control names does not exist.
func must[T any](object *T, sid string) *T {
	if object == nil {
		panic(fmt.Sprintf("mocktwilio: no object %s", sid))
	}
	return object
}
