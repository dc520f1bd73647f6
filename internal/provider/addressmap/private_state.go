// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package addressmap

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
)

// privateKey is the key of a PrivateState in the private state of a resource.
const privateKey = "ip_addresses"

// PrivateState is what the private state of a list stores about its entries. It has their SIDs, so that a change does not
// have to read the entries first. plan_modifier.go explains Unmanaged. Its JSON name must stay as it is in existing states.
type PrivateState struct {
	// Unmanaged says that an import filled the map, and that the configuration has had none since.
	Unmanaged bool `json:"undecided,omitempty"`
	// Entries are the entries of the map in the state. nil means that they are not known.
	Entries []privateEntry `json:"entries"`
}

type privateEntry struct {
	SID   string `json:"sid"`
	Block string `json:"block"`
	Name  string `json:"name"`
}

// NewPrivateState returns a PrivateState with the entries of a list.
func NewPrivateState(entries []ipblock.Entry) PrivateState {
	p := PrivateState{Entries: []privateEntry{}}
	for _, entry := range entries {
		p.Entries = append(p.Entries, privateEntry{SID: entry.SID, Block: entry.Block.String(), Name: entry.Name})
	}
	return p
}

// KnownEntries returns the entries, and whether they are known. They are not if any of them cannot be parsed.
func (p PrivateState) KnownEntries() ([]ipblock.Entry, bool) {
	if p.Entries == nil {
		return nil, false
	}
	entries := make([]ipblock.Entry, len(p.Entries))
	for i, entry := range p.Entries {
		block, err := ipblock.Parse(entry.Block)
		if err != nil {
			return nil, false
		}
		entries[i] = ipblock.Entry{SID: entry.SID, Block: block, Name: entry.Name}
	}
	return entries, true
}

// PrivateWriter writes the private state of a resource. The framework's responses implement it with a type that it does
// not export.
type PrivateWriter interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// privateReader reads the private state of a resource.
type privateReader interface {
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
func LoadPrivateState(ctx context.Context, private privateReader) PrivateState {
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
