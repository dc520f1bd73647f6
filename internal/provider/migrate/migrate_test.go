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

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// The states in testdata/moving are written the way the other two providers write them, private state included. Their SIDs
// and dates stand for those that the mock gives out.

// movers is an account that someone has managed with another provider.
type movers struct {
	*acctest.Mock
	subaccount, token string
	replacer          *strings.Replacer
}

func startMovers(t *testing.T) *movers {
	t.Helper()
	date := time.Date(2019, 3, 1, 12, 0, 0, 0, time.UTC)
	m := &movers{Mock: acctest.StartMockWith(t, mocktwilio.Options{Now: func() time.Time { return date }})}
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

// fixture returns a file of testdata/moving with the mock's SIDs in it.
func (m *movers) fixture(name string) string {
	m.T.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", "moving", name))
	if err != nil {
		m.T.Fatal(err)
	}
	return m.replacer.Replace(string(content))
}

// fixtureSID returns the mock's SID for one of a fixture.
func (m *movers) fixtureSID(prefix string, number int) string {
	return m.replacer.Replace(placeholder(prefix, number))
}

// TestMovingFromRJPearson94 takes every type over by `terraform state replace-provider`.
func TestMovingFromRJPearson94(t *testing.T) {
	t.Parallel()
	m := startMovers(t)
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

// TestMovingFromTwilio takes every type over by moved blocks: while the old provider is installed, and after
// `terraform state replace-provider` when it is not.
func TestMovingFromTwilio(t *testing.T) {
	t.Parallel()
	for name, present := range map[string]bool{"installed": true, "replaced": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := startMovers(t)
			var others map[string]func() tfprotov6.ProviderServer
			if present {
				others = acctest.Installed("twilio/twilio", acctest.TwilioProvider)
			}
			c := m.NewCLI(others)
			needsMoves(c)
			c.Write("main.tf", m.RootConfig()+m.fixture("twilio.tf"))
			c.Write("terraform.tfstate", c.WithDefaultHost(m.fixture("twilio.tfstate")))
			if !present {
				c.Run("state", "replace-provider", "-auto-approve", "twilio/twilio", acctest.ProviderSource)
			}
			c.Run("init")
			onlyMoves(c)
			onlyMoves(c, "-refresh=false")
			c.Run("apply", "-auto-approve")
			c.ExpectCompleteState(12)
			c.ExpectEmptyPlan()
			m.ExpectNoWrites()
		})
	}
}

// needsMoves skips a test where moved blocks cannot change the type of a resource.
func needsMoves(c *acctest.CLI) {
	c.T.Helper()
	if !c.AtLeast("1.8", "1.10") {
		c.T.Skip("moved blocks change the type from Terraform 1.8 and OpenTofu 1.10 on")
	}
}

// onlyMoves demands a plan that does nothing but move.
func onlyMoves(c *acctest.CLI, args ...string) {
	c.T.Helper()
	output := c.Run(append([]string{"plan", "-no-color"}, args...)...)
	if !strings.Contains(output, "Plan: 0 to add, 0 to change, 0 to destroy.") || !strings.Contains(output, "has moved to") {
		c.T.Fatalf("the plan does not just move:\n%s", output)
	}
}

// TestMovedStateIsChangedBeforeItIsRefreshed plans and applies a rename and an account right after a move with
// -refresh=false, when the state still lacks all that the other provider did not keep.
func TestMovedStateIsChangedBeforeItIsRefreshed(t *testing.T) {
	t.Parallel()
	m := startMovers(t)
	c := m.NewCLI(nil)
	needsMoves(c)
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

// TestUnknownStateIsLeftAlone looks at what a person sees of a state that cannot be taken over: an error that names the
// resource, and a state file without a change.
func TestUnknownStateIsLeftAlone(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ from, old, new, config, want string }{
		"damaged": {
			"rjpearson94.tfstate", placeholder("IP", 1), "IP7", "rjpearson94.tf", `sid: "IP7" is not a SID`,
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
			m := startMovers(t)
			c := m.NewCLI(nil)
			old, _, _ := strings.Cut(test.from, ".")
			if old == "twilio" {
				needsMoves(c)
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

// TestMigratedObjectsAreGone migrates states whose objects have been deleted.
func TestMigratedObjectsAreGone(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"rjpearson94", "twilio"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := startMovers(t)
			c := m.NewCLI(nil)
			if name == "twilio" {
				needsMoves(c)
			}
			c.Write("main.tf", m.RootConfig()+m.fixture(name+".tf"))
			c.Write("terraform.tfstate", c.WithDefaultHost(m.fixture(name+".tfstate")))
			c.Run("state", "replace-provider", "-auto-approve", map[string]string{"rjpearson94": "RJPearson94/twilio", "twilio": "twilio/twilio"}[name], acctest.ProviderSource)
			c.Run("init")
			domain, list := m.fixtureSID("SD", 1), m.fixtureSID("AL", 3)
			m.UnmapList("", domain, list)
			m.DeleteList("", list)
			m.DissociateList("", m.fixtureSID("TK", 1), m.fixtureSID("AL", 1))
			// The list with its address and mapping, and the association.
			if output := c.Run("plan", "-no-color"); !strings.Contains(output, "Plan: 4 to add, 0 to change, 0 to destroy.") {
				t.Fatalf("not just what is gone is to be created:\n%s", output)
			}
			m.ExpectNoWrites()
			c.Run("apply", "-auto-approve")
			c.ExpectEmptyPlan()
		})
	}
}
