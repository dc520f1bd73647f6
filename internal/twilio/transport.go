// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-retryablehttp"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio/limit"
)

// How long one attempt may take. Reads of 1000 objects take a few seconds at the worst; a create whose answer is given
// up too early must be looked up, which costs more than patience.
const (
	defaultAttemptTimeout = 10 * time.Second
	defaultCreateTimeout  = 15 * time.Second
)

// transport is what all requests to Twilio pass. From the outside in:
//
//	bound     puts the caller's context in, and turns what went wrong into an *Error
//	call      repeats what is worth repeating (go-retryablehttp)
//	attempts  waits for the limiter's leave, for each attempt anew; writes the log
//	attempt   one request and its whole answer: credentials, timeout, what the answer is worth
//	network   connections
//
// twilio-go above it sees good answers only: 2xx with one complete JSON object, or an empty answer to a DELETE.
type transport struct {
	user, secret   string
	origin         *url.URL // nil: the hosts that twilio-go chooses
	network        http.RoundTripper
	limiter        *limit.Limiter
	clock          serverClock
	logger         Logger
	redact         redactor
	attemptTimeout time.Duration // 0: the defaults
	random         func() float64
	calls          atomic.Uint64
}

// callOptions say what the API layer knows about a call.
type callOptions struct {
	// repeatable calls do no harm when they are carried out twice: GET, DELETE, updates. The others are creates: of them
	// only what was certainly not carried out is repeated.
	repeatable bool
}

// newTransport makes a transport. cfg has been validated and has its defaults.
func newTransport(cfg Config) (*transport, error) {
	t := &transport{
		user:           cfg.AccountSID,
		secret:         cfg.AuthToken,
		network:        cfg.Transport,
		limiter:        limit.New(cfg.MaxConcurrentRequests),
		logger:         cfg.Logger,
		attemptTimeout: cfg.AttemptTimeout,
		random:         rand.Float64,
	}
	if cfg.APIKey != "" && cfg.APISecret != "" {
		t.user, t.secret = cfg.APIKey, cfg.APISecret
	}
	t.redact = newRedactor(t.user, cfg.AuthToken, cfg.APISecret)
	if cfg.BaseURL != "" {
		origin, err := url.Parse(cfg.BaseURL)
		if err != nil {
			return nil, errors.New("base URL is not a URL")
		}
		t.origin = origin
	}
	if t.network == nil {
		t.network = newNetwork(cfg.MaxConcurrentRequests)
	}
	return t, nil
}

// newNetwork is Go's default transport with room for all connections that may be in use at once.
func newNetwork(maxConcurrent int) http.RoundTripper {
	network := &http.Transport{Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true}
	if standard, ok := http.DefaultTransport.(*http.Transport); ok {
		network = standard.Clone()
	}
	network.DialContext = (&net.Dialer{Timeout: 5 * time.Second, KeepAlive: 15 * time.Second}).DialContext
	network.TLSHandshakeTimeout = 5 * time.Second
	network.MaxIdleConnsPerHost = maxConcurrent
	network.MaxIdleConns = max(network.MaxIdleConns, 4*maxConcurrent)
	// Shorter than what servers allow: a create that is written to a connection about to be closed must be looked up.
	network.IdleConnTimeout = 30 * time.Second
	return network
}

// bind makes the transport of one call, whose requests carry ctx in place of their own. It is cheap.
func (t *transport) bind(ctx context.Context, o callOptions) http.RoundTripper {
	return bound{t, ctx, o}
}

type bound struct {
	t       *transport
	ctx     context.Context
	options callOptions
}

// RoundTrip ends with a good answer, fully read, or with an *Error.
func (b bound) RoundTrip(req *http.Request) (*http.Response, error) {
	c := &call{t: b.t, options: b.options, order: b.t.calls.Add(1), started: time.Now()}
	var body []byte
	if req.Body != nil {
		defer req.Body.Close()
		var err error
		if body, err = io.ReadAll(req.Body); err != nil {
			return nil, c.failure(req, err)
		}
	}
	out := req.Clone(b.ctx)
	out.Body, out.GetBody, out.ContentLength = nil, nil, 0
	out.Header.Del("Authorization")
	if err := b.t.direct(out); err != nil {
		return nil, c.failure(req, err)
	}
	retryable, err := retryablehttp.FromRequest(out)
	if err != nil {
		return nil, c.failure(req, err)
	}
	resp, err := c.client(body).Do(retryable)
	if err != nil {
		ended := b.ctx.Err()
		switch {
		case c.last == nil && ended == nil:
			ended = err
		case c.last != nil && c.last.repeat == never && c.last.err.Status != 0:
			// A definite answer came in time.
			ended = nil
		}
		return nil, c.failure(req, ended)
	}
	resp.Request = req
	return resp, nil
}

// direct points req to where it may go. Addresses of next pages come from answers, and must not lead the credentials
// elsewhere.
func (t *transport) direct(req *http.Request) error {
	req.Host = ""
	if t.origin != nil {
		req.URL.Scheme, req.URL.Host = t.origin.Scheme, t.origin.Host
		return nil
	}
	if req.URL.Scheme != "https" || !strings.HasSuffix(strings.ToLower(req.URL.Hostname()), ".twilio.com") {
		return fmt.Errorf("refused to send credentials to %s://%s, which is not Twilio's", req.URL.Scheme, req.URL.Host)
	}
	return nil
}

// attempts is the transport below the retry loop.
type attempts struct {
	call *call
	body []byte
}

// RoundTrip makes one attempt when the limiter lets it.
func (a attempts) RoundTrip(req *http.Request) (*http.Response, error) {
	c, t := a.call, a.call.t
	ctx := req.Context()
	permit, err := t.limiter.Acquire(ctx, c.order)
	if err != nil {
		return nil, err
	}
	began := time.Now()
	ans, f := t.attempt(req, a.body, c.options.repeatable, t.timeout(c.options))
	t.limiter.Release(permit, outcomeOf(ans, f))
	c.record(f)
	t.logAttempt(ctx, req, a.body, c.attempts, ans, f, time.Since(began))
	if f != nil {
		f.err.sent = began
		return nil, f
	}
	return &http.Response{
		Status:        fmt.Sprintf("%d %s", ans.status, http.StatusText(ans.status)),
		StatusCode:    ans.status,
		Proto:         "HTTP/1.1",
		ProtoMajor:    1,
		ProtoMinor:    1,
		Header:        ans.header,
		Body:          io.NopCloser(bytes.NewReader(ans.body)),
		ContentLength: int64(len(ans.body)),
		Request:       req,
	}, nil
}

func (t *transport) timeout(o callOptions) time.Duration {
	switch {
	case t.attemptTimeout > 0:
		return t.attemptTimeout
	case o.repeatable:
		return defaultAttemptTimeout
	}
	return defaultCreateTimeout
}

// outcomeOf is what an attempt tells about the account's limits.
func outcomeOf(a answer, f *fault) limit.Outcome {
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
