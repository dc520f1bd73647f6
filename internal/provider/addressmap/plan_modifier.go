// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package addressmap

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// # Whether a resource manages the entries of its list
//
// ip_addresses is optional and computed, because an import has to fill it and because only such an attribute may be in
// the state without being in the configuration. Neither an import nor a refresh sees the configuration, and the first plan
// after an import must be empty with the map in the configuration as well as without it.
//
//   - The map in the state has the entries of the list at the last refresh or apply. It is null if they were not read.
//   - A refresh reads the entries if the map is in the state, and after an import.
//   - If the map is in the configuration, the plan compares it with the state. Another spelling is not a change.
//   - If it is not, and Terraform created the list or the configuration had the map before, the map is planned to become
//     null: an update in place without a request, and a warning that the entries stay. They are not read from then on.
//   - If it is not, and an import filled the map, the entries are unmanaged and the map is planned to stay as it is. An
//     empty plan changes nothing in the state, so each refresh reads the entries again. The first update in place makes the
//     map untracked: the next refresh sets it to null and stops reading the entries.

// PlanModifier plans the map ip_addresses.
type PlanModifier struct{}

// Description describes the modifier to users.
func (PlanModifier) Description(context.Context) string {
	return "Another spelling of the same addresses is not a change. Without the map in the configuration, the addresses are left alone."
}

// MarkdownDescription is the same as Description.
func (m PlanModifier) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// PlanModifyMap plans the map from the configuration, the state and the private state.
func (m PlanModifier) PlanModifyMap(ctx context.Context, req planmodifier.MapRequest, resp *planmodifier.MapResponse) {
	private := LoadPrivateState(ctx, req.Private)
	switch {
	case req.ConfigValue.IsUnknown():
	case !req.ConfigValue.IsNull():
		if sameEntries(req.StateValue, req.ConfigValue) {
			resp.PlanValue = req.StateValue
		}
	case req.StateValue.IsNull():
		resp.PlanValue = types.MapNull(types.StringType)
	case private.Unmanaged || private.Untracked:
		resp.PlanValue = req.StateValue
	default:
		resp.PlanValue = types.MapNull(types.StringType)
		resp.Diagnostics.AddAttributeWarning(req.Path, "IP addresses are no longer managed",
			fmt.Sprintf("ip_addresses is no longer in the configuration. The list keeps what it holds (%d), and Terraform stops watching them. "+
				"To empty the list, write ip_addresses = {}.", len(req.StateValue.Elements())))
	}
}
