// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/intercept"
)

// wireClient sends requests to the mock without an SDK. An error response ends the test.
type wireClient struct {
	t              *testing.T
	http           *http.Client
	user, password string
}

// newInterceptedClient starts a proxy around the mock and returns a client that reaches it under Twilio's own host names. All
// responses to the client are checked against Twilio's documents.
func newInterceptedClient(t *testing.T, m *Mock) *wireClient {
	t.Helper()
	proxy, err := intercept.Start(intercept.Options{Address: strings.TrimPrefix(m.URL(), "http://")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(proxy.Close)
	m.Wrap(proxy.Middleware)
	trusted := x509.NewCertPool()
	for _, variable := range proxy.Environment() {
		if path, ok := strings.CutPrefix(variable, "SSL_CERT_FILE="); ok {
			bundle, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			trusted.AppendCertsFromPEM(bundle)
		}
	}
	proxyURL, err := url.Parse(m.URL())
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{Proxy: http.ProxyURL(proxyURL), TLSClientConfig: &tls.Config{RootCAs: trusted}}
	t.Cleanup(transport.CloseIdleConnections)
	return &wireClient{t: t, http: &http.Client{Transport: transport}, user: m.AccountSID(), password: m.AuthToken()}
}

// send sends a request with a form, given as names and values, and returns the object in the response.
func (c *wireClient) send(method, requestURL string, form ...string) map[string]any {
	c.t.Helper()
	values := make(url.Values)
	for i := 0; i < len(form); i += 2 {
		values.Add(form[i], form[i+1])
	}
	request, err := http.NewRequestWithContext(c.t.Context(), method, requestURL, strings.NewReader(values.Encode()))
	if err != nil {
		c.t.Fatal(err)
	}
	request.SetBasicAuth(c.user, c.password)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := c.http.Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode >= 300 {
		c.t.Fatalf("%s %s: %s %s, %v", method, requestURL, response.Status, body, err)
	}
	var object map[string]any
	if len(body) > 0 {
		if err := json.Unmarshal(body, &object); err != nil {
			c.t.Fatal(err)
		}
	}
	return object
}

// all reads all pages of a collection. The next page's URL is relative to the host in one of the APIs and absolute in the other.
func (c *wireClient) all(host, path, key string) []any {
	c.t.Helper()
	var objects []any
	for next := host + path + "?PageSize=2"; next != ""; {
		page := c.send(http.MethodGet, next)
		objects = append(objects, page[key].([]any)...)
		next = ""
		if meta, ok := page["meta"].(map[string]any); ok {
			next, _ = meta["next_page_url"].(string)
			if next != "" && !strings.HasPrefix(next, host) {
				c.t.Errorf("the next page is %s, not on %s", next, host)
			}
		} else if uri, ok := page["next_page_uri"].(string); ok {
			next = host + uri
		}
	}
	return objects
}

// TestInterceptedContract: requests and responses through the proxy are as Twilio documents them.
func TestInterceptedContract(t *testing.T) {
	t.Parallel()
	m := StartMock(t)
	c := newInterceptedClient(t, m)
	const api, trunking = "https://api.twilio.com", "https://trunking.twilio.com"
	sip := "/2010-04-01/Accounts/" + m.AccountSID() + "/SIP"
	lists := api + sip + "/IpAccessControlLists"

	var sids []string
	for _, name := range []string{"one", "two", "three"} {
		sids = append(sids, c.send(http.MethodPost, lists+".json", "FriendlyName", name)["sid"].(string))
	}
	list := lists + "/" + sids[0]
	c.send(http.MethodPost, list+".json", "FriendlyName", "first")
	if name := c.send(http.MethodGet, list+".json")["friendly_name"]; name != "first" {
		t.Errorf("the list is called %v", name)
	}
	if all := c.all(api, sip+"/IpAccessControlLists.json", "ip_access_control_lists"); len(all) != 3 {
		t.Errorf("%d lists", len(all))
	}

	var address string
	for _, ip := range []string{"192.0.2.1", "192.0.2.2", "192.0.2.3"} {
		made := c.send(http.MethodPost, list+"/IpAddresses.json", "FriendlyName", ip, "IpAddress", ip, "CidrPrefixLength", "32")
		address = list + "/IpAddresses/" + made["sid"].(string) + ".json"
	}
	c.send(http.MethodPost, address, "FriendlyName", "last")
	c.send(http.MethodGet, address)
	if all := c.all(api, sip+"/IpAccessControlLists/"+sids[0]+"/IpAddresses.json", "ip_addresses"); len(all) != 3 {
		t.Errorf("%d addresses", len(all))
	}
	c.send(http.MethodDelete, address)

	domain := c.send(http.MethodPost, api+sip+"/Domains.json", "DomainName", "example.sip.twilio.com")
	mappings := sip + "/Domains/" + domain["sid"].(string) + "/IpAccessControlListMappings"
	for _, sid := range sids {
		c.send(http.MethodPost, api+mappings+".json", "IpAccessControlListSid", sid)
	}
	if all := c.all(api, mappings+".json", "ip_access_control_list_mappings"); len(all) != 3 {
		t.Errorf("%d mappings", len(all))
	}

	credentials := c.send(http.MethodPost, api+sip+"/CredentialLists.json", "FriendlyName", "phones")["sid"].(string)
	c.send(http.MethodPost, api+sip+"/CredentialLists/"+credentials+"/Credentials.json", "Username", "phone", "Password", "Abcdefgh1234")

	var trunk string
	for _, name := range []string{"a", "b", "c"} {
		trunk = "/v1/Trunks/" + c.send(http.MethodPost, trunking+"/v1/Trunks", "FriendlyName", name)["sid"].(string)
	}
	if all := c.all(trunking, "/v1/Trunks", "trunks"); len(all) != 3 {
		t.Errorf("%d trunks", len(all))
	}
	for _, sid := range sids {
		made := c.send(http.MethodPost, trunking+trunk+"/IpAccessControlLists", "IpAccessControlListSid", sid)
		// The client can use the URL of an object.
		if read := c.send(http.MethodGet, made["url"].(string)); read["sid"] != sid {
			t.Errorf("%v has SID %v, not %s", made["url"], read["sid"], sid)
		}
	}
	if all := c.all(trunking, trunk+"/IpAccessControlLists", "ip_access_control_lists"); len(all) != 3 {
		t.Errorf("%d associations", len(all))
	}
	for _, sid := range sids {
		c.send(http.MethodDelete, trunking+trunk+"/IpAccessControlLists/"+sid)
		c.send(http.MethodDelete, api+mappings+"/"+sid+".json")
		c.send(http.MethodDelete, lists+"/"+sid+".json")
	}
	if requests := len(m.Requests()); requests < 40 {
		t.Errorf("the mock has seen %d requests", requests)
	}
}
