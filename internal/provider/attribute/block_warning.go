// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attribute

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
)

// Users cannot silence warnings, so these are only for mistakes and for choices with consequences that are easy to miss.

// maxNarrow is how many addresses a list may allow without a warning: the addresses of a /8.
const maxNarrow = 1 << 24

// WarnOfSpecial adds a warning if no caller can have the addresses of some of the blocks, which are entries of one list. subject
// says which list or entry the warning is about, or is "".
func WarnOfSpecial(blocks []ipblock.Block, subject string, at path.Path, diags *diag.Diagnostics) {
	var names, lines []string
	private := false
	for _, block := range blocks {
		if special, ok := block.Special(); ok {
			names = append(names, block.String())
			lines = append(lines, fmt.Sprintf("  %s (%s)", block, special.Use))
			private = private || special.Private
		}
	}
	if len(lines) == 0 {
		return
	}
	const most = 10
	if len(lines) > most {
		lines = append(lines[:most], fmt.Sprintf("  and %d more", len(lines)-most))
	}
	detail := "Calls from the Internet never come from these addresses:\n" + strings.Join(lines, "\n") +
		"\n\nTwilio sees the public address of your network. Use that address instead, or remove the entry."
	if private {
		detail += " Twilio Interconnect requires public addresses as well (https://www.twilio.com/docs/interconnect/crossconnect)."
	}
	diags.AddAttributeWarning(at, "No calls can come from "+enumerate(names)+inParentheses(subject), detail)
}

// WarnOfWidth adds a warning if the blocks, which are entries of one list, together allow more addresses than a /8. Addresses
// that no caller can have do not count. See WarnOfSpecial for subject.
func WarnOfWidth(blocks []ipblock.Block, subject string, at path.Path, diags *diag.Diagnostics) {
	wide, narrow := byWidth(blocks)
	count := ipblock.Count(slices.Concat(wide, narrow))
	if count <= maxNarrow {
		return
	}
	if len(wide) == 0 {
		wide = largest(narrow)
	}
	names := make([]string, len(wide))
	for i, block := range wide {
		names[i] = block.String()
	}
	diags.AddAttributeWarning(at, largePart+": "+enumerate(names)+inParentheses(subject),
		fmt.Sprintf("%d addresses are allowed (%.3g%% of all IPv4 addresses). ", count, 100*float64(count)/(1<<32))+strangers)
}

// AreWideTogether reports whether the blocks together allow more than a /8, without the blocks for which WarnOfWidth warns
// individually.
func AreWideTogether(blocks []ipblock.Block) bool {
	wide, narrow := byWidth(blocks)
	return ipblock.Count(slices.Concat(wide, narrow))-ipblock.Count(wide) > maxNarrow
}

// WarnOfTotal adds the warning that the single entries of a list AreWideTogether. It does not name or count entries, because that
// depends on which entries Terraform has planned so far.
func WarnOfTotal(listSID string, at path.Path, diags *diag.Diagnostics) {
	diags.AddAttributeWarning(at, largePart+inParentheses("list "+listSID),
		fmt.Sprintf("The twilio_sip_ip_address resources of list %s together allow more addresses than a /8. ", listSID)+strangers)
}

const (
	largePart = "A large part of the Internet can call"
	strangers = "Anyone with one of these addresses can send calls to every SIP domain and trunk that uses the list, " +
		"and you pay for these calls. Allow only the addresses that your calls come from. " +
		"If you cannot, attach a credential list to each of these domains and trunks as well, so that calls also need a password."
)

// byWidth returns the blocks that are wider than a /8 and the others, without those that no caller can be in.
func byWidth(blocks []ipblock.Block) (wide, narrow []ipblock.Block) {
	for _, block := range blocks {
		if _, special := block.Special(); special {
			continue
		}
		if block.Count() > maxNarrow {
			wide = append(wide, block)
		} else {
			narrow = append(narrow, block)
		}
	}
	return wide, narrow
}

// largest returns the blocks that are as large as the largest one.
func largest(blocks []ipblock.Block) []ipblock.Block {
	most := slices.MaxFunc(blocks, func(a, b ipblock.Block) int { return cmp.Compare(a.Count(), b.Count()) }).Count()
	return slices.DeleteFunc(slices.Clone(blocks), func(block ipblock.Block) bool { return block.Count() < most })
}

// Terraform shows only the first of several warnings with the same summary, so a summary names entries and their list.

// Named returns a subject for WarnOfSpecial and WarnOfWidth, or "" if the name is unknown.
func Named(noun string, name types.String) string {
	if name.ValueString() == "" {
		return ""
	}
	return fmt.Sprintf("%s %q", noun, name.ValueString())
}

func inParentheses(subject string) string {
	if subject == "" {
		return ""
	}
	return " (" + subject + ")"
}

// enumerate joins the first few names and counts the rest.
func enumerate(names []string) string {
	const most = 3
	if len(names) > most {
		names = append(slices.Clone(names[:most]), fmt.Sprintf("%d more", len(names)-most))
	}
	switch last := len(names) - 1; last {
	case 0:
		return names[0]
	case 1:
		return names[0] + " and " + names[1]
	default:
		return strings.Join(names[:last], ", ") + ", and " + names[last]
	}
}
