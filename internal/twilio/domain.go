// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"iter"
	"time"

	api "github.com/twilio/twilio-go/rest/api/v2010"
)

// Domain is a SIP domain: a host name that receives SIP calls. Source:
// https://www.twilio.com/docs/voice/sip/api/sip-domain-resource
type Domain struct {
	SID, AccountSID, FriendlyName string
	// DomainName ends in ".sip.twilio.com". It is unique.
	DomainName string
	// AuthType names what callers are checked against, separated by commas: IP_ACL, CREDENTIAL_LIST. If it is empty, no one may
	// call.
	AuthType string
	// Secure is set if TLS and SRTP are required.
	Secure   bool
	VoiceURL string
	// URI is a path on the API's host.
	URI string
	// DateCreated and DateUpdated are in UTC. They are zero if the response does not have them.
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

func (d Domain) sid() string { return d.SID }

func (c *Client) domains(accountSID string) collection[Domain] {
	at := location{sipURL + "/Domains.json", []string{c.account(accountSID)}, PrefixDomain}
	return newCollection(c, c.caches.domains, at, newDomain,
		func(p *api.ListSipDomainResponse) ([]api.ApiV2010SipDomain, *string) { return p.Domains, p.NextPageUri })
}

// Domain reads one SIP domain. Reads of several domains of an account share one request.
func (c *Client) Domain(ctx context.Context, accountSID, sid string) (Domain, error) {
	return c.domains(accountSID).get(ctx, sid)
}

// AllDomains returns all SIP domains of an account in the API's order. Reads share the request.
func (c *Client) AllDomains(ctx context.Context, accountSID string) ([]Domain, error) {
	return c.domains(accountSID).all(ctx)
}

// Domains walks the SIP domains of an account in the API's order. It requests each page of 1,000 when the walk reaches it, and
// caches nothing.
func (c *Client) Domains(ctx context.Context, accountSID string) iter.Seq2[Domain, error] {
	return c.domains(accountSID).walk(ctx)
}
