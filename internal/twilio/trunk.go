// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"cmp"
	"context"
	"iter"
	"strings"
	"time"

	trunking "github.com/twilio/twilio-go/rest/trunking/v1"
)

// trunkingOrigin is where twilio-go sends requests of the trunking API, before region, edge or base URL apply.
const trunkingOrigin = "https://trunking.twilio.com"

// Trunk is an Elastic SIP trunk. Its account is the one that the credentials belong to: the trunking API has no account
// in its paths. Source: https://www.twilio.com/docs/sip-trunking/api/trunk-resource
type Trunk struct {
	SID, AccountSID, FriendlyName string
	// DomainName ends in ".pstn.twilio.com"; empty if the trunk takes no calls from outside.
	DomainName string
	// AuthType names what callers are checked against, separated by commas: IP_ACL, CREDENTIAL_LIST.
	AuthType string
	// Secure says that TLS and SRTP are demanded.
	Secure bool
	// URL is absolute.
	URL string
	// DateCreated and DateUpdated are in UTC; zero if Twilio gave none.
	DateCreated, DateUpdated time.Time
}

func newTrunk(w *trunking.TrunkingV1Trunk) Trunk {
	return Trunk{
		SID:          value(w.Sid),
		AccountSID:   value(w.AccountSid),
		FriendlyName: value(w.FriendlyName),
		DomainName:   value(w.DomainName),
		AuthType:     cmp.Or(value(w.AuthType), strings.Join(value(w.AuthTypeSet), ",")),
		Secure:       value(w.Secure),
		URL:          value(w.Url),
		DateCreated:  utc(w.DateCreated),
		DateUpdated:  utc(w.DateUpdated),
	}
}

func trunkSID(trunk Trunk) string { return trunk.SID }

// TrunkAccount is the account whose trunks the credentials reach. It is "" if Twilio alone knows it: an API key does
// not show whose it is.
func (c *Client) TrunkAccount() string {
	if c.config.APIKey != "" {
		return ""
	}
	return c.config.AccountSID
}

// Trunk reads one trunk of the account that the credentials belong to. Reads of several trunks share one fetch of them
// all.
func (c *Client) Trunk(ctx context.Context, sid string) (Trunk, error) {
	return c.cache.trunks.get(ctx, "", sid,
		func(ctx context.Context) (Trunk, error) {
			w, err := c.trunking(ctx, repeatable).FetchTrunk(sid)
			return fetched(w, err, newTrunk, trunkSID, sid)
		},
		c.fetchTrunks)
}

// AllTrunks gives every trunk of the account that the credentials belong to, in the API's order, out of the fetch that
// reads share.
func (c *Client) AllTrunks(ctx context.Context) ([]Trunk, error) {
	return c.cache.trunks.all(ctx, "", c.fetchTrunks)
}

func (c *Client) fetchTrunks(ctx context.Context) ([]Trunk, error) { return collect(c.Trunks(ctx)) }

// Trunks walks the trunks of the account that the credentials belong to, in the API's order. Pages of 1,000 are fetched
// as the walk reaches them; nothing is remembered.
func (c *Client) Trunks(ctx context.Context) iter.Seq2[Trunk, error] {
	return pages(ctx, c.handler(ctx, repeatable), trunkingOrigin,
		func() (*trunking.ListTrunkResponse, error) {
			return c.trunking(ctx, repeatable).PageTrunk((&trunking.ListTrunkParams{}).SetPageSize(pageSize), "", "")
		},
		func(w *trunking.ListTrunkResponse) page[Trunk] {
			return page[Trunk]{items: convert(w.Trunks, newTrunk), next: value(w.Meta.NextPageUrl)}
		},
		trunkSID)
}
