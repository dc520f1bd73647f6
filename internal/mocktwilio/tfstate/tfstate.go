// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package tfstate reads the objects that a Terraform state knows, so that a mock of Twilio can start with them.
package tfstate

import (
	"encoding/json"
	"slices"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/snapshot"
)

// Options say what a state cannot know.
type Options struct {
	// AccountSID is the parent account. If it is "", the state decides.
	AccountSID string
	// EnvironmentAccountSID is the parent account if it is a SID and AccountSID is "".
	EnvironmentAccountSID string
	// DefaultAccountSID gets the objects of a state that names no account.
	DefaultAccountSID string
}

// Contents are the objects that a state knows.
type Contents struct {
	// Accounts begin with the parent account.
	Accounts []snapshot.Account
	// Notes say what was invented because the state does not have it, and what was not loaded.
	Notes []string
	// OtherProviders are the providers of other managed resources, sorted, without those that change nothing but the state.
	OtherProviders []string
}

// IsState reports whether a file appears to be a Terraform state, of whatever version.
func IsState(data []byte) bool {
	var file map[string]json.RawMessage
	if json.Unmarshal(data, &file) != nil {
		return false
	}
	return file["terraform_version"] != nil || file["lineage"] != nil || file["encrypted_data"] != nil || file["format_version"] != nil
}

// Read reads a state of version 4.
func Read(data []byte, options Options) (Contents, error) {
	s, err := decode(data)
	if err != nil {
		return Contents{}, err
	}
	inv := newInventory()
	for _, level := range []level{managed, deposed, observed} {
		for _, r := range s.Resources {
			inv.read(r, level)
		}
	}
	inv.readLoose()
	if len(inv.order) == 0 {
		inv.note("The state has no Twilio objects, so none are loaded. If they are in another state, load that one.")
	}
	inv.dropOutdated()
	inv.addMissing()
	inv.noteAttachedByOthers()
	inv.spreadAccounts()
	parent := inv.chooseParent(options)
	inv.fill()
	return Contents{
		Accounts:       inv.accounts(parent),
		Notes:          slices.Concat(inv.notes, inv.skippedNotes(s)),
		OtherProviders: s.otherProviders(),
	}, nil
}
