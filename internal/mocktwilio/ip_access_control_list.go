// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"net/http"
	"time"
)

const (
	maxLists    = 1000 // to an account
	maxName     = 255  // characters of the names of lists and addresses
	accountRoot = "/2010-04-01/Accounts/"
)

// List is an IP access control list.
type List struct {
	SID, AccountSID, FriendlyName string
	DateCreated, DateUpdated      time.Time // UTC, whole seconds
}

func (i *item) asList() List {
	return List{
		SID: i.sid, AccountSID: i.account.sid, FriendlyName: i.text("friendly_name"),
		DateCreated: i.created, DateUpdated: i.updated,
	}
}

var listResource = &resource{
	path:             "/2010-04-01/Accounts/{AccountSid}/SIP/IpAccessControlLists",
	key:              "ip_access_control_lists",
	sidPrefix:        "AL",
	fields:           []field{{"FriendlyName", "friendly_name", friendlyName(maxName), nil}},
	requiredToCreate: []string{"FriendlyName"},
	requiredToUpdate: []string{"FriendlyName"},
	items:            lists,
	check: func(_ *call, l *item) *answer {
		if l.sid == "" && l.account.lists.len() >= maxLists {
			return refuse(http.StatusBadRequest, codeLimit, "The account has %d IpAccessControlLists already, the most there can be", maxLists)
		}
		return nil
	},
	remove: func(c *call, l *item) *answer {
		if refusal := c.refuseInUse(l); refusal != nil {
			return refusal
		}
		l.account.removeList(l.sid)
		return nil
	},
	show: func(_ *item, url string, shown object) {
		shown["uri"] = url + ".json"
		shown["subresource_uris"] = object{"ip_addresses": url + "/IpAddresses.json"}
	},
}

// refuseInUse refuses to delete a list that is mapped to a domain. That Twilio
// refuses is known, its status and code are not: 400 and 21235 are the mock's.
func (c *call) refuseInUse(l *item) *answer {
	for _, d := range l.account.domains.order {
		if d.children.get(l.sid) != nil {
			return refuse(http.StatusBadRequest, codeListInUse, "IpAccessControlList %s is associated with a domain and cannot be deleted", l.sid)
		}
	}
	if !c.server.options.TrunkBlocksListDelete {
		return nil
	}
	for _, t := range l.account.trunks.order {
		if t.children.get(l.sid) != nil {
			return refuse(http.StatusBadRequest, codeListInUse, "IpAccessControlList %s is associated with a trunk and cannot be deleted", l.sid)
		}
	}
	return nil
}

// removeList deletes a list, its addresses and its attachments.
func (a *account) removeList(sid string) {
	for _, d := range a.domains.order {
		d.children.remove(sid)
	}
	for _, t := range a.trunks.order {
		t.children.remove(sid)
	}
	a.lists.remove(sid)
}

// Lists returns an account's lists in the API's order. In this and all other
// controls, account "" is the parent account. They panic if an object that they
// name does not exist.
func (s *Server) Lists(account string) []List {
	a := s.lock(account)
	defer s.mu.Unlock()
	return convert(&a.lists, (*item).asList)
}

// CreateList creates a list out of band. Limits are not applied.
func (s *Server) CreateList(account, name string) List {
	a := s.lock(account)
	defer s.mu.Unlock()
	return s.add(&a.lists, &item{
		sid: s.random.hex("AL"), account: a, fields: map[string]any{"friendly_name": name},
	}).asList()
}

// RenameList renames a list out of band.
func (s *Server) RenameList(account, sid, name string) {
	a := s.lock(account)
	defer s.mu.Unlock()
	l := a.lists.must(sid)
	l.fields, l.updated = map[string]any{"friendly_name": name}, s.now()
}

// DeleteList deletes a list out of band, with its addresses and attachments.
func (s *Server) DeleteList(account, sid string) {
	a := s.lock(account)
	defer s.mu.Unlock()
	a.lists.must(sid)
	a.removeList(sid)
}
