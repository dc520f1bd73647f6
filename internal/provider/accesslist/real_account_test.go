// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package accesslist_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// Tests named TestAcc use the account in the environment and need TF_ACC; `make testacc` runs them. They check that Twilio
// behaves like the mock. `mocktwilio -- make testacc` runs them against the mock.

func TestAccIPAccessControlList(t *testing.T) {
	name := acctest.UniqueName()
	config := func(name, addresses string) string {
		return fmt.Sprintf(`
resource "twilio_sip_ip_access_control_list" "test" {
  friendly_name = %q
  ip_addresses  = %s
}

data "twilio_sip_ip_access_control_list" "test" {
  friendly_name = twilio_sip_ip_access_control_list.test.friendly_name
}
`, name, addresses)
	}
	const list, data = "twilio_sip_ip_access_control_list.test", "data.twilio_sip_ip_access_control_list.test"
	inPlace := resource.ConfigPlanChecks{
		PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(list, plancheck.ResourceActionUpdate)},
	}
	same := statecheck.CompareValue(compare.ValuesSame())
	sid := tfjsonpath.New("sid")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.RealAccountFactories(),
		Steps: []resource.TestStep{
			{
				Config: config(name, `{ "192.0.2.10" = "one", "198.51.100.0/28" = "block" }`),
				ConfigStateChecks: []statecheck.StateCheck{
					same.AddStateValue(list, sid),
					same.AddStateValue(data, sid),
				},
			},
			{ResourceName: list, ImportState: true, ImportStateVerify: true},
			{
				Config:           config(name+" renamed", `{ "192.0.2.10" = "one", "198.51.100.0/29" = "block", "203.0.113.7" = "new" }`),
				ConfigPlanChecks: inPlace,
				ConfigStateChecks: []statecheck.StateCheck{
					same.AddStateValue(list, sid),
					statecheck.ExpectKnownValue(data, tfjsonpath.New("ip_addresses"), knownvalue.MapExact(map[string]knownvalue.Check{
						"192.0.2.10":      knownvalue.StringExact("one"),
						"198.51.100.0/29": knownvalue.StringExact("block"),
						"203.0.113.7":     knownvalue.StringExact("new"),
					})),
				},
			},
			{
				Config:            config(name+" renamed", `{}`),
				ConfigPlanChecks:  inPlace,
				ConfigStateChecks: []statecheck.StateCheck{same.AddStateValue(list, sid)},
			},
		},
	})
}
