// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package control_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/control"
)

const lists = "/2010-04-01/Accounts/" + mocktwilio.DefaultAccountSID + "/SIP/IpAccessControlLists.json"

// fixture is a mock with controls.
type fixture struct {
	*mocktwilio.Server
	t *testing.T
}

// start starts a mock with the Reset and Save of options.
func start(t *testing.T, options control.Options) fixture {
	t.Helper()
	options.Log = new(control.Log)
	server, err := mocktwilio.Start(mocktwilio.Options{DiscardRequests: true, OnRequest: options.Log.Add})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	server.Wrap(control.Middleware(server, options))
	return fixture{server, t}
}

// send sends a request and returns the status, the headers, and the body.
func (f fixture) send(method, path, body string, change ...func(*http.Request)) (int, http.Header, string) {
	f.t.Helper()
	r, err := http.NewRequestWithContext(f.t.Context(), method, f.URL()+path, strings.NewReader(body))
	if err != nil {
		f.t.Fatal(err)
	}
	for _, change := range change {
		change(r)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		f.t.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		f.t.Fatal(err)
	}
	return answer.StatusCode, answer.Header, string(content)
}

// want sends a request to a control, and checks the status and a part of the response.
func (f fixture) want(method, path, body string, status int, part string) {
	f.t.Helper()
	got, _, answer := f.send(method, path, body)
	if got != status || !strings.Contains(answer, part) {
		f.t.Errorf("%s %s %s: %d %s; want %d %s", method, path, body, got, answer, status, part)
	}
}

// api sends a request to the API and returns the status.
func (f fixture) api(method, path string, form url.Values) int {
	f.t.Helper()
	status, _, _ := f.send(method, path, form.Encode(), func(r *http.Request) {
		r.SetBasicAuth(f.AccountSID(), f.AuthToken())
		if form != nil {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
	})
	return status
}

// logged returns the response of /_mock/requests.
func (f fixture) logged() []map[string]any {
	f.t.Helper()
	status, _, body := f.send(http.MethodGet, "/_mock/requests", "")
	var answer struct {
		Requests []map[string]any `json:"requests"`
	}
	if err := json.Unmarshal([]byte(body), &answer); err != nil || status != http.StatusOK || answer.Requests == nil {
		f.t.Fatalf("%d %s: %v", status, body, err)
	}
	return answer.Requests
}

func TestHealth(t *testing.T) {
	t.Parallel()
	f := start(t, control.Options{Version: "1.2.3"})
	f.want("GET", "/_mock/health", "", 200, `{"account_sid":"`+mocktwilio.DefaultAccountSID+`","status":"ok","version":"1.2.3"}`)
	f.want("HEAD", "/_mock/health", "", 200, "")
}

func TestUnknownControls(t *testing.T) {
	t.Parallel()
	f := start(t, control.Options{})
	const all = "POST /_mock/faults, GET /_mock/health, GET /_mock/requests, POST /_mock/reset, POST /_mock/save"
	for _, path := range []string{"/_mock/", "/_mock/Health", "/_mock/health/", "/_mock/clear"} {
		f.want("GET", path, "", 404, all)
	}
	for path, allow := range map[string]string{
		"/_mock/health": "GET, HEAD", "/_mock/requests": "GET, HEAD", "/_mock/reset": "POST", "/_mock/faults": "POST", "/_mock/save": "POST",
	} {
		status, header, body := f.send("DELETE", path, "")
		if status != 405 || header.Get("Allow") != allow || !strings.Contains(body, allow) {
			t.Errorf("%s: %d %v %s", path, status, header, body)
		}
	}
	if status := f.api("GET", lists, nil); status != 200 {
		t.Errorf("the API answers %d", status)
	}
}

func TestRequests(t *testing.T) {
	t.Parallel()
	f := start(t, control.Options{})
	if got := f.logged(); len(got) != 0 {
		t.Errorf("at first: %v", got)
	}
	f.AddFault(mocktwilio.Fault{Method: "GET", Kind: mocktwilio.FaultStatus, Status: 500, Code: 123})
	f.api("POST", lists, url.Values{"FriendlyName": {"office"}})
	f.api("GET", lists+"?PageSize=7", nil)
	f.send("GET", "/nothing", "")
	got := f.logged()
	if len(got) != 3 {
		t.Fatalf("%v", got)
	}
	ids := map[any]bool{}
	for _, r := range got {
		if len(r) != 15 {
			t.Errorf("%d fields: %v", len(r), r)
		}
		if _, ok := r["duration_ms"].(float64); !ok {
			t.Errorf("duration: %v", r)
		}
		ids[r["request_id"]] = true
		for _, varying := range []string{"duration_ms", "request_id", "time"} {
			if r[varying] == "" {
				t.Errorf("no %s: %v", varying, r)
			}
			delete(r, varying)
		}
	}
	if len(ids) != 3 {
		t.Errorf("the request ids are %v", ids)
	}
	const endpoint = "/2010-04-01/Accounts/{AccountSid}/SIP/IpAccessControlLists.json"
	empty := map[string]any{}
	want := []map[string]any{
		{
			"seq": 1.0, "method": "POST", "path": lists, "query": empty, "form": map[string]any{"FriendlyName": []any{"office"}}, "account_sid": f.AccountSID(),
			"endpoint": endpoint, "status": 201.0, "code": 0.0, "done": true, "fault": "", "in_flight": 1.0,
		},
		{
			"seq": 2.0, "method": "GET", "path": lists, "query": map[string]any{"PageSize": []any{"7"}}, "form": empty, "account_sid": f.AccountSID(),
			"endpoint": endpoint, "status": 500.0, "code": 123.0, "done": false, "fault": "status", "in_flight": 1.0,
		},
		{
			"seq": 3.0, "method": "GET", "path": "/nothing", "query": empty, "form": empty, "account_sid": "",
			"endpoint": "", "status": 401.0, "code": 20003.0, "done": false, "fault": "", "in_flight": 0.0,
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v\nwant %v", got, want)
	}
}

func TestPasswordsAreRedacted(t *testing.T) {
	t.Parallel()
	f := start(t, control.Options{})
	list := f.CreateCredentialList("", "phones")
	path := "/2010-04-01/Accounts/" + f.AccountSID() + "/SIP/CredentialLists/" + list.SID + "/Credentials.json"
	if status := f.api("POST", path, url.Values{"Username": {"anna"}, "Password": {"Secret-Password-1"}}); status != 201 {
		t.Fatalf("status %d", status)
	}
	want := map[string]any{"Username": []any{"anna"}, "Password": []any{"REDACTED"}}
	if got := f.logged()[0]["form"]; !reflect.DeepEqual(got, want) {
		t.Errorf("%v", got)
	}
	f.api("POST", path, url.Values{"Username": {"bert"}, "password": {"Secret-Password-2"}})
	f.api("POST", path, url.Values{"Username": {"bert"}, "Password ": {"Secret-Password-3"}})
	f.api("POST", path+"?Password=Secret-Password-4", url.Values{"Username": {"bert"}})
	if _, _, log := f.send("GET", "/_mock/requests", ""); strings.Contains(log, "Secret") || strings.Count(log, "REDACTED") != 4 {
		t.Errorf("%s", log)
	}
}

func TestLogKeepsTheLastRequests(t *testing.T) {
	t.Parallel()
	var log control.Log
	const more = 3
	for i := range control.LogSize + more {
		log.Add(mocktwilio.Request{Seq: i + 1})
	}
	log.Add(mocktwilio.Request{Seq: 1}) // a request that took a long time
	got := log.Requests()
	if len(got) != control.LogSize || got[0].Seq != 1 || got[1].Seq != more+2 || got[len(got)-1].Seq != control.LogSize+more {
		t.Errorf("%d requests: %d, %d … %d", len(got), got[0].Seq, got[1].Seq, got[len(got)-1].Seq)
	}
	log.Clear()
	log.Add(mocktwilio.Request{Seq: 9})
	if got := log.Requests(); len(got) != 1 || got[0].Seq != 9 {
		t.Errorf("after Clear: %v", got)
	}
}

func TestReset(t *testing.T) {
	t.Parallel()
	resets, problem := 0, error(nil)
	f := start(t, control.Options{Reset: func() error { resets++; return problem }})
	f.AddFault(mocktwilio.Fault{Kind: mocktwilio.FaultStatus, Count: -1})
	f.api("GET", lists, nil)
	f.want("POST", "/_mock/reset", "", 204, "")
	if got := f.logged(); resets != 1 || len(got) != 0 {
		t.Errorf("%d resets, the log is %v", resets, got)
	}
	if status := f.api("GET", lists, nil); status != 200 {
		t.Errorf("the fault is still there: %d", status)
	}
	if seq := f.logged()[0]["seq"]; seq != 2.0 {
		t.Errorf("the next request has the number %v", seq)
	}
	problem = errors.New("the office burns")
	f.want("POST", "/_mock/reset", "", 500, "the office burns")
}

func TestSave(t *testing.T) {
	t.Parallel()
	start(t, control.Options{}).want("POST", "/_mock/save", "", 409, "-save FILE")
	saves, problem := 0, error(nil)
	f := start(t, control.Options{Save: func() error { saves++; return problem }})
	f.want("POST", "/_mock/save", "", 204, "")
	problem = errors.New("the disk is full")
	f.want("POST", "/_mock/save", "", 500, "the disk is full")
	if saves != 2 {
		t.Errorf("%d saves", saves)
	}
}

// TestBrowsersAreRefused sends requests that a web page can make a browser send.
func TestBrowsersAreRefused(t *testing.T) {
	t.Parallel()
	resets := 0
	f := start(t, control.Options{Reset: func() error { resets++; return nil }})
	for _, host := range []string{"evil.example.com", "evil.example.com:4010", "127.0.0.1.example.com", "192.0.2.1", "[2001:db8::1]:80", ""} {
		status, _, body := f.send("POST", "/_mock/reset", "", func(r *http.Request) { r.Host = host })
		if host != "" && (status != 403 || !strings.Contains(body, host)) {
			t.Errorf("host %s: %d %s", host, status, body)
		}
	}
	for _, origin := range []string{"https://evil.example.com", "null", f.URL()} {
		status, _, body := f.send("POST", "/_mock/reset", "", func(r *http.Request) { r.Header.Set("Origin", origin) })
		if status != 403 || !strings.Contains(body, "Origin") {
			t.Errorf("origin %s: %d %s", origin, status, body)
		}
	}
	resets = 0
	for _, host := range []string{"127.0.0.1", "127.0.0.1:4010", "127.8.8.8", "localhost", "localhost:80", "[::1]", "[::1]:80"} {
		if status, _, body := f.send("POST", "/_mock/reset", "", func(r *http.Request) { r.Host = host }); status != 204 {
			t.Errorf("host %s: %d %s", host, status, body)
		}
	}
	if resets != 7 {
		t.Errorf("%d resets", resets)
	}
}
