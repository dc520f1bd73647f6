// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package accesslist

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// deleteUnused deletes a list with its entries, unless it is in use.
//
// Twilio refuses to delete a list that is mapped to a SIP domain; the diagnostic then names the domains. It may not
// report Elastic SIP trunks, so these are checked before the delete. If that check fails the list is not deleted, since
// a trunk may depend on it.
func deleteUnused(ctx context.Context, client *twilio.Client, list model, timeout operation.Timeout) diag.Diagnostics {
	var diags diag.Diagnostics
	account, sid := list.AccountSID.ValueString(), list.SID.ValueString()
	what := changing("delete", list, timeout)

	trunks, err := client.TrunksUsing(ctx, account, sid)
	_, notVisible := errors.AsType[*twilio.OtherAccountError](err)
	switch {
	case notVisible:
		// The plan has warned already, unless only Twilio's answer shows the account.
		if strings.EqualFold(account, client.AccountSID()) {
			diags.Append(warnTrunksNotVisible(list, client))
		}
	case err != nil:
		diags.Append(usageCheckFailed(what, err).Diagnostic(ctx, client, err))
		return diags
	case len(trunks) > 0:
		found, next := whereUsed(ctx, client, account, sid)
		diags.AddError("Cannot delete "+noun, operation.Paragraphs(
			fmt.Sprintf("%s %s (%q) in account %s is in use. It was not deleted, and nothing was changed.", noun, sid, list.FriendlyName.ValueString(), account),
			found, next))
		return diags
	}

	err = client.DeleteIPAccessControlList(ctx, account, sid)
	if err == nil {
		return diags
	}
	if e, ok := errors.AsType[*twilio.Error](err); ok && e.Reason == twilio.Rejected {
		what.Affected, what.Outcome = whereUsed(ctx, client, account, sid)
	}
	diags.Append(what.Diagnostic(ctx, client, err))
	return diags
}

// usageCheckFailed describes a delete whose check for trunks failed.
func usageCheckFailed(what operation.Operation, err error) operation.Operation {
	what.Affected = "This is about the look before the delete: Twilio may delete a list that an Elastic SIP trunk uses without a word, and the trunk's calls would fail. " +
		"As long as nobody can tell whether one does, the list is not deleted. Nothing was changed."
	if e, ok := errors.AsType[*twilio.Error](err); ok && (e.Reason == twilio.Forbidden || e.Reason == twilio.Unauthenticated) {
		what.Outcome = "Let the API key read Elastic SIP trunks and their IP access control lists, or use the account's auth token. " +
			"To delete the list by hand and make Terraform forget it (with its address in place of ADDRESS):\n  terraform state rm ADDRESS"
	}
	return what
}

// whereUsed looks for what uses a list that cannot be deleted. It gives what was found, and how to continue.
func whereUsed(ctx context.Context, client *twilio.Client, account, sid string) (found, next string) {
	usage, err := client.IPAccessControlListUsage(ctx, account, sid)
	found, next = usedBy(usage), howToDetach(sid, usage)
	// That trunks of another account cannot be seen matters only while nothing explains the refusal.
	if _, notVisible := errors.AsType[*twilio.OtherAccountError](err); err != nil && (!notVisible || found == "") {
		found = operation.Paragraphs(found, "Looking where it is used failed, so that there may be more to it: "+operation.Sentence(err.Error()))
	}
	if found == "" {
		found = "No SIP domain and no Elastic SIP trunk was found that uses it."
	}
	return found, next
}

// usedBy names the domains and trunks that use a list. It is "" if none does.
func usedBy(usage twilio.Usage) string {
	var lines []string
	for _, domain := range usage.Domains {
		lines = append(lines, fmt.Sprintf("  SIP domain %s (%s)", named(domain.FriendlyName, domain.DomainName), domain.SID))
	}
	for _, trunk := range usage.Trunks {
		lines = append(lines, fmt.Sprintf("  Elastic SIP trunk %s (%s)", named(trunk.FriendlyName, trunk.DomainName), trunk.SID))
	}
	if len(lines) == 0 {
		return ""
	}
	if usage.Incomplete {
		lines = append(lines, "There are more domains than were looked at: others may use it as well.")
	}
	return "Calls are checked against it by:\n" + strings.Join(lines, "\n")
}

// named is what people call a domain or a trunk.
func named(friendlyName, domainName string) string {
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

// howToDetach says what to do about a list in use, with an import line for one use of each kind. It is "" if there is
// none.
func howToDetach(sid string, usage twilio.Usage) string {
	var resourceTypes, importLines []string
	if len(usage.Domains) > 0 {
		resourceTypes = append(resourceTypes, "twilio_sip_domain_ip_access_control_list_mapping")
		importLines = append(importLines, fmt.Sprintf("    terraform import ADDRESS %s/%s/%s", usage.Domains[0].AccountSID, usage.Domains[0].SID, sid))
	}
	if len(usage.Trunks) > 0 {
		resourceTypes = append(resourceTypes, "twilio_sip_trunking_ip_access_control_list")
		importLines = append(importLines, fmt.Sprintf("    terraform import ADDRESS %s/%s", usage.Trunks[0].SID, sid))
	}
	if len(importLines) == 0 {
		return ""
	}
	return fmt.Sprintf(`To delete the list, take it out of use first:
- What Terraform manages (%s): destroy it together with the list. The order is right when its ip_access_control_list_sid refers to the list (twilio_sip_ip_access_control_list.NAME.sid); where it is a SID written out, add depends_on.
- What was made by hand: remove it in Twilio's console, or import it and then destroy it (with its address in place of ADDRESS):
%s

To keep the list and only make Terraform forget it (with the list's address in place of ADDRESS):
    terraform state rm ADDRESS`, strings.Join(resourceTypes, ", "), strings.Join(importLines, "\n"))
}

// warnTrunksNotVisible warns that a list is deleted without a check for trunks that use it.
func warnTrunksNotVisible(list model, client *twilio.Client) diag.Diagnostic {
	account := list.AccountSID.ValueString()
	return diag.NewWarningDiagnostic("Elastic SIP trunks are not looked at",
		fmt.Sprintf("%s %s (%q) is in account %s. Before a list is deleted, the provider looks whether an Elastic SIP trunk uses it. "+
			"The credentials in use, the %s, do not show that account's trunks. If one uses the list, its calls fail when the list is gone.\n\n"+
			"Make sure that none does, or manage the list by a provider block (alias) with that account's own SID and credentials.",
			noun, list.SID.ValueString(), list.FriendlyName.ValueString(), account, client.Credentials()))
}

// warnBeforeDelete warns in the plan of a delete that trunks cannot be checked.
func warnBeforeDelete(list model, client *twilio.Client) diag.Diagnostics {
	if client == nil || list.AccountSID.ValueString() == "" || strings.EqualFold(list.AccountSID.ValueString(), client.AccountSID()) {
		return nil
	}
	return diag.Diagnostics{warnTrunksNotVisible(list, client)}
}
