// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"net/http"
	"regexp"
	"time"
)

// Trunk is an Elastic SIP trunk.
type Trunk struct {
	SID, AccountSID          string
	FriendlyName, DomainName string // may be ""
	AuthType                 string // "" or IP_ACL
	Secure                   bool
	CNAMLookupEnabled        bool
	DisasterRecoveryURL      string
	DisasterRecoveryMethod   string
	TransferMode             string
	TransferCallerID         string
	DateCreated, DateUpdated time.Time
}

type trunk struct {
	Trunk                                // but AuthType, which follows from what is below
	associations collection[Association] // by the list's SID
}

func (t *trunk) authTypes() []string {
	if t.associations.len() > 0 {
		return []string{"IP_ACL"}
	}
	return []string{}
}

func (t *trunk) authType() string {
	if t.associations.len() > 0 {
		return "IP_ACL"
	}
	return ""
}

func (t *trunk) snapshot() Trunk {
	trunk := t.Trunk
	trunk.AuthType = t.authType()
	return trunk
}

// trunkWire is a trunk in the trunking API.
type trunkWire struct {
	SID                    string            `json:"sid"`
	AccountSID             string            `json:"account_sid"`
	DomainName             *string           `json:"domain_name"`
	DisasterRecoveryMethod string            `json:"disaster_recovery_method"`
	DisasterRecoveryURL    *string           `json:"disaster_recovery_url"`
	FriendlyName           *string           `json:"friendly_name"`
	Secure                 bool              `json:"secure"`
	Recording              recordingWire     `json:"recording"`
	TransferMode           string            `json:"transfer_mode"`
	TransferCallerID       string            `json:"transfer_caller_id"`
	CNAMLookupEnabled      bool              `json:"cnam_lookup_enabled"`
	AuthType               string            `json:"auth_type"`
	SymmetricRTPEnabled    bool              `json:"symmetric_rtp_enabled"`
	AuthTypeSet            []string          `json:"auth_type_set"`
	DateCreated            string            `json:"date_created"`
	DateUpdated            string            `json:"date_updated"`
	URL                    string            `json:"url"`
	Links                  map[string]string `json:"links"`
}

type recordingWire struct {
	Mode string `json:"mode"`
	Trim string `json:"trim"`
}

// wire shows a trunk to a client that reached the server at origin.
func (t *trunk) wire(origin string) trunkWire {
	address := origin + "/v1/Trunks/" + t.SID
	return trunkWire{
		SID:                    t.SID,
		AccountSID:             t.AccountSID,
		DomainName:             orNull(t.DomainName),
		DisasterRecoveryMethod: t.DisasterRecoveryMethod,
		DisasterRecoveryURL:    orNull(t.DisasterRecoveryURL),
		FriendlyName:           orNull(t.FriendlyName),
		Secure:                 t.Secure,
		Recording:              recordingWire{Mode: "do-not-record", Trim: "do-not-trim"},
		TransferMode:           t.TransferMode,
		TransferCallerID:       t.TransferCallerID,
		CNAMLookupEnabled:      t.CNAMLookupEnabled,
		AuthType:               t.authType(),
		AuthTypeSet:            t.authTypes(),
		DateCreated:            iso8601(t.DateCreated),
		DateUpdated:            iso8601(t.DateUpdated),
		URL:                    address,
		Links: map[string]string{
			"origination_urls":        address + "/OriginationUrls",
			"credential_lists":        address + "/CredentialLists",
			"ip_access_control_lists": address + "/IpAccessControlLists",
			"phone_numbers":           address + "/PhoneNumbers",
		},
	}
}

type trunksWire struct {
	Trunks []trunkWire `json:"trunks"`
	Meta   metaWire    `json:"meta"`
}

var trunkRoutes = []route{
	{template: "/v1/Trunks", methods: methods{
		http.MethodGet: (*call).trunks, http.MethodPost: (*call).createTrunk,
	}},
	{template: "/v1/Trunks/{Sid}", methods: methods{
		http.MethodGet: (*call).trunk, http.MethodPost: (*call).updateTrunk, http.MethodDelete: (*call).deleteTrunk,
	}},
}

// origin is the address under which the client reached the server: trunking's
// answers hold absolute addresses.
func (c *call) origin() string { return "http://" + c.request.Host }

func (c *call) trunks() answer {
	p, refusal := parsePage(c.entry.Query)
	if refusal != nil {
		return *refusal
	}
	origin := c.origin()
	c.server.mu.RLock()
	trunks := cut(&c.account.trunks, p, func(t *trunk) trunkWire { return t.wire(origin) })
	c.server.mu.RUnlock()
	return answer{status: http.StatusOK, body: trunksWire{trunks.items, trunks.meta(origin+c.request.URL.Path, "trunks")}}
}

func (c *call) createTrunk() answer {
	t := newTrunk("", "")
	c.form.setTrunk(&t)
	if c.form.refusal != nil {
		return *c.form.refusal
	}
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, taken := s.world.trunkNames[t.DomainName]; taken {
		return domainExists(t.DomainName)
	}
	return answer{status: http.StatusCreated, body: s.addTrunk(c.account, t).wire(c.origin())}
}

func (c *call) trunk() answer {
	c.server.mu.RLock()
	defer c.server.mu.RUnlock()
	t := c.account.trunks.get(c.params.item)
	if t == nil {
		return notFound(c.request.URL.Path)
	}
	return answer{status: http.StatusOK, body: t.wire(c.origin())}
}

func (c *call) updateTrunk() answer {
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	t := c.account.trunks.get(c.params.item)
	if t == nil {
		return notFound(c.request.URL.Path)
	}
	changed := t.Trunk
	c.form.setTrunk(&changed)
	if c.form.refusal != nil {
		return *c.form.refusal
	}
	if sid, taken := s.world.trunkNames[changed.DomainName]; taken && sid != t.SID {
		return domainExists(changed.DomainName)
	}
	release(s.world.trunkNames, t.DomainName, t.SID)
	claim(s.world.trunkNames, changed.DomainName, t.SID)
	changed.DateUpdated = s.now()
	t.Trunk = changed
	return answer{status: http.StatusOK, body: t.wire(c.origin())}
}

// deleteTrunk deletes a trunk, its associations with it.
func (c *call) deleteTrunk() answer {
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	t := c.account.trunks.get(c.params.item)
	if t == nil {
		return notFound(c.request.URL.Path)
	}
	s.removeTrunk(c.account, t)
	return answer{status: http.StatusNoContent}
}

var trunkNamePattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9.-]*\.pstn(\.[a-z0-9-]+)?\.twilio\.com$`)

func (f *form) setTrunk(t *Trunk) {
	f.only("FriendlyName", "DomainName", "DisasterRecoveryUrl", "DisasterRecoveryMethod", "TransferMode", "Secure",
		"CnamLookupEnabled", "TransferCallerId")
	if name := f.name("FriendlyName", maxShortName); name != nil {
		t.FriendlyName = *name
	}
	if name := f.text("DomainName"); name != nil {
		if !trunkNamePattern.MatchString(*name) {
			f.fail(invalidParameter("DomainName %q must have letters, digits and - and end with pstn.twilio.com", *name))
		}
		t.DomainName = *name
	}
	f.setURL("DisasterRecoveryUrl", &t.DisasterRecoveryURL)
	f.setOneOf("DisasterRecoveryMethod", &t.DisasterRecoveryMethod, "GET", "POST")
	f.setOneOf("TransferMode", &t.TransferMode, "disable-all", "enable-all", "sip-only")
	f.setOneOf("TransferCallerId", &t.TransferCallerID, "from-transferee", "from-transferor")
	f.setBool("Secure", &t.Secure)
	f.setBool("CnamLookupEnabled", &t.CNAMLookupEnabled)
}

func newTrunk(friendlyName, domainName string) Trunk {
	return Trunk{
		FriendlyName: friendlyName, DomainName: domainName,
		DisasterRecoveryMethod: "POST", TransferMode: "disable-all", TransferCallerID: "from-transferee",
	}
}

func (s *Server) addTrunk(a *account, t Trunk) *trunk {
	t.SID, t.AccountSID, t.DateCreated = s.random.hex("TK"), a.sid, s.now()
	t.DateUpdated = t.DateCreated
	claim(s.world.trunkNames, t.DomainName, t.SID)
	return a.trunks.add(s.world.next(), t.SID, trunk{Trunk: t})
}

func (s *Server) removeTrunk(a *account, t *trunk) {
	release(s.world.trunkNames, t.DomainName, t.SID)
	a.trunks.remove(t.SID)
}

// Trunks returns an account's trunks in the API's order.
func (s *Server) Trunks(account string) []Trunk {
	s.mu.RLock()
	defer s.mu.RUnlock()
	a := s.mustAccount(account)
	trunks := make([]Trunk, 0, a.trunks.len())
	for t := range a.trunks.each {
		trunks = append(trunks, t.snapshot())
	}
	return trunks
}

// CreateTrunk makes a trunk behind the client's back. The names are not checked;
// either may be "".
func (s *Server) CreateTrunk(account, friendlyName, domainName string) Trunk {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addTrunk(s.mustAccount(account), newTrunk(friendlyName, domainName)).snapshot()
}

// DeleteTrunk deletes a trunk behind the client's back, its associations with
// it.
func (s *Server) DeleteTrunk(account, sid string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.mustAccount(account)
	s.removeTrunk(a, must(a.trunks.get(sid), sid))
}
