// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package accesslist_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// usageFixture is an account with a list that Terraform manages, and with domains and trunks that use another list or none.
type usageFixture struct {
	*acctest.Mock
	*acctest.CLI
	list, domain, trunk string
}

func startUsageFixture(t *testing.T, options mocktwilio.Options) *usageFixture {
	t.Helper()
	m := acctest.StartMockWith(t, options)
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+acctest.ListConfig("Office"))
	c.Run("init")
	c.Run("apply", "-auto-approve")
	f := &usageFixture{Mock: m, CLI: c, list: m.OnlyListSID()}
	f.domain = m.CreateDomain("", "office.sip.twilio.com", "Head office").SID
	f.trunk = m.CreateTrunk("", "Carrier", "carrier.pstn.twilio.com").SID
	others := m.CreateList("", "Others").SID
	for i := range 5 {
		m.MapList("", m.CreateDomain("", fmt.Sprintf("other-%d.sip.twilio.com", i), "").SID, others)
		m.AssociateList("", m.CreateTrunk("", fmt.Sprintf("Other %d", i), "").SID, others)
		m.CreateDomain("", fmt.Sprintf("free-%d.sip.twilio.com", i), "")
		m.CreateTrunk("", fmt.Sprintf("Free %d", i), "")
	}
	m.ResetRequests()
	return f
}

// destroy destroys only the list, and returns the output on one line and the exit status.
func (f *usageFixture) destroy() (string, int) {
	f.CLI.T.Helper()
	output, status := f.Try("terraform", "destroy", "-auto-approve", "-no-color", "-refresh=false", "-target="+listResource)
	return strings.Join(strings.Fields(output), " "), status
}

// expectRefused checks that the destroy failed, that the list still exists, and that the output has all the words.
func (f *usageFixture) expectRefused(output string, status int, words ...string) {
	f.CLI.T.Helper()
	if status == 0 {
		f.CLI.T.Errorf("the destroy succeeded:\n%s", output)
	}
	for _, word := range words {
		if !strings.Contains(output, word) {
			f.CLI.T.Errorf("%q is missing in:\n%s", word, output)
		}
	}
	if lists := f.Lists(""); len(lists) != 2 {
		f.CLI.T.Errorf("lists: %v", lists)
	}
	if stored := f.State(); len(stored) != 1 {
		f.CLI.T.Errorf("state: %v", stored)
	}
}

func TestDeleteListUsedByTrunk(t *testing.T) {
	t.Parallel()
	f := startUsageFixture(t, mocktwilio.Options{})
	f.AssociateList("", f.trunk, f.list)
	f.MapList("", f.domain, f.list)
	output, status := f.destroy()
	f.expectRefused(output, status,
		"Error: Cannot delete IP access control list "+f.list+" IP access control list "+f.list+` ("Office") in account `+f.AccountSID()+" is still in use, so it was not deleted. Nothing was changed.",
		`The list is attached to: SIP domain "Head office", office.sip.twilio.com (`+f.domain+`) Elastic SIP trunk "Carrier", carrier.pstn.twilio.com (`+f.trunk+")",
		"terraform import ADDRESS "+f.AccountSID()+"/"+f.domain+"/"+f.list, "terraform import ADDRESS "+f.trunk+"/"+f.list, "terraform state rm ADDRESS",
		"apply, and destroy again: terraform import ADDRESS "+f.AccountSID()+"/"+f.domain+" terraform import ADDRESS "+f.trunk+" -")
	f.ExpectNoWrites()
	if len(f.Associations("", f.trunk)) != 1 || len(f.Mappings("", f.domain)) != 1 {
		t.Error("the list is no longer in force")
	}

	f.DissociateList("", f.trunk, f.list)
	f.UnmapList("", f.domain, f.list)
	f.ResetRequests()
	if output, status := f.destroy(); status != 0 {
		t.Fatal(output)
	}
	// The plan and the apply each make one request for all trunks, one for each trunk that has lists, and none for domains.
	got := f.RequestLines()
	check := append([]string{"GET /Trunks"}, slices.Repeat([]string{"GET /Trunks/TK/IpAccessControlLists"}, 5)...)
	want := slices.Concat(check, check, []string{"DELETE /IpAccessControlLists/AL"})
	if !slices.Equal(got, want) {
		t.Errorf("requests: %q", got)
	}
}

func TestDeleteListMappedToDomain(t *testing.T) {
	t.Parallel()
	f := startUsageFixture(t, mocktwilio.Options{})
	f.MapList("", f.domain, f.list)
	output, status := f.destroy()
	f.expectRefused(output, status,
		"Deleting IP access control list "+f.list+" in account "+f.AccountSID()+" failed: Twilio rejected the request.",
		`The list is attached to: SIP domain "Head office", office.sip.twilio.com (`+f.domain+`) Twilio error 21236`,
		"To delete the list, detach it first")
	if got := f.WriteLines(); !slices.Equal(got, []string{"DELETE /IpAccessControlLists/AL"}) {
		t.Errorf("writes were %q", got)
	}
}

func TestDeleteRejectedWithoutKnownUsage(t *testing.T) {
	t.Parallel()
	f := startUsageFixture(t, mocktwilio.Options{TrunkBlocksListDelete: true})
	// Twilio refuses the delete although the check found no trunk, as if the list had been attached after the check.
	f.AddFault(mocktwilio.Fault{Method: "DELETE", Path: "/IpAccessControlLists/", Kind: mocktwilio.FaultStatus, Status: http.StatusBadRequest, Code: 21236, Message: "In use"})
	output, status := f.destroy()
	f.expectRefused(output, status, "Twilio rejected the request. The provider found no SIP domain or Elastic SIP trunk that uses the list. Twilio error 21236: In use")
}

// TestDeleteRejectedAndUsageLookupFails checks that the diagnostic has Twilio's response even if the lookup fails.
func TestDeleteRejectedAndUsageLookupFails(t *testing.T) {
	t.Parallel()
	f := startUsageFixture(t, mocktwilio.Options{})
	f.MapList("", f.domain, f.list)
	f.AddFault(mocktwilio.Fault{Method: "GET", Path: `/Domains\.json`, Count: -1, Kind: mocktwilio.FaultStatus, Status: http.StatusForbidden, Code: 20403, Message: "No permission"})
	output, status := f.destroy()
	f.expectRefused(output, status, "failed: Twilio rejected the request.", "The provider could not check all domains and trunks:", "forbidden (403, code 20403): No permission", "Twilio error 21236")
}

// TestDeleteWhenTrunkCheckFails checks that a list is not deleted if the provider cannot determine whether a trunk uses it.
func TestDeleteWhenTrunkCheckFails(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fault mocktwilio.Fault
		words []string
	}{
		"forbidden": {
			mocktwilio.Fault{Kind: mocktwilio.FaultStatus, Status: http.StatusForbidden, Code: 20403, Message: "No permission", Count: -1},
			[]string{"the credentials do not have permission for this request.", "This check failed, so the list was not deleted. Nothing was changed.", "allow it to read Elastic SIP trunks", "Request: GET /v1/Trunks"},
		},
		"not authenticated": {
			mocktwilio.Fault{Kind: mocktwilio.FaultStatus, Status: http.StatusUnauthorized, Code: 20003, Message: "Authenticate", Count: -1},
			[]string{"Twilio did not accept the credentials.", "This check failed, so the list was not deleted.", "allow it to read Elastic SIP trunks"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := startUsageFixture(t, mocktwilio.Options{})
			test.fault.Path = "^/v1/Trunks"
			f.AddFault(test.fault)
			output, status := f.destroy()
			f.expectRefused(output, status, append(test.words, "Error: Cannot delete IP access control list "+f.list)...)
			f.ExpectNoWrites()
		})
	}
}

// TestDeleteWithoutTrunking deletes a list in an account for which the trunking API answers 404.
func TestDeleteWithoutTrunking(t *testing.T) {
	t.Parallel()
	f := startUsageFixture(t, mocktwilio.Options{})
	f.AddFault(mocktwilio.Fault{Path: "^/v1/Trunks", Kind: mocktwilio.FaultStatus, Status: http.StatusNotFound, Code: 20404, Count: -1})
	if output, status := f.destroy(); status != 0 {
		t.Error(output)
	}
}

// TestDeletesShareTrunkReads checks that the deletes of many lists share the requests that check trunks.
func TestDeletesShareTrunkReads(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	trunk := m.CreateTrunk("", "Carrier", "").SID
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+fmt.Sprintf(`
resource "twilio_sip_ip_access_control_list" "test" {
  count         = 12
  friendly_name = "Office ${count.index}"
}

resource "twilio_sip_trunking_ip_access_control_list" "test" {
  count                      = 12
  trunk_sid                  = %q
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.test[count.index].sid
}
`, trunk))
	c.Run("init")
	c.Run("apply", "-auto-approve")
	m.ResetRequests()
	c.Run("destroy", "-auto-approve", "-refresh=false")
	reads := slices.DeleteFunc(m.RequestLines(), func(request string) bool { return !strings.HasPrefix(request, "GET ") })
	// Two reads for the plan and two for the apply.
	if len(reads) > 4 || len(m.Lists("")) > 0 {
		t.Errorf("read %q; left: %v", reads, m.Lists(""))
	}
}

// TestDeleteInSubaccountWarns checks that the plan warns if the trunks of a subaccount are not visible.
func TestDeleteInSubaccountWarns(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	subaccount, _ := m.AddSubaccount()
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+fmt.Sprintf(`
resource "twilio_sip_ip_access_control_list" "test" {
  account_sid   = %q
  friendly_name = "Office"
}
`, subaccount))
	c.Run("init")
	c.Run("apply", "-auto-approve")
	output := strings.Join(strings.Fields(c.Run("plan", "-destroy", "-no-color")), " ")
	if !strings.Contains(output, "Warning: Cannot check Elastic SIP trunks for IP access control list "+m.Lists(subaccount)[0].SID) || !strings.Contains(output, "belongs to account "+subaccount) {
		t.Error(output)
	}
	m.ResetRequests()
	c.Run("destroy", "-auto-approve", "-refresh=false")
	if got := m.RequestLines(); !slices.Equal(got, []string{"DELETE /IpAccessControlLists/AL"}) {
		t.Errorf("requests: %q", got)
	}
}

// trunkWarning is part of the summary of the warning that a trunk uses a list that is planned to be destroyed.
const trunkWarning = "is used by an Elastic SIP trunk"

// TestPlanToDeleteListUsedByTrunk checks the warning about trunks that use a list, and the requests that it needs.
func TestPlanToDeleteListUsedByTrunk(t *testing.T) {
	t.Parallel()
	f := startUsageFixture(t, mocktwilio.Options{})
	plan := func() string {
		return strings.Join(strings.Fields(f.Run("plan", "-destroy", "-no-color", "-refresh=false")), " ")
	}
	if output := plan(); strings.Contains(output, trunkWarning) {
		t.Error(output)
	}
	f.AssociateList("", f.trunk, f.list)
	f.ResetRequests()
	output := plan()
	for _, word := range []string{
		"Warning: IP access control list " + f.list + " " + trunkWarning, `("Office") in account ` + f.AccountSID(), "The apply fails unless it detaches the list first",
		`Elastic SIP trunk "Carrier", carrier.pstn.twilio.com (` + f.trunk + ")", "terraform import ADDRESS " + f.trunk + "/" + f.list,
	} {
		if !strings.Contains(output, word) {
			t.Errorf("%q is missing in:\n%s", word, output)
		}
	}
	// One request for all trunks, and one for each trunk that has lists.
	got, want := f.RequestLines(), append([]string{"GET /Trunks"}, slices.Repeat([]string{"GET /Trunks/TK/IpAccessControlLists"}, 6)...)
	if !slices.Equal(got, want) {
		t.Errorf("requests: %q", got)
	}
	// If the check fails, the plan says nothing, and the delete checks again.
	f.AddFault(mocktwilio.Fault{Path: "^/v1/Trunks", Kind: mocktwilio.FaultStatus, Status: http.StatusForbidden, Code: 20403, Count: -1})
	if output := plan(); strings.Contains(output, "Warning:") {
		t.Error(output)
	}
}

// TestPlanToDeleteListsWithAssociations checks that the plan does not warn if it also destroys the associations, no matter in
// which order Terraform plans them.
func TestPlanToDeleteListsWithAssociations(t *testing.T) {
	t.Parallel()
	for _, count := range []int{2, 24} {
		t.Run(fmt.Sprint(count), func(t *testing.T) {
			t.Parallel()
			m := acctest.StartMock(t)
			trunk, byHand := m.CreateTrunk("", "Carrier", "").SID, m.CreateTrunk("", "By hand", "").SID
			c := m.NewCLI(nil)
			c.Write("main.tf", m.RootConfig()+fmt.Sprintf(`
resource "twilio_sip_ip_access_control_list" "test" {
  count         = %d
  friendly_name = "Office ${count.index}"
}

resource "twilio_sip_trunking_ip_access_control_list" "test" {
  count                      = %[1]d
  trunk_sid                  = %q
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.test[count.index].sid
}
`, count, trunk))
			c.Run("init")
			c.Run("apply", "-auto-approve")
			list := m.Lists("")[0].SID
			expectWarnings := func(warnings int, args ...string) {
				t.Helper()
				output := c.Run(append([]string{"plan", "-no-color"}, args...)...)
				if got := strings.Count(output, trunkWarning); got != warnings {
					t.Errorf("plan %q has %d warnings, not %d:\n%s", args, got, warnings, output)
				}
			}
			expectWithoutRefresh := func(args ...string) {
				t.Helper()
				m.ResetRequests()
				expectWarnings(0, append(args, "-refresh=false")...)
				got := m.RequestLines()
				slices.Sort(got)
				// The plans of lists and associations share these requests.
				if !slices.Equal(got, []string{"GET /Trunks", "GET /Trunks/TK/IpAccessControlLists"}) {
					t.Errorf("requests: %q", got)
				}
			}
			expectWarnings(0, "-destroy")
			expectWithoutRefresh("-destroy")
			m.AssociateList("", byHand, list)
			expectWarnings(1, "-destroy")
			m.DissociateList("", byHand, list)

			c.Write("main.tf", m.RootConfig())
			expectWarnings(0)
			expectWithoutRefresh()
			// With more lists than may wait, the warning would not be shown.
			if count == 2 {
				m.AssociateList("", byHand, list)
				expectWarnings(1)
				m.DissociateList("", byHand, list)
			}
			output := c.Run("apply", "-auto-approve", "-no-color")
			if strings.Contains(output, trunkWarning) || len(m.Lists("")) > 0 {
				t.Error(output)
			}
		})
	}
}
