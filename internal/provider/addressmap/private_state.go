// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package addressmap

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
)

// privateKey is the key of a PrivateState in the private state of a resource.
const privateKey = "ip_addresses"

// PrivateState is what the private state of a list stores about its entries. It has their SIDs, so that a change does not
// have to read the entries first. plan_modifier.go explains Unmanaged. Its JSON name must stay as it is in existing states.
type PrivateState struct {
	// Unmanaged says that an import filled the map, and that the configuration has had none since.
	Unmanaged bool `json:"undecided,omitempty"`
	// SIDs has the SID of each entry of the map in the state, by the entry's block. nil means that they are not known. Names are
	// left out, because Terraform writes the whole state after each resource, and the private state of a full list is most of it.
	SIDs map[string]string `json:"sids"`
}

// NewPrivateState returns a PrivateState with the SIDs of the entries of a list. They count as unknown if the list holds a block
// more than once.
func NewPrivateState(entries []ipblock.Entry) PrivateState {
	sids := map[string]string{}
	for _, entry := range entries {
		sids[entry.Block.String()] = entry.SID
	}
	if len(sids) < len(entries) {
		sids = nil
	}
	return PrivateState{SIDs: sids}
}

// KnownEntries returns the entries of the map in the state, and whether all of their SIDs are known.
func (p PrivateState) KnownEntries(ipAddresses types.Map) ([]ipblock.Entry, bool) {
	names, err := namesByPrefix(ipAddresses)
	if err != nil || ipAddresses.IsNull() || p.SIDs == nil || len(names) != len(p.SIDs) {
		return nil, false
	}
	entries := make([]ipblock.Entry, 0, len(p.SIDs))
	for _, text := range slices.Sorted(maps.Keys(p.SIDs)) {
		block, err := ipblock.Parse(text)
		if err != nil {
			return nil, false
		}
		name, ok := names[block.Prefix()]
		if !ok {
			return nil, false
		}
		entries = append(entries, ipblock.Entry{SID: p.SIDs[text], Block: block, Name: name})
	}
	return entries, true
}

// PrivateWriter writes the private state of a resource. The framework's responses implement it with a type that it does
// not export.
type PrivateWriter interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// PrivateReader reads the private state of a resource.
type PrivateReader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

// Save writes p into the private state of a resource.
func (p PrivateState) Save(ctx context.Context, private PrivateWriter) diag.Diagnostics {
	text, err := json.Marshal(p)
	if err != nil {
		return diag.Diagnostics{diag.NewErrorDiagnostic("Cannot store the SIDs of the addresses", err.Error())}
	}
	return private.SetKey(ctx, privateKey, text)
}

// LoadPrivateState reads what Save wrote. If that is missing or cannot be decoded, it returns the zero PrivateState.
func LoadPrivateState(ctx context.Context, private PrivateReader) PrivateState {
	var p PrivateState
	if private == nil {
		return p
	}
	text, _ := private.GetKey(ctx, privateKey)
	if len(text) == 0 || json.Unmarshal(text, &p) != nil {
		return PrivateState{}
	}
	return p
}

// ClearPrivateState removes what Save wrote.
func ClearPrivateState(ctx context.Context, private PrivateWriter) diag.Diagnostics {
	return private.SetKey(ctx, privateKey, nil)
}
