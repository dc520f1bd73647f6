// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"net/http"
	"regexp"
	"strings"
	"time"
)

const maxShortName = 64 // characters of the names of domains and trunks

// Domain is a SIP domain.
type Domain struct {
	SID, AccountSID          string
	DomainName, FriendlyName string
	AuthType                 string // "", IP_ACL, CREDENTIAL_LIST or "CREDENTIAL_LIST,IP_ACL"
	Secure                   bool
	SIPRegistration          bool
	EmergencyCallingEnabled  bool
	VoiceURL, VoiceMethod    string
	VoiceFallbackURL         string
	VoiceFallbackMethod      string
	VoiceStatusCallbackURL   string
	VoiceStatusMethod        string
	BYOCTrunkSID             string
	EmergencyCallerSID       string
	DateCreated, DateUpdated time.Time
}

type domain struct {
	Domain      // but AuthType, which follows from what is below
	credentials bool
	mappings    collection[Mapping] // by the list's SID
}

func (d *domain) authType() string {
	var types []string
	if d.credentials {
		types = append(types, "CREDENTIAL_LIST")
	}
	if d.mappings.len() > 0 {
		types = append(types, "IP_ACL")
	}
	return strings.Join(types, ",") // in alphabetical order, without a space
}

func (d *domain) snapshot() Domain {
	domain := d.Domain
	domain.AuthType = d.authType()
	return domain
}

// domainWire is a domain in the 2010 API.
type domainWire struct {
	SID                       string            `json:"sid"`
	AccountSID                string            `json:"account_sid"`
	APIVersion                string            `json:"api_version"`
	AuthType                  string            `json:"auth_type"`
	DateCreated               string            `json:"date_created"`
	DateUpdated               string            `json:"date_updated"`
	DomainName                string            `json:"domain_name"`
	FriendlyName              string            `json:"friendly_name"`
	URI                       string            `json:"uri"`
	VoiceURL                  *string           `json:"voice_url"`
	VoiceMethod               string            `json:"voice_method"`
	VoiceFallbackURL          *string           `json:"voice_fallback_url"`
	VoiceFallbackMethod       string            `json:"voice_fallback_method"`
	VoiceStatusCallbackURL    *string           `json:"voice_status_callback_url"`
	VoiceStatusCallbackMethod string            `json:"voice_status_callback_method"`
	SubresourceURIs           map[string]string `json:"subresource_uris"`
	SIPRegistration           bool              `json:"sip_registration"`
	EmergencyCallingEnabled   bool              `json:"emergency_calling_enabled"`
	Secure                    bool              `json:"secure"`
	BYOCTrunkSID              *string           `json:"byoc_trunk_sid"`
	EmergencyCallerSID        *string           `json:"emergency_caller_sid"`
}

func (d *domain) wire() domainWire {
	root := accountRoot + d.AccountSID + "/SIP/Domains/" + d.SID
	return domainWire{
		SID:                       d.SID,
		AccountSID:                d.AccountSID,
		APIVersion:                "2010-04-01",
		AuthType:                  d.authType(),
		DateCreated:               rfc2822(d.DateCreated),
		DateUpdated:               rfc2822(d.DateUpdated),
		DomainName:                d.DomainName,
		FriendlyName:              d.FriendlyName,
		URI:                       root + ".json",
		VoiceURL:                  orNull(d.VoiceURL),
		VoiceMethod:               d.VoiceMethod,
		VoiceFallbackURL:          orNull(d.VoiceFallbackURL),
		VoiceFallbackMethod:       d.VoiceFallbackMethod,
		VoiceStatusCallbackURL:    orNull(d.VoiceStatusCallbackURL),
		VoiceStatusCallbackMethod: d.VoiceStatusMethod,
		SubresourceURIs: map[string]string{
			"ip_access_control_list_mappings": root + "/IpAccessControlListMappings.json",
			"credential_list_mappings":        root + "/CredentialListMappings.json",
			"auth":                            root + "/Auth.json",
		},
		SIPRegistration:         d.SIPRegistration,
		EmergencyCallingEnabled: d.EmergencyCallingEnabled,
		Secure:                  d.Secure,
		BYOCTrunkSID:            orNull(d.BYOCTrunkSID),
		EmergencyCallerSID:      orNull(d.EmergencyCallerSID),
	}
}

type domainsWire struct {
	pageWire
	Domains []domainWire `json:"domains"`
}

var domainRoutes = []route{
	{template: "/2010-04-01/Accounts/{AccountSid}/SIP/Domains.json", methods: methods{
		http.MethodGet: (*call).domains, http.MethodPost: (*call).createDomain,
	}},
	{template: "/2010-04-01/Accounts/{AccountSid}/SIP/Domains/{Sid}.json", methods: methods{
		http.MethodGet: (*call).domain, http.MethodPost: (*call).updateDomain, http.MethodDelete: (*call).deleteDomain,
	}},
}

func (c *call) domains() answer {
	p, refusal := parsePage(c.entry.Query)
	if refusal != nil {
		return *refusal
	}
	c.server.mu.RLock()
	domains := cut(&c.account.domains, p, (*domain).wire)
	c.server.mu.RUnlock()
	return answer{status: http.StatusOK, body: domainsWire{domains.wire(c.request.URL.Path), domains.items}}
}

func (c *call) createDomain() answer {
	c.form.required("DomainName")
	d := newDomain("", "")
	c.form.setDomain(&d)
	if c.form.refusal != nil {
		return *c.form.refusal
	}
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, taken := s.world.domainNames[d.DomainName]; taken {
		return domainExists(d.DomainName)
	}
	return answer{status: http.StatusCreated, body: s.addDomain(c.account, d).wire()}
}

func domainExists(name string) answer {
	return refuse(http.StatusBadRequest, codeDomainExists, "Domain %s already exists.", name)
}

func (c *call) domain() answer {
	c.server.mu.RLock()
	defer c.server.mu.RUnlock()
	d := c.account.domains.get(c.params.item)
	if d == nil {
		return notFound(c.request.URL.Path)
	}
	return answer{status: http.StatusOK, body: d.wire()}
}

func (c *call) updateDomain() answer {
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	d := c.account.domains.get(c.params.item)
	if d == nil {
		return notFound(c.request.URL.Path)
	}
	changed := d.Domain
	c.form.setDomain(&changed)
	if c.form.refusal != nil {
		return *c.form.refusal
	}
	if sid, taken := s.world.domainNames[changed.DomainName]; taken && sid != d.SID {
		return domainExists(changed.DomainName)
	}
	release(s.world.domainNames, d.DomainName, d.SID)
	claim(s.world.domainNames, changed.DomainName, d.SID)
	changed.DateUpdated = s.now()
	d.Domain = changed
	return answer{status: http.StatusOK, body: d.wire()}
}

// deleteDomain deletes a domain, its mappings with it.
func (c *call) deleteDomain() answer {
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	d := c.account.domains.get(c.params.item)
	if d == nil {
		return notFound(c.request.URL.Path)
	}
	s.removeDomain(c.account, d)
	return answer{status: http.StatusNoContent}
}

// domainNamePattern has room for localized domains, such as example.sip.us1.twilio.com.
var domainNamePattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9.-]*\.sip(\.[a-z0-9-]+)?\.twilio\.com$`)

func (f *form) setDomain(d *Domain) {
	f.only("DomainName", "FriendlyName", "VoiceUrl", "VoiceMethod", "VoiceFallbackUrl", "VoiceFallbackMethod",
		"VoiceStatusCallbackUrl", "VoiceStatusCallbackMethod", "SipRegistration", "EmergencyCallingEnabled", "Secure",
		"ByocTrunkSid", "EmergencyCallerSid")
	if name := f.text("DomainName"); name != nil {
		if !domainNamePattern.MatchString(*name) {
			f.fail(invalidParameter("DomainName %q must have letters, digits and - and end with sip.twilio.com", *name))
		}
		d.DomainName = *name
	}
	if name := f.name("FriendlyName", maxShortName); name != nil {
		d.FriendlyName = *name
	}
	f.setURL("VoiceUrl", &d.VoiceURL)
	f.setURL("VoiceFallbackUrl", &d.VoiceFallbackURL)
	f.setURL("VoiceStatusCallbackUrl", &d.VoiceStatusCallbackURL)
	f.setOneOf("VoiceMethod", &d.VoiceMethod, "GET", "POST")
	f.setOneOf("VoiceFallbackMethod", &d.VoiceFallbackMethod, "GET", "POST")
	f.setOneOf("VoiceStatusCallbackMethod", &d.VoiceStatusMethod, "GET", "POST")
	f.setBool("SipRegistration", &d.SIPRegistration)
	f.setBool("EmergencyCallingEnabled", &d.EmergencyCallingEnabled)
	f.setBool("Secure", &d.Secure)
	f.setSID("ByocTrunkSid", "BY", &d.BYOCTrunkSID)
	f.setSID("EmergencyCallerSid", "PN", &d.EmergencyCallerSID)
}

func newDomain(domainName, friendlyName string) Domain {
	return Domain{
		DomainName: domainName, FriendlyName: friendlyName,
		VoiceMethod: "POST", VoiceFallbackMethod: "POST", VoiceStatusMethod: "POST",
	}
}

func (s *Server) addDomain(a *account, d Domain) *domain {
	d.SID, d.AccountSID, d.DateCreated = s.random.hex("SD"), a.sid, s.now()
	d.DateUpdated = d.DateCreated
	if d.FriendlyName == "" {
		d.FriendlyName = d.DomainName
	}
	claim(s.world.domainNames, d.DomainName, d.SID)
	return a.domains.add(s.world.next(), d.SID, domain{Domain: d})
}

func (s *Server) removeDomain(a *account, d *domain) {
	release(s.world.domainNames, d.DomainName, d.SID)
	a.domains.remove(d.SID)
}

// Domains returns an account's domains in the API's order.
func (s *Server) Domains(account string) []Domain {
	s.mu.RLock()
	defer s.mu.RUnlock()
	a := s.mustAccount(account)
	domains := make([]Domain, 0, a.domains.len())
	for d := range a.domains.each {
		domains = append(domains, d.snapshot())
	}
	return domains
}

// CreateDomain makes a domain behind the client's back. The names are not
// checked; without a friendly name it is the domain name.
func (s *Server) CreateDomain(account, domainName, friendlyName string) Domain {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addDomain(s.mustAccount(account), newDomain(domainName, friendlyName)).snapshot()
}

// DeleteDomain deletes a domain behind the client's back, its mappings with it.
func (s *Server) DeleteDomain(account, sid string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.mustAccount(account)
	s.removeDomain(a, must(a.domains.get(sid), sid))
}

// SetDomainCredentials says whether a credential list is mapped to a domain. The
// mock has no credential lists: all that shows is the domain's auth_type.
func (s *Server) SetDomainCredentials(account, sid string, mapped bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	must(s.mustAccount(account).domains.get(sid), sid).credentials = mapped
}
