// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
)

// callee is a SIP domain or an Elastic SIP trunk whose access is read.
type callee struct {
	attachments collection[Attachment]
	credentials collection[CredentialList]
	authType    func() string
	// reread reads the domain or trunk itself, with a request of its own.
	reread func(context.Context) error
	access Access
	// gone is Twilio's "not found" if the domain or trunk was deleted while its access was read.
	gone error
}

func (c *Client) calledDomain(accountSID string, domain *Domain) *callee {
	return &callee{
		attachments: c.DomainAttachments(accountSID, domain.SID).collection,
		credentials: c.domainCredentials(accountSID, domain.SID),
		authType:    func() string { return domain.AuthType },
		reread:      rereadInto(domain, c.domains(accountSID)),
	}
}

func (c *Client) calledTrunk(trunk *Trunk) *callee {
	return &callee{
		attachments: c.TrunkAttachments(trunk.SID).collection,
		credentials: c.trunkCredentials(trunk.SID),
		authType:    func() string { return trunk.AuthType },
		reread:      rereadInto(trunk, c.trunks()),
	}
}

func rereadInto[T object](known *T, from collection[T]) func(context.Context) error {
	return func(ctx context.Context) error {
		read, err := from.request(ctx, (*known).sid())
		if err == nil {
			*known = read
		}
		return err
	}
}

// read reads the lists of the domain or trunk. If they are not found, or are not what the auth type names, something has changed
// since the auth type was read, and all of it is read again.
func (p *callee) read(ctx context.Context) error {
	err := p.readLists(ctx, p.attachments.all, p.credentials.all)
	if IsNotFound(err) || err == nil && !p.matchesAuthType() {
		return p.readAgain(ctx)
	}
	return err
}

// readAgain reads the domain or trunk and its lists with requests of its own.
func (p *callee) readAgain(ctx context.Context) error {
	p.access = Access{}
	err := p.reread(ctx)
	if IsNotFound(err) {
		p.gone = err
		return nil
	}
	if err != nil {
		return err
	}
	return p.readLists(ctx, p.attachments.requestAll, p.credentials.requestAll)
}

// readLists reads the IP access control lists whatever the auth type is: a list that is overlooked is the worst error. It
// requests the credential lists unless the auth type names other lists only. An empty auth type rules nothing out.
func (p *callee) readLists(ctx context.Context, attachments func(context.Context) ([]Attachment, error), credentials func(context.Context) ([]CredentialList, error)) error {
	attached, err := attachments(ctx)
	if err != nil {
		return err
	}
	p.access.Lists = make([]AttachedList, len(attached))
	for i, attachment := range attached {
		p.access.Lists[i].Attachment = attachment
	}
	if types := p.authType(); types == "" || strings.Contains(types, "CREDENTIAL_LIST") {
		p.access.CredentialLists, err = credentials(ctx)
	}
	return err
}

func (p *callee) matchesAuthType() bool {
	types := p.authType()
	return strings.Contains(types, "IP_ACL") == (len(p.access.Lists) > 0) &&
		strings.Contains(types, "CREDENTIAL_LIST") == (len(p.access.CredentialLists) > 0)
}

// missingList returns an error about the first list that is attached and missing. It is nil if there is none.
func (p *callee) missingList(missing map[string]error) *AttachedListMissingError {
	for _, list := range p.access.Lists {
		if err := missing[list.ListSID]; err != nil {
			return &AttachedListMissingError{Attachment: list.Attachment, Err: err}
		}
	}
	return nil
}

// maxAccessReads bounds how often lists are read again because one of them is not found.
const maxAccessReads = 3

// readAccess reads the access of domains and trunks of an account. It reads the entries of each list once, however many domains
// and trunks use it.
func (c *Client) readAccess(ctx context.Context, accountSID string, called ...*callee) error {
	entries := map[string][]IPAddress{}
	pending := called
	for reads := 1; len(pending) > 0; reads++ {
		err := forEach(ctx, c, pending, func(ctx context.Context, _ int, parent *callee) error {
			if reads > 1 {
				return parent.readAgain(ctx)
			}
			return parent.read(ctx)
		})
		if err != nil {
			return err
		}
		missing, err := c.readEntries(ctx, accountSID, pending, entries)
		if err != nil {
			return err
		}
		// A list that is not found was detached and deleted in the meantime.
		pending = slices.DeleteFunc(slices.Clone(pending), func(parent *callee) bool { return parent.missingList(missing) == nil })
		if len(pending) > 0 && reads == maxAccessReads {
			return pending[0].missingList(missing)
		}
	}
	for _, parent := range called {
		for i, list := range parent.access.Lists {
			parent.access.Lists[i].Entries = entries[list.ListSID]
		}
	}
	return nil
}

// readEntries adds the entries of the lists that entries lacks. missing has the lists that are not found.
func (c *Client) readEntries(ctx context.Context, accountSID string, called []*callee, entries map[string][]IPAddress) (missing map[string]error, err error) {
	lists := map[string]bool{}
	for _, parent := range called {
		for _, list := range parent.access.Lists {
			if _, known := entries[list.ListSID]; !known {
				lists[list.ListSID] = true
			}
		}
	}
	missing = map[string]error{}
	var mu sync.Mutex
	err = forEach(ctx, c, slices.Collect(maps.Keys(lists)), func(ctx context.Context, _ int, sid string) error {
		read, err := c.IPAddresses(ctx, accountSID, sid)
		mu.Lock()
		defer mu.Unlock()
		switch {
		case IsNotFound(err):
			missing[sid] = err
			return nil
		case err == nil:
			entries[sid] = read
		}
		return err
	})
	return missing, err
}
