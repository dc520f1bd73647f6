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
	m.CreateAddress("", first, "198.51.100.7", 32, "the same again")
	const lists = "twilio_sip_ip_access_control_list"

	if results, diagnostics := m.Query(lists, nil, 10_000, false); len(results) != 1000 || len(diagnostics) > 0 {
		t.Errorf("%d results, %v", len(results), diagnostics)
	}
	if got := m.RequestLines(); len(got) != 1 {
		t.Errorf("1,000 lists took %q", got)
	}
	results, diagnostics := m.Query(lists, map[string]any{"friendly_name_prefix": "Branch"}, 100, true)
	if len(diagnostics) > 0 || !slices.Equal(acctest.DisplayNames(results), []string{"Branch 1 (" + first + ")", "Branch 2 (" + second + ")"}) {
		t.Fatalf("%v, %v", results, diagnostics)
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
	results, diagnostics = m.Query(lists, map[string]any{"friendly_name_prefix": "Branch", "include_ip_addresses": true}, 1, true)
	if len(results) != 1 || len(diagnostics) > 0 || fmt.Sprint(results[0].Resource["ip_addresses"]) != "map[198.51.100.7:pbx]" {
		t.Errorf("%v, %v", results, diagnostics)
	}
	if got := m.RequestLines(); !slices.Equal(got, []string{"GET /IpAccessControlLists", readAddresses}) {
		t.Errorf("requests %q", got)
	}

	subaccount, _ := m.AddSubaccount()
	inSubaccount := m.CreateList(subaccount, "Sub").SID
	if results, _ := m.Query(lists, map[string]any{"account_sid": subaccount}, 100, false); len(results) != 1 || results[0].Identity["sid"] != inSubaccount || results[0].Identity["account_sid"] != subaccount {
		t.Errorf("subaccount: %v", results)
	}
	if results, diagnostics := m.Query(lists, map[string]any{"account_sid": "AC00000000000000000000000000000002"}, 100, false); len(results) != 0 || len(diagnostics) != 1 ||
		!strings.Contains(diagnostics[0].Detail, "Check that the account exists") {
		t.Errorf("%v, %v", results, diagnostics)
	}
}

func TestQueryStopsAtTheLimit(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	for i := range 1500 {
		m.CreateList("", fmt.Sprintf("Office %d", i))
	}
	for limit, pages := range map[int64]int{1000: 1, 1001: 2} {
		results, diagnostics := m.Query("twilio_sip_ip_access_control_list", nil, limit, false)
		if got := m.RequestLines(); int64(len(results)) != limit || len(diagnostics) > 0 || len(got) != pages {
			t.Errorf("a limit of %d gave %d results with %q", limit, len(results), got)
		}
	}
}
