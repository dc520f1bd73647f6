// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"net/http"
	"net/netip"
	"strings"
)

const root = "/2010-04-01/Accounts/"

// check refuses a create, an update or a loaded object for reasons other than the value
// of a single field. It gets the object as it will be; a new one has no SID.
func (s *Store) check(i *item) *Answer {
	switch {
	case i.kind.attaches != nil:
		return checkAttachment(i)
	case i.kind == Domains || i.kind == Trunks:
		return s.checkDomainName(i)
	case i.kind == Addresses && s.rules.RefuseEqualAddresses:
		return checkAddress(i)
	case i.kind == Credentials:
		return checkCredential(i)
	}
	return nil
}

// checkAttachment refuses a list that does not exist or is attached already. Twilio
// documents its response for domains; that for trunks is the mock's.
func checkAttachment(i *item) *Answer {
	switch kind := i.kind; {
	case i.list() == nil:
		return notFound(root + i.account.sid + "/SIP/" + kind.name + "s/" + i.sid + ".json")
	case i.parent.all(kind).get(i.sid) == nil:
		return nil
	case kind.parent == Domains:
		return refuse(codeAlreadyMapped, "%s already associated with this domain", kind.name)
	default:
		return Refuse(http.StatusConflict, codeAlreadyAssociated, "%s already associated with this trunk", kind.name)
	}
}

// refuseInUse refuses to delete a list that is mapped to a domain. Twilio documents the
// codes, but not the status.
func (s *Store) refuseInUse(list *item) *Answer {
	for _, kind := range kinds {
		if kind.attaches != list.kind || kind.parent == Trunks && !s.rules.TrunkBlocksListDelete {
			continue
		}
		for _, parent := range list.account.root.all(kind.parent).items() {
			if parent.all(kind).get(list.sid) != nil {
				return refuse(list.kind.inUse, "%s %s is associated with a %s and cannot be deleted", kind.name, list.sid, strings.ToLower(kind.parent.name))
			}
		}
	}
	return nil
}

// remove deletes an item, and what attaches it.
func (i *item) remove() {
	for _, kind := range kinds {
		if kind.attaches != i.kind {
			continue
		}
		for _, parent := range i.account.root.all(kind.parent).items() {
			parent.all(kind).remove(i.sid)
		}
	}
	i.parent.all(i.kind).remove(i.sid)
}

// checkDomainName refuses a domain name that a domain or trunk of any account
// has already, since it is a host name.
func (s *Store) checkDomainName(i *item) *Answer {
	name := i.text("domain_name")
	if name == "" {
		return nil
	}
	for _, a := range s.accounts {
		for _, kind := range []*Kind{Domains, Trunks} {
			for _, other := range a.root.all(kind).items() {
				if strings.EqualFold(other.text("domain_name"), name) && other.sid != i.sid {
					code := codeDomainExists
					if i.kind == Trunks {
						code = codeTrunkDomainExists
					}
					return refuse(code, "Domain %s already exists.", name)
				}
			}
		}
	}
	return nil
}

// checkAddress refuses an address that would allow the same block as another
// one of its list. An update that leaves the block as it is passes, so that
// duplicates that were made out of band can be renamed.
func checkAddress(i *item) *Answer {
	network := i.network()
	all := i.parent.all(Addresses)
	if before := all.get(i.sid); before != nil && before.network() == network {
		return nil
	}
	for _, other := range all.items() {
		if other.sid != i.sid && other.network() == network {
			return refuse(codeEqualAddress, "IpAccessControlList %s already has %s as IpAddress %s", i.parent.sid, network, other.sid)
		}
	}
	return nil
}

// network is the block that an address allows, without the bits beyond the prefix.
func (i *item) network() netip.Prefix {
	length, _ := i.fields["cidr_prefix_length"].(int)
	ip, _ := netip.ParseAddr(i.text("ip_address")) // it was parsed when it was stored
	return netip.PrefixFrom(ip, length).Masked()
}

// checkCredential refuses a user name that its list has already. That they are unique is
// documented.
func checkCredential(i *item) *Answer {
	for _, other := range i.parent.all(Credentials).items() {
		if other.sid != i.sid && other.text("username") == i.text("username") {
			return refuse(codeEqualUsername, "CredentialList %s already has a Credential with Username %s", i.parent.sid, i.text("username"))
		}
	}
	return nil
}
