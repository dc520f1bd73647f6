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

type list struct {
	List
	addresses collection[Address]
}

func (l *List) uri() string {
	return accountRoot + l.AccountSID + "/SIP/IpAccessControlLists/" + l.SID + ".json"
}

// listWire is a list in the 2010 API.
type listWire struct {
	SID             string            `json:"sid"`
	AccountSID      string            `json:"account_sid"`
	FriendlyName    string            `json:"friendly_name"`
	DateCreated     string            `json:"date_created"`
	DateUpdated     string            `json:"date_updated"`
	SubresourceURIs map[string]string `json:"subresource_uris"`
	URI             string            `json:"uri"`
}

func (l *list) wire() listWire {
	return listWire{
		SID:          l.SID,
		AccountSID:   l.AccountSID,
		FriendlyName: l.FriendlyName,
		DateCreated:  rfc2822(l.DateCreated),
		DateUpdated:  rfc2822(l.DateUpdated),
		SubresourceURIs: map[string]string{
			"ip_addresses": accountRoot + l.AccountSID + "/SIP/IpAccessControlLists/" + l.SID + "/IpAddresses.json",
		},
		URI: l.uri(),
	}
}

type listsWire struct {
	pageWire
	Lists []listWire `json:"ip_access_control_lists"`
}

var ipAccessControlListRoutes = []route{
	{template: "/2010-04-01/Accounts/{AccountSid}/SIP/IpAccessControlLists.json", methods: methods{
		http.MethodGet: (*call).lists, http.MethodPost: (*call).createList,
	}},
	{template: "/2010-04-01/Accounts/{AccountSid}/SIP/IpAccessControlLists/{Sid}.json", methods: methods{
		http.MethodGet: (*call).list, http.MethodPost: (*call).updateList, http.MethodDelete: (*call).deleteList,
	}},
}

func (c *call) lists() answer {
	p, refusal := parsePage(c.entry.Query)
	if refusal != nil {
		return *refusal
	}
	c.server.mu.RLock()
	lists := cut(&c.account.lists, p, (*list).wire)
	c.server.mu.RUnlock()
	return answer{status: http.StatusOK, body: listsWire{lists.wire(c.request.URL.Path), lists.items}}
}

func (c *call) createList() answer {
	c.form.only("FriendlyName")
	name := c.form.requiredName("FriendlyName", maxName)
	if c.form.refusal != nil {
		return *c.form.refusal
	}
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.account.lists.len() >= maxLists {
		return refuse(http.StatusBadRequest, codeLimit, "The account has %d IpAccessControlLists already, the most there can be", maxLists)
	}
	return answer{status: http.StatusCreated, body: s.addList(c.account, name).wire()}
}

func (c *call) list() answer {
	c.server.mu.RLock()
	defer c.server.mu.RUnlock()
	l := c.account.lists.get(c.params.item)
	if l == nil {
		return notFound(c.request.URL.Path)
	}
	return answer{status: http.StatusOK, body: l.wire()}
}

func (c *call) updateList() answer {
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	l := c.account.lists.get(c.params.item)
	if l == nil {
		return notFound(c.request.URL.Path)
	}
	c.form.only("FriendlyName")
	name := c.form.requiredName("FriendlyName", maxName)
	if c.form.refusal != nil {
		return *c.form.refusal
	}
	l.FriendlyName, l.DateUpdated = name, s.now()
	return answer{status: http.StatusOK, body: l.wire()}
}

// deleteList refuses to delete a list that is mapped to a domain. That Twilio
// refuses is known, its status and code are not: 400 and 21235 are the mock's.
func (c *call) deleteList() answer {
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	l := c.account.lists.get(c.params.item)
	if l == nil {
		return notFound(c.request.URL.Path)
	}
	for d := range c.account.domains.each {
		if d.mappings.get(l.SID) != nil {
			return refuse(http.StatusBadRequest, codeListInUse, "IpAccessControlList %s is associated with a domain and cannot be deleted", l.SID)
		}
	}
	if s.options.TrunkBlocksListDelete {
		for t := range c.account.trunks.each {
			if t.associations.get(l.SID) != nil {
				return refuse(http.StatusBadRequest, codeListInUse, "IpAccessControlList %s is associated with a trunk and cannot be deleted", l.SID)
			}
		}
	}
	c.account.removeList(l.SID)
	return answer{status: http.StatusNoContent}
}

func (s *Server) addList(a *account, name string) *list {
	now := s.now()
	sid := s.random.hex("AL")
	return a.lists.add(s.world.next(), sid, list{List: List{
		SID: sid, AccountSID: a.sid, FriendlyName: name, DateCreated: now, DateUpdated: now,
	}})
}

// removeList deletes a list, its addresses and every use of it.
func (a *account) removeList(sid string) {
	for d := range a.domains.each {
		d.mappings.remove(sid)
	}
	for t := range a.trunks.each {
		t.associations.remove(sid)
	}
	a.lists.remove(sid)
}

// Lists returns an account's lists in the API's order. In this and all other
// controls account "" is the parent account, and an object that does not exist
// is a panic.
func (s *Server) Lists(account string) []List {
	s.mu.RLock()
	defer s.mu.RUnlock()
	a := s.mustAccount(account)
	lists := make([]List, 0, a.lists.len())
	for l := range a.lists.each {
		lists = append(lists, l.List)
	}
	return lists
}

// CreateList makes a list behind the client's back. Limits are not applied.
func (s *Server) CreateList(account, name string) List {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addList(s.mustAccount(account), name).List
}

// RenameList renames a list behind the client's back.
func (s *Server) RenameList(account, sid, name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := must(s.mustAccount(account).lists.get(sid), sid)
	l.FriendlyName, l.DateUpdated = name, s.now()
}

// DeleteList deletes a list behind the client's back, with its addresses and
// wherever it is used.
func (s *Server) DeleteList(account, sid string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.mustAccount(account)
	must(a.lists.get(sid), sid)
	a.removeList(sid)
}
