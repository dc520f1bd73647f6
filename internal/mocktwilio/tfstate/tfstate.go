// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package tfstate reads the objects in a Terraform state, so that a mock of Twilio can start with them.
package tfstate

import (
	"encoding/json"
	"slices"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/snapshot"
)

// Options have what a state does not show.
type Options struct {
	// AccountSID is the parent account. If it is "", the state determines the parent account.
	AccountSID string
	// EnvironmentAccountSID is the parent account if it is a SID and AccountSID is "".
	EnvironmentAccountSID string
	// DefaultAccountSID is the account of the objects if the state does not have any account.
	DefaultAccountSID string
}

// Contents are the objects in a state.
type Contents struct {
	// Accounts has the parent account first.
	Accounts []snapshot.Account
	// Notes are sentences about what was made up because the state does not have it, and about what was skipped.
	Notes []string
	// OtherProviders are the providers of other managed resources, sorted, without those that only change the state.
	OtherProviders []string
}

// IsState reports whether a file appears to be a Terraform state of any version.
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
