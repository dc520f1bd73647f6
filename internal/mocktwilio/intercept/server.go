// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package intercept

import (
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// newServer returns the server for connections to Twilio's hosts.
func newServer(mock *atomic.Pointer[http.Handler]) *http.Server {
	return &http.Server{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			(*mock.Load()).ServeHTTP(w, r)
		}),
		ReadHeaderTimeout: time.Minute,
		ErrorLog:          discardLog,
	}
}

// discardLog drops the log of net/http, which is either reported elsewhere or not worth reporting.
var discardLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)

// listener passes the connections that clients made through CONNECT to the server.
type listener struct{ *Interceptor }

func (l listener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.accept:
		return conn, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l listener) Close() error { return nil }

func (l listener) Addr() net.Addr { return &net.TCPAddr{} }
