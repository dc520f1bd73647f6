// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

func TestTrunkLifecycle(t *testing.T) {
	t.Parallel()
	now := someTime
	s := start(t, mocktwilio.Options{Now: func() time.Time { return now }})
	c := newClient(t, s)

	created := c.post("/v1/Trunks", form()).want(http.StatusCreated)
	sid, _ := created["sid"].(string)
	item := "/v1/Trunks/" + sid
	wantKeys(t, created, "sid", "account_sid", "domain_name", "disaster_recovery_method", "disaster_recovery_url", "friendly_name",
		"secure", "recording", "transfer_mode", "transfer_caller_id", "cnam_lookup_enabled", "auth_type",
		"symmetric_rtp_enabled", "auth_type_set", "date_created", "date_updated", "url", "links")
	wantFields(t, created, map[string]any{
		"account_sid": s.AccountSID(), "friendly_name": nil, "domain_name": nil, "auth_type": nil, "disaster_recovery_method": nil, "disaster_recovery_url": nil, "secure": false,
		"transfer_mode": "disable-all", "date_created": isoDate, "date_updated": isoDate, "url": "https://trunking.twilio.com" + item,
	})
	wantEqual(t, "auth_type_set", len(created["auth_type_set"].([]any)), 0)
	wantFields(t, created["links"].(map[string]any), map[string]any{"ip_access_control_lists": "https://trunking.twilio.com" + item + "/IpAccessControlLists"})

	now = now.Add(time.Hour)
	changed := c.post(item, form("FriendlyName", "a", "DomainName", "a.pstn.twilio.com", "Secure", "true", "CnamLookupEnabled", "true",
		"TransferMode", "sip-only", "TransferCallerId", "from-transferor", "DisasterRecoveryUrl", "https://example.com",
		"DisasterRecoveryMethod", "GET")).want(http.StatusOK)
	wantFields(t, changed, map[string]any{
		"friendly_name": "a", "domain_name": "a.pstn.twilio.com", "secure": true, "cnam_lookup_enabled": true,
		"transfer_mode": "sip-only", "transfer_caller_id": "from-transferor", "disaster_recovery_url": "https://example.com",
		"disaster_recovery_method": "GET", "date_created": isoDate, "date_updated": "2015-07-17T22:25:15Z",
	})
	all := c.get("/v1/Trunks").want(http.StatusOK)
	wantKeys(t, all, "trunks", "meta")
	wantSlice(t, "trunks", sids(t, all, "trunks"), []string{sid})

	c.delete(item).want(http.StatusNoContent)
	c.get(item).wantNotFound()
	c.delete(item).wantNotFound()
	c.post(item, form("FriendlyName", "gone")).wantNotFound()
}

func TestTrunkParameters(t *testing.T) {
	w := newFixture(t)
	for _, test := range []struct {
		name string
		form url.Values
		code int
	}{
		{"long name", form("FriendlyName", strings.Repeat("x", 65)), 20002},
		{"domain of SIP", form("DomainName", "a.sip.twilio.com"), 20001},
		{"domain taken", form("DomainName", "EXAMPLE.pstn.twilio.com"), 21248},
		{"transfer mode", form("TransferMode", "all"), 20001},
		{"caller ID", form("TransferCallerId", "mine"), 20001},
		{"method", form("DisasterRecoveryMethod", "get"), 20001},
		{"URL", form("DisasterRecoveryUrl", "example.com"), 20001},
		{"boolean", form("Secure", "1"), 20001},
		{"unknown", form("Name", "1"), 20001},
	} {
		t.Run(test.name, func(t *testing.T) {
			w.post("/v1/Trunks", test.form).wantError(http.StatusBadRequest, test.code, "")
			wantEqual(t, "trunks", len(w.Trunks("")), 1)
			other := w.CreateTrunk("", "other", "")
			w.post("/v1/Trunks/"+other.SID, test.form).wantError(http.StatusBadRequest, test.code, "")
			w.DeleteTrunk("", other.SID)
		})
	}
	w.post("/v1/Trunks/"+w.trunk, form("DomainName", "example.pstn.twilio.com")).want(http.StatusOK)
	w.post("/v1/Trunks/"+w.trunk, form("DomainName", "moved.pstn.twilio.com")).want(http.StatusOK)
	w.post("/v1/Trunks", form("DomainName", "example.pstn.twilio.com")).want(http.StatusCreated)
}

// TestEmptyValues checks that an empty value clears a field that may be null. Other providers send one when an argument is
// removed.
func TestEmptyValues(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	trunk := "/v1/Trunks/" + w.trunk
	w.post(trunk, form("DisasterRecoveryUrl", "https://example.com", "DisasterRecoveryMethod", "GET")).want(http.StatusOK)
	names := []string{"FriendlyName", "DomainName", "DisasterRecoveryUrl", "DisasterRecoveryMethod"}
	for _, name := range names {
		w.post(trunk, form(name, "")).want(http.StatusOK)
	}
	wantFields(t, w.get(trunk).want(http.StatusOK), map[string]any{
		"friendly_name": nil, "domain_name": nil, "disaster_recovery_url": nil, "disaster_recovery_method": nil,
	})
	domain := sip(w.account, "Domains/"+w.domain+".json")
	w.post(domain, form("FriendlyName", "", "VoiceUrl", "", "ByocTrunkSid", "", "EmergencyCallerSid", "")).want(http.StatusOK)
	wantFields(t, w.get(domain).want(http.StatusOK), map[string]any{"friendly_name": nil, "voice_url": nil, "byoc_trunk_sid": nil, "emergency_caller_sid": nil})
	w.post(domain, form("DomainName", "")).wantError(http.StatusBadRequest, 20001, "DomainName")
	w.post(domain, form("VoiceMethod", "")).wantError(http.StatusBadRequest, 20001, "VoiceMethod")
	w.post(trunk, form("TransferMode", "")).wantError(http.StatusBadRequest, 20001, "TransferMode")
}

func TestRecording(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	trunk, path := "/v1/Trunks/"+w.trunk, "/v1/Trunks/"+w.trunk+"/Recording"
	wantRecording := func(mode, trim string) {
		t.Helper()
		want := map[string]any{"mode": mode, "trim": trim}
		for _, shown := range []map[string]any{w.get(path).want(http.StatusOK), w.get(trunk).want(http.StatusOK)["recording"].(map[string]any)} {
			wantKeys(t, shown, "mode", "trim")
			wantFields(t, shown, want)
		}
	}
	wantRecording("do-not-record", "do-not-trim")
	w.post(path, form("Mode", "record-from-answer-dual")).want(http.StatusOK)
	wantRecording("record-from-answer-dual", "do-not-trim")
	w.post(path, form("Trim", "trim-silence")).want(http.StatusOK)
	wantRecording("record-from-answer-dual", "trim-silence")
	w.post(path, form("Mode", "always")).wantError(http.StatusBadRequest, 20001, "Mode")
	w.post(path, form("Mode", "do-not-record", "Trim", "always")).wantError(http.StatusBadRequest, 20001, "Trim")
	w.post(path, form("mode", "do-not-record")).wantError(http.StatusBadRequest, 20001, "Unknown parameter mode")
	w.post(trunk, form("Recording", "do-not-record")).wantError(http.StatusBadRequest, 20001, "Unknown parameter Recording")
	w.delete(path).wantError(http.StatusMethodNotAllowed, 20004, "")
	wantRecording("record-from-answer-dual", "trim-silence")
	w.DeleteTrunk("", w.trunk)
	w.get(path).wantNotFound()
	w.post(path, form("Mode", "do-not-record")).wantNotFound()
}

func TestOriginationURLs(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	root := "/v1/Trunks/" + w.trunk + "/OriginationUrls"
	all := func(change ...string) url.Values {
		values := form("FriendlyName", "o", "SipUrl", "sip:a@example.com", "Priority", "10", "Weight", "10", "Enabled", "true")
		for i := 0; i < len(change); i += 2 {
			values.Set(change[i], change[i+1])
		}
		return values
	}
	created := w.post(root, all()).want(http.StatusCreated)
	sid := created["sid"].(string)
	wantKeys(t, created, "account_sid", "date_created", "date_updated", "enabled", "friendly_name", "priority", "sid", "sip_url", "trunk_sid", "url", "weight")
	wantFields(t, created, map[string]any{
		"account_sid": w.account, "trunk_sid": w.trunk, "friendly_name": "o", "sip_url": "sip:a@example.com", "priority": 10.0, "weight": 10.0,
		"enabled": true, "date_created": isoDate, "url": "https://trunking.twilio.com" + root + "/" + sid,
	})
	for _, test := range []struct{ parameter, value string }{
		{"FriendlyName", ""}, {"FriendlyName", strings.Repeat("x", 65)}, {"SipUrl", "sips:example.com"}, {"SipUrl", "example.com"}, {"SipUrl", "sip:"},
		{"Priority", "-1"}, {"Priority", "65536"}, {"Weight", "x"}, {"Weight", "65536"}, {"Enabled", "1"}, {"TrunkSid", w.trunk},
	} {
		w.post(root, all(test.parameter, test.value)).wantError(http.StatusBadRequest, map[bool]int{true: 20002, false: 20001}[len(test.value) == 65], test.parameter)
	}
	for name := range all() {
		values := all()
		values.Del(name)
		w.post(root, values).wantError(http.StatusBadRequest, 20001, "Missing required parameter "+name)
	}
	item := root + "/" + sid
	for _, test := range []struct {
		form   url.Values
		fields map[string]any
	}{
		{form("Enabled", "False"), map[string]any{"enabled": false, "priority": 10.0}},
		{form("Priority", "0", "Weight", "0"), map[string]any{"priority": 0.0, "weight": 0.0, "enabled": false}},
		{form("SipUrl", "sip:198.51.100.7:5060;transport=tls"), map[string]any{"sip_url": "sip:198.51.100.7:5060;transport=tls", "weight": 0.0}},
		{form("FriendlyName", "p"), map[string]any{"friendly_name": "p", "sid": sid}},
	} {
		wantFields(t, w.post(item, test.form).want(http.StatusOK), test.fields)
	}
	second := w.post(root, all()).want(http.StatusCreated)["sid"].(string)
	page := w.get(root + "?PageSize=1").want(http.StatusOK)
	wantKeys(t, page, "meta", "origination_urls")
	wantSlice(t, "first page", sids(t, page, "origination_urls"), []string{sid})
	wantSlice(t, "second page", sids(t, w.get(next(t, w.Server, page)).want(http.StatusOK), "origination_urls"), []string{second})
	w.delete(item).want(http.StatusNoContent)
	w.get(item).wantNotFound()
	w.DeleteTrunk("", w.trunk)
	w.get(root).wantNotFound()
}

// TestDomainAndTrunkLimits fills an account with the maximum number of domains and trunks.
func TestDomainAndTrunkLimits(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	for i := range 99 {
		w.CreateDomain("", fmt.Sprintf("d%d.sip.twilio.com", i), "")
		w.CreateTrunk("", "t", "")
	}
	w.post(sip(w.account, "Domains.json"), form("DomainName", "last.sip.twilio.com")).wantError(http.StatusBadRequest, 21230, "100 Domains")
	w.post("/v1/Trunks", form()).wantError(http.StatusBadRequest, 21244, "100 Trunks")
	w.DeleteTrunk("", w.trunk)
	w.post("/v1/Trunks", form()).want(http.StatusCreated)
}
