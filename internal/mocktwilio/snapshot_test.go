// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/snapshot"
)

// TestSaveAndLoad creates random objects of all kinds and moves them to another mock. All responses must stay the same.
func TestSaveAndLoad(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		now := someTime
		old := start(t, mocktwilio.Options{Now: func() time.Time {
			now = now.Add(time.Second)
			return now
		}})
		old.AddSubaccount()
		old.AddAPIKey("")
		makeObjects(t, old, rand.New(rand.NewPCG(seed, 0)))

		var file bytes.Buffer
		if err := snapshot.Encode(&file, old.Save()); err != nil {
			t.Fatal(err)
		}
		accounts, err := snapshot.Decode(file.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		fresh := start(t, mocktwilio.Options{AccountSID: "AC" + strings.Repeat("9", 32)})
		if err := fresh.Load(accounts); err != nil {
			t.Fatal(err)
		}
		var again bytes.Buffer
		if err := snapshot.Encode(&again, fresh.Save()); err != nil {
			t.Fatal(err)
		}
		wantEqual(t, "saved again", again.String(), file.String())
		if err := fresh.Load(fresh.Save()); err != nil { // without a file
			t.Fatal(err)
		}
		wantEqual(t, "account", fresh.AccountSID(), old.AccountSID())
		wantEqual(t, "token", fresh.AuthToken(), old.AuthToken())
		for _, path := range allPaths(t, old) {
			got := strings.ReplaceAll(newClient(t, fresh).get(path).text, fresh.URL(), old.URL())
			wantEqual(t, path, got, newClient(t, old).get(path).text)
		}
	}
}

// makeObjects creates objects through the API, some of them with fields that are not the defaults.
func makeObjects(t *testing.T, s *mocktwilio.Server, random *rand.Rand) {
	t.Helper()
	c := newClient(t, s)
	create := func(path string, parameters ...string) string {
		return c.post(path, form(parameters...)).want(http.StatusCreated)["sid"].(string)
	}
	root := sip(s.AccountSID(), "")
	var lists, credentialLists []string
	for n := range 1 + random.IntN(4) {
		list := create(root+"IpAccessControlLists.json", "FriendlyName", fmt.Sprintf("list \"%d\" <&é>", n))
		lists = append(lists, list)
		for n := range random.IntN(4) {
			create(root+"IpAccessControlLists/"+list+"/IpAddresses.json", "FriendlyName", "a", "IpAddress", fmt.Sprintf("192.0.2.%d", n),
				"CidrPrefixLength", fmt.Sprint(random.IntN(33)))
		}
		list = create(root+"CredentialLists.json", "FriendlyName", fmt.Sprint(n))
		credentialLists = append(credentialLists, list)
		create(root+"CredentialLists/"+list+"/Credentials.json", "Username", "u", "Password", "IWasAtSignal2018")
	}
	some := func(sids []string) []string { return sids[random.IntN(len(sids)):] }
	for n := range random.IntN(4) {
		domain := create(root+"Domains.json", "DomainName", fmt.Sprintf("d%d.sip.twilio.com", n), "Secure", fmt.Sprint(n == 0))
		path := root + "Domains/" + domain
		for _, sid := range some(lists) {
			create(path+"/Auth/Calls/IpAccessControlListMappings.json", "IpAccessControlListSid", sid)
		}
		for _, sid := range some(credentialLists) {
			create(path+"/CredentialListMappings.json", "CredentialListSid", sid)
			create(path+"/Auth/Registrations/CredentialListMappings.json", "CredentialListSid", sid)
		}
		c.post(path+".json", form("VoiceUrl", "https://example.com/?a=1&b=2", "FriendlyName", "x")).want(http.StatusOK)
	}
	for n := range random.IntN(4) {
		path := "/v1/Trunks/" + create("/v1/Trunks", "DomainName", fmt.Sprintf("t%d.pstn.twilio.com", n))
		for _, sid := range some(lists) {
			create(path+"/IpAccessControlLists", "IpAccessControlListSid", sid)
		}
		for _, sid := range some(credentialLists) {
			create(path+"/CredentialLists", "CredentialListSid", sid)
		}
		create(path+"/OriginationUrls", "FriendlyName", "o", "SipUrl", "sip:example.com", "Priority", "0", "Weight", "5", "Enabled", "false")
		c.post(path+"/Recording", form("Mode", "record-from-answer")).want(http.StatusOK)
	}
	if random.IntN(2) == 0 {
		c.delete(root + "IpAccessControlLists/" + create(root+"IpAccessControlLists.json", "FriendlyName", "gone") + ".json").want(http.StatusNoContent)
	}
}

// allPaths follows the links of an account's objects.
func allPaths(t *testing.T, s *mocktwilio.Server) []string {
	t.Helper()
	c := newClient(t, s)
	seen := make(map[string]bool)
	todo := []string{sip(s.AccountSID(), "IpAccessControlLists.json"), sip(s.AccountSID(), "CredentialLists.json"), sip(s.AccountSID(), "Domains.json"), "/v1/Trunks"}
	for len(todo) > 0 {
		path := todo[0]
		todo = todo[1:]
		if seen[path] || strings.Contains(path, "PageSize") || strings.HasSuffix(path, "/PhoneNumbers") || strings.HasSuffix(path, "/Auth.json") {
			continue
		}
		seen[path] = true
		if domain, ok := strings.CutSuffix(path, "/CredentialListMappings.json"); ok && !strings.Contains(domain, "/Auth/") {
			todo = append(todo, domain+"/Auth/Registrations/CredentialListMappings.json")
		}
		text := c.get(path).text
		for word := range strings.SplitSeq(text, `"`) {
			word = strings.TrimPrefix(word, s.URL())
			if strings.HasPrefix(word, "/2010-04-01/") || strings.HasPrefix(word, "/v1/") {
				todo = append(todo, word)
			}
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// TestLoadDefaults loads objects with as few fields as possible.
func TestLoadDefaults(t *testing.T) {
	t.Parallel()
	s := start(t, mocktwilio.Options{Seed: 1})
	before := s.CreateList("", "before").SID
	account := "AC" + strings.Repeat("1", 32)
	load := func() error {
		return s.Load([]snapshot.Account{{
			SID:                  account,
			IPAccessControlLists: []snapshot.Object{{"friendly_name": "made"}, {"sid": before, "friendly_name": "given"}},
			Trunks:               []snapshot.Object{{"date_created": "2020-01-02T03:04:05+01:00"}},
		}})
	}
	if err := load(); err != nil {
		t.Fatal(err)
	}
	lists := s.Lists("")
	wantSlice(t, "order", []string{lists[0].FriendlyName, lists[1].FriendlyName}, []string{"made", "given"})
	wantEqual(t, "a date that is missing", lists[0].DateCreated, someTime.Truncate(time.Second))
	wantEqual(t, "a date", s.Trunks("")[0].DateUpdated, time.Date(2020, time.January, 2, 2, 4, 5, 0, time.UTC))

	// With the same seed the server makes the same SIDs again, except those that exist.
	other := start(t, mocktwilio.Options{Seed: 1})
	s = other
	if err := load(); err != nil {
		t.Fatal(err)
	}
	if made := s.Lists("")[0].SID; made == before {
		t.Errorf("%s was made again", made)
	}
}

// TestLoadCredentials checks which credentials are accepted after Load.
func TestLoadCredentials(t *testing.T) {
	t.Parallel()
	s := start(t, mocktwilio.Options{})
	oldAccount, oldToken := s.AccountSID(), s.AuthToken()
	oldKey, oldSecret := s.AddAPIKey("")
	first, sub, known, key := "AC"+strings.Repeat("1", 32), "AC"+strings.Repeat("2", 32), "AC"+strings.Repeat("3", 32), "SK"+strings.Repeat("4", 32)
	err := s.Load([]snapshot.Account{
		{SID: sub, ParentAccountSID: first},
		{SID: first, APIKeys: []snapshot.APIKey{{SID: key, Secret: "s"}}},
		{SID: known, AuthToken: "right"},
	})
	if err != nil {
		t.Fatal(err)
	}
	wantEqual(t, "account", s.AccountSID(), first)
	for _, test := range []struct {
		user, password, account string
		status                  int
	}{
		{first, s.AuthToken(), first, 200},
		{first, "any", first, 200},
		{first, "any", sub, 200},
		{first, "", first, 401},
		{first, "any", known, 401},
		{sub, "any", sub, 200},
		{sub, "any", first, 401},
		{known, "right", known, 200},
		{known, "wrong", known, 401},
		{key, "s", first, 200},
		{key, "wrong", first, 401},
		{oldKey, oldSecret, first, 200}, // like every unknown key
		{oldKey, oldSecret, known, 401},
		{oldAccount, oldToken, first, 401},
		{oldAccount, oldToken, oldAccount, 401},
	} {
		got := newClient(t, s).as(test.user, test.password).get(sip(test.account, "Domains.json")).status
		wantEqual(t, fmt.Sprint(test), got, test.status)
	}

	// If the first account has a token, unknown keys are rejected.
	if err := s.Load([]snapshot.Account{{SID: known, AuthToken: "right"}, {SID: first}}); err != nil {
		t.Fatal(err)
	}
	newClient(t, s).as(oldKey, oldSecret).get(sip(known, "Domains.json")).wantError(http.StatusUnauthorized, 20003, "")
}

// TestLoadErrors checks that an error names the object and the field, and that nothing is replaced then.
func TestLoadErrors(t *testing.T) {
	t.Parallel()
	s := start(t, mocktwilio.Options{})
	s.CreateList("", "before")
	hex := func(prefix, digit string) string { return prefix + strings.Repeat(digit, 32) }
	account, list, address, domain, trunk := hex("AC", "a"), hex("AL", "1"), hex("IP", "2"), hex("SD", "3"), hex("TK", "4")
	for _, test := range []struct{ account, want string }{
		{`{"sid": "AC1"}`, `account "AC1": sid must be AC`},
		{`{"sid": "` + account + `", "parent_account_sid": "` + account + `"}`, `parent_account_sid must be the sid of a parent account in accounts; got "` + account + `"`},
		{`{"sid": "` + account + `", "api_keys": [{"sid": "SK1"}]}`, `api_keys "SK1": sid must be SK`},
		{`{"sid": "` + account + `", "ip_access_control_lists": [{"sid": "AL1", "friendly_name": "a"}]}`, "ip_access_control_lists AL1: sid must be AL"},
		{`{"sid": "` + account + `", "ip_access_control_lists": [{}]}`, "account " + account + ", ip_access_control_lists number 1: friendly_name is missing"},
		{`{"sid": "` + account + `", "ip_access_control_lists": [{"sid": 5, "friendly_name": "a"}]}`, "ip_access_control_lists 5: sid must be AL"},
		{`{"sid": "` + account + `", "ip_access_control_lists": [{"friendly_name": 5}]}`, "friendly_name must be a string; got a number"},
		{`{"sid": "` + account + `", "ip_access_control_lists": [{"friendly_name": []}]}`, "friendly_name must not be a list or an object"},
		{`{"sid": "` + account + `", "ip_access_control_lists": [{"friendly_name": null}]}`, "friendly_name must have 1 to 255 characters"},
		{`{"sid": "` + account + `", "ip_access_control_lists": [{"friendly_name": "a", "uri": "/"}]}`, "unknown field uri"},
		{`{"sid": "` + account + `", "ip_access_control_lists": [{"friendly_name": "a", "date_created": "yesterday"}]}`, "date_created must be a date"},
		{`{"sid": "` + account + `", "ip_access_control_lists": [{"friendly_name": "a", "ip_addresses": {}}]}`, "ip_addresses must be a list of objects"},
		{`{"sid": "` + account + `", "ip_access_control_lists": [{"sid": "` + list + `", "friendly_name": "a", "ip_addresses":
			[{"sid": "` + address + `", "friendly_name": "a", "ip_address": "2001:db8::1"}]}]}`,
			"ip_access_control_lists " + list + ", ip_addresses " + address + `: ip_address "2001:db8::1" is not an IPv4 address`},
		{`{"sid": "` + account + `", "ip_access_control_lists": [{"friendly_name": "a", "ip_addresses": [{"friendly_name": "a", "ip_address": "192.0.2.1", "cidr_prefix_length": "32"}]}]}`,
			"cidr_prefix_length must be a number; got a string"},
		{`{"sid": "` + account + `", "ip_access_control_lists": [{"sid": "` + list + `", "friendly_name": "a"}, {"sid": "` + list + `", "friendly_name": "b"}]}`,
			"ip_access_control_lists " + list + ": two objects have this sid"},
		{`{"sid": "` + account + `", "credential_lists": [{"friendly_name": "a", "credentials": [{"username": "u", "password": "IWasAtSignal2018"}]}]}`, "unknown field password"},
		{`{"sid": "` + account + `", "credential_lists": [{"friendly_name": "a", "credentials": [{"username": "u"}, {"username": "u"}]}]}`, "already has a Credential with Username u"},
		{`{"sid": "` + account + `", "domains": [{"sid": "` + domain + `", "domain_name": "a.sip.twilio.com", "secure": "true"}]}`, "domains " + domain + ": secure must be true or false; got a string"},
		{`{"sid": "` + account + `", "domains": [{"domain_name": "foo"}]}`, `domain_name "foo" must`},
		{`{"sid": "` + account + `", "domains": [{"domain_name": "a.sip.twilio.com"}, {"domain_name": "A.sip.twilio.com"}]}`, "domains number 2: Domain A.sip.twilio.com already exists"},
		{`{"sid": "` + account + `", "domains": [{"domain_name": "a.sip.twilio.com", "ip_access_control_list_mappings": [{"sid": "` + list + `"}]}]}`,
			"ip_access_control_list_mappings " + list + ": the account has no object with this sid in ip_access_control_lists"},
		{`{"sid": "` + account + `", "domains": [{"domain_name": "a.sip.twilio.com", "ip_access_control_list_mappings": [{}]}]}`, "ip_access_control_list_mappings number 1: sid must be AL"},
		{`{"sid": "` + account + `", "ip_access_control_lists": [{"sid": "` + list + `", "friendly_name": "a"}], "trunks": [{"sid": "` + trunk + `", "ip_access_control_lists": [{"sid": "` + list + `"}, {"sid": "` + list + `"}]}]}`,
			"trunks " + trunk + ", ip_access_control_lists " + list + ": IpAccessControlList already associated"},
		{`{"sid": "` + account + `", "ip_access_control_lists": [{"sid": "` + list + `", "friendly_name": "a"}], "trunks": [{"ip_access_control_lists": [{"sid": "` + list + `", "friendly_name": "a"}]}]}`,
			"unknown field friendly_name"},
		{`{"sid": "` + account + `", "trunks": [{"recording": {"mode": "always"}}]}`, "recording: mode must be one of"},
		{`{"sid": "` + account + `", "trunks": [{"recording": "always"}]}`, "recording must be an object"},
		{`{"sid": "` + account + `", "trunks": [{"voice_url": null}]}`, "unknown field voice_url"},
	} {
		accounts, err := snapshot.Decode([]byte(`{"format": "mocktwilio", "version": 1, "accounts": [` + test.account + `]}`))
		if err != nil {
			t.Fatalf("%s: %v", test.account, err)
		}
		if err := s.Load(accounts); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s:\n\t%v\n\twant %s", test.account, err, test.want)
		}
		wantEqual(t, "lists", len(s.Lists("")), 1)
	}
	for _, accounts := range [][]snapshot.Account{nil, {{SID: account}, {SID: account}}, {{SID: account, ParentAccountSID: hex("AC", "b")}}} {
		if err := s.Load(accounts); err == nil {
			t.Errorf("%v: no error", accounts)
		}
	}
}

// TestSavedPassword checks that no password is in the saved file or in the log.
func TestSavedPassword(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	const password = "IWasAtSignal2018"
	path := sip(w.account, "CredentialLists/"+w.credentialList+"/Credentials.json")
	w.post(path, form("Username", "u", "Password", password)).want(http.StatusCreated)
	requests := w.Requests()
	wantEqual(t, "Password in the log", requests[len(requests)-1].Form.Get("Password"), "REDACTED")
	saved, err := json.Marshal([]any{w.Save(), requests})
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(saved, []byte(password)) {
		t.Errorf("the password is in %s", saved)
	}
	if !bytes.Contains(saved, []byte(`"username":"u"`)) {
		t.Errorf("no user name in %s", saved)
	}
}

// TestLoadDuringRequest loads objects after a request has been authenticated and before it is carried out.
func TestLoadDuringRequest(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	lists := sip(w.account, "IpAccessControlLists.json")
	load := func(accounts []snapshot.Account) {
		w.SetFaultFunc(func(*http.Request) *mocktwilio.Fault {
			if err := w.Load(accounts); err != nil {
				t.Error(err)
			}
			return nil
		})
	}
	load(w.Save())
	w.post(lists, form("FriendlyName", "new")).want(http.StatusCreated)
	wantEqual(t, "lists", len(w.Lists("")), 2)
	load([]snapshot.Account{{SID: "AC" + strings.Repeat("1", 32)}})
	w.post(lists, form("FriendlyName", "new")).wantError(http.StatusUnauthorized, 20003, "")
}

// TestLoadBetweenPages: if objects are replaced while a client reads pages, the client misses none of the new objects.
func TestLoadBetweenPages(t *testing.T) {
	t.Parallel()
	s := start(t, mocktwilio.Options{})
	c := newClient(t, s)
	for range 3 {
		s.CreateList("", "old")
	}
	path := next(t, s, c.get(sip(s.AccountSID(), "IpAccessControlLists.json")+"?PageSize=2").want(http.StatusOK))
	if err := s.Load([]snapshot.Account{{
		SID: s.AccountSID(), AuthToken: s.AuthToken(), IPAccessControlLists: []snapshot.Object{{"friendly_name": "new"}, {"friendly_name": "new"}},
	}}); err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, list := range s.Lists("") {
		want = append(want, list.SID)
	}
	wantSlice(t, "lists", sids(t, c.get(path).want(http.StatusOK), "ip_access_control_lists"), want)
}
