// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// fixture is a server with one object of each kind.
type fixture struct {
	*mocktwilio.Server
	client
	account                      string
	list, address, domain, trunk string
	credentialList               string
}

func newFixture(t *testing.T) fixture {
	t.Helper()
	s := start(t, mocktwilio.Options{})
	w := fixture{Server: s, client: newClient(t, s), account: s.AccountSID()}
	w.list = s.CreateList("", "a list").SID
	w.address = s.CreateAddress("", w.list, "198.51.100.7", 32, "an address").SID
	w.domain = s.CreateDomain("", "example.sip.twilio.com", "a domain").SID
	w.trunk = s.CreateTrunk("", "a trunk", "example.pstn.twilio.com").SID
	s.MapList("", w.domain, w.list)
	s.AssociateList("", w.trunk, w.list)
	w.credentialList = s.CreateCredentialList("", "a credential list").SID
	return w
}

// paths of all endpoints, with the methods that they allow.
func (w fixture) paths() map[string]string {
	lists, domains := sip(w.account, "IpAccessControlLists"), sip(w.account, "Domains")
	const collection, item, mapping = "GET, POST", "DELETE, GET, POST", "DELETE, GET"
	w.MapCredentialList("", w.domain, w.credentialList)
	w.AssociateCredentialList("", w.trunk, w.credentialList)
	return map[string]string{
		lists + ".json":                                                                               collection,
		lists + "/" + w.list + ".json":                                                                item,
		lists + "/" + w.list + "/IpAddresses.json":                                                    collection,
		lists + "/" + w.list + "/IpAddresses/" + w.address + ".json":                                  item,
		domains + ".json":                                                                             collection,
		domains + "/" + w.domain + ".json":                                                            item,
		domains + "/" + w.domain + "/IpAccessControlListMappings.json":                                collection,
		domains + "/" + w.domain + "/IpAccessControlListMappings/" + w.list + ".json":                 mapping,
		domains + "/" + w.domain + "/Auth/Calls/IpAccessControlListMappings.json":                     collection,
		domains + "/" + w.domain + "/Auth/Calls/IpAccessControlListMappings/" + w.list + ".json":      mapping,
		domains + "/" + w.domain + "/Auth/Calls/CredentialListMappings.json":                          collection,
		domains + "/" + w.domain + "/Auth/Calls/CredentialListMappings/" + w.credentialList + ".json": mapping,
		"/v1/Trunks":            collection,
		"/v1/Trunks/" + w.trunk: item,
		"/v1/Trunks/" + w.trunk + "/IpAccessControlLists":                collection,
		"/v1/Trunks/" + w.trunk + "/IpAccessControlLists/" + w.list:      mapping,
		"/v1/Trunks/" + w.trunk + "/CredentialLists":                     collection,
		"/v1/Trunks/" + w.trunk + "/CredentialLists/" + w.credentialList: mapping,
	}
}

func TestMethods(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	for path, allowed := range w.paths() {
		w.get(path).want(http.StatusOK)
		for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions} {
			if strings.Contains(allowed, method) {
				continue
			}
			got := w.do(w.request(method, path, "", ""))
			got.wantError(http.StatusMethodNotAllowed, 20004, "Method not allowed")
			wantEqual(t, "Allow of "+path, got.header.Get("Allow"), allowed)
		}
	}
}

// TestPaths changes each path in ways that must not be found.
func TestPaths(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	for path := range w.paths() {
		wrong := []string{path + "/", path + "/x", "/" + path, strings.ToLower(path), path + "x"}
		if json, ok := strings.CutSuffix(path, ".json"); ok {
			wrong = append(wrong, json, json+".xml", json+".json.json")
		} else {
			wrong = append(wrong, path+".json")
		}
		if i := strings.LastIndex(path, "/"); len(strings.TrimSuffix(path[i+1:], ".json")) == 34 {
			sid := path[i+1 : i+35]
			rest := path[i+35:]
			for _, bad := range []string{"", sid[:33], sid + "0", strings.ToLower(sid[:2]) + sid[2:], "XX" + sid[2:], sid[:33] + "g", "..", sid[:2] + strings.Repeat("0", 32)} {
				wrong = append(wrong, path[:i+1]+bad+rest)
			}
		}
		for _, path := range wrong {
			w.get(path).wantError(http.StatusNotFound, 20404, "The requested resource "+path+" was not found")
		}
	}
	for _, path := range []string{"/", "/2010-04-01/Accounts.json", "/2010-04-01/Accounts/" + w.account + ".json", "/v2/Trunks"} {
		w.get(path).wantNotFound()
	}
	// A SID with the prefix of another kind of object is not found.
	w.get(sip(w.account, "Domains/"+w.list+".json")).wantNotFound()
}

func TestBodies(t *testing.T) {
	w := newFixture(t)
	path := sip(w.account, "IpAccessControlLists.json")
	for _, test := range []struct {
		name, contentType, body string
		status, code            int
	}{
		{"form", formType, "FriendlyName=a", 201, 0},
		{"form with charset", formType + "; charset=utf-8", "FriendlyName=a", 201, 0},
		{"JSON", "application/json", `{"FriendlyName":"a"}`, 415, 20415},
		{"multipart", "multipart/form-data; boundary=x", "--x--", 415, 20415},
		{"no content type", "", "FriendlyName=a", 415, 20415},
		{"nonsense for a content type", ";;;", "FriendlyName=a", 415, 20415},
		{"empty", formType, "", 400, 20001},
		{"empty without a content type", "", "", 400, 20001},
		{"bad escape", formType, "FriendlyName=%zz", 400, 20001},
		{"not UTF-8", formType, "FriendlyName=%ff", 400, 20001},
		{"twice", formType, "FriendlyName=a&FriendlyName=b", 400, 20001},
		{"unknown parameter", formType, "FriendlyName=a&friendlyname=b", 400, 20001},
		{"in the query", formType, "", 400, 20001},
	} {
		t.Run(test.name, func(t *testing.T) {
			before := len(w.Lists(""))
			got := w.do(w.request(http.MethodPost, path+"?FriendlyName=query", test.contentType, test.body))
			if test.status == http.StatusCreated {
				got.want(test.status)
				wantEqual(t, "lists made", len(w.Lists(""))-before, 1)
				return
			}
			got.wantError(test.status, test.code, "")
			wantEqual(t, "lists made", len(w.Lists(""))-before, 0)
		})
	}
}
