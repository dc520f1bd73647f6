// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package domain_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// TestMappingInSubaccount manages a mapping of a subaccount with the credentials of the parent account.
func TestMappingInSubaccount(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	mapping := acctest.Attachments["domain"]
	resourceAddress := mapping.ResourceType + ".test"
	subaccount, _ := m.AddSubaccount()
	domain, list := m.CreateDomain(subaccount, "subsidiary.sip.twilio.com", "").SID, m.CreateList(subaccount, "Office").SID
	withAccount := mapping.Block("test", domain, list, fmt.Sprintf("account_sid = %q", subaccount))
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.ProviderFactories(),
		Steps: []resource.TestStep{
			{Config: m.Config(mapping.Block("test", domain, list)), ExpectError: acctest.Text("If that is not the provider's account, set account_sid.")},
			{Config: m.Config(withAccount), ConfigStateChecks: acctest.ExpectStrings(resourceAddress, map[string]string{"account_sid": subaccount})},
			{ResourceName: resourceAddress, ImportState: true, ImportStateVerify: true, ImportStateId: subaccount + "/" + domain + "/" + list},
			// Removing account_sid from the configuration does not replace the mapping.
			{Config: m.Config(mapping.Block("test", domain, list)), PlanOnly: true},
			{Config: m.Config(withAccount)},
		},
	})
	if left := m.Mappings(subaccount, domain); len(left) > 0 {
		t.Errorf("left in force: %v", left)
	}
}
