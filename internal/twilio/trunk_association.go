// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"time"

	trunking "github.com/twilio/twilio-go/rest/trunking/v1"
)

// TrunkAssociation puts a list in force for the calls to an Elastic SIP trunk.
// Source: https://www.twilio.com/docs/sip-trunking/api/ipaccesscontrollist-resource
type TrunkAssociation struct {
	TrunkSID, AccountSID string
	// IPAccessControlListSID is the association's own SID as well: Twilio gives associations the SID of their list.
	IPAccessControlListSID string
	// FriendlyName is the list's.
	FriendlyName string
	// URL is absolute.
	URL string
	// DateCreated and DateUpdated are in UTC; zero if Twilio gave none.
	DateCreated, DateUpdated time.Time
}

func newTrunkAssociation(trunkSID string) func(*trunking.TrunkingV1IpAccessControlList) TrunkAssociation {
	return func(w *trunking.TrunkingV1IpAccessControlList) TrunkAssociation {
		return TrunkAssociation{
			TrunkSID:               trunkSID,
			IPAccessControlListSID: value(w.Sid),
			AccountSID:             value(w.AccountSid),
			FriendlyName:           value(w.FriendlyName),
			URL:                    value(w.Url),
			DateCreated:            utc(w.DateCreated),
			DateUpdated:            utc(w.DateUpdated),
		}
	}
}

func trunkAssociationSID(association TrunkAssociation) string {
	return association.IPAccessControlListSID
}

// CreateTrunkAssociation associates a list with a trunk. An association that was there before is an
// *AlreadyExistsError. When the answer is lost, the association is looked up before the create is repeated.
func (c *Client) CreateTrunkAssociation(ctx context.Context, trunkSID, listSID string) (TrunkAssociation, error) {
	defer c.cache.associate(trunkSID)()
	return createLink(ctx, link[TrunkAssociation]{
		post: func(ctx context.Context) (TrunkAssociation, error) {
			params := (&trunking.CreateIpAccessControlListParams{}).SetIpAccessControlListSid(listSID)
			w, err := c.trunking(ctx, once).CreateIpAccessControlList(trunkSID, params)
			return fetched(w, err, newTrunkAssociation(trunkSID), trunkAssociationSID, listSID)
		},
		look: c.fetchTrunkAssociation(trunkSID, listSID),
	})
}

// TrunkAssociation reads one association. Reads of several associations of a trunk share one fetch of them all.
func (c *Client) TrunkAssociation(ctx context.Context, trunkSID, listSID string) (TrunkAssociation, error) {
	return c.cache.associations.get(ctx, trunkSID, listSID,
		c.fetchTrunkAssociation(trunkSID, listSID), c.fetchTrunkAssociations(trunkSID))
}

// DeleteTrunkAssociation takes a list out of force for a trunk. An association that is gone already is a success.
func (c *Client) DeleteTrunkAssociation(ctx context.Context, trunkSID, listSID string) error {
	defer c.cache.dissociate(trunkSID)()
	err := removed(c.trunking(ctx, repeatable).DeleteIpAccessControlList(trunkSID, listSID))
	if err == nil {
		c.cache.uses.collection(trunkSID).forget(listSID)
	}
	return err
}

// TrunkAssociations gives every association of a trunk, in the API's order, out of the fetch that reads share.
func (c *Client) TrunkAssociations(ctx context.Context, trunkSID string) ([]TrunkAssociation, error) {
	return c.cache.associations.all(ctx, trunkSID, c.fetchTrunkAssociations(trunkSID))
}

func (c *Client) fetchTrunkAssociation(trunkSID, listSID string) func(context.Context) (TrunkAssociation, error) {
	return func(ctx context.Context) (TrunkAssociation, error) {
		w, err := c.trunking(ctx, repeatable).FetchIpAccessControlList(trunkSID, listSID)
		return fetched(w, err, newTrunkAssociation(trunkSID), trunkAssociationSID, listSID)
	}
}

func (c *Client) fetchTrunkAssociations(trunkSID string) func(context.Context) ([]TrunkAssociation, error) {
	return func(ctx context.Context) ([]TrunkAssociation, error) {
		return collect(pages(ctx, c.handler(ctx, repeatable), trunkingOrigin,
			func() (*trunking.ListIpAccessControlListResponse, error) {
				params := (&trunking.ListIpAccessControlListParams{}).SetPageSize(pageSize)
				return c.trunking(ctx, repeatable).PageIpAccessControlList(trunkSID, params, "", "")
			},
			func(w *trunking.ListIpAccessControlListResponse) page[TrunkAssociation] {
				return page[TrunkAssociation]{items: convert(w.IpAccessControlLists, newTrunkAssociation(trunkSID)), next: value(w.Meta.NextPageUrl)}
			},
			trunkAssociationSID))
	}
}
