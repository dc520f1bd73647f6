// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"errors"
	"net/http"
	"strings"
	"testing"
)

// Credentials are sent only to Twilio or to the base URL.
func TestCredentialsStayAtTwilio(t *testing.T) {
	var visited []string
	network := roundTripper(func(req *http.Request) (*http.Response, error) {
		visited = append(visited, req.URL.String())
		return answered(200, good), nil
	})
	for _, test := range []struct{ base, url, want string }{
		{"", "https://api.twilio.com/x.json", "https://api.twilio.com/x.json"},
		{"", "https://trunking.dublin.ie1.twilio.com/v1/Trunks?Page=1", "https://trunking.dublin.ie1.twilio.com/v1/Trunks?Page=1"},
		{"", "http://api.twilio.com/x.json", ""},
		{"", "https://api.twilio.com.example.com/x.json", ""},
		{"", "https://eviltwilio.com/x.json", ""},
		{"", "https://twilio.example.com/x.json", ""},
		{"http://127.0.0.1:1", "https://api.twilio.com/x.json?a=b", "http://127.0.0.1:1/x.json?a=b"},
		{"https://proxy.example.com/", "https://evil.example.com/x.json", "https://proxy.example.com/x.json"},
	} {
		visited = nil
		c := newTestClient(t, Config{BaseURL: test.base, Transport: network})
		_, err := c.Get(t.Context(), test.url)
		switch {
		case test.want == "":
			e, ok := errors.AsType[*Error](err)
			if len(visited) != 0 || !ok || e.Attempts != 0 || e.Host != "" || !strings.Contains(e.Error(), "which is not a Twilio host") {
				t.Errorf("%s: went to %v, got %v", test.url, visited, err)
			}
		case err != nil:
			t.Error(err)
		case len(visited) != 1 || visited[0] != test.want:
			t.Errorf("%s: went to %v", test.url, visited)
		}
	}
}

// Errors name the host after region, edge and base URL.
func TestErrorsNameTheHost(t *testing.T) {
	network, _ := script(answering(401, `{"code": 20003, "message": "Authenticate", "status": 401}`))
	for host, config := range map[string]Config{
		"api.twilio.com":            {},
		"api.dublin.ie1.twilio.com": {Region: "ie1", Edge: "dublin"},
		"127.0.0.1:8080":            {Region: "ie1", Edge: "dublin", BaseURL: "http://127.0.0.1:8080"},
	} {
		config.Transport = network
		if _, e := send(t.Context(), t, newTestClient(t, config), "GET", true); e == nil || e.Host != host {
			t.Errorf("%s: got %+v", host, e)
		}
	}
}

// No configuration and no response leads to a host of the form that Twilio retired.
func TestHostsWithRegionNeedAnEdge(t *testing.T) {
	var visited []string
	network := roundTripper(func(req *http.Request) (*http.Response, error) {
		visited = append(visited, req.URL.Host)
		return answered(200, good), nil
	})
	const api, trunking = "https://api.twilio.com/x.json", "https://trunking.twilio.com/x"
	for _, test := range []struct {
		config Config
		url    string
		// want is the host that the request is sent to, or that the error names.
		want    string
		refused bool
	}{
		{config: Config{Region: "ie1"}, url: api, want: "api.ie1.twilio.com", refused: true},
		{config: Config{Region: "us2"}, url: api, want: "api.us2.twilio.com", refused: true},
		{config: Config{Region: "ie1"}, url: trunking, want: "trunking.ie1.twilio.com", refused: true},
		{url: "https://trunking.IE1.twilio.com/x?Page=1", want: "trunking.IE1.twilio.com", refused: true},
		{url: "https://trunking.dublin.twilio.com/x?Page=1", want: "trunking.dublin.twilio.com", refused: true},
		{config: Config{Region: "ie1", Edge: "dublin"}, url: "https://trunking.ie1.twilio.com/x?Page=1", want: "trunking.dublin.ie1.twilio.com"},
		{config: Config{Region: "us1"}, url: api, want: "api.us1.twilio.com"},
		{config: Config{Region: "us1"}, url: trunking, want: "trunking.us1.twilio.com"},
		{config: Config{Region: "us1"}, url: "https://trunking.us1.twilio.com/x?Page=1", want: "trunking.us1.twilio.com"},
		{config: Config{Region: "us1", Edge: "ashburn"}, url: trunking, want: "trunking.ashburn.us1.twilio.com"},
		{config: Config{Edge: "dublin"}, url: api, want: "api.dublin.us1.twilio.com"},
		{config: Config{Region: "ie1", BaseURL: "http://127.0.0.1:1"}, url: api, want: "127.0.0.1:1"},
	} {
		visited = nil
		test.config.Transport = network
		_, err := newTestClient(t, test.config).Get(t.Context(), test.url)
		if test.refused {
			if len(visited) > 0 || err == nil || !strings.Contains(err.Error(), "refused to send a request to "+test.want+": a host name with a region also needs the region's edge") {
				t.Errorf("%s: went to %v, got %v", test.want, visited, err)
			}
			continue
		}
		if err != nil || len(visited) != 1 || visited[0] != test.want {
			t.Errorf("%s: went to %v, got %v", test.want, visited, err)
		}
	}
}
