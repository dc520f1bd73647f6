// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"net/http"
	"strings"
	"time"
)

const maxShortName = 64 // characters of the names of domains and trunks

// Domain is a SIP domain.
type Domain struct {
	SID, AccountSID          string
	DomainName, FriendlyName string
	AuthType                 string // "", IP_ACL, CREDENTIAL_LIST or "IP_ACL,CREDENTIAL_LIST"
	DateCreated, DateUpdated time.Time
}

func (i *item) asDomain() Domain {
	return Domain{
		SID: i.sid, AccountSID: i.account.sid,
		DomainName: i.text("domain_name"), FriendlyName: i.text("friendly_name"), AuthType: strings.Join(i.authTypes(), ","),
		DateCreated: i.created, DateUpdated: i.updated,
	}
}

// authTypes of a domain or trunk follow from what is attached to it.
func (i *item) authTypes() []string {
	types := []string{}
	if i.children.len() > 0 {
		types = append(types, "IP_ACL")
	}
	if i.credentials.len() > 0 {
		types = append(types, "CREDENTIAL_LIST")
	}
	return types
}

var domainResource = &resource{
	path:      "/2010-04-01/Accounts/{AccountSid}/SIP/Domains",
	key:       "domains",
	sidPrefix: "SD",
	fields: []field{
		{"DomainName", "domain_name", domainName("sip"), nil},
		{"FriendlyName", "friendly_name", friendlyName(maxShortName), nil},
		{"VoiceUrl", "voice_url", webURL, nil},
		{"VoiceFallbackUrl", "voice_fallback_url", webURL, nil},
		{"VoiceStatusCallbackUrl", "voice_status_callback_url", webURL, nil},
		{"VoiceMethod", "voice_method", oneOf("GET", "POST"), "POST"},
		{"VoiceFallbackMethod", "voice_fallback_method", oneOf("GET", "POST"), "POST"},
		{"VoiceStatusCallbackMethod", "voice_status_callback_method", oneOf("GET", "POST"), "POST"},
		{"SipRegistration", "sip_registration", boolean, false},
		{"EmergencyCallingEnabled", "emergency_calling_enabled", boolean, false},
		{"Secure", "secure", boolean, false},
		{"ByocTrunkSid", "byoc_trunk_sid", sidOf("BY"), nil},
		{"EmergencyCallerSid", "emergency_caller_sid", sidOf("PN"), nil},
	},
	requiredToCreate: []string{"DomainName"},
	items:            domains,
	check: func(c *call, d *item) *answer {
		if d.fields["friendly_name"] == nil {
			d.fields["friendly_name"] = d.fields["domain_name"]
		}
		return refuseDuplicateName(c, d)
	},
	show: func(d *item, url string, shown object) {
		shown["api_version"] = "2010-04-01"
		shown["auth_type"] = strings.Join(d.authTypes(), ",")
		shown["uri"] = url + ".json"
		shown["subresource_uris"] = object{
			"ip_access_control_list_mappings": url + "/IpAccessControlListMappings.json",
			"credential_list_mappings":        url + "/CredentialListMappings.json",
			"auth":                            url + "/Auth.json",
		}
	},
}

// refuseDuplicateName refuses a domain name that a domain or trunk of any account
// has already, since it is a host name.
func refuseDuplicateName(_ *call, i *item) *answer {
	name := i.text("domain_name")
	if name == "" {
		return nil
	}
	for _, a := range i.account.store.accounts {
		for _, others := range [][]*item{a.domains.order, a.trunks.order} {
			for _, other := range others {
				if other.text("domain_name") == name && other.sid != i.sid {
					return refuse(http.StatusBadRequest, codeDomainExists, "Domain %s already exists.", name)
				}
			}
		}
	}
	return nil
}

// Domains returns an account's domains in the API's order.
func (s *Server) Domains(account string) []Domain {
	a := s.lock(account)
	defer s.mu.Unlock()
	return convert(&a.domains, (*item).asDomain)
}

// CreateDomain creates a domain out of band. The names are not checked; without
// a friendly name it is the domain name.
func (s *Server) CreateDomain(account, domainName, friendlyName string) Domain {
	a := s.lock(account)
	defer s.mu.Unlock()
	if friendlyName == "" {
		friendlyName = domainName
	}
	fields := initial(domainResource.fields)
	fields["domain_name"], fields["friendly_name"] = domainName, friendlyName
	return s.add(&a.domains, &item{sid: s.random.hex("SD"), account: a, fields: fields}).asDomain()
}

// DeleteDomain deletes a domain out of band, its mappings with it.
func (s *Server) DeleteDomain(account, sid string) {
	a := s.lock(account)
	defer s.mu.Unlock()
	a.domains.must(sid)
	a.domains.remove(sid)
}
