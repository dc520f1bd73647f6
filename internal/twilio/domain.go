// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"iter"
	"time"

	api "github.com/twilio/twilio-go/rest/api/v2010"
)

// Domain is a SIP domain: the host name to which calls are sent.
// Source: https://www.twilio.com/docs/voice/sip/api/sip-domain-resource
type Domain struct {
	SID, AccountSID, FriendlyName string
	// DomainName ends in ".sip.twilio.com". It is unique.
	DomainName string
	// AuthType names what callers are checked against, separated by commas: IP_ACL, CREDENTIAL_LIST. Empty: nobody may call.
	AuthType string
	// Secure says that TLS and SRTP are demanded.
	Secure   bool
	VoiceURL string
	// URI is relative to the API's host.
	URI string
	// DateCreated and DateUpdated are in UTC; zero if Twilio gave none.
	DateCreated, DateUpdated time.Time
}

func newDomain(w *api.ApiV2010SipDomain) Domain {
	return Domain{
		SID:          value(w.Sid),
		AccountSID:   value(w.AccountSid),
		FriendlyName: value(w.FriendlyName),
		DomainName:   value(w.DomainName),
		AuthType:     value(w.AuthType),
		Secure:       value(w.Secure),
		VoiceURL:     value(w.VoiceUrl),
		URI:          value(w.Uri),
		DateCreated:  parseDate(w.DateCreated),
		DateUpdated:  parseDate(w.DateUpdated),
	}
}

func domainSID(domain Domain) string { return domain.SID }

// Domain reads one SIP domain. Reads of several domains of an account share one fetch of them all.
func (c *Client) Domain(ctx context.Context, accountSID, sid string) (Domain, error) {
	account := c.account(accountSID)
	return c.cache.domains.get(ctx, account, sid,
		func(ctx context.Context) (Domain, error) {
			params := (&api.FetchSipDomainParams{}).SetPathAccountSid(account)
			w, err := c.api(ctx, repeatable).FetchSipDomain(sid, params)
			return fetched(w, err, newDomain, domainSID, sid)
		},
		c.fetchDomains(account))
}

// AllDomains gives every SIP domain of an account, in the API's order, out of the fetch that reads share.
func (c *Client) AllDomains(ctx context.Context, accountSID string) ([]Domain, error) {
	account := c.account(accountSID)
	return c.cache.domains.all(ctx, account, c.fetchDomains(account))
}

func (c *Client) fetchDomains(account string) func(context.Context) ([]Domain, error) {
	return func(ctx context.Context) ([]Domain, error) { return collect(c.Domains(ctx, account)) }
}

// Domains walks the SIP domains of an account in the API's order. Pages of 1,000 are fetched as the walk reaches them;
// nothing is remembered.
func (c *Client) Domains(ctx context.Context, accountSID string) iter.Seq2[Domain, error] {
	account := c.account(accountSID)
	return pages(ctx, c.handler(ctx, repeatable), apiOrigin,
		func() (*api.ListSipDomainResponse, error) {
			params := (&api.ListSipDomainParams{}).SetPathAccountSid(account).SetPageSize(pageSize)
			return c.api(ctx, repeatable).PageSipDomain(params, "", "")
		},
		func(w *api.ListSipDomainResponse) page[Domain] {
			return page[Domain]{items: convert(w.Domains, newDomain), next: value(w.NextPageUri)}
		},
		domainSID)
}
