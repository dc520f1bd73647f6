// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
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
	return newFixtureWith(t, mocktwilio.Options{})
}

func newFixtureWith(t *testing.T, options mocktwilio.Options) fixture {
	t.Helper()
	s := start(t, options)
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

// paths returns the paths of all endpoints, with the methods that they allow.
func (w fixture) paths() map[string]string {
	const collection, item, mapping = "GET, POST", "DELETE, GET, POST", "DELETE, GET"
	calls, older, registrations, trunkCredentials := w.credentialPaths()
	for _, path := range []string{calls + ".json", registrations + ".json", trunkCredentials} {
		w.post(path, form("CredentialListSid", w.credentialList)).want(http.StatusCreated)
	}
	lists, credentialLists, domain, trunk := sip(w.account, "IpAccessControlLists"), sip(w.account, "CredentialLists"), sip(w.account, "Domains/"+w.domain), "/v1/Trunks/"+w.trunk
	credentials := credentialLists + "/" + w.credentialList + "/Credentials"
	credential := w.post(credentials+".json", form("Username", "u", "Password", "IWasAtSignal2018")).want(http.StatusCreated)["sid"].(string)
	origination := w.post(trunk+"/OriginationUrls", form("FriendlyName", "o", "SipUrl", "sip:example.com", "Priority", "1", "Weight", "1", "Enabled", "true")).
		want(http.StatusCreated)["sid"].(string)
	return map[string]string{
		lists + ".json":                                                        collection,
		lists + "/" + w.list + ".json":                                         item,
		lists + "/" + w.list + "/IpAddresses.json":                             collection,
		lists + "/" + w.list + "/IpAddresses/" + w.address + ".json":           item,
		credentialLists + ".json":                                              collection,
		credentialLists + "/" + w.credentialList + ".json":                     item,
		credentials + ".json":                                                  collection,
		credentials + "/" + credential + ".json":                               item,
		sip(w.account, "Domains.json"):                                         collection,
		domain + ".json":                                                       item,
		domain + "/IpAccessControlListMappings.json":                           collection,
		domain + "/IpAccessControlListMappings/" + w.list + ".json":            mapping,
		domain + "/Auth/Calls/IpAccessControlListMappings.json":                collection,
		domain + "/Auth/Calls/IpAccessControlListMappings/" + w.list + ".json": mapping,
		calls + ".json":                                                        collection,
		calls + "/" + w.credentialList + ".json":                               mapping,
		older + ".json":                                                        collection,
		older + "/" + w.credentialList + ".json":                               mapping,
		registrations + ".json":                                                collection,
		registrations + "/" + w.credentialList + ".json":                       mapping,
		"/v1/Trunks":                    collection,
		trunk:                           item,
		trunk + "/Recording":            collection,
		trunk + "/IpAccessControlLists": collection,
		trunk + "/IpAccessControlLists/" + w.list: mapping,
		trunkCredentials: collection,
		trunkCredentials + "/" + w.credentialList: mapping,
		trunk + "/OriginationUrls":                collection,
		trunk + "/OriginationUrls/" + origination: item,
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

// TestPaths changes each path so that it must not be found. Changed SIDs of an endpoint that is served result in 404, other
// changes in 501.
func TestPaths(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	for path := range w.paths() {
		unserved := []string{path + "/x/y", "/" + path, strings.ToLower(path)}
		sid, suffix := path[strings.LastIndex(path, "/")+1:], ""
		if name, ok := strings.CutSuffix(sid, ".json"); ok {
			sid, suffix = name, ".json"
			unserved = append(unserved, strings.TrimSuffix(path, ".json"), path+"x", path+"/", strings.TrimSuffix(path, ".json")+".xml")
		}
		if len(sid) == 34 {
			for _, bad := range []string{"", sid[:33], sid + "0", strings.ToLower(sid[:2]) + sid[2:], "XX" + sid[2:], sid[:33] + "g", "..", sid + ".json", sid[:2] + strings.Repeat("0", 32)} {
				wrong := strings.TrimSuffix(path, sid+suffix) + bad + suffix
				w.get(wrong).wantError(http.StatusNotFound, 20404, "The requested resource "+wrong+" was not found")
			}
		} else {
			unserved = append(unserved, path+"x", path+".json")
		}
		for _, path := range unserved {
			w.get(path).wantError(http.StatusNotImplemented, 20501, "mocktwilio, a local mock of Twilio, does not serve GET "+path)
		}
	}
	for _, path := range []string{"/", "/2010-04-01/Accounts.json", "/2010-04-01/Accounts/" + w.account + ".json", "/v2/Trunks", "/v1/Services", "/v1/Trunks/" + w.trunk + "/PhoneNumbers"} {
		w.post(path, form()).wantError(http.StatusNotImplemented, 20501, "does not serve POST "+path)
		wantEqual(t, "Endpoint", w.Requests()[len(w.Requests())-1].Endpoint, "")
		w.as(w.account, "wrong").get(path).wantError(http.StatusUnauthorized, 20003, "")
	}
	// A SID with the prefix of a different kind of object is not found.
	w.get(sip(w.account, "Domains/"+w.list+".json")).wantNotFound()
}

// TestHosts checks which paths Twilio's hosts serve, and the URLs in responses.
func TestHosts(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	get := func(host, path string) response {
		r := w.request(http.MethodGet, path, "", "")
		r.Host = host
		return w.do(r)
	}
	lists := sip(w.account, "IpAccessControlLists.json")
	for host, paths := range map[string][]string{
		"":                             {lists, "/v1/Trunks"},
		"example.com":                  {lists, "/v1/Trunks"},
		"localhost:1":                  {lists, "/v1/Trunks"},
		"api.twilio.com":               {lists},
		"api.dublin.ie1.twilio.com":    {lists},
		"API.Twilio.com:443":           {lists},
		"trunking.twilio.com":          {"/v1/Trunks"},
		"trunking.sydney.twilio.com":   {"/v1/Trunks"},
		"video.twilio.com":             nil,
		"twilio.com":                   nil,
		"api.example.com.twilio.com":   {lists},
		"api.twilio.com.example.com":   {lists, "/v1/Trunks"},
		"notapi.twilio.com":            nil,
		"trunking.nottwilio.com":       {lists, "/v1/Trunks"},
		"video.sydney.au1.twilio.com.": nil,
	} {
		for _, path := range []string{lists, "/v1/Trunks"} {
			got := get(host, path)
			if slices.Contains(paths, path) {
				got.want(http.StatusOK)
				continue
			}
			got.wantError(http.StatusNotImplemented, 20501, "does not serve GET https://"+host+path)
		}
	}
	trunk := get("trunking.twilio.com", "/v1/Trunks/"+w.trunk).want(http.StatusOK)
	wantFields(t, trunk, map[string]any{"url": "https://trunking.twilio.com/v1/Trunks/" + w.trunk})

	var handler http.Handler
	w.Wrap(func(inner http.Handler) http.Handler {
		handler = inner
		return inner
	})
	tls := httptest.NewTLSServer(handler)
	defer tls.Close()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, tls.URL+"/v1/Trunks?PageSize=1", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = "trunking.twilio.com"
	r.SetBasicAuth(w.user, w.password)
	w.CreateTrunk("", "another", "")
	w.http = tls.Client()
	next, _ := w.do(r).want(http.StatusOK)["meta"].(map[string]any)["next_page_url"].(string)
	if !strings.HasPrefix(next, "https://trunking.twilio.com/v1/Trunks?PageSize=1&Page=1&PageToken=") {
		t.Errorf("next page over TLS: %s", next)
	}
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
