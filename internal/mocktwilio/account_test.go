// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio_test

import (
	"net/http"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

func TestAuthentication(t *testing.T) {
	s := start(t, mocktwilio.Options{})
	parent := s.AccountSID()
	sub, subToken := s.AddSubaccount()
	other, otherToken := s.AddSubaccount()
	key, secret := s.AddAPIKey("")
	subKey, subSecret := s.AddAPIKey(sub)
	const stranger = "AC99999999999999999999999999999999"

	for _, test := range []struct {
		name           string
		user, password string
		account        string // in the path
		status, code   int
	}{
		{"token", parent, s.AuthToken(), parent, 200, 0},
		{"key", key, secret, parent, 200, 0},
		{"parent on a subaccount", parent, s.AuthToken(), sub, 200, 0},
		{"parent's key on a subaccount", key, secret, sub, 200, 0},
		{"subaccount", sub, subToken, sub, 200, 0},
		{"subaccount's key", subKey, subSecret, sub, 200, 0},
		{"subaccount on its parent", sub, subToken, parent, 401, 20003},
		{"subaccount's key on the parent", subKey, subSecret, parent, 401, 20003},
		{"subaccount on another", other, otherToken, sub, 401, 20003},
		{"none", "", "", parent, 401, 20003},
		{"wrong token", parent, "wrong", parent, 401, 20003},
		{"no token", parent, "", parent, 401, 20003},
		{"another's token", parent, subToken, parent, 401, 20003},
		{"wrong secret", key, subSecret, parent, 401, 20003},
		{"a key as a token", parent, secret, parent, 401, 20003},
		{"unknown user", stranger, s.AuthToken(), parent, 401, 20003},
		{"wrong token, unknown account", parent, "wrong", stranger, 401, 20003},
		{"unknown account", parent, s.AuthToken(), stranger, 404, 20404},
		{"another's account in other letters", parent, s.AuthToken(), "AC0123456789ABCDEF0123456789ABCDEF", 404, 20404},
		{"malformed account", parent, s.AuthToken(), "AC1", 404, 20404},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := newClient(t, s).as(test.user, test.password)
			s.ResetRequests()
			got := c.get(sip(test.account, "IpAccessControlLists.json"))
			switch test.status {
			case http.StatusOK:
				got.want(http.StatusOK)
				wantEqual(t, "account in the log", s.Requests()[0].Account, test.account)
			case http.StatusUnauthorized:
				got.wantError(test.status, test.code, "Authenticate")
				wantEqual(t, "WWW-Authenticate", got.header.Get("WWW-Authenticate"), `Basic realm="Twilio API"`)
				wantEqual(t, "account in the log", s.Requests()[0].Account, "")
			default:
				got.wantNotFound()
			}
		})
	}
}

// TestTrunkingAccount checks that the credentials determine the account in the trunking API.
func TestTrunkingAccount(t *testing.T) {
	t.Parallel()
	s := start(t, mocktwilio.Options{})
	sub, subToken := s.AddSubaccount()
	subKey, subSecret := s.AddAPIKey(sub)
	mine, theirs := s.CreateTrunk("", "mine", ""), s.CreateTrunk(sub, "theirs", "")
	for _, test := range []struct {
		user, password, sees, not string
	}{
		{s.AccountSID(), s.AuthToken(), mine.SID, theirs.SID},
		{sub, subToken, theirs.SID, mine.SID},
		{subKey, subSecret, theirs.SID, mine.SID},
	} {
		c := newClient(t, s).as(test.user, test.password)
		wantSlice(t, "trunks", sids(t, c.get("/v1/Trunks").want(http.StatusOK), "trunks"), []string{test.sees})
		c.get("/v1/Trunks/" + test.sees).want(http.StatusOK)
		c.get("/v1/Trunks/" + test.not).wantNotFound()
	}
	newClient(t, s).as("", "").get("/v1/Trunks").wantError(http.StatusUnauthorized, 20003, "Authenticate")
}

func TestSubaccountObjects(t *testing.T) {
	t.Parallel()
	s := start(t, mocktwilio.Options{})
	sub, _ := s.AddSubaccount()
	c := newClient(t, s)
	created := c.post(sip(sub, "IpAccessControlLists.json"), form("FriendlyName", "theirs")).want(http.StatusCreated)
	sid := created["sid"].(string)
	wantFields(t, created, map[string]any{"account_sid": sub, "uri": sip(sub, "IpAccessControlLists/"+sid+".json")})
	c.get(sip(s.AccountSID(), "IpAccessControlLists/"+sid+".json")).wantNotFound()
	wantEqual(t, "lists of the parent", len(s.Lists("")), 0)
	wantEqual(t, "lists of the subaccount", len(s.Lists(sub)), 1)
}
