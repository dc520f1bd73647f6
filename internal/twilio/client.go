// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package twilio is a client for the parts of Twilio's API that this provider manages, in terms of Go: SIP IP access control
// lists, their addresses, the SIP domains and Elastic SIP trunks that lists are attached to, and these attachments.
//
// Each kind of object has a file; mappings to domains and associations with trunks are both in attachment.go. access.go and
// callee.go put together who may call. Answers are decoded into twilio-go's generated types, and these into small types of its
// own. The packages below do the rest:
//
//   - cache lets reads of single objects share one request for their collection.
//   - create looks up a create whose response was lost before it is repeated.
//   - rest sends requests and retries them. It alone knows HTTP.
//   - limit decides how many requests are in flight, and how fast they are sent.
//
// Callers import this package alone. None of them knows Terraform.
package twilio

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio/create"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio/rest"
)

// DefaultMaxConcurrentRequests is the upper bound of requests in flight when Config names none.
const DefaultMaxConcurrentRequests = 10

// Config is what a Client needs. Optional fields that are zero take their defaults.
type Config struct {
	// AccountSID is the account whose objects are meant when a call names none. Required.
	AccountSID string
	// AuthToken authenticates as AccountSID. Either it or APIKey and APISecret are required.
	AuthToken string
	// APIKey and APISecret authenticate in place of AuthToken when both are set.
	APIKey, APISecret string
	// Region and Edge become part of host names. A region other than DefaultRegion needs its edge. BaseURL overrides both.
	Region, Edge string
	// BaseURL is the scheme, host and port to which the requests of every product go. See ValidateBaseURL.
	BaseURL string
	// MaxConcurrentRequests is the upper bound of requests in flight. 0 means DefaultMaxConcurrentRequests.
	MaxConcurrentRequests int
	// DisableReadCache makes every read of an object a request of its own.
	DisableReadCache bool
	// Version of the provider, for the User-Agent header.
	Version string
	// Logger receives messages for every request. Optional.
	Logger Logger
	// Transport replaces the network in tests. Optional.
	Transport rest.Transport
	// AttemptTimeout is how long one attempt of a request may take, answer included. 0 means 10 s, 15 s for creates.
	AttemptTimeout time.Duration
}

// Client calls Twilio's API with one set of credentials. It is safe for concurrent use and meant to be shared: the limits
// on requests, the claims of creates and the read caches belong to it.
type Client struct {
	config Config
	rest   *rest.Client
	claims *create.Claims
	caches caches
	// What was in a collection before the first create in it.
	listInventories    inventories[IPAccessControlList]
	addressInventories inventories[IPAddress]
	confirmed          confirmedAccounts
}

// New makes a Client. It makes no request. It refuses incomplete or malformed configuration; no error contains a secret.
func New(config Config) (*Client, error) {
	if !ValidSID(PrefixAccount, config.AccountSID) {
		return nil, fmt.Errorf("account SID must be %q followed by 32 hexadecimal digits; got %q", PrefixAccount, config.AccountSID)
	}
	user, password := config.AccountSID, config.AuthToken
	if config.APIKey != "" || config.APISecret != "" {
		user, password = config.APIKey, config.APISecret
		if !ValidSID(PrefixAPIKey, user) {
			return nil, fmt.Errorf("API key SID must be %q followed by 32 hexadecimal digits; got %q", PrefixAPIKey, user)
		}
		if password == "" {
			return nil, errors.New("an API key is set without its secret")
		}
	}
	if password == "" {
		return nil, errors.New("neither an auth token nor an API key is set")
	}
	if config.MaxConcurrentRequests == 0 {
		config.MaxConcurrentRequests = DefaultMaxConcurrentRequests
	}
	if config.MaxConcurrentRequests < 1 {
		return nil, fmt.Errorf("the number of concurrent requests must be at least 1; got %d", config.MaxConcurrentRequests)
	}
	r, err := rest.New(rest.Config{
		User: user, Password: password, Secrets: []string{config.AuthToken},
		Region: config.Region, Edge: config.Edge, BaseURL: config.BaseURL,
		MaxConcurrentRequests: config.MaxConcurrentRequests,
		UserAgent:             "terraform-provider-twilio/" + config.Version,
		Logger:                config.Logger,
		Transport:             config.Transport,
		AttemptTimeout:        config.AttemptTimeout,
	})
	if err != nil {
		return nil, err
	}
	return &Client{
		config:    config,
		rest:      r,
		claims:    &create.Claims{Ambiguous: rest.IsAmbiguous, InProgress: rest.MayBeInProgress, EarliestCreation: r.EarliestCreation},
		caches:    newCaches(!config.DisableReadCache, snapshotLife),
		confirmed: confirmedAccounts{checking: semaphore.NewWeighted(1), visible: map[string]bool{}},
	}, nil
}

// AccountSID is the account whose objects are meant when a call names none.
func (c *Client) AccountSID() string { return c.config.AccountSID }

// MaxConcurrentRequests is the upper bound of requests in flight.
func (c *Client) MaxConcurrentRequests() int { return c.config.MaxConcurrentRequests }

// UsesAPIKey reports whether the credentials in use are an API key, rather than the account's auth token.
func (c *Client) UsesAPIKey() bool { return c.config.APIKey != "" }

// Credentials names the credentials in use by kind and SID, without the secret.
func (c *Client) Credentials() string {
	if c.UsesAPIKey() {
		return "API key " + c.config.APIKey
	}
	return "auth token of account " + c.config.AccountSID
}

// Account is the account that a call means by an account SID, which may be "".
func (c *Client) Account(accountSID string) string { return c.account(accountSID) }

// Region is the region that requests go to, Twilio's default if none is configured. It is empty with a base URL, which
// overrides it.
func (c *Client) Region() string {
	if c.config.BaseURL != "" {
		return ""
	}
	return cmp.Or(c.config.Region, DefaultRegion)
}

// Routing names the region and the edge that are configured and in effect: "region ie1, edge dublin".
func (c *Client) Routing() string {
	if c.config.BaseURL != "" {
		return ""
	}
	var parts []string
	if c.config.Region != "" {
		parts = append(parts, "region "+c.config.Region)
	}
	if c.config.Edge != "" {
		parts = append(parts, "edge "+c.config.Edge)
	}
	return strings.Join(parts, ", ")
}

// account resolves the account that a call means.
func (c *Client) account(accountSID string) string {
	if accountSID == "" {
		return c.config.AccountSID
	}
	return accountSID
}
