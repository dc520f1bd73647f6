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
	current := []ipblock.Entry{
		{SID: "IP1", Block: block("203.0.113.7/24"), Name: "a \"b\""}, {SID: "IP2", Block: block("203.0.114.7"), Name: "c"},
		{SID: "IP3", Block: block("203.0.114.7"), Name: "d"},
	}
	// The configuration spells the blocks differently, and one of them is in the list twice.
	stored := Flatten(current, entryMap(entries{"203.0.113.0/24": "a", "203.0.114.7/32": "d"}))
	private := privateMap{}
	if diags := NewPrivateState(current).Save(t.Context(), private); diags.HasError() {
		t.Fatal(diags)
	}
	if got, known := LoadPrivateState(t.Context(), private).KnownEntries(stored); !known || !slices.Equal(got, current) {
		t.Errorf("%v, %v, with the map %v", got, known, stored)
	}
	if diags := NewNamedPrivateState(current).Save(t.Context(), private); diags.HasError() {
		t.Fatal(diags)
	}
	if got, known := LoadPrivateState(t.Context(), private).KnownEntries(types.MapNull(types.StringType)); !known || !slices.Equal(got, current) {
		t.Errorf("with names: %v, %v", got, known)
	}
	if diags := NewPrivateState(nil).Save(t.Context(), private); diags.HasError() {
		t.Fatal(diags)
	}
	if got, known := LoadPrivateState(t.Context(), private).KnownEntries(entryMap(nil)); !known || len(got) != 0 {
		t.Errorf("an empty list: %v, %v", got, known)
	}
}

func TestPrivateStateThatDoesNotMatch(t *testing.T) {
	t.Parallel()
	const blocks = `{"blocks": {"IP1": "203.0.113.0/24", "IP2": "203.0.114.7"}}`
	stored := entryMap(entries{"203.0.113.0/24": "a", "203.0.114.7/32": "c"})
	private := privateMap{privateKey: []byte(blocks)}
	if _, known := LoadPrivateState(t.Context(), private).KnownEntries(stored); !known {
		t.Error("these match")
	}
	for name, test := range map[string]struct {
		private string
		stored  types.Map
	}{
		"nothing":           {"", stored},
		"not an object":     {"7", stored},
		"null":              {`{"blocks": null}`, stored},
		"an earlier form":   {`{"entries": [{"sid": "IP1", "block": "203.0.113.0/24", "name": "a"}]}`, stored},
		"not a block":       {`{"blocks": {"IP1": "x", "IP2": "203.0.114.7"}}`, stored},
		"not a named block": {`{"blocks": {"IP1": "x"}, "names": {"IP1": "a"}}`, stored},
		"a name is missing": {`{"blocks": {"IP1": "203.0.114.7"}, "names": {}}`, stored},
		"one is missing":    {`{"blocks": {"IP2": "203.0.114.7"}}`, stored},
		"another block":     {`{"blocks": {"IP1": "203.0.113.0/25", "IP2": "203.0.114.7"}}`, stored},
		"no map":            {blocks, types.MapNull(types.StringType)},
		"no map, no blocks": {`{"blocks": {}}`, types.MapNull(types.StringType)},
		"a smaller map":     {blocks, entryMap(entries{"203.0.114.7": "c"})},
		"another entry":     {blocks, entryMap(entries{"203.0.114.7": "c", "203.0.114.8": "d"})},
		"another twin":      {blocks, entryMap(entries{"203.0.114.7": "c", "203.0.114.7 (IP9)": "d"})},
		"twins of one key":  {`{"blocks": {"IP1": "203.0.114.7", "IP2": "203.0.114.7"}}`, entryMap(entries{"203.0.114.7": "c", "203.0.114.7 (IP9)": "d"})},
	} {
		private[privateKey] = []byte(test.private)
		if got, known := LoadPrivateState(t.Context(), private).KnownEntries(test.stored); known {
			t.Errorf("%s: %v", name, got)
		}
	}
}
