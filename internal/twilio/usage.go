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

// maxDomainsChecked limits how many domains are checked for a list.
const maxDomainsChecked = 100

// Usage has the domains and trunks that a list is attached to.
type Usage struct {
	Domains []Domain
	Trunks  []Trunk
	// Incomplete is set if there are more domains than were checked.
	Incomplete bool
}

// OtherAccountError reports that the trunks that use a list cannot be determined, because only the credentials of an account can
// see its trunks. Those of its parent account cannot.
type OtherAccountError struct {
	// AccountSID is the account of the trunks.
	AccountSID string
}

// Error names the account whose trunks cannot be seen.
func (e *OtherAccountError) Error() string {
	return fmt.Sprintf("Twilio shows the trunks of account %s only to that account's own credentials", e.AccountSID)
}

// IPAccessControlListUsage returns the domains and trunks that use a list, to explain why Twilio refused to delete it. It makes
// one request for each domain that checks callers' IP addresses, up to 100, in addition to the pages of domains and the requests
// of TrunksUsing. If one part fails, it returns the result of the other part and the error.
func (c *Client) IPAccessControlListUsage(ctx context.Context, accountSID, listSID string) (Usage, error) {
	account := c.account(accountSID)
	domains, incomplete, domainsErr := c.domainsUsing(ctx, account, listSID)
	trunks, trunksErr := c.TrunksUsing(ctx, account, listSID)
	return Usage{Domains: domains, Trunks: trunks, Incomplete: incomplete}, errors.Join(domainsErr, trunksErr)
}

// domainsUsing also returns whether there are more domains than it checked.
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

// TrunksUsing returns the trunks that a list is associated with. It must be called before a list is deleted, because Twilio may
// delete such a list without an error. It makes one request for all trunks and one for each trunk that checks callers' IP
// addresses; all deletes of a client share these. It then confirms each association with one more request, because it may have
// been deleted since.
//
// Only the trunks of the account that the credentials belong to can be seen. For another account, the error is an
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

// RecentTrunksUsing is like TrunksUsing, but it does not confirm associations and shares its reads with AllTrunks and
// Attachments.All. It is for warnings, which look at many lists together and for which an association that has just ended does no
// harm.
func (c *Client) RecentTrunksUsing(ctx context.Context, accountSID, listSID string) ([]Trunk, error) {
	return c.trunksUsing(ctx, accountSID, listSID, c.trunks(), func(ctx context.Context, trunk Trunk) (bool, error) {
		all, err := c.TrunkAttachments(trunk.SID).All(ctx)
		return hasList(all, err, listSID)
	})
}

// hasList returns whether a list is among the attachments of a parent, from the result of a read. A parent that does not exist
// has no attachments.
func hasList(attachments []Attachment, err error, listSID string) (bool, error) {
	attachments, _, err = exists(attachments, err)
	return slices.ContainsFunc(attachments, func(a Attachment) bool { return strings.EqualFold(a.ListSID, listSID) }), err
}

// trunksUsing returns the trunks that check callers' IP addresses and for which uses is true.
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

// trunksOf returns the trunks of an account. If the credentials belong to another account, the error is an *OtherAccountError. An
// account for which the trunking API answers "not found" has no trunks.
func (c *Client) trunksOf(ctx context.Context, account string, from collection[Trunk]) ([]Trunk, error) {
	if !strings.EqualFold(account, c.config.AccountSID) {
		return nil, &OtherAccountError{AccountSID: account}
	}
	trunks, err := from.all(ctx)
	trunks, _, err = exists(trunks, err)
	// An API key may belong to a different account than the configured one.
	if slices.ContainsFunc(trunks, func(t Trunk) bool { return !strings.EqualFold(t.AccountSID, account) }) {
		return nil, &OtherAccountError{AccountSID: account}
	}
	return trunks, err
}

// withIPAccessControl returns the items whose auth type says that they check callers' IP addresses. If no item has an auth type,
// it returns all items.
func withIPAccessControl[T any](all []T, authType func(T) string) []T {
	if !slices.ContainsFunc(all, func(item T) bool { return authType(item) != "" }) {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(item T) bool { return !strings.Contains(authType(item), "IP_ACL") })
}

// using returns the items for which uses is true, in their order. It checks several at a time.
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
