// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipaddress_test

import (
	"slices"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

func TestQueryIPAddresses(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	list := m.CreateList("", "Office").SID
	pbx := m.CreateAddress("", list, "198.51.100.7", 32, "pbx").SID
	carrier := m.CreateAddress("", list, "203.0.113.0", 24, "carrier").SID
	config := map[string]any{"ip_access_control_list_sid": list}
	results, diagnostics := m.Query("twilio_sip_ip_address", config, 100, true)
	if len(diagnostics) > 0 || !slices.Equal(acctest.DisplayNames(results), []string{"198.51.100.7/32 pbx (" + pbx + ")", "203.0.113.0/24 carrier (" + carrier + ")"}) {
		t.Fatalf("%v, %v", results, diagnostics)
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
	if results, diagnostics := m.Query("twilio_sip_ip_address", map[string]any{"ip_access_control_list_sid": acctest.ListSID}, 1, false); len(results) != 0 || len(diagnostics) != 1 {
		t.Errorf("%v, %v", results, diagnostics)
	}
}
