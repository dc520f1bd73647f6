// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"fmt"
	"maps"
	"time"
)

// Object is a copy of an object.
type Object struct {
	SID, AccountSID, ParentSID string
	// Name is the friendly name. For an attachment, it is the name of the list.
	Name                     string
	Fields                   map[string]any // by name in the API's JSON; must not be modified
	DateCreated, DateUpdated time.Time      // UTC, full seconds
	// AuthType depends on the lists that are attached to a domain or trunk.
	AuthType string
}

func (i *item) object() Object {
	named := i
	if i.kind.attaches != nil {
		named = i.list()
	}
	return Object{
		SID: i.sid, AccountSID: i.account.sid, ParentSID: i.parent.sid, Name: named.text("friendly_name"),
		Fields: i.fields, DateCreated: i.created, DateUpdated: i.updated, AuthType: i.authType(),
	}
}

// Text returns a field, or "" if it is null.
func (o Object) Text(field string) string {
	text, _ := o.Fields[field].(string)
	return text
}

// Place is where objects are: in an account ("" is the main account) and, unless they belong to the account itself, in the parent
// with this SID.
type Place struct {
	Account, Parent string
	Kind            *Kind
}

// The methods below change objects out of band, as by a colleague in the Twilio Console. They do not check values and limits.
// Their callers are tests, so they panic if an object does not exist.

// parent returns the item that has the objects of a place.
func (s *Store) parent(at Place) *item {
	account := s.main()
	if at.Account != "" {
		account = s.account(at.Account)
	}
	if account == nil {
		panic("mocktwilio: no account " + at.Account)
	}
	if at.Kind.parent == nil {
		return account.root
	}
	return must(account.root, at.Kind.parent, at.Parent)
}

func must(parent *item, k *Kind, sid string) *item {
	i := parent.all(k).get(sid)
	if i == nil {
		panic(fmt.Sprintf("mocktwilio: no object %s", sid))
	}
	return i
}

// Objects returns the objects of a place in the API's order.
func (s *Store) Objects(at Place) []Object {
	s.mu.RLock()
	defer s.mu.RUnlock()
	items := s.parent(at).all(at.Kind).items()
	objects := make([]Object, len(items))
	for i, item := range items {
		objects[i] = item.object()
	}
	return objects
}

// Create creates an object. Fields that are not given have their initial values.
func (s *Store) Create(at Place, fields map[string]any) Object {
	s.mu.Lock()
	defer s.mu.Unlock()
	parent := s.parent(at)
	values := initialValues(at.Kind.fields)
	maps.Copy(values, fields)
	return s.add(&item{kind: at.Kind, account: parent.account, parent: parent, fields: values}).object()
}

// Update sets some fields of an object.
func (s *Store) Update(at Place, sid string, fields map[string]any) Object {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := must(s.parent(at), at.Kind, sid)
	values := maps.Clone(i.fields)
	maps.Copy(values, fields)
	i.fields, i.updated = values, s.time()
	return i.object()
}

// Delete deletes an object, the objects that belong to it, and its attachments.
func (s *Store) Delete(at Place, sid string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	must(s.parent(at), at.Kind, sid).remove()
}

// Attach attaches a list. It does nothing if the list is already attached.
func (s *Store) Attach(at Place, sid string) Object {
	s.mu.Lock()
	defer s.mu.Unlock()
	parent := s.parent(at)
	must(parent.account.root, at.Kind.attaches, sid)
	if attached := parent.all(at.Kind).get(sid); attached != nil {
		return attached.object()
	}
	return s.add(&item{kind: at.Kind, sid: sid, account: parent.account, parent: parent}).object()
}

// AddSubaccount creates a subaccount of the main account.
func (s *Store) AddSubaccount() (sid, authToken string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	sid, authToken = s.newSID("AC"), s.random.Hex("")
	s.addAccount(sid, authToken, s.main().sid)
	return sid, authToken
}

// AddAPIKey creates an API key of an account ("" is the main account).
func (s *Store) AddAPIKey(accountSID string) (sid, secret string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if accountSID == "" {
		accountSID = s.main().sid
	}
	if s.account(accountSID) == nil {
		panic("mocktwilio: no account " + accountSID)
	}
	sid, secret = s.newSID("SK"), s.random.Hex("")
	s.keys = append(s.keys, apiKey{sid: sid, secret: secret, account: accountSID})
	return sid, secret
}

// Main returns the SID and the token of the main account, which is the first account without a parent account. The token is "" if
// every token is accepted.
func (s *Store) Main() (sid, authToken string) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.main().sid, s.main().token
}
