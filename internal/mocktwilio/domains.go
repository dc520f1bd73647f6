// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/api"
)

// Domain is a SIP domain.
type Domain struct {
	SID, AccountSID          string
	DomainName, FriendlyName string
	AuthType                 string // "", IP_ACL, CREDENTIAL_LIST, or "IP_ACL,CREDENTIAL_LIST"
	DateCreated, DateUpdated time.Time
}

// Trunk is an Elastic SIP trunk. Its names may be "".
type Trunk Domain

func asDomain(o api.Object) Domain {
	return Domain{
		SID: o.SID, AccountSID: o.AccountSID, DomainName: o.Text("domain_name"), FriendlyName: o.Name, AuthType: o.AuthType,
		DateCreated: o.DateCreated, DateUpdated: o.DateUpdated,
	}
}

func asTrunk(o api.Object) Trunk { return Trunk(asDomain(o)) }

func domains(account string) api.Place { return api.Place{Account: account, Kind: api.Domains} }
func trunks(account string) api.Place  { return api.Place{Account: account, Kind: api.Trunks} }

// Domains returns an account's domains in the API's order.
func (s *Server) Domains(account string) []Domain {
	return convert(s.store.Objects(domains(account)), asDomain)
}

// CreateDomain creates a domain out of band. The names are not checked. The friendly name defaults to the domain name.
func (s *Server) CreateDomain(account, domainName, friendlyName string) Domain {
	if friendlyName == "" {
		friendlyName = domainName
	}
	return asDomain(s.store.Create(domains(account), map[string]any{"domain_name": domainName, "friendly_name": friendlyName}))
}

// DeleteDomain deletes a domain and its mappings out of band.
func (s *Server) DeleteDomain(account, sid string) { s.store.Delete(domains(account), sid) }

// Trunks returns an account's trunks in the API's order.
func (s *Server) Trunks(account string) []Trunk {
	return convert(s.store.Objects(trunks(account)), asTrunk)
}

// CreateTrunk creates a trunk out of band. The names are not checked, and either may be "".
func (s *Server) CreateTrunk(account, friendlyName, domainName string) Trunk {
	fields := make(map[string]any)
	if friendlyName != "" {
		fields["friendly_name"] = friendlyName
	}
	if domainName != "" {
		fields["domain_name"] = domainName
	}
	return asTrunk(s.store.Create(trunks(account), fields))
}

// DeleteTrunk deletes a trunk and its associations out of band.
func (s *Server) DeleteTrunk(account, sid string) { s.store.Delete(trunks(account), sid) }
