// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package trunk_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// configWith returns a provider block with credentials.
func configWith(m *acctest.Mock, credentials ...string) string {
	return fmt.Sprintf("provider \"twilio\" {\n base_url = %q\n %s\n}\n", m.URL(), strings.Join(credentials, "\n "))
}

// withToken returns credentials with an auth token.
func withToken(account, token string) string {
	return fmt.Sprintf("account_sid = %q\n auth_token = %q", account, token)
}

// withKey returns credentials with an API key.
func withKey(account, key, secret string) string {
	return fmt.Sprintf("account_sid = %q\n api_key = %q\n api_secret = %q", account, key, secret)
}

// TestTrunkOfSubaccount uses the trunk of a subaccount with the subaccount's credentials and with those of the parent account.
func TestTrunkOfSubaccount(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	association := acctest.Attachments["trunk"]
	resourceAddress := association.ResourceType + ".test"
	subaccount, token := m.AddSubaccount()
	key, secret := m.AddAPIKey(subaccount)
	trunk, list := m.CreateTrunk(subaccount, "Subsidiary", "").SID, m.CreateList(subaccount, "Office").SID
	ownCredentials, parentCredentials := configWith(m, withToken(subaccount, token)), m.Config()
	withAccount := association.Block("test", trunk, list, fmt.Sprintf("account_sid = %q", subaccount))
	withoutAccount := association.Block("test", trunk, list)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.ProviderFactories(),
		Steps: []resource.TestStep{
			{Config: parentCredentials + withoutAccount, ExpectError: acctest.Text("Check that the trunk exists. The provider uses the auth token of account " + m.AccountSID())},
			{
				Config:      parentCredentials + withAccount,
				PlanOnly:    true,
				ExpectError: acctest.Text("account_sid is " + subaccount + ", but the provider's account is " + m.AccountSID() + ", and the provider uses the auth token of account " + m.AccountSID() + "."),
			},
			{
				Config: ownCredentials + withAccount,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectKnownValue(resourceAddress, tfjsonpath.New("account_sid"), knownvalue.StringExact(subaccount)),
				}},
				ConfigStateChecks: acctest.ExpectStrings(resourceAddress, map[string]string{"account_sid": subaccount}),
			},
			{ResourceName: resourceAddress, ImportState: true, ImportStateVerify: true},
			// An API key of the subaccount works too.
			{Config: configWith(m, withKey(subaccount, key, secret)) + withoutAccount, PlanOnly: true},
			// With credentials of another account, the refresh fails instead of removing the association from the state.
			{Config: parentCredentials + withoutAccount, ExpectError: acctest.Text("failed: according to the state, it belongs to account " + subaccount + ", but the provider's account is " + m.AccountSID())},
			{Config: ownCredentials + withoutAccount, PlanOnly: true},
			{
				PreConfig: func() { m.DissociateList(subaccount, trunk, list) },
				Config:    ownCredentials + withoutAccount,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(resourceAddress, plancheck.ResourceActionCreate),
				}},
			},
			{
				PreConfig:          func() { m.DeleteTrunk(subaccount, trunk) },
				Config:             ownCredentials + withoutAccount,
				PlanOnly:           true,
				ExpectNonEmptyPlan: true,
			},
			{Config: ownCredentials, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}},
		},
	})
}

// TestTrunkWithParentAPIKey configures a subaccount with an API key of the parent account, which sees the trunks of the parent
// account.
func TestTrunkWithParentAPIKey(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	association := acctest.Attachments["trunk"]
	resourceAddress, allDataSource := association.ResourceType+".test", association.ResourceType+"s"
	subaccount, _ := m.AddSubaccount()
	key, secret := m.AddAPIKey("")
	block := configWith(m, withKey(subaccount, key, secret))
	trunk, list := m.CreateTrunk("", "Carrier", "").SID, m.CreateList("", "Office").SID
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.ProviderFactories(),
		Steps: []resource.TestStep{
			{
				Config:      block + association.Block("test", trunk, list, fmt.Sprintf("account_sid = %q", subaccount)),
				ExpectError: acctest.Text("but trunk " + trunk + " and the API key " + key + " that the provider uses belong to account " + m.AccountSID() + ". Nothing was created."),
			},
			{
				Config: block + association.Block("test", trunk, list),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectUnknownValue(resourceAddress, tfjsonpath.New("account_sid")),
				}},
				ConfigStateChecks: acctest.ExpectStrings(resourceAddress, map[string]string{"account_sid": m.AccountSID()}),
			},
			{
				Config:            block + association.Block("test", trunk, list) + fmt.Sprintf("data %q \"test\" {\n trunk_sid = %q\n}\n", allDataSource, trunk),
				ConfigStateChecks: acctest.ExpectStrings("data."+allDataSource+".test", map[string]string{"account_sid": m.AccountSID()}),
			},
			{
				// The trunk exists, so the association was deleted.
				PreConfig: func() { m.DissociateList("", trunk, list) },
				Config:    block + association.Block("test", trunk, list),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(resourceAddress, plancheck.ResourceActionCreate),
				}},
			},
		},
	})
	if left := association.Lists(m, trunk); len(left) > 0 {
		t.Errorf("left in force: %v", left)
	}
}

// TestDestroyWithWrongCredentials checks that a trunk that the credentials cannot see is not treated as deleted.
func TestDestroyWithWrongCredentials(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	association := acctest.Attachments["trunk"]
	subaccount, token := m.AddSubaccount()
	trunk, list := m.CreateTrunk(subaccount, "Subsidiary", "").SID, m.CreateList(subaccount, "Office").SID
	c := m.NewCLI(nil)
	block := association.Block("test", trunk, list)
	settings := strings.TrimPrefix(m.RootConfig(), m.Config())
	c.Write("main.tf", settings+configWith(m, withToken(subaccount, token))+block)
	c.Run("init")
	c.Run("apply", "-auto-approve")
	m.ResetRequests()
	c.Write("main.tf", m.RootConfig()+block)
	output := strings.Join(strings.Fields(c.ExpectError("destroy", "-auto-approve", "-no-color", "-refresh=false")), " ")
	if !strings.Contains(output, "Cannot delete the association of list "+list+" with trunk "+trunk+" ") || !strings.Contains(output, "Twilio did not find trunk "+trunk) {
		t.Error(output)
	}
	m.ExpectNoWrites()
	if len(m.Associations(subaccount, trunk)) != 1 || len(c.State()) != 1 {
		t.Error("the association is lost")
	}
	c.Write("main.tf", settings+configWith(m, withToken(subaccount, token))+block)
	c.Run("destroy", "-auto-approve", "-refresh=false")
	// The plan checks whether the trunk keeps another list.
	if got := m.RequestLines(); !slices.Equal(got, []string{"GET /Trunks/TK/IpAccessControlLists", "DELETE /Trunks/TK/IpAccessControlLists/AL"}) {
		t.Errorf("requests: %q", got)
	}
}

// TestImportTrunkByWrongIdentity imports with an identity whose account is not the trunk's.
func TestImportTrunkByWrongIdentity(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	association := acctest.Attachments["trunk"]
	subaccount, _ := m.AddSubaccount()
	trunk, list := association.NewParent(m), m.CreateList("", "Office").SID
	association.Attach(m, trunk, list)
	message := "The import identity has account_sid " + subaccount + ", but trunk " + trunk + " belongs to account " + m.AccountSID()
	server, _, identities := m.ConfiguredServer()
	for account, problem := range map[string]string{m.AccountSID(): "", subaccount: message} {
		imported, err := server.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{
			TypeName: association.ResourceType,
			Identity: &tfprotov6.ResourceIdentityData{IdentityData: acctest.DynamicValue(t, identities.IdentitySchemas[association.ResourceType], map[string]any{
				"account_sid": account, "trunk_sid": trunk, "ip_access_control_list_sid": list,
			})},
		})
		if err != nil || len(imported.Diagnostics) > 0 {
			t.Fatal(err, imported)
		}
		resource := imported.ImportedResources[0]
		read, err := server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{
			TypeName: resource.TypeName, CurrentState: resource.State, Private: resource.Private, CurrentIdentity: resource.Identity,
		})
		if err != nil || len(read.Diagnostics) > 0 != (problem != "") || problem != "" && !strings.Contains(read.Diagnostics[0].Detail, problem) {
			t.Errorf("account %s: %v, %v", account, err, read)
		}
	}

	c := m.NewCLI(nil)
	if !c.AtLeast("1.12", "1.12") {
		return // This CLI does not support import by identity.
	}
	c.Write("main.tf", m.RootConfig()+association.Block("test", trunk, list)+fmt.Sprintf(`
import {
  to = %s.test
  identity = {
    account_sid                = %q
    trunk_sid                  = %q
    ip_access_control_list_sid = %q
  }
}
`, association.ResourceType, subaccount, trunk, list))
	c.Run("init")
	output := strings.Join(strings.Fields(c.ExpectError("plan", "-no-color")), " ")
	if !strings.Contains(output, message) {
		t.Error(output)
	}
}
