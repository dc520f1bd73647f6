// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package guides_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// TestGuideCheckWhoMayCall follows the guide, and then breaks and repairs each of its rules.
func TestGuideCheckWhoMayCall(t *testing.T) {
	t.Parallel()
	runGuide(t, "check-who-may-call.md", nil, func(m *acctest.Mock, _ *acctest.CLI, _ int) func() []string {
		acctest.NewOffice(m)
		return func() []string { return nil }
	})

	m := acctest.StartMock(t)
	o := acctest.NewOffice(m)
	c := m.NewCLI(nil)
	runVariant(c, m, readGuide(t, "check-who-may-call.md"), 0, func() []string { return nil })
	for name, rule := range map[string]struct {
		// breakIt breaks the rule outside of Terraform, and returns a function that repairs it.
		breakIt func() (mend func())
		// check is set if the rule is in a check block rather than in a test.
		check   bool
		message string
	}{
		"not more than 64 addresses": {func() func() {
			entry := m.CreateAddress("", o.List.SID, "192.0.2.0", 26, "Too many")
			return func() { m.DeleteAddress("", o.List.SID, entry.SID) }
		}, true, "81 addresses can call, more than 64."},
		"nothing wider than /24": {func() func() {
			entry := m.CreateAddress("", o.List.SID, "10.0.0.0", 23, "Too wide")
			return func() { m.DeleteAddress("", o.List.SID, entry.SID) }
		}, true, "Wider than /24: 10.0.0.0/23 in Office."},
		"an address that must be allowed": {func() func() {
			m.UpdateAddress("", o.List.SID, o.London.SID, "203.0.113.11", 32, "SBC london")
			return func() { m.UpdateAddress("", o.List.SID, o.London.SID, "203.0.113.10", 32, "SBC london") }
		}, true, "The London SBC, 203.0.113.10, cannot call."},
		"no domain without a list": {func() func() {
			domain := m.CreateDomain("", "open.sip.twilio.com", "Open")
			m.MapCredentialList("", domain.SID, m.CreateCredentialList("", "Users").SID)
			return func() { m.DeleteDomain("", domain.SID) }
		}, false, "Domains without an IP access control list: open.sip.twilio.com."},
		"not more than 64 addresses in the account": {func() func() {
			list := m.CreateList("", "By hand").SID
			m.CreateAddress("", list, "192.0.2.0", 25, "Everybody")
			m.AssociateList("", o.Trunk.SID, list)
			return func() {
				m.DissociateList("", o.Trunk.SID, list)
				m.DeleteList("", list)
			}
		}, false, "More than 64 addresses can call: example.pstn.twilio.com."},
		"not more than 64 addresses for a trunk without a name": {func() func() {
			list, trunk := m.CreateList("", "By hand").SID, m.CreateTrunk("", "", "").SID
			m.CreateAddress("", list, "192.0.2.0", 25, "Everybody")
			m.AssociateList("", trunk, list)
			return func() {
				m.DeleteTrunk("", trunk)
				m.DeleteList("", list)
			}
		}, false, "More than 64 addresses can call: TK"},
		"no list attached nowhere": {func() func() {
			list := m.CreateList("", "Forgotten").SID
			return func() { m.DeleteList("", list) }
		}, false, "Lists that are not attached: AL"},
	} {
		mend := rule.breakIt()
		// A broken rule in a check block is a warning, and the plan has the exit status of a plan without changes.
		plan, status := c.Try("terraform", "plan", "-no-color", "-detailed-exitcode")
		warned := acctest.Text("Warning: Check block assertion failed").MatchString(plan) && acctest.Text(rule.message).MatchString(plan)
		if status != 0 || warned != rule.check || strings.Contains(plan, "Warning: ") != rule.check {
			t.Errorf("%s: the plan ended with exit status %d:\n%s", name, status, plan)
		}
		if output := c.ExpectError("test", "-no-color"); !acctest.Text(rule.message).MatchString(output) {
			t.Errorf("%s: the test says\n%s", name, output)
		}
		mend()
		c.ExpectEmptyPlan()
		c.Run("test")
	}
	m.ExpectNoWrites()
}

// TestGuideCheckHiddenTrunks follows the guide for a subaccount whose trunks the credentials cannot see.
func TestGuideCheckHiddenTrunks(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	acctest.NewOffice(m)
	subaccount, _ := m.AddSubaccount()
	c := m.NewCLI(nil)
	runVariant(c, m, readGuide(t, "check-who-may-call.md"), 0, func() []string { return nil })
	const account = `"twilio_sip_access_report" "account" {`
	c.Write("report.tf", strings.Replace(c.Read("report.tf"), account, fmt.Sprintf("%s\n account_sid = %q\n", account, subaccount), 1))

	output := c.ExpectError("test", "-no-color")
	if message := "The credentials cannot read the trunks of account " + subaccount + "."; !acctest.Text(message).MatchString(output) {
		t.Errorf("%s is missing in:\n%s", message, output)
	}
	// The other rules are checked anyway, and they hold.
	if failed := strings.Count(output, "Error: "); failed != 1 {
		t.Errorf("%d errors:\n%s", failed, output)
	}
	m.CreateDomain(subaccount, "open.sip.twilio.com", "Open")
	if output := c.ExpectError("test", "-no-color"); !acctest.Text("Domains without an IP access control list: open.sip.twilio.com.").MatchString(output) {
		t.Error(output)
	}
}

// TestGuideCheckManagedLists applies the guide's configuration that manages a list, and breaks and repairs its rule. The rule is
// checked after each apply, with the data source outside and inside of the check block.
func TestGuideCheckManagedLists(t *testing.T) {
	t.Parallel()
	checks := map[string]string{}
	var lists string
	for _, block := range readGuide(t, "check-who-may-call.md") {
		switch {
		case block.file == "managed/main.tf":
			lists = block.text
		case block.file == "managed/check.tf" && strings.HasPrefix(block.text, "data "):
			checks["outside"] = block.text
		case block.file == "managed/check.tf":
			checks["inside"] = block.text
		}
	}
	for name, expected := range map[string]struct {
		// unchanged is the exit status of a plan without changes, unreadable that of a plan whose data source cannot be read, and
		// applied that of an apply that changes a list while the data source cannot be read.
		unchanged, unreadable, applied int
	}{"outside": {0, 1, 1}, "inside": {2, 2, 0}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := acctest.StartMock(t)
			domain := m.CreateDomain("", "example.sip.twilio.com", "Example").SID
			c := m.NewCLI(nil)
			c.Write("mock_override.tf", m.Config())
			c.Write("main.tf", lists)
			check := checks[name]
			c.Write("check.tf", check)
			c.Run("init")
			apply := func(what string, warns bool) {
				t.Helper()
				output := c.Run("apply", "-no-color", "-auto-approve")
				if acctest.Text("addresses can call, more than 64.").MatchString(output) != warns || strings.Contains(output, "Check block assertion failed") != warns {
					t.Errorf("%s:\n%s", what, output)
				}
			}
			plan := func(what string, expectedStatus int, text string) {
				t.Helper()
				output, status := c.Try("terraform", "plan", "-no-color", "-detailed-exitcode")
				if status != expectedStatus || !acctest.Text(text).MatchString(output) || text == "" && strings.Contains(output, "Warning: ") {
					t.Errorf("%s: exit status %d, want %d and %q:\n%s", what, status, expectedStatus, text, output)
				}
				if unchanged := status == 0; strings.Contains(output, "No changes.") != unchanged {
					t.Errorf("%s:\n%s", what, output)
				}
			}
			const wide = "198.51.0.0/16\" = \"Oops\"\n    \""

			apply("the first apply", false)
			plan("unchanged", expected.unchanged, "")
			c.Write("main.tf", strings.Replace(lists, "203.0.113.10", wide+"203.0.113.10", 1))
			if name == "outside" {
				plan("a plan that adds a /16", 2, "Check block assertion known after apply")
			}
			apply("the apply that adds a /16", true)
			plan("unchanged and broken", expected.unchanged, "65537 addresses can call, more than 64.")
			widened, mapping := c.Read("main.tf"), "\""+mappingType+"\" \"sbc\" {\n"
			c.Write("main.tf", strings.Replace(widened, mapping, mapping+"  count = 0\n", 1))
			// A read that does not wait for the delete of the mapping would find the list attached.
			m.AddFault(mocktwilio.Fault{Method: http.MethodDelete, Kind: mocktwilio.FaultDelay, Delay: 300 * time.Millisecond})
			apply("the apply that detaches the list", false)
			c.Write("main.tf", widened)
			apply("the apply that attaches it again", true)

			before, after, _ := strings.Cut(widened, "resource "+mapping)
			_, after, _ = strings.Cut(after, "\n}\n")
			c.Write("main.tf", before+after)
			c.Write("check.tf", regexp.MustCompile(" *"+mappingType+`\.sbc,\n`).ReplaceAllString(check, ""))
			// This apply may read the data source before or after it destroys the mapping.
			c.Run("apply", "-auto-approve")
			plan("unchanged", expected.unchanged, "")
			c.Write("main.tf", widened)
			c.Write("check.tf", check)
			apply("the apply that attaches it again", true)
			c.Write("main.tf", lists)
			apply("the apply that removes it", false)
			plan("unchanged", expected.unchanged, "")

			// Only the data source reads credential lists.
			m.MapCredentialList("", domain, m.CreateCredentialList("", "Users").SID)
			m.AddFault(mocktwilio.Fault{Path: "/CredentialListMappings", Count: -1, Kind: mocktwilio.FaultStatus, Status: http.StatusForbidden, Code: 20003})
			plan("unreadable", expected.unreadable, "Cannot read the effective access of SIP domain "+domain)
			c.Write("main.tf", strings.Replace(lists, "203.0.113.10", "203.0.113.11", 1))
			if output, status := c.Try("terraform", "apply", "-no-color", "-auto-approve"); status != expected.applied {
				t.Errorf("the apply ended with exit status %d, want %d:\n%s", status, expected.applied, output)
			}
			if entries := m.Addresses("", m.Lists("")[0].SID); len(entries) != 1 || entries[0].IPAddress != "203.0.113.11" {
				t.Errorf("the list holds %v", entries)
			}
		})
	}
}
