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
	// reread reads the domain or trunk itself, without the cache.
	reread func(context.Context) error
	access Access
	// gone is Twilio's "not found" error if the domain or trunk was deleted while its access was read.
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

// read reads the lists of the domain or trunk. If they are not found, or do not match the auth type, something has changed since
// the auth type was read, and read starts again without the cache.
func (p *callee) read(ctx context.Context) error {
	err := p.readLists(ctx, p.attachments.all, p.credentials.all)
	if IsNotFound(err) || err == nil && !p.matchesAuthType() {
		return p.readAgain(ctx)
	}
	return err
}

// readAgain reads the domain or trunk and its lists without the cache.
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

// readLists reads the IP access control lists regardless of the auth type, because overlooking a list would be the worst error.
// It reads the credential lists unless the auth type names only other lists. An empty auth type excludes nothing.
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

// missingList returns an error for the first attached list that is missing, or nil if there is none.
func (p *callee) missingList(missing map[string]error) *AttachedListMissingError {
	for _, list := range p.access.Lists {
		if err := missing[list.ListSID]; err != nil {
			return &AttachedListMissingError{Attachment: list.Attachment, Err: err}
		}
	}
	return nil
}

// maxAccessReads limits how often lists are read again because one of them is not found.
const maxAccessReads = 3

// readAccess reads the access of domains and trunks of an account. It reads the entries of each list once, even if several
// domains and trunks use it.
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

// readEntries adds the entries of the lists that are not in entries yet. missing has the lists that are not found.
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
