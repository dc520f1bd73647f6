// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

const (
	// maxReplans is how often a change set is planned anew because entries were gone that it was to change.
	maxReplans = 3
	// lastReadAfterCancel keeps the promise that Ctrl-C ends everything within a second.
	lastReadAfterCancel = 600 * time.Millisecond
	lastRead            = 5 * time.Second
)

// addressChange brings the entries of one list to what is wanted.
type addressChange struct {
	client           *twilio.Client
	account, listSID string
	timeout          timeout
	// outlook ends the diagnostic of a change that is not complete: what the next apply does.
	outlook string
}

// addressResult is how far a change came.
type addressResult struct {
	// entries are what the list holds now; exact says that it was read or is known from all answers, so that their SIDs can
	// be relied on.
	entries []ipblock.Entry
	exact   bool
	diags   diag.Diagnostics
}

// apply sends what turns have into want. With have nil the entries are read first. Steps run at the same time where
// their order allows; what fails does not keep the others from going on. Afterwards the list is read again if anything
// failed, so that the result is what is really there.
func (c addressChange) apply(ctx context.Context, have []ipblock.Entry, known bool, want []ipblock.Want) addressResult {
	if !known {
		var err error
		if have, err = c.read(ctx); err != nil {
			return addressResult{diags: diag.Diagnostics{c.reading().failed(ctx, c.client, err)}}
		}
	}
	for replans := 0; ; replans++ {
		steps, err := ipblock.Plan(have, want)
		if err != nil {
			return addressResult{entries: have, exact: true, diags: diag.Diagnostics{diag.NewAttributeErrorDiagnostic(
				path.Root("ip_addresses"), "Cannot change IP addresses", sentence(err.Error()))}}
		}
		outcomes := runSteps(steps, func(step ipblock.Step) (ipblock.Entry, error) { return c.send(ctx, step) })
		have = after(have, steps, outcomes)
		if !slices.ContainsFunc(outcomes, func(o outcome) bool { return !o.done }) {
			return addressResult{entries: have, exact: true}
		}

		held, err := c.readOnceMore(ctx)
		if err != nil {
			// The answers are the best that is known; the entries are read anew next time.
			return addressResult{entries: have, diags: c.failures(ctx, steps, outcomes,
				"The list could not be read again afterwards, so that the state holds what Twilio's answers said."+c.outlook)}
		}
		have = held
		switch left, err := ipblock.Plan(have, want); {
		case err == nil && len(left) == 0:
			// What looked like a failure has been done after all.
			return addressResult{entries: have, exact: true}
		case replans == maxReplans || ctx.Err() != nil || !onlyGone(outcomes):
			return addressResult{entries: have, exact: true, diags: c.failures(ctx, steps, outcomes,
				"The state holds what is in the list now."+c.outlook)}
		}
	}
}

func (c addressChange) send(ctx context.Context, step ipblock.Step) (ipblock.Entry, error) {
	fields := twilio.IPAddressFields{FriendlyName: step.To.Name, IPAddress: step.To.Block.Address(), CIDRPrefixLength: step.To.Block.PrefixLength()}
	var (
		address twilio.IPAddress
		err     error
	)
	switch step.Op {
	case ipblock.Create:
		address, err = c.client.CreateIPAddress(ctx, c.account, c.listSID, fields)
	case ipblock.Update:
		address, err = c.client.UpdateIPAddress(ctx, c.account, c.listSID, step.SID, fields)
	default:
		return ipblock.Entry{}, c.client.DeleteIPAddress(ctx, c.account, c.listSID, step.SID)
	}
	if err != nil {
		return ipblock.Entry{}, err
	}
	return entryOf(address)
}

func (c addressChange) read(ctx context.Context) ([]ipblock.Entry, error) {
	addresses, err := c.client.IPAddresses(ctx, c.account, c.listSID)
	if err != nil {
		return nil, err
	}
	return entriesOf(addresses)
}

// readOnceMore reads the list for the state, even when the operation's own time is over.
func (c addressChange) readOnceMore(ctx context.Context) ([]ipblock.Entry, error) {
	if ctx.Err() == nil {
		return c.read(ctx)
	}
	limit := lastRead
	if errors.Is(ctx.Err(), context.Canceled) {
		limit = lastReadAfterCancel
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit)
	defer cancel()
	return c.read(ctx)
}

// outcome is what became of a step. Neither done nor err: it was not sent, because a step failed that had to come first.
type outcome struct {
	done  bool
	entry ipblock.Entry
	err   error
}

// runSteps sends every step as soon as the steps before it have succeeded, and waits for all.
func runSteps(steps []ipblock.Step, send func(ipblock.Step) (ipblock.Entry, error)) []outcome {
	outcomes := make([]outcome, len(steps))
	ended := make([]chan struct{}, len(steps))
	for i := range steps {
		ended[i] = make(chan struct{})
	}
	var group sync.WaitGroup
	for i, step := range steps {
		group.Go(func() {
			defer close(ended[i])
			for _, earlier := range step.After {
				<-ended[earlier]
				if !outcomes[earlier].done {
					return
				}
			}
			entry, err := send(step)
			outcomes[i] = outcome{done: err == nil, entry: entry, err: err}
		})
	}
	group.Wait()
	return outcomes
}

// after gives the entries of a list once the steps that are done have been.
func after(have []ipblock.Entry, steps []ipblock.Step, outcomes []outcome) []ipblock.Entry {
	now := slices.Clone(have)
	for i, step := range steps {
		if !outcomes[i].done {
			continue
		}
		at := slices.IndexFunc(now, func(e ipblock.Entry) bool { return e.SID == step.SID })
		switch {
		case step.Op == ipblock.Create:
			now = append(now, outcomes[i].entry)
		case at < 0:
		case step.Op == ipblock.Update:
			now[at] = outcomes[i].entry
		default:
			now = slices.Delete(now, at, at+1)
		}
	}
	return now
}

// onlyGone reports whether everything that failed did so because its entry was gone.
func onlyGone(outcomes []outcome) bool {
	for _, o := range outcomes {
		if o.err != nil && !twilio.IsNotFound(o.err) {
			return false
		}
	}
	return true
}

func (c addressChange) reading() action {
	return action{
		verb: "read", noun: "IP addresses", object: "the entries of " + ipAccessControlListNoun + " " + c.listSID,
		place: "account " + c.account, account: c.account, timeout: c.timeout, attribute: path.Root("ip_addresses"),
		missingAdvice: "The list was deleted outside of Terraform. Plan again: a refresh shows what is left.",
	}
}

// failures tells which entries are not as they should be. Steps that failed alike share a diagnostic, so that a hundred
// entries that fail for one reason do not bury it.
func (c addressChange) failures(ctx context.Context, steps []ipblock.Step, outcomes []outcome, standing string) diag.Diagnostics {
	type alike struct {
		err   error
		lines []string
	}
	var (
		kinds   []string
		groups  = map[string]*alike{}
		waiting []string
	)
	for i, o := range outcomes {
		switch {
		case o.done:
		case o.err == nil:
			waiting = append(waiting, "  "+describe(steps[i]))
		default:
			kind := kindOf(o.err)
			if groups[kind] == nil {
				groups[kind] = &alike{err: o.err}
				kinds = append(kinds, kind)
			}
			groups[kind].lines = append(groups[kind].lines, "  "+describe(steps[i]))
		}
	}
	var diags diag.Diagnostics
	for n, kind := range kinds {
		what := c.reading()
		what.verb = "change"
		what.affected = "Not done:\n" + strings.Join(groups[kind].lines, "\n")
		if n == len(kinds)-1 {
			what.outcome = joinParagraphs(notBegun(waiting), standing)
		}
		diags.Append(what.failed(ctx, c.client, groups[kind].err))
	}
	return diags
}

func notBegun(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return "Not begun, for without the above it would lock someone out:\n" + strings.Join(lines, "\n")
}

// describe says what a step does to the entry that a person knows.
func describe(step ipblock.Step) string {
	switch {
	case step.Op == ipblock.Create:
		return fmt.Sprintf("adding %s (%q)", step.To.Block, step.To.Name)
	case step.Op == ipblock.Delete:
		return fmt.Sprintf("removing %s (%q, %s)", step.From.Block, step.From.Name, step.SID)
	case step.From.Block.Same(step.To.Block):
		return fmt.Sprintf("renaming %s from %q to %q (%s)", step.From.Block, step.From.Name, step.To.Name, step.SID)
	default:
		return fmt.Sprintf("replacing %s (%q) by %s (%q) in %s", step.From.Block, step.From.Name, step.To.Block, step.To.Name, step.SID)
	}
}

// kindOf is equal for errors that one explanation serves.
func kindOf(err error) string {
	e, ok := errors.AsType[*twilio.Error](err)
	if !ok {
		return fmt.Sprintf("%T", err)
	}
	return fmt.Sprint(e.Reason, e.Status, e.Code, e.Message)
}
