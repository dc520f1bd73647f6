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

// AccountNotVisibleError reports that the credentials cannot see an account, so a "not found" for one of its objects proves
// nothing.
type AccountNotVisibleError struct {
	AccountSID string
	// Err is Twilio's response to the request for the account's lists. It is nil if the response was about another account. It is
	// not unwrapped, because an account that is not found must not look like an object that is not found.
	Err error
}

// Error names the account.
func (e *AccountNotVisibleError) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("the credentials do not show account %s", e.AccountSID)
	}
	return fmt.Sprintf("the credentials do not show account %s: %v", e.AccountSID, e.Err)
}

// confirmedAccounts are the accounts that the credentials are known to see.
type confirmedAccounts struct {
	// checking is held during a check, so that concurrent callers share it.
	checking *semaphore.Weighted
	visible  map[string]bool
}

// ConfirmAccount checks that the credentials can see an account. It must be called before a "not found" is taken to mean that an
// object of this account was deleted, because Twilio may also return it for objects of other accounts. If the credentials cannot
// see the account, the error is an *AccountNotVisibleError. It makes one request per account, or none if the account's lists were
// already read. It requests the lists rather than the account itself, because API keys cannot read the account, and its response
// has the auth token.
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
