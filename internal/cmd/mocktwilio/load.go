// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/sandbox"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/snapshot"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/tfstate"
)

// loaded is the content of the file of --load.
type loaded struct {
	accounts []snapshot.Account
	notes    []string
	// state is the Terraform state. It is nil if the file has mocktwilio's own format.
	state []byte
	// otherProviders are the providers of other resources in the state.
	otherProviders []string
}

// readFile reads the file of --load. It returns nil without the flag.
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

// decode decodes a file in either of the two formats.
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
			return nil, errors.New("--account-sid applies only to a Terraform state; this file already names its parent account")
		}
		return &loaded{accounts: accounts}, nil
	}
	if len(bytes.TrimSpace(data)) > 0 && !tfstate.IsState(data) {
		return nil, errors.New("neither a Terraform state nor a file written by --save")
	}
	contents, err := tfstate.Read(data, tfstate.Options{
		AccountSID:            s.options.AccountSID,
		EnvironmentAccountSID: sandbox.Getenv(env.environ, "TWILIO_ACCOUNT_SID"),
		DefaultAccountSID:     mocktwilio.DefaultAccountSID,
	})
	if err != nil {
		return nil, err
	}
	contents.Accounts[0].AuthToken = s.options.AuthToken
	return &loaded{accounts: contents.Accounts, notes: contents.Notes, state: data, otherProviders: contents.OtherProviders}, nil
}

// lines returns what is printed at the start about the loaded objects.
func (l *loaded) lines(accounts []snapshot.Account, from string) []string {
	var lists, entries, domains, trunks int
	for _, account := range accounts {
		lists += len(account.IPAccessControlLists)
		for _, list := range account.IPAccessControlLists {
			below, _ := list["ip_addresses"].([]snapshot.Object)
			entries += len(below)
		}
		domains += len(account.Domains)
		trunks += len(account.Trunks)
	}
	lines := []string{fmt.Sprintf("%-15s %s, %s, %s, and %s from %s", "loaded", count(lists, "list", "lists"), count(entries, "entry", "entries"),
		count(domains, "domain", "domains"), count(trunks, "trunk", "trunks"), from)}
	for _, note := range l.notes {
		lines = append(lines, "  - "+note)
	}
	return lines
}

func count(n int, one, several string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, several)
}

// unchanged reports whether the file of --load has not changed since it was loaded.
func (l *loaded) unchanged(path string) bool {
	content, err := os.ReadFile(path)
	return err == nil && bytes.Equal(content, l.state)
}

// keep writes the loaded state to a file that is not removed, and returns its path.
func (l *loaded) keep() (string, error) {
	file, err := os.CreateTemp("", "mocktwilio-*.tfstate")
	if err != nil {
		return "", err
	}
	_, err = file.Write(l.state)
	return file.Name(), errors.Join(err, file.Close())
}
