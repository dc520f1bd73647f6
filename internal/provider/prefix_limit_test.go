// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

const shortestPrefixLength = "TWILIO_SHORTEST_PREFIX_LENGTH"

// limitedConfig returns a configuration with additional lines in its provider block.
func limitedConfig(m *acctest.Mock, lines string, rest ...string) string {
	return strings.Replace(m.RootConfig(), `provider "twilio" {`, "provider \"twilio\" {\n  "+lines, 1) + strings.Join(rest, "\n")
}

// wideList and wideEntry have a prefix length of 16.
const wideList = `
resource "twilio_sip_ip_access_control_list" "wide" {
  friendly_name = "Wide"
  ip_addresses  = { "203.0.113.0/24" = "narrow", "198.51.0.0/16" = "wide" }
}
`

func wideEntry(list string) string {
	return fmt.Sprintf(`
resource "twilio_sip_ip_address" "wide" {
  ip_access_control_list_sid = %q
  friendly_name              = "wide"
  ip_address                 = "198.51.100.7"
  cidr_prefix_length         = 16
}
`, list)
}

func expectWords(t *testing.T, output string, all ...string) {
	t.Helper()
	for _, words := range all {
		if !acctest.Text(words).MatchString(output) {
			t.Errorf("%q is not in\n%s", words, output)
		}
	}
}

// TestShortestPrefixLength plans entries with prefix lengths of 16 and more under every way to set the limit.
func TestShortestPrefixLength(t *testing.T) {
	// This test is not parallel, because it uses t.Setenv.
	const inBlock, inEnvironment = "shortest_prefix_length in the provider block", "the environment variable TWILIO_SHORTEST_PREFIX_LENGTH"
	refused := func(source, length string) []string {
		return []string{
			"198.51.0.0/16 has prefix length 16, but " + source + " requires at least " + length + ".",
			"198.51.100.7/16 has prefix length 16, but " + source + " requires at least " + length + ".",
			"in resource \"twilio_sip_ip_address\" \"wide\": 27: cidr_prefix_length = 16",
		}
	}
	for name, test := range map[string]struct {
		line, variable string
		// want are words of the errors, or nil if the plan succeeds.
		want []string
	}{
		"none":                         {"", "", nil},
		"block":                        {"shortest_prefix_length = 17", "", refused(inBlock, "17")},
		"environment":                  {"", "17", refused(inEnvironment, "17")},
		"equal in the block":           {"shortest_prefix_length = 16", "", nil},
		"equal in the environment":     {"", "16", nil},
		"block wins, strict":           {"shortest_prefix_length = 17", "8", refused(inBlock, "17")},
		"block wins, generous":         {"shortest_prefix_length = 8", "17", nil},
		"null":                         {"shortest_prefix_length = null", "24", refused(inEnvironment, "24")},
		"0 in the block":               {"shortest_prefix_length = 0", "", []string{"shortest_prefix_length value must be between 1 and 32, got: 0"}},
		"33 in the block":              {"shortest_prefix_length = 33", "", []string{"shortest_prefix_length value must be between 1 and 32, got: 33"}},
		"33 in the environment":        {"", "33", []string{`Invalid shortest_prefix_length`, `TWILIO_SHORTEST_PREFIX_LENGTH must be a whole number from 1 to 32; got "33".`}},
		"no number in the environment": {"", "/24", []string{`TWILIO_SHORTEST_PREFIX_LENGTH must be a whole number from 1 to 32; got "/24".`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(shortestPrefixLength, test.variable)
			m := acctest.StartMock(t)
			c := m.NewCLI(nil)
			line := test.line
			if line == "" {
				line = "# no limit"
			}
			c.Write("main.tf", limitedConfig(m, line, wideList, wideEntry(m.CreateList("", "Office").SID)))
			if test.want == nil {
				c.Run("plan", "-no-color")
				return
			}
			expectWords(t, c.ExpectError("plan", "-no-color"), test.want...)
		})
	}
}

// TestShortestPrefixLengthOfLateValues checks that values that a plan does not know are rejected during the apply before anything
// is sent, and that a plan rejects values that it knows even if the credentials are unknown.
func TestShortestPrefixLengthOfLateValues(t *testing.T) {
	t.Parallel()
	const tooShort = "has prefix length 16, but shortest_prefix_length in the provider block requires at least 24."
	late := func(value string) string {
		return "\nresource \"terraform_data\" \"late\" {\n  input = " + value + "\n}\n"
	}
	for name, test := range map[string]struct {
		line, late string
		rest       func(list string) string
		atPlan     bool
	}{
		"limit, map":   {"shortest_prefix_length = terraform_data.late.output", "24", func(string) string { return wideList }, false},
		"limit, entry": {"shortest_prefix_length = terraform_data.late.output", "24", wideEntry, false},
		"map": {"shortest_prefix_length = 24", `"198.51.0.0/16"`, func(string) string {
			return strings.Replace(wideList, `"198.51.0.0/16"`, "(terraform_data.late.output)", 1)
		}, false},
		"prefix length": {"shortest_prefix_length = 24", "16", func(list string) string {
			return strings.Replace(wideEntry(list), "= 16", "= terraform_data.late.output", 1)
		}, false},
		"address": {"shortest_prefix_length = 24", `"198.51.0.0"`, func(list string) string {
			return strings.Replace(wideEntry(list), `"198.51.100.7"`, "terraform_data.late.output", 1)
		}, true},
		"name in the map": {"shortest_prefix_length = 24", `"wide"`, func(string) string {
			return strings.Replace(wideList, `= "wide"`, "= terraform_data.late.output", 1)
		}, true},
		"credentials, map":   {"shortest_prefix_length = 24", "TOKEN", func(string) string { return wideList }, true},
		"credentials, entry": {"shortest_prefix_length = 24", "TOKEN", wideEntry, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := acctest.StartMock(t)
			c := m.NewCLI(nil)
			config := limitedConfig(m, test.line, late(test.late), test.rest(m.CreateList("", "Office").SID))
			if test.late == "TOKEN" {
				token := fmt.Sprintf("%q", m.AuthToken())
				config = strings.Replace(strings.Replace(config, token, "terraform_data.late.output", 1), "TOKEN", token, 1)
			}
			c.Write("main.tf", config)
			c.Run("validate", "-no-color")
			if test.atPlan {
				expectWords(t, c.ExpectError("plan", "-no-color"), tooShort)
				return
			}
			c.Run("plan", "-no-color")
			expectWords(t, c.ExpectError("apply", "-auto-approve", "-no-color"), tooShort)
			if got := m.RequestLines(); len(got) > 0 {
				t.Errorf("requests: %q", got)
			}
		})
	}
}

// TestShortestPrefixLengthOfExistingEntries introduces the limit when existing entries violate it.
func TestShortestPrefixLengthOfExistingEntries(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	office := m.CreateList("", "Office").SID
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+wideList+wideEntry(office))
	c.Run("apply", "-auto-approve", "-no-color")
	wide := sidOf(c, "twilio_sip_ip_access_control_list")
	m.RequestLines()

	const limit = "shortest_prefix_length = 24"
	c.Write("main.tf", limitedConfig(m, limit, wideList, wideEntry(office)))
	output := c.ExpectError("plan", "-no-color")
	expectWords(t, output, "198.51.0.0/16 has prefix length 16", "198.51.100.7/16 has prefix length 16", "run terraform destroy -refresh=false.")
	if strings.Contains(output, "203.0.113.0/24 has") {
		t.Errorf("an entry that may be there is refused:\n%s", output)
	}
	c.Run("apply", "-refresh-only", "-auto-approve", "-no-color")
	m.ExpectNoWrites()

	// Entries that are not in the configuration are not rejected: those of data sources, and those that the apply removes.
	c.Write("main.tf", limitedConfig(m, limit, strings.Replace(wideList, `"198.51.0.0/16"`, `"198.51.0.0/24"`, 1), fmt.Sprintf(`
data "twilio_sip_ip_addresses" "office" {
  ip_access_control_list_sid = %[1]q
}

data "twilio_sip_ip_access_control_list" "wide" {
  sid = %[2]q
}

data "twilio_sip_ip_address" "wide" {
  ip_access_control_list_sid = %[2]q
  cidr_block                 = "198.51.0.0/16"
}
`, office, wide)))
	expectWords(t, c.Run("plan", "-no-color"), "Plan: 0 to add, 1 to change, 1 to destroy.")
	// Without the map, the list keeps its entries.
	c.Write("main.tf", limitedConfig(m, limit, "resource \"twilio_sip_ip_access_control_list\" \"wide\" {\n  friendly_name = \"Wide\"\n}", wideEntry(office)))
	expectWords(t, c.ExpectError("plan", "-no-color", "-target", "twilio_sip_ip_address.wide"), "198.51.100.7/16 has prefix length 16")
	c.Run("plan", "-no-color", "-target", "twilio_sip_ip_access_control_list.wide")

	c.Write("main.tf", limitedConfig(m, limit, wideList, wideEntry(office)))
	// Terraform plans the configuration before a destroy, unless -refresh=false is set.
	c.Run("destroy", "-auto-approve", "-no-color", "-refresh=false")
	if lines := m.EntryLines(office); len(lines) > 0 || len(m.Lists("")) != 1 {
		t.Errorf("left: %q, %d lists", lines, len(m.Lists("")))
	}
}

// TestShortestPrefixLengthOfImports checks that an import of entries that violate the limit succeeds, and that their
// configuration is rejected.
func TestShortestPrefixLengthOfImports(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	list := m.CreateList("", "Wide").SID
	m.CreateAddress("", list, "203.0.113.0", 24, "narrow")
	m.CreateAddress("", list, "198.51.0.0", 16, "wide")
	office := m.CreateList("", "Office").SID
	single := m.CreateAddress("", office, "198.51.100.7", 16, "wide").SID
	config := limitedConfig(m, "shortest_prefix_length = 24", wideList, wideEntry(office))
	words := []string{"198.51.0.0/16 has prefix length 16", "198.51.100.7/16 has prefix length 16"}

	c := m.NewCLI(nil)
	c.Write("main.tf", config)
	c.Run("import", "-no-color", "twilio_sip_ip_access_control_list.wide", list)
	c.Run("import", "-no-color", "twilio_sip_ip_address.wide", office+"/"+single)
	if state := c.Read("terraform.tfstate"); !strings.Contains(state, "198.51.0.0/16") || !strings.Contains(state, single) {
		t.Errorf("the state lacks the entry:\n%s", state)
	}
	expectWords(t, c.ExpectError("plan", "-no-color"), words...)

	c = m.NewCLI(nil)
	c.Write("main.tf", config+fmt.Sprintf("import {\n  to = twilio_sip_ip_access_control_list.wide\n  id = %q\n}\nimport {\n  to = twilio_sip_ip_address.wide\n  id = %q\n}\n", list, office+"/"+single))
	expectWords(t, c.ExpectError("plan", "-no-color"), words...)
	m.ExpectNoWrites()
}

// sidOf returns the SID of the only resource of a type in the state.
func sidOf(c *acctest.CLI, resourceType string) string {
	c.T.Helper()
	for _, resource := range c.State() {
		if resource.Type == resourceType {
			if sid, ok := resource.Instances[0].Attributes["sid"].(string); ok {
				return sid
			}
		}
	}
	c.T.Fatalf("the state has no %s", resourceType)
	return ""
}
