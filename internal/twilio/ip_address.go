// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"strconv"
	"time"

	api "github.com/twilio/twilio-go/rest/api/v2010"
)

// IPAddress is one entry of a SIP IP access control list: an IPv4 address, or a block of them, that may send calls.
// Source: https://www.twilio.com/docs/voice/sip/api/sip-ipaddress-resource
type IPAddress struct {
	SID, AccountSID, IPAccessControlListSID string
	IPAddressFields
	// DateCreated and DateUpdated are in UTC, with a resolution of one second; zero if Twilio gave none.
	DateCreated, DateUpdated time.Time
	// URI is relative to the API's host.
	URI string
}

// IPAddressFields is what can be chosen and changed about an entry.
type IPAddressFields struct {
	// FriendlyName has 1 to 255 characters. Entries may share a name.
	FriendlyName string
	// IPAddress is in dotted decimal notation.
	IPAddress string
	// CIDRPrefixLength is 1 to 32. Twilio stores a 0 as 32 without an error.
	CIDRPrefixLength int
}

func newIPAddress(w *api.ApiV2010SipIpAddress) IPAddress {
	entry := IPAddress{
		SID:                    value(w.Sid),
		AccountSID:             value(w.AccountSid),
		IPAccessControlListSID: value(w.IpAccessControlListSid),
		IPAddressFields: IPAddressFields{
			FriendlyName:     value(w.FriendlyName),
			IPAddress:        value(w.IpAddress),
			CIDRPrefixLength: w.CidrPrefixLength,
		},
		DateCreated: parseDate(w.DateCreated),
		DateUpdated: parseDate(w.DateUpdated),
		URI:         value(w.Uri),
	}
	if entry.CIDRPrefixLength == 0 {
		// twilio-go shows an absent length as 0, and absent means the whole address.
		entry.CIDRPrefixLength = 32
	}
	return entry
}

func ipAddressSID(entry IPAddress) string { return entry.SID }

// CreateIPAddress adds an entry to a list. When the answer is lost, the entry is looked up before the create is
// repeated; an *UncertainCreateError says that its fate could not be found out.
func (c *Client) CreateIPAddress(ctx context.Context, accountSID, listSID string, fields IPAddressFields) (IPAddress, error) {
	account := c.account(accountSID)
	defer c.cache.addresses.write(addressesKey(account, listSID))()
	length := strconv.Itoa(fields.CIDRPrefixLength)
	return create(ctx, c, creation[IPAddress]{
		group: "address " + account + " " + listSID + " " + fields.IPAddress + "/" + length + " " + fields.FriendlyName,
		post: func(ctx context.Context) (IPAddress, error) {
			params := (&api.CreateSipIpAddressParams{}).SetPathAccountSid(account).
				SetFriendlyName(fields.FriendlyName).SetIpAddress(fields.IPAddress).SetCidrPrefixLength(fields.CIDRPrefixLength)
			w, err := c.api(ctx, once).CreateSipIpAddress(listSID, params)
			return made(w, err, newIPAddress, ipAddressSID)
		},
		look:    c.fetchIPAddresses(account, listSID),
		matches: func(entry IPAddress) bool { return entry.IPAddressFields == fields },
		sid:     ipAddressSID,
		created: func(entry IPAddress) time.Time { return entry.DateCreated },
	})
}

// IPAddress reads one entry of a list, out of one fetch of the whole list: Twilio allows a list 100 entries, so that
// this is never more than one small page.
func (c *Client) IPAddress(ctx context.Context, accountSID, listSID, sid string) (IPAddress, error) {
	account := c.account(accountSID)
	return c.cache.addresses.get(ctx, addressesKey(account, listSID), sid,
		func(ctx context.Context) (IPAddress, error) {
			params := (&api.FetchSipIpAddressParams{}).SetPathAccountSid(account)
			w, err := c.api(ctx, repeatable).FetchSipIpAddress(listSID, sid, params)
			return fetched(w, err, newIPAddress, ipAddressSID, sid)
		},
		c.fetchIPAddresses(account, listSID))
}

// UpdateIPAddress sets all fields of an entry in one request: the old block goes and the new one comes at one instant.
func (c *Client) UpdateIPAddress(ctx context.Context, accountSID, listSID, sid string, fields IPAddressFields) (IPAddress, error) {
	account := c.account(accountSID)
	defer c.cache.addresses.write(addressesKey(account, listSID))()
	params := (&api.UpdateSipIpAddressParams{}).SetPathAccountSid(account).
		SetFriendlyName(fields.FriendlyName).SetIpAddress(fields.IPAddress).SetCidrPrefixLength(fields.CIDRPrefixLength)
	w, err := c.api(ctx, repeatable).UpdateSipIpAddress(listSID, sid, params)
	return fetched(w, err, newIPAddress, ipAddressSID, sid)
}

// DeleteIPAddress removes an entry from a list. An entry that is gone already is a success.
func (c *Client) DeleteIPAddress(ctx context.Context, accountSID, listSID, sid string) error {
	account := c.account(accountSID)
	defer c.cache.addresses.write(addressesKey(account, listSID))()
	params := (&api.DeleteSipIpAddressParams{}).SetPathAccountSid(account)
	return removed(c.api(ctx, repeatable).DeleteSipIpAddress(listSID, sid, params))
}

// IPAddresses gives every entry of a list, in the API's order, out of the fetch that reads share.
func (c *Client) IPAddresses(ctx context.Context, accountSID, listSID string) ([]IPAddress, error) {
	account := c.account(accountSID)
	return c.cache.addresses.all(ctx, addressesKey(account, listSID), c.fetchIPAddresses(account, listSID))
}

func (c *Client) fetchIPAddresses(account, listSID string) func(context.Context) ([]IPAddress, error) {
	return func(ctx context.Context) ([]IPAddress, error) {
		return collect(pages(ctx, c.handler(ctx, repeatable), apiOrigin,
			func() (*api.ListSipIpAddressResponse, error) {
				params := (&api.ListSipIpAddressParams{}).SetPathAccountSid(account).SetPageSize(pageSize)
				return c.api(ctx, repeatable).PageSipIpAddress(listSID, params, "", "")
			},
			func(w *api.ListSipIpAddressResponse) page[IPAddress] {
				return page[IPAddress]{items: convert(w.IpAddresses, newIPAddress), next: value(w.NextPageUri)}
			},
			ipAddressSID))
	}
}

func addressesKey(account, listSID string) string { return account + "/" + listSID }
