// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package twilio is a client for the part of Twilio's API that this provider manages: SIP IP access control lists, their
// addresses, the SIP domains and Elastic SIP trunks that lists are attached to, and these attachments.
//
// Each kind of object has a file. Mappings to domains and associations with trunks are both in attachment.go. access.go and
// callee.go read who can call. Responses are decoded into the generated types of twilio-go, and converted to the small types of
// this package. These packages do the rest:
//
//   - cache lets reads of single objects share one request for their collection.
//   - create looks for the object of a create whose response was lost before it repeats the request.
//   - rest sends requests and retries them. Only this package uses HTTP.
//   - limit limits the number of requests in flight and the request rate.
//
// Callers import only this package. None of these packages depends on Terraform.
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

// DefaultMaxConcurrentRequests is the maximum number of requests in flight if Config does not set one.
const DefaultMaxConcurrentRequests = 10

// Config configures a Client. Optional fields that are zero have a default.
type Config struct {
	// AccountSID is the account that is used if a call does not name one. Required.
	AccountSID string
	// AuthToken authenticates as AccountSID. Either AuthToken or APIKey and APISecret are required.
	AuthToken string
	// APIKey and APISecret are used instead of AuthToken if both are set.
	APIKey, APISecret string
	// Region and Edge become part of host names. A region other than DefaultRegion requires its edge. BaseURL overrides both.
	Region, Edge string
	// BaseURL is the scheme, host, and port for the requests of every product. See ValidateBaseURL.
	BaseURL string
	// MaxConcurrentRequests is the maximum number of requests in flight. 0 means DefaultMaxConcurrentRequests.
	MaxConcurrentRequests int
	// DisableReadCache makes a separate request for every read of an object.
	DisableReadCache bool
	// Version is the version of the provider, for the User-Agent header.
	Version string
	// Logger receives messages about every request. Optional.
	Logger Logger
	// Transport replaces the network in tests. Optional.
	Transport rest.Transport
	// AttemptTimeout is the timeout of a single attempt of a request, including its response. 0 means 10 s, or 15 s for creates.
	AttemptTimeout time.Duration
}

// Client calls Twilio's API with one set of credentials. It is safe for concurrent use and meant to be shared: the request
// limits, the claims of creates, and the read caches belong to it.
type Client struct {
	config Config
	rest   *rest.Client
	claims *create.Claims
	caches caches
	// The members of each collection before the first create in it.
	listInventories    inventories[IPAccessControlList]
	addressInventories inventories[IPAddress]
	confirmed          confirmedAccounts
}

// New returns a Client. It makes no requests. It rejects incomplete or malformed configuration; its errors contain no secrets.
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

// AccountSID returns the account that is used if a call does not name one.
func (c *Client) AccountSID() string { return c.config.AccountSID }

// MaxConcurrentRequests returns the maximum number of requests in flight.
func (c *Client) MaxConcurrentRequests() int { return c.config.MaxConcurrentRequests }

// UsesAPIKey reports whether the client authenticates with an API key rather than the account's auth token.
func (c *Client) UsesAPIKey() bool { return c.config.APIKey != "" }

// Credentials describes the credentials by kind and SID, without the secret.
func (c *Client) Credentials() string {
	if c.UsesAPIKey() {
		return "API key " + c.config.APIKey
	}
	return "auth token of account " + c.config.AccountSID
}

// Account returns the account for an account SID that may be "".
func (c *Client) Account(accountSID string) string { return c.account(accountSID) }

// Region returns the region that requests go to, or Twilio's default if none is configured. It returns "" if a base URL overrides
// it.
func (c *Client) Region() string {
	if c.config.BaseURL != "" {
		return ""
	}
	return cmp.Or(c.config.Region, DefaultRegion)
}

// Routing describes the configured region and edge that are in effect: "region ie1, edge dublin".
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

// account returns the account for an account SID that may be "".
func (c *Client) account(accountSID string) string {
	if accountSID == "" {
		return c.config.AccountSID
	}
	return accountSID
}
