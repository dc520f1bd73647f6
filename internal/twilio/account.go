// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/sync/semaphore"
)

// AccountNotVisibleError reports that the credentials do not show an account, so that "not found" says nothing about its objects.
type AccountNotVisibleError struct {
	AccountSID string
	// Err is Twilio's response to the request for the account's lists. It is nil if the response was about another account. It is not
	// unwrapped: that the account is not found must not look like an object that is not found.
	Err error
}

// Error names the account.
func (e *AccountNotVisibleError) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("the credentials do not show account %s", e.AccountSID)
	}
	return fmt.Sprintf("the credentials do not show account %s: %v", e.AccountSID, e.Err)
}

// confirmedAccounts are the accounts that the credentials have shown.
type confirmedAccounts struct {
	// checking is held during a check, so that concurrent ones share it.
	checking *semaphore.Weighted
	visible  map[string]bool
}

// ConfirmAccount checks that the credentials show an account, before an object in it counts as deleted because of a "not found":
// Twilio may answer so for what another account owns. If they do not, the error is an *AccountNotVisibleError. It costs one request
// for each account, or none if the account's lists were read already. The request is for the lists because the account's own
// resource is closed to API keys, and shows the auth token.
func (c *Client) ConfirmAccount(ctx context.Context, accountSID string) error {
	account := c.account(accountSID)
	if err := c.confirmed.checking.Acquire(ctx, 1); err != nil {
		return err
	}
	defer c.confirmed.checking.Release(1)
	if c.confirmed.visible[account] {
		return nil
	}
	lists, err := c.lists(account).all(ctx)
	e, answered := errors.AsType[*Error](err)
	switch {
	case answered && (e.Reason == NotFound || e.Reason == Forbidden || e.Reason == Unauthenticated):
		return &AccountNotVisibleError{AccountSID: account, Err: err}
	case err != nil:
		return fmt.Errorf("checking that the credentials show account %s: %w", account, err)
	case slices.ContainsFunc(lists, func(list IPAccessControlList) bool { return !strings.EqualFold(list.AccountSID, account) }):
		return &AccountNotVisibleError{AccountSID: account}
	}
	c.confirmed.visible[account] = true
	return nil
}
