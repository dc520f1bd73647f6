// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio_test

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// someTime is when the tests create objects.
var someTime = time.Date(2015, time.July, 17, 21, 25, 15, 999, time.UTC)

const (
	rfcDate = "Fri, 17 Jul 2015 21:25:15 +0000"
	isoDate = "2015-07-17T21:25:15Z"
)

func start(t *testing.T, options mocktwilio.Options) *mocktwilio.Server {
	t.Helper()
	if options.Now == nil {
		options.Now = func() time.Time { return someTime }
	}
	s, err := mocktwilio.Start(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// client sends requests with the credentials of one account or key.
type client struct {
	t              *testing.T
	server         *mocktwilio.Server
	user, password string
	http           *http.Client
}

func newClient(t *testing.T, s *mocktwilio.Server) client {
	t.Helper()
	transport := &http.Transport{DisableKeepAlives: true} // otherwise, net/http repeats a GET without telling the test
	return client{t: t, server: s, user: s.AccountSID(), password: s.AuthToken(), http: &http.Client{Transport: transport}}
}

func (c client) as(user, password string) client {
	c.user, c.password = user, password
	return c
}

// sip returns a path below an account's /SIP/.
func sip(account, below string) string {
	return "/2010-04-01/Accounts/" + account + "/SIP/" + below
}

// response is a response that has been read completely.
type response struct {
	t      *testing.T
	status int
	header http.Header
	text   string
	body   map[string]any // nil if it is not a JSON object
}

// form returns the body of a POST from alternating names and values.
func form(pairs ...string) url.Values {
	values := make(url.Values)
	for i := 0; i < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	return values
}

func (c client) request(method, path, contentType, body string) *http.Request {
	c.t.Helper()
	r, err := http.NewRequestWithContext(c.t.Context(), method, c.server.URL()+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	if c.user != "" {
		r.SetBasicAuth(c.user, c.password)
	}
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	return r
}

// send sends a request. It returns an error if there is no complete response.
func (c client) send(r *http.Request) (response, error) {
	answer, err := c.http.Do(r)
	if err != nil {
		return response{t: c.t}, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	got := response{t: c.t, status: answer.StatusCode, header: answer.Header, text: string(body)}
	_ = json.Unmarshal(body, &got.body) // tests of other responses use the text
	return got, err
}

func (c client) do(r *http.Request) response {
	c.t.Helper()
	got, err := c.send(r)
	if err != nil {
		c.t.Fatalf("%s %s: %v", r.Method, r.URL.Path, err)
	}
	return got
}

const formType = "application/x-www-form-urlencoded"

func (c client) get(path string) response {
	c.t.Helper()
	return c.do(c.request(http.MethodGet, path, "", ""))
}

func (c client) post(path string, f url.Values) response {
	c.t.Helper()
	return c.do(c.request(http.MethodPost, path, formType, f.Encode()))
}

func (c client) delete(path string) response {
	c.t.Helper()
	return c.do(c.request(http.MethodDelete, path, "", ""))
}

// want checks the status and returns the body.
func (r response) want(status int) map[string]any {
	r.t.Helper()
	if r.status != status {
		r.t.Fatalf("status %d, want %d: %s", r.status, status, r.text)
	}
	if !strings.HasPrefix(r.header.Get("Twilio-Request-Id"), "RQ") || len(r.header.Get("Twilio-Request-Id")) != 34 {
		r.t.Errorf("Twilio-Request-Id: %q", r.header.Get("Twilio-Request-Id"))
	}
	if status == http.StatusNoContent {
		if r.text != "" {
			r.t.Errorf("204 with a body: %s", r.text)
		}
		return nil
	}
	if got := r.header.Get("Content-Type"); got != "application/json" {
		r.t.Errorf("Content-Type %q", got)
	}
	return r.body
}

// wantError checks the status and the four fields of an error.
func (r response) wantError(status, code int, message string) {
	r.t.Helper()
	body := r.want(status)
	wantKeys(r.t, body, "code", "message", "more_info", "status")
	if body["status"] != float64(status) || body["code"] != float64(code) {
		r.t.Errorf("want status %d and code %d in %s", status, code, r.text)
	}
	if got, _ := body["message"].(string); !strings.Contains(got, message) {
		r.t.Errorf("message %q, want %q", got, message)
	}
	number, _ := json.Marshal(code)
	if want := "https://www.twilio.com/docs/errors/" + string(number); body["more_info"] != want {
		r.t.Errorf("more_info %v, want %s", body["more_info"], want)
	}
}

func (r response) wantNotFound() {
	r.t.Helper()
	r.wantError(http.StatusNotFound, 20404, "The requested resource /")
}

func wantKeys(t *testing.T, object map[string]any, keys ...string) {
	t.Helper()
	slices.Sort(keys)
	if got := slices.Sorted(maps.Keys(object)); !slices.Equal(got, keys) {
		t.Errorf("fields %v, want %v", got, keys)
	}
}

// wantFields checks some fields of an object. nil stands for null.
func wantFields(t *testing.T, object, fields map[string]any) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		got, ok := object[name]
		if !ok {
			t.Errorf("no %s in %v", name, object)
		} else if got != fields[name] {
			t.Errorf("%s is %v, want %v", name, got, fields[name])
		}
	}
}

// sids returns the SIDs of the objects in a collection.
func sids(t *testing.T, body map[string]any, key string) []string {
	t.Helper()
	objects, ok := body[key].([]any)
	if !ok {
		t.Fatalf("no list %s in %v", key, body)
	}
	found := make([]string, 0, len(objects))
	for _, object := range objects {
		found = append(found, object.(map[string]any)["sid"].(string))
	}
	return found
}

func wantEqual[T comparable](t *testing.T, label string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %v, want %v", label, got, want)
	}
}

func wantSlice[T comparable](t *testing.T, label string, got, want []T) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %v, want %v", label, got, want)
	}
}
