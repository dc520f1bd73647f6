// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"net/http"
	"time"
)

// Attachment is the mapping of an IP access control list or a credential list to a
// SIP domain, or its association with a trunk.
type Attachment struct {
	ParentSID                string // the domain's or the trunk's
	ListSID, AccountSID      string
	FriendlyName             string // the list's
	DateCreated, DateUpdated time.Time
}

func (i *item) asAttachment() Attachment {
	return Attachment{
		ParentSID: i.parent.sid, ListSID: i.sid, AccountSID: i.account.sid, FriendlyName: i.listName(),
		DateCreated: i.created, DateUpdated: i.updated,
	}
}

// listName returns the name of an attachment's list, which may have changed since
// it was attached.
func (i *item) listName() string {
	list := i.account.lists.get(i.sid)
	if list == nil {
		list = i.account.credentialLists.get(i.sid)
	}
	return list.text("friendly_name")
}

const domainPath = "/2010-04-01/Accounts/{AccountSid}/SIP/Domains/{DomainSid}/"

var alreadyMapped = refuse(http.StatusBadRequest, codeAlreadyMapped, "IpAccessControlList already associated with this domain")

// A mapping is one object under two paths, Auth/Calls and an older one.
var authMappingResource = attachmentResource(domainPath+"Auth/Calls/IpAccessControlListMappings", "contents", domains, alreadyMapped,
	showMapping)

var olderMappingResource = attachmentResource(domainPath+"IpAccessControlListMappings", "ip_access_control_list_mappings", domains, alreadyMapped,
	func(i *item, url string, shown object) {
		shown["friendly_name"] = i.listName()
		shown["domain_sid"] = i.parent.sid
		shown["uri"] = url + ".json"
	})

// Twilio does not document its answer if the trunk uses the list already: 409 and
// 20409 are the mock's.
var alreadyAssociated = refuse(http.StatusConflict, codeAlreadyAssociated, "IpAccessControlList already associated with this trunk")

var associationResource = attachmentResource("/v1/Trunks/{TrunkSid}/IpAccessControlLists", "ip_access_control_lists", trunks, alreadyAssociated,
	showAssociation)

func showMapping(i *item, _ string, shown object) { shown["friendly_name"] = i.listName() }

func showAssociation(i *item, url string, shown object) {
	shown["friendly_name"] = i.listName()
	shown["trunk_sid"] = i.parent.sid
	shown["url"] = url
}

// attachmentResource describes attachments to domains or trunks, which parents
// returns. attached is the answer if a list is attached already.
func attachmentResource(path, key string, parents func(*account) *collection, attached *answer, show func(*item, string, object)) *resource {
	const parameter, json = "IpAccessControlListSid", "ip_access_control_list_sid"
	return &resource{
		path:             path,
		key:              key,
		fields:           []field{{parameter, json, sidOf("AL"), nil}},
		requiredToCreate: []string{parameter},
		notUpdatable:     true,
		items:            parents,
		nested:           children,
		check: func(_ *call, i *item) *answer {
			i.sid = i.text(json)
			switch {
			case i.account.lists.get(i.sid) == nil:
				return notFound(accountRoot + i.account.sid + "/SIP/IpAccessControlLists/" + i.sid + ".json")
			case i.parent.children.get(i.sid) != nil:
				return attached
			}
			i.fields = nil
			return nil
		},
		show: show,
	}
}

// Mappings returns the mappings of a domain in the API's order.
func (s *Server) Mappings(account, domainSID string) []Attachment {
	return s.attachments(account, domainSID, domains, children)
}

// Associations returns the associations of a trunk in the API's order.
func (s *Server) Associations(account, trunkSID string) []Attachment {
	return s.attachments(account, trunkSID, trunks, children)
}

func (s *Server) attachments(account, parentSID string, parents func(*account) *collection, attached func(*item) *collection) []Attachment {
	a := s.lock(account)
	defer s.mu.Unlock()
	return convert(attached(parents(a).must(parentSID)), (*item).asAttachment)
}

// MapList maps a list to a domain out of band. It does nothing if the list is
// mapped already.
func (s *Server) MapList(account, domainSID, listSID string) Attachment {
	return s.attach(account, domainSID, listSID, domains, lists, children)
}

// AssociateList associates a list with a trunk out of band. It does nothing if
// the list is associated already.
func (s *Server) AssociateList(account, trunkSID, listSID string) Attachment {
	return s.attach(account, trunkSID, listSID, trunks, lists, children)
}

func (s *Server) attach(account, parentSID, listSID string, parents, lists func(*account) *collection, attachments func(*item) *collection) Attachment {
	a := s.lock(account)
	defer s.mu.Unlock()
	parent := parents(a).must(parentSID)
	lists(a).must(listSID)
	if attached := attachments(parent).get(listSID); attached != nil {
		return attached.asAttachment()
	}
	return s.add(attachments(parent), &item{sid: listSID, account: a, parent: parent}).asAttachment()
}

// UnmapList removes a list from a domain out of band.
func (s *Server) UnmapList(account, domainSID, listSID string) {
	s.detach(account, domainSID, listSID, domains, children)
}

// DissociateList removes a list from a trunk out of band.
func (s *Server) DissociateList(account, trunkSID, listSID string) {
	s.detach(account, trunkSID, listSID, trunks, children)
}

func (s *Server) detach(account, parentSID, listSID string, parents func(*account) *collection, attached func(*item) *collection) {
	a := s.lock(account)
	defer s.mu.Unlock()
	attachments := attached(parents(a).must(parentSID))
	attachments.must(listSID)
	attachments.remove(listSID)
}
