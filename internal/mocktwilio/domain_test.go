// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

func TestDomainLifecycle(t *testing.T) {
	t.Parallel()
	now := someTime
	s := start(t, mocktwilio.Options{Now: func() time.Time { return now }})
	c := newClient(t, s)
	root := sip(s.AccountSID(), "Domains")

	created := c.post(root+".json", form("DomainName", "one.sip.twilio.com")).want(http.StatusCreated)
	sid, _ := created["sid"].(string)
	item := root + "/" + sid + ".json"
	wantKeys(t, created, "sid", "account_sid", "api_version", "auth_type", "date_created", "date_updated", "domain_name",
		"friendly_name", "uri", "voice_url", "voice_method", "voice_fallback_url", "voice_fallback_method",
		"voice_status_callback_url", "voice_status_callback_method", "subresource_uris", "sip_registration",
		"emergency_calling_enabled", "secure", "byoc_trunk_sid", "emergency_caller_sid")
	wantFields(t, created, map[string]any{
		"account_sid": s.AccountSID(), "api_version": "2010-04-01", "auth_type": "", "domain_name": "one.sip.twilio.com",
		"friendly_name": nil, "uri": item, "date_created": rfcDate, "date_updated": rfcDate,
		"voice_url": nil, "voice_method": "POST", "secure": false, "sip_registration": false, "byoc_trunk_sid": nil,
	})
	wantKeys(t, created["subresource_uris"].(map[string]any), "ip_access_control_list_mappings", "credential_list_mappings", "auth")

	now = now.Add(time.Hour)
	changed := c.post(item, form("DomainName", "two.sip.us1.twilio.com", "FriendlyName", "two", "VoiceUrl", "https://example.com/x",
		"VoiceMethod", "GET", "Secure", "true", "SipRegistration", "true", "EmergencyCallingEnabled", "true",
		"ByocTrunkSid", "BY"+strings.Repeat("a", 32), "EmergencyCallerSid", "PN"+strings.Repeat("b", 32))).want(http.StatusOK)
	wantFields(t, changed, map[string]any{
		"sid": sid, "domain_name": "two.sip.us1.twilio.com", "friendly_name": "two", "voice_url": "https://example.com/x",
		"voice_method": "GET", "secure": true, "sip_registration": true, "emergency_calling_enabled": true,
		"byoc_trunk_sid": "BY" + strings.Repeat("a", 32), "emergency_caller_sid": "PN" + strings.Repeat("b", 32),
		"date_created": rfcDate, "date_updated": "Fri, 17 Jul 2015 22:25:15 +0000",
	})
	wantFields(t, c.post(item, form("VoiceUrl", "")).want(http.StatusOK), map[string]any{"voice_url": nil, "friendly_name": "two"})
	wantFields(t, c.get(item).want(http.StatusOK), map[string]any{"domain_name": "two.sip.us1.twilio.com"})
	all := c.get(root + ".json").want(http.StatusOK)
	wantKeys(t, all, "domains", "end", "first_page_uri", "next_page_uri", "page", "page_size", "previous_page_uri", "start", "uri")
	wantSlice(t, "domains", sids(t, all, "domains"), []string{sid})

	c.delete(item).want(http.StatusNoContent)
	c.get(item).wantNotFound()
	c.delete(item).wantNotFound()
	c.post(item, form("FriendlyName", "gone")).wantNotFound()
}

func TestDomainParameters(t *testing.T) {
	w := newFixture(t)
	sub, _ := w.AddSubaccount()
	w.CreateDomain(sub, "theirs.sip.twilio.com", "")
	with := func(pairs ...string) url.Values {
		return form(append([]string{"DomainName", "new.sip.twilio.com"}, pairs...)...)
	}
	for _, test := range []struct {
		name  string
		form  url.Values
		code  int
		about string
	}{
		{"no name", form("FriendlyName", "a"), 20001, "DomainName"},
		{"of another's", form("DomainName", "new.example.com"), 20001, "sip.twilio.com"},
		{"of trunking", form("DomainName", "new.pstn.twilio.com"), 20001, "sip.twilio.com"},
		{"no label", form("DomainName", "sip.twilio.com"), 20001, "sip.twilio.com"},
		{"other characters", form("DomainName", "a_b.sip.twilio.com"), 20001, "sip.twilio.com"},
		{"taken", form("DomainName", "example.sip.twilio.com"), 21232, "Domain example.sip.twilio.com already exists."},
		{"taken by another account", form("DomainName", "theirs.sip.twilio.com"), 21232, "already exists"},
		{"long friendly name", with("FriendlyName", strings.Repeat("x", 65)), 20002, "FriendlyName"},
		{"relative URL", with("VoiceUrl", "/x"), 20001, "VoiceUrl"},
		{"other scheme", with("VoiceFallbackUrl", "ftp://example.com"), 20001, "VoiceFallbackUrl"},
		{"method", with("VoiceMethod", "PUT"), 20001, "VoiceMethod"},
		{"boolean", with("Secure", "yes"), 20001, "Secure"},
		{"SID", with("ByocTrunkSid", "TK1"), 20001, "ByocTrunkSid"},
		{"unknown parameter", with("VoiceURL", "https://example.com"), 20001, "VoiceURL"},
	} {
		t.Run(test.name, func(t *testing.T) {
			w.post(sip(w.account, "Domains.json"), test.form).wantError(http.StatusBadRequest, test.code, test.about)
			wantEqual(t, "domains", len(w.Domains("")), 1)
			if test.code == 21232 {
				other := w.CreateDomain("", "other.sip.twilio.com", "")
				defer w.DeleteDomain("", other.SID)
				w.post(sip(w.account, "Domains/"+other.SID+".json"), test.form).wantError(http.StatusBadRequest, test.code, test.about)
			}
		})
	}
	// A domain may keep its own name, and a name that is no longer used is available.
	item := sip(w.account, "Domains/"+w.domain+".json")
	w.post(item, form("DomainName", "example.sip.twilio.com")).want(http.StatusOK)
	w.post(item, form("DomainName", "moved.sip.twilio.com")).want(http.StatusOK)
	w.post(sip(w.account, "Domains.json"), form("DomainName", "example.sip.twilio.com")).want(http.StatusCreated)
	w.delete(item).want(http.StatusNoContent)
	w.post(sip(w.account, "Domains.json"), form("DomainName", "moved.sip.twilio.com")).want(http.StatusCreated)
}
