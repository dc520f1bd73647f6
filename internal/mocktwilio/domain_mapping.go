// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"net/http"
	"time"
)

// Mapping is a list in effect on a domain. It is one object under two paths,
// Auth/Calls and the older one.
type Mapping struct {
	DomainSID, ListSID, AccountSID string
	FriendlyName                   string // the list's
	DateCreated, DateUpdated       time.Time
}

// authMappingWire is a mapping under Auth/Calls.
type authMappingWire struct {
	AccountSID   string `json:"account_sid"`
	DateCreated  string `json:"date_created"`
	DateUpdated  string `json:"date_updated"`
	FriendlyName string `json:"friendly_name"`
	SID          string `json:"sid"`
}

func (m *Mapping) authWire() authMappingWire {
	return authMappingWire{
		AccountSID:   m.AccountSID,
		DateCreated:  rfc2822(m.DateCreated),
		DateUpdated:  rfc2822(m.DateUpdated),
		FriendlyName: m.FriendlyName,
		SID:          m.ListSID,
	}
}

type authMappingsWire struct {
	pageWire
	Mappings []authMappingWire `json:"contents"`
}

// mappingWire is a mapping under the older path.
type mappingWire struct {
	AccountSID   string `json:"account_sid"`
	DateCreated  string `json:"date_created"`
	DateUpdated  string `json:"date_updated"`
	DomainSID    string `json:"domain_sid"`
	FriendlyName string `json:"friendly_name"`
	SID          string `json:"sid"`
	URI          string `json:"uri"`
}

func (m *Mapping) wire() mappingWire {
	return mappingWire{
		AccountSID:   m.AccountSID,
		DateCreated:  rfc2822(m.DateCreated),
		DateUpdated:  rfc2822(m.DateUpdated),
		DomainSID:    m.DomainSID,
		FriendlyName: m.FriendlyName,
		SID:          m.ListSID,
		URI:          accountRoot + m.AccountSID + "/SIP/Domains/" + m.DomainSID + "/IpAccessControlListMappings/" + m.ListSID + ".json",
	}
}

type mappingsWire struct {
	pageWire
	Mappings []mappingWire `json:"ip_access_control_list_mappings"`
}

var domainMappingRoutes = []route{
	{template: "/2010-04-01/Accounts/{AccountSid}/SIP/Domains/{DomainSid}/Auth/Calls/IpAccessControlListMappings.json", methods: methods{
		http.MethodGet: (*call).authMappings, http.MethodPost: (*call).createAuthMapping,
	}},
	{template: "/2010-04-01/Accounts/{AccountSid}/SIP/Domains/{DomainSid}/Auth/Calls/IpAccessControlListMappings/{Sid}.json", methods: methods{
		http.MethodGet: (*call).authMapping, http.MethodDelete: (*call).deleteMapping,
	}},
	{template: "/2010-04-01/Accounts/{AccountSid}/SIP/Domains/{DomainSid}/IpAccessControlListMappings.json", methods: methods{
		http.MethodGet: (*call).mappings, http.MethodPost: (*call).createMapping,
	}},
	{template: "/2010-04-01/Accounts/{AccountSid}/SIP/Domains/{DomainSid}/IpAccessControlListMappings/{Sid}.json", methods: methods{
		http.MethodGet: (*call).mapping, http.MethodDelete: (*call).deleteMapping,
	}},
}

func (c *call) authMappings() answer {
	page, refusal := mappingPage(c, (*Mapping).authWire)
	if refusal != nil {
		return *refusal
	}
	return answer{status: http.StatusOK, body: authMappingsWire{page.wire(c.request.URL.Path), page.items}}
}

func (c *call) mappings() answer {
	page, refusal := mappingPage(c, (*Mapping).wire)
	if refusal != nil {
		return *refusal
	}
	return answer{status: http.StatusOK, body: mappingsWire{page.wire(c.request.URL.Path), page.items}}
}

func mappingPage[W any](c *call, wire func(*Mapping) W) (pageOf[W], *answer) {
	p, refusal := parsePage(c.entry.Query)
	if refusal != nil {
		return pageOf[W]{}, refusal
	}
	c.server.mu.RLock()
	defer c.server.mu.RUnlock()
	d := c.account.domains.get(c.params.parent)
	if d == nil {
		a := notFound(c.request.URL.Path)
		return pageOf[W]{}, &a
	}
	return cut(&d.mappings, p, func(m *Mapping) W {
		named := c.account.named(*m)
		return wire(&named)
	}), nil
}

func (c *call) createAuthMapping() answer {
	m, refusal := c.mapList()
	if refusal != nil {
		return *refusal
	}
	return answer{status: http.StatusCreated, body: m.authWire()}
}

func (c *call) createMapping() answer {
	m, refusal := c.mapList()
	if refusal != nil {
		return *refusal
	}
	return answer{status: http.StatusCreated, body: m.wire()}
}

func (c *call) mapList() (Mapping, *answer) {
	var refusal answer
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	d := c.account.domains.get(c.params.parent)
	if d == nil {
		refusal = notFound(c.request.URL.Path)
		return Mapping{}, &refusal
	}
	l, failed := c.listToUse()
	if failed != nil {
		return Mapping{}, failed
	}
	if d.mappings.get(l.SID) != nil {
		refusal = refuse(http.StatusBadRequest, codeAlreadyMapped, "IpAccessControlList already associated with this domain")
		return Mapping{}, &refusal
	}
	return c.account.named(*s.addMapping(d, l)), nil
}

// listToUse is the list that IpAccessControlListSid names, which must be the
// account's.
func (c *call) listToUse() (*list, *answer) {
	c.form.only("IpAccessControlListSid")
	sid := c.form.requiredSID("IpAccessControlListSid", "AL")
	if c.form.refusal != nil {
		return nil, c.form.refusal
	}
	l := c.account.lists.get(sid)
	if l == nil {
		refusal := notFound(accountRoot + c.account.sid + "/SIP/IpAccessControlLists/" + sid + ".json")
		return nil, &refusal
	}
	return l, nil
}

func (c *call) authMapping() answer {
	m := c.findMapping()
	if m == nil {
		return notFound(c.request.URL.Path)
	}
	return answer{status: http.StatusOK, body: m.authWire()}
}

func (c *call) mapping() answer {
	m := c.findMapping()
	if m == nil {
		return notFound(c.request.URL.Path)
	}
	return answer{status: http.StatusOK, body: m.wire()}
}

// findMapping returns a copy of the mapping that the path names, or nil.
func (c *call) findMapping() *Mapping {
	c.server.mu.RLock()
	defer c.server.mu.RUnlock()
	d := c.account.domains.get(c.params.parent)
	if d == nil {
		return nil
	}
	m := d.mappings.get(c.params.item)
	if m == nil {
		return nil
	}
	named := c.account.named(*m)
	return &named
}

func (c *call) deleteMapping() answer {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	d := c.account.domains.get(c.params.parent)
	if d == nil || !d.mappings.remove(c.params.item) {
		return notFound(c.request.URL.Path)
	}
	return answer{status: http.StatusNoContent}
}

// named fills in the list's name, which may have changed since it was mapped.
func (a *account) named(m Mapping) Mapping {
	m.FriendlyName = a.lists.get(m.ListSID).FriendlyName
	return m
}

func (s *Server) addMapping(d *domain, l *list) *Mapping {
	now := s.now()
	return d.mappings.add(s.world.next(), l.SID, Mapping{
		DomainSID: d.SID, ListSID: l.SID, AccountSID: d.AccountSID, DateCreated: now, DateUpdated: now,
	})
}

// Mappings returns the mappings of a domain in the API's order.
func (s *Server) Mappings(account, domainSID string) []Mapping {
	s.mu.RLock()
	defer s.mu.RUnlock()
	a := s.mustAccount(account)
	d := must(a.domains.get(domainSID), domainSID)
	mappings := make([]Mapping, 0, d.mappings.len())
	for m := range d.mappings.each {
		mappings = append(mappings, a.named(*m))
	}
	return mappings
}

// MapList maps a list to a domain behind the client's back. A list that is
// mapped already stays so.
func (s *Server) MapList(account, domainSID, listSID string) Mapping {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.mustAccount(account)
	d := must(a.domains.get(domainSID), domainSID)
	l := must(a.lists.get(listSID), listSID)
	if m := d.mappings.get(listSID); m != nil {
		return a.named(*m)
	}
	return a.named(*s.addMapping(d, l))
}

// UnmapList takes a list off a domain behind the client's back.
func (s *Server) UnmapList(account, domainSID, listSID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := must(s.mustAccount(account).domains.get(domainSID), domainSID)
	must(d.mappings.get(listSID), listSID)
	d.mappings.remove(listSID)
}
