// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio_test

import (
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

func TestStart(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		options mocktwilio.Options
		problem string // "" if there is none
	}{
		{"defaults", mocktwilio.Options{}, ""},
		{"localhost", mocktwilio.Options{Listen: "localhost:0"}, ""},
		{"another loopback address", mocktwilio.Options{Listen: "127.9.9.9:0"}, ""},
		{"any address", mocktwilio.Options{Listen: ":0"}, "loopback"},
		{"any IPv4 address", mocktwilio.Options{Listen: "0.0.0.0:0"}, "loopback"},
		{"a name", mocktwilio.Options{Listen: "example.com:0"}, "loopback"},
		{"no port", mocktwilio.Options{Listen: "127.0.0.1"}, `must be HOST:PORT, such as 127.0.0.1:4041 or [::1]:4041; got "127.0.0.1"`},
		{"no host", mocktwilio.Options{Listen: "4041"}, `must be HOST:PORT, such as 127.0.0.1:4041 or [::1]:4041; got "4041"`},
		{"IPv6 without brackets", mocktwilio.Options{Listen: "::1:0"}, "[::1]:4041"},
		{"a port that does not exist", mocktwilio.Options{Listen: "127.0.0.1:99999"}, "99999"},
		{"an account's SID", mocktwilio.Options{AccountSID: "AC12"}, `"AC12"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s, err := mocktwilio.Start(test.options)
			switch {
			case test.problem == "" && err != nil:
				t.Fatal(err)
			case test.problem != "" && err == nil:
				s.Close()
				t.Fatal("no error")
			case test.problem != "":
				if !strings.Contains(err.Error(), test.problem) {
					t.Errorf("%v, want %s in it", err, test.problem)
				}
				return
			}
			defer s.Close()
			wantEqual(t, "account", s.AccountSID(), mocktwilio.DefaultAccountSID)
			wantEqual(t, "token", s.AuthToken(), mocktwilio.DefaultAuthToken)
			newClient(t, s).get(sip(s.AccountSID(), "Domains.json")).want(http.StatusOK)
		})
	}
}

func TestAddressInUse(t *testing.T) {
	t.Parallel()
	s := start(t, mocktwilio.Options{})
	if _, err := mocktwilio.Start(mocktwilio.Options{Listen: strings.TrimPrefix(s.URL(), "http://")}); err == nil {
		t.Error("two servers on one address")
	}
}

// TestClose closes the server during requests in every state that could delay it.
func TestClose(t *testing.T) {
	t.Parallel()
	s := start(t, mocktwilio.Options{})
	c := newClient(t, s)
	c.http = &http.Client{Transport: &http.Transport{}} // keeps its connections open
	root := sip(s.AccountSID(), "")
	c.get(root + "IpAccessControlLists.json").want(http.StatusOK)
	half, err := net.Dial("tcp", strings.TrimPrefix(s.URL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer half.Close()
	if _, err := half.Write([]byte("POST " + root + "Domains.json HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf")); err != nil {
		t.Fatal(err)
	}
	s.AddFault(mocktwilio.Fault{Path: "IpAccessControlLists", Kind: mocktwilio.FaultHang})
	s.AddFault(mocktwilio.Fault{Path: "Domains", Kind: mocktwilio.FaultDelay, Delay: time.Hour})
	s.AddFault(mocktwilio.Fault{Path: "Trunks$", Kind: mocktwilio.FaultHang, AfterWork: true})
	s.SetFaultFunc(func(*http.Request) *mocktwilio.Fault { // called before the request waits
		s.SetLatency(time.Hour)
		return nil
	})
	results := make(chan error)
	for _, path := range []string{root + "IpAccessControlLists.json", root + "Domains.json", "/v1/Trunks", "/v1/Trunks/TK00000000000000000000000000000000"} {
		r := c.request(http.MethodGet, path, "", "")
		go func() {
			_, err := c.send(r)
			results <- err
		}()
	}
	eventually(t, func() bool { return len(s.Requests()) == 5 }) // including the one above
	s.Close()
	s.Close()
	for range 4 {
		if err := <-results; err == nil {
			t.Error("a request that waited was answered")
		}
	}
	for _, r := range s.Requests() {
		if !r.Finished {
			t.Errorf("%s %s is not finished", r.Method, r.Path)
		}
	}
	if _, err := c.send(c.request(http.MethodGet, "/v1/Trunks", "", "")); err == nil {
		t.Error("an answer from a closed server")
	}
}

// eventually waits until a condition is true.
func eventually(t *testing.T, done func() bool) {
	t.Helper()
	for range 2000 {
		if done() {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatal("it did not happen")
}

func TestWrap(t *testing.T) {
	t.Parallel()
	s := start(t, mocktwilio.Options{})
	c := newClient(t, s)
	steps := make(chan string, 8) // the last ones come after the response
	middleware := func(name string) func(http.Handler) http.Handler {
		return func(inner http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				steps <- name
				defer func() {
					request, _ := s.RequestByID(w.Header().Get("Twilio-Request-Id"))
					steps <- name + " " + http.StatusText(request.Status)
				}()
				inner.ServeHTTP(w, r)
			})
		}
	}
	s.Wrap(middleware("inner"))
	s.Wrap(middleware("outer"))
	expect := func(want ...string) {
		t.Helper()
		for _, step := range want {
			wantEqual(t, "step", <-steps, step)
		}
	}
	c.as("", "").get("/v1/Trunks").want(http.StatusUnauthorized)
	expect("outer", "inner", "inner Unauthorized", "outer Unauthorized")
	s.AddFault(mocktwilio.Fault{Kind: mocktwilio.FaultCloseBefore})
	if _, err := c.send(c.request(http.MethodGet, "/v1/Trunks", "", "")); err == nil {
		t.Error("no error")
	}
	expect("outer", "inner", "inner ", "outer ")
}

func TestSeed(t *testing.T) {
	t.Parallel()
	objects := func(seed uint64) string {
		s := start(t, mocktwilio.Options{Seed: seed})
		newClient(t, s).get("/v1/Trunks").want(http.StatusOK)
		sub, token := s.AddSubaccount()
		key, secret := s.AddAPIKey("")
		return strings.Join([]string{s.CreateList("", "a").SID, s.CreateTrunk("", "a", "").SID, sub, token, key, secret}, " ")
	}
	wantEqual(t, "the same seed", objects(7), objects(7))
	if objects(7) == objects(8) {
		t.Error("other seeds made the same")
	}
	if first, second := objects(0), objects(0); first == second {
		t.Error("what should be random is the same")
	}
}

// TestControlsPanic checks that a control panics if an object does not exist.
func TestControlsPanic(t *testing.T) {
	t.Parallel()
	s := start(t, mocktwilio.Options{})
	l := s.CreateList("", "a")
	for name, control := range map[string]func(){
		"account":  func() { s.Lists("AC1") },
		"list":     func() { s.DeleteList("", "AL1") },
		"address":  func() { s.CreateAddress("", l.SID, "1.2.3", 32, "a") },
		"prefix":   func() { s.CreateAddress("", l.SID, "1.2.3.4", 33, "a") },
		"mapping":  func() { s.MapList("", "SD1", l.SID) },
		"trunk":    func() { s.AssociateList("", "TK1", l.SID) },
		"fault":    func() { s.AddFault(mocktwilio.Fault{Kind: "flood"}) },
		"fault RE": func() { s.AddFault(mocktwilio.Fault{Kind: mocktwilio.FaultHang, Path: "("}) },
	} {
		if panicOf(control) == nil {
			t.Errorf("%s: no panic", name)
		}
	}
	s.CreateList("", "b") // the lock was released
}

func panicOf(f func()) (err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("panic")
		}
	}()
	f()
	return nil
}
