// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"
)

// maxLooks bounds how many domains are asked whether they use a list.
const maxLooks = 100

// Usage is where a list is in force.
type Usage struct {
	Domains []Domain
	Trunks  []Trunk
	// Incomplete says that there were more domains than were looked at.
	Incomplete bool
}

// OtherAccountError says that nobody can tell which trunks use a list: the trunking API shows trunks to the credentials
// of their own account alone, not to those of its parent.
type OtherAccountError struct {
	// AccountSID is the account whose trunks were meant.
	AccountSID string
}

// Error says whose trunks cannot be seen.
func (e *OtherAccountError) Error() string {
	return fmt.Sprintf("the trunks of account %s are shown to its own credentials alone", e.AccountSID)
}

// IPAccessControlListUsage looks for the domains and trunks that use a list, to explain why Twilio refused to delete
// it. It makes one request for each domain that lets callers in by IP address, at most 100 of them, besides the pages of
// the domains and what TrunksUsing makes. When a part of the look fails, the result is what the rest found, and the error.
func (c *Client) IPAccessControlListUsage(ctx context.Context, accountSID, listSID string) (Usage, error) {
	account := c.account(accountSID)
	var (
		usage                 Usage
		domainsErr, trunksErr error
	)
	usage.Domains, usage.Incomplete, domainsErr = c.domainsUsing(ctx, account, listSID)
	usage.Trunks, trunksErr = c.TrunksUsing(ctx, account, listSID)
	return usage, errors.Join(domainsErr, trunksErr)
}

// domainsUsing reports besides the domains whether there were more than it looked at.
func (c *Client) domainsUsing(ctx context.Context, account, listSID string) (found []Domain, incomplete bool, err error) {
	domains, err := collect(c.Domains(ctx, account))
	if err != nil {
		return nil, false, err
	}
	domains = withIPAccessControl(domains, func(d Domain) string { return d.AuthType })
	found, err = using(ctx, c, domains[:min(len(domains), maxLooks)], func(ctx context.Context, domain Domain) (bool, error) {
		return exists(c.fetchDomainMapping(account, domain.SID, listSID)(ctx))
	})
	return found, len(domains) > maxLooks, err
}

// TrunksUsing gives the trunks that a list is associated with. It is the look before a list is deleted, since Twilio may
// delete such a list without a word. It makes one request for all trunks and one for each trunk that lets callers in by IP
// address; the deletes of one client share them. A use that this shows is confirmed by one request more, for it may be
// over by now.
//
// Trunks are seen only in the account that the credentials belong to: for another account the error is an
// *OtherAccountError. An account that trunking knows nothing of has no trunks.
func (c *Client) TrunksUsing(ctx context.Context, accountSID, listSID string) ([]Trunk, error) {
	account := c.account(accountSID)
	if !strings.EqualFold(account, c.config.AccountSID) {
		return nil, &OtherAccountError{AccountSID: account}
	}
	trunks, err := c.cache.usingTrunks.all(ctx, "", c.fetchTrunks)
	if IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	// An API key may belong to another account than the one that its owner configured.
	if slices.ContainsFunc(trunks, func(t Trunk) bool { return !strings.EqualFold(t.AccountSID, account) }) {
		return nil, &OtherAccountError{AccountSID: account}
	}
	return using(ctx, c, withIPAccessControl(trunks, func(t Trunk) string { return t.AuthType }), func(ctx context.Context, trunk Trunk) (bool, error) {
		associations, err := c.cache.uses.all(ctx, trunk.SID, c.fetchTrunkAssociations(trunk.SID))
		if IsNotFound(err) {
			return false, nil
		}
		if err != nil || !slices.ContainsFunc(associations, func(a TrunkAssociation) bool { return strings.EqualFold(a.IPAccessControlListSID, listSID) }) {
			return false, err
		}
		return exists(c.fetchTrunkAssociation(trunk.SID, listSID)(ctx))
	})
}

// exists tells from the outcome of a read whether its object is there.
func exists[T any](_ T, err error) (bool, error) {
	if IsNotFound(err) {
		return false, nil
	}
	return err == nil, err
}

// withIPAccessControl keeps those whose auth type says that they check callers' addresses. Where no auth type is shown at
// all, nothing can be ruled out by it.
func withIPAccessControl[T any](all []T, authType func(T) string) []T {
	if !slices.ContainsFunc(all, func(item T) bool { return authType(item) != "" }) {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(item T) bool { return !strings.Contains(authType(item), "IP_ACL") })
}

// using keeps, in order, those of which uses is true. It asks about several at once.
func using[T any](ctx context.Context, c *Client, all []T, uses func(context.Context, T) (bool, error)) ([]T, error) {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(c.config.MaxConcurrentRequests)
	var mu sync.Mutex
	kept := map[int]bool{}
	for i, item := range all {
		group.Go(func() error {
			yes, err := uses(ctx, item)
			mu.Lock()
			defer mu.Unlock()
			kept[i] = yes
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	var found []T
	for i, item := range all {
		if kept[i] {
			found = append(found, item)
		}
	}
	return found, nil
}
