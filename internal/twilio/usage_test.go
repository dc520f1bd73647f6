// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio_test

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

func startUsage(t *testing.T, config func(*mocktwilio.Server, *twilio.Config)) (*mocktwilio.Server, *twilio.Client) {
	t.Helper()
	server, err := mocktwilio.Start(mocktwilio.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	c := twilio.Config{AccountSID: server.AccountSID(), AuthToken: server.AuthToken(), BaseURL: server.URL()}
	if config != nil {
		config(server, &c)
	}
	client, err := twilio.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return server, client
}

func trunkSIDs(trunks []twilio.Trunk) []string {
	var sids []string
	for _, trunk := range trunks {
		sids = append(sids, trunk.SID)
	}
	return sids
}

func TestTrunksUsing(t *testing.T) {
	t.Parallel()
	server, client := startUsage(t, nil)
	used, others := server.CreateList("", "Used").SID, server.CreateList("", "Others").SID
	first, second := server.CreateTrunk("", "First", "").SID, server.CreateTrunk("", "Second", "").SID
	for i := range 10 {
		server.CreateTrunk("", fmt.Sprintf("Free %d", i), "")
	}
	server.AssociateList("", first, used)
	server.AssociateList("", second, used)
	server.AssociateList("", second, others)
	expect := func(list string, want ...string) {
		t.Helper()
		if got, err := client.TrunksUsing(t.Context(), "", list); err != nil || !slices.Equal(trunkSIDs(got), want) {
			t.Errorf("%v, %v; want %v", trunkSIDs(got), err, want)
		}
	}
	expect(used, first, second)
	expect(others, second)
	// One request for all trunks, one for each that checks addresses, and one to confirm each use.
	if got := len(server.Requests()); got != 1+2+3 {
		t.Errorf("%d requests", got)
	}
	// A use that another client ended is not reported from memory.
	server.DissociateList("", first, used)
	expect(used, second)
	// The client knows its own changes.
	if err := client.TrunkAttachments(second).Delete(t.Context(), used); err != nil {
		t.Fatal(err)
	}
	server.ResetRequests()
	expect(used)
	if got := len(server.Requests()); got != 1 {
		t.Errorf("%d requests, want the one that confirms", got)
	}
	if _, err := client.TrunkAttachments(first).Create(t.Context(), used); err != nil {
		t.Fatal(err)
	}
	expect(used, first)
}

func TestTrunksUsingInAnotherAccount(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]func(*mocktwilio.Server, *twilio.Config) string{
		"subaccount": func(server *mocktwilio.Server, _ *twilio.Config) string {
			sid, _ := server.AddSubaccount()
			return sid
		},
		"key of the parent": func(server *mocktwilio.Server, config *twilio.Config) string {
			sid, _ := server.AddSubaccount()
			config.AccountSID = sid
			config.APIKey, config.APISecret = server.AddAPIKey("")
			return sid
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var account string
			server, client := startUsage(t, func(server *mocktwilio.Server, c *twilio.Config) { account = config(server, c) })
			server.CreateTrunk("", "Parent's", "")
			_, err := client.TrunksUsing(t.Context(), account, server.CreateList(account, "Office").SID)
			if other, ok := errors.AsType[*twilio.OtherAccountError](err); !ok || other.AccountSID != account {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestUsageNamesDomainsAndTrunks(t *testing.T) {
	t.Parallel()
	server, client := startUsage(t, nil)
	used, others := server.CreateList("", "Used").SID, server.CreateList("", "Others").SID
	var want []string
	for i := range 120 {
		domain := server.CreateDomain("", fmt.Sprintf("domain-%d.sip.twilio.com", i), "").SID
		switch {
		case i == 3 || i == 97:
			server.MapList("", domain, used)
			want = append(want, domain)
		case i%2 == 0:
			server.MapList("", domain, others)
		}
	}
	trunk := server.CreateTrunk("", "Carrier", "").SID
	server.AssociateList("", trunk, used)
	usage, err := client.IPAccessControlListUsage(t.Context(), "", used)
	var got []string
	for _, domain := range usage.Domains {
		got = append(got, domain.SID)
	}
	if err != nil || !slices.Equal(got, want) || !slices.Equal(trunkSIDs(usage.Trunks), []string{trunk}) || usage.Incomplete {
		t.Errorf("%v, %v, %t, %v", got, trunkSIDs(usage.Trunks), usage.Incomplete, err)
	}
}

// TestUsageIsBounded checks at most 100 domains and reports that there are more.
func TestUsageIsBounded(t *testing.T) {
	t.Parallel()
	server, client := startUsage(t, nil)
	list := server.CreateList("", "Office").SID
	addDomains := func(from, to int) {
		for i := from; i < to; i++ {
			server.MapList("", server.CreateDomain("", fmt.Sprintf("domain-%d.sip.twilio.com", i), "").SID, list)
		}
	}
	addDomains(0, 100)
	usage, err := client.IPAccessControlListUsage(t.Context(), "", list)
	if err != nil || len(usage.Domains) != 100 || usage.Incomplete {
		t.Errorf("%d domains, %t, %v", len(usage.Domains), usage.Incomplete, err)
	}
	addDomains(100, 130)
	before := len(server.Requests())
	usage, err = client.IPAccessControlListUsage(t.Context(), "", list)
	if err != nil || len(usage.Domains) != 100 || !usage.Incomplete {
		t.Errorf("%d domains, %t, %v", len(usage.Domains), usage.Incomplete, err)
	}
	// The page of trunks was requested the first time.
	if got := len(server.Requests()) - before; before != 1+100+1 || got != 1+100 {
		t.Errorf("%d requests, and %d", before, got)
	}
}

// TestUsageGivesWhatItFound returns the trunks even if the domains cannot be read.
func TestUsageGivesWhatItFound(t *testing.T) {
	t.Parallel()
	server, client := startUsage(t, nil)
	list, trunk := server.CreateList("", "Office").SID, server.CreateTrunk("", "Carrier", "").SID
	server.AssociateList("", trunk, list)
	server.AddFault(mocktwilio.Fault{Path: `/Domains\.json$`, Kind: mocktwilio.FaultStatus, Status: http.StatusForbidden, Count: -1})
	usage, err := client.IPAccessControlListUsage(t.Context(), "", list)
	if e, ok := errors.AsType[*twilio.Error](err); !ok || e.Reason != twilio.Forbidden || !slices.Equal(trunkSIDs(usage.Trunks), []string{trunk}) {
		t.Errorf("%v, %v", trunkSIDs(usage.Trunks), err)
	}
}

// TestReadsOfDomainsAndTrunksShareFetches counts the requests of many lookups, before and after writes that change their results.
func TestReadsOfDomainsAndTrunksShareFetches(t *testing.T) {
	t.Parallel()
	server, client := startUsage(t, nil)
	list := server.CreateList("", "Office").SID
	domain, trunk := server.CreateDomain("", "office.sip.twilio.com", "").SID, server.CreateTrunk("", "Office", "").SID
	read := func(authType string) {
		t.Helper()
		domains, domainsErr := client.AllDomains(t.Context(), "")
		trunks, trunksErr := client.AllTrunks(t.Context())
		oneDomain, domainErr := client.Domain(t.Context(), "", domain)
		oneTrunk, trunkErr := client.Trunk(t.Context(), trunk)
		if err := errors.Join(domainsErr, trunksErr, domainErr, trunkErr); err != nil {
			t.Fatal(err)
		}
		got := []string{domains[0].AuthType, trunks[0].AuthType, oneDomain.AuthType, oneTrunk.AuthType}
		if !slices.Equal(got, slices.Repeat([]string{authType}, 4)) {
			t.Errorf("auth types %q, want %q", got, authType)
		}
	}
	reads := func() int {
		count := 0
		for _, request := range server.Requests() {
			if request.Method == http.MethodGet && !strings.Contains(request.Path, "AccessControl") {
				count++
			}
		}
		server.ResetRequests()
		return count
	}
	read("")
	read("")
	if got := reads(); got != 2 {
		t.Errorf("%d reads", got)
	}
	if _, err := client.DomainAttachments("", domain).Create(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	if _, err := client.TrunkAttachments(trunk).Create(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	read("IP_ACL")
	if err := client.DomainAttachments("", domain).Delete(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	if err := client.TrunkAttachments(trunk).Delete(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	read("")
	if got := reads(); got != 4 {
		t.Errorf("%d reads", got)
	}
}
