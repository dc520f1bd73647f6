// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import "time"

// CredentialList is a list of user names and passwords. The mock shows only where
// it is attached.
type CredentialList struct {
	SID, AccountSID          string
	FriendlyName             string
	DateCreated, DateUpdated time.Time
}

func (i *item) asCredentialList() CredentialList {
	return CredentialList{
		SID: i.sid, AccountSID: i.account.sid, FriendlyName: i.text("friendly_name"),
		DateCreated: i.created, DateUpdated: i.updated,
	}
}

var credentialMappingResource = &resource{
	path:     domainPath + "Auth/Calls/CredentialListMappings",
	key:      "contents",
	readOnly: true,
	items:    domains,
	nested:   credentials,
	show:     showMapping,
}

var credentialAssociationResource = &resource{
	path:     "/v1/Trunks/{TrunkSid}/CredentialLists",
	key:      "credential_lists",
	readOnly: true,
	items:    trunks,
	nested:   credentials,
	show:     showAssociation,
}

// CreateCredentialList creates a credential list out of band. The name is not
// checked.
func (s *Server) CreateCredentialList(account, friendlyName string) CredentialList {
	a := s.lock(account)
	defer s.mu.Unlock()
	fields := map[string]any{"friendly_name": friendlyName}
	return s.add(&a.credentialLists, &item{sid: s.random.hex("CL"), account: a, fields: fields}).asCredentialList()
}

// CredentialMappings returns the credential lists that are mapped to a domain, in
// the API's order.
func (s *Server) CredentialMappings(account, domainSID string) []Attachment {
	return s.attachments(account, domainSID, domains, credentials)
}

// CredentialAssociations returns the credential lists that are associated with a
// trunk, in the API's order.
func (s *Server) CredentialAssociations(account, trunkSID string) []Attachment {
	return s.attachments(account, trunkSID, trunks, credentials)
}

// MapCredentialList maps a credential list to a domain out of band. It does
// nothing if the list is mapped already.
func (s *Server) MapCredentialList(account, domainSID, listSID string) Attachment {
	return s.attach(account, domainSID, listSID, domains, credentialLists, credentials)
}

// AssociateCredentialList associates a credential list with a trunk out of band. It
// does nothing if the list is associated already.
func (s *Server) AssociateCredentialList(account, trunkSID, listSID string) Attachment {
	return s.attach(account, trunkSID, listSID, trunks, credentialLists, credentials)
}

// UnmapCredentialList removes a credential list from a domain out of band.
func (s *Server) UnmapCredentialList(account, domainSID, listSID string) {
	s.detach(account, domainSID, listSID, domains, credentials)
}

// DissociateCredentialList removes a credential list from a trunk out of band.
func (s *Server) DissociateCredentialList(account, trunkSID, listSID string) {
	s.detach(account, trunkSID, listSID, trunks, credentials)
}
