// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package rest sends a request to Twilio, with all its retries, and returns the body of a good response or an *Error. It handles
// credentials, hosts, throttling, and faults, but does not depend on the kinds of objects. From the outside in:
//
//   - Client.do builds the request.
//   - retryState waits and retries, in the loop of go-retryablehttp.
//   - attemptTransport waits for the limiter before each attempt, and logs the attempt.
//   - Client.attempt sends one attempt with credentials and a timeout, and reads the whole response.
//   - Client.classify decides whether the response is good (2xx with one complete JSON object, or an empty response to a DELETE),
//     and if it is not, whether the request may be retried.
package rest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-cleanhttp"
	"github.com/twilio/twilio-go/client"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio/limit"
)

// Transport sends requests over the network.
type Transport = http.RoundTripper

// Config configures a Client. The first three fields are required.
type Config struct {
	// User and Password authenticate every request.
	User, Password string
	// MaxConcurrentRequests is the maximum number of requests in flight.
	MaxConcurrentRequests int
	// Secrets are redacted from errors and logs, in addition to Password.
	Secrets []string
	// Region and Edge become part of the host names of Twilio's products. See routing.go.
	Region, Edge string
	// BaseURL overrides the host names. See ValidateBaseURL.
	BaseURL string
	// UserAgent is appended to the User-Agent header of twilio-go.
	UserAgent string
	// Logger receives messages about every attempt.
	Logger Logger
	// Transport replaces the network in tests.
	Transport Transport
	// AttemptTimeout is the timeout of one attempt, including its response. It defaults to 10 s, and to 15 s for creates.
	AttemptTimeout time.Duration
}

// Client sends requests with one set of credentials. It is safe for concurrent use.
type Client struct {
	config  Config
	baseURL *url.URL // if nil, the hosts that twilio-go chooses
	network Transport
	limiter *limit.Limiter
	clock   serverClock
	redact  redactor
	random  func() float64
	calls   atomic.Uint64
	heard   sync.Map // hosts that have ever responded
}

// New returns a Client. It makes no requests.
func New(config Config) (*Client, error) {
	c := &Client{
		config:  config,
		network: config.Transport,
		limiter: limit.New(config.MaxConcurrentRequests),
		redact:  newRedactor(config.User, append([]string{config.Password}, config.Secrets...)...),
		random:  rand.Float64,
	}
	if config.BaseURL != "" {
		var err error
		if c.baseURL, err = parseBaseURL(config.BaseURL); err != nil {
			return nil, fmt.Errorf("base URL %w", err)
		}
	}
	if c.network == nil {
		c.network = newNetwork(config.MaxConcurrentRequests)
	}
	return c, nil
}

// newNetwork returns a transport that keeps as many idle connections per host as requests may be in flight, for a few hosts.
func newNetwork(maxConcurrent int) *http.Transport {
	network := cleanhttp.DefaultPooledTransport()
	network.DialContext = (&net.Dialer{Timeout: 5 * time.Second, KeepAlive: 15 * time.Second}).DialContext
	network.TLSHandshakeTimeout = 5 * time.Second
	network.MaxIdleConnsPerHost = maxConcurrent
	network.MaxIdleConns = max(network.MaxIdleConns, 4*maxConcurrent)
	// This is shorter than servers keep idle connections, because a create on a connection that the server is closing is
	// ambiguous.
	network.IdleConnTimeout = 30 * time.Second
	return network
}

// Get reads the object at a URL of one of Twilio's products, such as https://api.twilio.com/2010-04-01/…. Region, edge, and base
// URL are applied to the URL.
func (c *Client) Get(ctx context.Context, url string) ([]byte, error) {
	return c.do(ctx, http.MethodGet, url, nil, true)
}

// Create creates an object. If the response is lost, the request is not repeated, and IsAmbiguous recognizes the error.
func (c *Client) Create(ctx context.Context, url string, form url.Values) ([]byte, error) {
	return c.do(ctx, http.MethodPost, url, form, false)
}

// Update changes the object at a URL.
func (c *Client) Update(ctx context.Context, url string, form url.Values) ([]byte, error) {
	return c.do(ctx, http.MethodPost, url, form, true)
}

// Delete deletes the object at a URL.
func (c *Client) Delete(ctx context.Context, url string) error {
	_, err := c.do(ctx, http.MethodDelete, url, nil, true)
	return err
}

// do sends one request and retries it. An idempotent request may be carried out twice. Any other request is retried only if it
// was certainly not carried out.
func (c *Client) do(ctx context.Context, method, url string, form url.Values, idempotent bool) ([]byte, error) {
	s := &retryState{Client: c, idempotent: idempotent, body: form.Encode(), order: c.calls.Add(1), started: time.Now()}
	req, err := c.newRequest(ctx, method, url)
	if err != nil {
		return nil, c.UnexpectedResponse(err.Error())
	}
	s.method, s.path = method, c.redact.text(req.URL.Path)
	if err := c.setHost(req); err != nil {
		return nil, s.failure(c.redact.error(err))
	}
	s.host = c.redact.text(req.URL.Host)
	return s.do(req)
}

// newRequest returns a request without body and credentials. It returns an error if rawURL, which may come from a response, is
// malformed.
func (c *Client) newRequest(ctx context.Context, method, rawURL string) (*http.Request, error) {
	routed, err := c.route(rawURL)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, method, routed, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("User-Agent", fmt.Sprintf("twilio-go/%s (%s %s) go/%s %s",
		client.LibraryVersion, runtime.GOOS, runtime.GOARCH, runtime.Version(), c.config.UserAgent))
	return req, nil
}

// EarliestCreation returns the earliest creation date, to the second like Twilio's dates, that an object can have if the request
// that failed with err made it. It returns the zero time if err is not an *Error.
func (c *Client) EarliestCreation(err error) time.Time {
	e, ok := errors.AsType[*Error](err)
	if !ok {
		return time.Time{}
	}
	return c.clock.earliestCreation(e.sent)
}
