// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package guides_test

import (
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// TestGuideCheckWhoMayCall follows the guide, and then breaks each of its rules and mends it again.
func TestGuideCheckWhoMayCall(t *testing.T) {
	t.Parallel()
	const guide = "check-who-may-call.md"
	runGuide(t, guide, nil, func(m *acctest.Mock, _ *acctest.CLI, _ int) func() []string {
		acctest.NewOffice(m)
		return func() []string { return nil }
	})

	m := acctest.StartMock(t)
	o := acctest.NewOffice(m)
	c := m.NewCLI(nil)
	runVariant(c, m, readGuide(t, guide), 0, func() []string { return nil })
	for name, rule := range map[string]struct {
		// breakIt breaks the rule outside of Terraform, and returns what mends it again.
		breakIt func() (mend func())
		// check says that it is a rule of a check block. Otherwise it is one of the test.
		check   bool
		message string
	}{
		"not more than 64 addresses": {func() func() {
			entry := m.CreateAddress("", o.List.SID, "192.0.2.0", 26, "Too many")
			return func() { m.DeleteAddress("", o.List.SID, entry.SID) }
		}, true, "81 addresses may call, more than 64."},
		"nothing wider than /24": {func() func() {
			entry := m.CreateAddress("", o.List.SID, "10.0.0.0", 23, "Too wide")
			return func() { m.DeleteAddress("", o.List.SID, entry.SID) }
		}, true, "Wider than /24: 10.0.0.0/23 in Office."},
		"an address that must be allowed": {func() func() {
			m.UpdateAddress("", o.List.SID, o.London.SID, "203.0.113.11", 32, "SBC london")
			return func() { m.UpdateAddress("", o.List.SID, o.London.SID, "203.0.113.10", 32, "SBC london") }
		}, true, "The London SBC, 203.0.113.10, may not call."},
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
		}, false, "More than 64 addresses may call: Carrier."},
		"no list attached nowhere": {func() func() {
			list := m.CreateList("", "Forgotten").SID
			return func() { m.DeleteList("", list) }
		}, false, "Lists attached nowhere: AL"},
	} {
		mend := rule.breakIt()
		// A broken rule of a check block is a warning of the plan, whose exit status is that of a plan without changes.
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
