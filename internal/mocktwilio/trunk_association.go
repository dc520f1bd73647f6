// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"net/http"
	"time"
)

// Association is a list in effect on a trunk.
type Association struct {
	TrunkSID, ListSID, AccountSID string
	FriendlyName                  string // the list's
	DateCreated, DateUpdated      time.Time
}

// associationWire is an association in the trunking API.
type associationWire struct {
	AccountSID   string `json:"account_sid"`
	SID          string `json:"sid"`
	TrunkSID     string `json:"trunk_sid"`
	FriendlyName string `json:"friendly_name"`
	DateCreated  string `json:"date_created"`
	DateUpdated  string `json:"date_updated"`
	URL          string `json:"url"`
}

func (a *Association) wire(origin string) associationWire {
	return associationWire{
		AccountSID:   a.AccountSID,
		SID:          a.ListSID,
		TrunkSID:     a.TrunkSID,
		FriendlyName: a.FriendlyName,
		DateCreated:  iso8601(a.DateCreated),
		DateUpdated:  iso8601(a.DateUpdated),
		URL:          origin + "/v1/Trunks/" + a.TrunkSID + "/IpAccessControlLists/" + a.ListSID,
	}
}

type associationsWire struct {
	Associations []associationWire `json:"ip_access_control_lists"`
	Meta         metaWire          `json:"meta"`
}

var trunkAssociationRoutes = []route{
	{template: "/v1/Trunks/{TrunkSid}/IpAccessControlLists", methods: methods{
		http.MethodGet: (*call).associations, http.MethodPost: (*call).createAssociation,
	}},
	{template: "/v1/Trunks/{TrunkSid}/IpAccessControlLists/{Sid}", methods: methods{
		http.MethodGet: (*call).association, http.MethodDelete: (*call).deleteAssociation,
	}},
}

func (c *call) associations() answer {
	p, refusal := parsePage(c.entry.Query)
	if refusal != nil {
		return *refusal
	}
	origin := c.origin()
	s := c.server
	s.mu.RLock()
	t := c.account.trunks.get(c.params.parent)
	if t == nil {
		s.mu.RUnlock()
		return notFound(c.request.URL.Path)
	}
	page := cut(&t.associations, p, func(a *Association) associationWire {
		named := c.account.namedAssociation(*a)
		return named.wire(origin)
	})
	s.mu.RUnlock()
	return answer{status: http.StatusOK, body: associationsWire{
		page.items, page.meta(origin+c.request.URL.Path, "ip_access_control_lists"),
	}}
}

// createAssociation refuses a list that the trunk uses already. Twilio's answer
// to that is not documented: 409 and 20409 are the mock's.
func (c *call) createAssociation() answer {
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	t := c.account.trunks.get(c.params.parent)
	if t == nil {
		return notFound(c.request.URL.Path)
	}
	l, refusal := c.listToUse()
	if refusal != nil {
		return *refusal
	}
	if t.associations.get(l.SID) != nil {
		return refuse(http.StatusConflict, codeAlreadyAssociated, "IpAccessControlList already associated with this trunk")
	}
	a := c.account.namedAssociation(*s.addAssociation(t, l))
	return answer{status: http.StatusCreated, body: a.wire(c.origin())}
}

func (c *call) association() answer {
	c.server.mu.RLock()
	defer c.server.mu.RUnlock()
	t := c.account.trunks.get(c.params.parent)
	if t == nil {
		return notFound(c.request.URL.Path)
	}
	a := t.associations.get(c.params.item)
	if a == nil {
		return notFound(c.request.URL.Path)
	}
	named := c.account.namedAssociation(*a)
	return answer{status: http.StatusOK, body: named.wire(c.origin())}
}

func (c *call) deleteAssociation() answer {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	t := c.account.trunks.get(c.params.parent)
	if t == nil || !t.associations.remove(c.params.item) {
		return notFound(c.request.URL.Path)
	}
	return answer{status: http.StatusNoContent}
}

// namedAssociation fills in the list's name, which may have changed meanwhile.
func (a *account) namedAssociation(association Association) Association {
	association.FriendlyName = a.lists.get(association.ListSID).FriendlyName
	return association
}

func (s *Server) addAssociation(t *trunk, l *list) *Association {
	now := s.now()
	return t.associations.add(s.world.next(), l.SID, Association{
		TrunkSID: t.SID, ListSID: l.SID, AccountSID: t.AccountSID, DateCreated: now, DateUpdated: now,
	})
}

// Associations returns the associations of a trunk in the API's order.
func (s *Server) Associations(account, trunkSID string) []Association {
	s.mu.RLock()
	defer s.mu.RUnlock()
	a := s.mustAccount(account)
	t := must(a.trunks.get(trunkSID), trunkSID)
	associations := make([]Association, 0, t.associations.len())
	for association := range t.associations.each {
		associations = append(associations, a.namedAssociation(*association))
	}
	return associations
}

// AssociateList puts a list in effect on a trunk behind the client's back. One
// that is in effect already stays so.
func (s *Server) AssociateList(account, trunkSID, listSID string) Association {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.mustAccount(account)
	t := must(a.trunks.get(trunkSID), trunkSID)
	l := must(a.lists.get(listSID), listSID)
	if association := t.associations.get(listSID); association != nil {
		return a.namedAssociation(*association)
	}
	return a.namedAssociation(*s.addAssociation(t, l))
}

// DissociateList takes a list off a trunk behind the client's back.
func (s *Server) DissociateList(account, trunkSID, listSID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := must(s.mustAccount(account).trunks.get(trunkSID), trunkSID)
	must(t.associations.get(listSID), listSID)
	t.associations.remove(listSID)
}
