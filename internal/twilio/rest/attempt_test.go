// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"testing"
	"testing/synctest"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio/limit"
)

// Errors that are not about limits must neither slow down the limiter nor speed it up.
func TestOutcome(t *testing.T) {
	for _, test := range []struct {
		status int
		fault  *fault
		want   limit.Outcome
	}{
		{200, nil, limit.Accepted},
		{429, &fault{err: &Error{Reason: Throttled}}, limit.Throttled},
		{0, &fault{err: &Error{Reason: Unreachable}}, limit.Unknown},
		{399, &fault{err: &Error{Reason: NotJSON}}, limit.Unknown},
		{400, &fault{err: &Error{Reason: Rejected}}, limit.Accepted},
		{499, &fault{err: &Error{Reason: Rejected}}, limit.Accepted},
		{500, &fault{err: &Error{Reason: ServerError}}, limit.Unknown},
	} {
		if got := outcome(answer{status: test.status}, test.fault); got != test.want {
			t.Errorf("%d: %d, want %d", test.status, got, test.want)
		}
	}
}

func TestAttemptTimeouts(t *testing.T) {
	for _, test := range []struct {
		configured   time.Duration
		read, create time.Duration
	}{{0, 10 * time.Second, 15 * time.Second}, {1, 1, 1}} {
		c := newTestClient(t, Config{AttemptTimeout: test.configured})
		if read, create := c.attemptTimeout(true), c.attemptTimeout(false); read != test.read || create != test.create {
			t.Errorf("%s: %s and %s", test.configured, read, create)
		}
	}
}

// A request is certainly unsent only if it asked for a connection and never got one.
func TestCertainlyUnsent(t *testing.T) {
	var s sendTrace
	trace := httptrace.ContextClientTrace(s.in(t.Context()))
	if s.certainlyUnsent() {
		t.Error("unsent, although nothing is known")
	}
	trace.GetConn("api.twilio.com:443")
	if !s.certainlyUnsent() {
		t.Error("not unsent without a connection")
	}
	client, server := net.Pipe()
	defer server.Close()
	defer client.Close()
	trace.GotConn(httptrace.GotConnInfo{Conn: client})
	if s.certainlyUnsent() || s.http2.Load() {
		t.Error("unsent or HTTP/2 on a plain connection")
	}
	trace.GotConn(httptrace.GotConnInfo{Conn: tls.Client(client, &tls.Config{MinVersion: tls.VersionTLS12})})
	if s.http2.Load() {
		t.Error("HTTP/2 without negotiation")
	}
}

// A body of exactly 32 MiB is read, a longer one is an error.
func TestBodyIsBounded(t *testing.T) {
	object := []byte(`{"a": "`)
	tail := []byte(`"}`)
	for extra, want := range map[int]bool{0: true, 1: false} {
		body := append(append(bytes.Clone(object), bytes.Repeat([]byte("x"), maxBody-len(object)-len(tail)+extra)...), tail...)
		network, _ := script(func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(body))}, nil
		})
		got, e := send(t.Context(), t, newTestClient(t, Config{Transport: network}), http.MethodPost, false)
		if want && (e != nil || len(got) != maxBody) {
			t.Errorf("%d bytes: %d, %v", len(body), len(got), e)
		}
		if !want && (e == nil || !errors.Is(e, errTooLong) || !e.ambiguous) {
			t.Errorf("%d bytes: %v", len(body), e)
		}
	}
}

// After an interrupt, a create that may have been sent gets a little time, and one that was not sent ends at once.
func TestInterruptBeforeConnection(t *testing.T) {
	for connected, want := range map[bool]time.Duration{true: cancelGrace, false: 0} {
		synctest.Test(t, func(t *testing.T) {
			network, _ := script(func(req *http.Request) (*http.Response, error) {
				trace := httptrace.ContextClientTrace(req.Context())
				trace.GetConn("api.twilio.com:443")
				if connected {
					trace.GotConn(httptrace.GotConnInfo{})
				}
				<-req.Context().Done()
				return nil, req.Context().Err()
			})
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			_, e := send(ctx, t, newTestClient(t, Config{Transport: network}), http.MethodPost, false)
			if e == nil || e.Elapsed != time.Second+want || e.ambiguous != connected || errors.Is(e, errGraceOver) != connected || !errors.Is(e, context.DeadlineExceeded) {
				t.Errorf("connected %t: %v after %s", connected, e, e.Elapsed)
			}
		})
	}
}
