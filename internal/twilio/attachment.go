// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"time"

	api "github.com/twilio/twilio-go/rest/api/v2010"
	trunking "github.com/twilio/twilio-go/rest/trunking/v1"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio/create"
)

// codeAlreadyMapped is Twilio's error code if a list is mapped to the same SIP domain a second time. Source:
// https://www.twilio.com/docs/errors/21231
const codeAlreadyMapped = 21231

// Attachment is a list that is attached to a SIP domain or an Elastic SIP trunk, which then accepts calls from the list's
// addresses. Sources: https://www.twilio.com/docs/voice/sip/api/sip-domain-auth-calls-ipaccesscontrollistmapping-resource and
// https://www.twilio.com/docs/sip-trunking/api/ipaccesscontrollist-resource
type Attachment struct {
	// ParentSID is the SID of the domain or trunk.
	ParentSID, AccountSID string
	// ListSID is also the SID of the attachment: Twilio gives attachments the SID of their list.
	ListSID string
	// FriendlyName is the friendly name of the list.
	FriendlyName string
	// URL is absolute. Only attachments to trunks have a URL.
	URL string
	// DateCreated and DateUpdated are in UTC. They are zero if the response does not have them.
	DateCreated, DateUpdated time.Time
}

func (a Attachment) sid() string { return a.ListSID }

// Attachments are the lists attached to one domain or trunk.
type Attachments struct {
	client     *Client
	collection collection[Attachment]
	// creating is the same collection, with additional writes to announce when an attachment is created.
	creating collection[Attachment]
	// deleted is called after an attachment was deleted.
	deleted func(listSID string)
}

// DomainAttachments returns the lists that are mapped to a SIP domain for its calls.
func (c *Client) DomainAttachments(accountSID, domainSID string) Attachments {
	at := location{
		sipURL + "/Domains/{SD}/Auth/Calls/IpAccessControlListMappings.json",
		[]string{c.account(accountSID), domainSID}, PrefixIPAccessControlList,
	}
	mappings := newCollection(c, c.caches.mappings, at,
		func(w *api.ApiV2010SipAuthCallsIpAccessControlListMapping) Attachment {
			return Attachment{
				ParentSID: domainSID, ListSID: value(w.Sid), AccountSID: value(w.AccountSid), FriendlyName: value(w.FriendlyName),
				DateCreated: parseDate(w.DateCreated), DateUpdated: parseDate(w.DateUpdated),
			}
		},
		func(p *api.ListSipAuthCallsIpAccessControlListMappingResponse) ([]api.ApiV2010SipAuthCallsIpAccessControlListMapping, *string) {
			return p.Contents, p.NextPageUri
		})
	// A domain's auth type changes with its mappings.
	mappings.writes = append(mappings.writes, c.domains(accountSID).beginWrite)
	return Attachments{client: c, collection: mappings, creating: mappings, deleted: func(string) {}}
}

// TrunkAttachments returns the lists that are associated with an Elastic SIP trunk of the account that the credentials belong to.
func (c *Client) TrunkAttachments(trunkSID string) Attachments {
	at := location{trunksURL + "/{TK}/IpAccessControlLists", []string{trunkSID}, PrefixIPAccessControlList}
	associations := newCollection(c, c.caches.associations, at,
		func(w *trunking.TrunkingV1IpAccessControlList) Attachment {
			return Attachment{
				ParentSID: trunkSID, ListSID: value(w.Sid), AccountSID: value(w.AccountSid), FriendlyName: value(w.FriendlyName),
				URL: value(w.Url), DateCreated: utc(w.DateCreated), DateUpdated: utc(w.DateUpdated),
			}
		},
		func(p *trunking.ListIpAccessControlListResponse) ([]trunking.TrunkingV1IpAccessControlList, *string) {
			return p.IpAccessControlLists, p.Meta.NextPageUrl
		})
	// A trunk's auth type changes with its associations.
	associations.writes = append(associations.writes, c.trunks().beginWrite)
	usage, creating := associations.in(c.caches.usageAssociations), associations
	creating.writes = slices.Concat(associations.writes, usage.writes, c.trunks().in(c.caches.usageTrunks).writes)
	return Attachments{
		client: c, collection: associations, creating: creating,
		deleted: func(listSID string) { usage.cache.Forget(usage.url, listSID) },
	}
}

// Create attaches a list. If the list is already attached, the error is an *AlreadyExistsError. If the response is lost, Create
// looks for the attachment before it repeats the request.
func (a Attachments) Create(ctx context.Context, listSID string) (Attachment, error) {
	if _, err := a.collection.memberURL(listSID); err != nil {
		return Attachment{}, err
	}
	defer a.creating.beginWrite()()
	return create.Attachment[Attachment]{
		Post: func(ctx context.Context) (Attachment, error) {
			body, err := a.client.rest.Create(ctx, a.collection.url, url.Values{"IpAccessControlListSid": {listSID}})
			return a.collection.decodeFetched(body, err, listSID)
		},
		Lookup:  func(ctx context.Context) (Attachment, bool, error) { return exists(a.collection.request(ctx, listSID)) },
		Refused: mayBeAttached,
	}.Do(ctx, a.client.claims)
}

// Get reads one attachment. Reads of several attachments of a domain or trunk share one request.
func (a Attachments) Get(ctx context.Context, listSID string) (Attachment, error) {
	return a.collection.get(ctx, listSID)
}

// Delete detaches a list. Detaching a list that is not attached is a success.
func (a Attachments) Delete(ctx context.Context, listSID string) error {
	err := a.collection.delete(ctx, listSID)
	if err == nil {
		a.deleted(listSID)
	}
	return err
}

// All returns all attachments of the domain or trunk in the API's order. Reads share the request.
func (a Attachments) All(ctx context.Context) ([]Attachment, error) { return a.collection.all(ctx) }

// mayBeAttached reports whether Twilio may have refused to attach a list because it is already attached. The error code is only
// known for domains, so every refusal is worth a lookup.
func mayBeAttached(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && (e.Reason == Rejected || e.Code == codeAlreadyMapped)
}
