// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"slices"
	"strings"
)

// RecentTrunksUsing is TrunksUsing without the request that confirms each association, from the reads that it shares with
// AllTrunks and Attachments.All. It is for warnings, where many lists and their associations are looked at together and an
// association that has just ended does no harm.
func (c *Client) RecentTrunksUsing(ctx context.Context, accountSID, listSID string) ([]Trunk, error) {
	account := c.account(accountSID)
	if _, err := c.lists(account).memberURL(listSID); err != nil {
		return nil, err
	}
	if !strings.EqualFold(account, c.config.AccountSID) {
		return nil, &OtherAccountError{AccountSID: account}
	}
	trunks, err := c.AllTrunks(ctx)
	if IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(trunks, func(t Trunk) bool { return !strings.EqualFold(t.AccountSID, account) }) {
		return nil, &OtherAccountError{AccountSID: account}
	}
	trunks = withIPAccessControl(trunks, func(t Trunk) string { return t.AuthType })
	return using(ctx, c, trunks, func(ctx context.Context, trunk Trunk) (bool, error) {
		attached, _, err := exists(c.TrunkAttachments(trunk.SID).All(ctx))
		return slices.ContainsFunc(attached, func(a Attachment) bool { return strings.EqualFold(a.ListSID, listSID) }), err
	})
}
