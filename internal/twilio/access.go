// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"errors"
	"fmt"
)

// Access is what calls to a SIP domain or an Elastic SIP trunk are checked against.
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

// AttachedListMissingError reports that Twilio names a list as attached, but does not find it, however often both are read. Which
// addresses the list allows is not known then.
type AttachedListMissingError struct {
	Attachment
	// Err is Twilio's "not found".
	Err error
}

func (e *AttachedListMissingError) Error() string {
	return fmt.Sprintf("list %s is attached to %s but was not found: %v", e.ListSID, e.ParentSID, e.Err)
}

func (e *AttachedListMissingError) Unwrap() error { return e.Err }

// DomainAccess is a SIP domain and what calls to it are checked against.
type DomainAccess struct {
	Domain
	Access
}

// TrunkAccess is an Elastic SIP trunk and what calls to it are checked against.
type TrunkAccess struct {
	Trunk
	Access
}

// AccessReport is what calls to the domains and trunks of an account are checked against.
type AccessReport struct {
	Domains []DomainAccess
	Trunks  []TrunkAccess
	// Unattached are the IP access control lists that are attached to none of them.
	Unattached []IPAccessControlList
	// TrunksHidden is set if the trunks of the account are not shown to the credentials. Trunks and Unattached are then nil.
	TrunksHidden bool
}

// DomainAccess reads a SIP domain and what calls to it are checked against. It makes one request for each of the domain, its
// lists, its credential lists unless the auth type rules them out, and the entries of each list. Reads share requests.
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

// TrunkAccess is DomainAccess for a trunk of the account that the credentials belong to.
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

// AccessReport reads what calls to all domains and trunks of an account are checked against. It makes one request for each page
// of lists, domains and trunks; for each domain and trunk, one for its lists and, unless the auth type rules them out, one for its
// credential lists; and one for the entries of each attached list. Reads share requests.
//
// Trunks are shown only to the credentials of their own account. For another account, the report has domains alone.
func (c *Client) AccessReport(ctx context.Context, accountSID string) (AccessReport, error) {
	account := c.account(accountSID)
	// Lists are read before what they are attached to, so that a list that is created and attached in the meantime does not
	// appear to be unattached.
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
