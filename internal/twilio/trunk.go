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

// Trunk is an Elastic SIP trunk. It belongs to the account of the credentials, because URLs of the trunking API have no account.
// Source: https://www.twilio.com/docs/sip-trunking/api/trunk-resource
type Trunk struct {
	SID, AccountSID, FriendlyName string
	// DomainName ends in ".pstn.twilio.com". It is empty if the trunk accepts no incoming calls.
	DomainName string
	// AuthType names what callers are checked against, separated by commas: IP_ACL, CREDENTIAL_LIST.
	AuthType string
	// Secure is set if TLS and SRTP are required.
	Secure bool
	// URL is absolute.
	URL string
	// DateCreated and DateUpdated are in UTC. They are zero if the response does not have them.
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

func (t Trunk) sid() string { return t.SID }

func (c *Client) trunks() collection[Trunk] {
	return newCollection(c, c.caches.trunks, location{template: trunksURL, prefix: PrefixTrunk}, newTrunk,
		func(p *trunking.ListTrunkResponse) ([]trunking.TrunkingV1Trunk, *string) {
			return p.Trunks, p.Meta.NextPageUrl
		})
}

// TrunkAccount returns the account whose trunks the credentials can see. It returns "" if the credentials are an API key, which
// does not show the account that it belongs to.
func (c *Client) TrunkAccount() string {
	if c.UsesAPIKey() {
		return ""
	}
	return c.config.AccountSID
}

// Trunk reads one trunk of the account that the credentials belong to. Reads of several trunks share one request.
func (c *Client) Trunk(ctx context.Context, sid string) (Trunk, error) {
	return c.trunks().get(ctx, sid)
}

// AllTrunks returns all trunks of the account that the credentials belong to, in the API's order. Reads share the request.
func (c *Client) AllTrunks(ctx context.Context) ([]Trunk, error) { return c.trunks().all(ctx) }

// Trunks walks the trunks of the account that the credentials belong to, in the API's order. It requests each page of 1,000 when
// the walk reaches it, and caches nothing.
func (c *Client) Trunks(ctx context.Context) iter.Seq2[Trunk, error] { return c.trunks().walk(ctx) }
