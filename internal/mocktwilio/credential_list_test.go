// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/snapshot"
)

// TestCredentialLists reads the credential lists of a domain and a trunk, page by page and one by one.
func TestCredentialLists(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	var lists []string
	for i := range 5 {
		list := w.CreateCredentialList("", fmt.Sprintf("Users %d", i)).SID
		lists = append(lists, list)
		w.MapCredentialList("", w.domain, list)
		w.MapCredentialList("", w.domain, list)
		w.AssociateCredentialList("", w.trunk, list)
	}
	wantEqual(t, "mappings", len(w.CredentialMappings("", w.domain)), 5)
	wantEqual(t, "associations", len(w.CredentialAssociations("", w.trunk)), 5)

	domain, trunk := sip(w.account, "Domains/"+w.domain+"/Auth/Calls/CredentialListMappings"), "/v1/Trunks/"+w.trunk+"/CredentialLists"
	mapping := w.get(domain + "/" + lists[1] + ".json").want(http.StatusOK)
	wantKeys(t, mapping, "account_sid", "date_created", "date_updated", "friendly_name", "sid")
	wantFields(t, mapping, map[string]any{"sid": lists[1], "account_sid": w.account, "friendly_name": "Users 1", "date_created": rfcDate})
	association := w.get(trunk + "/" + lists[1]).want(http.StatusOK)
	wantKeys(t, association, "account_sid", "sid", "trunk_sid", "friendly_name", "date_created", "date_updated", "url")
	wantFields(t, association, map[string]any{"sid": lists[1], "trunk_sid": w.trunk, "friendly_name": "Users 1", "date_created": isoDate, "url": "https://trunking.twilio.com" + trunk + "/" + lists[1]})

	for page, key := range map[string]string{domain + ".json": "contents", trunk: "credential_lists"} {
		var found []string
		for path := page + "?PageSize=2"; path != ""; {
			shown := w.get(path).want(http.StatusOK)
			found = append(found, sids(t, shown, key)...)
			path = next(t, w.Server, shown)
		}
		wantSlice(t, key, found, lists)
		w.get(strings.NewReplacer(w.domain, "SD"+strings.Repeat("0", 32), w.trunk, "TK"+strings.Repeat("0", 32)).Replace(page)).wantNotFound()
	}
	w.get(trunk + "/" + w.list).wantNotFound()

	w.UnmapCredentialList("", w.domain, lists[0])
	w.get(domain + "/" + lists[0] + ".json").wantNotFound()
	w.DissociateCredentialList("", w.trunk, lists[0])
	w.get(trunk + "/" + lists[0]).wantNotFound()
	w.delete(sip(w.account, "Domains/"+w.domain+".json")).want(http.StatusNoContent)
}

// credentialPaths returns the paths of the credential lists of a domain, two for calls and one for registrations, and of a trunk.
func (w fixture) credentialPaths() (calls, older, registrations, trunk string) {
	domain := sip(w.account, "Domains/"+w.domain)
	return domain + "/Auth/Calls/CredentialListMappings", domain + "/CredentialListMappings",
		domain + "/Auth/Registrations/CredentialListMappings", "/v1/Trunks/" + w.trunk + "/CredentialLists"
}

func TestCredentialListLifecycle(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	root := sip(w.account, "CredentialLists")
	created := w.post(root+".json", form("FriendlyName", "Users")).want(http.StatusCreated)
	sid := created["sid"].(string)
	wantKeys(t, created, "account_sid", "date_created", "date_updated", "friendly_name", "sid", "subresource_uris", "uri")
	wantFields(t, created, map[string]any{"account_sid": w.account, "friendly_name": "Users", "date_created": rfcDate, "uri": root + "/" + sid + ".json"})
	wantFields(t, created["subresource_uris"].(map[string]any), map[string]any{"credentials": root + "/" + sid + "/Credentials.json"})
	item := root + "/" + sid + ".json"
	wantFields(t, w.post(item, form("FriendlyName", strings.Repeat("é", 64))).want(http.StatusOK), map[string]any{"friendly_name": strings.Repeat("é", 64)})
	w.post(item, form()).wantError(http.StatusBadRequest, 20001, "FriendlyName")
	w.post(item, form("FriendlyName", strings.Repeat("é", 65))).wantError(http.StatusBadRequest, 20002, "64")
	wantSlice(t, "lists", sids(t, w.get(root+".json").want(http.StatusOK), "credential_lists"), []string{w.credentialList, sid})
	w.delete(item).want(http.StatusNoContent)
	w.get(item).wantNotFound()
	w.get(root + "/" + sid + "/Credentials.json").wantNotFound()
}

func TestCredentialLifecycle(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	root := sip(w.account, "CredentialLists/"+w.credentialList+"/Credentials")
	const password = "IWasAtSignal2018"
	created := w.post(root+".json", form("Username", "alice", "Password", password)).want(http.StatusCreated)
	sid := created["sid"].(string)
	wantKeys(t, created, "account_sid", "credential_list_sid", "date_created", "date_updated", "sid", "uri", "username")
	wantFields(t, created, map[string]any{"account_sid": w.account, "credential_list_sid": w.credentialList, "username": "alice", "uri": root + "/" + sid + ".json"})
	item := root + "/" + sid + ".json"
	w.post(item, form("Password", "AnotherSignal2019")).want(http.StatusOK)
	w.post(item, form()).want(http.StatusOK)
	w.post(item, form("Username", "bob")).wantError(http.StatusBadRequest, 20001, "Unknown parameter Username")
	w.post(root+".json", form("Username", "bob")).wantError(http.StatusBadRequest, 20001, "Password")
	w.post(root+".json", form("Password", password)).wantError(http.StatusBadRequest, 20001, "Username")
	w.post(root+".json", form("Username", strings.Repeat("u", 33), "Password", password)).wantError(http.StatusBadRequest, 20002, "32")
	w.post(root+".json", form("Username", "alice", "Password", password)).wantError(http.StatusBadRequest, 21243, "alice")
	for _, weak := range []string{"Short1Short", "NoDigitInThis1"[:13], "nouppercase2018", "NOLOWERCASE2018"} {
		got := w.post(item, form("Password", weak))
		got.wantError(http.StatusBadRequest, 20001, "12 characters")
		if strings.Contains(got.text, weak) {
			t.Errorf("the password is in %s", got.text)
		}
	}
	second := w.post(root+".json", form("Username", "bob", "Password", password)).want(http.StatusCreated)["sid"].(string)
	wantSlice(t, "credentials", sids(t, w.get(root+".json").want(http.StatusOK), "credentials"), []string{sid, second})
	w.delete(item).want(http.StatusNoContent)
	w.get(item).wantNotFound()
	w.post(root+".json", form("Username", "alice", "Password", password)).want(http.StatusCreated)
}

// TestCredentialLimits fills an account with the maximum number of credential lists and credentials.
func TestCredentialLimits(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	account := snapshot.Account{SID: w.account, AuthToken: w.AuthToken()}
	for i := range 100 {
		account.CredentialLists = append(account.CredentialLists, snapshot.Object{"friendly_name": fmt.Sprint(i)})
	}
	full := make([]snapshot.Object, 1000)
	for i := range full {
		full[i] = snapshot.Object{"username": fmt.Sprint(i)}
	}
	list := "CL" + strings.Repeat("1", 32)
	account.CredentialLists[0]["sid"], account.CredentialLists[0]["credentials"] = list, full
	if err := w.Load([]snapshot.Account{account}); err != nil {
		t.Fatal(err)
	}
	w.post(sip(w.account, "CredentialLists.json"), form("FriendlyName", "a")).wantError(http.StatusBadRequest, 21239, "100 CredentialLists")
	w.post(sip(w.account, "CredentialLists/"+list+"/Credentials.json"), form("Username", "a", "Password", "IWasAtSignal2018")).
		wantError(http.StatusBadRequest, 21242, "1000 Credentials")
}

// TestCredentialMappings checks that both paths of mappings for calls have the same mappings, and that mappings for registrations
// are separate and have no effect on the auth type.
func TestCredentialMappings(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	calls, older, registrations, trunk := w.credentialPaths()
	wantAuthType := func(want string) {
		t.Helper()
		wantEqual(t, "auth type of the domain", w.Domains("")[0].AuthType, want)
	}
	list := w.credentialList
	created := w.post(registrations+".json", form("CredentialListSid", list)).want(http.StatusCreated)
	wantKeys(t, created, "account_sid", "date_created", "date_updated", "friendly_name", "sid")
	wantAuthType("IP_ACL")
	w.get(calls + "/" + list + ".json").wantNotFound()

	created = w.post(older+".json", form("CredentialListSid", list)).want(http.StatusCreated)
	wantKeys(t, created, "account_sid", "date_created", "date_updated", "domain_sid", "friendly_name", "sid", "uri")
	wantFields(t, created, map[string]any{"sid": list, "domain_sid": w.domain, "friendly_name": "a credential list", "uri": older + "/" + list + ".json"})
	wantAuthType("IP_ACL,CREDENTIAL_LIST")
	created = w.post(trunk, form("CredentialListSid", list)).want(http.StatusCreated)
	wantKeys(t, created, "account_sid", "date_created", "date_updated", "friendly_name", "sid", "trunk_sid", "url")

	for path, key := range map[string]string{calls: "contents", older: "credential_list_mappings", registrations: "contents"} {
		wantSlice(t, path, sids(t, w.get(path+".json").want(http.StatusOK), key), []string{list})
		w.get(path + "/" + list + ".json").want(http.StatusOK)
		w.post(path+".json", form("CredentialListSid", list)).wantError(http.StatusBadRequest, 21231, "CredentialList already associated with this domain")
		w.post(path+".json", form("CredentialListSid", "CL"+strings.Repeat("0", 32))).wantError(http.StatusNotFound, 20404, "/SIP/CredentialLists/CL0")
		w.post(path+".json", form("CredentialListSid", w.list)).wantError(http.StatusBadRequest, 20001, "CredentialListSid")
	}
	w.post(trunk, form("CredentialListSid", list)).wantError(http.StatusConflict, 20409, "CredentialList already associated with this trunk")

	w.delete(calls + "/" + list + ".json").want(http.StatusNoContent)
	w.delete(older + "/" + list + ".json").wantNotFound()
	wantAuthType("IP_ACL")
	w.get(registrations + "/" + list + ".json").want(http.StatusOK)
	w.delete(registrations + "/" + list + ".json").want(http.StatusNoContent)
	w.delete(trunk + "/" + list).want(http.StatusNoContent)
	wantEqual(t, "associations", len(w.CredentialAssociations("", w.trunk)), 0)
}

// TestDeleteOfMappedCredentialList checks that a list that is mapped to a domain cannot be deleted, and that other lists are
// deleted with their associations.
func TestDeleteOfMappedCredentialList(t *testing.T) {
	t.Parallel()
	for _, blocks := range []bool{false, true} {
		w := newFixtureWith(t, mocktwilio.Options{TrunkBlocksListDelete: blocks})
		calls, _, registrations, trunk := w.credentialPaths()
		item := sip(w.account, "CredentialLists/"+w.credentialList+".json")
		w.post(trunk, form("CredentialListSid", w.credentialList)).want(http.StatusCreated)
		for _, path := range []string{calls, registrations} {
			w.post(path+".json", form("CredentialListSid", w.credentialList)).want(http.StatusCreated)
			w.delete(item).wantError(http.StatusBadRequest, 21241, "associated with a domain")
			w.delete(path + "/" + w.credentialList + ".json").want(http.StatusNoContent)
		}
		if blocks {
			w.delete(item).wantError(http.StatusBadRequest, 21241, "associated with a trunk")
			continue
		}
		w.delete(item).want(http.StatusNoContent)
		wantEqual(t, "associations", len(w.CredentialAssociations("", w.trunk)), 0)
	}
}
