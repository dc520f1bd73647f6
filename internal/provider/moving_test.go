// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// The states in testdata/moving are written the way the other two providers write them, private state included. Their SIDs
// and dates stand for those that the mock gives out.

// movers is an account that someone has managed with another provider.
type movers struct {
	*mock
	subaccount, token string
	replacer          *strings.Replacer
}

func startMovers(t *testing.T) *movers {
	t.Helper()
	date := time.Date(2019, 3, 1, 12, 0, 0, 0, time.UTC)
	m := &movers{mock: startMockWith(t, mocktwilio.Options{Now: func() time.Time { return date }})}
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

// fixture gives a file of testdata/moving with the mock's SIDs in it.
func (m *movers) fixture(name string) string {
	m.t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", "moving", name))
	if err != nil {
		m.t.Fatal(err)
	}
	return m.replacer.Replace(string(content))
}

// fixtureSID gives the mock's SID for one of a fixture.
func (m *movers) fixtureSID(prefix string, number int) string {
	return m.replacer.Replace(placeholder(prefix, number))
}

// onlyReads demands that nothing was changed at Twilio, and empties the log.
func (m *mock) onlyReads() {
	m.t.Helper()
	if writes := m.writes(); len(writes) > 0 {
		m.t.Errorf("these were to be reads only: %q", writes)
	}
}

// settled demands that every resource in the state has our version and provider, that every object is there and that its
// identity is, where the CLI stores it.
func (c *cli) settled(resources int) {
	c.t.Helper()
	found := 0
	for _, resource := range c.state() {
		if resource.Mode != "managed" {
			continue
		}
		for _, instance := range resource.Instances {
			found++
			name := fmt.Sprintf("%s.%s[%v]", resource.Type, resource.Name, instance.IndexKey)
			if instance.SchemaVersion != 1 || !strings.Contains(resource.Provider, "/"+ourAddress+`"`) {
				c.t.Errorf("%s: version %d of %s", name, instance.SchemaVersion, resource.Provider)
			}
			for attribute, value := range instance.Attributes {
				if value == nil && !slices.Contains([]string{"timeouts", "ip_addresses"}, attribute) {
					c.t.Errorf("%s: %s is null", name, attribute)
				}
			}
			if c.atLeast("1.12", "1.12") && len(instance.Identity) == 0 {
				c.t.Errorf("%s has no identity", name)
			}
		}
	}
	if found != resources {
		c.t.Errorf("%d objects in the state, want %d", found, resources)
	}
}

// TestMovingFromRJPearson94 takes every type over by `terraform state replace-provider`.
func TestMovingFromRJPearson94(t *testing.T) {
	t.Parallel()
	m := startMovers(t)
	c := m.newCLI(nil)
	c.write("main.tf", m.mockBlock()+m.fixture("rjpearson94.tf"))
	c.write("terraform.tfstate", c.hosted(m.fixture("rjpearson94.tfstate")))
	c.run("state", "replace-provider", "-auto-approve", "RJPearson94/twilio", ourAddress)
	c.run("init")
	c.emptyPlan()
	c.emptyPlan("-refresh=false")
	c.run("apply", "-auto-approve")
	c.settled(11)
	c.emptyPlan()
	m.onlyReads()
}

// hosted puts the CLI's registry into a state.
func (c *cli) hosted(state string) string {
	return strings.ReplaceAll(state, "registry.terraform.io", c.host())
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
				others = installed("twilio/twilio", twilioIncProvider)
			}
			c := m.newCLI(others)
			c.needsMoves()
			c.write("main.tf", m.mockBlock()+m.fixture("twilio.tf"))
			c.write("terraform.tfstate", c.hosted(m.fixture("twilio.tfstate")))
			if !present {
				c.run("state", "replace-provider", "-auto-approve", "twilio/twilio", ourAddress)
			}
			c.run("init")
			c.onlyMoves()
			c.onlyMoves("-refresh=false")
			c.run("apply", "-auto-approve")
			c.settled(12)
			c.emptyPlan()
			m.onlyReads()
		})
	}
}

// needsMoves skips a test where moved blocks cannot change the type of a resource.
func (c *cli) needsMoves() {
	c.t.Helper()
	if !c.atLeast("1.8", "1.10") {
		c.t.Skip("moved blocks change the type from Terraform 1.8 and OpenTofu 1.10 on")
	}
}

// onlyMoves demands a plan that does nothing but move.
func (c *cli) onlyMoves(args ...string) {
	c.t.Helper()
	output := c.run(append([]string{"plan", "-no-color"}, args...)...)
	if !strings.Contains(output, "Plan: 0 to add, 0 to change, 0 to destroy.") || !strings.Contains(output, "has moved to") {
		c.t.Fatalf("the plan does not just move:\n%s", output)
	}
}

// TestMovedStateIsChangedBeforeItIsRefreshed plans and applies a rename and an account right after a move with
// -refresh=false, when the state still lacks all that the other provider did not keep.
func TestMovedStateIsChangedBeforeItIsRefreshed(t *testing.T) {
	t.Parallel()
	m := startMovers(t)
	c := m.newCLI(nil)
	c.needsMoves()
	config := m.fixture("twilio.tf")
	c.write("main.tf", m.mockBlock()+strings.Replace(config, `friendly_name = "Office"`, `friendly_name = "Headquarters"
  account_sid = "`+m.AccountSID()+`"`, 1))
	c.write("terraform.tfstate", c.hosted(m.fixture("twilio.tfstate")))
	c.run("state", "replace-provider", "-auto-approve", "twilio/twilio", ourAddress)
	c.run("init")
	output := c.run("apply", "-no-color", "-auto-approve", "-refresh=false")
	if !strings.Contains(output, "Resources: 0 added, 1 changed, 0 destroyed.") {
		t.Errorf("one list was to be changed:\n%s", output)
	}
	if got, want := m.writes(), []string{"POST /IpAccessControlLists/AL"}; !slices.Equal(got, want) {
		t.Errorf("requests %q, want %q", got, want)
	}
	c.emptyPlan()
	c.run("apply", "-auto-approve")
	c.settled(12)
	m.onlyReads()
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
			c := m.newCLI(nil)
			old, _, _ := strings.Cut(test.from, ".")
			if old == "twilio" {
				c.needsMoves()
			}
			c.write("main.tf", m.mockBlock()+strings.ReplaceAll(m.fixture(test.config), "twilio_api_accounts_sip_ip_access_control_lists.", "twilio_api_accounts_sip_credential_lists."))
			c.write("terraform.tfstate", c.hosted(strings.ReplaceAll(m.fixture(test.from), m.replacer.Replace(test.old), test.new)))
			c.run("state", "replace-provider", "-auto-approve", map[string]string{"rjpearson94": "RJPearson94/twilio", "twilio": "twilio/twilio"}[old], ourAddress)
			before := c.read("terraform.tfstate")
			c.run("init")
			output := c.fail("apply", "-no-color", "-auto-approve")
			if !text(test.want).MatchString(output) {
				t.Errorf("%q is not in\n%s", test.want, output)
			}
			if c.read("terraform.tfstate") != before {
				t.Error("the state was changed")
			}
			m.onlyReads()
		})
	}
}

// everything is a configuration of all types, with everything that it refers to.
func (m *mock) everything() (config string, domain, trunk string) {
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

// TestOtherRegistry goes on with a state from another registry, as on the way from Terraform to OpenTofu or to a mirror.
func TestOtherRegistry(t *testing.T) {
	t.Parallel()
	m := startMock(t)
	c := m.newCLI(nil)
	config, _, _ := m.everything()
	c.write("main.tf", m.mockBlock()+config)
	c.run("init")
	c.run("apply", "-auto-approve")
	m.ResetRequests()
	other := map[bool]string{false: "registry.opentofu.org", true: "registry.terraform.io"}[c.openTofu]
	c.write("terraform.tfstate", strings.ReplaceAll(c.read("terraform.tfstate"), c.host(), other))
	c.emptyPlan()
	c.run("apply", "-auto-approve")
	c.settled(5)
	if state := c.read("terraform.tfstate"); strings.Contains(state, other) {
		t.Errorf("the state still names %s", other)
	}
	c.emptyPlan()
	m.onlyReads()
}

// TestDeletedObjects plans to create what was deleted behind Terraform's back, whether or not the state has an identity: one
// written by a CLI before 1.12 or by another provider has none.
func TestDeletedObjects(t *testing.T) {
	t.Parallel()
	for name, identified := range map[string]bool{"with identity": true, "without identity": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := startMock(t)
			c := m.newCLI(nil)
			config, domain, trunk := m.everything()
			c.write("main.tf", m.mockBlock()+config)
			c.run("init")
			c.run("apply", "-auto-approve")
			if !identified {
				c.forgetIdentities()
			}
			lists := m.Lists("")
			if lists[0].FriendlyName != "Map" {
				slices.Reverse(lists)
			}
			m.UnmapList("", domain, lists[0].SID)
			m.DissociateList("", trunk, lists[0].SID)
			m.DeleteAddress("", lists[1].SID, m.Addresses("", lists[1].SID)[0].SID)
			for _, gone := range []string{"twilio_sip_ip_address.single", mappingType + ".map", associationType + ".map"} {
				if output := c.run("plan", "-no-color"); !strings.Contains(output, gone+" will be created") || !strings.Contains(output, "Plan: 3 to add, 0 to change, 0 to destroy.") {
					t.Fatalf("%s is not to be created:\n%s", gone, output)
				}
			}
			m.DeleteList("", lists[0].SID)
			m.DeleteList("", lists[1].SID)
			if output := c.run("plan", "-no-color"); !strings.Contains(output, "Plan: 5 to add, 0 to change, 0 to destroy.") {
				t.Fatalf("not everything is to be created:\n%s", output)
			}
			c.run("apply", "-auto-approve")
			c.emptyPlan()
			c.settled(5)
		})
	}
}

// forgetIdentities makes the state one that has no identities.
func (c *cli) forgetIdentities() {
	c.t.Helper()
	var state map[string]any
	if err := json.Unmarshal([]byte(c.read("terraform.tfstate")), &state); err != nil {
		c.t.Fatal(err)
	}
	for _, resource := range state["resources"].([]any) {
		for _, instance := range resource.(map[string]any)["instances"].([]any) {
			delete(instance.(map[string]any), "identity")
			delete(instance.(map[string]any), "identity_schema_version")
		}
	}
	text, err := json.Marshal(state)
	if err != nil {
		c.t.Fatal(err)
	}
	c.write("terraform.tfstate", string(text))
}

// TestTakenOverObjectsAreGone takes over states whose objects were deleted in the meantime.
func TestTakenOverObjectsAreGone(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"rjpearson94", "twilio"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := startMovers(t)
			c := m.newCLI(nil)
			if name == "twilio" {
				c.needsMoves()
			}
			c.write("main.tf", m.mockBlock()+m.fixture(name+".tf"))
			c.write("terraform.tfstate", c.hosted(m.fixture(name+".tfstate")))
			c.run("state", "replace-provider", "-auto-approve", map[string]string{"rjpearson94": "RJPearson94/twilio", "twilio": "twilio/twilio"}[name], ourAddress)
			c.run("init")
			domain, list := m.fixtureSID("SD", 1), m.fixtureSID("AL", 3)
			m.UnmapList("", domain, list)
			m.DeleteList("", list)
			m.DissociateList("", m.fixtureSID("TK", 1), m.fixtureSID("AL", 1))
			// The list with its address and mapping, and the association.
			if output := c.run("plan", "-no-color"); !strings.Contains(output, "Plan: 4 to add, 0 to change, 0 to destroy.") {
				t.Fatalf("not just what is gone is to be created:\n%s", output)
			}
			m.onlyReads()
			c.run("apply", "-auto-approve")
			c.emptyPlan()
		})
	}
}
