// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/snapshot"
)

// Load replaces all accounts and objects. If there is an error, nothing is replaced, and the error names the object and the
// field.
func (s *Store) Load(accounts []snapshot.Account) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	// seq continues, so that tokens of pages that were read before do not skip objects.
	loaded := &Store{rules: s.rules, now: s.now, random: s.random, content: content{seq: s.seq}}
	if err := loaded.loadAccounts(accounts); err != nil {
		return err
	}
	// Claim all given SIDs before making those that are missing.
	for _, claimOnly := range []bool{true, false} {
		for i := range accounts {
			for kind, objects := range collections(&accounts[i]) {
				where := "account " + accounts[i].SID
				if err := loaded.loadAll(loaded.accounts[i].root, kind, *objects, where, claimOnly); err != nil {
					return err
				}
			}
		}
	}
	s.content = loaded.content
	return nil
}

// collections yields the collections of an account, with lists before their attachments.
func collections(a *snapshot.Account) iter.Seq2[*Kind, *[]snapshot.Object] {
	return func(yield func(*Kind, *[]snapshot.Object) bool) {
		_ = yield(Lists, &a.IPAccessControlLists) && yield(CredentialLists, &a.CredentialLists) &&
			yield(Domains, &a.Domains) && yield(Trunks, &a.Trunks)
	}
}

func (s *Store) loadAccounts(accounts []snapshot.Account) error {
	for _, a := range accounts {
		where := fmt.Sprintf("account %q", a.SID)
		if !ValidSID("AC", a.SID) {
			return fmt.Errorf("%s: sid must be AC followed by 32 hexadecimal digits", where)
		}
		if !s.claim(a.SID) {
			return fmt.Errorf("%s: two accounts have this sid", where)
		}
		s.addAccount(a.SID, a.AuthToken, a.ParentAccountSID)
		for _, key := range a.APIKeys {
			switch {
			case !ValidSID("SK", key.SID):
				return fmt.Errorf("%s: api_keys %q: sid must be SK followed by 32 hexadecimal digits", where, key.SID)
			case !s.claim(key.SID):
				return fmt.Errorf("%s: api_keys %s: two objects have this sid", where, key.SID)
			case key.Secret == "":
				return fmt.Errorf("%s: api_keys %s: secret is missing", where, key.SID)
			}
			s.keys = append(s.keys, apiKey{sid: key.SID, secret: key.Secret, account: a.SID})
		}
	}
	for _, a := range s.accounts {
		if parent := s.account(a.parent); a.parent != "" && (parent == nil || parent.parent != "") {
			return fmt.Errorf("account %q: parent_account_sid must be the sid of a parent account in accounts; got %q", a.sid, a.parent)
		}
	}
	if !slices.ContainsFunc(s.accounts, func(a *account) bool { return a.parent == "" }) {
		return errors.New("accounts must have at least one account without a parent_account_sid")
	}
	return nil
}

// loadAll loads the objects of a kind and the objects that belong to them, or only claims their SIDs.
func (s *Store) loadAll(parent *item, k *Kind, objects []snapshot.Object, where string, claimOnly bool) error {
	for n, o := range objects {
		label := o["sid"]
		if label == nil {
			label = fmt.Sprintf("number %d", n+1)
		}
		where := fmt.Sprintf("%s, %s %v", where, k.key, label)
		i := &item{kind: k, account: parent.account, parent: parent}
		var err error
		if claimOnly {
			err = s.claimSID(k, o)
		} else {
			err = s.load(i, o)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", where, err)
		}
		for _, child := range k.children() {
			below, ok := objectsIn(o[child.key])
			if !ok {
				return fmt.Errorf("%s: %s must be a list of objects", where, child.key)
			}
			if err := s.loadAll(i, child, below, where, claimOnly); err != nil {
				return err
			}
		}
	}
	return nil
}

// children returns the kinds of objects that belong to objects of a kind.
func (k *Kind) children() []*Kind {
	return slices.DeleteFunc(slices.Clone(kinds), func(child *Kind) bool { return child.parent != k })
}

func objectsIn(value any) ([]snapshot.Object, bool) {
	switch value := value.(type) {
	case nil:
		return nil, true
	case []snapshot.Object:
		return value, true
	case []any: // from a file
		objects := make([]snapshot.Object, len(value))
		for i := range value {
			o, ok := value[i].(map[string]any)
			if !ok {
				return nil, false
			}
			objects[i] = o
		}
		return objects, true
	}
	return nil, false
}

func (s *Store) claimSID(k *Kind, o snapshot.Object) error {
	if o["sid"] == nil && k.attaches == nil {
		return nil
	}
	sid, _ := o["sid"].(string)
	if !ValidSID(k.prefix, sid) {
		return fmt.Errorf("sid must be %s followed by 32 hexadecimal digits", k.prefix)
	}
	if k.attaches == nil && !s.claim(sid) {
		return errors.New("two objects have this sid")
	}
	return nil
}

// load completes an item from an object whose SID has been claimed, and adds the item.
func (s *Store) load(i *item, o snapshot.Object) (err error) {
	k := i.kind
	if i.sid, _ = o["sid"].(string); i.sid == "" {
		i.sid = s.newSID(k.prefix)
	}
	if i.created, err = date(o, "date_created", s.time()); err != nil {
		return err
	}
	if i.updated, err = date(o, "date_updated", i.created); err != nil {
		return err
	}
	known := []string{"sid", "date_created", "date_updated"}
	for _, child := range k.children() {
		known = append(known, child.key)
	}
	switch {
	case k.attaches == nil:
		i.fields, err = loadFields(k.fields, o, known)
	case i.list() == nil:
		err = fmt.Errorf("the account has no object with this sid in %s", k.attaches.key)
	default:
		_, err = loadFields(nil, o, known)
	}
	if err != nil {
		return err
	}
	if refusal := s.check(i); refusal != nil {
		refused, _ := refusal.Body.(Error)
		return errors.New(refused.Message)
	}
	s.append(i)
	return nil
}

// loadFields checks the fields of an object like those of a client. known are other names that the object may have.
func loadFields(fields []field, o snapshot.Object, known []string) (map[string]any, error) {
	values := initialValues(fields)
	for _, name := range slices.Sorted(maps.Keys(o)) {
		if _, ok := values[name]; !ok && !slices.Contains(known, name) {
			return nil, fmt.Errorf("unknown field %s", name)
		}
	}
	for _, f := range fields {
		given, ok := o[f.json]
		if f.json == "" || !ok && f.need == optional {
			continue
		}
		if !ok {
			return nil, fmt.Errorf("%s is missing", f.json)
		}
		value, err := f.load(given)
		if err != nil {
			return nil, err
		}
		values[f.json] = value
	}
	return values, nil
}

// load checks a value from a file.
func (f field) load(given any) (any, error) {
	if f.nested != nil {
		o, ok := given.(map[string]any)
		if !ok {
			return nil, fmt.Errorf("%s must be an object", f.json)
		}
		values, err := loadFields(f.nested, o, nil)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.json, err)
		}
		return values, nil
	}
	var text string
	switch given := given.(type) {
	case nil:
		if f.need == optional && f.initial == nil {
			return nil, nil
		}
	case string:
		text = given
	case bool:
		text = strconv.FormatBool(given)
	case int:
		text = strconv.Itoa(given)
	case json.Number:
		text = given.String()
	default:
		return nil, fmt.Errorf("%s must not be %s", f.json, jsonType(given))
	}
	value, wrong := f.parse(f.json, text)
	if wrong != nil {
		return nil, errors.New(wrong.message)
	}
	if value != nil && jsonType(value) != jsonType(given) {
		return nil, fmt.Errorf("%s must be %s; got %s", f.json, jsonType(value), jsonType(given))
	}
	return value, nil
}

func jsonType(value any) string {
	switch value.(type) {
	case string:
		return "a string"
	case bool:
		return "true or false"
	case int, json.Number:
		return "a number"
	case nil:
		return "null"
	}
	return "a list or an object"
}

func date(o snapshot.Object, name string, missing time.Time) (time.Time, error) {
	if o[name] == nil {
		return missing, nil
	}
	text, _ := o[name].(string)
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return at, fmt.Errorf("%s must be a date such as 2026-01-31T12:00:00Z", name)
	}
	return at.UTC().Truncate(time.Second), nil
}
