// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/twilio/twilio-go/client"
	api "github.com/twilio/twilio-go/rest/api/v2010"
	trunking "github.com/twilio/twilio-go/rest/trunking/v1"
)

// DefaultMaxConcurrentRequests is the upper bound of requests in flight when Config names none.
const DefaultMaxConcurrentRequests = 10

// pageSize is the largest page that Twilio serves. Source: the PageSize parameter in Twilio's OpenAPI documents.
const pageSize = 1000

// Config is all that a Client needs. Fields left zero take their defaults.
type Config struct {
	// AccountSID is the account whose objects are meant when a call names none. Required.
	AccountSID string
	// AuthToken authenticates as AccountSID. Either it or APIKey and APISecret are required.
	AuthToken string
	// APIKey and APISecret authenticate in place of AuthToken when both are set.
	APIKey, APISecret string
	// Region and Edge route requests as Twilio's own libraries do. BaseURL overrides both.
	Region, Edge string
	// BaseURL is one origin for the requests of every product. See ValidateBaseURL.
	BaseURL string
	// MaxConcurrentRequests is the upper bound of requests in flight. 0 means DefaultMaxConcurrentRequests.
	MaxConcurrentRequests int
	// DisableReadCache makes every read of an object a request of its own.
	DisableReadCache bool
	// Version of the provider, for the User-Agent header.
	Version string
	// Logger receives one message for every request. Nil means silence.
	Logger Logger
	// Transport replaces the network. It is a seam for tests.
	Transport http.RoundTripper
	// AttemptTimeout is how long one attempt of a request may take, answer included. 0 means 10 s, 15 s for creates.
	AttemptTimeout time.Duration
}

// Logger receives what a Client does. Fields never contain a secret.
type Logger interface {
	Debug(ctx context.Context, message string, fields map[string]any)
	Trace(ctx context.Context, message string, fields map[string]any)
}

// Client calls Twilio's API on behalf of one set of credentials. It is safe for concurrent use, and is meant to be
// shared: the pace that the account bears, the claims of creates and the read cache belong to it.
type Client struct {
	config    Config
	transport *transport
	creations creations
	cache     readCache
}

// New makes a Client. It makes no request. It refuses incomplete or malformed configuration; no error contains a secret.
func New(config Config) (*Client, error) {
	if !ValidSID(PrefixAccount, config.AccountSID) {
		return nil, fmt.Errorf("account SID %q is not %q followed by 32 hexadecimal digits", config.AccountSID, PrefixAccount)
	}
	switch {
	case config.APIKey != "" || config.APISecret != "":
		if !ValidSID(PrefixAPIKey, config.APIKey) {
			return nil, fmt.Errorf("API key SID %q is not %q followed by 32 hexadecimal digits", config.APIKey, PrefixAPIKey)
		}
		if config.APISecret == "" {
			return nil, errors.New("API key without its secret")
		}
	case config.AuthToken == "":
		return nil, errors.New("neither an auth token nor an API key")
	}
	if config.BaseURL != "" {
		if err := ValidateBaseURL(config.BaseURL); err != nil {
			return nil, err
		}
	}
	if config.MaxConcurrentRequests == 0 {
		config.MaxConcurrentRequests = DefaultMaxConcurrentRequests
	}
	if config.MaxConcurrentRequests < 1 {
		return nil, fmt.Errorf("at least 1 request must be allowed in flight, not %d", config.MaxConcurrentRequests)
	}
	t, err := newTransport(config)
	if err != nil {
		return nil, err
	}
	return &Client{config: config, transport: t, cache: newReadCache(!config.DisableReadCache, snapshotLife)}, nil
}

// AccountSID is the account whose objects are meant when a call names none.
func (c *Client) AccountSID() string { return c.config.AccountSID }

// Credentials names the credentials in use by kind and SID, without the secret.
func (c *Client) Credentials() string {
	if c.config.APIKey != "" {
		return "API key " + c.config.APIKey
	}
	return "auth token of account " + c.config.AccountSID
}

// account resolves the account that a call means.
func (c *Client) account(accountSID string) string {
	if accountSID == "" {
		return c.config.AccountSID
	}
	return accountSID
}

// repeatable and once say whether a request may be repeated when nobody knows whether it was carried out.
var (
	repeatable = callOptions{repeatable: true}
	once       = callOptions{repeatable: false}
)

// handler carries ctx down to the socket: twilio-go takes no context, so every call gets a cheap handler of its own.
func (c *Client) handler(ctx context.Context, options callOptions) *client.RequestHandler {
	return &client.RequestHandler{
		Client: &client.Client{
			// The transport authenticates, so that no secret passes through twilio-go.
			Credentials:         client.NewCredentials("", ""),
			UserAgentExtensions: []string{"terraform-provider-twilio/" + c.config.Version},
			HTTPClient: &http.Client{
				Transport:     c.transport.bind(ctx, options),
				CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
			},
		},
		Region: c.config.Region,
		Edge:   c.config.Edge,
	}
}

func (c *Client) api(ctx context.Context, options callOptions) *api.ApiService {
	return api.NewApiService(c.handler(ctx, options))
}

func (c *Client) trunking(ctx context.Context, options callOptions) *trunking.ApiService {
	return trunking.NewApiService(c.handler(ctx, options))
}

// failure strips what net/http and twilio-go put around our own error.
// Anything else is an answer that was JSON but not of the shape that the API promises.
func failure(err error) error {
	if err == nil {
		return nil
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	return misshapen(err.Error())
}

// misshapen is the error of an answer that is well-formed JSON but cannot be what was asked for, such as an
// object without a SID. A gateway's answer must never be taken for an empty account or a new object.
func misshapen(what string) error {
	return &Error{
		Reason: NotJSON, Attempts: 1, fateUnknown: true, sent: time.Now(),
		Err: fmt.Errorf("answer does not have the form that Twilio documents: %s", what),
	}
}

// removed makes a delete of what is gone a success.
func removed(err error) error {
	if err = failure(err); IsNotFound(err) {
		return nil
	}
	return err
}
