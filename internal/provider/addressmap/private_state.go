// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package addressmap

import (
	"context"
	"encoding/json"
	"maps"
	"net/netip"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
)

// privateKey is the key of a PrivateState in the private state of a resource.
const privateKey = "ip_addresses"

// PrivateState is what the private state of a list stores about its entries. It has their SIDs, so that a change does not have to
// read the entries first. plan_modifier.go explains Unmanaged. Its JSON name must not change, because existing states use it.
type PrivateState struct {
	// Unmanaged is set if an import filled the map and the configuration has not had the map since.
	Unmanaged bool `json:"undecided,omitempty"`
	// Blocks has the block of each entry of the map in the state, by SID. It is nil if they are unknown.
	Blocks map[string]string `json:"blocks"`
	// Names has the names of the entries by SID if the map is not in the state. Otherwise it is omitted, because Terraform writes
	// the whole state after each resource, and the private state is the largest part of the state of a full list.
	Names map[string]string `json:"names,omitempty"`
}

// NewPrivateState returns a PrivateState for entries that are in the map in the state.
func NewPrivateState(entries []ipblock.Entry) PrivateState {
	p := PrivateState{Blocks: map[string]string{}}
	for _, entry := range entries {
		p.Blocks[entry.SID] = entry.Block.String()
	}
	return p
}

// NewNamedPrivateState returns a PrivateState for entries of a list whose map is not in the state.
func NewNamedPrivateState(entries []ipblock.Entry) PrivateState {
	p := NewPrivateState(entries)
	p.Names = map[string]string{}
	for _, entry := range entries {
		p.Names[entry.SID] = entry.Name
	}
	return p
}

// KnownEntries returns the entries with their names in the map in the state. It returns false if the map has other entries.
func (p PrivateState) KnownEntries(ipAddresses types.Map) ([]ipblock.Entry, bool) {
	if p.Blocks == nil {
		return nil, false
	}
	names := p.Names
	if names == nil {
		var ok bool
		if names, ok = p.namesIn(ipAddresses); !ok {
			return nil, false
		}
	}
	entries := make([]ipblock.Entry, 0, len(p.Blocks))
	for _, sid := range slices.Sorted(maps.Keys(p.Blocks)) {
		block, err := ipblock.Parse(p.Blocks[sid])
		name, ok := names[sid]
		if err != nil || !ok {
			return nil, false
		}
		entries = append(entries, ipblock.Entry{SID: sid, Block: block, Name: name})
	}
	return entries, true
}

// namesIn returns the names of the entries by SID. It returns false unless each element of the map in the state is one of the
// entries.
func (p PrivateState) namesIn(ipAddresses types.Map) (map[string]string, bool) {
	elements, keys := knownNames(ipAddresses), map[netip.Prefix]string{}
	for key := range elements {
		if block, err := ipblock.Parse(key); err == nil {
			keys[block.Prefix()] = key
		}
	}
	names := map[string]string{}
	for sid, text := range p.Blocks {
		block, err := ipblock.Parse(text)
		if err != nil {
			return nil, false
		}
		key := duplicateKey(block, sid)
		if _, ok := elements[key]; !ok {
			key = keys[block.Prefix()]
		}
		name, ok := elements[key]
		if !ok {
			return nil, false
		}
		names[sid] = name
		delete(elements, key)
	}
	return names, !ipAddresses.IsNull() && len(elements) == 0
}

// PrivateWriter writes the private state of a resource. The framework's responses implement it with a type that is not exported.
type PrivateWriter interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// PrivateReader reads the private state of a resource.
type PrivateReader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

// Save writes p to the private state of a resource.
func (p PrivateState) Save(ctx context.Context, private PrivateWriter) diag.Diagnostics {
	text, err := json.Marshal(p)
	if err != nil {
		return diag.Diagnostics{diag.NewErrorDiagnostic("Cannot store the SIDs of the entries", err.Error())}
	}
	return private.SetKey(ctx, privateKey, text)
}

// LoadPrivateState reads what Save wrote. If it is missing or cannot be decoded, the result is the zero PrivateState.
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
