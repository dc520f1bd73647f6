// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package migrate_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// The states in testdata/migration are the output of the other two providers, with private state. Their SIDs are placeholders for
// the mock's.

// foreignAccount is an account whose objects another provider has managed.
type foreignAccount struct {
	*acctest.Mock
	subaccount, token string
	replacer          *strings.Replacer
}

func startForeignAccount(t *testing.T) *foreignAccount {
	t.Helper()
	date := time.Date(2019, 3, 1, 12, 0, 0, 0, time.UTC)
	m := &foreignAccount{Mock: acctest.StartMockWith(t, mocktwilio.Options{Now: func() time.Time { return date }})}
	m.subaccount, m.token = m.AddSubaccount()
	pairs := []string{placeholder("AC", 1), m.AccountSID(), placeholder("AC", 2), m.subaccount}
	var lists []mocktwilio.List
	for i, name := range []string{"Office", "Branch north", "Branch south"} {
		lists = append(lists, m.CreateList("", name))
		pairs = append(pairs, placeholder("AL", i+1), lists[i].SID)
	}
	pairs = append(pairs, placeholder("AL", 4), m.CreateList(m.subaccount, "Subsidiary").SID)
	for i, a := range []struct {
		list, length  int
		address, name string
	}{
		{0, 32, "203.0.113.10", "London SBC"}, {0, 28, "198.51.100.0", "Frankfurt SBCs"},
		{1, 32, "192.0.2.7", "Branch north"}, {2, 32, "192.0.2.8", "Branch south"},
	} {
		pairs = append(pairs, placeholder("IP", i+1), m.CreateAddress("", lists[a.list].SID, a.address, a.length, a.name).SID)
	}
	domain := m.CreateDomain("", "example.sip.twilio.com", "Example")
	trunk := m.CreateTrunk("", "Example", "example.pstn.twilio.com")
	pairs = append(pairs, placeholder("SD", 1), domain.SID, placeholder("TK", 1), trunk.SID)
	for _, list := range lists {
		m.MapList("", domain.SID, list.SID)
	}
	m.AssociateList("", trunk.SID, lists[0].SID)
	m.replacer = strings.NewReplacer(pairs...)
	return m
}

func placeholder(prefix string, number int) string { return fmt.Sprintf("%s%032x", prefix, number) }

// fixture returns a file of testdata/migration with the mock's SIDs in it.
func (m *foreignAccount) fixture(name string) string {
	m.T.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", "migration", name))
	if err != nil {
		m.T.Fatal(err)
	}
	return m.replacer.Replace(string(content))
}

// fixtureSID returns the mock's SID for a placeholder.
func (m *foreignAccount) fixtureSID(prefix string, number int) string {
	return m.replacer.Replace(placeholder(prefix, number))
}

// TestMigrateFromRJPearson94 migrates every type with `terraform state replace-provider`.
func TestMigrateFromRJPearson94(t *testing.T) {
	t.Parallel()
	m := startForeignAccount(t)
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+m.fixture("rjpearson94.tf"))
	c.Write("terraform.tfstate", c.WithDefaultHost(m.fixture("rjpearson94.tfstate")))
	c.Run("state", "replace-provider", "-auto-approve", "RJPearson94/twilio", acctest.ProviderSource)
	c.Run("init")
	c.ExpectEmptyPlan()
	c.ExpectEmptyPlan("-refresh=false")
	c.Run("apply", "-auto-approve")
	c.ExpectCompleteState(11)
	c.ExpectEmptyPlan()
	m.ExpectNoWrites()
}

// TestMigrateFromTwilio migrates every type with moved blocks, with the old provider installed, and without it after `terraform
// state replace-provider`.
func TestMigrateFromTwilio(t *testing.T) {
	t.Parallel()
	for name, installed := range map[string]bool{"installed": true, "replaced": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := startForeignAccount(t)
			var others map[string]func() tfprotov6.ProviderServer
			if installed {
				others = acctest.Installed("twilio/twilio", acctest.TwilioProvider)
			}
			c := m.NewCLI(others)
			skipWithoutMoves(c)
			c.Write("main.tf", m.RootConfig()+m.fixture("twilio.tf"))
			c.Write("terraform.tfstate", c.WithDefaultHost(m.fixture("twilio.tfstate")))
			if !installed {
				c.Run("state", "replace-provider", "-auto-approve", "twilio/twilio", acctest.ProviderSource)
			}
			c.Run("init")
			expectOnlyMoves(c)
			expectOnlyMoves(c, "-refresh=false")
			c.Run("apply", "-auto-approve")
			c.ExpectCompleteState(12)
			c.ExpectEmptyPlan()
			m.ExpectNoWrites()
		})
	}
}

// skipWithoutMoves skips a test if the CLI's moved blocks cannot change the type of a resource.
func skipWithoutMoves(c *acctest.CLI) {
	c.T.Helper()
	if !c.AtLeast("1.8", "1.10") {
		c.T.Skip("moved blocks change the type from Terraform 1.8 and OpenTofu 1.10 on")
	}
}

// expectOnlyMoves fails the test unless the plan only moves resources.
func expectOnlyMoves(c *acctest.CLI, args ...string) {
	c.T.Helper()
	output := c.Run(append([]string{"plan", "-no-color"}, args...)...)
	if !strings.Contains(output, "Plan: 0 to add, 0 to change, 0 to destroy.") || !strings.Contains(output, "has moved to") {
		c.T.Fatalf("the plan does not just move:\n%s", output)
	}
}

// TestUpdateMovedStateWithoutRefresh changes a name and sets account_sid in the same apply as the move, with -refresh=false,
// while the state does not have the attributes that the other provider did not store.
func TestUpdateMovedStateWithoutRefresh(t *testing.T) {
	t.Parallel()
	m := startForeignAccount(t)
	c := m.NewCLI(nil)
	skipWithoutMoves(c)
	config := m.fixture("twilio.tf")
	c.Write("main.tf", m.RootConfig()+strings.Replace(config, `friendly_name = "Office"`, `friendly_name = "Headquarters"
  account_sid = "`+m.AccountSID()+`"`, 1))
	c.Write("terraform.tfstate", c.WithDefaultHost(m.fixture("twilio.tfstate")))
	c.Run("state", "replace-provider", "-auto-approve", "twilio/twilio", acctest.ProviderSource)
	c.Run("init")
	output := c.Run("apply", "-no-color", "-auto-approve", "-refresh=false")
	if !strings.Contains(output, "Resources: 0 added, 1 changed, 0 destroyed.") {
		t.Errorf("one list was to be changed:\n%s", output)
	}
	if got, want := m.WriteLines(), []string{"POST /IpAccessControlLists/AL"}; !slices.Equal(got, want) {
		t.Errorf("requests %q, want %q", got, want)
	}
	c.ExpectEmptyPlan()
	c.Run("apply", "-auto-approve")
	c.ExpectCompleteState(12)
	m.ExpectNoWrites()
}

// TestMigrateUnsupportedState checks that a state that cannot be converted causes an error and leaves the state file unchanged.
func TestMigrateUnsupportedState(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ from, old, new, config, want string }{
		"damaged": {
			"rjpearson94.tfstate", placeholder("IP", 1), "IP7", "rjpearson94.tf", `sid: The value must be the SID of an IP address entry ("IP" followed by 32 hexadecimal digits); got "IP7".`,
		},
		"newer": {
			"rjpearson94.tfstate", `"schema_version": 0`, `"schema_version": 2`, "rjpearson94.tf", "newer provider version",
		},
		"another type": {
			"twilio.tfstate", `"twilio_api_accounts_sip_ip_access_control_lists"`, `"twilio_api_accounts_sip_credential_lists"`, "twilio.tf",
			"A twilio_api_accounts_sip_credential_lists of the provider",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := startForeignAccount(t)
			c := m.NewCLI(nil)
			old, _, _ := strings.Cut(test.from, ".")
			if old == "twilio" {
				skipWithoutMoves(c)
			}
			c.Write("main.tf", m.RootConfig()+strings.ReplaceAll(m.fixture(test.config), "twilio_api_accounts_sip_ip_access_control_lists.", "twilio_api_accounts_sip_credential_lists."))
			c.Write("terraform.tfstate", c.WithDefaultHost(strings.ReplaceAll(m.fixture(test.from), m.replacer.Replace(test.old), test.new)))
			c.Run("state", "replace-provider", "-auto-approve", map[string]string{"rjpearson94": "RJPearson94/twilio", "twilio": "twilio/twilio"}[old], acctest.ProviderSource)
			before := c.Read("terraform.tfstate")
			c.Run("init")
			output := c.ExpectError("apply", "-no-color", "-auto-approve")
			if !acctest.Text(test.want).MatchString(output) {
				t.Errorf("%q is not in\n%s", test.want, output)
			}
			if c.Read("terraform.tfstate") != before {
				t.Error("the state was changed")
			}
			m.ExpectNoWrites()
		})
	}
}

// TestMigrateDeletedObjects migrates states whose objects have been deleted.
func TestMigrateDeletedObjects(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"rjpearson94", "twilio"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := startForeignAccount(t)
			c := m.NewCLI(nil)
			if name == "twilio" {
				skipWithoutMoves(c)
			}
			c.Write("main.tf", m.RootConfig()+m.fixture(name+".tf"))
			c.Write("terraform.tfstate", c.WithDefaultHost(m.fixture(name+".tfstate")))
			c.Run("state", "replace-provider", "-auto-approve", map[string]string{"rjpearson94": "RJPearson94/twilio", "twilio": "twilio/twilio"}[name], acctest.ProviderSource)
			c.Run("init")
			domain, list := m.fixtureSID("SD", 1), m.fixtureSID("AL", 3)
			m.UnmapList("", domain, list)
			m.DeleteList("", list)
			m.DissociateList("", m.fixtureSID("TK", 1), m.fixtureSID("AL", 1))
			if name == "twilio" {
				// The states of this provider do not have the account of an object, which may be in a subaccount.
				output := c.ExpectError("plan", "-no-color")
				for _, words := range []string{
					"Cannot find IP access control list " + list, "TWILIO_SUBACCOUNT_SID", "terraform apply -refresh=false",
					"Cannot find the association of list " + m.fixtureSID("AL", 1), "terraform state rm ADDRESS",
				} {
					if !acctest.Text(words).MatchString(output) {
						t.Errorf("%q is not in\n%s", words, output)
					}
				}
				m.ExpectNoWrites()
				return
			}
			// The list, its entry, its mapping and the association.
			if output := c.Run("plan", "-no-color"); !strings.Contains(output, "Plan: 4 to add, 0 to change, 0 to destroy.") {
				t.Fatalf("not just what is gone is to be created:\n%s", output)
			}
			m.ExpectNoWrites()
			c.Run("apply", "-auto-approve")
			c.ExpectEmptyPlan()
		})
	}
}
