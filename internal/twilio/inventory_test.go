// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"slices"
	"testing"
)

// The response to a read may be older than changes that this client made while the read was in progress.
func TestInventoryKeepsChangesMadeDuringTheRead(t *testing.T) {
	addresses := (&inventories[IPAddress]{}).get("list")
	read := func(context.Context) ([]IPAddress, error) {
		addresses.remove("deleted")
		addresses.put(IPAddress{SID: "changed", URI: "new"})
		return []IPAddress{{SID: "deleted"}, {SID: "changed", URI: "old"}, {SID: "other"}}, nil
	}
	for range 2 {
		if err := addresses.load(t.Context(), read); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for _, member := range addresses.members() {
		got = append(got, member.SID+member.URI)
	}
	if want := []string{"changednew", "other"}; !slices.Equal(got, want) {
		t.Errorf("members %q, not %q", got, want)
	}
	if before := addresses.existedBefore(); len(before) != 3 || !before["deleted"] {
		t.Errorf("existed before: %v", before)
	}
}
