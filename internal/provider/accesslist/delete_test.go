// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package accesslist_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// inUse is an account with a list that Terraform manages, among domains and trunks that use others.
type inUse struct {
	*acctest.Mock
	*acctest.CLI
	list, domain, trunk string
}

func startInUse(t *testing.T, options mocktwilio.Options) *inUse {
	t.Helper()
	m := acctest.StartMockWith(t, options)
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+acctest.ListConfig("Office"))
	c.Run("init")
	c.Run("apply", "-auto-approve")
	u := &inUse{Mock: m, CLI: c, list: m.OnlyListSID()}
	u.domain = m.CreateDomain("", "office.sip.twilio.com", "Head office").SID
	u.trunk = m.CreateTrunk("", "Carrier", "carrier.pstn.twilio.com").SID
	others := m.CreateList("", "Others").SID
	for i := range 5 {
		m.MapList("", m.CreateDomain("", fmt.Sprintf("other-%d.sip.twilio.com", i), "").SID, others)
		m.AssociateList("", m.CreateTrunk("", fmt.Sprintf("Other %d", i), "").SID, others)
		m.CreateDomain("", fmt.Sprintf("free-%d.sip.twilio.com", i), "")
		m.CreateTrunk("", fmt.Sprintf("Free %d", i), "")
	}
	m.ResetRequests()
	return u
}

// destroy tries to destroy the list alone, and gives what was said on one line.
func (u *inUse) destroy() (string, int) {
	u.CLI.T.Helper()
	output, status := u.Try("terraform", "destroy", "-auto-approve", "-no-color", "-refresh=false", "-target="+listAddress)
	return strings.Join(strings.Fields(output), " "), status
}

// refused demands that the list is still there and that the output has all the words, which may be wrapped.
func (u *inUse) refused(output string, status int, words ...string) {
	u.CLI.T.Helper()
	if status == 0 {
		u.CLI.T.Errorf("the destroy succeeded:\n%s", output)
	}
	for _, word := range words {
		if !strings.Contains(output, word) {
			u.CLI.T.Errorf("%q is missing in:\n%s", word, output)
		}
	}
	if lists := u.Lists(""); len(lists) != 2 {
		u.CLI.T.Errorf("lists: %v", lists)
	}
	if stored := u.State(); len(stored) != 1 {
		u.CLI.T.Errorf("state: %v", stored)
	}
}

func TestListOfTrunkIsNotDeleted(t *testing.T) {
	t.Parallel()
	u := startInUse(t, mocktwilio.Options{})
	u.AssociateList("", u.trunk, u.list)
	u.MapList("", u.domain, u.list)
	output, status := u.destroy()
	u.refused(output, status,
		"Error: Cannot delete IP access control list IP access control list "+u.list+` ("Office") in account `+u.AccountSID()+" is in use. It was not deleted, and nothing was changed.",
		`Calls are checked against it by: SIP domain "Head office", office.sip.twilio.com (`+u.domain+`) Elastic SIP trunk "Carrier", carrier.pstn.twilio.com (`+u.trunk+")",
		"terraform import ADDRESS "+u.AccountSID()+"/"+u.domain+"/"+u.list, "terraform import ADDRESS "+u.trunk+"/"+u.list, "terraform state rm ADDRESS")
	u.ExpectNoWrites()
	if len(u.Associations("", u.trunk)) != 1 || len(u.Mappings("", u.domain)) != 1 {
		t.Error("the list is no longer in force")
	}

	u.DissociateList("", u.trunk, u.list)
	u.UnmapList("", u.domain, u.list)
	u.ResetRequests()
	if output, status := u.destroy(); status != 0 {
		t.Fatal(output)
	}
	// One request for all trunks and one for each that checks addresses; none for a domain.
	got := u.RequestLines()
	want := []string{"GET /Trunks", "GET /Trunks/TK/IpAccessControlLists", "GET /Trunks/TK/IpAccessControlLists", "GET /Trunks/TK/IpAccessControlLists",
		"GET /Trunks/TK/IpAccessControlLists", "GET /Trunks/TK/IpAccessControlLists", "DELETE /IpAccessControlLists/AL"}
	if !slices.Equal(got, want) {
		t.Errorf("requests: %q", got)
	}
}

func TestRefusedDeleteNamesDomains(t *testing.T) {
	t.Parallel()
	u := startInUse(t, mocktwilio.Options{})
	u.MapList("", u.domain, u.list)
	output, status := u.destroy()
	u.refused(output, status,
		"Deleting IP access control list "+u.list+" in account "+u.AccountSID()+" failed: Twilio rejected the request.",
		`Calls are checked against it by: SIP domain "Head office", office.sip.twilio.com (`+u.domain+`) Twilio's error 21235`,
		"To delete the list, take it out of use first")
	if got := u.WriteLines(); !slices.Equal(got, []string{"DELETE /IpAccessControlLists/AL"}) {
		t.Errorf("writes were %q", got)
	}
}

func TestRefusedDeleteWhenTrunksCount(t *testing.T) {
	t.Parallel()
	u := startInUse(t, mocktwilio.Options{TrunkBlocksListDelete: true})
	// Someone puts the list in force between the look and the delete.
	u.AddFault(mocktwilio.Fault{Method: "DELETE", Path: "/IpAccessControlLists/", Kind: mocktwilio.FaultStatus, Status: http.StatusBadRequest, Code: 21235, Message: "In use"})
	output, status := u.destroy()
	u.refused(output, status, "Twilio rejected the request. No SIP domain and no Elastic SIP trunk was found that uses it. Twilio's error 21235: In use")
}

// TestRefusedDeleteWhenLookingFails keeps Twilio's own answer.
func TestRefusedDeleteWhenLookingFails(t *testing.T) {
	t.Parallel()
	u := startInUse(t, mocktwilio.Options{})
	u.MapList("", u.domain, u.list)
	u.AddFault(mocktwilio.Fault{Method: "GET", Path: `/Domains\.json`, Count: -1, Kind: mocktwilio.FaultStatus, Status: http.StatusForbidden, Code: 20403, Message: "No permission"})
	output, status := u.destroy()
	u.refused(output, status, "failed: Twilio rejected the request.", "Looking where it is used failed, so that there may be more to it:", "forbidden (403, code 20403): No permission", "Twilio's error 21235")
}

// TestDeleteWithoutLook leaves a list alone when nobody can tell whether a trunk uses it.
func TestDeleteWithoutLook(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fault mocktwilio.Fault
		words []string
	}{
		"forbidden": {
			mocktwilio.Fault{Kind: mocktwilio.FaultStatus, Status: http.StatusForbidden, Code: 20403, Message: "No permission", Count: -1},
			[]string{"the credentials do not permit it.", "This is about the look before the delete", "the list is not deleted. Nothing was changed.", "Let the API key read Elastic SIP trunks", "Request: GET /v1/Trunks"},
		},
		"not authenticated": {
			mocktwilio.Fault{Kind: mocktwilio.FaultStatus, Status: http.StatusUnauthorized, Code: 20003, Message: "Authenticate", Count: -1},
			[]string{"Twilio does not accept the credentials.", "This is about the look before the delete", "Let the API key read Elastic SIP trunks"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := startInUse(t, mocktwilio.Options{})
			test.fault.Path = "^/v1/Trunks"
			u.AddFault(test.fault)
			output, status := u.destroy()
			u.refused(output, status, append(test.words, "Error: Cannot delete IP access control list")...)
			u.ExpectNoWrites()
		})
	}
}

// TestDeleteWithoutTrunking is an account that Twilio's trunking knows nothing of.
func TestDeleteWithoutTrunking(t *testing.T) {
	t.Parallel()
	u := startInUse(t, mocktwilio.Options{})
	u.AddFault(mocktwilio.Fault{Path: "^/v1/Trunks", Kind: mocktwilio.FaultStatus, Status: http.StatusNotFound, Code: 20404, Count: -1})
	if output, status := u.destroy(); status != 0 {
		t.Error(output)
	}
}

// TestDeletesShareTheLook destroys many lists and what uses them with one look at the trunks.
func TestDeletesShareTheLook(t *testing.T) {
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
	if len(reads) > 2 || len(m.Lists("")) > 0 {
		t.Errorf("read %q; left: %v", reads, m.Lists(""))
	}
}

// TestDeleteInSubaccountWarns has the plan say that nobody looks at the subaccount's trunks.
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
	if !strings.Contains(output, "Warning: Elastic SIP trunks are not looked at") || !strings.Contains(output, "is in account "+subaccount) {
		t.Error(output)
	}
	m.ResetRequests()
	c.Run("destroy", "-auto-approve", "-refresh=false")
	if got := m.RequestLines(); !slices.Equal(got, []string{"DELETE /IpAccessControlLists/AL"}) {
		t.Errorf("requests: %q", got)
	}
}
