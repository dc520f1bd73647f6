// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"fmt"
	"net/http"
	"net/netip"
	"strconv"
	"time"
)

const (
	maxAddresses = 100 // to a list
	fullPrefix   = 32
)

// Address is an entry of an IP access control list.
type Address struct {
	SID, AccountSID, ListSID string
	FriendlyName             string
	IPAddress                string // as sent: bits beyond the prefix are kept
	CIDRPrefixLength         int    // 1 to 32
	DateCreated, DateUpdated time.Time
}

// addressWire is an address in the 2010 API.
type addressWire struct {
	SID              string `json:"sid"`
	AccountSID       string `json:"account_sid"`
	FriendlyName     string `json:"friendly_name"`
	IPAddress        string `json:"ip_address"`
	CIDRPrefixLength int    `json:"cidr_prefix_length"`
	ListSID          string `json:"ip_access_control_list_sid"`
	DateCreated      string `json:"date_created"`
	DateUpdated      string `json:"date_updated"`
	URI              string `json:"uri"`
}

func (a *Address) wire() addressWire {
	return addressWire{
		SID:              a.SID,
		AccountSID:       a.AccountSID,
		FriendlyName:     a.FriendlyName,
		IPAddress:        a.IPAddress,
		CIDRPrefixLength: a.CIDRPrefixLength,
		ListSID:          a.ListSID,
		DateCreated:      rfc2822(a.DateCreated),
		DateUpdated:      rfc2822(a.DateUpdated),
		URI:              accountRoot + a.AccountSID + "/SIP/IpAccessControlLists/" + a.ListSID + "/IpAddresses/" + a.SID + ".json",
	}
}

type addressesWire struct {
	pageWire
	Addresses []addressWire `json:"ip_addresses"`
}

var ipAddressRoutes = []route{
	{template: "/2010-04-01/Accounts/{AccountSid}/SIP/IpAccessControlLists/{IpAccessControlListSid}/IpAddresses.json", methods: methods{
		http.MethodGet: (*call).addresses, http.MethodPost: (*call).createAddress,
	}},
	{template: "/2010-04-01/Accounts/{AccountSid}/SIP/IpAccessControlLists/{IpAccessControlListSid}/IpAddresses/{Sid}.json", methods: methods{
		http.MethodGet: (*call).address, http.MethodPost: (*call).updateAddress, http.MethodDelete: (*call).deleteAddress,
	}},
}

func (c *call) addresses() answer {
	p, refusal := parsePage(c.entry.Query)
	if refusal != nil {
		return *refusal
	}
	s := c.server
	s.mu.RLock()
	l := c.account.lists.get(c.params.parent)
	if l == nil {
		s.mu.RUnlock()
		return notFound(c.request.URL.Path)
	}
	addresses := cut(&l.addresses, p, (*Address).wire)
	s.mu.RUnlock()
	return answer{status: http.StatusOK, body: addressesWire{addresses.wire(c.request.URL.Path), addresses.items}}
}

func (c *call) createAddress() answer {
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	l := c.account.lists.get(c.params.parent)
	if l == nil {
		return notFound(c.request.URL.Path)
	}
	c.form.required("FriendlyName")
	c.form.required("IpAddress")
	a := Address{CIDRPrefixLength: fullPrefix}
	c.form.setAddress(&a)
	if c.form.refusal != nil {
		return *c.form.refusal
	}
	if l.addresses.len() >= maxAddresses {
		return refuse(http.StatusBadRequest, codeLimit, "IpAccessControlList %s has %d IpAddresses already, the most there can be", l.SID, maxAddresses)
	}
	return answer{status: http.StatusCreated, body: s.addAddress(l, a).wire()}
}

func (c *call) address() answer {
	c.server.mu.RLock()
	defer c.server.mu.RUnlock()
	_, a := c.findAddress()
	if a == nil {
		return notFound(c.request.URL.Path)
	}
	return answer{status: http.StatusOK, body: a.wire()}
}

func (c *call) updateAddress() answer {
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	_, a := c.findAddress()
	if a == nil {
		return notFound(c.request.URL.Path)
	}
	changed := *a
	c.form.setAddress(&changed)
	if c.form.refusal != nil {
		return *c.form.refusal
	}
	changed.DateUpdated = s.now()
	*a = changed
	return answer{status: http.StatusOK, body: a.wire()}
}

func (c *call) deleteAddress() answer {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	l, a := c.findAddress()
	if a == nil {
		return notFound(c.request.URL.Path)
	}
	l.addresses.remove(a.SID)
	return answer{status: http.StatusNoContent}
}

func (c *call) findAddress() (*list, *Address) {
	l := c.account.lists.get(c.params.parent)
	if l == nil {
		return nil, nil
	}
	return l, l.addresses.get(c.params.item)
}

// setAddress stores the parameters of a create or an update.
func (f *form) setAddress(a *Address) {
	f.only("FriendlyName", "IpAddress", "CidrPrefixLength")
	if name := f.name("FriendlyName", maxName); name != nil {
		a.FriendlyName = *name
	}
	if ip := f.text("IpAddress"); ip != nil {
		if !isIPv4(*ip) {
			f.fail(invalidParameter("IpAddress %q is not an IPv4 address in dotted decimal notation", *ip))
		}
		a.IPAddress = *ip
	}
	if text := f.text("CidrPrefixLength"); text != nil {
		n, err := strconv.ParseUint(*text, 10, 8)
		if err != nil || n > fullPrefix {
			f.fail(invalidParameter("CidrPrefixLength must be a number from 0 to %d", fullPrefix))
		}
		a.CIDRPrefixLength = storedPrefix(int(n))
	}
}

// isIPv4 accepts four decimal numbers without leading zeros, and nothing else.
func isIPv4(s string) bool {
	ip, err := netip.ParseAddr(s)
	return err == nil && ip.Is4()
}

// storedPrefix is what Twilio makes of a prefix length: 0 becomes 32 without an
// error.
func storedPrefix(n int) int {
	if n == 0 {
		return fullPrefix
	}
	return n
}

func (s *Server) addAddress(l *list, a Address) *Address {
	a.SID, a.AccountSID, a.ListSID = s.random.hex("IP"), l.AccountSID, l.SID
	a.DateCreated = s.now()
	a.DateUpdated = a.DateCreated
	return l.addresses.add(s.world.next(), a.SID, a)
}

// Addresses returns the addresses of a list in the API's order.
func (s *Server) Addresses(account, listSID string) []Address {
	s.mu.RLock()
	defer s.mu.RUnlock()
	l := must(s.mustAccount(account).lists.get(listSID), listSID)
	addresses := make([]Address, 0, l.addresses.len())
	for a := range l.addresses.each {
		addresses = append(addresses, *a)
	}
	return addresses
}

// CreateAddress adds an address to a list behind the client's back. The limit of
// 100 is not applied; an address or prefix length that Twilio could not hold is
// a panic. Prefix length 0 is stored as 32.
func (s *Server) CreateAddress(account, listSID, ip string, prefixLength int, name string) Address {
	mustBeAddress(ip, prefixLength)
	s.mu.Lock()
	defer s.mu.Unlock()
	l := must(s.mustAccount(account).lists.get(listSID), listSID)
	return *s.addAddress(l, Address{FriendlyName: name, IPAddress: ip, CIDRPrefixLength: storedPrefix(prefixLength)})
}

// UpdateAddress changes an address behind the client's back, all three fields.
func (s *Server) UpdateAddress(account, listSID, sid, ip string, prefixLength int, name string) Address {
	mustBeAddress(ip, prefixLength)
	s.mu.Lock()
	defer s.mu.Unlock()
	a := must(must(s.mustAccount(account).lists.get(listSID), listSID).addresses.get(sid), sid)
	a.FriendlyName, a.IPAddress, a.CIDRPrefixLength = name, ip, storedPrefix(prefixLength)
	a.DateUpdated = s.now()
	return *a
}

// DeleteAddress removes an address behind the client's back.
func (s *Server) DeleteAddress(account, listSID, sid string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := must(s.mustAccount(account).lists.get(listSID), listSID)
	must(l.addresses.get(sid), sid)
	l.addresses.remove(sid)
}

func mustBeAddress(ip string, prefixLength int) {
	if !isIPv4(ip) || prefixLength < 0 || prefixLength > fullPrefix {
		panic(fmt.Sprintf("mocktwilio: %s/%d is not an IPv4 address with a prefix length", ip, prefixLength))
	}
}
