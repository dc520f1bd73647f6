// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package guides_test

import (
	"fmt"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

const guideSubaccountSID = "ACfedcba9876543210fedcba9876543210"

// writeSubaccountState creates a list in a subaccount, and writes subaccount.tfstate as twilio/twilio does if TWILIO_SUBACCOUNT_SID or its
// provider block names the subaccount. It leaves the credentials out of base-url.txt, which overrides a provider block that has them.
// It returns the pair of the subaccount's SIDs.
func writeSubaccountState(m *acctest.Mock, c *acctest.CLI) []string {
	subaccount, token := m.AddSubaccount()
	list := m.CreateList(subaccount, "Subsidiary")
	entry := m.CreateAddress(subaccount, list.SID, "192.0.2.10", 32, "SBC")
	writeState(c, c.DefaultHost(), "twilio/twilio",
		foreignResource{twilioListType, "subsidiary", nil, map[string]any{"friendly_name": "Subsidiary", "id": list.SID, "sid": list.SID, "path_account_sid": nil}},
		foreignResource{twilioEntryType, "subsidiary", nil, map[string]any{
			"cidr_prefix_length": 32, "friendly_name": "SBC", "id": list.SID + "/" + entry.SID, "sid": entry.SID,
			"ip_access_control_list_sid": list.SID, "ip_address": "192.0.2.10", "path_account_sid": nil,
		}})
	c.Write("subaccount.tfstate", c.Read("terraform.tfstate"))
	c.Write("base-url.txt", fmt.Sprintf("provider \"twilio\" {\n  base_url = %q\n}\n", m.URL()))
	c.Env = append(c.Env, "TF_VAR_subaccount_auth_token="+token)
	return []string{guideSubaccountSID, subaccount}
}
