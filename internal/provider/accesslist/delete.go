// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package accesslist

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// deleteUnused deletes a list with its entries, unless it is in use.
//
// Twilio refuses to delete a list that is mapped to a SIP domain, and the diagnostic then names the domains. Twilio may not
// report Elastic SIP trunks, so these are checked before the delete. If that check fails, the list is not deleted, because a
// trunk may depend on it.
func deleteUnused(ctx context.Context, client *twilio.Client, list model, timeout operation.Timeout) diag.Diagnostics {
	var diags diag.Diagnostics
	account, sid := list.AccountSID.ValueString(), list.SID.ValueString()
	op := newOperation("delete", list, timeout)

	trunks, err := client.TrunksUsing(ctx, account, sid)
	_, inOtherAccount := errors.AsType[*twilio.OtherAccountError](err)
	switch {
	case inOtherAccount:
		// For another account, the plan has already warned. For the provider's own account, only Twilio's response shows that the
		// credentials belong to a different one.
		if strings.EqualFold(account, client.AccountSID()) {
			diags.Append(warnTrunksNotVisible(list, client))
		}
	case err != nil:
		diags.Append(usageCheckFailed(op, err).Diagnostic(ctx, client, err))
		return diags
	case len(trunks) > 0:
		description, advice := describeUsage(ctx, client, account, sid)
		diags.AddError(op.Summary(), operation.Paragraphs(
			fmt.Sprintf("%s %s (%q) in account %s is still in use, so it was not deleted. Nothing was changed.", noun, sid, list.FriendlyName.ValueString(), account),
			description, advice))
		return diags
	}

	err = client.DeleteIPAccessControlList(ctx, account, sid)
	if err == nil {
		return diags
	}
	if e, ok := errors.AsType[*twilio.Error](err); ok && e.Reason == twilio.Rejected {
		op.Affected, op.Outcome = describeUsage(ctx, client, account, sid)
	}
	diags.Append(op.Diagnostic(ctx, client, err))
	return diags
}

// usageCheckFailed completes the description of a delete whose check for trunks failed.
func usageCheckFailed(op operation.Operation, err error) operation.Operation {
	op.Affected = "Before it deletes a list, the provider checks whether an Elastic SIP trunk uses it: Twilio may delete such a list without an error, and the trunk's calls would fail. " +
		"This check failed, so the list was not deleted. Nothing was changed."
	if e, ok := errors.AsType[*twilio.Error](err); ok && (e.Reason == twilio.Forbidden || e.Reason == twilio.Unauthenticated) {
		op.Outcome = "If the provider uses an API key, allow it to read Elastic SIP trunks and their IP access control lists (permissions \"trunks: list\", \"trunk lists: list\", and \"trunk lists: read\"), or use the account's auth token. " +
			"Alternatively, delete the list in the Twilio Console and remove it from the Terraform state (replace ADDRESS with the list's address):\n  terraform state rm ADDRESS"
	}
	return op
}

// describeUsage returns what uses a list that cannot be deleted, and what to do.
func describeUsage(ctx context.Context, client *twilio.Client, account, sid string) (description, advice string) {
	usage, err := client.IPAccessControlListUsage(ctx, account, sid)
	description, advice = formatUsage(usage), detachAdvice(sid, usage)
	// It only matters that trunks of another account are not visible if nothing else explains Twilio's refusal.
	if _, inOtherAccount := errors.AsType[*twilio.OtherAccountError](err); err != nil && (!inOtherAccount || description == "") {
		description = operation.Paragraphs(description, "The provider could not check all domains and trunks: "+operation.Sentence(err.Error()))
	}
	if description == "" {
		description = "The provider found no SIP domain or Elastic SIP trunk that uses the list."
	}
	return description, advice
}

// formatUsage returns the domains and trunks that use a list, or "" if there are none.
func formatUsage(usage twilio.Usage) string {
	var lines []string
	for _, domain := range usage.Domains {
		lines = append(lines, fmt.Sprintf("  SIP domain %s (%s)", displayName(domain.FriendlyName, domain.DomainName), domain.SID))
	}
	for _, trunk := range usage.Trunks {
		lines = append(lines, fmt.Sprintf("  Elastic SIP trunk %s (%s)", displayName(trunk.FriendlyName, trunk.DomainName), trunk.SID))
	}
	if len(lines) == 0 {
		return ""
	}
	if usage.Incomplete {
		lines = append(lines, "Not all domains were checked, so others may use the list as well.")
	}
	return "The list is attached to:\n" + strings.Join(lines, "\n")
}

// displayName returns the friendly name of a domain or trunk, its domain name, or both.
func displayName(friendlyName, domainName string) string {
	switch {
	case friendlyName == "" && domainName == "":
		return "without a name"
	case friendlyName == "" || friendlyName == domainName:
		return domainName
	case domainName == "":
		return fmt.Sprintf("%q", friendlyName)
	}
	return fmt.Sprintf("%q, %s", friendlyName, domainName)
}

// detachAdvice returns how to detach a list, with an import command for one domain and one trunk. It returns "" if nothing uses
// the list.
func detachAdvice(sid string, usage twilio.Usage) string {
	var resourceTypes, exclusiveTypes, importLines, exclusiveImportLines []string
	if len(usage.Domains) > 0 {
		resourceTypes = append(resourceTypes, "twilio_sip_domain_ip_access_control_list_mapping")
		exclusiveTypes = append(exclusiveTypes, "twilio_sip_domain_ip_access_control_list_mappings_exclusive")
		importLines = append(importLines, fmt.Sprintf("    terraform import ADDRESS %s/%s/%s", usage.Domains[0].AccountSID, usage.Domains[0].SID, sid))
		exclusiveImportLines = append(exclusiveImportLines, fmt.Sprintf("    terraform import ADDRESS %s/%s", usage.Domains[0].AccountSID, usage.Domains[0].SID))
	}
	if len(usage.Trunks) > 0 {
		resourceTypes = append(resourceTypes, "twilio_sip_trunking_ip_access_control_list")
		exclusiveTypes = append(exclusiveTypes, "twilio_sip_trunking_ip_access_control_lists_exclusive")
		importLines = append(importLines, fmt.Sprintf("    terraform import ADDRESS %s/%s", usage.Trunks[0].SID, sid))
		exclusiveImportLines = append(exclusiveImportLines, "    terraform import ADDRESS "+usage.Trunks[0].SID)
	}
	if len(importLines) == 0 {
		return ""
	}
	return fmt.Sprintf(`To delete the list, detach it first:
- If Terraform manages the attachment (%s), destroy it in the same apply as the list. Terraform detaches the list first if ip_access_control_list_sid refers to it (twilio_sip_ip_access_control_list.NAME.sid). If the SID is a literal string, add depends_on.
- If an exclusive resource manages the attachment (%s), Terraform by default destroys the list before it updates that resource. Put the list back into the configuration, set create_before_destroy = true in the lifecycle block of the exclusive resource, and apply. Then remove the list.
- To destroy the exclusive resource as well, first apply ip_access_control_list_sids = [], because destroying the resource does not detach any lists. If it is already destroyed, set [], import it (replace ADDRESS with its address), apply, and destroy again:
%s
- If the list was attached outside of Terraform, detach it in the Twilio Console, or import the attachment (replace ADDRESS with its address) and then destroy it:
%s

To keep the list and only remove it from the Terraform state (replace ADDRESS with the list's address):
    terraform state rm ADDRESS`, strings.Join(resourceTypes, ", "), strings.Join(exclusiveTypes, ", "), strings.Join(exclusiveImportLines, "\n"), strings.Join(importLines, "\n"))
}

// warnTrunksNotVisible warns that a list is deleted without a check for trunks that use it.
func warnTrunksNotVisible(list model, client *twilio.Client) diag.Diagnostic {
	account := list.AccountSID.ValueString()
	return diag.NewWarningDiagnostic(fmt.Sprintf("Cannot check Elastic SIP trunks for %s %s", noun, list.SID.ValueString()),
		fmt.Sprintf("Before it deletes a list, the provider checks whether an Elastic SIP trunk uses it. %s %s (%q) belongs to account %s, "+
			"and the %s does not show that account's trunks. If a trunk uses the list, its calls fail once the list is deleted.\n\n"+
			"Make sure that no trunk uses the list, or manage it with a provider block (alias) that has that account's own SID and credentials.",
			noun, list.SID.ValueString(), list.FriendlyName.ValueString(), account, client.Credentials()))
}

// warnBeforeDelete adds a warning to the plan of a delete if trunks use the list or if they cannot be checked. It ignores trunks
// that the same plan detaches from the list, if these are known in time: Terraform plans the instances of a list before an
// exclusive resource that refers to them. The delete checks again and reports errors, so a failed check is ignored here.
func warnBeforeDelete(ctx context.Context, list resourceModel, provider *operation.ProviderData) diag.Diagnostics {
	client, account, sid := provider.ConfiguredClient(), list.AccountSID.ValueString(), list.SID.ValueString()
	if client == nil || account == "" {
		return nil
	}
	if !strings.EqualFold(account, client.AccountSID()) {
		return diag.Diagnostics{warnTrunksNotVisible(list.model, client)}
	}
	var diags diag.Diagnostics
	ctx, cancel, _ := operation.WithReadTimeout(ctx, list.Timeouts, &diags)
	defer cancel()
	trunks, err := client.RecentTrunksUsing(ctx, account, sid)
	if err != nil {
		return diags
	}
	trunkSIDs := make([]string, len(trunks))
	for i, trunk := range trunks {
		trunkSIDs[i] = trunk.SID
	}
	remaining := provider.Ownership().Detachments.Remaining(ctx, sid, trunkSIDs)
	trunks = slices.DeleteFunc(trunks, func(trunk twilio.Trunk) bool { return !slices.Contains(remaining, trunk.SID) })
	if len(trunks) == 0 || ctx.Err() != nil {
		return diags
	}
	usage := twilio.Usage{Trunks: trunks}
	diags.AddWarning(fmt.Sprintf("%s %s is used by an Elastic SIP trunk", noun, sid), operation.Paragraphs(
		fmt.Sprintf("This plan destroys %s %s (%q) in account %s, but the provider does not delete a list that a trunk uses. "+
			"The apply fails unless it detaches the list first, as an exclusive resource with create_before_destroy does. In that case, you can ignore this warning.", noun, sid, list.FriendlyName.ValueString(), account),
		formatUsage(usage), detachAdvice(sid, usage)))
	return diags
}
