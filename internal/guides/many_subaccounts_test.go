// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package guides_test

import (
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

const manySubaccounts = "one-allowlist-for-many-subaccounts"

// TestGuideOneAllowlistForManySubaccounts follows the guide with a provider block for each subaccount and, with OpenTofu, with one
// for all of them.
func TestGuideOneAllowlistForManySubaccounts(t *testing.T) {
	t.Parallel()
	const inModule = ".twilio_sip_trunking_ip_access_control_list.this"
	for name, test := range map[string]struct {
		forEach bool
		// association is the address of the association of the trunk.
		association string
	}{
		"a provider block for each": {false, "module.north_trunk" + inModule},
		"for_each of OpenTofu":      {true, `module.trunk["north"]` + inModule},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := acctest.StartMock(t)
			c := m.NewCLI(nil)
			if test.forEach && !supports(c.Program, []string{"opentofu 1.9"}, "opentofu") {
				t.Skip("for_each of provider blocks begins with OpenTofu 1.9")
			}
			north, northToken := m.AddSubaccount()
			south, southToken := m.AddSubaccount()
			domains := map[string]string{
				north: m.CreateDomain(north, "north.sip.twilio.com", "").SID,
				south: m.CreateDomain(south, "south.sip.twilio.com", "").SID,
			}
			trunk := m.CreateTrunk(north, "North", "").SID
			installProvider(c, m)
			copyExample(c, manySubaccounts)
			c.Env = append(c.Env, "TF_CLI_ARGS_apply=-auto-approve")
			values := []string{
				"AC0123456789abcdef0123456789abcdef", north, "AC123456789abcdef0123456789abcdef0", south,
				"SD0123456789abcdef0123456789abcdef", domains[north], "TK0123456789abcdef0123456789abcdef", trunk,
				"your_parent_account_sid", m.AccountSID(), "your_parent_auth_token", m.AuthToken(),
				"your_north_auth_token", northToken, "your_south_auth_token", southToken,
				"module.north_trunk" + inModule, "'" + test.association + "'",
			}
			// environment is what the guide exports before its commands.
			var environment string
			for _, block := range readGuide(t, manySubaccounts+".md.tmpl") {
				text := strings.NewReplacer(values...).Replace(block.text)
				applies := strings.HasPrefix(text, "export ")
				switch {
				case block.only == "opentofu" && !test.forEach, applies && block.only == "" && test.forEach:
					// This is the other way.
				case block.file != "":
					c.Write(block.file, text)
					c.Run("fmt", "-check", block.file)
				case applies:
					shell(c, block.line, text)
					environment, _, _ = strings.Cut(text, map[bool]string{false: "terraform", true: "tofu"}[test.forEach]+" init\n")
					list := expectAllowlists(m, domains)
					if associated := m.Associations(north, trunk); len(associated) != 1 || associated[0].ListSID != list[north] {
						t.Errorf("associations: %v", associated)
					}
					values = append(values, acctest.ListSID, list[north])
				case strings.HasPrefix(text, "terraform import "):
					c.Run("state", "rm", listType+`.gateways["north"]`, mappingType+`.calls["north"]`, test.association)
					m.ResetRequests()
					shell(c, block.line, environment+text+"terraform plan -detailed-exitcode")
					m.ExpectNoWrites()
				default:
					t.Errorf("line %d: nothing runs this block", block.line)
				}
			}
			shell(c, 0, environment+"terraform destroy -auto-approve")
			for account := range domains {
				if lists := m.Lists(account); len(lists) > 0 {
					t.Errorf("left: %v", lists)
				}
			}
		})
	}
}

// expectAllowlists fails the test unless each account has one list with two entries, which is mapped to its domain. It returns the
// lists by account.
func expectAllowlists(m *acctest.Mock, domains map[string]string) map[string]string {
	m.T.Helper()
	byAccount := map[string]string{}
	for account, domain := range domains {
		lists := m.Lists(account)
		if len(lists) != 1 || len(m.Addresses(account, lists[0].SID)) != 2 {
			m.T.Fatalf("lists of %s: %v", account, lists)
		}
		if mapped := m.Mappings(account, domain); len(mapped) != 1 || mapped[0].ListSID != lists[0].SID {
			m.T.Errorf("mappings of %s: %v", account, mapped)
		}
		byAccount[account] = lists[0].SID
	}
	return byAccount
}

// TestManySubaccountsWithEphemeralToken makes the token of the guide's configuration ephemeral, as the guide says to do for saved
// plans.
func TestManySubaccountsWithEphemeralToken(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	if !c.AtLeast("1.10", "1.11") {
		t.Skip("ephemeral variables begin with Terraform 1.10 and OpenTofu 1.11")
	}
	north, token := m.AddSubaccount()
	m.CreateDomain(north, "north.sip.twilio.com", "")
	m.CreateTrunk(north, "North", "")
	installProvider(c, m)
	copyExample(c, manySubaccounts)
	c.Env = append(c.Env, "TWILIO_ACCOUNT_SID="+m.AccountSID(), "TWILIO_AUTH_TOKEN="+m.AuthToken(), "TF_VAR_north_auth_token="+token,
		`TF_VAR_subaccounts={north={account_sid="`+north+`",domain_name="north.sip.twilio.com"}}`)
	c.Run("init")
	c.Run("plan", "-out=tfplan")
	expectInPlan(t, c, token, true)
	c.Write("trunks.tf", strings.Replace(c.Read("trunks.tf"), "  sensitive   = true\n", "  sensitive   = true\n  ephemeral   = true\n", 1))
	c.Run("plan", "-out=tfplan")
	expectInPlan(t, c, token, false)
	c.Run("apply", "tfplan")
	if lists := m.Lists(north); len(lists) != 1 {
		t.Errorf("lists: %v", lists)
	}
}
