// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"fmt"
	"net/netip"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/api"
)

// List is an IP access control list.
type List struct {
	SID, AccountSID, FriendlyName string
	DateCreated, DateUpdated      time.Time // UTC, full seconds
}

func asList(o api.Object) List {
	return List{SID: o.SID, AccountSID: o.AccountSID, FriendlyName: o.Name, DateCreated: o.DateCreated, DateUpdated: o.DateUpdated}
}

func lists(account string) api.Place { return api.Place{Account: account, Kind: api.Lists} }

// Lists returns an account's lists in the API's order. In this and all other controls, account "" is the parent account. Controls
// panic if an object that they name does not exist.
func (s *Server) Lists(account string) []List {
	return convert(s.store.Objects(lists(account)), asList)
}

// CreateList creates a list out of band. Limits do not apply.
func (s *Server) CreateList(account, name string) List {
	return asList(s.store.Create(lists(account), map[string]any{"friendly_name": name}))
}

// RenameList renames a list out of band.
func (s *Server) RenameList(account, sid, name string) {
	s.store.Update(lists(account), sid, map[string]any{"friendly_name": name})
}

// DeleteList deletes a list out of band, with its addresses and attachments.
func (s *Server) DeleteList(account, sid string) { s.store.Delete(lists(account), sid) }

// Address is an entry of an IP access control list.
type Address struct {
	SID, AccountSID, ListSID string
	FriendlyName             string
	IPAddress                string // as sent, including host bits
	CIDRPrefixLength         int    // 1 to 32
	DateCreated, DateUpdated time.Time
}

func asAddress(o api.Object) Address {
	length, _ := o.Fields["cidr_prefix_length"].(int)
	return Address{
		SID: o.SID, AccountSID: o.AccountSID, ListSID: o.ParentSID,
		FriendlyName: o.Name, IPAddress: o.Text("ip_address"), CIDRPrefixLength: length,
		DateCreated: o.DateCreated, DateUpdated: o.DateUpdated,
	}
}

func addresses(account, listSID string) api.Place {
	return api.Place{Account: account, Parent: listSID, Kind: api.Addresses}
}

// Addresses returns the addresses of a list in the API's order.
func (s *Server) Addresses(account, listSID string) []Address {
	return convert(s.store.Objects(addresses(account, listSID)), asAddress)
}

// CreateAddress adds an address to a list out of band. The limit of 100 does not apply. It panics if Twilio would reject the
// address or the prefix length. Prefix length 0 is stored as 32.
func (s *Server) CreateAddress(account, listSID, ip string, prefixLength int, name string) Address {
	return asAddress(s.store.Create(addresses(account, listSID), addressFields(ip, prefixLength, name)))
}

// UpdateAddress changes all three fields of an address out of band.
func (s *Server) UpdateAddress(account, listSID, sid, ip string, prefixLength int, name string) Address {
	return asAddress(s.store.Update(addresses(account, listSID), sid, addressFields(ip, prefixLength, name)))
}

// DeleteAddress removes an address out of band.
func (s *Server) DeleteAddress(account, listSID, sid string) {
	s.store.Delete(addresses(account, listSID), sid)
}

// addressFields panics if Twilio would reject the address or the prefix length.
func addressFields(ip string, length int, name string) map[string]any {
	if length == 0 {
		length = 32
	}
	if address, err := netip.ParseAddr(ip); err != nil || !address.Is4() || length < 0 || length > 32 {
		panic(fmt.Sprintf("mocktwilio: %s/%d is not an IPv4 address with a prefix length", ip, length))
	}
	return map[string]any{"friendly_name": name, "ip_address": ip, "cidr_prefix_length": length}
}

// convert converts objects to the types of the controls.
func convert[T any](objects []api.Object, to func(api.Object) T) []T {
	converted := make([]T, len(objects))
	for i, o := range objects {
		converted[i] = to(o)
	}
	return converted
}
