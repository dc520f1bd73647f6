// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"time"

	api "github.com/twilio/twilio-go/rest/api/v2010"
)

// codeAlreadyMapped is Twilio's code for mapping a list to a SIP domain a second time.
// Source: https://www.twilio.com/docs/errors/21231
const codeAlreadyMapped = 21231

// DomainMapping puts a list in force for the calls to a SIP domain.
// Source: https://www.twilio.com/docs/voice/sip/api/sip-domain-auth-calls-ipaccesscontrollistmapping-resource
type DomainMapping struct {
	DomainSID, AccountSID string
	// IPAccessControlListSID is the mapping's own SID as well: Twilio gives mappings the SID of their list.
	IPAccessControlListSID string
	// FriendlyName is the list's.
	FriendlyName string
	// DateCreated and DateUpdated are in UTC; zero if Twilio gave none.
	DateCreated, DateUpdated time.Time
}

func newDomainMapping(domainSID string) func(*api.ApiV2010SipAuthCallsIpAccessControlListMapping) DomainMapping {
	return func(w *api.ApiV2010SipAuthCallsIpAccessControlListMapping) DomainMapping {
		return DomainMapping{
			DomainSID:              domainSID,
			IPAccessControlListSID: value(w.Sid),
			AccountSID:             value(w.AccountSid),
			FriendlyName:           value(w.FriendlyName),
			DateCreated:            parseDate(w.DateCreated),
			DateUpdated:            parseDate(w.DateUpdated),
		}
	}
}

func domainMappingSID(mapping DomainMapping) string { return mapping.IPAccessControlListSID }

// CreateDomainMapping maps a list to a domain. A mapping that was there before is an *AlreadyExistsError.
// When the answer is lost, the mapping is looked up before the create is repeated.
func (c *Client) CreateDomainMapping(ctx context.Context, accountSID, domainSID, listSID string) (DomainMapping, error) {
	account := c.account(accountSID)
	defer c.cache.writeMapping(account, domainSID)()
	return createLink(ctx, link[DomainMapping]{
		post: func(ctx context.Context) (DomainMapping, error) {
			params := (&api.CreateSipAuthCallsIpAccessControlListMappingParams{}).SetPathAccountSid(account).SetIpAccessControlListSid(listSID)
			w, err := c.api(ctx, once).CreateSipAuthCallsIpAccessControlListMapping(domainSID, params)
			return fetched(w, err, newDomainMapping(domainSID), domainMappingSID, listSID)
		},
		look: c.fetchDomainMapping(account, domainSID, listSID),
	})
}

// DomainMapping reads one mapping. Reads of several mappings of a domain share one fetch of them all.
func (c *Client) DomainMapping(ctx context.Context, accountSID, domainSID, listSID string) (DomainMapping, error) {
	account := c.account(accountSID)
	return c.cache.mappings.get(ctx, mappingsKey(account, domainSID), listSID,
		c.fetchDomainMapping(account, domainSID, listSID), c.fetchDomainMappings(account, domainSID))
}

// DeleteDomainMapping takes a list out of force for a domain. A mapping that is gone already is a success.
func (c *Client) DeleteDomainMapping(ctx context.Context, accountSID, domainSID, listSID string) error {
	account := c.account(accountSID)
	defer c.cache.writeMapping(account, domainSID)()
	params := (&api.DeleteSipAuthCallsIpAccessControlListMappingParams{}).SetPathAccountSid(account)
	return removed(c.api(ctx, repeatable).DeleteSipAuthCallsIpAccessControlListMapping(domainSID, listSID, params))
}

// DomainMappings gives every mapping of a domain, in the API's order, out of the fetch that reads share.
func (c *Client) DomainMappings(ctx context.Context, accountSID, domainSID string) ([]DomainMapping, error) {
	account := c.account(accountSID)
	return c.cache.mappings.all(ctx, mappingsKey(account, domainSID), c.fetchDomainMappings(account, domainSID))
}

func (c *Client) fetchDomainMapping(account, domainSID, listSID string) func(context.Context) (DomainMapping, error) {
	return func(ctx context.Context) (DomainMapping, error) {
		params := (&api.FetchSipAuthCallsIpAccessControlListMappingParams{}).SetPathAccountSid(account)
		w, err := c.api(ctx, repeatable).FetchSipAuthCallsIpAccessControlListMapping(domainSID, listSID, params)
		return fetched(w, err, newDomainMapping(domainSID), domainMappingSID, listSID)
	}
}

func (c *Client) fetchDomainMappings(account, domainSID string) func(context.Context) ([]DomainMapping, error) {
	return func(ctx context.Context) ([]DomainMapping, error) {
		return collect(pages(ctx, c.handler(ctx, repeatable), apiOrigin,
			func() (*api.ListSipAuthCallsIpAccessControlListMappingResponse, error) {
				params := (&api.ListSipAuthCallsIpAccessControlListMappingParams{}).SetPathAccountSid(account).SetPageSize(pageSize)
				return c.api(ctx, repeatable).PageSipAuthCallsIpAccessControlListMapping(domainSID, params, "", "")
			},
			func(w *api.ListSipAuthCallsIpAccessControlListMappingResponse) page[DomainMapping] {
				return page[DomainMapping]{items: convert(w.Contents, newDomainMapping(domainSID)), next: value(w.NextPageUri)}
			},
			domainMappingSID))
	}
}

func mappingsKey(account, domainSID string) string { return account + "/" + domainSID }
