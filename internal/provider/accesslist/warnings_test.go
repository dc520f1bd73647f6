// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package accesslist_test

import (
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// TestWarningsNameEachEntry checks that Terraform shows every warning. It shows only the first of those that share a summary.
func TestWarningsNameEachEntry(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+listConfig("Office", entries{
		"203.0.113.7/24": "a", "198.51.100.7/24": "b", "192.0.2.1/31": "c", "203.0.113.9": "d", "203.0.113.10": "e", "203.0.113.11": "f",
	})+`
resource "twilio_sip_ip_address" "test" {
  count = 2

  ip_access_control_list_sid = "`+acctest.ListSID+`"
  friendly_name              = "London"
  ip_address                 = "10.${count.index}.0.1"
  cidr_prefix_length         = 16
}
`)
	output := c.Run("plan", "-no-color")
	for _, words := range []string{
		"Warning: 203.0.113.7/24 allows more than one address", "Warning: 198.51.100.7/24 allows more than one address", "Warning: 192.0.2.1/31 allows more than one address",
		"It allows the 2 addresses from 192.0.2.0 to 192.0.2.1. To allow all of them, write \"192.0.2.0/31\". To allow only 192.0.2.1, write \"192.0.2.1\".",
		"Warning: 203.0.113.9 is already covered by 203.0.113.7/24", "Warning: 203.0.113.10 is already covered by 203.0.113.7/24", "Warning: 203.0.113.11 is already covered by 203.0.113.7/24",
		"Warning: 10.0.0.1/16 allows more than one address", "Warning: 10.1.0.1/16 allows more than one address",
		"To allow all of them, set ip_address = \"10.0.0.0\". To allow only 10.0.0.1, leave out cidr_prefix_length.",
	} {
		if !acctest.Text(words).MatchString(output) {
			t.Errorf("%q is not in\n%s", words, output)
		}
	}
}
