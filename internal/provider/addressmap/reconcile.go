// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package addressmap

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

const (
	// maxReplans is how often a change is planned again because entries that it was going to change have been deleted.
	maxReplans = 3
	// finalReadTimeout limits the read for the state after the operation timed out. After Ctrl-C, finalReadTimeoutAfterCancel
	// applies, so that the operation ends soon. The next refresh reads the entries anyway.
	finalReadTimeout            = 5 * time.Second
	finalReadTimeoutAfterCancel = 600 * time.Millisecond
)

// Reconciler changes the entries of a list to match the map.
type Reconciler struct {
	Client              *twilio.Client
	AccountSID, ListSID string
	Timeout             operation.Timeout
	// NextStep ends the diagnostic of an incomplete change and says what the next apply does. It begins with a space.
	NextStep string
}

// Result is the outcome of a change.
type Result struct {
	// Entries are the entries of the list after the change, or nil if they could not be read. Exact is set if they were read or
	// if every request was answered, so that their SIDs are correct.
	Entries []ipblock.Entry
	Exact   bool
	Diags   diag.Diagnostics
}

// Read returns the entries of the list.
func (r Reconciler) Read(ctx context.Context) ([]ipblock.Entry, error) {
	return newEntries(r.Client.IPAddresses(ctx, r.AccountSID, r.ListSID))
}

// ReadUncached is like Read, for a walk over many lists. It leaves nothing in the read cache.
func (r Reconciler) ReadUncached(ctx context.Context) ([]ipblock.Entry, error) {
	return newEntries(r.Client.IPAddressesUncached(ctx, r.AccountSID, r.ListSID))
}

func newEntries(addresses []twilio.IPAddress, err error) ([]ipblock.Entry, error) {
	if err != nil {
		return nil, err
	}
	entries := make([]ipblock.Entry, len(addresses))
	for i, address := range addresses {
		if entries[i], err = attribute.Entry(address); err != nil {
			return nil, err
		}
	}
	return entries, nil
}

// Reconcile changes the entries of the list to match a planned map. current are the entries that the plan showed. Entries that
// someone has added since stay in the list.
func (r Reconciler) Reconcile(ctx context.Context, planned types.Map, current []ipblock.Entry) Result {
	desired, err := expand(planned)
	if err != nil {
		// A key may have been unknown when the configuration was validated.
		return Result{Entries: current, Exact: true, Diags: diag.Diagnostics{
			diag.NewAttributeErrorDiagnostic(path.Root("ip_addresses"), "Invalid IP address", err.Error()),
		}}
	}
	r.Client.KnownIPAddresses(r.AccountSID, r.ListSID, apiEntries(current))
	return r.reconcile(ctx, current, desired)
}

// apiEntries converts entries to those of the client.
func apiEntries(entries []ipblock.Entry) []twilio.IPAddress {
	converted := make([]twilio.IPAddress, len(entries))
	for i, entry := range entries {
		converted[i] = twilio.IPAddress{SID: entry.SID, IPAddressFields: twilio.IPAddressFields{
			FriendlyName: entry.Name, IPAddress: entry.Block.Address(), CIDRPrefixLength: entry.Block.PrefixLength(),
		}}
	}
	return converted
}

// reconcile sends the requests that change the entries from current to desired. Steps run concurrently where their order allows,
// and a failed step only stops those that depend on it. If a step failed, the list is read again for the result.
func (r Reconciler) reconcile(ctx context.Context, current []ipblock.Entry, desired []ipblock.Desired) Result {
	for replans := 0; ; replans++ {
		steps, err := ipblock.Plan(current, desired)
		if err != nil {
			return Result{Entries: current, Exact: true, Diags: diag.Diagnostics{diag.NewAttributeErrorDiagnostic(
				path.Root("ip_addresses"), r.changeOperation().Summary(), operation.Sentence(err.Error()))}}
		}
		outcomes := runSteps(steps, func(step ipblock.Step) (ipblock.Entry, error) { return r.send(ctx, step) })
		current = applySteps(current, steps, outcomes)
		if !slices.ContainsFunc(outcomes, func(o outcome) bool { return !o.done }) {
			return Result{Entries: current, Exact: true}
		}

		actual, err := r.readForState(ctx)
		if err != nil {
			// The entries follow from Twilio's responses, until the next refresh reads them.
			return Result{Entries: current, Diags: r.diagnostics(ctx, steps, outcomes,
				fmt.Sprintf("The list could not be read afterward, so the entries in the state come from Twilio's responses to the changes. The read failed: %v.%s", err, r.NextStep))}
		}
		current = ours(actual, current, desired)
		switch remaining, err := ipblock.Plan(current, desired); {
		case err == nil && len(remaining) == 0:
			// Twilio carried out the requests that seemed to fail.
			return Result{Entries: current, Exact: true}
		case replans == maxReplans || ctx.Err() != nil || !mayBeReplanned(steps, outcomes, current):
			return Result{Entries: actual, Exact: true, Diags: r.diagnostics(ctx, steps, outcomes,
				"The state contains the entries that the list has now."+r.NextStep)}
		}
	}
}

// ours returns the entries that may be changed: those that were known and those that are desired. No plan has shown the removal
// of any other entry.
func ours(actual, known []ipblock.Entry, desired []ipblock.Desired) []ipblock.Entry {
	return slices.DeleteFunc(slices.Clone(actual), func(entry ipblock.Entry) bool {
		return !slices.ContainsFunc(known, func(k ipblock.Entry) bool { return k.SID == entry.SID }) &&
			!slices.ContainsFunc(desired, func(d ipblock.Desired) bool { return d.Block.Same(entry.Block) })
	})
}

func (r Reconciler) send(ctx context.Context, step ipblock.Step) (ipblock.Entry, error) {
	fields := twilio.IPAddressFields{FriendlyName: step.To.Name, IPAddress: step.To.Block.Address(), CIDRPrefixLength: step.To.Block.PrefixLength()}
	var (
		address twilio.IPAddress
		err     error
	)
	switch step.Op {
	case ipblock.Create:
		address, err = r.Client.CreateIPAddress(ctx, r.AccountSID, r.ListSID, fields)
		if _, superfluous := errors.AsType[*twilio.SuperfluousError](err); superfluous {
			// The next refresh shows the duplicate entry, and the next apply removes it.
			err = nil
		}
	case ipblock.Update:
		address, err = r.Client.UpdateIPAddress(ctx, r.AccountSID, r.ListSID, step.SID, fields)
	default:
		return ipblock.Entry{}, r.Client.DeleteIPAddress(ctx, r.AccountSID, r.ListSID, step.SID)
	}
	if err != nil {
		return ipblock.Entry{}, err
	}
	return attribute.Entry(address)
}

// readForState reads the list for the state, even after the operation timed out or was canceled.
func (r Reconciler) readForState(ctx context.Context) ([]ipblock.Entry, error) {
	if ctx.Err() == nil {
		return r.Read(ctx)
	}
	timeout := finalReadTimeout
	if errors.Is(ctx.Err(), context.Canceled) {
		timeout = finalReadTimeoutAfterCancel
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), timeout)
	defer cancel()
	return r.Read(ctx)
}
