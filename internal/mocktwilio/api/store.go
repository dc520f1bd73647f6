// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"crypto/subtle"
	"slices"
	"sync"
	"time"
)

// Rules are choices for behavior that Twilio does not document.
type Rules struct {
	// TrunkBlocksListDelete rejects the delete of a list that a trunk uses.
	TrunkBlocksListDelete bool
	// RefuseEqualAddresses rejects an address with the same block as another one in its list.
	RefuseEqualAddresses bool
}

// Store has all objects. It is safe for concurrent use.
type Store struct {
	rules  Rules
	now    func() time.Time
	random Random
	mu     sync.RWMutex // guards the fields below
	content
}

// content is what Load replaces.
type content struct {
	accounts []*account // accounts without a parent and subaccounts, in the order of creation
	keys     []apiKey
	sids     map[string]bool // all SIDs that were ever used, so that none is made twice
	seq      uint64          // seq of the latest item
}

// account is an account or a subaccount.
type account struct {
	sid    string
	token  string // if "", every token is accepted
	parent string // SID of the parent account, or ""
	root   *item  // its children are the account's objects
}

type apiKey struct{ sid, secret, account string }

// NewStore returns a store with one account. now is the clock for dates of objects.
func NewStore(accountSID, authToken string, seed uint64, now func() time.Time, rules Rules) *Store {
	s := &Store{rules: rules, now: now, random: NewRandom(seed, 0)}
	s.addAccount(accountSID, authToken, "")
	return s
}

func (s *content) addAccount(sid, token, parent string) {
	a := &account{sid: sid, token: token, parent: parent}
	a.root = &item{account: a}
	s.accounts = append(s.accounts, a)
}

// account returns an account, or nil if it does not exist.
func (s *content) account(sid string) *account {
	for _, a := range s.accounts {
		if a.sid == sid {
			return a
		}
	}
	return nil
}

// main returns the first account without a parent account.
func (s *content) main() *account {
	return s.accounts[slices.IndexFunc(s.accounts, func(a *account) bool { return a.parent == "" })]
}

// authenticate returns the account of the credentials, or nil. user is the SID of an account or of an API key. If the token of
// the main account is unknown, its keys are unknown too, and every key is accepted.
func (s *content) authenticate(user, password string) *account {
	for _, key := range s.keys {
		if key.sid == user {
			if !equal(key.secret, password) {
				return nil
			}
			return s.account(key.account)
		}
	}
	if a := s.account(user); a != nil {
		if a.token == "" && password != "" || a.token != "" && equal(a.token, password) {
			return a
		}
		return nil
	}
	if a := s.main(); a.token == "" && password != "" && ValidSID("SK", user) {
		return a
	}
	return nil
}

func equal(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// mayActOn reports whether the credentials of a are valid for b: for the account itself, and for its subaccounts.
func (a *account) mayActOn(b *account) bool { return a == b || b.parent == a.sid }

// add completes a new item and appends it to its parent's items of its kind. The caller holds Store.mu.
func (s *Store) add(i *item) *item {
	if i.kind.attaches == nil {
		i.sid = s.newSID(i.kind.prefix)
	}
	i.created = s.time()
	i.updated = i.created
	return s.append(i)
}

// append adds an item that is complete except for its position.
func (s *content) append(i *item) *item {
	s.seq++
	i.seq = s.seq
	all := i.parent.children[i.kind]
	if all == nil {
		all = &collection{bySID: make(map[string]*item)}
		if i.parent.children == nil {
			i.parent.children = make(map[*Kind]*collection)
		}
		i.parent.children[i.kind] = all
	}
	all.add(i)
	return i
}

// newSID makes a SID that no object has or had. With a seed, the generator may produce SIDs that were loaded.
func (s *Store) newSID(prefix string) string {
	for {
		if sid := s.random.Hex(prefix); s.claim(sid) {
			return sid
		}
	}
}

// claim reports whether a SID was available, and marks it as used.
func (s *content) claim(sid string) bool {
	if s.sids[sid] {
		return false
	}
	if s.sids == nil {
		s.sids = make(map[string]bool)
	}
	s.sids[sid] = true
	return true
}

// time returns the current time for items, in full seconds like Twilio's dates.
func (s *Store) time() time.Time { return s.now().UTC().Truncate(time.Second) }
