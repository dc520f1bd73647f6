// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package addressmap

import (
	"context"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
)

// privateMap is the private state of a resource.
type privateMap map[string][]byte

func (p privateMap) GetKey(_ context.Context, key string) ([]byte, diag.Diagnostics) {
	return p[key], nil
}

func (p privateMap) SetKey(_ context.Context, key string, value []byte) diag.Diagnostics {
	p[key] = value
	return nil
}

func TestPrivateState(t *testing.T) {
	t.Parallel()
	current := []ipblock.Entry{{SID: "IP1", Block: block("203.0.113.7/24"), Name: "a \"b\""}, {SID: "IP2", Block: block("203.0.114.7"), Name: "c"}}
	// The configuration spells the blocks in its own way.
	stored := entryMap(entries{"203.0.113.0/24": "a \"b\"", "203.0.114.7/32": "c"})
	private := privateMap{}
	if diags := NewPrivateState(current).Save(t.Context(), private); diags.HasError() {
		t.Fatal(diags)
	}
	if got, known := LoadPrivateState(t.Context(), private).KnownEntries(stored); !known || !slices.Equal(got, current) {
		t.Errorf("%v, %v", got, known)
	}
	if diags := NewPrivateState(nil).Save(t.Context(), private); diags.HasError() {
		t.Fatal(diags)
	}
	if got, known := LoadPrivateState(t.Context(), private).KnownEntries(entryMap(nil)); !known || len(got) != 0 {
		t.Errorf("an empty list: %v, %v", got, known)
	}
	const sids = `{"sids": {"203.0.113.0/24": "IP1", "203.0.114.7": "IP2"}}`
	for name, test := range map[string]struct {
		private string
		stored  types.Map
	}{
		"nothing":           {"", stored},
		"not an object":     {"7", stored},
		"null":              {`{"sids": null}`, stored},
		"an earlier form":   {`{"entries": [{"sid": "IP1", "block": "203.0.113.0/24", "name": "a"}]}`, stored},
		"not a block":       {`{"sids": {"x": "IP1", "203.0.114.7": "IP2"}}`, stored},
		"a SID is missing":  {`{"sids": {"203.0.114.7": "IP2"}}`, stored},
		"another block":     {`{"sids": {"203.0.113.0/25": "IP1", "203.0.114.7": "IP2"}}`, stored},
		"no map":            {sids, types.MapNull(types.StringType)},
		"a smaller map":     {sids, entryMap(entries{"203.0.114.7": "c"})},
		"a block is twice":  {sids, entryMap(entries{"203.0.114.7": "c", "203.0.114.7 (IP2)": "d"})},
		"what is not there": {sids, entryMap(entries{"203.0.114.7": "c", "203.0.114.8": "d"})},
	} {
		private[privateKey] = []byte(test.private)
		if got, known := LoadPrivateState(t.Context(), private).KnownEntries(test.stored); known {
			t.Errorf("%s: %v", name, got)
		}
	}
	twice := []ipblock.Entry{{SID: "IP1", Block: block("203.0.114.7")}, {SID: "IP2", Block: block("203.0.114.7")}}
	if got, known := NewPrivateState(twice).KnownEntries(entryMap(entries{"203.0.114.7": ""})); known {
		t.Errorf("a block twice: %v", got)
	}
}
