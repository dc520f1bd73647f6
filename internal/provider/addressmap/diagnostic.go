// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package addressmap

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// ReadOperation describes Read for diagnostics.
func (r Reconciler) ReadOperation() operation.Operation {
	return operation.Operation{
		Verb: "read", Object: "the entries of IP access control list " + r.ListSID,
		Location: "account " + r.AccountSID, AccountSID: r.AccountSID, Timeout: r.Timeout, Attribute: path.Root("ip_addresses"),
		MissingAdvice: "The list was deleted outside of Terraform. Run terraform plan again to refresh the state.",
	}
}

func (r Reconciler) changeOperation() operation.Operation {
	op := r.ReadOperation()
	op.Verb = "change"
	return op
}

// diagnostics reports which entries are not as planned. Steps that failed for the same reason share a diagnostic, so that the
// reason is easy to find even if a hundred entries failed.
func (r Reconciler) diagnostics(ctx context.Context, steps []ipblock.Step, outcomes []outcome, stateNote string) diag.Diagnostics {
	type errorGroup struct {
		err   error
		lines []string
	}
	var (
		keys    []string
		groups  = map[string]*errorGroup{}
		skipped []string
	)
	for i, o := range outcomes {
		switch {
		case o.done:
		case o.err == nil:
			skipped = append(skipped, "  "+describeStep(steps[i]))
		default:
			key := errorKey(o.err)
			if groups[key] == nil {
				groups[key] = &errorGroup{err: o.err}
				keys = append(keys, key)
			}
			groups[key].lines = append(groups[key].lines, "  "+describeStep(steps[i]))
		}
	}
	var diags diag.Diagnostics
	for n, key := range keys {
		op := r.changeOperation()
		op.Affected = "These changes failed:\n" + strings.Join(groups[key].lines, "\n")
		if n == len(keys)-1 {
			op.Outcome = operation.Paragraphs(skippedNote(skipped), stateNote)
		}
		diags.Append(op.Diagnostic(ctx, r.Client, groups[key].err))
	}
	return diags
}

func skippedNote(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return "These changes were not attempted, because they depend on changes that failed:\n" + strings.Join(lines, "\n")
}

// describeStep describes a step for diagnostics.
func describeStep(step ipblock.Step) string {
	switch {
	case step.Op == ipblock.Create:
		return fmt.Sprintf("adding %s (%q)", step.To.Block, step.To.Name)
	case step.Op == ipblock.Delete:
		return fmt.Sprintf("removing %s (%q, %s)", step.From.Block, step.From.Name, step.SID)
	case step.From.Block.Same(step.To.Block):
		return fmt.Sprintf("renaming %s from %q to %q (%s)", step.From.Block, step.From.Name, step.To.Name, step.SID)
	default:
		return fmt.Sprintf("replacing %s (%q) with %s (%q) in %s", step.From.Block, step.From.Name, step.To.Block, step.To.Name, step.SID)
	}
}

// errorKey is equal for errors with the same reason.
func errorKey(err error) string {
	e, ok := errors.AsType[*twilio.Error](err)
	if !ok {
		return fmt.Sprintf("%T", err)
	}
	return fmt.Sprint(e.Reason, e.Status, e.Code, e.Message)
}
