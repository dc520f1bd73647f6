// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"fmt"
	"iter"
	"net/url"
	"time"

	api "github.com/twilio/twilio-go/rest/api/v2010"
)

// IPAccessControlList is a SIP IP access control list: a named set of IPv4 addresses that may send calls. Source:
// https://www.twilio.com/docs/voice/sip/api/sip-ipaccesscontrollist-resource
type IPAccessControlList struct {
	SID, AccountSID string
	// FriendlyName has 1 to 255 characters. Several lists may have the same name.
	FriendlyName string
	// DateCreated and DateUpdated are in UTC, with a resolution of one second. They are zero if the response does not have them.
	DateCreated, DateUpdated time.Time
	// URI and SubresourceURIs are paths on the API's host.
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
	at := location{sipURL + "/IpAccessControlLists.json", []string{c.account(accountSID)}, PrefixIPAccessControlList}
	lists := newCollection(c, c.caches.lists, at, newIPAccessControlList,
		func(p *api.ListSipIpAccessControlListResponse) ([]api.ApiV2010SipIpAccessControlList, *string) {
			return p.IpAccessControlLists, p.NextPageUri
		})
	lists.inventory = c.listInventories.get(lists.url)
	// Attachments have the name of their list.
	lists.writes = append(lists.writes, c.caches.mappings.WriteAll, c.caches.associations.WriteAll)
	return lists
}

// CreateIPAccessControlList creates an empty list. In this and all other calls, account "" is the client's own account. If the
// response is lost, it looks for the list before it repeats the request. An *UncertainCreateError reports that this did not show
// whether the list was created.
func (c *Client) CreateIPAccessControlList(ctx context.Context, accountSID, friendlyName string) (IPAccessControlList, error) {
	list, err := c.lists(accountSID).create(ctx, url.Values{"FriendlyName": {friendlyName}},
		func(list IPAccessControlList) bool { return list.FriendlyName == friendlyName },
		func(list IPAccessControlList) time.Time { return list.DateCreated },
		func(ctx context.Context, twin IPAccessControlList) error {
			return c.deleteEmptyList(ctx, accountSID, twin.SID)
		})
	if ValidSID(PrefixIPAccessControlList, list.SID) {
		// A new list is empty.
		c.KnownIPAddresses(accountSID, list.SID, nil)
	}
	return list, err
}

// deleteEmptyList deletes a list unless it has entries. A list with entries is not a duplicate that a lost create left.
func (c *Client) deleteEmptyList(ctx context.Context, accountSID, sid string) error {
	entries, err := c.addresses(accountSID, sid).requestAll(ctx)
	if err != nil {
		return err
	}
	if len(entries) > 0 {
		return fmt.Errorf("list %s has entries", sid)
	}
	return c.DeleteIPAccessControlList(ctx, accountSID, sid)
}

// IPAccessControlList reads one list. Reads of several lists of an account share one request. IsNotFound recognizes the error for
// a list that does not exist.
func (c *Client) IPAccessControlList(ctx context.Context, accountSID, sid string) (IPAccessControlList, error) {
	return c.lists(accountSID).get(ctx, sid)
}

// UpdateIPAccessControlList renames a list.
func (c *Client) UpdateIPAccessControlList(ctx context.Context, accountSID, sid, friendlyName string) (IPAccessControlList, error) {
	return c.lists(accountSID).update(ctx, sid, url.Values{"FriendlyName": {friendlyName}})
}

// DeleteIPAccessControlList deletes a list with its addresses. It succeeds if the list does not exist. Twilio refuses to delete a
// list that is mapped to a SIP domain.
func (c *Client) DeleteIPAccessControlList(ctx context.Context, accountSID, sid string) error {
	lists := c.lists(accountSID)
	lists.writes = append(lists.writes, c.addresses(accountSID, sid).beginWrite)
	return lists.delete(ctx, sid)
}

// IPAccessControlLists walks the lists of an account in the API's order. It requests each page of 1,000 when the walk reaches it,
// and caches nothing.
func (c *Client) IPAccessControlLists(ctx context.Context, accountSID string) iter.Seq2[IPAccessControlList, error] {
	return c.lists(accountSID).walk(ctx)
}

// AllIPAccessControlLists returns all lists of an account in the API's order. Reads share the request.
func (c *Client) AllIPAccessControlLists(ctx context.Context, accountSID string) ([]IPAccessControlList, error) {
	return c.lists(accountSID).all(ctx)
}
