// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package intercept

import (
	"io"
	"net"
)

// duplex is a connection whose directions can be closed separately.
type duplex interface {
	net.Conn
	CloseWrite() error
}

// prefixed is a connection from which some bytes have already been read.
type prefixed struct {
	duplex
	prefix []byte
}

func (c *prefixed) Read(p []byte) (int, error) {
	if len(c.prefix) > 0 {
		n := copy(p, c.prefix)
		c.prefix = c.prefix[n:]
		return n, nil
	}
	return c.duplex.Read(p)
}

// peek returns the next byte, which a Read will return again.
func (c *prefixed) peek() (byte, error) {
	if len(c.prefix) == 0 {
		next := make([]byte, 1)
		if _, err := io.ReadFull(c.duplex, next); err != nil {
			return 0, err
		}
		c.prefix = next
	}
	return c.prefix[0], nil
}

// pipe copies bytes between two connections until both sides have ended. When one direction ends, the other stays open.
func pipe(a, b duplex) {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		pass(a, b)
	}()
	pass(b, a)
	<-ended
}

func pass(to, from duplex) {
	_, err := io.Copy(to, from)
	if err == nil {
		err = to.CloseWrite()
	}
	if err != nil { // the other direction is useless then
		_ = to.Close()
		_ = from.Close()
	}
}
