// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import "github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"

// Office has the objects that the guides manage: a list with two entries that is attached to a domain and a trunk.
type Office struct {
	List              mocktwilio.List
	London, Frankfurt mocktwilio.Address
	Domain            mocktwilio.Domain
	Trunk             mocktwilio.Trunk
}

// NewOffice creates the objects of an Office.
func NewOffice(m *Mock) Office {
	list := m.CreateList("", "Office")
	o := Office{
		List:      list,
		London:    m.CreateAddress("", list.SID, "203.0.113.10", 32, "SBC london"),
		Frankfurt: m.CreateAddress("", list.SID, "198.51.100.0", 28, "SBC frankfurt"),
		Domain:    m.CreateDomain("", "example.sip.twilio.com", "Example"),
		Trunk:     m.CreateTrunk("", "Carrier", "example.pstn.twilio.com"),
	}
	m.MapList("", o.Domain.SID, list.SID)
	m.AssociateList("", o.Trunk.SID, list.SID)
	return o
}
