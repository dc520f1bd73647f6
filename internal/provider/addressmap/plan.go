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
// ip_addresses is optional and computed: Terraform lets only such an attribute be in the state without being in the
// configuration, and an import has to fill it. Neither import nor refresh sees the configuration, and the first plan
// after an import must be empty with the map as well as without it.
//
//   - In the state, the map is what the list held at the last refresh or apply; null means that it was not read.
//   - A refresh reads the entries if the map is in the state, and after an import.
//   - With the map in the configuration, the plan is its difference to the state; another spelling is no difference.
//   - Without it, a list that Terraform created or that had the map is planned to null: an update in place that makes no
//     request, with a warning that the entries stay. From then on they cost no request.
//   - Without it, a list whose map was filled by an import is unmanaged, and its map is planned to stay as it is. Since an
//     empty plan leaves no trace in the state, each refresh reads the entries, which keeps the state correct. The first
//     update in place makes the map untracked: the next refresh sets it to null and reads the entries no longer.

// PlanModifier plans the map.
type PlanModifier struct{}

// Description says what the plan of the map does.
func (PlanModifier) Description(context.Context) string {
	return "Another spelling of the same addresses is not a change. Without the map in the configuration, the addresses are left alone."
}

// MarkdownDescription is Description.
func (m PlanModifier) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// PlanModifyMap plans the map from configuration, state and private state.
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
