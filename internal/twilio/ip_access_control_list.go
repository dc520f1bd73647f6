// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"iter"
	"time"

	api "github.com/twilio/twilio-go/rest/api/v2010"
)

// apiOrigin is where twilio-go sends requests of the 2010 API, before region, edge or base URL apply.
const apiOrigin = "https://api.twilio.com"

// IPAccessControlList is a SIP IP access control list: a named set of the IPv4 addresses that may send calls.
// Source: https://www.twilio.com/docs/voice/sip/api/sip-ipaccesscontrollist-resource
type IPAccessControlList struct {
	SID, AccountSID string
	// FriendlyName has 1 to 255 characters. Lists may share a name.
	FriendlyName string
	// DateCreated and DateUpdated are in UTC, with a resolution of one second; zero if Twilio gave none.
	DateCreated, DateUpdated time.Time
	// URI is relative to the API's host, as are SubresourceURIs.
	URI             string
	SubresourceURIs map[string]string
}

func newIPAccessControlList(w *api.ApiV2010SipIpAccessControlList) IPAccessControlList {
	list := IPAccessControlList{
		SID:             value(w.Sid),
		AccountSID:      value(w.AccountSid),
		FriendlyName:    value(w.FriendlyName),
		DateCreated:     parseDate(w.DateCreated),
		DateUpdated:     parseDate(w.DateUpdated),
		URI:             value(w.Uri),
		SubresourceURIs: map[string]string{},
	}
	for name, uri := range value(w.SubresourceUris) {
		if text, ok := uri.(string); ok {
			list.SubresourceURIs[name] = text
		}
	}
	return list
}

func ipAccessControlListSID(list IPAccessControlList) string { return list.SID }

// CreateIPAccessControlList makes an empty list. The account "" is the client's own, here and everywhere.
// When the answer is lost, the list is looked up before the create is repeated; an *UncertainCreateError says that
// its fate could not be found out.
func (c *Client) CreateIPAccessControlList(ctx context.Context, accountSID, friendlyName string) (IPAccessControlList, error) {
	account := c.account(accountSID)
	defer c.cache.writeList(account)()
	return create(ctx, c, creation[IPAccessControlList]{
		group: "list " + account + " " + friendlyName,
		post: func(ctx context.Context) (IPAccessControlList, error) {
			params := (&api.CreateSipIpAccessControlListParams{}).SetPathAccountSid(account).SetFriendlyName(friendlyName)
			w, err := c.api(ctx, once).CreateSipIpAccessControlList(params)
			return made(w, err, newIPAccessControlList, ipAccessControlListSID)
		},
		look: func(ctx context.Context) ([]IPAccessControlList, error) {
			return collect(c.IPAccessControlLists(ctx, account))
		},
		matches: func(list IPAccessControlList) bool { return list.FriendlyName == friendlyName },
		sid:     ipAccessControlListSID,
		created: func(list IPAccessControlList) time.Time { return list.DateCreated },
	})
}

// IPAccessControlList reads one list. Reads of several lists of an account share one fetch of them all.
// A list that does not exist is an error that IsNotFound recognises.
func (c *Client) IPAccessControlList(ctx context.Context, accountSID, sid string) (IPAccessControlList, error) {
	account := c.account(accountSID)
	return c.cache.lists.get(ctx, account, sid,
		func(ctx context.Context) (IPAccessControlList, error) {
			params := (&api.FetchSipIpAccessControlListParams{}).SetPathAccountSid(account)
			w, err := c.api(ctx, repeatable).FetchSipIpAccessControlList(sid, params)
			return fetched(w, err, newIPAccessControlList, ipAccessControlListSID, sid)
		},
		c.fetchIPAccessControlLists(account))
}

// UpdateIPAccessControlList renames a list.
func (c *Client) UpdateIPAccessControlList(ctx context.Context, accountSID, sid, friendlyName string) (IPAccessControlList, error) {
	account := c.account(accountSID)
	defer c.cache.writeList(account)()
	params := (&api.UpdateSipIpAccessControlListParams{}).SetPathAccountSid(account).SetFriendlyName(friendlyName)
	w, err := c.api(ctx, repeatable).UpdateSipIpAccessControlList(sid, params)
	return fetched(w, err, newIPAccessControlList, ipAccessControlListSID, sid)
}

// DeleteIPAccessControlList deletes a list with its addresses. A list that is gone already is a success.
// Twilio refuses to delete a list that is mapped to a SIP domain.
func (c *Client) DeleteIPAccessControlList(ctx context.Context, accountSID, sid string) error {
	account := c.account(accountSID)
	defer c.cache.writeList(account)()
	defer c.cache.addresses.write(addressesKey(account, sid))()
	params := (&api.DeleteSipIpAccessControlListParams{}).SetPathAccountSid(account)
	return removed(c.api(ctx, repeatable).DeleteSipIpAccessControlList(sid, params))
}

// IPAccessControlLists walks the lists of an account in the API's order. Pages of 1,000 are fetched as the walk
// reaches them; nothing is remembered.
func (c *Client) IPAccessControlLists(ctx context.Context, accountSID string) iter.Seq2[IPAccessControlList, error] {
	account := c.account(accountSID)
	return pages(ctx, c.handler(ctx, repeatable), apiOrigin,
		func() (*api.ListSipIpAccessControlListResponse, error) {
			params := (&api.ListSipIpAccessControlListParams{}).SetPathAccountSid(account).SetPageSize(pageSize)
			return c.api(ctx, repeatable).PageSipIpAccessControlList(params, "", "")
		},
		func(w *api.ListSipIpAccessControlListResponse) page[IPAccessControlList] {
			return page[IPAccessControlList]{items: convert(w.IpAccessControlLists, newIPAccessControlList), next: value(w.NextPageUri)}
		},
		ipAccessControlListSID)
}

// AllIPAccessControlLists gives every list of an account, in the API's order, out of the fetch that reads share.
func (c *Client) AllIPAccessControlLists(ctx context.Context, accountSID string) ([]IPAccessControlList, error) {
	account := c.account(accountSID)
	return c.cache.lists.all(ctx, account, c.fetchIPAccessControlLists(account))
}

func (c *Client) fetchIPAccessControlLists(account string) func(context.Context) ([]IPAccessControlList, error) {
	return func(ctx context.Context) ([]IPAccessControlList, error) {
		return collect(c.IPAccessControlLists(ctx, account))
	}
}
