// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

func TestListLifecycle(t *testing.T) {
	t.Parallel()
	now := someTime
	s := start(t, mocktwilio.Options{Now: func() time.Time { return now }})
	c := newClient(t, s)
	collection := sip(s.AccountSID(), "IpAccessControlLists.json")

	created := c.post(collection, form("FriendlyName", "office")).want(http.StatusCreated)
	sid, _ := created["sid"].(string)
	item := sip(s.AccountSID(), "IpAccessControlLists/"+sid+".json")
	wantKeys(t, created, "sid", "account_sid", "friendly_name", "date_created", "date_updated", "subresource_uris", "uri")
	wantFields(t, created, map[string]any{
		"account_sid": s.AccountSID(), "friendly_name": "office", "date_created": rfcDate, "date_updated": rfcDate, "uri": item,
	})
	wantFields(t, created["subresource_uris"].(map[string]any), map[string]any{
		"ip_addresses": sip(s.AccountSID(), "IpAccessControlLists/"+sid+"/IpAddresses.json"),
	})
	wantEqual(t, "what is read", c.get(item).text, c.get(item).text)

	now = now.Add(time.Hour)
	renamed := c.post(item, form("FriendlyName", "home")).want(http.StatusOK)
	wantFields(t, renamed, map[string]any{
		"sid": sid, "friendly_name": "home", "date_created": rfcDate, "date_updated": "Fri, 17 Jul 2015 22:25:15 +0000",
	})

	all := c.get(collection).want(http.StatusOK)
	wantKeys(t, all, "ip_access_control_lists", "end", "first_page_uri", "next_page_uri", "page", "page_size",
		"previous_page_uri", "start", "uri")
	wantSlice(t, "lists", sids(t, all, "ip_access_control_lists"), []string{sid})

	c.delete(item).want(http.StatusNoContent)
	c.get(item).wantNotFound()
	c.delete(item).wantNotFound()
	c.post(item, form("FriendlyName", "gone")).wantNotFound()
	wantEqual(t, "lists left", len(s.Lists("")), 0)
}

func TestListNames(t *testing.T) {
	w := newFixture(t)
	for _, test := range []struct {
		name string
		form url.Values
		ok   bool
	}{
		{"absent", form(), false},
		{"empty", form("FriendlyName", ""), false},
		{"one character", form("FriendlyName", "x"), true},
		{"255 characters of two bytes", form("FriendlyName", strings.Repeat("é", 255)), true},
		{"256 characters", form("FriendlyName", strings.Repeat("x", 256)), false},
		{"256 characters of two bytes", form("FriendlyName", strings.Repeat("é", 256)), false},
		{"all sorts", form("FriendlyName", "a \"b\"\n\t<c> & d+e%20=\\ 😀"), true},
		{"as another's", form("FriendlyName", "a list"), true},
	} {
		for _, path := range []string{"IpAccessControlLists.json", "IpAccessControlLists/" + w.list + ".json"} {
			t.Run(test.name+" "+path[:22], func(t *testing.T) {
				got := w.post(sip(w.account, path), test.form)
				if !test.ok {
					got.wantError(http.StatusBadRequest, int(got.body["code"].(float64)), "FriendlyName")
					return
				}
				if got.status/100 != 2 {
					t.Fatalf("%d %s", got.status, got.text)
				}
				wantEqual(t, "name", got.body["friendly_name"].(string), test.form.Get("FriendlyName"))
			})
		}
	}
}

func TestListLimit(t *testing.T) {
	t.Parallel()
	s := start(t, mocktwilio.Options{})
	c := newClient(t, s)
	sub, _ := s.AddSubaccount()
	for i := range 999 {
		s.CreateList("", fmt.Sprint(i))
	}
	path := sip(s.AccountSID(), "IpAccessControlLists.json")
	last := c.post(path, form("FriendlyName", "the last")).want(http.StatusCreated)
	c.post(path, form("FriendlyName", "too many")).wantError(http.StatusBadRequest, 21255, "1000 IpAccessControlLists")
	wantEqual(t, "lists", len(s.Lists("")), 1000)
	// Each account has its own limit.
	c.post(sip(sub, "IpAccessControlLists.json"), form("FriendlyName", "theirs")).want(http.StatusCreated)
	c.delete(sip(s.AccountSID(), "IpAccessControlLists/"+last["sid"].(string)+".json")).want(http.StatusNoContent)
	c.post(path, form("FriendlyName", "room again")).want(http.StatusCreated)
}

func TestDeleteListInUse(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name          string
		domain, trunk bool
		options       mocktwilio.Options
		message       string // "" means that the list is deleted
	}{
		{"nowhere", false, false, mocktwilio.Options{}, ""},
		{"domain", true, false, mocktwilio.Options{}, "associated with a domain"},
		{"trunk", false, true, mocktwilio.Options{}, ""},
		{"both", true, true, mocktwilio.Options{}, "associated with a domain"},
		{"trunk that counts", false, true, mocktwilio.Options{TrunkBlocksListDelete: true}, "associated with a trunk"},
		{"nowhere, trunks count", false, false, mocktwilio.Options{TrunkBlocksListDelete: true}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := start(t, test.options)
			l := s.CreateList("", "used")
			s.CreateAddress("", l.SID, "198.51.100.7", 32, "a")
			d, k := s.CreateDomain("", "example.sip.twilio.com", ""), s.CreateTrunk("", "t", "")
			if test.domain {
				s.MapList("", d.SID, l.SID)
			}
			if test.trunk {
				s.AssociateList("", k.SID, l.SID)
			}
			got := newClient(t, s).delete(sip(s.AccountSID(), "IpAccessControlLists/"+l.SID+".json"))
			if test.message != "" {
				got.wantError(http.StatusBadRequest, 21236, test.message)
				wantEqual(t, "lists left", len(s.Lists("")), 1)
				wantEqual(t, "addresses left", len(s.Addresses("", l.SID)), 1)
				wantEqual(t, "Done", s.Requests()[0].Done, false)
				return
			}
			got.want(http.StatusNoContent)
			wantEqual(t, "lists left", len(s.Lists("")), 0)
			wantEqual(t, "associations left", len(s.Associations("", k.SID)), 0)
			wantEqual(t, "trunk's auth_type", s.Trunks("")[0].AuthType, "")
		})
	}
}

// TestListControls checks that the API shows the changes of the controls.
func TestListControls(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	item := sip(w.account, "IpAccessControlLists/"+w.list+".json")
	w.RenameList("", w.list, "renamed")
	wantFields(t, w.get(item).want(http.StatusOK), map[string]any{"friendly_name": "renamed"})
	w.DeleteList("", w.list)
	w.get(item).wantNotFound()
	wantEqual(t, "mappings left", len(w.Mappings("", w.domain)), 0)
	wantEqual(t, "associations left", len(w.Associations("", w.trunk)), 0)
}
