// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attachment

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// reconciler changes which lists are attached to a parent.
type reconciler struct {
	kind    Kind
	client  *twilio.Client
	sids    SIDs
	timeout operation.Timeout
}

func (k Kind) reconciler(client *twilio.Client, sids SIDs, timeout operation.Timeout) reconciler {
	if sids.AccountSID == "" {
		sids.AccountSID = client.AccountSID()
	}
	return reconciler{kind: k, client: client, sids: sids, timeout: timeout}
}

// operation describes an operation on all attachments of the parent.
func (r reconciler) operation(verb string) operation.Operation {
	op := r.kind.ListOperation(r.client, r.sids, r.timeout)
	op.Verb = verb
	return op
}

// stillAttached returns the lists in the state that are still attached. A saved plan may be older than a change outside of
// Terraform, and a list that is detached because other lists stay must not turn out to be the last one. Lists that are not in the
// state do not count, because no plan has shown them.
func (r reconciler) stillAttached(ctx context.Context, state exclusiveModel, diags *diag.Diagnostics) []string {
	// A list that Twilio cannot find because it is in another account must not be treated as detached.
	otherAccount, err := r.kind.otherAccountError(ctx, r.client, state.sids(), r.operation("update"))
	if otherAccount != nil {
		diags.Append(otherAccount)
		return nil
	}
	var attachments []twilio.Attachment
	if err == nil {
		attachments, err = r.kind.Attachments(r.client, r.sids).All(ctx)
	}
	if err != nil {
		diags.Append(r.operation("update").Diagnostic(ctx, r.client, err))
		return nil
	}
	lists, _ := state.lists()
	attached := listSIDs(attachments)
	return without(lists, without(lists, attached))
}

// reconcile attaches the desired lists that are not current, and then detaches the current lists that are not desired. If a list
// could not be attached, it detaches none, because an address that both the old and the new lists allow must not be blocked in
// between. It returns the lists that are attached afterwards, according to Twilio's responses.
func (r reconciler) reconcile(ctx context.Context, current, desired []string, diags *diag.Diagnostics) []string {
	added, removed := without(desired, current), without(current, desired)
	attachments := r.kind.Attachments(r.client, r.sids)

	failed := each(added, func(listSID string) error {
		_, err := attachments.Create(ctx, listSID)
		if _, attached := errors.AsType[*twilio.AlreadyExistsError](err); attached {
			return nil
		}
		return err
	})
	attached := append(without(current, nil), succeeded(added, failed)...)
	if len(failed) > 0 {
		outcome := "The next apply tries again."
		if now := succeeded(added, failed); len(now) > 0 {
			outcome = fmt.Sprintf("These lists were attached:\n  %s\n\n", strings.Join(now, "\n  ")) + outcome
		}
		if len(removed) > 0 {
			outcome = "No list was detached, because lists are detached only after all new lists are attached. " + outcome
		}
		for _, listSID := range added {
			if err := failed[listSID]; err != nil {
				diags.Append(r.attachDiagnostic(ctx, listSID, err, outcome))
			}
		}
		return attached
	}

	failed = each(removed, func(listSID string) error { return attachments.Delete(ctx, listSID) })
	for _, listSID := range removed {
		if err := failed[listSID]; err != nil {
			op := r.kind.operation("delete", r.listSIDs(listSID), r.timeout)
			op.Outcome = "The list may still be attached. If it is, the next plan shows it."
			diags.Append(op.Diagnostic(ctx, r.client, err))
		}
	}
	return without(attached, succeeded(removed, failed))
}

// attachDiagnostic describes why a list could not be attached.
func (r reconciler) attachDiagnostic(ctx context.Context, listSID string, err error, outcome string) diag.Diagnostic {
	op := r.kind.createOperation(ctx, r.client, r.listSIDs(listSID), r.timeout, err)
	op.Outcome = outcome
	// No import is needed: the next apply finds the list if it was attached.
	op.ImportID = nil
	if parent := op.Missing; !parent.Equal(parentPath(r.kind)) {
		op.Missing = listsAttribute
	}
	return op.Diagnostic(ctx, r.client, err)
}

func (r reconciler) listSIDs(listSID string) SIDs {
	sids := r.sids
	sids.ListSID = listSID
	return sids
}

// each calls do for all lists at the same time and returns the errors by list.
func each(listSIDs []string, do func(listSID string) error) map[string]error {
	var (
		group  sync.WaitGroup
		mu     sync.Mutex
		failed = map[string]error{}
	)
	for _, listSID := range listSIDs {
		group.Go(func() {
			if err := do(listSID); err != nil {
				mu.Lock()
				defer mu.Unlock()
				failed[listSID] = err
			}
		})
	}
	group.Wait()
	return failed
}

// succeeded returns the lists without an error.
func succeeded(listSIDs []string, failed map[string]error) []string {
	var done []string
	for _, listSID := range listSIDs {
		if failed[listSID] == nil {
			done = append(done, listSID)
		}
	}
	return done
}
