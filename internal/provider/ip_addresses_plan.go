// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
)

// # Whose business the addresses are
//
// ip_addresses is optional and computed, because Terraform lets only such an attribute be in the state without being in
// the configuration, and an import has to fill it: neither import nor refresh is told the configuration, and the first
// plan must be empty with the map as well as without it.
//
//   - In the state, the map is what the list held at the last refresh or apply. null means: not looked at.
//   - A refresh reads the addresses exactly when the map is in the state, and when it follows an import.
//   - With the map in the configuration, the plan is its difference to the state; a mere respelling is none.
//   - Without it, a list that Terraform created or that had the map is planned to null: an update in place that makes no
//     request, with a warning that the addresses stay. From then on they cost no request.
//   - Without it, a list whose map an import has filled is undecided, and the map is planned to stay as it is. Since an
//     empty plan leaves no trace in the state, each refresh reads the addresses, which keeps the state true. The first update
//     in place releases the map: the next refresh sets it to null and no longer reads the addresses.
//
// The private state holds the SIDs of the entries, so that a change costs no request but its own.

// bookKey is where the address book is in the private state.
const bookKey = "ip_addresses"

// addressBook is what the private state knows about a list's addresses.
type addressBook struct {
	// Undecided says that an import filled the map and no apply has touched the list since.
	Undecided bool `json:"undecided,omitempty"`
	// Released says that the next refresh is to forget the map.
	Released bool `json:"released,omitempty"`
	// Entries are those behind the map of the state. nil means that they are not known.
	Entries []bookEntry `json:"entries"`
}

type bookEntry struct {
	SID   string `json:"sid"`
	Block string `json:"block"`
	Name  string `json:"name"`
}

func newAddressBook(entries []ipblock.Entry) addressBook {
	book := addressBook{Entries: []bookEntry{}}
	for _, entry := range entries {
		book.Entries = append(book.Entries, bookEntry{SID: entry.SID, Block: entry.Block.String(), Name: entry.Name})
	}
	return book
}

// known gives the entries, and whether they are known. What cannot be understood is not: it is then read anew.
func (b addressBook) known() ([]ipblock.Entry, bool) {
	if b.Entries == nil {
		return nil, false
	}
	entries := make([]ipblock.Entry, len(b.Entries))
	for i, entry := range b.Entries {
		block, err := ipblock.Parse(entry.Block)
		if err != nil {
			return nil, false
		}
		entries[i] = ipblock.Entry{SID: entry.SID, Block: block, Name: entry.Name}
	}
	return entries, true
}

func (b addressBook) save(ctx context.Context, private privateState) diag.Diagnostics {
	text, err := json.Marshal(b)
	if err != nil {
		return diag.Diagnostics{diag.NewErrorDiagnostic("Cannot store the SIDs of the addresses", err.Error())}
	}
	return private.SetKey(ctx, bookKey, text)
}

// loadAddressBook never fails: a book that cannot be read is an empty one.
func loadAddressBook(ctx context.Context, private privateStateReader) addressBook {
	var book addressBook
	if private == nil {
		return book
	}
	text, _ := private.GetKey(ctx, bookKey)
	if len(text) == 0 || json.Unmarshal(text, &book) != nil {
		return addressBook{}
	}
	return book
}

// ipAddressesPlan plans the map. See above.
type ipAddressesPlan struct{}

func (ipAddressesPlan) Description(context.Context) string {
	return "Another spelling of the same addresses is not a change. Without the map in the configuration, the addresses are left alone."
}

func (m ipAddressesPlan) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

func (m ipAddressesPlan) PlanModifyMap(ctx context.Context, req planmodifier.MapRequest, resp *planmodifier.MapResponse) {
	book := loadAddressBook(ctx, req.Private)
	switch {
	case req.ConfigValue.IsUnknown():
	case !req.ConfigValue.IsNull():
		if sameAddresses(req.StateValue, req.ConfigValue) {
			resp.PlanValue = req.StateValue
		}
	case req.StateValue.IsNull():
		resp.PlanValue = types.MapNull(types.StringType)
	case book.Undecided || book.Released:
		resp.PlanValue = req.StateValue
	default:
		resp.PlanValue = types.MapNull(types.StringType)
		resp.Diagnostics.AddAttributeWarning(req.Path, "IP addresses are no longer managed",
			fmt.Sprintf("ip_addresses is no longer in the configuration. The list keeps what it holds (%d), and Terraform stops watching them. "+
				"To empty the list, write ip_addresses = {}.", len(req.StateValue.Elements())))
	}
}
