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

func (i *item) asAddress() Address {
	length, _ := i.fields["cidr_prefix_length"].(int)
	return Address{
		SID: i.sid, AccountSID: i.account.sid, ListSID: i.parent.sid,
		FriendlyName: i.text("friendly_name"), IPAddress: i.text("ip_address"), CIDRPrefixLength: length,
		DateCreated: i.created, DateUpdated: i.updated,
	}
}

var addressResource = &resource{
	path:      "/2010-04-01/Accounts/{AccountSid}/SIP/IpAccessControlLists/{IpAccessControlListSid}/IpAddresses",
	key:       "ip_addresses",
	sidPrefix: "IP",
	fields: []field{
		{"FriendlyName", "friendly_name", friendlyName(maxName), nil},
		{"IpAddress", "ip_address", ipv4, nil},
		{"CidrPrefixLength", "cidr_prefix_length", prefixLength, fullPrefix},
	},
	requiredToCreate: []string{"FriendlyName", "IpAddress"},
	items:            lists,
	nested:           children,
	check: func(c *call, i *item) *answer {
		if l := i.parent; i.sid == "" && l.children.len() >= maxAddresses {
			return refuse(http.StatusBadRequest, codeLimit, "IpAccessControlList %s has %d IpAddresses already, the most there can be", l.sid, maxAddresses)
		}
		if c.server.options.RefuseEqualAddresses {
			return refuseEqualAddress(i)
		}
		return nil
	},
	show: func(i *item, url string, shown object) {
		shown["ip_access_control_list_sid"] = i.parent.sid
		shown["uri"] = url + ".json"
	},
}

// refuseEqualAddress refuses an address that would allow the same block as another
// one of its list. An update that leaves the block as it is passes, so that
// duplicates that were made out of band can be renamed.
func refuseEqualAddress(i *item) *answer {
	network := i.network()
	if i.sid != "" && i.parent.children.get(i.sid).network() == network {
		return nil
	}
	for _, other := range i.parent.children.order {
		if other.sid != i.sid && other.network() == network {
			return refuse(http.StatusBadRequest, codeEqualAddress, "IpAccessControlList %s has %s already, as IpAddress %s", i.parent.sid, network, other.sid)
		}
	}
	return nil
}

// network is the block that an address allows, without the bits beyond the prefix.
func (i *item) network() netip.Prefix {
	a := i.asAddress()
	ip, _ := netip.ParseAddr(a.IPAddress) // it was parsed when it was stored
	return netip.PrefixFrom(ip, a.CIDRPrefixLength).Masked()
}

// Addresses returns the addresses of a list in the API's order.
func (s *Server) Addresses(account, listSID string) []Address {
	a := s.lock(account)
	defer s.mu.Unlock()
	return convert(&a.lists.must(listSID).children, (*item).asAddress)
}

// CreateAddress adds an address to a list out of band. The limit of 100 is not
// applied. It panics if Twilio could not hold the address or the prefix length.
// Prefix length 0 is stored as 32.
func (s *Server) CreateAddress(account, listSID, ip string, prefixLength int, name string) Address {
	fields := addressFields(ip, prefixLength, name)
	a := s.lock(account)
	defer s.mu.Unlock()
	l := a.lists.must(listSID)
	return s.add(&l.children, &item{sid: s.random.hex("IP"), account: a, parent: l, fields: fields}).asAddress()
}

// UpdateAddress changes an address out of band, all three fields.
func (s *Server) UpdateAddress(account, listSID, sid, ip string, prefixLength int, name string) Address {
	fields := addressFields(ip, prefixLength, name)
	a := s.lock(account)
	defer s.mu.Unlock()
	i := a.lists.must(listSID).children.must(sid)
	i.fields, i.updated = fields, s.now()
	return i.asAddress()
}

// DeleteAddress removes an address out of band.
func (s *Server) DeleteAddress(account, listSID, sid string) {
	a := s.lock(account)
	defer s.mu.Unlock()
	l := a.lists.must(listSID)
	l.children.must(sid)
	l.children.remove(sid)
}

// addressFields panics if Twilio could not hold the address or prefix length.
func addressFields(ip string, length int, name string) map[string]any {
	_, badAddress := ipv4("", ip)
	stored, badLength := prefixLength("", strconv.Itoa(length))
	if badAddress != nil || badLength != nil {
		panic(fmt.Sprintf("mocktwilio: %s/%d is not an IPv4 address with a prefix length", ip, length))
	}
	return map[string]any{"friendly_name": name, "ip_address": ip, "cidr_prefix_length": stored}
}
