// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// allTypesConfig is a configuration with a resource of each type. It creates the domain and the trunk.
func allTypesConfig(m *acctest.Mock) (config string, domain, trunk string) {
	domain, trunk = m.CreateDomain("", "example.sip.twilio.com", "Example").SID, m.CreateTrunk("", "Example", "example.pstn.twilio.com").SID
	return fmt.Sprintf(`
resource "twilio_sip_ip_access_control_list" "map" {
  friendly_name = "Map"

  ip_addresses = {
    "192.0.2.7"       = "London"
    "198.51.100.0/28" = "Frankfurt"
  }

  timeouts {
    read = "5m"
  }
}

resource "twilio_sip_ip_access_control_list" "single" {
  friendly_name = "Single"
}

resource "twilio_sip_ip_address" "single" {
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.single.sid
  friendly_name              = "London"
  ip_address                 = "192.0.2.7"
}

resource "twilio_sip_domain_ip_access_control_list_mapping" "map" {
  domain_sid                 = %q
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.map.sid
}

resource "twilio_sip_trunking_ip_access_control_list" "map" {
  trunk_sid                  = %q
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.map.sid
}
`, domain, trunk), domain, trunk
}

// TestStateFromOtherRegistry uses a state whose provider comes from another registry, as after a switch from Terraform to
// OpenTofu or to a mirror.
func TestStateFromOtherRegistry(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	config, _, _ := allTypesConfig(m)
	c.Write("main.tf", m.RootConfig()+config)
	c.Run("init")
	c.Run("apply", "-auto-approve")
	m.ResetRequests()
	other := map[bool]string{false: "registry.opentofu.org", true: "registry.terraform.io"}[c.OpenTofu]
	c.Write("terraform.tfstate", strings.ReplaceAll(c.Read("terraform.tfstate"), c.DefaultHost(), other))
	c.ExpectEmptyPlan()
	c.Run("apply", "-auto-approve")
	c.ExpectCompleteState(5)
	if state := c.Read("terraform.tfstate"); strings.Contains(state, other) {
		t.Errorf("the state still names %s", other)
	}
	c.ExpectEmptyPlan()
	m.ExpectNoWrites()
}

// TestDeletedObjects checks that objects that were deleted outside of Terraform are planned to be created. A state that was
// written by a CLI before 1.12 or by another provider has no identities.
func TestDeletedObjects(t *testing.T) {
	t.Parallel()
	for name, identified := range map[string]bool{"with identity": true, "without identity": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := acctest.StartMock(t)
			c := m.NewCLI(nil)
			config, domain, trunk := allTypesConfig(m)
			c.Write("main.tf", m.RootConfig()+config)
			c.Run("init")
			c.Run("apply", "-auto-approve")
			if !identified {
				removeIdentities(c)
			}
			lists := m.Lists("")
			if lists[0].FriendlyName != "Map" {
				slices.Reverse(lists)
			}
			m.UnmapList("", domain, lists[0].SID)
			m.DissociateList("", trunk, lists[0].SID)
			m.DeleteAddress("", lists[1].SID, m.Addresses("", lists[1].SID)[0].SID)
			for _, gone := range []string{"twilio_sip_ip_address.single", mappingType + ".map", associationType + ".map"} {
				if output := c.Run("plan", "-no-color"); !strings.Contains(output, gone+" will be created") || !strings.Contains(output, "Plan: 3 to add, 0 to change, 0 to destroy.") {
					t.Fatalf("%s is not to be created:\n%s", gone, output)
				}
			}
			m.DeleteList("", lists[0].SID)
			m.DeleteList("", lists[1].SID)
			if output := c.Run("plan", "-no-color"); !strings.Contains(output, "Plan: 5 to add, 0 to change, 0 to destroy.") {
				t.Fatalf("not everything is to be created:\n%s", output)
			}
			c.Run("apply", "-auto-approve")
			c.ExpectEmptyPlan()
			c.ExpectCompleteState(5)
		})
	}
}

// removeIdentities removes the identities from the state.
func removeIdentities(c *acctest.CLI) {
	c.T.Helper()
	var state map[string]any
	if err := json.Unmarshal([]byte(c.Read("terraform.tfstate")), &state); err != nil {
		c.T.Fatal(err)
	}
	for _, resource := range state["resources"].([]any) {
		for _, instance := range resource.(map[string]any)["instances"].([]any) {
			delete(instance.(map[string]any), "identity")
			delete(instance.(map[string]any), "identity_schema_version")
		}
	}
	text, err := json.Marshal(state)
	if err != nil {
		c.T.Fatal(err)
	}
	c.Write("terraform.tfstate", string(text))
}
