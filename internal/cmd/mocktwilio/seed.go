// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/snapshot"
)

// seed has the objects that flags create at the start.
type seed struct {
	subaccounts int
	// accounts have the objects by the number of their account: 0 is the parent account, and 1 is the first subaccount.
	accounts map[int]*snapshot.Account
	// in is the account for the flags that follow.
	in         int
	emptyLists int // number of --seed-lists
}

// addFlags declares the flags. Their values are checked when the objects are created, with Twilio's rules.
func (s *seed) addFlags(flags *flag.FlagSet) {
	s.accounts = make(map[int]*snapshot.Account)
	flags.Func("subaccounts", "", numberFlag(&s.subaccounts))
	flags.Func("seed-lists", "", numberFlag(&s.emptyLists))
	flags.Func("in-subaccount", "", func(text string) error {
		n, err := strconv.ParseUint(text, 10, 16)
		if err != nil {
			return errors.New("must be the number of a subaccount, such as 1 for the first, or 0 for the parent account")
		}
		s.in = int(n)
		return nil
	})
	flags.Func("list", "", func(text string) error {
		list, err := parseList(text)
		account := s.account(s.in)
		account.IPAccessControlLists = append(account.IPAccessControlLists, list)
		return err
	})
	flags.Func("credential-list", "", func(text string) error {
		list, err := parseCredentialList(text)
		account := s.account(s.in)
		account.CredentialLists = append(account.CredentialLists, list)
		return err
	})
	flags.Func("domain", "", func(text string) error {
		if text == "" {
			return errNoName
		}
		account := s.account(s.in)
		account.Domains = append(account.Domains, snapshot.Object{"domain_name": text, "friendly_name": text})
		return nil
	})
	flags.Func("trunk", "", func(text string) error {
		name, domain, given := strings.Cut(text, "=")
		if name == "" {
			return errNoName
		}
		if given && domain == "" {
			return errors.New("the domain name after = is missing")
		}
		trunk := snapshot.Object{"friendly_name": name}
		if given {
			trunk["domain_name"] = domain
		}
		account := s.account(s.in)
		account.Trunks = append(account.Trunks, trunk)
		return nil
	})
}

var errNoName = errors.New("the name is missing")

func (s *seed) account(n int) *snapshot.Account {
	if s.accounts[n] == nil {
		s.accounts[n] = new(snapshot.Account)
	}
	return s.accounts[n]
}

// finish completes the objects after all flags have been parsed.
func (s *seed) finish() error {
	if s.emptyLists > maxSeedLists {
		return fmt.Errorf("--seed-lists must be at most %d, which is Twilio's limit for an account; got %d", maxSeedLists, s.emptyLists)
	}
	if s.subaccounts > maxSubaccounts {
		return fmt.Errorf("--subaccounts must be at most %d; got %d", maxSubaccounts, s.subaccounts)
	}
	for n := range s.accounts {
		if n > s.subaccounts {
			there := map[int]string{0: "are no subaccounts", 1: "is only 1 subaccount"}[s.subaccounts]
			return fmt.Errorf("--in-subaccount %d: there %s; set --subaccounts to at least %[1]d", n, cmp.Or(there, fmt.Sprintf("are only %d subaccounts", s.subaccounts)))
		}
	}
	for i := range s.emptyLists {
		account := s.account(0)
		account.IPAccessControlLists = append(account.IPAccessControlLists, snapshot.Object{"friendly_name": fmt.Sprintf("list-%d", i+1)})
	}
	return nil
}

// These limits are checked before the objects are created, so that a mistyped number does not use up all memory. The command gets
// all subaccounts in one environment variable, which Linux limits to 128 KiB.
const (
	maxSeedLists   = 1000
	maxSubaccounts = 1000
)

// parseList parses NAME[=ADDRESS,…].
func parseList(text string) (snapshot.Object, error) {
	name, addresses, _ := strings.Cut(text, "=")
	if name == "" {
		return nil, errNoName
	}
	var entries []snapshot.Object
	for address := range strings.SplitSeq(addresses, ",") {
		if address == "" {
			continue
		}
		block := address
		if !strings.Contains(block, "/") {
			block += "/32"
		}
		prefix, err := netip.ParsePrefix(block)
		if err != nil || !prefix.Addr().Is4() || prefix.Bits() == 0 {
			return nil, fmt.Errorf("addresses must be IPv4 addresses or CIDR blocks such as 198.51.100.7 or 203.0.113.0/24; got %q", address)
		}
		entries = append(entries, snapshot.Object{
			"friendly_name": prefix.String(), "ip_address": prefix.Addr().String(), "cidr_prefix_length": prefix.Bits(),
		})
	}
	return snapshot.Object{"friendly_name": name, "ip_addresses": entries}, nil
}

// parseCredentialList parses NAME[=USER,…].
func parseCredentialList(text string) (snapshot.Object, error) {
	name, users, _ := strings.Cut(text, "=")
	if name == "" {
		return nil, errNoName
	}
	var credentials []snapshot.Object
	for user := range strings.SplitSeq(users, ",") {
		if user != "" {
			credentials = append(credentials, snapshot.Object{"username": user})
		}
	}
	return snapshot.Object{"friendly_name": name, "credentials": credentials}, nil
}

// seeds are the objects at the start: lines that describe what the flags have created, and the SIDs of everything for the
// environment.
type seeds struct {
	lines                                                []string
	lists, credentialLists, domains, trunks, subaccounts []string
}

// create adds the objects to those of the server.
func (s *seed) create(server *mocktwilio.Server) (seeds, error) {
	wanted := map[string]*snapshot.Account{server.AccountSID(): s.account(0)}
	for n := range s.subaccounts {
		sid, _ := server.AddSubaccount()
		wanted[sid] = s.account(n + 1)
	}
	for sid, account := range wanted {
		account.SID = sid
		if err := mocktwilio.CheckLimits([]snapshot.Account{*account}); err != nil {
			return seeds{}, err
		}
	}
	accounts := server.Save()
	for i := range accounts {
		account, more := &accounts[i], wanted[accounts[i].SID]
		if more == nil {
			continue
		}
		account.IPAccessControlLists = append(account.IPAccessControlLists, more.IPAccessControlLists...)
		account.CredentialLists = append(account.CredentialLists, more.CredentialLists...)
		account.Domains = append(account.Domains, more.Domains...)
		account.Trunks = append(account.Trunks, more.Trunks...)
	}
	if err := server.Load(accounts); err != nil {
		return seeds{}, err
	}
	var created seeds
	for _, account := range server.Save() {
		created.add(server, account, wanted[account.SID])
	}
	return created, nil
}

// add records an account and the objects that flags have added to it. more is nil if they have not
// created the account either.
func (s *seeds) add(server *mocktwilio.Server, account snapshot.Account, more *snapshot.Account) {
	created := more != nil
	if !created {
		more = new(snapshot.Account)
	}
	place := ""
	if account.SID != server.AccountSID() {
		place = "  in " + account.SID
		// If the token is unknown, every token is accepted.
		s.subaccounts = append(s.subaccounts, account.SID+":"+cmp.Or(account.AuthToken, server.AuthToken()))
		if created {
			s.describe("subaccount", account.SID, "token "+account.AuthToken)
		}
	}
	for _, kind := range []struct {
		name    string
		sids    *[]string
		objects []snapshot.Object
		created int
	}{
		{"list", &s.lists, account.IPAccessControlLists, len(more.IPAccessControlLists)},
		{"credential list", &s.credentialLists, account.CredentialLists, len(more.CredentialLists)},
		{"domain", &s.domains, account.Domains, len(more.Domains)},
		{"trunk", &s.trunks, account.Trunks, len(more.Trunks)},
	} {
		for i, object := range kind.objects {
			sid, _ := object["sid"].(string)
			*kind.sids = append(*kind.sids, sid)
			if i < len(kind.objects)-kind.created {
				continue
			}
			name, _ := object["friendly_name"].(string)
			if domain, _ := object["domain_name"].(string); domain != "" && domain != name {
				name += "=" + domain
			}
			s.describe(kind.name, sid, name+place)
		}
	}
}

func (s *seeds) describe(kind, sid, text string) {
	s.lines = append(s.lines, fmt.Sprintf("%-15s %s  %s", kind, sid, text))
}
