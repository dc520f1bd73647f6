// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package intercept_test

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/intercept"
)

// TestPassThrough: a client sees the certificate of the host itself, and the mock sees nothing.
func TestPassThrough(t *testing.T) {
	t.Parallel()
	host := startHost(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "host: "+r.Header.Get("Authorization"))
	})
	f := start(t, intercept.Options{})
	own := x509.NewCertPool()
	own.AddCert(host.Certificate())
	request, err := http.NewRequest(http.MethodGet, host.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.SetBasicAuth("user", "secret")
	response, err := f.client(own).Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || !strings.HasPrefix(string(body), "host: Basic ") {
		t.Errorf("%q, %v", body, err)
	}
	if seen := response.TLS.PeerCertificates; len(seen) != 1 || !seen[0].Equal(host.Certificate()) {
		t.Errorf("certificates %v", seen)
	}
	if _, err := f.client(f.trusted()).Get(host.URL); err == nil {
		t.Error("the authority of the mock vouches for the host")
	}
}

// TestPlainPassThrough: a plain request to another host arrives unchanged.
func TestPlainPassThrough(t *testing.T) {
	t.Parallel()
	host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		_, _ = fmt.Fprintf(w, "%s %s%s %v %s", r.Method, r.Host, r.URL, r.Header, body)
	}))
	t.Cleanup(host.Close)
	f := start(t, intercept.Options{})
	request, err := http.NewRequest(http.MethodPut, host.URL+"/a%2Fb?x=1;y", strings.NewReader("body"))
	if err != nil {
		t.Fatal(err)
	}
	request.Header = http.Header{"User-Agent": {""}, "X-Forwarded-For": {"192.0.2.1"}, "Proxy-Authorization": {"Basic x"}}
	response, err := f.client(nil).Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	want := "PUT " + host.Listener.Addr().String() + "/a%2Fb?x=1;y map[Content-Length:[4] X-Forwarded-For:[192.0.2.1]] body"
	if err != nil || string(body) != want {
		t.Errorf("%q, %v, want %q", body, err, want)
	}
}

// TestOtherProxy: connections to hosts other than Twilio's go through the user's proxy, even if their names look similar.
func TestOtherProxy(t *testing.T) {
	t.Parallel()
	other := startOtherProxy(t)
	withUser := *other.url
	withUser.User = url.UserPassword("user", "s:ecret")
	f := start(t, intercept.Options{Proxy: http.ProxyURL(&withUser)})
	for _, host := range []string{"nottwilio.com", "twilio.com.example", "twilio.example", "atwilio.com:8443"} {
		target := host
		if !strings.Contains(host, ":") {
			target += ":443"
		}
		if response, _, _ := f.tunnel(target, ""); response.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", host, response.Status)
		}
	}
	if body := get(t, f.client(nil), "http://example.com/x"); body != "other proxy: http://example.com/x" {
		t.Errorf("plain: %q", body)
	}
	const credentials = " Basic dXNlcjpzOmVjcmV0"
	want := []string{
		"CONNECT nottwilio.com:443" + credentials, "CONNECT twilio.com.example:443" + credentials,
		"CONNECT twilio.example:443" + credentials, "CONNECT atwilio.com:8443" + credentials, "GET example.com" + credentials,
	}
	if asked := other.requests(); !slices.Equal(asked, want) {
		t.Errorf("the proxy was asked for\n%q, want\n%q", asked, want)
	}
}

// TestHostSpeaksFirst: data that a host sends at once may arrive together with the response of the user's proxy.
func TestHostSpeaksFirst(t *testing.T) {
	t.Parallel()
	proxy := serveTCP(t, func(conn *net.TCPConn) {
		if _, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\n\r\nhello")
		}
	})
	f := start(t, intercept.Options{Proxy: http.ProxyURL(&url.URL{Scheme: "http", Host: proxy})})
	_, reader, _ := f.tunnel("example.com:25", "")
	if said, err := io.ReadAll(reader); err != nil || string(said) != "hello" {
		t.Errorf("%q, %v", said, err)
	}
}

// TestUnreachable: the response says why a host cannot be reached, without the user's secrets.
func TestUnreachable(t *testing.T) {
	t.Parallel()
	const nobody = "127.0.0.1:1" // nothing listens on this port
	refusing := startOtherProxy(t)
	refusing.refusal = http.StatusProxyAuthRequired
	through := func(scheme, host string) func(*http.Request) (*url.URL, error) {
		return http.ProxyURL(&url.URL{Scheme: scheme, Host: host, User: url.UserPassword("user", "hidden")})
	}
	for name, test := range map[string]struct {
		proxy   func(*http.Request) (*url.URL, error)
		problem string
	}{
		"nobody listens":     {noProxy, "refused"},
		"no proxy listens":   {through("http", nobody), "through the proxy " + nobody},
		"the proxy refuses":  {through("http", refusing.url.Host), "407 Proxy Authentication Required"},
		"no TLS":             {through("https", refusing.url.Host), "TLS handshake"},
		"SOCKS":              {through("socks5", nobody), "must be an http or https proxy; got socks5"},
		"no usable variable": {func(*http.Request) (*url.URL, error) { return nil, fmt.Errorf("invalid proxy") }, "invalid proxy"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := start(t, intercept.Options{Proxy: test.proxy})
			response, reader, _ := f.tunnel(nobody, "")
			// net/http does not read the body of a response to CONNECT.
			message := make([]byte, response.ContentLength)
			if _, err := io.ReadFull(reader, message); err != nil {
				t.Fatal(err)
			}
			if response.StatusCode != http.StatusBadGateway {
				t.Errorf("status %s", response.Status)
			}
			for _, text := range []string{string(message), <-f.reports} {
				if !strings.Contains(text, "cannot connect to "+nobody) || !strings.Contains(text, test.problem) || strings.Contains(text, "hidden") {
					t.Errorf("%q, want %q", text, test.problem)
				}
			}
			if body := get(t, f.client(nil), "http://"+nobody+"/"); name == "nobody listens" && !strings.Contains(body, "mocktwilio cannot connect to "+nobody) {
				t.Errorf("plain: %q", body)
			}
		})
	}
}

// serveTCP runs a server for one connection.
func serveTCP(t *testing.T, serve func(*net.TCPConn)) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		conn, err := listener.Accept()
		if err == nil {
			defer conn.Close()
			serve(conn.(*net.TCPConn))
		}
	}()
	return listener.Addr().String()
}

// TestHalfClose: either side may stop sending and still receives what the other side sends.
func TestHalfClose(t *testing.T) {
	t.Parallel()
	f := start(t, intercept.Options{})
	t.Run("the client first", func(t *testing.T) {
		t.Parallel()
		address := serveTCP(t, func(conn *net.TCPConn) {
			got, _ := io.ReadAll(conn)
			_, _ = fmt.Fprintf(conn, "got %s", got)
		})
		_, reader, conn := f.tunnel(address, "question ")
		_, _ = io.WriteString(conn, "and end")
		_ = conn.CloseWrite()
		if answer, err := io.ReadAll(reader); err != nil || string(answer) != "got question and end" {
			t.Errorf("%q, %v", answer, err)
		}
	})
	t.Run("the host first", func(t *testing.T) {
		t.Parallel()
		received := make(chan string, 1)
		address := serveTCP(t, func(conn *net.TCPConn) {
			_, _ = io.WriteString(conn, "all I have to say")
			_ = conn.CloseWrite()
			got, _ := io.ReadAll(conn)
			received <- string(got)
		})
		_, reader, conn := f.tunnel(address, "")
		if said, err := io.ReadAll(reader); err != nil || string(said) != "all I have to say" {
			t.Errorf("%q, %v", said, err)
		}
		_, _ = io.WriteString(conn, "still here")
		_ = conn.CloseWrite()
		if got := <-received; got != "still here" {
			t.Errorf("%q", got)
		}
	})
}

// TestLargeTransfer sends more than all buffers can hold, in both directions at the same time.
func TestLargeTransfer(t *testing.T) {
	t.Parallel()
	f := start(t, intercept.Options{})
	sent := make([]byte, 16<<20)
	_, _ = rand.Read(sent)
	address := serveTCP(t, func(conn *net.TCPConn) { _, _ = io.Copy(conn, conn) })
	_, reader, conn := f.tunnel(address, string(sent[:1000]))
	go func() {
		_, _ = conn.Write(sent[1000:])
		_ = conn.CloseWrite()
	}()
	if got, err := io.ReadAll(reader); err != nil || !bytes.Equal(got, sent) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
}

// TestClose: Close leaves nothing of the connections.
func TestClose(t *testing.T) {
	t.Parallel()
	f := start(t, intercept.Options{})
	left := make(chan struct{})
	address := serveTCP(t, func(conn *net.TCPConn) {
		_, _ = io.ReadAll(conn)
		close(left)
	})
	_, passed, _ := f.tunnel(address, "")
	_, silent, _ := f.tunnel("api.twilio.com:443", "")
	if got := get(t, f.client(f.trusted()), "https://api.twilio.com/x"); !strings.HasPrefix(got, "mock") {
		t.Error(got)
	}
	answered := make(chan error, 1)
	go func() {
		_, err := f.client(f.trusted()).Get("https://api.twilio.com/hang")
		answered <- err
	}()
	<-f.hanging
	f.Close()
	f.Close()
	<-left
	if err := <-answered; err == nil {
		t.Error("a request that hung was answered")
	}
	for _, reader := range []io.Reader{passed, silent} {
		if rest, err := io.ReadAll(reader); len(rest) > 0 {
			t.Errorf("%q, %v", rest, err)
		}
	}
	if response, err := http.Get("http://" + f.address + "/x"); err != nil || response.StatusCode != http.StatusOK {
		t.Errorf("the mock: %v, %v", response, err)
	}
}

// TestCloseEndsConnectionsToHosts: Close closes connections that are passed through, and no new ones are passed through.
func TestCloseEndsConnectionsToHosts(t *testing.T) {
	t.Parallel()
	closed := make(chan struct{}, 2)
	host := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "host")
	}))
	host.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateClosed {
			closed <- struct{}{}
		}
	}
	host.Start()
	t.Cleanup(host.Close)
	f := start(t, intercept.Options{})
	if body := get(t, f.client(nil), host.URL); body != "host" {
		t.Fatalf("got %q", body)
	}
	f.Close()
	select {
	case <-closed:
	case <-time.After(10 * time.Second):
		t.Fatal("the connection to the host is still open")
	}
	conn, err := net.Dial("tcp", f.address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	address := host.Listener.Addr().String()
	if _, err := io.WriteString(conn, "CONNECT "+address+" HTTP/1.1\r\nHost: "+address+"\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if answer, _ := io.ReadAll(conn); len(answer) > 0 {
		t.Errorf("after Close, CONNECT is answered: %q", answer)
	}
}
