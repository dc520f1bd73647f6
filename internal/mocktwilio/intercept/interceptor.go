// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package intercept adds a proxy to the port of a mock of Twilio, so that unchanged programs reach the mock under Twilio's own
// host names.
//
// [Start] makes a certificate authority and the files with which programs trust it, and [Interceptor.Environment] returns the
// variables that make programs use the proxy and the authority. [Interceptor.Middleware] wraps the mock's handler. The handler
// answers requests to twilio.com and its subdomains, over TLS with a certificate of the authority or over plain HTTP. Connections
// to other hosts are passed through unread, directly or through the proxy in the user's own environment.
//
// No request to a Twilio host ever leaves the machine: the proxy refuses every host that it is not sure about.
package intercept

import (
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"sync"
	"sync/atomic"
)

// Options configure an Interceptor.
type Options struct {
	// Address is the host and port on which the mock listens.
	Address string

	// Environ is the user's environment in the form of os.Environ. It names the files with the certificates that programs already
	// trust.
	Environ []string

	// Proxy returns the proxy for a request to a host other than Twilio's, like http.Transport.Proxy. It defaults to
	// http.ProxyFromEnvironment.
	Proxy func(*http.Request) (*url.URL, error)

	// Report is called with a sentence about a connection that failed. It may be called by several goroutines at a time.
	// Optional.
	Report func(string)
}

// Interceptor is a proxy that answers for Twilio.
type Interceptor struct {
	options     Options
	authority   *authority
	dir         string // has the certificates; removed by Close
	environment []string

	mock    atomic.Pointer[http.Handler]
	server  *http.Server // for connections to Twilio's hosts
	accept  chan net.Conn
	forward *httputil.ReverseProxy // for plain requests to other hosts

	mu     sync.Mutex
	closed bool
	open   map[net.Conn]bool // connections that the Interceptor must close
	done   chan struct{}     // closed by Close
}

// Start makes the authority and the files. The caller must Close the Interceptor.
func Start(options Options) (*Interceptor, error) {
	if options.Proxy == nil {
		options.Proxy = http.ProxyFromEnvironment
	}
	if options.Report == nil {
		options.Report = func(string) {}
	}
	made, err := newAuthority()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "mocktwilio-") // created with mode 0700
	if err != nil {
		return nil, err
	}
	i := &Interceptor{
		options:   options,
		authority: made,
		dir:       dir,
		accept:    make(chan net.Conn),
		open:      make(map[net.Conn]bool),
		done:      make(chan struct{}),
	}
	if i.environment, err = i.newEnvironment(); err != nil {
		_ = os.RemoveAll(dir)
		return nil, err
	}
	i.forward = i.newForward()
	i.server = newServer(&i.mock)
	go func() { _ = i.server.Serve(listener{i}) }() // ends with Close
	return i, nil
}

// Environment returns the variables, as NAME=value, that make a program use the proxy and trust its authority.
func (i *Interceptor) Environment() []string { return i.environment }

// Close ends all connections and removes the files. Further calls have no effect.
func (i *Interceptor) Close() {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.closed {
		return
	}
	i.closed = true
	close(i.done)
	for conn := range i.open {
		_ = conn.Close()
	}
	_ = i.server.Close()
	(&http.Client{Transport: i.forward.Transport}).CloseIdleConnections()
	_ = os.RemoveAll(i.dir)
}

// track makes Close close a connection, until untrack is called. It returns false if Close has been called.
func (i *Interceptor) track(conn net.Conn) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.closed {
		_ = conn.Close()
		return false
	}
	i.open[conn] = true
	return true
}

func (i *Interceptor) untrack(conn net.Conn) {
	i.mu.Lock()
	defer i.mu.Unlock()
	delete(i.open, conn)
}
