// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// maxDomainsChecked bounds how many domains are asked whether they use a list.
const maxDomainsChecked = 100

// Usage are the domains and trunks that a list is attached to.
type Usage struct {
	Domains []Domain
	Trunks  []Trunk
	// Incomplete is set if there were more domains than were checked.
	Incomplete bool
}

// OtherAccountError reports that the trunks that use a list cannot be found out: the trunking API shows trunks only to the
// credentials of their own account, not to those of its parent.
type OtherAccountError struct {
	// AccountSID is the account whose trunks were meant.
	AccountSID string
}

// Error says whose trunks cannot be seen.
func (e *OtherAccountError) Error() string {
	return fmt.Sprintf("Twilio shows the trunks of account %s only to that account's own credentials", e.AccountSID)
}

// IPAccessControlListUsage finds the domains and trunks that use a list, to explain why Twilio refused to delete it. It makes
// one request for each domain that checks callers' IP addresses, at most 100, besides the pages of the domains and the
// requests of TrunksUsing. When a part fails, the result is what the other part found, and the error.
func (c *Client) IPAccessControlListUsage(ctx context.Context, accountSID, listSID string) (Usage, error) {
	account := c.account(accountSID)
	domains, incomplete, domainsErr := c.domainsUsing(ctx, account, listSID)
	trunks, trunksErr := c.TrunksUsing(ctx, account, listSID)
	return Usage{Domains: domains, Trunks: trunks, Incomplete: incomplete}, errors.Join(domainsErr, trunksErr)
}

// domainsUsing also reports whether there were more domains than it checked.
func (c *Client) domainsUsing(ctx context.Context, account, listSID string) (found []Domain, incomplete bool, err error) {
	domains, err := c.domains(account).requestAll(ctx)
	if err != nil {
		return nil, false, err
	}
	domains = withIPAccessControl(domains, func(d Domain) string { return d.AuthType })
	found, err = using(ctx, c, domains[:min(len(domains), maxDomainsChecked)], func(ctx context.Context, domain Domain) (bool, error) {
		_, attached, err := exists(c.DomainAttachments(account, domain.SID).collection.request(ctx, listSID))
		return attached, err
	})
	return found, len(domains) > maxDomainsChecked, err
}

// TrunksUsing returns the trunks that a list is associated with. It is called before a list is deleted, since Twilio may delete
// such a list without an error. It makes one request for all trunks and one for each trunk that checks callers' IP
// addresses; the deletes of one client share them. An association found this way may have ended since, and is confirmed by
// one more request.
//
// Only the trunks of the account that the credentials belong to can be seen: for another account the error is an
// *OtherAccountError. An account for which the trunking API answers "not found" has no trunks.
func (c *Client) TrunksUsing(ctx context.Context, accountSID, listSID string) ([]Trunk, error) {
	return c.trunksUsing(ctx, accountSID, listSID, c.trunks().in(c.caches.usageTrunks), func(ctx context.Context, trunk Trunk) (bool, error) {
		associations := c.TrunkAttachments(trunk.SID).collection
		all, err := associations.in(c.caches.usageAssociations).all(ctx)
		if attached, err := hasList(all, err, listSID); err != nil || !attached {
			return false, err
		}
		_, attached, err := exists(associations.request(ctx, listSID))
		return attached, err
	})
}

// RecentTrunksUsing is TrunksUsing without the request that confirms each association, from the reads that it shares with
// AllTrunks and Attachments.All. It is for warnings, where many lists and their associations are looked at together and an
// association that has just ended does no harm.
func (c *Client) RecentTrunksUsing(ctx context.Context, accountSID, listSID string) ([]Trunk, error) {
	return c.trunksUsing(ctx, accountSID, listSID, c.trunks(), func(ctx context.Context, trunk Trunk) (bool, error) {
		all, err := c.TrunkAttachments(trunk.SID).All(ctx)
		return hasList(all, err, listSID)
	})
}

// hasList tells from the outcome of a read whether a list is among the attachments. A parent that does not exist has none.
func hasList(attachments []Attachment, err error, listSID string) (bool, error) {
	attachments, _, err = exists(attachments, err)
	return slices.ContainsFunc(attachments, func(a Attachment) bool { return strings.EqualFold(a.ListSID, listSID) }), err
}

// trunksUsing returns those of the trunks that check callers' IP addresses for which uses is true.
func (c *Client) trunksUsing(ctx context.Context, accountSID, listSID string, from collection[Trunk], uses func(context.Context, Trunk) (bool, error)) ([]Trunk, error) {
	account := c.account(accountSID)
	if _, err := c.lists(account).memberURL(listSID); err != nil {
		return nil, err
	}
	trunks, err := c.trunksOf(ctx, account, from)
	if err != nil {
		return nil, err
	}
	trunks = withIPAccessControl(trunks, func(t Trunk) string { return t.AuthType })
	return using(ctx, c, trunks, uses)
}

// trunksOf returns the trunks of an account, which must be the one that the credentials belong to: otherwise the error is an
// *OtherAccountError. An account for which the trunking API answers "not found" has no trunks.
func (c *Client) trunksOf(ctx context.Context, account string, from collection[Trunk]) ([]Trunk, error) {
	if !strings.EqualFold(account, c.config.AccountSID) {
		return nil, &OtherAccountError{AccountSID: account}
	}
	trunks, err := from.all(ctx)
	trunks, _, err = exists(trunks, err)
	// An API key may belong to another account than the configured one.
	if slices.ContainsFunc(trunks, func(t Trunk) bool { return !strings.EqualFold(t.AccountSID, account) }) {
		return nil, &OtherAccountError{AccountSID: account}
	}
	return trunks, err
}

// withIPAccessControl keeps the items whose auth type says that they check callers' IP addresses. If no item shows an auth
// type, it rules nothing out.
func withIPAccessControl[T any](all []T, authType func(T) string) []T {
	if !slices.ContainsFunc(all, func(item T) bool { return authType(item) != "" }) {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(item T) bool { return !strings.Contains(authType(item), "IP_ACL") })
}

// using keeps the items for which uses is true, in their order. It asks about several at once.
func using[T any](ctx context.Context, c *Client, all []T, uses func(context.Context, T) (bool, error)) ([]T, error) {
	used := make([]bool, len(all))
	err := forEach(ctx, c, all, func(ctx context.Context, i int, item T) (err error) {
		used[i], err = uses(ctx, item)
		return err
	})
	if err != nil {
		return nil, err
	}
	var found []T
	for i, item := range all {
		if used[i] {
			found = append(found, item)
		}
	}
	return found, nil
}
