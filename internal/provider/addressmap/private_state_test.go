// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package addressmap

import (
	"context"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"

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
	current := []ipblock.Entry{{SID: "IP1", Block: block("203.0.113.7/24"), Name: "a \"b\""}}
	private := privateMap{}
	if diags := NewPrivateState(current).Save(t.Context(), private); diags.HasError() {
		t.Fatal(diags)
	}
	if got, known := LoadPrivateState(t.Context(), private).KnownEntries(); !known || !slices.Equal(got, current) {
		t.Errorf("%v, %v", got, known)
	}
	if diags := NewPrivateState(nil).Save(t.Context(), private); diags.HasError() {
		t.Fatal(diags)
	}
	if got, known := LoadPrivateState(t.Context(), private).KnownEntries(); !known || len(got) != 0 {
		t.Errorf("an empty list: %v, %v", got, known)
	}
	for _, damaged := range []string{"", "7", `{"entries": null}`, `{"entries": [{"sid": "IP1", "block": "x"}]}`} {
		private[privateKey] = []byte(damaged)
		if got, known := LoadPrivateState(t.Context(), private).KnownEntries(); known {
			t.Errorf("%q: %v", damaged, got)
		}
	}
}
