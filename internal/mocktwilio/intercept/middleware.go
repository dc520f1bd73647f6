// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package intercept

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httputil"
	"slices"
	"time"
)

// errLoop means that a connection would have come back to the proxy.
var errLoop = errors.New("this is mocktwilio's own address; if HTTPS_PROXY or HTTP_PROXY names it, unset the variable before you start mocktwilio")

// Middleware puts the proxy around the handler of a mock. All calls must pass the same mock. Requests that are not for a proxy go
// to the handler.
func (i *Interceptor) Middleware(mock http.Handler) http.Handler {
	i.mock.Store(&mock)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method == http.MethodConnect:
			i.connect(w, r)
		case r.URL.Host != "":
			i.plain(w, r, mock)
		default:
			mock.ServeHTTP(w, r)
		}
	})
}

// plain answers a request for an absolute URL, which a proxy receives instead of CONNECT if the URL is http.
func (i *Interceptor) plain(w http.ResponseWriter, r *http.Request, mock http.Handler) {
	host, port := hostPort(r.URL)
	if !plainHost(host) || !validPort(port) {
		http.Error(w, fmt.Sprintf("mocktwilio: cannot pass a request on to the invalid host %q.", r.URL.Host), http.StatusBadRequest)
		return
	}
	if !isTwilio(host) && net.JoinHostPort(host, port) != i.options.Address {
		i.forward.ServeHTTP(w, r)
		return
	}
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host = "", ""
	mock.ServeHTTP(w, r)
}

// newForward returns the handler of plain requests to other hosts.
func (i *Interceptor) newForward() *httputil.ReverseProxy {
	return &httputil.ReverseProxy{
		Transport: &http.Transport{
			Proxy: i.options.Proxy,
			DialContext: func(ctx context.Context, _, address string) (net.Conn, error) {
				return i.dialDirectly(ctx, address)
			},
			DisableCompression: true, // leave compression to the client
			IdleConnTimeout:    time.Minute,
		},
		Rewrite: func(r *httputil.ProxyRequest) {
			// ReverseProxy has changed these fields, as is right in front of a server.
			r.Out.URL.RawQuery = r.In.URL.RawQuery
			for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"} {
				if values := r.In.Header.Values(name); len(values) > 0 {
					r.Out.Header[name] = slices.Clone(values)
				}
			}
		},
		FlushInterval: -1, // flush at once
		ErrorHandler: func(w http.ResponseWriter, r *http.Request, err error) {
			i.fail(w, r.URL.Host, err)
		},
		ErrorLog: discardLog,
	}
}

// fail answers that another host cannot be reached.
func (i *Interceptor) fail(w http.ResponseWriter, host string, err error) {
	sentence := fmt.Sprintf("cannot connect to %s: %v", host, err)
	i.options.Report(sentence)
	http.Error(w, "mocktwilio "+sentence, http.StatusBadGateway)
}
