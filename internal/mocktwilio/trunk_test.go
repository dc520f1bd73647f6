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
		"transfer_mode": "disable-all", "date_created": isoDate, "date_updated": isoDate, "url": s.URL() + item,
	})
	wantEqual(t, "auth_type_set", len(created["auth_type_set"].([]any)), 0)
	wantFields(t, created["links"].(map[string]any), map[string]any{"ip_access_control_lists": s.URL() + item + "/IpAccessControlLists"})

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
		{"domain taken", form("DomainName", "example.pstn.twilio.com"), 21232},
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
