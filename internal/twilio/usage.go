// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"
)

// maxLooks bounds how many domains, and how many trunks, are asked whether they use a list.
const maxLooks = 100

// Usage is where a list is in force.
type Usage struct {
	Domains []Domain
	Trunks  []Trunk
	// Incomplete says that there were more domains than were looked at.
	Incomplete bool
}

// IPAccessControlListUsage looks for the domains and trunks that use a list, to explain why Twilio refused to delete
// it. It makes one request for each domain that lets callers in by IP address, at most 100 of them, besides the pages of
// the domains and what TrunksUsing makes.
func (c *Client) IPAccessControlListUsage(ctx context.Context, accountSID, listSID string) (Usage, error) {
	account := c.account(accountSID)
	domains, err := collect(c.Domains(ctx, account))
	if err != nil {
		return Usage{}, err
	}
	domains = withIPAccessControl(domains, func(d Domain) string { return d.AuthType })
	usage := Usage{Incomplete: len(domains) > maxLooks}
	usage.Domains, err = using(ctx, c, domains[:min(len(domains), maxLooks)], func(ctx context.Context, domain Domain) (bool, error) {
		_, err := c.fetchDomainMapping(account, domain.SID, listSID)(ctx)
		if IsNotFound(err) {
			return false, nil
		}
		return err == nil, err
	})
	if err != nil {
		return Usage{}, err
	}
	usage.Trunks, err = c.TrunksUsing(ctx, account, listSID)
	return usage, err
}

// TrunksUsing gives the trunks that a list is associated with. It is the look before a list is deleted, since Twilio may
// delete such a list without a word. It makes one request for all trunks and one for each trunk that lets callers in by IP
// address; the deletes of one client share them.
//
// Trunks are seen only in the account that the credentials belong to: for another account the answer is none.
func (c *Client) TrunksUsing(ctx context.Context, accountSID, listSID string) ([]Trunk, error) {
	if c.account(accountSID) != c.config.AccountSID {
		return nil, nil
	}
	trunks, err := c.cache.trunks.all(ctx, "", func(ctx context.Context) ([]Trunk, error) {
		return collect(c.Trunks(ctx))
	})
	if IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return using(ctx, c, withIPAccessControl(trunks, func(t Trunk) string { return t.AuthType }), func(ctx context.Context, trunk Trunk) (bool, error) {
		associations, err := c.cache.uses.all(ctx, trunk.SID, c.fetchTrunkAssociations(trunk.SID))
		if IsNotFound(err) {
			return false, nil
		}
		return slices.ContainsFunc(associations, func(a TrunkAssociation) bool { return a.IPAccessControlListSID == listSID }), err
	})
}

// withIPAccessControl keeps those whose auth type says that they check callers' addresses. Where no auth type is shown at
// all, nothing can be ruled out by it.
func withIPAccessControl[T any](all []T, authType func(T) string) []T {
	if !slices.ContainsFunc(all, func(item T) bool { return authType(item) != "" }) {
		return all[:min(len(all), maxLooks)]
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
