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

func TestAddressLifecycle(t *testing.T) {
	t.Parallel()
	now := someTime
	s := start(t, mocktwilio.Options{Now: func() time.Time { return now }})
	c := newClient(t, s)
	l := s.CreateList("", "office")
	root := sip(s.AccountSID(), "IpAccessControlLists/"+l.SID+"/IpAddresses")

	created := c.post(root+".json", form("FriendlyName", "desk", "IpAddress", "198.51.100.9", "CidrPrefixLength", "24")).want(http.StatusCreated)
	sid, _ := created["sid"].(string)
	item := root + "/" + sid + ".json"
	wantKeys(t, created, "sid", "account_sid", "friendly_name", "ip_address", "cidr_prefix_length", "ip_access_control_list_sid",
		"date_created", "date_updated", "uri")
	wantFields(t, created, map[string]any{
		"account_sid": s.AccountSID(), "friendly_name": "desk", "ip_access_control_list_sid": l.SID, "uri": item,
		"ip_address": "198.51.100.9", "cidr_prefix_length": 24.0, // with host bits, as sent
		"date_created": rfcDate, "date_updated": rfcDate,
	})

	now = now.Add(time.Minute)
	for _, update := range []struct {
		form url.Values
		want map[string]any
	}{
		{form("FriendlyName", "chair"), map[string]any{"friendly_name": "chair", "ip_address": "198.51.100.9", "cidr_prefix_length": 24.0}},
		{form("IpAddress", "203.0.113.1"), map[string]any{"friendly_name": "chair", "ip_address": "203.0.113.1", "cidr_prefix_length": 24.0}},
		{form("CidrPrefixLength", "0"), map[string]any{"friendly_name": "chair", "ip_address": "203.0.113.1", "cidr_prefix_length": 32.0}},
		{form("FriendlyName", "all", "IpAddress", "192.0.2.0", "CidrPrefixLength", "8"), map[string]any{"friendly_name": "all", "ip_address": "192.0.2.0", "cidr_prefix_length": 8.0}},
		{form(), map[string]any{"friendly_name": "all", "date_updated": "Fri, 17 Jul 2015 21:26:15 +0000", "date_created": rfcDate}},
	} {
		wantFields(t, c.post(item, update.form).want(http.StatusOK), update.want)
		wantFields(t, c.get(item).want(http.StatusOK), update.want)
	}
	all := c.get(root + ".json").want(http.StatusOK)
	wantSlice(t, "addresses", sids(t, all, "ip_addresses"), []string{sid})
	other := s.CreateList("", "other")
	c.get(sip(s.AccountSID(), "IpAccessControlLists/"+other.SID+"/IpAddresses/"+sid+".json")).wantNotFound()

	c.delete(item).want(http.StatusNoContent)
	c.delete(item).wantNotFound()
	c.get(item).wantNotFound()
	c.post(item, form("FriendlyName", "gone")).wantNotFound()
	s.DeleteList("", l.SID)
	c.get(root + ".json").wantNotFound()
	c.post(root+".json", form("FriendlyName", "x", "IpAddress", "192.0.2.0")).wantNotFound()
}

func TestAddressParameters(t *testing.T) {
	w := newFixture(t)
	root := sip(w.account, "IpAccessControlLists/"+w.list+"/IpAddresses")
	name := form("FriendlyName", "a", "IpAddress", "192.0.2.1")
	with := func(key, value string) url.Values {
		f := form("FriendlyName", name.Get("FriendlyName"), "IpAddress", name.Get("IpAddress"))
		f.Set(key, value)
		return f
	}
	for _, test := range []struct {
		name   string
		form   url.Values
		status int
		about  string // in the message
		prefix float64
	}{
		{"no prefix length", name, 201, "", 32},
		{"prefix length 0", with("CidrPrefixLength", "0"), 201, "", 32},
		{"prefix length 1", with("CidrPrefixLength", "1"), 201, "", 1},
		{"prefix length 32", with("CidrPrefixLength", "32"), 201, "", 32},
		{"prefix length 33", with("CidrPrefixLength", "33"), 400, "CidrPrefixLength", 0},
		{"prefix length -1", with("CidrPrefixLength", "-1"), 400, "CidrPrefixLength", 0},
		{"prefix length 300", with("CidrPrefixLength", "300"), 400, "CidrPrefixLength", 0},
		{"prefix length of letters", with("CidrPrefixLength", "ten"), 400, "CidrPrefixLength", 0},
		{"empty prefix length", with("CidrPrefixLength", ""), 400, "CidrPrefixLength", 0},
		{"no name", form("IpAddress", "192.0.2.1"), 400, "FriendlyName", 0},
		{"empty name", with("FriendlyName", ""), 400, "FriendlyName", 0},
		{"long name", with("FriendlyName", strings.Repeat("é", 256)), 400, "FriendlyName", 0},
		{"just short enough a name", with("FriendlyName", strings.Repeat("é", 255)), 201, "", 32},
		{"no address", form("FriendlyName", "a"), 400, "IpAddress", 0},
		{"empty address", with("IpAddress", ""), 400, "IpAddress", 0},
		{"the same address again", name, 201, "", 32},
		{"all zeros", with("IpAddress", "0.0.0.0"), 201, "", 32},
		{"three numbers", with("IpAddress", "192.0.2"), 400, "192.0.2", 0},
		{"five numbers", with("IpAddress", "192.0.2.1.1"), 400, "192.0.2.1.1", 0},
		{"too great", with("IpAddress", "192.0.2.256"), 400, "192.0.2.256", 0},
		{"leading zero", with("IpAddress", "192.0.02.1"), 400, "192.0.02.1", 0},
		{"a block", with("IpAddress", "192.0.2.0/24"), 400, "192.0.2.0/24", 0},
		{"a space", with("IpAddress", " 192.0.2.1"), 400, "IPv4", 0},
		{"a port", with("IpAddress", "192.0.2.1:5060"), 400, "IPv4", 0},
		{"IPv6", with("IpAddress", "2001:db8::1"), 400, "IPv4", 0},
		{"IPv4 in IPv6", with("IpAddress", "::ffff:192.0.2.1"), 400, "IPv4", 0},
		{"a name for an address", with("IpAddress", "example.com"), 400, "IPv4", 0},
		{"unknown parameter", with("CIDRPrefixLength", "24"), 400, "CIDRPrefixLength", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			before := len(w.Addresses("", w.list))
			got := w.post(root+".json", test.form)
			if test.status == http.StatusCreated {
				wantFields(t, got.want(http.StatusCreated), map[string]any{"cidr_prefix_length": test.prefix})
				return
			}
			got.wantError(test.status, int(got.body["code"].(float64)), test.about)
			wantEqual(t, "addresses made", len(w.Addresses("", w.list))-before, 0)
			if len(test.form) < 2 {
				return // an update may omit parameters
			}
			item := root + "/" + w.address + ".json"
			refused := w.post(item, test.form)
			refused.wantError(test.status, int(refused.body["code"].(float64)), test.about)
			wantFields(t, w.get(item).want(http.StatusOK), map[string]any{
				"friendly_name": "an address", "ip_address": "198.51.100.7", "cidr_prefix_length": 32.0,
			})
		})
	}
}

func TestAddressLimit(t *testing.T) {
	t.Parallel()
	s := start(t, mocktwilio.Options{})
	c := newClient(t, s)
	l := s.CreateList("", "full")
	for i := range 99 {
		s.CreateAddress("", l.SID, fmt.Sprintf("192.0.2.%d", i), 32, "a")
	}
	path := sip(s.AccountSID(), "IpAccessControlLists/"+l.SID+"/IpAddresses.json")
	last := form("FriendlyName", "a", "IpAddress", "192.0.2.200")
	c.post(path, last).want(http.StatusCreated)
	c.post(path, last).wantError(http.StatusBadRequest, 21237, "100 IpAddresses")
	addresses := s.Addresses("", l.SID)
	wantEqual(t, "addresses", len(addresses), 100)
	// The entries of a full list can be changed.
	c.post(sip(s.AccountSID(), "IpAccessControlLists/"+l.SID+"/IpAddresses/"+addresses[7].SID+".json"), last).want(http.StatusOK)
	s.DeleteAddress("", l.SID, addresses[0].SID)
	c.post(path, last).want(http.StatusCreated)
}

func TestRefuseEqualAddresses(t *testing.T) {
	t.Parallel()
	s := start(t, mocktwilio.Options{RefuseEqualAddresses: true})
	c := newClient(t, s)
	l, other := s.CreateList("", "office"), s.CreateList("", "other")
	block := s.CreateAddress("", l.SID, "203.0.113.7", 24, "block").SID
	single := s.CreateAddress("", l.SID, "198.51.100.7", 32, "single").SID
	addresses := func(list string) string { return sip(s.AccountSID(), "IpAccessControlLists/"+list+"/IpAddresses") }
	address := func(ip, length string) url.Values {
		return form("FriendlyName", "a", "IpAddress", ip, "CidrPrefixLength", length)
	}
	refused := func(path string, f url.Values, about string) {
		t.Helper()
		got := c.post(path, f)
		got.wantError(http.StatusBadRequest, 21238, about)
		wantEqual(t, "more_info", got.body["more_info"], any("https://www.twilio.com/docs/errors/21238"))
	}

	refused(addresses(l.SID)+".json", address("203.0.113.9", "24"), "already has 203.0.113.0/24 as IpAddress "+block)
	refused(addresses(l.SID)+".json", form("FriendlyName", "a", "IpAddress", "198.51.100.7"), "already has 198.51.100.7/32 as IpAddress "+single)
	refused(addresses(l.SID)+"/"+single+".json", address("203.0.113.0", "24"), block)
	refused(addresses(l.SID)+"/"+block+".json", form("IpAddress", "198.51.100.7", "CidrPrefixLength", "32"), single)
	refused(addresses(l.SID)+"/"+block+".json", address("198.51.100.7", "0"), single) // 0 is stored as 32
	wantEqual(t, "addresses", len(s.Addresses("", l.SID)), 2)

	// A different block, a different list, and the entry's own block are not duplicates.
	c.post(addresses(l.SID)+".json", address("203.0.113.0", "25")).want(http.StatusCreated)
	c.post(addresses(other.SID)+".json", address("203.0.113.0", "24")).want(http.StatusCreated)
	c.post(addresses(l.SID)+"/"+block+".json", address("203.0.113.200", "24")).want(http.StatusOK)
	c.post(addresses(l.SID)+"/"+single+".json", address("198.51.100.8", "32")).want(http.StatusOK)
	// Changes out of band are not rejected, and a duplicate can be renamed and moved.
	twin := s.CreateAddress("", l.SID, "203.0.113.0", 24, "twin").SID
	c.post(addresses(l.SID)+"/"+twin+".json", form("FriendlyName", "renamed")).want(http.StatusOK)
	c.post(addresses(l.SID)+"/"+twin+".json", address("192.0.2.1", "32")).want(http.StatusOK)
	refused(addresses(l.SID)+"/"+twin+".json", address("203.0.113.0", "24"), block)
}

func TestAddressControls(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	item := sip(w.account, "IpAccessControlLists/"+w.list+"/IpAddresses/"+w.address+".json")
	w.UpdateAddress("", w.list, w.address, "203.0.113.0", 24, "moved")
	wantFields(t, w.get(item).want(http.StatusOK), map[string]any{
		"ip_address": "203.0.113.0", "cidr_prefix_length": 24.0, "friendly_name": "moved",
	})
	w.DeleteAddress("", w.list, w.address)
	w.get(item).wantNotFound()
	wantEqual(t, "prefix length 0", w.CreateAddress("", w.list, "203.0.113.0", 0, "a").CIDRPrefixLength, 32)
}
