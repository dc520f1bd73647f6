// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	api "github.com/twilio/twilio-go/rest/api/v2010"
)

const (
	testList   = "AL00000000000000000000000000000001"
	testDomain = "SD00000000000000000000000000000001"
	testTrunk  = "TK00000000000000000000000000000001"
	testKey    = "SK00000000000000000000000000000001"
)

// network answers requests from a table and records them.
type network struct {
	mu       sync.Mutex
	requests []*http.Request
	// answers has the responses by method and URL. The last one of several is repeated.
	answers map[string][]canned
}

type canned struct {
	status int
	body   any
}

func (n *network) RoundTrip(request *http.Request) (*http.Response, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.requests = append(n.requests, request)
	key := request.Method + " " + request.URL.String()
	queue := n.answers[key]
	reply := canned{http.StatusNotFound, map[string]any{"code": 20404, "message": "The requested resource was not found", "status": 404}}
	if len(queue) > 0 {
		reply = queue[0]
		if len(queue) > 1 {
			n.answers[key] = queue[1:]
		}
	}
	text := ""
	if reply.body != nil {
		encoded, err := json.Marshal(reply.body)
		if err != nil {
			return nil, err
		}
		text = string(encoded)
	}
	return &http.Response{
		StatusCode: reply.status, Header: http.Header{}, Request: request, ProtoMajor: 1, ProtoMinor: 1,
		Body: io.NopCloser(strings.NewReader(text)), ContentLength: int64(len(text)),
	}, nil
}

func (n *network) urls() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	var urls []string
	for _, request := range n.requests {
		urls = append(urls, request.Method+" "+request.URL.String())
	}
	return urls
}

func newTestClient(t *testing.T, config Config) *Client {
	t.Helper()
	config.AccountSID = testAccount
	if config.APIKey == "" {
		config.AuthToken = "token"
	}
	config.Version = "test"
	c, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestHosts sends one request per product for every way to configure where requests go.
func TestHosts(t *testing.T) {
	for name, test := range map[string]struct {
		config        Config
		api, trunking string
	}{
		"default":         {Config{}, "https://api.twilio.com", "https://trunking.twilio.com"},
		"default region":  {Config{Region: "us1"}, "https://api.us1.twilio.com", "https://trunking.us1.twilio.com"},
		"edge":            {Config{Edge: "dublin"}, "https://api.dublin.us1.twilio.com", "https://trunking.dublin.us1.twilio.com"},
		"region and edge": {Config{Region: "ie1", Edge: "dublin"}, "https://api.dublin.ie1.twilio.com", "https://trunking.dublin.ie1.twilio.com"},
		"base URL":        {Config{BaseURL: "https://proxy.example.com:8443"}, "https://proxy.example.com:8443", "https://proxy.example.com:8443"},
		"base URL before region": {
			Config{BaseURL: "http://127.0.0.1:1234/", Region: "ie1", Edge: "dublin"}, "http://127.0.0.1:1234", "http://127.0.0.1:1234",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("TWILIO_REGION", "au1")
			t.Setenv("TWILIO_EDGE", "sydney")
			n := &network{}
			test.config.Transport = n
			c := newTestClient(t, test.config)
			if _, err := c.IPAccessControlList(t.Context(), "", testList); !IsNotFound(err) {
				t.Error(err)
			}
			if _, err := c.Trunk(t.Context(), testTrunk); !IsNotFound(err) {
				t.Error(err)
			}
			want := []string{
				"GET " + test.api + "/2010-04-01/Accounts/" + testAccount + "/SIP/IpAccessControlLists/" + testList + ".json",
				"GET " + test.trunking + "/v1/Trunks/" + testTrunk,
			}
			if got := n.urls(); !slices.Equal(got, want) {
				t.Errorf("went to %q, want %q", got, want)
			}
			for _, request := range n.requests {
				if user, password, ok := request.BasicAuth(); !ok || user != testAccount || password != "token" {
					t.Errorf("authenticated as %q, %t", user, ok)
				}
				if agent := request.Header.Get("User-Agent"); !strings.HasSuffix(agent, " terraform-provider-twilio/test") {
					t.Errorf("user agent %q", agent)
				}
			}
		})
	}
}

func TestAPIKeyAuthenticates(t *testing.T) {
	n := &network{}
	c := newTestClient(t, Config{APIKey: testKey, APISecret: "secret", Transport: n})
	if _, err := c.Trunk(t.Context(), testTrunk); !IsNotFound(err) {
		t.Error(err)
	}
	if user, password, _ := n.requests[0].BasicAuth(); user != testKey || password != "secret" {
		t.Errorf("authenticated as %q", user)
	}
	if c.Credentials() != "API key "+testKey {
		t.Errorf("credentials are called %q", c.Credentials())
	}
}

func TestNewRefusesMalformedConfig(t *testing.T) {
	good := Config{AccountSID: testAccount, AuthToken: "token"}
	for name, spoil := range map[string]func(*Config){
		"no account":                func(c *Config) { c.AccountSID = "" },
		"account of another kind":   func(c *Config) { c.AccountSID = testList },
		"no credentials":            func(c *Config) { c.AuthToken = "" },
		"key without secret":        func(c *Config) { c.APIKey = testKey },
		"secret without key":        func(c *Config) { c.APISecret = "secret" },
		"malformed key":             func(c *Config) { c.APIKey, c.APISecret = "SK1", "secret" },
		"plain http over a network": func(c *Config) { c.BaseURL = "http://192.0.2.1" },
		"negative number in flight": func(c *Config) { c.MaxConcurrentRequests = -1 },
	} {
		config := good
		spoil(&config)
		if _, err := New(config); err == nil || strings.Contains(err.Error(), "secret\"") || strings.Contains(err.Error(), "token\"") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, inFlight := range []int{0, 1} {
		good.MaxConcurrentRequests = inFlight
		if _, err := New(good); err != nil {
			t.Error(err)
		}
	}
}

const testLists = "https://api.twilio.com/2010-04-01/Accounts/" + testAccount + "/SIP/IpAccessControlLists.json"

func listsPage(next any, sids ...string) map[string]any {
	lists := []map[string]any{}
	for _, sid := range sids {
		lists = append(lists, map[string]any{"sid": sid, "account_sid": testAccount, "friendly_name": "name"})
	}
	return map[string]any{"ip_access_control_lists": lists, "next_page_uri": next}
}

func TestPagesFollowTheAddressGiven(t *testing.T) {
	second := "/2010-04-01/Accounts/" + testAccount + "/SIP/IpAccessControlLists.json?PageSize=1000&Page=1&PageToken=PAAL1.5"
	n := &network{answers: map[string][]canned{
		"GET " + testLists + "?PageSize=1000": {{200, listsPage(second, "AL00000000000000000000000000000001", "AL00000000000000000000000000000002")}},
		// AL2 again, because pages shift when a list is added in the meantime.
		"GET https://api.twilio.com" + second: {{200, listsPage(nil, "AL00000000000000000000000000000002", "AL00000000000000000000000000000003")}},
	}}
	c := newTestClient(t, Config{Transport: n})
	lists, err := c.AllIPAccessControlLists(t.Context(), "")
	if err != nil || len(lists) != 3 || lists[2].SID != "AL00000000000000000000000000000003" {
		t.Errorf("got %v, %v", lists, err)
	}

	n.requests = nil
	for list, err := range c.IPAccessControlLists(t.Context(), "") {
		if err != nil || list.SID != "AL00000000000000000000000000000001" {
			t.Errorf("got %v, %v", list, err)
		}
		break
	}
	if len(n.requests) != 1 {
		t.Errorf("%d requests for what the first page holds", len(n.requests))
	}
}

func TestPagesEndInAnErrorRatherThanShort(t *testing.T) {
	for name, answers := range map[string]map[string][]canned{
		"no collection": {"GET " + testLists + "?PageSize=1000": {{200, map[string]any{}}}},
		"circle":        {"GET " + testLists + "?PageSize=1000": {{200, listsPage("/2010-04-01/Accounts/"+testAccount+"/SIP/IpAccessControlLists.json?PageSize=1000", "AL1")}}},
		"gone":          {"GET " + testLists + "?PageSize=1000": {{200, listsPage("/elsewhere", "AL1")}}},
		"foreign host":  {"GET " + testLists + "?PageSize=1000": {{200, listsPage("https://example.com/", "AL1")}}},
	} {
		n := &network{answers: answers}
		lists, err := newTestClient(t, Config{Transport: n}).AllIPAccessControlLists(t.Context(), "")
		if err == nil || lists != nil {
			t.Errorf("%s: got %v, %v", name, lists, err)
		}
		for _, request := range n.requests {
			if request.URL.Host != "api.twilio.com" {
				t.Errorf("%s: credentials went to %s", name, request.URL.Host)
			}
		}
	}
}

func TestAnswerAboutAnotherObjectIsAnError(t *testing.T) {
	n := &network{answers: map[string][]canned{
		"GET https://api.twilio.com/2010-04-01/Accounts/" + testAccount + "/SIP/IpAccessControlLists/" + testList + ".json": {{200, map[string]any{}}},
	}}
	_, err := newTestClient(t, Config{Transport: n}).IPAccessControlList(t.Context(), "", testList)
	if e, ok := errors.AsType[*Error](err); !ok || e.Reason != NotJSON {
		t.Errorf("got %v", err)
	}
}

func TestDeleteOfWhatIsGoneSucceeds(t *testing.T) {
	n := &network{answers: map[string][]canned{"GET " + testLists + "?PageSize=1000": {{200, listsPage(nil)}}}}
	c := newTestClient(t, Config{Transport: n})
	for name, err := range map[string]error{
		"list":        c.DeleteIPAccessControlList(t.Context(), "", testList),
		"address":     c.DeleteIPAddress(t.Context(), "", testList, "IP00000000000000000000000000000001"),
		"mapping":     c.DomainAttachments("", testDomain).Delete(t.Context(), testList),
		"association": c.TrunkAttachments(testTrunk).Delete(t.Context(), testList),
	} {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A "not found" from an account that the credentials cannot see does not mean that the object was deleted.
func TestDeleteInAnAccountThatIsNotVisible(t *testing.T) {
	n := &network{}
	c := newTestClient(t, Config{Transport: n})
	for range 2 {
		err := c.DeleteIPAddress(t.Context(), "", testList, "IP00000000000000000000000000000001")
		if e, ok := errors.AsType[*AccountNotVisibleError](err); !ok || e.AccountSID != testAccount || IsNotFound(err) {
			t.Errorf("got %v", err)
		}
	}
}

// Lists of another account do not confirm the account.
func TestListsOfAnotherAccount(t *testing.T) {
	page := listsPage(nil, testList)
	page["ip_access_control_lists"].([]map[string]any)[0]["account_sid"] = "AC000000000000000000000000000000ff"
	n := &network{answers: map[string][]canned{"GET " + testLists + "?PageSize=1000": {{200, page}}}}
	err := newTestClient(t, Config{Transport: n}).ConfirmAccount(t.Context(), "")
	if e, ok := errors.AsType[*AccountNotVisibleError](err); !ok || e.Err != nil {
		t.Errorf("got %v", err)
	}
}

// A key that may create lists but not read them can create one.
func TestCreateWithoutPermissionToRead(t *testing.T) {
	n := &network{answers: map[string][]canned{
		"GET " + testLists + "?PageSize=1000": {{403, map[string]any{"code": 20403, "message": "Forbidden", "status": 403}}},
		"POST " + testLists:                   {{201, map[string]any{"sid": testList, "account_sid": testAccount, "friendly_name": "name"}}},
	}}
	if list, err := newTestClient(t, Config{Transport: n}).CreateIPAccessControlList(t.Context(), "", "name"); err != nil || list.SID != testList {
		t.Errorf("got %v, %v", list, err)
	}
}

// The check of an account costs one request, regardless of what is not found in it.
func TestAccountIsConfirmedOnce(t *testing.T) {
	n := &network{answers: map[string][]canned{"GET " + testLists + "?PageSize=1000": {{200, listsPage(nil)}}}}
	c := newTestClient(t, Config{Transport: n, DisableReadCache: true})
	for range 3 {
		if err := c.ConfirmAccount(t.Context(), ""); err != nil {
			t.Error(err)
		}
	}
	if got := n.urls(); len(got) != 1 {
		t.Errorf("requests: %q", got)
	}
}

// A malformed SID must not become part of a URL.
func TestInvalidSIDs(t *testing.T) {
	const path = "../../../Calls"
	n := &network{}
	c := newTestClient(t, Config{Transport: n})
	one := func(_ any, err error) error { return err }
	for name, err := range map[string]error{
		"account":               one(c.AllIPAccessControlLists(t.Context(), path)),
		"list":                  one(c.IPAccessControlList(t.Context(), "", path)),
		"update of a list":      one(c.UpdateIPAccessControlList(t.Context(), "", path, "name")),
		"delete of a list":      c.DeleteIPAccessControlList(t.Context(), "", path),
		"SID of another kind":   c.DeleteIPAccessControlList(t.Context(), "", "IP00000000000000000000000000000001"),
		"list of an address":    one(c.IPAddress(t.Context(), "", path, "IP00000000000000000000000000000001")),
		"create in a list":      one(c.CreateIPAddress(t.Context(), "", path, IPAddressFields{})),
		"address":               c.DeleteIPAddress(t.Context(), "", testList, path),
		"domain":                one(c.Domain(t.Context(), "", path)),
		"domain of mappings":    one(c.DomainAttachments("", path).All(t.Context())),
		"mapping":               c.DomainAttachments("", testDomain).Delete(t.Context(), path),
		"create of a mapping":   one(c.DomainAttachments("", testDomain).Create(t.Context(), path)),
		"trunk":                 one(c.Trunk(t.Context(), path)),
		"trunk of associations": one(c.TrunkAttachments(path).Create(t.Context(), testList)),
		"association":           one(c.TrunkAttachments(testTrunk).Get(t.Context(), path)),
	} {
		if e, ok := errors.AsType[*InvalidSIDError](err); !ok || e.Value != path && name != "SID of another kind" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(n.requests) > 0 {
		t.Errorf("sent %q", n.urls())
	}
}

const (
	testMappings = "https://api.twilio.com/2010-04-01/Accounts/" + testAccount + "/SIP/Domains/" + testDomain + "/Auth/Calls/IpAccessControlListMappings"
	postMapping  = "POST " + testMappings + ".json"
	getMapping   = "GET " + testMappings + "/" + testList + ".json"
)

func TestCreateOfAMapping(t *testing.T) {
	mapping := canned{201, map[string]any{"sid": testList}}
	lost := canned{502, map[string]any{"code": 20502, "message": "Bad Gateway", "status": 502}}
	refused := canned{400, map[string]any{"code": 21231, "message": "IpAccessControlList already associated with this domain", "status": 400}}
	gone := canned{404, map[string]any{"code": 20404, "message": "The requested resource was not found", "status": 404}}
	for name, test := range map[string]struct {
		post, get []canned
		exists    bool
	}{
		"answered":                         {post: []canned{mapping}},
		"there before":                     {post: []canned{refused}, get: []canned{mapping}, exists: true},
		"lost after the work":              {post: []canned{lost}, get: []canned{mapping}},
		"lost before the work":             {post: []canned{lost, mapping}, get: []canned{gone}},
		"lost, carried out after the look": {post: []canned{lost, refused}, get: []canned{gone, mapping}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				n := &network{answers: map[string][]canned{postMapping: test.post, getMapping: test.get}}
				got, err := newTestClient(t, Config{Transport: n}).DomainAttachments("", testDomain).Create(t.Context(), testList)
				if _, exists := errors.AsType[*AlreadyExistsError](err); exists != test.exists {
					t.Fatalf("got %v", err)
				}
				if !test.exists && (err != nil || got.ListSID != testList) {
					t.Errorf("got %+v, %v", got, err)
				}
			})
		})
	}
}

// Only refusals that may mean "already attached" are worth a lookup.
func TestMayBeAttached(t *testing.T) {
	for want, errs := range map[bool][]*Error{
		true:  {{Reason: Rejected}, {Reason: Forbidden, Code: 21231}},
		false: {{Reason: Forbidden}, {Reason: NotFound, Code: 20404}, {Reason: ServerError}},
	} {
		for _, err := range errs {
			if mayBeAttached(err) != want {
				t.Errorf("%v: %t", err, !want)
			}
		}
	}
	if mayBeAttached(errors.New("rejected")) {
		t.Error("another error counts")
	}
}

// An absent prefix length means a single address.
func TestLengthOfAnAddress(t *testing.T) {
	for length, want := range map[int]int{0: 32, 1: 1, 32: 32} {
		if got := newIPAddress(&api.ApiV2010SipIpAddress{CidrPrefixLength: length}).CIDRPrefixLength; got != want {
			t.Errorf("%d became %d", length, got)
		}
	}
}

// Auth types exclude something only if the API shows any.
func TestWithIPAccessControl(t *testing.T) {
	same := func(s string) string { return s }
	for _, test := range []struct{ all, want []string }{
		{[]string{"", ""}, []string{"", ""}},
		{[]string{"", "IP_ACL", "CREDENTIAL_LIST", "CREDENTIAL_LIST,IP_ACL"}, []string{"IP_ACL", "CREDENTIAL_LIST,IP_ACL"}},
		{[]string{"CREDENTIAL_LIST"}, nil},
	} {
		if got := withIPAccessControl(test.all, same); !slices.Equal(got, test.want) {
			t.Errorf("%q: %q", test.all, got)
		}
	}
}
