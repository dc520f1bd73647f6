// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package intercept_test

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/intercept"
)

// TestTwilioHosts: every request to a Twilio host ends at the mock, no matter how the host is written. The user's proxy is not
// used.
func TestTwilioHosts(t *testing.T) {
	t.Parallel()
	other := startOtherProxy(t)
	f := start(t, intercept.Options{Proxy: http.ProxyURL(other.url)})
	client := f.client(f.trusted())
	for request, want := range map[string]string{
		"https://api.twilio.com/2010-04-01/x?a=b":     "mock: GET api.twilio.com/2010-04-01/x?a=b tls=true ",
		"https://trunking.twilio.com/v1/Trunks":       "mock: GET trunking.twilio.com/v1/Trunks tls=true ",
		"https://api.dublin.ie1.twilio.com/x":         "mock: GET api.dublin.ie1.twilio.com/x tls=true ",
		"https://twilio.com/x":                        "mock: GET twilio.com/x tls=true ",
		"https://API.Twilio.COM/x":                    "mock: GET API.Twilio.COM/x tls=true ",
		"https://api.twilio.com./x":                   "mock: GET api.twilio.com./x tls=true ",
		"http://api.twilio.com../x":                   "mock: GET api.twilio.com../x tls=false ",
		"https://api.twilio.com:8443/x":               "mock: GET api.twilio.com:8443/x tls=true ",
		"http://api.twilio.com/x?a=b":                 "mock: GET api.twilio.com/x?a=b tls=false ",
		"http://API.twilio.com.:8080/x":               "mock: GET API.twilio.com.:8080/x tls=false ",
		"http://" + f.address + "/x":                  "mock: GET " + f.address + "/x tls=false ",
		"https://a-name_with.many.parts.twilio.com/x": "mock: GET a-name_with.many.parts.twilio.com/x tls=true ",
	} {
		if got := get(t, client, request); got != want {
			t.Errorf("%s: %q, want %q", request, got, want)
		}
	}
	response, err := client.Post("https://api.twilio.com/x", "text/plain", strings.NewReader(strings.Repeat("body", 100_000)))
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	if err != nil || !strings.HasSuffix(string(body), strings.Repeat("body", 100_000)) {
		t.Errorf("%d bytes, %v", len(body), err)
	}
	if response.Proto != "HTTP/1.1" {
		t.Errorf("protocol %s", response.Proto)
	}
	if asked := other.requests(); len(asked) > 0 {
		t.Errorf("another proxy was asked for %q", asked)
	}
	if len(f.reports) > 0 {
		t.Errorf("report: %s", <-f.reports)
	}
}

// TestUnusualClients: some clients send plain HTTP through CONNECT, do not wait for its response, or do not name a host in TLS.
func TestUnusualClients(t *testing.T) {
	t.Parallel()
	f := start(t, intercept.Options{})
	const request = "GET /x HTTP/1.1\r\nHost: api.twilio.com\r\nConnection: close\r\n\r\n"
	for _, early := range []bool{true, false} {
		for _, address := range []string{"api.twilio.com:80", f.address} {
			var sent string
			if early {
				sent = request
			}
			_, reader, conn := f.tunnel(address, sent)
			if !early {
				if _, err := io.WriteString(conn, request); err != nil {
					t.Fatal(err)
				}
			}
			answer, err := io.ReadAll(reader)
			if err != nil || !strings.Contains(string(answer), "mock: GET api.twilio.com/x tls=false") {
				t.Errorf("%s, early %t: %q, %v", address, early, answer, err)
			}
		}
	}
	_, _, conn := f.tunnel("api.twilio.com:443", "")
	secure := tls.Client(conn, &tls.Config{InsecureSkipVerify: true})
	if err := secure.Handshake(); err != nil {
		t.Fatal(err)
	}
	if err := secure.ConnectionState().PeerCertificates[0].VerifyHostname("api.twilio.com"); err != nil {
		t.Error(err)
	}
}

// TestWithoutAuthority: a client that does not trust the authority fails, and the user is told why.
func TestWithoutAuthority(t *testing.T) {
	t.Parallel()
	f := start(t, intercept.Options{})
	_, err := f.client(x509.NewCertPool()).Get("https://api.twilio.com/x")
	if unknown := (x509.UnknownAuthorityError{}); !errors.As(err, &unknown) {
		t.Errorf("error %v", err)
	}
	if report := <-f.reports; !strings.Contains(report, "api.twilio.com") || !strings.Contains(report, "trust") {
		t.Errorf("report: %q", report)
	}
}

// TestRefusedHosts: names that might become a Twilio host later are refused, and so are invalid names.
func TestRefusedHosts(t *testing.T) {
	t.Parallel()
	other := startOtherProxy(t)
	f := start(t, intercept.Options{Proxy: http.ProxyURL(other.url)})
	for _, address := range []string{
		"api.twilio\uff0ecom:443", "api\u3002twilio\u3002com:443", "\uff41pi.twilio.com\u3002:443", // full-width dots and letters
		"api%252etwilio.com:443", "api.twilio.com%2500:443", // percent signs after decoding once
		"example.com", "example.com:", "example.com:0", "example.com:99999", "example.com:https", ":443", "/x",
	} {
		response, _, _ := f.tunnel(address, "")
		if response.StatusCode != http.StatusBadRequest {
			t.Errorf("CONNECT %s: %s", address, response.Status)
		}
	}
	for _, host := range []string{"api.twilio%EF%BC%8Ecom", "api%252etwilio.com", "example.com:99999"} {
		conn, err := net.Dial("tcp", f.address)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := io.WriteString(conn, "GET http://"+host+"/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		answer, err := io.ReadAll(conn)
		if err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 400 ") {
			t.Errorf("GET http://%s/: %q, %v", host, answer, err)
		}
	}
	if asked := other.requests(); len(asked) > 0 {
		t.Errorf("another proxy was asked for %q", asked)
	}
}

// TestAbort: a fault of the mock closes the connection of the client.
func TestAbort(t *testing.T) {
	t.Parallel()
	f := start(t, intercept.Options{})
	client := f.client(f.trusted())
	for _, scheme := range []string{"http", "https"} {
		if _, err := client.Get(scheme + "://api.twilio.com/abort"); !errors.Is(err, io.EOF) {
			t.Errorf("%s: %v", scheme, err)
		}
	}
}

// TestLoops: a connection never leads back to the proxy.
func TestLoops(t *testing.T) {
	t.Parallel()
	var own *url.URL
	f := start(t, intercept.Options{Proxy: func(*http.Request) (*url.URL, error) { return own, nil }})
	_, port, err := net.SplitHostPort(f.address)
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{"localhost", "[::ffff:127.0.0.1]", "0.0.0.0"} {
		response, _, _ := f.tunnel(host+":"+port, "")
		if response.StatusCode != http.StatusBadGateway {
			t.Errorf("CONNECT %s: %s", host, response.Status)
		}
	}
	own = &url.URL{Scheme: "http", Host: "localhost:" + port}
	response, reader, _ := f.tunnel("example.com:443", "")
	message := make([]byte, response.ContentLength) // net/http does not read the body of a response to CONNECT
	if _, err := io.ReadFull(reader, message); err != nil || response.StatusCode != http.StatusBadGateway {
		t.Errorf("%s, %v", response.Status, err)
	}
	if !strings.Contains(string(message), "mocktwilio's own address") {
		t.Errorf("%q", message)
	}
	if body := get(t, f.client(nil), "http://example.com/"); !strings.Contains(body, "mocktwilio's own address") {
		t.Errorf("plain: %q", body)
	}
}
