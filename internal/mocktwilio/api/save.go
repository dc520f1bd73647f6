// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"maps"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/snapshot"
)

// Save returns all accounts and objects, without passwords, which the store does not keep.
func (s *Store) Save() []snapshot.Account {
	s.mu.RLock()
	defer s.mu.RUnlock()
	saved := make([]snapshot.Account, len(s.accounts))
	for n, a := range s.accounts {
		saved[n] = snapshot.Account{SID: a.sid, AuthToken: a.token, ParentAccountSID: a.parent}
		for _, key := range s.keys {
			if key.account == a.sid {
				saved[n].APIKeys = append(saved[n].APIKeys, snapshot.APIKey{SID: key.sid, Secret: key.secret})
			}
		}
		for kind, objects := range collections(&saved[n]) {
			*objects = save(a.root.all(kind))
		}
	}
	return saved
}

// save returns nil if there are no items.
func save(c *collection) []snapshot.Object {
	var objects []snapshot.Object
	for _, i := range c.items() {
		o := snapshot.Object{
			"sid":          i.sid,
			"date_created": i.created.Format(time.RFC3339),
			"date_updated": i.updated.Format(time.RFC3339),
		}
		maps.Copy(o, i.fields)
		for _, child := range i.kind.children() {
			if below := save(i.all(child)); below != nil {
				o[child.key] = below
			}
		}
		objects = append(objects, o)
	}
	return objects
}
