// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipaddress_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

func TestAccIPAddress(t *testing.T) {
	name := acctest.UniqueName()
	config := func(address string) string {
		return fmt.Sprintf(`
resource "twilio_sip_ip_access_control_list" "test" {
  friendly_name = %q
}

resource "twilio_sip_ip_address" "test" {
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.test.sid
  friendly_name              = "entry"
  ip_address                 = %q
  cidr_prefix_length         = 30
}
`, name, address)
	}
	const entry = "twilio_sip_ip_address.test"
	same := statecheck.CompareValue(compare.ValuesSame())
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.RealAccountFactories(),
		Steps: []resource.TestStep{
			{
				Config: config("192.0.2.4"),
				ConfigStateChecks: []statecheck.StateCheck{
					same.AddStateValue(entry, tfjsonpath.New("sid")),
					statecheck.ExpectKnownValue(entry, tfjsonpath.New("cidr_block"), knownvalue.StringExact("192.0.2.4/30")),
				},
			},
			{
				Config:            config("192.0.2.8"),
				ConfigStateChecks: []statecheck.StateCheck{same.AddStateValue(entry, tfjsonpath.New("sid"))},
			},
		},
	})
}
