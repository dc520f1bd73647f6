// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"iter"
	"net/url"
	"time"

	api "github.com/twilio/twilio-go/rest/api/v2010"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio/create"
)

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

func (l IPAccessControlList) sid() string { return l.SID }

func (c *Client) lists(accountSID string) collection[IPAccessControlList] {
	return newCollection(c, c.caches.lists, sipURL(c.account(accountSID))+"/IpAccessControlLists.json", newIPAccessControlList,
		func(p *api.ListSipIpAccessControlListResponse) ([]api.ApiV2010SipIpAccessControlList, *string) {
			return p.IpAccessControlLists, p.NextPageUri
		})
}

// writeList announces a write to a list. Attachments show the list's name, so that theirs are dropped from the cache too.
func (c *Client) writeList(accountSID string) (end func()) {
	return endAll(c.lists(accountSID).write(), c.caches.mappings.WriteAll(), c.caches.associations.WriteAll())
}

// CreateIPAccessControlList creates an empty list. The account "" is the client's own, here and in all calls.
// When the answer is lost, the list is looked up before the create is repeated; an *UncertainCreateError says that the
// lookup did not decide whether the list was created.
func (c *Client) CreateIPAccessControlList(ctx context.Context, accountSID, friendlyName string) (IPAccessControlList, error) {
	lists := c.lists(accountSID)
	defer c.writeList(accountSID)()
	return create.Object[IPAccessControlList]{
		Group: "list " + lists.url + " " + friendlyName,
		Post: func(ctx context.Context) (IPAccessControlList, error) {
			return lists.create(ctx, url.Values{"FriendlyName": {friendlyName}})
		},
		Lookup:  lists.requestAll,
		Matches: func(list IPAccessControlList) bool { return list.FriendlyName == friendlyName },
		SID:     IPAccessControlList.sid,
		Created: func(list IPAccessControlList) time.Time { return list.DateCreated },
	}.Do(ctx, c.claims)
}

// IPAccessControlList reads one list. Reads of several lists of an account share one request for all of them.
// IsNotFound recognises the error for a list that does not exist.
func (c *Client) IPAccessControlList(ctx context.Context, accountSID, sid string) (IPAccessControlList, error) {
	return c.lists(accountSID).get(ctx, sid)
}

// UpdateIPAccessControlList renames a list.
func (c *Client) UpdateIPAccessControlList(ctx context.Context, accountSID, sid, friendlyName string) (IPAccessControlList, error) {
	defer c.writeList(accountSID)()
	return c.lists(accountSID).update(ctx, sid, url.Values{"FriendlyName": {friendlyName}})
}

// DeleteIPAccessControlList deletes a list with its addresses. Deleting a list that does not exist is a success.
// Twilio refuses to delete a list that is mapped to a SIP domain.
func (c *Client) DeleteIPAccessControlList(ctx context.Context, accountSID, sid string) error {
	defer endAll(c.writeList(accountSID), c.addresses(accountSID, sid).write())()
	return c.lists(accountSID).delete(ctx, sid)
}

// IPAccessControlLists walks the lists of an account in the API's order. Each page of 1,000 is requested when the walk
// reaches it, and nothing is cached.
func (c *Client) IPAccessControlLists(ctx context.Context, accountSID string) iter.Seq2[IPAccessControlList, error] {
	return c.lists(accountSID).walk(ctx)
}

// AllIPAccessControlLists gives every list of an account in the API's order. Reads share the request.
func (c *Client) AllIPAccessControlLists(ctx context.Context, accountSID string) ([]IPAccessControlList, error) {
	return c.lists(accountSID).all(ctx)
}
