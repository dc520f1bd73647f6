// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package accesslist_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

func TestQueryIPAccessControlLists(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	first, second := m.CreateList("", "Branch 1").SID, m.CreateList("", "Branch 2").SID
	for i := range 998 {
		m.CreateList("", fmt.Sprintf("Office %d", i))
	}
	m.CreateAddress("", first, "198.51.100.7", 32, "pbx")
	const lists = "twilio_sip_ip_access_control_list"

	if results, problems := m.Query(lists, nil, 10_000, false); len(results) != 1000 || len(problems) > 0 {
		t.Errorf("%d results, %v", len(results), problems)
	}
	if got := m.RequestLines(); len(got) != 1 {
		t.Errorf("1,000 lists took %q", got)
	}
	results, problems := m.Query(lists, map[string]any{"friendly_name_prefix": "Branch"}, 100, true)
	if len(problems) > 0 || !slices.Equal(acctest.DisplayNames(results), []string{"Branch 1 (" + first + ")", "Branch 2 (" + second + ")"}) {
		t.Fatalf("%v, %v", results, problems)
	}
	if id := results[0].Identity; id["account_sid"] != m.AccountSID() || id["sid"] != first {
		t.Errorf("identity %v", id)
	}
	if r := results[1].Resource; r["friendly_name"] != "Branch 2" || r["ip_addresses"] != nil || r["sid"] != second {
		t.Errorf("resource %v", r)
	}
	if results, _ := m.Query(lists, map[string]any{"friendly_name_prefix": "Office"}, 3, false); len(results) != 3 {
		t.Errorf("a limit of 3 gave %q", acctest.DisplayNames(results))
	}

	m.RequestLines()
	results, problems = m.Query(lists, map[string]any{"friendly_name_prefix": "Branch", "include_ip_addresses": true}, 1, true)
	if len(results) != 1 || len(problems) > 0 || fmt.Sprint(results[0].Resource["ip_addresses"]) != "map[198.51.100.7:pbx]" {
		t.Errorf("%v, %v", results, problems)
	}
	if got := m.RequestLines(); !slices.Equal(got, []string{"GET /IpAccessControlLists", readAddresses}) {
		t.Errorf("requests %q", got)
	}

	sub, _ := m.AddSubaccount()
	inSub := m.CreateList(sub, "Sub").SID
	if results, _ := m.Query(lists, map[string]any{"account_sid": sub}, 100, false); len(results) != 1 || results[0].Identity["sid"] != inSub || results[0].Identity["account_sid"] != sub {
		t.Errorf("subaccount: %v", results)
	}
	if results, problems := m.Query(lists, map[string]any{"account_sid": "AC00000000000000000000000000000002"}, 100, false); len(results) != 0 || len(problems) != 1 ||
		!strings.Contains(problems[0].Detail, "Check that the account exists") {
		t.Errorf("%v, %v", results, problems)
	}
}

func TestQueryStopsAtTheLimit(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	for i := range 1500 {
		m.CreateList("", fmt.Sprintf("Office %d", i))
	}
	for limit, pages := range map[int64]int{1000: 1, 1001: 2} {
		results, problems := m.Query("twilio_sip_ip_access_control_list", nil, limit, false)
		if got := m.RequestLines(); int64(len(results)) != limit || len(problems) > 0 || len(got) != pages {
			t.Errorf("a limit of %d gave %d results with %q", limit, len(results), got)
		}
	}
}

func TestQueryIPAddresses(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	list := m.CreateList("", "Office").SID
	pbx := m.CreateAddress("", list, "198.51.100.7", 32, "pbx").SID
	carrier := m.CreateAddress("", list, "203.0.113.0", 24, "carrier").SID
	config := map[string]any{"ip_access_control_list_sid": list}
	results, problems := m.Query("twilio_sip_ip_address", config, 100, true)
	if len(problems) > 0 || !slices.Equal(acctest.DisplayNames(results), []string{"198.51.100.7/32 pbx (" + pbx + ")", "203.0.113.0/24 carrier (" + carrier + ")"}) {
		t.Fatalf("%v, %v", results, problems)
	}
	if id := results[0].Identity; id["account_sid"] != m.AccountSID() || id["ip_access_control_list_sid"] != list || id["sid"] != pbx {
		t.Errorf("identity %v", id)
	}
	for name, want := range map[string]string{"friendly_name": "carrier", "ip_address": "203.0.113.0", "ip_access_control_list_sid": list, "cidr_block": "203.0.113.0/24"} {
		if got := results[1].Resource[name]; got != want {
			t.Errorf("%s is %v, not %s", name, got, want)
		}
	}
	if results, _ := m.Query("twilio_sip_ip_address", config, 1, false); len(results) != 1 {
		t.Errorf("a limit of 1 gave %q", acctest.DisplayNames(results))
	}
	if results, problems := m.Query("twilio_sip_ip_address", map[string]any{"ip_access_control_list_sid": acctest.ListSID}, 1, false); len(results) != 0 || len(problems) != 1 {
		t.Errorf("%v, %v", results, problems)
	}
}
