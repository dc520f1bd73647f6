// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// withTimeouts returns a function that returns a configuration with a resource of each type, each with the given timeouts.
func withTimeouts(m *acctest.Mock) func(string) string {
	domain, trunk := m.CreateDomain("", "example.sip.twilio.com", "Example").SID, m.CreateTrunk("", "Example", "example.pstn.twilio.com").SID
	return func(lines string) string {
		block := "  timeouts {\n" + lines + "\n  }\n}\n"
		return m.RootConfig() + `
resource "twilio_sip_ip_access_control_list" "test" {
  friendly_name = "Office"
` + block + `
resource "twilio_sip_ip_address" "test" {
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.test.sid
  friendly_name              = "London"
  ip_address                 = "192.0.2.7"
` + block + fmt.Sprintf(`
resource "twilio_sip_domain_ip_access_control_list_mapping" "test" {
  domain_sid                 = %q
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.test.sid
`, domain) + block + fmt.Sprintf(`
resource "twilio_sip_trunking_ip_access_control_list" "test" {
  trunk_sid                  = %q
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.test.sid
`, trunk) + block
	}
}

func TestInvalidTimeouts(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	config := withTimeouts(m)
	// A plan stops at an invalid resource that others refer to, so there are no references in this configuration.
	c.Write("main.tf", strings.ReplaceAll(config("create = \"0s\"\nread = \"500ms\"\nupdate = \"-5m\"\ndelete = \"30\""),
		"twilio_sip_ip_access_control_list.test.sid", `"`+acctest.ListSID+`"`))
	output := c.ExpectError("plan", "-no-color")
	for _, words := range []string{
		`must be a duration longer than zero, such as 5m; got "0s".`, `must be at least 1s; got "500ms".`,
		`must be a duration longer than zero, such as 5m; got "-5m".`, `must have a unit; got "30". Use "30s" for seconds or "30m" for minutes.`,
	} {
		if got := len(acctest.Text(words).FindAllString(output, -1)); got != 4 {
			t.Errorf("%q occurs %d times, not once for each type", words, got)
		}
	}
	if got := strings.Count(output, "Error: "); got != 16 {
		t.Errorf("%d errors:\n%s", got, output)
	}

	c.Write("main.tf", config("read = terraform_data.unknown.output")+"\nresource \"terraform_data\" \"unknown\" {\n  input = \"30s\"\n}\n")
	c.Run("plan")
}

// TestWayOutOfReadTimeout follows the advice of the error about a read that always times out.
func TestWayOutOfReadTimeout(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	config := withTimeouts(m)
	c.Write("main.tf", config(`read = "1s"`))
	c.Run("apply", "-auto-approve")
	m.SetLatency(1300 * time.Millisecond)
	c.Write("main.tf", config(`read = "2m"`))
	output := c.ExpectError("apply", "-auto-approve", "-no-color")
	advice := "raise read in the timeouts block and apply the change with -refresh=false, because a refresh uses the value in the state."
	if !acctest.Text(advice).MatchString(output) {
		t.Errorf("no advice in\n%s", output)
	}
	c.Run("apply", "-auto-approve", "-refresh=false")
	c.ExpectEmptyPlan()
}

// TestStoredTimeoutTooShort refreshes a state whose read timeout would be rejected in a configuration.
func TestStoredTimeoutTooShort(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	config := withTimeouts(m)
	c.Write("main.tf", config("read = \"5m\"\ndelete = \"6m\""))
	c.Run("apply", "-auto-approve")
	c.Write("terraform.tfstate", strings.NewReplacer(`"5m"`, `"0s"`, `"6m"`, `"-1s"`).Replace(c.Read("terraform.tfstate")))
	output, status := c.Try("terraform", "plan", "-no-color", "-detailed-exitcode")
	if status != 2 || !acctest.Text("0 to add, 4 to change, 0 to destroy").MatchString(output) {
		t.Errorf("exit status %d\n%s", status, output)
	}
	c.Run("destroy", "-auto-approve")
}

// TestWayOutOfReadTimeoutWithNewMap does the same for a list whose plan reads its entries because ip_addresses is new.
func TestWayOutOfReadTimeoutWithNewMap(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	config := func(lines string) string {
		return m.RootConfig() + "resource \"twilio_sip_ip_access_control_list\" \"test\" {\n  friendly_name = \"Office\"\n" + lines + "\n}\n"
	}
	c.Write("main.tf", config(`timeouts { read = "1s" }`))
	c.Run("apply", "-auto-approve")
	m.SetLatency(1300 * time.Millisecond)
	c.Write("main.tf", config("ip_addresses = { \"192.0.2.7\" = \"London\" }\ntimeouts { read = \"2m\" }"))
	c.Run("apply", "-auto-approve", "-refresh=false")
}
