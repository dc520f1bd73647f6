// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package intercept

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// handshakeTimeout is how long a client may take for the TLS handshake.
const handshakeTimeout = time.Minute

// established is the response to CONNECT. From then on, the connection belongs to the client and the host.
const established = "HTTP/1.1 200 Connection established\r\n\r\n"

// connect answers CONNECT. Connections to hosts other than Twilio's are passed through.
func (i *Interceptor) connect(w http.ResponseWriter, r *http.Request) {
	host, port, err := net.SplitHostPort(r.URL.Host)
	if err != nil || !plainHost(host) || !validPort(port) {
		http.Error(w, fmt.Sprintf("mocktwilio: CONNECT needs a valid host and port; got %q.", r.RequestURI), http.StatusBadRequest)
		return
	}
	address := net.JoinHostPort(host, port)
	mocked := isTwilio(host) || address == i.options.Address
	var other duplex
	if !mocked {
		if other, err = i.dial(r.Context(), address); err != nil {
			i.fail(w, address, err)
			return
		}
		if !i.track(other) {
			panic(http.ErrAbortHandler) // returning would answer 200
		}
		defer i.untrack(other)
		defer other.Close()
	}

	hijacked, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil { // does not happen, because the mock's server allows hijacking
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	client, ok := hijacked.(duplex)
	if !ok { // does not happen, because the mock's server listens on TCP
		_ = hijacked.Close()
		return
	}
	if !i.track(client) {
		return
	}
	defer i.untrack(client)
	early, _ := buffered.Peek(buffered.Reader.Buffered()) // a client need not wait for the response
	conn := &prefixed{duplex: client, prefix: early}
	if _, err := client.Write([]byte(established)); err != nil {
		_ = client.Close()
		return
	}
	if mocked {
		i.answer(conn, host)
		return
	}
	defer client.Close()
	pipe(conn, other)
}

// answer passes a connection to a Twilio host to the mock. It may be TLS or plain HTTP, which some clients also send through
// CONNECT.
func (i *Interceptor) answer(client *prefixed, host string) {
	const handshake = 0x16 // first byte of TLS
	first, err := client.peek()
	if err != nil {
		_ = client.Close()
		return
	}
	var conn net.Conn = client
	if first == handshake {
		secure := tls.Server(client, &tls.Config{
			MinVersion: tls.VersionTLS12,
			NextProtos: []string{"http/1.1"},
			GetCertificate: func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
				if isTwilio(hello.ServerName) {
					return i.authority.issue(hello.ServerName)
				}
				return i.authority.issue(host)
			},
		})
		ctx, cancel := context.WithTimeout(context.Background(), handshakeTimeout)
		defer cancel()
		if err := secure.HandshakeContext(ctx); err != nil {
			_ = client.Close()
			if errors.Is(err, net.ErrClosed) { // closed by Close
				return
			}
			i.options.Report(fmt.Sprintf("a client failed the TLS handshake for %s; it may not trust mocktwilio's certificate authority: %v", host, err))
			return
		}
		conn = secure
	}
	select {
	case i.accept <- conn:
	case <-i.done:
		_ = client.Close()
	}
}
