// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// TestCredentialLists reads the credential lists of a domain and a trunk, page by page and one by one.
func TestCredentialLists(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	var lists []string
	for i := range 5 {
		list := w.CreateCredentialList("", fmt.Sprintf("Users %d", i)).SID
		lists = append(lists, list)
		w.MapCredentialList("", w.domain, list)
		w.MapCredentialList("", w.domain, list)
		w.AssociateCredentialList("", w.trunk, list)
	}
	wantEqual(t, "mappings", len(w.CredentialMappings("", w.domain)), 5)
	wantEqual(t, "associations", len(w.CredentialAssociations("", w.trunk)), 5)

	domain, trunk := sip(w.account, "Domains/"+w.domain+"/Auth/Calls/CredentialListMappings"), "/v1/Trunks/"+w.trunk+"/CredentialLists"
	mapping := w.get(domain + "/" + lists[1] + ".json").want(http.StatusOK)
	wantKeys(t, mapping, "account_sid", "date_created", "date_updated", "friendly_name", "sid")
	wantFields(t, mapping, map[string]any{"sid": lists[1], "account_sid": w.account, "friendly_name": "Users 1", "date_created": rfcDate})
	association := w.get(trunk + "/" + lists[1]).want(http.StatusOK)
	wantKeys(t, association, "account_sid", "sid", "trunk_sid", "friendly_name", "date_created", "date_updated", "url")
	wantFields(t, association, map[string]any{"sid": lists[1], "trunk_sid": w.trunk, "friendly_name": "Users 1", "date_created": isoDate, "url": w.URL() + trunk + "/" + lists[1]})

	for page, key := range map[string]string{domain + ".json": "contents", trunk: "credential_lists"} {
		var found []string
		for path := page + "?PageSize=2"; path != ""; {
			shown := w.get(path).want(http.StatusOK)
			found = append(found, sids(t, shown, key)...)
			path = next(t, w.Server, shown)
		}
		wantSlice(t, key, found, lists)
		w.get(strings.NewReplacer(w.domain, "SD"+strings.Repeat("0", 32), w.trunk, "TK"+strings.Repeat("0", 32)).Replace(page)).wantNotFound()
	}
	w.get(trunk + "/" + w.list).wantNotFound()

	w.UnmapCredentialList("", w.domain, lists[0])
	w.get(domain + "/" + lists[0] + ".json").wantNotFound()
	w.DissociateCredentialList("", w.trunk, lists[0])
	w.get(trunk + "/" + lists[0]).wantNotFound()
	w.delete(sip(w.account, "Domains/"+w.domain+".json")).want(http.StatusNoContent)
}
