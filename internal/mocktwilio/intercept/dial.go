// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package intercept

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"
)

// dial connects to a host other than Twilio's, directly or through the proxy in the user's environment.
func (i *Interceptor) dial(ctx context.Context, address string) (duplex, error) {
	proxy, err := i.options.Proxy(&http.Request{URL: &url.URL{Scheme: "https", Host: address}})
	if err != nil {
		return nil, err
	}
	if proxy == nil {
		return i.dialDirectly(ctx, address)
	}
	conn, err := i.dialThrough(ctx, proxy, address)
	if err != nil {
		return nil, fmt.Errorf("through the proxy %s: %w", proxy.Host, err)
	}
	return conn, nil
}

// dialDirectly connects to an address, unless it is the mock's own.
func (i *Interceptor) dialDirectly(ctx context.Context, address string) (duplex, error) {
	dialer := net.Dialer{Timeout: time.Minute}
	conn, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	tcp, ok := conn.(*net.TCPConn)
	if !ok || sameAddress(tcp.RemoteAddr(), i.options.Address) {
		_ = conn.Close()
		return nil, errLoop
	}
	return tcp, nil
}

// dialThrough connects to an address through another proxy.
func (i *Interceptor) dialThrough(ctx context.Context, proxy *url.URL, address string) (duplex, error) {
	if proxy.Scheme != "http" && proxy.Scheme != "https" {
		return nil, fmt.Errorf("the proxy must be an http or https proxy; got %s", proxy.Scheme)
	}
	dialed, err := i.dialDirectly(ctx, net.JoinHostPort(hostPort(proxy)))
	if err != nil {
		return nil, err
	}
	if !i.track(dialed) {
		return nil, net.ErrClosed
	}
	defer i.untrack(dialed)
	// If the client leaves, stop waiting for the proxy.
	stop := context.AfterFunc(ctx, func() { _ = dialed.Close() })
	defer stop()
	conn := dialed
	if proxy.Scheme == "https" {
		conn = tls.Client(dialed, &tls.Config{ServerName: proxy.Hostname(), MinVersion: tls.VersionTLS12})
	}
	tunnel, err := askForTunnel(conn, proxy.User, address)
	if err == nil && !stop() {
		err = context.Cause(ctx)
	}
	if err != nil {
		_ = dialed.Close()
		return nil, err
	}
	return tunnel, nil
}

// askForTunnel sends CONNECT to another proxy.
func askForTunnel(conn duplex, user *url.Userinfo, address string) (duplex, error) {
	request := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: address}, Host: address, Header: make(http.Header)}
	if user != nil {
		password, _ := user.Password()
		credentials := base64.StdEncoding.EncodeToString([]byte(user.Username() + ":" + password))
		request.Header.Set("Proxy-Authorization", "Basic "+credentials)
	}
	if err := request.Write(conn); err != nil {
		return nil, err
	}
	reader := bufio.NewReader(conn)
	response, err := http.ReadResponse(reader, request) //nolint:bodyclose // the tunnel follows
	if err != nil {
		return nil, err
	}
	if response.StatusCode/100 != 2 {
		return nil, fmt.Errorf("it responded with %s", response.Status)
	}
	early, _ := reader.Peek(reader.Buffered()) // the host may send data first
	return &prefixed{duplex: conn, prefix: early}, nil
}
