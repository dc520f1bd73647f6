// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	api "github.com/twilio/twilio-go/rest/api/v2010"
	trunking "github.com/twilio/twilio-go/rest/trunking/v1"
)

// CredentialList is a list of user names and passwords that is attached to a SIP domain or an Elastic SIP trunk. Sources:
// https://www.twilio.com/docs/voice/sip/api/sip-credentiallistmapping-resource and
// https://www.twilio.com/docs/sip-trunking/api/credentiallist-resource
type CredentialList struct{ SID, FriendlyName string }

func (l CredentialList) sid() string { return l.SID }

// domainCredentials returns the credential lists that are mapped to a SIP domain for its calls.
func (c *Client) domainCredentials(accountSID, domainSID string) collection[CredentialList] {
	at := location{
		sipURL + "/Domains/{SD}/Auth/Calls/CredentialListMappings.json",
		[]string{c.account(accountSID), domainSID}, PrefixCredentialList,
	}
	return newCollection(c, c.caches.domainCredentials, at,
		func(w *api.ApiV2010SipAuthCallsCredentialListMapping) CredentialList {
			return CredentialList{SID: value(w.Sid), FriendlyName: value(w.FriendlyName)}
		},
		func(p *api.ListSipAuthCallsCredentialListMappingResponse) ([]api.ApiV2010SipAuthCallsCredentialListMapping, *string) {
			return p.Contents, p.NextPageUri
		})
}

// trunkCredentials returns the credential lists that are associated with an Elastic SIP trunk of the account that the client's
// credentials belong to.
func (c *Client) trunkCredentials(trunkSID string) collection[CredentialList] {
	at := location{trunksURL + "/{TK}/CredentialLists", []string{trunkSID}, PrefixCredentialList}
	return newCollection(c, c.caches.trunkCredentials, at,
		func(w *trunking.TrunkingV1CredentialList) CredentialList {
			return CredentialList{SID: value(w.Sid), FriendlyName: value(w.FriendlyName)}
		},
		func(p *trunking.ListCredentialListResponse) ([]trunking.TrunkingV1CredentialList, *string) {
			return p.CredentialLists, p.Meta.NextPageUrl
		})
}
