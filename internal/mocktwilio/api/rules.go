// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"net/http"
	"net/netip"
	"strings"
)

const root = "/2010-04-01/Accounts/"

// check rejects a create, an update, or a loaded object for reasons that involve more than a single field. i is the object after
// the change. A new object has no SID.
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

// checkAttachment rejects a list that does not exist or is already attached. Twilio documents its response for domains. The
// response for trunks is chosen by the mock.
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

// refuseInUse rejects the delete of a list that is mapped to a domain. Twilio documents the error codes but not the status.
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

// remove deletes an item and its attachments.
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

// checkDomainName rejects a domain name that a domain or trunk of any account already has, because it is a host name.
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

// checkAddress rejects an address with the same block as another one in its list. An update that does not change the block is
// accepted, so that duplicates that were created out of band can be renamed.
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

// network returns the block of an address without host bits.
func (i *item) network() netip.Prefix {
	length, _ := i.fields["cidr_prefix_length"].(int)
	ip, _ := netip.ParseAddr(i.text("ip_address")) // it was parsed before it was stored
	return netip.PrefixFrom(ip, length).Masked()
}

// checkCredential rejects a user name that its list already has. Twilio documents that they are unique.
func checkCredential(i *item) *Answer {
	for _, other := range i.parent.all(Credentials).items() {
		if other.sid != i.sid && other.text("username") == i.text("username") {
			return refuse(codeEqualUsername, "CredentialList %s already has a Credential with Username %s", i.parent.sid, i.text("username"))
		}
	}
	return nil
}
