// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package intercept_test

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/intercept"
)

// fixture is a proxy around a handler that returns the request that it received.
type fixture struct {
	*intercept.Interceptor
	t       *testing.T
	address string
	reports chan string   // messages to the user
	hanging chan struct{} // receives a value for each request that hangs
}

// noProxy is the Options.Proxy of a user without a proxy.
func noProxy(*http.Request) (*url.URL, error) { return nil, nil }

// start starts a proxy, which stops when the test ends.
func start(t *testing.T, options intercept.Options) *fixture {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f := &fixture{t: t, address: listener.Addr().String(), reports: make(chan string, 100), hanging: make(chan struct{}, 1)}
	options.Address = f.address
	if options.Proxy == nil {
		options.Proxy = noProxy
	}
	options.Report = func(sentence string) { f.reports <- sentence }
	if f.Interceptor, err = intercept.Start(options); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.Close)
	mock := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/abort":
			panic(http.ErrAbortHandler)
		case "/hang":
			f.hanging <- struct{}{}
			<-r.Context().Done()
			return
		}
		body, _ := io.ReadAll(r.Body)
		_, _ = fmt.Fprintf(w, "mock: %s %s%s tls=%t %s", r.Method, r.Host, r.URL, r.TLS != nil, body)
	})
	server := &http.Server{Handler: f.Middleware(mock)}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return f
}

// variable returns a variable in the environment of programs.
func (f *fixture) variable(name string) string {
	f.t.Helper()
	for _, variable := range f.Environment() {
		if value, ok := strings.CutPrefix(variable, name+"="); ok {
			return value
		}
	}
	f.t.Fatalf("no variable %s", name)
	return ""
}

// trusted returns the certificates that programs trust: those in the file of SSL_CERT_FILE.
func (f *fixture) trusted() *x509.CertPool {
	f.t.Helper()
	bundle, err := os.ReadFile(f.variable("SSL_CERT_FILE"))
	if err != nil {
		f.t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(bundle)
	return pool
}

// client returns a client that uses the proxy and trusts the given certificates.
func (f *fixture) client(trusted *x509.CertPool) *http.Client {
	f.t.Helper()
	proxy, err := url.Parse(f.variable("HTTPS_PROXY"))
	if err != nil {
		f.t.Fatal(err)
	}
	transport := &http.Transport{Proxy: http.ProxyURL(proxy), TLSClientConfig: &tls.Config{RootCAs: trusted}, ForceAttemptHTTP2: true, DisableCompression: true}
	f.t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

// get returns the body of a response.
func get(t *testing.T, client *http.Client, url string) string {
	t.Helper()
	response, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// tunnel sends CONNECT for an address, together with early bytes. It returns the response, and the connection if it was
// established.
func (f *fixture) tunnel(address, early string) (*http.Response, *bufio.Reader, *net.TCPConn) {
	f.t.Helper()
	conn, err := net.Dial("tcp", f.address)
	if err != nil {
		f.t.Fatal(err)
	}
	f.t.Cleanup(func() { _ = conn.Close() })
	if _, err := io.WriteString(conn, "CONNECT "+address+" HTTP/1.1\r\nHost: "+address+"\r\n\r\n"+early); err != nil {
		f.t.Fatal(err)
	}
	reader := bufio.NewReader(conn)
	response, err := http.ReadResponse(reader, &http.Request{Method: http.MethodConnect})
	if err != nil {
		f.t.Fatal(err)
	}
	return response, reader, conn.(*net.TCPConn)
}

// startHost starts a TLS server that is not Twilio's.
func startHost(t *testing.T, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	host := httptest.NewUnstartedServer(handler)
	host.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	host.StartTLS()
	t.Cleanup(host.Close)
	return host
}

// otherProxy is a proxy of the user. It answers for every host.
type otherProxy struct {
	mu    sync.Mutex
	asked []string // METHOD HOST CREDENTIALS
	// refusal is the status with which it refuses, or 0 if it does not.
	refusal int
	url     *url.URL
}

func startOtherProxy(t *testing.T) *otherProxy {
	t.Helper()
	p := new(otherProxy)
	host := startHost(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "other: "+r.Host)
	})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		p.asked = append(p.asked, strings.TrimSpace(r.Method+" "+r.URL.Host+" "+r.Header.Get("Proxy-Authorization")))
		p.mu.Unlock()
		if p.refusal != 0 {
			w.WriteHeader(p.refusal)
			return
		}
		if r.Method != http.MethodConnect {
			_, _ = fmt.Fprintf(w, "other proxy: %s", r.URL)
			return
		}
		conn, err := net.Dial("tcp", host.Listener.Addr().String())
		if err != nil {
			return
		}
		defer conn.Close()
		client, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		defer client.Close()
		_, _ = io.WriteString(client, "HTTP/1.1 200 OK\r\n\r\n")
		go func() { _, _ = io.Copy(conn, client); _ = conn.Close() }()
		_, _ = io.Copy(client, conn)
	}))
	t.Cleanup(server.CloseClientConnections)
	t.Cleanup(server.Close)
	var err error
	if p.url, err = url.Parse(server.URL); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *otherProxy) requests() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.asked)
}
