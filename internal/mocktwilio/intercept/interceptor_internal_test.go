// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package intercept

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"
)

// TestEndedConnectionsAreForgotten: a proxy that runs for days keeps nothing about tunnels that have ended.
func TestEndedConnectionsAreForgotten(t *testing.T) {
	t.Parallel()
	host := httptest.NewTLSServer(http.NotFoundHandler())
	t.Cleanup(host.Close)
	server := httptest.NewUnstartedServer(nil)
	i, err := Start(Options{
		Address: server.Listener.Addr().String(),
		Proxy:   func(*http.Request) (*url.URL, error) { return nil, nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(i.Close)
	server.Config.Handler = i.Middleware(http.NotFoundHandler())
	server.Start()
	t.Cleanup(server.Close)
	open := func() int {
		i.mu.Lock()
		defer i.mu.Unlock()
		return len(i.open)
	}

	transport := host.Client().Transport.(*http.Transport).Clone()
	transport.Proxy = func(*http.Request) (*url.URL, error) { return url.Parse(server.URL) }
	response, err := (&http.Client{Transport: transport}).Get(host.URL)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if n := open(); n != 2 {
		t.Errorf("a tunnel has %d connections", n)
	}
	transport.CloseIdleConnections()
	for end := time.Now().Add(10 * time.Second); open() > 0; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d connections of a tunnel that has ended", open())
		}
	}
}
