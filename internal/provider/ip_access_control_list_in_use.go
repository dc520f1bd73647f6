// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// deleteIPAccessControlList deletes a list with its addresses, unless it is in use.
//
// Twilio itself refuses to delete a list that is mapped to a SIP domain: then it is looked where the list is used. Of
// Elastic SIP trunks it may say nothing, so that these are looked at before. A look that fails leaves the list alone: to
// delete it after all would be to bet live calls on an answer that nobody has.
func deleteIPAccessControlList(ctx context.Context, client *twilio.Client, list ipAccessControlListModel, limit timeout) diag.Diagnostics {
	var diags diag.Diagnostics
	account, sid := list.AccountSID.ValueString(), list.SID.ValueString()
	what := changingIPAccessControlList("delete", list, limit)

	trunks, err := client.TrunksUsing(ctx, account, sid)
	_, unseen := errors.AsType[*twilio.OtherAccountError](err)
	switch {
	case unseen:
		// The plan has warned of it, unless it took Twilio's answer to know.
		if strings.EqualFold(account, client.AccountSID()) {
			diags.Append(unseenTrunks(list, client))
		}
	case err != nil:
		diags.Append(lookingBeforeDelete(what, err).failed(ctx, client, err))
		return diags
	case len(trunks) > 0:
		found, next := whereUsed(ctx, client, account, sid)
		diags.AddError("Cannot delete "+ipAccessControlListNoun, joinParagraphs(
			fmt.Sprintf("%s %s (%q) in account %s is in use. It was not deleted, and nothing was changed.", ipAccessControlListNoun, sid, list.FriendlyName.ValueString(), account),
			found, next))
		return diags
	}

	err = client.DeleteIPAccessControlList(ctx, account, sid)
	if err == nil {
		return diags
	}
	if e, ok := errors.AsType[*twilio.Error](err); ok && e.Reason == twilio.Rejected {
		what.affected, what.outcome = whereUsed(ctx, client, account, sid)
	}
	diags.Append(what.failed(ctx, client, err))
	return diags
}

// lookingBeforeDelete is the action when it is the look that fails.
func lookingBeforeDelete(what action, err error) action {
	what.affected = "This is about the look before the delete: Twilio may delete a list that an Elastic SIP trunk uses without a word, and the trunk's calls would fail. " +
		"As long as nobody can tell whether one does, the list is not deleted. Nothing was changed."
	if e, ok := errors.AsType[*twilio.Error](err); ok && (e.Reason == twilio.Forbidden || e.Reason == twilio.Unauthenticated) {
		what.outcome = "Let the API key read Elastic SIP trunks and their IP access control lists, or use the account's auth token. " +
			"To delete the list by hand and make Terraform forget it (with its address in place of ADDRESS):\n  terraform state rm ADDRESS"
	}
	return what
}

// whereUsed looks where a list is used that cannot be deleted. It gives what was found, and how to go on.
func whereUsed(ctx context.Context, client *twilio.Client, account, sid string) (found, next string) {
	usage, err := client.IPAccessControlListUsage(ctx, account, sid)
	found, next = usedBy(usage), howToGoOn(sid, usage)
	// That trunks of another account cannot be seen matters only while nothing explains the refusal.
	if _, unseen := errors.AsType[*twilio.OtherAccountError](err); err != nil && (!unseen || found == "") {
		found = joinParagraphs(found, "Looking where it is used failed, so that there may be more to it: "+sentence(err.Error()))
	}
	if found == "" {
		found = "No SIP domain and no Elastic SIP trunk was found that uses it."
	}
	return found, next
}

// usedBy names where a list is in force; "" if nowhere.
func usedBy(usage twilio.Usage) string {
	var lines []string
	for _, domain := range usage.Domains {
		lines = append(lines, fmt.Sprintf("  SIP domain %s (%s)", named(domain.FriendlyName, domain.DomainName), domain.SID))
	}
	for _, trunk := range usage.Trunks {
		lines = append(lines, fmt.Sprintf("  %s %s (%s)", trunkNoun, named(trunk.FriendlyName, trunk.DomainName), trunk.SID))
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

// howToGoOn says what to do about a list in use, with an import line for one use of each kind; "" if there is none.
func howToGoOn(sid string, usage twilio.Usage) string {
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

// unseenTrunks warns that nobody looked whether a trunk uses a list that is deleted.
func unseenTrunks(list ipAccessControlListModel, client *twilio.Client) diag.Diagnostic {
	account := list.AccountSID.ValueString()
	return diag.NewWarningDiagnostic("Elastic SIP trunks are not looked at",
		fmt.Sprintf("%s %s (%q) is in account %s. Before a list is deleted, the provider looks whether an Elastic SIP trunk uses it. "+
			"The credentials in use, the %s, do not show that account's trunks. If one uses the list, its calls fail when the list is gone.\n\n"+
			"Make sure that none does, or manage the list by a provider block (alias) with that account's own SID and credentials.",
			ipAccessControlListNoun, list.SID.ValueString(), list.FriendlyName.ValueString(), account, client.Credentials()))
}

// warnBeforeDelete is for the plan of a delete: it warns where no look will be possible.
func warnBeforeDelete(list ipAccessControlListModel, client *twilio.Client) diag.Diagnostics {
	if client == nil || list.AccountSID.ValueString() == "" || strings.EqualFold(list.AccountSID.ValueString(), client.AccountSID()) {
		return nil
	}
	return diag.Diagnostics{unseenTrunks(list, client)}
}
