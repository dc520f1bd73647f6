// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio/limit"
)

const (
	// defaultAttemptTimeout is enough for a page of 1,000 objects, which takes a few seconds at most.
	defaultAttemptTimeout = 10 * time.Second
	// defaultCreateTimeout is longer, because giving up on a create requires a lookup, which costs more than waiting.
	defaultCreateTimeout = 15 * time.Second
	// cancelGrace is how long a write that was sent may still finish after its context ended, so that the created object is not
	// lost and the state shows the change. Normally, responses take much less than a second.
	cancelGrace = 5 * time.Second
	// maxBody is the maximum size of a response. A page of 1,000 objects has less than 2 MB.
	maxBody = 32 << 20
)

var (
	errTooLong   = errors.New("response is larger than 32 MiB")
	errGraceOver = errors.New("gave up waiting for the response")
)

// timeoutError ends one attempt. It is not context.DeadlineExceeded, because the operation may have time for another attempt.
type timeoutError struct{ after time.Duration }

func (e *timeoutError) Error() string { return fmt.Sprintf("no complete response within %s", e.after) }

// answer is the response to an attempt, or the zero value if there was none.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// attemptTransport makes the attempts of one request.
type attemptTransport struct{ *retryState }

// RoundTrip makes one attempt as soon as the limiter allows it. It stores the body of a good response in retryState.
func (t attemptTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	permit, err := t.limiter.Acquire(req.Context(), t.order)
	if err != nil {
		return nil, err
	}
	began := time.Now()
	a, f := t.attempt(req, t.body, t.idempotent)
	t.limiter.Release(permit, outcome(a, f))
	t.record(a, f)
	t.logAttempt(req, t.body, t.attempts, a, f, time.Since(began))
	if f != nil {
		f.err.sent = began
		return nil, f.err
	}
	return &http.Response{StatusCode: a.status, Body: http.NoBody, Request: req}, nil
}

// outcome returns what an attempt says about the account's limits.
func outcome(a answer, f *fault) limit.Outcome {
	switch {
	case f == nil:
		return limit.Accepted
	case f.err.Reason == Throttled:
		return limit.Throttled
	case a.status >= 400 && a.status < 500:
		return limit.Accepted
	}
	return limit.Unknown
}

func (c *Client) attemptTimeout(idempotent bool) time.Duration {
	switch {
	case c.config.AttemptTimeout > 0:
		return c.config.AttemptTimeout
	case idempotent:
		return defaultAttemptTimeout
	}
	return defaultCreateTimeout
}

// attempt sends req once, with the credentials, and reads the whole response. It ends when the response is complete, when the
// attempt's timeout has passed, or when req's context ends. A write that may have been sent gets cancelGrace after that.
func (c *Client) attempt(req *http.Request, body string, idempotent bool) (answer, *fault) {
	// The attempt has its own context, whose cause says what ended it.
	ctx, cancel := context.WithCancelCause(context.WithoutCancel(req.Context()))
	defer cancel(nil)
	var trace sendTrace
	timeout := c.attemptTimeout(idempotent)
	defer time.AfterFunc(timeout, func() { cancel(&timeoutError{timeout}) }).Stop()
	defer context.AfterFunc(req.Context(), func() {
		ended := req.Context().Err()
		if req.Method != http.MethodGet && !trace.certainlyUnsent() {
			select {
			case <-ctx.Done():
			case <-time.After(cancelGrace):
			}
			ended = fmt.Errorf("%w: %w", ended, errGraceOver)
		}
		cancel(ended)
	})()

	out := req.Clone(trace.in(ctx))
	out.SetBasicAuth(c.config.User, c.config.Password)
	if len(body) > 0 {
		out.Body = io.NopCloser(strings.NewReader(body))
		out.ContentLength = int64(len(body))
		// net/http calls GetBody before it retries a request on its own. Over HTTP/1 it retries a POST only if nothing was
		// written. Over HTTP/2 it also retries if the request may have been carried out.
		out.GetBody = func() (io.ReadCloser, error) {
			if !idempotent && trace.http2.Load() {
				return nil, errors.New("connection failed after the request was sent")
			}
			return io.NopCloser(strings.NewReader(body)), nil
		}
	}

	resp, err := c.network.RoundTrip(out)
	if err != nil {
		if cause := context.Cause(ctx); cause != nil {
			err = cause
		}
		return answer{}, c.classifyNetworkError(err, trace.certainlyUnsent())
	}
	defer resp.Body.Close()
	a := answer{status: resp.StatusCode, header: resp.Header}
	a.body, err = io.ReadAll(io.LimitReader(resp.Body, maxBody+1))
	received := time.Now()
	switch {
	case err == nil && len(a.body) > maxBody:
		err = errTooLong
	case err != nil && context.Cause(ctx) != nil:
		err = context.Cause(ctx)
	}
	return a, c.classify(req.Method, a, err, received)
}

// sendTrace records how far sending a request got.
type sendTrace struct{ wantsConnection, connected, http2 atomic.Bool }

func (s *sendTrace) in(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { s.wantsConnection.Store(true) },
		GotConn: func(info httptrace.GotConnInfo) {
			if conn, ok := info.Conn.(*tls.Conn); ok && conn.ConnectionState().NegotiatedProtocol == "h2" {
				s.http2.Store(true)
			}
			s.connected.Store(true)
		},
	})
}

// certainlyUnsent reports whether the request never had a connection. Once it has one, bytes may have been written, and there is
// no way to observe this without a race. It returns false for a test transport that reports nothing.
func (s *sendTrace) certainlyUnsent() bool { return s.wantsConnection.Load() && !s.connected.Load() }
