// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package guides_test

import (
	"fmt"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// writeSubaccountStates creates a list in a subaccount and associates it with a trunk. It writes subaccount.tfstate like
// twilio/twilio if TWILIO_SUBACCOUNT_SID or its provider block names the subaccount, and subaccount-trunk.tfstate, which also has
// the association. It returns pairs of a SID in the guide and the mock's SID that replaces it.
func writeSubaccountStates(m *acctest.Mock, c *acctest.CLI) []string {
	subaccount, token := m.AddSubaccount()
	list := m.CreateList(subaccount, "Subsidiary")
	entry := m.CreateAddress(subaccount, list.SID, "192.0.2.10", 32, "SBC")
	trunk := m.CreateTrunk(subaccount, "Subsidiary", "")
	m.AssociateList(subaccount, trunk.SID, list.SID)
	resources := []foreignResource{
		{twilioListType, "subsidiary", nil, map[string]any{"friendly_name": "Subsidiary", "id": list.SID, "sid": list.SID, "path_account_sid": nil}},
		{twilioEntryType, "subsidiary", nil, map[string]any{
			"cidr_prefix_length": 32, "friendly_name": "SBC", "id": list.SID + "/" + entry.SID, "sid": entry.SID,
			"ip_access_control_list_sid": list.SID, "ip_address": "192.0.2.10", "path_account_sid": nil,
		}},
	}
	writeState(c, c.DefaultHost(), "twilio/twilio", resources...)
	c.Write("subaccount.tfstate", c.Read("terraform.tfstate"))
	writeState(c, c.DefaultHost(), "twilio/twilio", append(resources, foreignResource{twilioAssociationType, "subsidiary", nil, map[string]any{
		"id": trunk.SID + "/" + list.SID, "ip_access_control_list_sid": list.SID, "sid": list.SID, "trunk_sid": trunk.SID,
	}})...)
	c.Write("subaccount-trunk.tfstate", c.Read("terraform.tfstate"))
	c.Env = append(c.Env, "TF_VAR_subaccount_auth_token="+token)
	return []string{"ACfedcba9876543210fedcba9876543210", subaccount, "TK123456789abcdef0123456789abcdef0", trunk.SID}
}

// TestMovingTrunkOfSubaccountFromRJPearson94 migrates an association of a subaccount's trunk to a provider block with an alias.
// The other provider block is for the parent account.
func TestMovingTrunkOfSubaccountFromRJPearson94(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	subaccount, token := m.AddSubaccount()
	list, trunk := m.CreateList(subaccount, "Subsidiary").SID, m.CreateTrunk(subaccount, "Subsidiary", "").SID
	m.AssociateList(subaccount, trunk, list)
	c := m.NewCLI(acctest.Installed("rjpearson94/twilio", acctest.RJPearson94Provider))
	installProvider(c)
	writeState(c, c.DefaultHost(), "rjpearson94/twilio",
		foreignResource{listType, "subsidiary", nil, map[string]any{"account_sid": subaccount, "friendly_name": "Subsidiary", "id": list, "sid": list}},
		foreignResource{"twilio_sip_trunking_ip_access_control_list", "subsidiary", nil, map[string]any{
			"account_sid": subaccount, "friendly_name": "Subsidiary", "id": list, "sid": list, "ip_access_control_list_sid": list, "trunk_sid": trunk,
		}})
	c.Write("main.tf", m.RootConfig()+fmt.Sprintf(`
provider "twilio" {
  alias       = "subaccount"
  base_url    = %q
  account_sid = %q
  auth_token  = %q
}

resource "twilio_sip_ip_access_control_list" "subsidiary" {
  friendly_name = "Subsidiary"
}

resource "twilio_sip_trunking_ip_access_control_list" "subsidiary" {
  provider                   = twilio.subaccount
  trunk_sid                  = %q
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.subsidiary.sid
}
`, m.URL(), subaccount, token, trunk))
	c.Run("state", "replace-provider", "-auto-approve", "RJPearson94/twilio", acctest.ProviderSource)
	c.Run("init")
	c.Run("apply", "-auto-approve")
	c.ExpectEmptyPlan()
	c.ExpectCompleteState(2)
	m.ExpectNoWrites()
}
