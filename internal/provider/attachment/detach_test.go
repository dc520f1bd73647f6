// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attachment_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// planLine runs a plan and returns its output on one line.
func planLine(c *acctest.CLI, args ...string) string {
	c.T.Helper()
	return strings.Join(strings.Fields(c.Run(append([]string{"plan", "-no-color"}, args...)...)), " ")
}

// expectWarnings checks how often a plan warns that a parent loses its last list, and that the warnings contain all the words.
func expectWarnings(t *testing.T, output string, count int, words ...string) {
	t.Helper()
	if got := strings.Count(output, "may be left without an IP access control list"); got != count {
		t.Errorf("%d warnings, not %d:\n%s", got, count, output)
	}
	for _, word := range words {
		if !strings.Contains(output, word) {
			t.Errorf("%q is missing in:\n%s", word, output)
		}
	}
}

// TestPlanThatTakesLastList checks which plans warn that a parent loses its last list, and how many requests they make.
func TestPlanThatTakesLastList(t *testing.T) {
	t.Parallel()
	eachKind(t, func(t *testing.T, kind acctest.Attachment) {
		m := acctest.StartMock(t)
		parent, otherParent := kind.NewParent(m), kind.NewParent(m)
		office, branch, home, byHand := m.CreateList("", "Office").SID, m.CreateList("", "Branch").SID, m.CreateList("", "Home").SID, m.CreateList("", "By hand").SID
		exclusive := "twilio_sip_domain_ip_access_control_list_mappings_exclusive"
		if kind.ParentAttribute == "trunk_sid" {
			exclusive = "twilio_sip_trunking_ip_access_control_lists_exclusive"
		}
		c := m.NewCLI(nil)
		write := func(parts ...string) { c.Write("main.tf", m.RootConfig()+strings.Join(parts, "\n")) }
		write(kind.Block("office", parent, office))
		c.Run("init")
		c.Run("apply", "-auto-approve")

		expectWarnings(t, planLine(c), 0)
		write(kind.Block("office", parent, office, "timeouts {\n create = \"5m\"\n }"))
		expectWarnings(t, planLine(c), 0)

		// The only list is replaced, by a known or unknown list.
		write(kind.Block("office", parent, branch))
		m.ResetRequests()
		replaced := planLine(c, "-refresh=false")
		expectWarnings(t, replaced, 1, "Warning: ", parent+" may be left without an IP access control list when "+office+" is detached",
			"This plan replaces the ", "create_before_destroy", exclusive)
		if got := m.RequestLines(); !slices.Equal(got, []string{"GET " + kind.Collection}) {
			t.Errorf("requests: %q", got)
		}
		write(acctest.ListConfig("New"), strings.Replace(kind.Block("office", parent, "LIST"), `"LIST"`, "twilio_sip_ip_access_control_list.test.sid", 1))
		expectWarnings(t, planLine(c), 1, "This plan replaces the ")
		// The apply does not repeat the warning.
		expectWarnings(t, c.Run("apply", "-auto-approve", "-no-color"), 1)
		write(kind.Block("office", parent, office))
		c.Run("apply", "-auto-approve")

		// The attachment moves to another parent, or is destroyed.
		write(kind.Block("office", otherParent, office))
		expectWarnings(t, planLine(c), 1, parent+" may be left without", "This plan destroys the ", "Unless the ", exclusive)
		write()
		expectWarnings(t, planLine(c), 1, "This plan destroys the ")
		write(kind.Block("office", parent, office))
		expectWarnings(t, planLine(c, "-destroy"), 1, "This plan destroys the ")

		// A read that fails does not change the plan.
		m.SetFaultFunc(func(*http.Request) *mocktwilio.Fault {
			return &mocktwilio.Fault{Kind: mocktwilio.FaultStatus, Status: http.StatusForbidden, Code: 20403}
		})
		expectWarnings(t, planLine(c, "-destroy", "-refresh=false"), 0, "0 to add, 0 to change, 1 to destroy")
		m.SetFaultFunc(nil)

		// Another list stays attached.
		kind.Attach(m, parent, byHand)
		expectWarnings(t, planLine(c, "-destroy"), 0)
		write(kind.Block("office", parent, branch))
		expectWarnings(t, planLine(c), 0)
		kind.Detach(m, parent, byHand)

		// Several lists are detached together.
		three := kind.Block("office", parent, office) + kind.Block("branch", parent, branch) + kind.Block("home", parent, home)
		write(three)
		c.Run("apply", "-auto-approve")
		m.ResetRequests()
		expectWarnings(t, planLine(c, "-destroy", "-refresh=false"), 1)
		if got := m.RequestLines(); !slices.Equal(got, []string{"GET " + kind.Collection}) {
			t.Errorf("requests: %q", got)
		}
		write()
		expectWarnings(t, planLine(c), 1)
		write(kind.Block("office", otherParent, office), kind.Block("home", parent, byHand))
		expectWarnings(t, planLine(c), 1)
		write(kind.Block("home", parent, home))
		expectWarnings(t, planLine(c), 0)
		kind.Attach(m, parent, byHand)
		write(three)
		expectWarnings(t, planLine(c, "-destroy"), 0)
	})
}
