// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package addressmap

import (
	"context"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
)

// # Whether a resource manages the entries of its list
//
// ip_addresses is optional and computed, because an import has to fill it, and because only such an attribute may be in the state
// without being in the configuration. Neither an import nor a refresh sees the configuration, and the first plan after an import
// must be empty both with and without the map in the configuration.
//
//   - The map in the state has the entries of the list at the last refresh or apply. It is null if they were not read.
//   - A refresh reads the entries if the map is in the state, and after an import.
//   - If the map is in the configuration, the plan compares it with the state. A different spelling is not a change.
//   - If the map is not in the configuration, and Terraform created the list or the configuration had the map before, the plan
//     sets the map to null. This is an update in place without a request, with a warning that the entries stay. They are not read
//     from then on.
//   - If the map is not in the configuration, and an import filled it, the entries are unmanaged and the plan keeps the map. Each
//     refresh reads the entries again, so that outputs that use them stay correct. If the map became null instead, it would look
//     as if the entries had been removed outside of Terraform.

// PlanModifier plans the map ip_addresses.
type PlanModifier struct{}

// Description describes the modifier to users.
func (PlanModifier) Description(context.Context) string {
	return "Different notations of the same block are not a change. If the map is not in the configuration, the entries are left unchanged."
}

// MarkdownDescription is the same as Description.
func (m PlanModifier) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// PlanModifyMap plans the map from the configuration, the state and the private state.
func (m PlanModifier) PlanModifyMap(ctx context.Context, req planmodifier.MapRequest, resp *planmodifier.MapResponse) {
	switch {
	case req.ConfigValue.IsUnknown():
	case !req.ConfigValue.IsNull():
		if sameEntries(req.StateValue, req.ConfigValue) {
			resp.PlanValue = req.StateValue
			return
		}
		warnOfRespelling(ctx, req, resp)
	case req.StateValue.IsNull():
		resp.PlanValue = types.MapNull(types.StringType)
	case LoadPrivateState(ctx, req.Private).Unmanaged:
		resp.PlanValue = req.StateValue
	default:
		resp.PlanValue = types.MapNull(types.StringType)
		resp.Diagnostics.AddAttributeWarning(req.Path, fmt.Sprintf("Terraform no longer manages the entries of %s", listSID(ctx, req)),
			fmt.Sprintf("ip_addresses is no longer in the configuration. The list keeps its entries (%d), but Terraform stops tracking them. "+
				"To empty the list, set ip_addresses = {}.", len(req.StateValue.Elements())))
	}
}

// listSID returns the SID of the list in the state.
func listSID(ctx context.Context, req planmodifier.MapRequest) string {
	var sid types.String
	// The diagnostic is also useful without the SID.
	_ = req.State.GetAttribute(ctx, path.Root("sid"), &sid)
	return sid.ValueString()
}

// warnOfRespelling warns about the entries that change if other keys are only spelled differently. Terraform accepts either the
// whole map of the state or that of the configuration as the plan, so the plan shows each respelled key as removed and added.
func warnOfRespelling(ctx context.Context, req planmodifier.MapRequest, resp *planmodifier.MapResponse) {
	if req.StateValue.IsNull() || req.StateValue.IsUnknown() {
		return
	}
	type named struct {
		key  string
		name types.String
	}
	entries := func(m types.Map) map[netip.Prefix]named {
		all := map[netip.Prefix]named{}
		for key, value := range m.Elements() {
			name, ok := value.(types.String)
			if block, err := ipblock.Parse(key); err == nil && ok {
				all[block.Prefix()] = named{key, name}
			}
		}
		return all
	}
	before, after := entries(req.StateValue), entries(req.ConfigValue)
	var changes []string
	respelled := 0
	for prefix, entry := range before {
		planned, stays := after[prefix]
		switch {
		case !stays:
			changes = append(changes, "  removed: "+entry.key)
		case planned.key != entry.key:
			respelled++
		}
		if stays && !planned.name.IsUnknown() && !planned.name.Equal(entry.name) {
			changes = append(changes, "  renamed: "+planned.key)
		}
	}
	for prefix, entry := range after {
		if _, was := before[prefix]; !was {
			changes = append(changes, "  added: "+entry.key)
		}
	}
	if respelled == 0 || len(changes) == 0 {
		return
	}
	slices.Sort(changes)
	resp.Diagnostics.AddAttributeWarning(req.Path, fmt.Sprintf("%d entries of %s change; %d only change notation", len(changes), listSID(ctx, req), respelled),
		"If only the notation of a key changes, for example from 198.51.100.7 to 198.51.100.7/32, the plan shows it as removed and added, but the entry stays as it is. Only these entries change:\n"+strings.Join(changes, "\n"))
}

// InterruptionWarning returns the detail of a warning about address resources that are destroyed although the map has their
// blocks.
func InterruptionWarning(listSID string, blocks []string) string {
	return fmt.Sprintf("This plan destroys twilio_sip_ip_address resources of list %s, but ip_addresses contains the same entries. Terraform deletes these entries first "+
		"and then adds them again, so Twilio rejects calls from these addresses in between:\n  %s\n\n"+
		"To keep the entries in place, remove the resources from the state instead of destroying them. Replace each resource block with a removed block:\n\n"+
		"  removed {\n    from = twilio_sip_ip_address.NAME\n    lifecycle {\n      destroy = false\n    }\n  }", listSID, strings.Join(blocks, "\n  "))
}
