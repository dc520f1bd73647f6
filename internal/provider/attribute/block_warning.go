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

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
)

// Nobody can silence a warning. These are therefore for mistakes only, and for what nobody should do without knowing what it means.

// maxNarrow is how many addresses a list may allow without a warning: those of a /8.
const maxNarrow = 1 << 24

// WarnOfSpecial adds a warning if no caller can have the addresses of some of blocks, which are the entries of one list.
func WarnOfSpecial(blocks []ipblock.Block, at path.Path, diags *diag.Diagnostics) {
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
		"\n\nTwilio sees the public address of your network. Write that one, or leave the entry out."
	if private {
		detail += " Twilio Interconnect needs public addresses as well (https://www.twilio.com/docs/interconnect/crossconnect)."
	}
	diags.AddAttributeWarning(at, "No caller has an address of "+enumerate(names), detail)
}

// WarnOfWidth adds a warning if blocks, which are the entries of one list, together allow more addresses than a /8. Addresses that
// no caller can have do not count.
func WarnOfWidth(blocks []ipblock.Block, at path.Path, diags *diag.Diagnostics) {
	callers := slices.DeleteFunc(slices.Clone(blocks), func(block ipblock.Block) bool {
		_, special := block.Special()
		return special
	})
	count := ipblock.Count(callers)
	if count <= maxNarrow {
		return
	}
	slices.SortStableFunc(callers, func(a, b ipblock.Block) int { return cmp.Compare(a.PrefixLength(), b.PrefixLength()) })
	names := make([]string, len(callers))
	for i, block := range callers {
		names[i] = block.String()
	}
	diags.AddAttributeWarning(at, "A large part of the Internet may call: "+enumerate(names),
		fmt.Sprintf("%d addresses are allowed, %.3g%% of all IPv4 addresses. Strangers among them can send calls to every SIP domain and trunk that uses the list, "+
			"and you pay for these calls: only credentials protect you then. Allow only the addresses that your calls come from. "+
			"If you cannot, map a credential list to each of these domains too, so that a call needs a password.", count, 100*float64(count)/(1<<32)))
}

// enumerate joins names to a part of a summary. Terraform shows only the first of several warnings with the same summary.
func enumerate(names []string) string {
	const most = 3
	if len(names) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	}
	last := len(names) - 1
	if last == 0 {
		return names[0]
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
