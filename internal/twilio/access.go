// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"errors"
	"fmt"
)

// Access has the lists that callers of a SIP domain or an Elastic SIP trunk are checked against.
type Access struct {
	// Lists are the IP access control lists that are attached, in the API's order.
	Lists []AttachedList
	// CredentialLists are the credential lists that are attached, in the API's order.
	CredentialLists []CredentialList
}

// AttachedList is an IP access control list that is attached to a domain or trunk, with its entries in the API's order.
type AttachedList struct {
	Attachment
	Entries []IPAddress
}

// AttachedListMissingError reports that Twilio names a list as attached but cannot find it, even after both were read several
// times. The addresses that the list allows are then unknown.
type AttachedListMissingError struct {
	Attachment
	// Err is Twilio's "not found" error.
	Err error
}

func (e *AttachedListMissingError) Error() string {
	return fmt.Sprintf("list %s is attached to %s but was not found: %v", e.ListSID, e.ParentSID, e.Err)
}

func (e *AttachedListMissingError) Unwrap() error { return e.Err }

// DomainAccess is a SIP domain with the lists that its callers are checked against.
type DomainAccess struct {
	Domain
	Access
}

// TrunkAccess is an Elastic SIP trunk with the lists that its callers are checked against.
type TrunkAccess struct {
	Trunk
	Access
}

// AccessReport has the access of all domains and trunks of an account.
type AccessReport struct {
	Domains []DomainAccess
	Trunks  []TrunkAccess
	// Unattached are the IP access control lists that are not attached to any domain or trunk.
	Unattached []IPAccessControlList
	// TrunksHidden is set if the credentials cannot see the trunks of the account. Trunks and Unattached are then nil.
	TrunksHidden bool
}

// DomainAccess reads a SIP domain and its lists. It makes one request for the domain, one for its IP access control lists, one
// for its credential lists unless the auth type excludes them, and one for the entries of each list. Reads share requests.
func (c *Client) DomainAccess(ctx context.Context, accountSID, sid string) (DomainAccess, error) {
	domain, err := c.Domain(ctx, accountSID, sid)
	if err != nil {
		return DomainAccess{}, err
	}
	called := c.calledDomain(accountSID, &domain)
	if err := c.readAccess(ctx, accountSID, called); err != nil {
		return DomainAccess{}, err
	}
	return DomainAccess{domain, called.access}, called.gone
}

// TrunkAccess is like DomainAccess, for a trunk of the account that the credentials belong to.
func (c *Client) TrunkAccess(ctx context.Context, sid string) (TrunkAccess, error) {
	trunk, err := c.Trunk(ctx, sid)
	if err != nil {
		return TrunkAccess{}, err
	}
	called := c.calledTrunk(&trunk)
	if err := c.readAccess(ctx, trunk.AccountSID, called); err != nil {
		return TrunkAccess{}, err
	}
	return TrunkAccess{trunk, called.access}, called.gone
}

// AccessReport reads the access of all domains and trunks of an account. It makes one request for each page of lists, domains,
// and trunks; for each domain and trunk, one for its IP access control lists and one for its credential lists unless the auth
// type excludes them; and one for the entries of each attached list. Reads share requests.
//
// Only the credentials of an account can see its trunks. For another account, the report has only domains.
func (c *Client) AccessReport(ctx context.Context, accountSID string) (AccessReport, error) {
	account := c.account(accountSID)
	// Lists are read before domains and trunks, so that a list that is created and attached in the meantime is not reported as
	// unattached.
	lists, err := c.AllIPAccessControlLists(ctx, account)
	if err != nil {
		return AccessReport{}, err
	}
	domains, err := c.AllDomains(ctx, account)
	if err != nil {
		return AccessReport{}, err
	}
	trunks, err := c.trunksOf(ctx, account, c.trunks())
	_, hidden := errors.AsType[*OtherAccountError](err)
	if err != nil && !hidden {
		return AccessReport{}, err
	}
	called := make([]*callee, 0, len(domains)+len(trunks))
	for i := range domains {
		called = append(called, c.calledDomain(account, &domains[i]))
	}
	for i := range trunks {
		called = append(called, c.calledTrunk(&trunks[i]))
	}
	if err := c.readAccess(ctx, account, called...); err != nil {
		return AccessReport{}, err
	}

	report := AccessReport{TrunksHidden: hidden}
	attached := map[string]bool{}
	for i, parent := range called {
		switch {
		case parent.gone != nil:
			continue
		case i < len(domains):
			report.Domains = append(report.Domains, DomainAccess{domains[i], parent.access})
		default:
			report.Trunks = append(report.Trunks, TrunkAccess{trunks[i-len(domains)], parent.access})
		}
		for _, list := range parent.access.Lists {
			attached[list.ListSID] = true
		}
	}
	for _, list := range lists {
		if !attached[list.SID] && !hidden {
			report.Unattached = append(report.Unattached, list)
		}
	}
	return report, nil
}
