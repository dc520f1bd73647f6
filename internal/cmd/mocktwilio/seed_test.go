// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"strings"
	"testing"
)

// TestSeedsAreChecked starts with objects that Twilio would reject.
func TestSeedsAreChecked(t *testing.T) {
	t.Parallel()
	addresses := make([]string, 101)
	for i := range addresses {
		addresses[i] = fmt.Sprintf("192.0.2.%d", i)
	}
	for _, test := range []struct {
		args    []string
		problem string
	}{
		{[]string{"--seed-lists", "1001"}, "1000"},
		{[]string{"--seed-lists", "1000", "--list", "one more"}, "1000"},
		{[]string{"--subaccounts", "1001"}, "at most 1000"},
		{[]string{"--list", "v6=2001:db8::1"}, `must be IPv4 addresses or CIDR blocks such as 198.51.100.7 or 203.0.113.0/24; got "2001:db8::1"`},
		{[]string{"--list", "many=" + strings.Join(addresses, ",")}, "100"},
		{[]string{"--list", strings.Repeat("x", 256)}, "255 characters"},
		{repeat(101, "--domain", "d%d.sip.twilio.com"), "101 domains"},
		{repeat(101, "--trunk", "t%d"), "101 trunks"},
		{[]string{"--domain", "foo"}, "foo"},
		{[]string{"--domain", "foo.pstn.twilio.com"}, "sip.twilio.com"},
		{[]string{"--domain", "-foo.sip.twilio.com"}, "-foo"},
		{[]string{"--domain", strings.Repeat("x", 65) + ".sip.twilio.com"}, "64 characters"},
		{[]string{"--domain", "a.sip.twilio.com", "--domain", "a.sip.twilio.com"}, "already exists"},
		{[]string{"--domain", "a.sip.twilio.com", "--subaccounts", "1", "--in-subaccount", "1", "--domain", "a.sip.twilio.com"}, "already exists"},
		{[]string{"--trunk", "main=foo"}, "pstn.twilio.com"},
		{[]string{"--trunk", "main="}, "domain"},
		{[]string{"--trunk", "=a.pstn.twilio.com"}, "name"},
		{[]string{"--trunk", strings.Repeat("x", 65)}, "64 characters"},
		{[]string{"--trunk", "a=a.pstn.twilio.com", "--trunk", "b=a.pstn.twilio.com"}, "already exists"},
		{[]string{"--credential-list", "=anna"}, "name"},
		{[]string{"--credential-list", strings.Repeat("x", 65)}, "64 characters"},
		{[]string{"--credential-list", "phones=" + strings.Repeat("x", 33)}, "32 characters"},
		{[]string{"--credential-list", "phones=anna,anna"}, "anna"},
		{[]string{"--refuse-equal-addresses", "--list", "office=203.0.113.0/24,203.0.113.7/24"}, "203.0.113.0/24"},
		{[]string{"--subaccounts", "1", "--in-subaccount", "2", "--list", "a"}, "--in-subaccount 2: there is only 1 subaccount"},
		{[]string{"--in-subaccount", "1", "--list", "a"}, "--in-subaccount 1: there are no subaccounts; set --subaccounts to at least 1"},
		{[]string{"--in-subaccount", "-1"}, "number of a subaccount"},
		{[]string{"--in-subaccount", "AC1"}, "number of a subaccount"},
	} {
		got := runAs(t, "exit 7", append(test.args, "--", self(t))...)
		if got.status != exitUsage || got.stdout != "" {
			t.Errorf("%.80q: %+v", test.args, got)
		}
		wantContains(t, fmt.Sprintf("%.80q", test.args), got.stderr, "mocktwilio: ", test.problem)
	}
}

// repeat returns a flag n times, with the number in its value.
func repeat(n int, flag, value string) []string {
	var args []string
	for i := range n {
		args = append(args, flag, fmt.Sprintf(value, i))
	}
	return args
}

// TestSeedsThatTwilioAllows starts with the maximum number of objects.
func TestSeedsThatTwilioAllows(t *testing.T) {
	t.Parallel()
	got := runAs(t, "exit 7", "--seed-lists", "999", "--list", strings.Repeat("é", 255)+"=203.0.113.0/24,203.0.113.7/24", "--domain", "Example-1.sip.us1.twilio.com",
		"--trunk", "a", "--trunk", "b=b.pstn.twilio.com", "--credential-list", "phones", "--", self(t))
	if got.status != 7 {
		t.Errorf("%+v", got)
	}
}

// TestObjectsInSubaccounts reads objects with the credentials of their account.
func TestObjectsInSubaccounts(t *testing.T) {
	t.Parallel()
	const api = "/2010-04-01/Accounts/{}/SIP/"
	got := runAs(t, "subaccounts", "--subaccounts", "2", "--list", "main", "--in-subaccount", "2", "--list", "second=203.0.113.7", "--domain", "second.sip.twilio.com",
		"--trunk", "second", "--credential-list", "second", "--in-subaccount", "1", "--list", "first", "--in-subaccount", "0", "--list", "main too", "--", self(t),
		api+"IpAccessControlLists.json", api+"CredentialLists.json", api+"Domains.json", "/v1/Trunks")
	var names []string
	for line := range strings.Lines(got.stdout) {
		names = append(names, strings.TrimSpace(line))
	}
	want := []string{
		"account: main, main too", "account:", "account:", "account:",
		"subaccount 1: first", "subaccount 1:", "subaccount 1:", "subaccount 1:",
		"subaccount 2: second", "subaccount 2: second", "subaccount 2: second.sip.twilio.com", "subaccount 2: second",
	}
	if strings.Join(names, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s\nwant %s\n%s", strings.Join(names, "\n"), strings.Join(want, "\n"), got.stderr)
	}
	// Each line says which account the object is in.
	subaccounts := map[string]string{}
	for line := range strings.Lines(got.stderr) {
		if words := strings.Fields(line); len(words) > 3 && words[0] == "subaccount" {
			subaccounts[words[1]] = words[3]
		}
	}
	if len(subaccounts) != 2 || strings.Count(got.stderr, "  in AC") != 5 {
		t.Errorf("%s", got.stderr)
	}
}
