// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	api "github.com/twilio/twilio-go/rest/api/v2010"
)

// IPAddress is an entry of a SIP IP access control list: an IPv4 address or CIDR block that may send calls. Source:
// https://www.twilio.com/docs/voice/sip/api/sip-ipaddress-resource
type IPAddress struct {
	SID, AccountSID, IPAccessControlListSID string
	IPAddressFields
	// DateCreated and DateUpdated are in UTC, with a resolution of one second. They are zero if the response does not have them.
	DateCreated, DateUpdated time.Time
	// URI is a path on the API's host.
	URI string
}

// IPAddressFields are the fields of an entry that can be set and changed.
type IPAddressFields struct {
	// FriendlyName has 1 to 255 characters. Several entries may have the same name.
	FriendlyName string
	// IPAddress is in dotted decimal notation.
	IPAddress string
	// CIDRPrefixLength is 1 to 32. Twilio silently stores 0 as 32.
	CIDRPrefixLength int
}

func (f IPAddressFields) form() url.Values {
	return url.Values{"FriendlyName": {f.FriendlyName}, "IpAddress": {f.IPAddress}, "CidrPrefixLength": {strconv.Itoa(f.CIDRPrefixLength)}}
}

func newIPAddress(w *api.ApiV2010SipIpAddress) IPAddress {
	uri := value(w.Uri)
	entry := IPAddress{
		SID:                    within(uri, value(w.Sid)),
		AccountSID:             within(uri, value(w.AccountSid)),
		IPAccessControlListSID: within(uri, value(w.IpAccessControlListSid)),
		IPAddressFields: IPAddressFields{
			FriendlyName:     value(w.FriendlyName),
			IPAddress:        value(w.IpAddress),
			CIDRPrefixLength: w.CidrPrefixLength,
		},
		DateCreated: parseDate(w.DateCreated),
		DateUpdated: parseDate(w.DateUpdated),
		URI:         uri,
	}
	if entry.CIDRPrefixLength == 0 {
		// twilio-go returns 0 for an absent prefix length, which means a single address.
		entry.CIDRPrefixLength = 32
	}
	return entry
}

// within returns sid as a substring of uri if possible, so that a cached entry needs one string instead of four.
func within(uri, sid string) string {
	if i := strings.Index(uri, sid); i >= 0 {
		return uri[i : i+len(sid)]
	}
	return sid
}

func (a IPAddress) sid() string { return a.SID }

func (c *Client) addresses(accountSID, listSID string) collection[IPAddress] {
	at := location{sipURL + "/IpAccessControlLists/{AL}/IpAddresses.json", []string{c.account(accountSID), listSID}, PrefixIPAddress}
	addresses := newCollection(c, c.caches.addresses, at, newIPAddress,
		func(p *api.ListSipIpAddressResponse) ([]api.ApiV2010SipIpAddress, *string) {
			return p.IpAddresses, p.NextPageUri
		})
	addresses.inventory = c.addressInventories.get(addresses.url)
	return addresses
}

// CreateIPAddress adds an entry to a list. If the response is lost, it looks for the entry before it repeats the request. An
// *UncertainCreateError reports that this did not show whether the entry was created.
func (c *Client) CreateIPAddress(ctx context.Context, accountSID, listSID string, fields IPAddressFields) (IPAddress, error) {
	addresses := c.addresses(accountSID, listSID)
	return addresses.create(ctx, fields.form(),
		func(entry IPAddress) bool { return entry.IPAddressFields == fields },
		func(entry IPAddress) time.Time { return entry.DateCreated },
		func(ctx context.Context, twin IPAddress) error { return addresses.delete(ctx, twin.SID) })
}

// IPAddress reads one entry of a list. Reads of a list's entries share one request for all of them, because a list has at most
// 100 entries, which is one small page.
func (c *Client) IPAddress(ctx context.Context, accountSID, listSID, sid string) (IPAddress, error) {
	return c.addresses(accountSID, listSID).get(ctx, sid)
}

// UpdateIPAddress sets all fields of an entry in one request, so the new block replaces the old one at once.
func (c *Client) UpdateIPAddress(ctx context.Context, accountSID, listSID, sid string, fields IPAddressFields) (IPAddress, error) {
	return c.addresses(accountSID, listSID).update(ctx, sid, fields.form())
}

// DeleteIPAddress removes an entry from a list. It succeeds if the entry does not exist.
func (c *Client) DeleteIPAddress(ctx context.Context, accountSID, listSID, sid string) error {
	return c.addresses(accountSID, listSID).delete(ctx, sid)
}

// KnownIPAddresses tells the client the entries of a list that were just read, so that a create in this list does not need to
// read them.
func (c *Client) KnownIPAddresses(accountSID, listSID string, entries []IPAddress) {
	c.addresses(accountSID, listSID).inventory.learn(entries)
}

// CurrentIPAddresses returns the entries of a list as this client knows them: it reads them once and then applies its own writes.
func (c *Client) CurrentIPAddresses(ctx context.Context, accountSID, listSID string) ([]IPAddress, error) {
	addresses := c.addresses(accountSID, listSID)
	if err := addresses.inventory.load(ctx, addresses.requestAll); err != nil {
		return nil, err
	}
	return addresses.inventory.members(), nil
}

// IPAddresses returns all entries of a list in the API's order. Reads share the request.
func (c *Client) IPAddresses(ctx context.Context, accountSID, listSID string) ([]IPAddress, error) {
	return c.addresses(accountSID, listSID).all(ctx)
}

// IPAddressesUncached is like IPAddresses, but does not use the read cache. It is for a walk over many lists that reads the
// entries of each list once.
func (c *Client) IPAddressesUncached(ctx context.Context, accountSID, listSID string) ([]IPAddress, error) {
	return c.addresses(accountSID, listSID).requestAll(ctx)
}
