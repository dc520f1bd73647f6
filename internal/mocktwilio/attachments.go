// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/api"
)

// Attachment is the mapping of an IP access control list or a credential list to a SIP domain, or its association with a trunk.
type Attachment struct {
	ParentSID                string // the SID of the domain or trunk
	ListSID, AccountSID      string
	FriendlyName             string // the name of the list
	DateCreated, DateUpdated time.Time
}

func asAttachment(o api.Object) Attachment {
	return Attachment{
		ParentSID: o.ParentSID, ListSID: o.SID, AccountSID: o.AccountSID, FriendlyName: o.Name,
		DateCreated: o.DateCreated, DateUpdated: o.DateUpdated,
	}
}

func mappings(account, domainSID string) api.Place {
	return api.Place{Account: account, Parent: domainSID, Kind: api.DomainLists}
}

func credentialMappings(account, domainSID string) api.Place {
	return api.Place{Account: account, Parent: domainSID, Kind: api.DomainCredentialLists}
}

func associations(account, trunkSID string) api.Place {
	return api.Place{Account: account, Parent: trunkSID, Kind: api.TrunkLists}
}

func credentialAssociations(account, trunkSID string) api.Place {
	return api.Place{Account: account, Parent: trunkSID, Kind: api.TrunkCredentialLists}
}

// Mappings returns the mappings of a domain in the API's order.
func (s *Server) Mappings(account, domainSID string) []Attachment {
	return convert(s.store.Objects(mappings(account, domainSID)), asAttachment)
}

// Associations returns the associations of a trunk in the API's order.
func (s *Server) Associations(account, trunkSID string) []Attachment {
	return convert(s.store.Objects(associations(account, trunkSID)), asAttachment)
}

// CredentialMappings returns the credential lists that are mapped to a domain for
// calls, in the API's order.
func (s *Server) CredentialMappings(account, domainSID string) []Attachment {
	return convert(s.store.Objects(credentialMappings(account, domainSID)), asAttachment)
}

// CredentialAssociations returns the credential lists that are associated with a
// trunk, in the API's order.
func (s *Server) CredentialAssociations(account, trunkSID string) []Attachment {
	return convert(s.store.Objects(credentialAssociations(account, trunkSID)), asAttachment)
}

// MapList maps a list to a domain out of band. It does nothing if the list is already mapped.
func (s *Server) MapList(account, domainSID, listSID string) Attachment {
	return asAttachment(s.store.Attach(mappings(account, domainSID), listSID))
}

// AssociateList associates a list with a trunk out of band. It does nothing if the list is already associated.
func (s *Server) AssociateList(account, trunkSID, listSID string) Attachment {
	return asAttachment(s.store.Attach(associations(account, trunkSID), listSID))
}

// MapCredentialList maps a credential list to a domain out of band, for calls. It does nothing if the list is already mapped.
func (s *Server) MapCredentialList(account, domainSID, listSID string) Attachment {
	return asAttachment(s.store.Attach(credentialMappings(account, domainSID), listSID))
}

// AssociateCredentialList associates a credential list with a trunk out of band. It does nothing if the list is already
// associated.
func (s *Server) AssociateCredentialList(account, trunkSID, listSID string) Attachment {
	return asAttachment(s.store.Attach(credentialAssociations(account, trunkSID), listSID))
}

// UnmapList removes a list from a domain out of band.
func (s *Server) UnmapList(account, domainSID, listSID string) {
	s.store.Delete(mappings(account, domainSID), listSID)
}

// DissociateList removes a list from a trunk out of band.
func (s *Server) DissociateList(account, trunkSID, listSID string) {
	s.store.Delete(associations(account, trunkSID), listSID)
}

// UnmapCredentialList removes a credential list from a domain out of band.
func (s *Server) UnmapCredentialList(account, domainSID, listSID string) {
	s.store.Delete(credentialMappings(account, domainSID), listSID)
}

// DissociateCredentialList removes a credential list from a trunk out of band.
func (s *Server) DissociateCredentialList(account, trunkSID, listSID string) {
	s.store.Delete(credentialAssociations(account, trunkSID), listSID)
}

// CredentialList is a list of user names and passwords.
type CredentialList List

// CreateCredentialList creates a credential list out of band. The name is not
// checked.
func (s *Server) CreateCredentialList(account, friendlyName string) CredentialList {
	place := api.Place{Account: account, Kind: api.CredentialLists}
	return CredentialList(asList(s.store.Create(place, map[string]any{"friendly_name": friendlyName})))
}
