// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// next returns the path of the next page, or "" on the last one.
func next(t *testing.T, s *mocktwilio.Server, body map[string]any) string {
	t.Helper()
	if meta, ok := body["meta"].(map[string]any); ok {
		url, _ := meta["next_page_url"].(string)
		path, ok := strings.CutPrefix(url, s.URL())
		if !ok && url != "" {
			t.Fatalf("next_page_url %s is not on %s", url, s.URL())
		}
		return path
	}
	path, _ := body["next_page_uri"].(string)
	return path
}

// TestPages reads every collection page by page, forwards and backwards.
func TestPages(t *testing.T) {
	s := start(t, mocktwilio.Options{})
	c := newClient(t, s)
	domain, trunk := s.CreateDomain("", "0.sip.twilio.com", "").SID, s.CreateTrunk("", "t", "").SID
	var lists, addresses, domains, trunks []string
	domains, trunks = append(domains, domain), append(trunks, trunk)
	for i := range 7 {
		l := s.CreateList("", "same name")
		lists = append(lists, l.SID)
		addresses = append(addresses, s.CreateAddress("", lists[0], "192.0.2.1", 32, "same name").SID)
		s.MapList("", domain, l.SID)
		s.AssociateList("", trunk, l.SID)
		if i > 0 {
			domains = append(domains, s.CreateDomain("", fmt.Sprint(i, ".sip.twilio.com"), "").SID)
			trunks = append(trunks, s.CreateTrunk("", "t", "").SID)
		}
	}
	for _, test := range []struct {
		path, key string
		want      []string
	}{
		{sip(s.AccountSID(), "IpAccessControlLists.json"), "ip_access_control_lists", lists},
		{sip(s.AccountSID(), "IpAccessControlLists/"+lists[0]+"/IpAddresses.json"), "ip_addresses", addresses},
		{sip(s.AccountSID(), "Domains.json"), "domains", domains},
		{sip(s.AccountSID(), "Domains/"+domain+"/Auth/Calls/IpAccessControlListMappings.json"), "contents", lists},
		{sip(s.AccountSID(), "Domains/"+domain+"/IpAccessControlListMappings.json"), "ip_access_control_list_mappings", lists},
		{"/v1/Trunks", "trunks", trunks},
		{"/v1/Trunks/" + trunk + "/IpAccessControlLists", "ip_access_control_lists", lists},
	} {
		for _, size := range []int{1, 3, 7, 50} {
			t.Run(fmt.Sprint(test.path, " by ", size), func(t *testing.T) {
				var found []string
				var pages []map[string]any
				for path := fmt.Sprintf("%s?PageSize=%d", test.path, size); path != ""; {
					body := c.get(path).want(http.StatusOK)
					pages = append(pages, body)
					page := sids(t, body, test.key)
					if len(page) > size {
						t.Errorf("%d objects on a page of %d", len(page), size)
					}
					found = append(found, page...)
					path = next(t, s, body)
				}
				wantSlice(t, "objects", found, test.want)
				wantEqual(t, "pages", len(pages), (len(test.want)+size-1)/size)
				for i, body := range pages {
					checkPage(t, c, body, test.path, test.key, i, size)
					if i == 0 {
						continue
					}
					previous := sids(t, c.get(previous(s, body)).want(http.StatusOK), test.key)
					wantSlice(t, "previous page", previous, sids(t, pages[i-1], test.key))
				}
			})
		}
	}
}

func previous(s *mocktwilio.Server, body map[string]any) string {
	if meta, ok := body["meta"].(map[string]any); ok {
		return strings.TrimPrefix(meta["previous_page_url"].(string), s.URL())
	}
	return body["previous_page_uri"].(string)
}

// checkPage checks the paging fields of a page.
func checkPage(t *testing.T, c client, body map[string]any, path, key string, number, size int) {
	t.Helper()
	first := fmt.Sprintf("%s?PageSize=%d&Page=0", path, size)
	if meta, ok := body["meta"].(map[string]any); ok {
		wantKeys(t, meta, "first_page_url", "key", "next_page_url", "page", "page_size", "previous_page_url", "url")
		wantFields(t, meta, map[string]any{
			"key": key, "page": float64(number), "page_size": float64(size), "first_page_url": c.server.URL() + first,
		})
		if number == 0 {
			wantFields(t, meta, map[string]any{"previous_page_url": nil, "url": c.server.URL() + first})
		}
		return
	}
	start, end := number*size, number*size+len(sids(t, body, key))-1
	wantFields(t, body, map[string]any{
		"page": float64(number), "page_size": float64(size), "first_page_uri": first,
		"start": float64(start), "end": float64(end),
	})
	if number == 0 {
		wantFields(t, body, map[string]any{"previous_page_uri": nil, "uri": first})
	}
	if next, _ := body["next_page_uri"].(string); next != "" && (!strings.HasPrefix(next, path+"?") || !strings.Contains(next, "&PageToken=")) {
		t.Errorf("next_page_uri %s", next)
	}
}

func TestPageParameters(t *testing.T) {
	t.Parallel()
	s := start(t, mocktwilio.Options{})
	c := newClient(t, s)
	var lists []string
	for range 60 {
		lists = append(lists, s.CreateList("", "a").SID)
	}
	path := sip(s.AccountSID(), "IpAccessControlLists.json")
	const key = "ip_access_control_lists"

	body := c.get(path).want(http.StatusOK)
	wantSlice(t, "default size", sids(t, body, key), lists[:50])
	wantFields(t, body, map[string]any{"page_size": 50.0, "start": 0.0, "end": 49.0})
	body = c.get(path + "?Page=1").want(http.StatusOK)
	wantSlice(t, "Page without a token", sids(t, body, key), lists[:50])
	wantFields(t, body, map[string]any{"page": 0.0})
	wantSlice(t, "the greatest size", sids(t, c.get(path+"?PageSize=1000").want(http.StatusOK), key), lists)

	for query, code := range map[string]int{
		"PageSize=0": 20007, "PageSize=1001": 20007, "PageSize=-1": 20007, "PageSize=x": 20007, "PageSize=": 20007,
		"Page=-1": 20001, "Page=x": 20001, "PageToken=": 20001, "PageToken=PAxyz": 20001,
		"PageToken=PC" + lists[0] + "1": 20001, "PageToken=PA" + lists[0]: 20001, "PageToken=PA" + lists[0] + "zz": 20001,
	} {
		c.get(path+"?"+query).wantError(http.StatusBadRequest, code, "")
	}

	empty := c.get("/v1/Trunks").want(http.StatusOK)
	wantEqual(t, "trunks", len(sids(t, empty, "trunks")), 0)
	wantFields(t, empty["meta"].(map[string]any), map[string]any{"next_page_url": nil, "page": 0.0, "page_size": 50.0})
	none := c.get(sip(s.AccountSID(), "Domains.json")).want(http.StatusOK)
	wantEqual(t, "domains", len(sids(t, none, "domains")), 0)
	wantFields(t, none, map[string]any{"next_page_uri": nil, "start": 0.0, "end": 0.0})
}

// TestPagesDuringChanges adds and removes objects between two pages. An object that exists all the time must occur exactly once
// and in order, and no object may occur twice.
func TestPagesDuringChanges(t *testing.T) {
	t.Parallel()
	for seed := range uint64(30) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(seed, 0))
			s := start(t, mocktwilio.Options{})
			c := newClient(t, s)
			for range 5 + random.IntN(40) {
				s.CreateList("", "a")
			}
			var stable []string
			for _, l := range s.Lists("") {
				stable = append(stable, l.SID)
			}
			var found []string
			added := 0
			path := fmt.Sprintf("%s?PageSize=%d", sip(s.AccountSID(), "IpAccessControlLists.json"), 1+random.IntN(6))
			for path != "" {
				body := c.get(path).want(http.StatusOK)
				page := sids(t, body, "ip_access_control_lists")
				found = append(found, page...)
				path = next(t, s, body)
				for range random.IntN(4) {
					if added++; added < 40 { // otherwise the loop never ends
						s.CreateList("", "new")
					}
				}
				for range random.IntN(3) {
					lists := s.Lists("")
					if len(lists) == 0 {
						break
					}
					gone := lists[random.IntN(len(lists))].SID
					if random.IntN(3) == 0 && len(page) > 0 {
						gone = page[len(page)-1] // the object in the token
					}
					if slices.ContainsFunc(lists, func(l mocktwilio.List) bool { return l.SID == gone }) {
						s.DeleteList("", gone)
						stable = slices.DeleteFunc(stable, func(sid string) bool { return sid == gone })
					}
				}
			}
			var seen []string
			for i, sid := range found {
				if slices.Contains(found[:i], sid) {
					t.Errorf("%s is given twice", sid)
				}
				if slices.Contains(stable, sid) {
					seen = append(seen, sid)
				}
			}
			wantSlice(t, "those that stayed", seen, stable)
		})
	}
}

// TestPageURLsHaveRequestedHost checks that page URLs of the trunking API have the host of the request.
func TestPageURLsHaveRequestedHost(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.CreateTrunk("", "second", "")
	r := w.request(http.MethodGet, "/v1/Trunks?PageSize=1", "", "")
	r.Host = "trunking.example.com:81"
	meta := w.do(r).want(http.StatusOK)["meta"].(map[string]any)
	for _, name := range []string{"first_page_url", "url", "next_page_url"} {
		if !strings.HasPrefix(meta[name].(string), "http://trunking.example.com:81/v1/Trunks?PageSize=1&Page=") {
			t.Errorf("%s: %v", name, meta[name])
		}
	}
}
