// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// TestMappingLifecycle uses both paths of mappings, which have the same objects.
func TestMappingLifecycle(t *testing.T) {
	t.Parallel()
	s := start(t, mocktwilio.Options{})
	c := newClient(t, s)
	domain := s.CreateDomain("", "example.sip.twilio.com", "").SID
	domainPath := sip(s.AccountSID(), "Domains/"+domain+".json")
	first, second := s.CreateList("", "first").SID, s.CreateList("", "second").SID
	auth := sip(s.AccountSID(), "Domains/"+domain+"/Auth/Calls/IpAccessControlListMappings")
	older := sip(s.AccountSID(), "Domains/"+domain+"/IpAccessControlListMappings")

	created := c.post(auth+".json", form("IpAccessControlListSid", first)).want(http.StatusCreated)
	wantKeys(t, created, "account_sid", "date_created", "date_updated", "friendly_name", "sid")
	wantFields(t, created, map[string]any{
		"sid": first, "account_sid": s.AccountSID(), "friendly_name": "first", "date_created": rfcDate, "date_updated": rfcDate,
	})
	created = c.post(older+".json", form("IpAccessControlListSid", second)).want(http.StatusCreated)
	wantKeys(t, created, "account_sid", "date_created", "date_updated", "friendly_name", "sid", "domain_sid", "uri")
	wantFields(t, created, map[string]any{"sid": second, "domain_sid": domain, "uri": older + "/" + second + ".json"})

	for _, path := range []string{auth, older} {
		key := map[string]string{auth: "contents", older: "ip_access_control_list_mappings"}[path]
		all := c.get(path + ".json").want(http.StatusOK)
		wantKeys(t, all, key, "end", "first_page_uri", "next_page_uri", "page", "page_size", "previous_page_uri", "start", "uri")
		wantSlice(t, key, sids(t, all, key), []string{first, second})
		for _, list := range []string{first, second} {
			c.get(path + "/" + list + ".json").want(http.StatusOK)
			c.post(path+".json", form("IpAccessControlListSid", list)).
				wantError(http.StatusBadRequest, 21231, "IpAccessControlList already associated with this domain")
		}
	}
	wantFields(t, c.get(domainPath).want(http.StatusOK), map[string]any{"auth_type": "IP_ACL"})

	// A mapping has the current name of its list.
	s.RenameList("", first, "renamed")
	wantFields(t, c.get(auth+"/"+first+".json").want(http.StatusOK), map[string]any{"friendly_name": "renamed"})
	wantFields(t, c.get(older+"/"+first+".json").want(http.StatusOK), map[string]any{"friendly_name": "renamed"})

	c.delete(older + "/" + first + ".json").want(http.StatusNoContent)
	c.get(auth + "/" + first + ".json").wantNotFound()
	c.delete(auth + "/" + first + ".json").wantNotFound()
	c.delete(auth + "/" + second + ".json").want(http.StatusNoContent)
	c.get(older + "/" + second + ".json").wantNotFound()
	wantFields(t, c.get(domainPath).want(http.StatusOK), map[string]any{"auth_type": ""})
	c.post(auth+".json", form("IpAccessControlListSid", first)).want(http.StatusCreated)
	c.delete(domainPath).want(http.StatusNoContent)
	c.get(auth + ".json").wantNotFound()
	c.get(older + "/" + first + ".json").wantNotFound()
	c.delete(sip(s.AccountSID(), "IpAccessControlLists/"+first+".json")).want(http.StatusNoContent)
}

func TestAssociationLifecycle(t *testing.T) {
	t.Parallel()
	s := start(t, mocktwilio.Options{})
	c := newClient(t, s)
	list, trunk := s.CreateList("", "first").SID, s.CreateTrunk("", "t", "").SID
	root := "/v1/Trunks/" + trunk + "/IpAccessControlLists"

	created := c.post(root, form("IpAccessControlListSid", list)).want(http.StatusCreated)
	wantKeys(t, created, "account_sid", "sid", "trunk_sid", "friendly_name", "date_created", "date_updated", "url")
	wantFields(t, created, map[string]any{
		"account_sid": s.AccountSID(), "sid": list, "trunk_sid": trunk, "friendly_name": "first",
		"date_created": isoDate, "date_updated": isoDate, "url": "https://trunking.twilio.com" + root + "/" + list,
	})
	c.post(root, form("IpAccessControlListSid", list)).wantError(http.StatusConflict, 20409, "already associated with this trunk")
	shown := c.get("/v1/Trunks/" + trunk).want(http.StatusOK)
	wantFields(t, shown, map[string]any{"auth_type": "IP_ACL"})
	wantEqual(t, "auth_type_set", shown["auth_type_set"].([]any)[0].(string), "IP_ACL")

	s.RenameList("", list, "renamed")
	wantFields(t, c.get(root+"/"+list).want(http.StatusOK), map[string]any{"friendly_name": "renamed"})
	all := c.get(root).want(http.StatusOK)
	wantKeys(t, all, "ip_access_control_lists", "meta")
	wantSlice(t, "associations", sids(t, all, "ip_access_control_lists"), []string{list})

	c.delete(root + "/" + list).want(http.StatusNoContent)
	c.delete(root + "/" + list).wantNotFound()
	c.get(root + "/" + list).wantNotFound()
	wantFields(t, c.get("/v1/Trunks/"+trunk).want(http.StatusOK), map[string]any{"auth_type": nil})

	s.AssociateList("", trunk, list)
	s.AssociateList("", trunk, list)
	wantEqual(t, "associations", len(s.Associations("", trunk)), 1)
	s.DissociateList("", trunk, list)
	c.get(root + "/" + list).wantNotFound()
	s.AssociateList("", trunk, list)
	c.delete("/v1/Trunks/" + trunk).want(http.StatusNoContent)
	c.get(root).wantNotFound()
	wantEqual(t, "lists left", len(s.Lists("")), 1)
}

func TestMappingParameters(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	sub, _ := w.AddSubaccount()
	theirs := w.CreateList(sub, "theirs").SID
	for _, path := range []string{
		sip(w.account, "Domains/"+w.domain+"/Auth/Calls/IpAccessControlListMappings.json"),
		sip(w.account, "Domains/"+w.domain+"/IpAccessControlListMappings.json"),
		"/v1/Trunks/" + w.trunk + "/IpAccessControlLists",
	} {
		w.post(path, form()).wantError(http.StatusBadRequest, 20001, "IpAccessControlListSid")
		w.post(path, form("IpAccessControlListSid", "")).wantError(http.StatusBadRequest, 20001, "IpAccessControlListSid")
		w.post(path, form("IpAccessControlListSid", w.domain)).wantError(http.StatusBadRequest, 20001, "IpAccessControlListSid")
		w.post(path, form("IpAccessControlListSid", w.list, "FriendlyName", "a")).wantError(http.StatusBadRequest, 20001, "FriendlyName")
		w.post(path, form("IpAccessControlListSid", "AL"+strings.Repeat("0", 32))).wantError(http.StatusNotFound, 20404, "/IpAccessControlLists/AL0")
		w.post(path, form("IpAccessControlListSid", theirs)).wantError(http.StatusNotFound, 20404, "/IpAccessControlLists/"+theirs)
		gone := strings.NewReplacer(w.domain, "SD"+strings.Repeat("0", 32), w.trunk, "TK"+strings.Repeat("0", 32)).Replace(path)
		w.post(gone, form("IpAccessControlListSid", w.list)).wantNotFound()
		w.get(gone).wantNotFound()
	}
	wantEqual(t, "mappings", len(w.Mappings("", w.domain)), 1)
	wantEqual(t, "associations", len(w.Associations("", w.trunk)), 1)
}

// TestAuthType checks that the auth type of domains and trunks matches the lists that are attached to them.
func TestAuthType(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	credentials := w.CreateCredentialList("", "Users").SID
	w.UnmapList("", w.domain, w.list)
	w.DissociateList("", w.trunk, w.list)
	for _, test := range []struct {
		change func()
		want   string
		set    []any
	}{
		{func() {}, "", []any{}},
		{func() {
			w.MapCredentialList("", w.domain, credentials)
			w.AssociateCredentialList("", w.trunk, credentials)
		}, "CREDENTIAL_LIST", []any{"CREDENTIAL_LIST"}},
		{func() {
			w.MapList("", w.domain, w.list)
			w.AssociateList("", w.trunk, w.list)
		}, "IP_ACL,CREDENTIAL_LIST", []any{"IP_ACL", "CREDENTIAL_LIST"}},
		{func() {
			w.UnmapCredentialList("", w.domain, credentials)
			w.DissociateCredentialList("", w.trunk, credentials)
		}, "IP_ACL", []any{"IP_ACL"}},
	} {
		test.change()
		wantFields(t, w.get(sip(w.account, "Domains/"+w.domain+".json")).want(http.StatusOK), map[string]any{"auth_type": test.want})
		shown := w.get("/v1/Trunks/" + w.trunk).want(http.StatusOK)
		wantFields(t, shown, map[string]any{"auth_type": map[bool]any{true: nil, false: test.want}[test.want == ""]})
		wantSlice(t, "auth_type_set", shown["auth_type_set"].([]any), test.set)
		wantEqual(t, "AuthType of the domain", w.Domains("")[0].AuthType, test.want)
		wantEqual(t, "AuthType of the trunk", w.Trunks("")[0].AuthType, test.want)
	}
}
