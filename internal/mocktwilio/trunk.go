// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"strings"
	"time"
)

// Trunk is an Elastic SIP trunk.
type Trunk struct {
	SID, AccountSID          string
	FriendlyName, DomainName string // may be ""
	AuthType                 string // as a domain's
	DateCreated, DateUpdated time.Time
}

func (i *item) asTrunk() Trunk {
	return Trunk{
		SID: i.sid, AccountSID: i.account.sid,
		FriendlyName: i.text("friendly_name"), DomainName: i.text("domain_name"), AuthType: strings.Join(i.authTypes(), ","),
		DateCreated: i.created, DateUpdated: i.updated,
	}
}

var trunkResource = &resource{
	path:      "/v1/Trunks",
	key:       "trunks",
	sidPrefix: "TK",
	fields: []field{
		{"FriendlyName", "friendly_name", friendlyName(maxShortName), nil},
		{"DomainName", "domain_name", domainName("pstn"), nil},
		{"DisasterRecoveryUrl", "disaster_recovery_url", webURL, nil},
		{"DisasterRecoveryMethod", "disaster_recovery_method", oneOf("GET", "POST"), "POST"},
		{"TransferMode", "transfer_mode", oneOf("disable-all", "enable-all", "sip-only"), "disable-all"},
		{"TransferCallerId", "transfer_caller_id", oneOf("from-transferee", "from-transferor"), "from-transferee"},
		{"Secure", "secure", boolean, false},
		{"CnamLookupEnabled", "cnam_lookup_enabled", boolean, false},
	},
	items: trunks,
	check: refuseDuplicateName,
	show: func(t *item, url string, shown object) {
		shown["auth_type"] = strings.Join(t.authTypes(), ",")
		shown["auth_type_set"] = t.authTypes()
		shown["recording"] = object{"mode": "do-not-record", "trim": "do-not-trim"}
		shown["symmetric_rtp_enabled"] = false
		shown["url"] = url
		shown["links"] = object{
			"origination_urls":        url + "/OriginationUrls",
			"credential_lists":        url + "/CredentialLists",
			"ip_access_control_lists": url + "/IpAccessControlLists",
			"phone_numbers":           url + "/PhoneNumbers",
		}
	},
}

// Trunks returns an account's trunks in the API's order.
func (s *Server) Trunks(account string) []Trunk {
	a := s.lock(account)
	defer s.mu.Unlock()
	return convert(&a.trunks, (*item).asTrunk)
}

// CreateTrunk creates a trunk out of band. The names are not checked;
// either may be "".
func (s *Server) CreateTrunk(account, friendlyName, domainName string) Trunk {
	a := s.lock(account)
	defer s.mu.Unlock()
	fields := initial(trunkResource.fields)
	fields["friendly_name"], fields["domain_name"] = orNull(friendlyName), orNull(domainName)
	return s.add(&a.trunks, &item{sid: s.random.hex("TK"), account: a, fields: fields}).asTrunk()
}

// DeleteTrunk deletes a trunk out of band, its associations with it.
func (s *Server) DeleteTrunk(account, sid string) {
	a := s.lock(account)
	defer s.mu.Unlock()
	a.trunks.must(sid)
	a.trunks.remove(sid)
}
