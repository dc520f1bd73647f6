// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package addressmap

import (
	"context"
	"fmt"
	"maps"
	"net/netip"
	"regexp"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
)

// Validator validates ip_addresses: its keys, its names, that no entry occurs twice, and that there are not more entries than a
// list can have. It skips unknown maps and names.
type Validator struct{}

// Description describes a valid map to users.
func (Validator) Description(context.Context) string {
	return fmt.Sprintf("must have at most %d entries; keys must be IPv4 addresses or CIDR blocks; values must have 1 to %d characters, no control characters, and not only white space", ipblock.MaxEntries, attribute.MaxNameLength)
}

// MarkdownDescription is the same as Description.
func (v Validator) MarkdownDescription(ctx context.Context) string {
	return v.Description(ctx)
}

// ValidateMap adds errors for invalid maps, and warnings for entries that allow more than they show, nothing new, or no callers,
// and for maps that allow a large part of the Internet.
func (v Validator) ValidateMap(ctx context.Context, req validator.MapRequest, resp *validator.MapResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	elements := req.ConfigValue.Elements()
	var (
		keys   []string // keys of blocks
		blocks []ipblock.Block
	)
	first := map[netip.Prefix]string{}
	for _, key := range slices.Sorted(maps.Keys(elements)) {
		at := req.Path.AtMapKey(key)
		if name, ok := elements[key].(types.String); ok {
			validateName(name, key, at, resp)
		}
		block, err := ipblock.Parse(key)
		if err != nil {
			if !attribute.LooksGenerated(key) { // keys that look generated are left to CheckGenerated
				addKeyError(key, elements[key], err, at, &resp.Diagnostics)
			}
			continue
		}
		if other, twice := first[block.Prefix()]; twice {
			resp.Diagnostics.AddAttributeError(at, "Duplicate IP address",
				fmt.Sprintf("%q and %q are the same entry. Remove one of them.", other, key))
			continue
		}
		first[block.Prefix()] = key
		keys, blocks = append(keys, key), append(blocks, block)
	}
	if len(elements) > ipblock.MaxEntries {
		resp.Diagnostics.AddAttributeError(req.Path, "Too many IP addresses", tooMany(len(elements), blocks))
	}
	if resp.Diagnostics.HasError() {
		return
	}
	warnOfHostBits(keys, blocks, req.Path, resp)
	warnOfCovered(keys, blocks, req.Path, resp)
	var listName types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("friendly_name"), &listName)...)
	// A name from a variable is known only when Terraform plans, which validates again. Two different summaries would result in
	// two warnings.
	if !listName.IsUnknown() {
		WarnOfCallers(blocks, listName, req.Path, &resp.Diagnostics)
	}
}

// CheckGenerated adds an error for each key of the configured map that the Validator accepts only because it looks like one that
// a mocked provider generated. Plans call it.
func CheckGenerated(configured types.Map, at path.Path, diags *diag.Diagnostics) {
	for _, key := range slices.Sorted(maps.Keys(configured.Elements())) {
		if !attribute.LooksGenerated(key) {
			continue
		}
		if _, err := ipblock.Parse(key); err != nil {
			addKeyError(key, configured.Elements()[key], err, at.AtMapKey(key), diags)
		}
	}
}

func addKeyError(key string, value attr.Value, err error, at path.Path, diags *diag.Diagnostics) {
	problem := keyProblem(key, err)
	if name, ok := value.(types.String); ok {
		if _, err := ipblock.Parse(name.ValueString()); err == nil {
			problem = fmt.Sprintf("%q is not an IPv4 address or CIDR block, but its value is. The keys of the map are addresses and the values are names. Write %q = %q.",
				key, name.ValueString(), key)
		}
	}
	diags.AddAttributeError(at, "Invalid IP address", problem)
}

// WarnOfCallers adds warnings if no caller can have the addresses of some of a list's blocks, or if the blocks allow a large part
// of the Internet.
func WarnOfCallers(blocks []ipblock.Block, listName types.String, at path.Path, diags *diag.Diagnostics) {
	subject := attribute.Named("list", listName)
	attribute.WarnOfSpecial(blocks, subject, at, diags)
	attribute.WarnOfWidth(blocks, subject, at, diags)
}

func validateName(name types.String, key string, at path.Path, resp *validator.MapResponse) {
	switch {
	case name.IsUnknown():
	case name.IsNull():
		resp.Diagnostics.AddAttributeError(at, "Missing name", fmt.Sprintf("The name of the entry %q is null. Set a name of 1 to %d characters.", key, attribute.MaxNameLength))
	default:
		if problem := attribute.FriendlyNameProblem(name.ValueString()); problem != "" {
			resp.Diagnostics.AddAttributeError(at, "Invalid name", fmt.Sprintf("The name of the entry %q %s", key, problem))
		}
	}
}

// isDuplicateKey matches the keys of duplicates that Flatten returns.
var isDuplicateKey = regexp.MustCompile(`^(\S+) \(IP[0-9a-fA-F]{32}\)$`)

func keyProblem(key string, err error) string {
	if parts := isDuplicateKey.FindStringSubmatch(key); parts != nil {
		return fmt.Sprintf("%q is a key that the state uses if the list contains %s more than once. Remove this line from the configuration; the next apply then removes the duplicate entry.", key, parts[1])
	}
	text := err.Error()
	if first, last, ok := ipblock.RangeInError(err); ok {
		text += fmt.Sprintf(" You can also compute the blocks with provider::twilio::cidr_from_range(%q, %q).", first, last)
	}
	return text
}

const manyAddressesGuide = "https://registry.terraform.io/providers/twilio-sip/twilio/latest/docs/guides/more-than-100-addresses"

func tooMany(count int, blocks []ipblock.Block) string {
	text := fmt.Sprintf("The map has %d entries, but a list can have at most %d. Distribute them over several lists (see %s).", count, ipblock.MaxEntries, manyAddressesGuide)
	if fewer := len(ipblock.Aggregate(blocks)); fewer < len(blocks) && fewer <= ipblock.MaxEntries {
		text += fmt.Sprintf(" You can also merge them with provider::twilio::cidr_aggregate into %d blocks that allow exactly the same addresses.", fewer)
	}
	return text
}

// Terraform shows only the first of several warnings with the same summary, so the summaries name the entries.

func warnOfHostBits(keys []string, blocks []ipblock.Block, at path.Path, resp *validator.MapResponse) {
	for i, block := range blocks {
		if block.HasHostBits() {
			summary, detail := attribute.HostBitsWarning(block)
			resp.Diagnostics.AddAttributeWarning(at.AtMapKey(keys[i]), summary, fmt.Sprintf("%s To allow all of them, write %q. To allow only %s, write %q.",
				detail, block.Canonical(), block.Address(), block.Address()))
		}
	}
}

func warnOfCovered(keys []string, blocks []ipblock.Block, at path.Path, resp *validator.MapResponse) {
	for enclosed, enclosing := range ipblock.Covering(blocks) {
		if enclosing < 0 {
			continue
		}
		resp.Diagnostics.AddAttributeWarning(at.AtMapKey(keys[enclosed]), fmt.Sprintf("%s is already covered by %s", keys[enclosed], keys[enclosing]),
			fmt.Sprintf("This entry has no effect while %s is in the list, and it counts toward the limit of %d entries. Remove it if you do not need it.",
				keys[enclosing], ipblock.MaxEntries))
	}
}
