// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/snapshot"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/tfstate"
)

// loaded is what --load has read.
type loaded struct {
	accounts []snapshot.Account
	notes    []string
	// state is the Terraform state. It is nil if the file is one of mocktwilio's own.
	state []byte
	// otherProviders are those of other resources in the state.
	otherProviders []string
}

// readFile reads the file of --load. It returns nil if there is none.
func (s *settings) readFile(env environment) (*loaded, error) {
	if s.load == "" {
		return nil, nil
	}
	var data []byte
	var err error
	if s.load == "-" {
		data, err = io.ReadAll(env.stdin)
	} else {
		data, err = os.ReadFile(s.load)
	}
	if err != nil {
		return nil, fmt.Errorf("--load: %w", err)
	}
	l, err := s.decode(data, env)
	if err != nil {
		return nil, fmt.Errorf("--load %s: %w", s.load, err)
	}
	return l, nil
}

// decode recognises which of the two formats a file has.
func (s *settings) decode(data []byte, env environment) (*loaded, error) {
	var own struct {
		Format json.RawMessage `json:"format"`
	}
	if json.Unmarshal(data, &own) == nil && own.Format != nil {
		accounts, err := snapshot.Decode(data)
		if err != nil {
			return nil, err
		}
		if s.options.AccountSID != "" {
			return nil, errors.New("--account-sid is for a Terraform state. The file of mocktwilio says which account is the parent")
		}
		return &loaded{accounts: accounts}, nil
	}
	if len(bytes.TrimSpace(data)) > 0 && !tfstate.IsState(data) {
		return nil, errors.New("neither a Terraform state nor a file that mocktwilio has saved")
	}
	contents, err := tfstate.Read(data, tfstate.Options{
		AccountSID:            s.options.AccountSID,
		EnvironmentAccountSID: getenv(env.environ, "TWILIO_ACCOUNT_SID"),
		DefaultAccountSID:     mocktwilio.DefaultAccountSID,
	})
	if err != nil {
		return nil, err
	}
	contents.Accounts[0].AuthToken = s.options.AuthToken
	return &loaded{accounts: contents.Accounts, notes: contents.Notes, state: data, otherProviders: contents.OtherProviders}, nil
}

// into puts the objects into the server. It returns what the command's environment and the first lines of output say about them.
func (l *loaded) into(server *mocktwilio.Server, from string) (seeds, error) {
	var found seeds
	if l == nil {
		return found, nil
	}
	if err := server.Load(l.accounts); err != nil {
		return found, fmt.Errorf("--load %s: %w", from, err)
	}
	entries := 0
	for _, account := range server.Save() {
		if account.SID != server.AccountSID() {
			// If the token is not known, every one is accepted.
			found.subaccounts = append(found.subaccounts, account.SID+":"+cmp.Or(account.AuthToken, server.AuthToken()))
		}
		for _, list := range account.IPAccessControlLists {
			below, _ := list["ip_addresses"].([]snapshot.Object)
			entries += len(below)
		}
		found.lists = append(found.lists, sids(account.IPAccessControlLists)...)
		found.domains = append(found.domains, sids(account.Domains)...)
		found.trunks = append(found.trunks, sids(account.Trunks)...)
	}
	found.lines = append(found.lines, fmt.Sprintf("loaded     %s, %s, %s and %s from %s", count(len(found.lists), "list", "lists"), count(entries, "entry", "entries"),
		count(len(found.domains), "domain", "domains"), count(len(found.trunks), "trunk", "trunks"), from))
	for _, note := range l.notes {
		found.lines = append(found.lines, "  - "+note)
	}
	return found, nil
}

func sids(objects []snapshot.Object) []string {
	all := make([]string, len(objects))
	for i, o := range objects {
		all[i], _ = o["sid"].(string)
	}
	return all
}

func count(n int, one, several string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, several)
}

// getenv returns a variable, "" if it is not set.
func getenv(environ []string, name string) string {
	value := ""
	for _, variable := range environ {
		if v, ok := strings.CutPrefix(variable, name+"="); ok {
			value = v
		}
	}
	return value
}
