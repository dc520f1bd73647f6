// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package accesslist_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// entries is a value of ip_addresses.
type entries map[string]string

func listConfig(name string, addresses entries, extra ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "resource \"twilio_sip_ip_access_control_list\" \"test\" {\n  friendly_name = %q\n", name)
	if addresses != nil {
		b.WriteString("  ip_addresses = {\n")
		for _, key := range slices.Sorted(maps.Keys(addresses)) {
			fmt.Fprintf(&b, "    %q = %q\n", key, addresses[key])
		}
		b.WriteString("  }\n")
	}
	for _, line := range extra {
		b.WriteString("  " + line + "\n")
	}
	b.WriteString("}\n")
	return b.String()
}

// expectEntries checks the entries of the account's only list and the writes since the last check.
func expectEntries(m *acctest.Mock, entryLines []string, writes ...string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		sid := m.OnlyListSID()
		if got := m.EntryLines(sid); !slices.Equal(got, entryLines) {
			return fmt.Errorf("the list holds %q, not %q", got, entryLines)
		}
		got := m.WriteLines()
		slices.Sort(got)
		slices.Sort(writes)
		if !slices.Equal(got, writes) {
			return fmt.Errorf("writes were %q, not %q", got, writes)
		}
		return nil
	}
}

const (
	createList    = "POST /IpAccessControlLists"
	renameList    = "POST /IpAccessControlLists/AL"
	createAddress = "POST /IpAccessControlLists/AL/IpAddresses"
	updateAddress = "POST /IpAccessControlLists/AL/IpAddresses/IP"
	deleteAddress = "DELETE /IpAccessControlLists/AL/IpAddresses/IP"
	readList      = "GET /IpAccessControlLists/AL"
	readAddresses = "GET /IpAccessControlLists/AL/IpAddresses"
)

func expectAction(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(listResource, action)}}
}

func expectMap(addresses entries) statecheck.StateCheck {
	checks := map[string]knownvalue.Check{}
	for key, name := range addresses {
		checks[key] = knownvalue.StringExact(name)
	}
	return statecheck.ExpectKnownValue(listResource, tfjsonpath.New("ip_addresses"), knownvalue.MapExact(checks))
}

func expectNoMap() statecheck.StateCheck {
	return statecheck.ExpectKnownValue(listResource, tfjsonpath.New("ip_addresses"), knownvalue.Null())
}

func TestIPAddressesMap(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	var sid string
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.ProviderFactories(),
		Steps: []resource.TestStep{
			{
				Config: m.Config(listConfig("Office", entries{"198.51.100.7": "pbx", "203.0.113.0/24": "carrier", "192.0.2.9/32": "backup"})),
				Check: func(s *terraform.State) error {
					sid = m.OnlyListSID()
					return expectEntries(m, []string{"192.0.2.9/32 backup", "198.51.100.7/32 pbx", "203.0.113.0/24 carrier"},
						createList, createAddress, createAddress, createAddress)(s)
				},
				ConfigStateChecks: []statecheck.StateCheck{expectMap(entries{"198.51.100.7": "pbx", "203.0.113.0/24": "carrier", "192.0.2.9/32": "backup"})},
			},
			{
				// An import uses the short spelling.
				ResourceName: listResource, ImportState: true, ImportStateVerify: true,
				ImportStateVerifyIgnore: []string{"ip_addresses.192.0.2.9"},
			},
			{
				// A different spelling is not a change.
				Config:           m.Config(listConfig("Office", entries{"198.51.100.7/32": "pbx", "203.0.113.0/24": "carrier", "192.0.2.9": "backup"})),
				ConfigPlanChecks: expectAction(plancheck.ResourceActionNoop),
				Check:            expectEntries(m, []string{"192.0.2.9/32 backup", "198.51.100.7/32 pbx", "203.0.113.0/24 carrier"}),
			},
			{
				// One entry removed, one renamed, and one spelled differently.
				Config:            m.Config(listConfig("Office", entries{"198.51.100.7/32": "pbx", "203.0.113.0/24": "Carrier"})),
				ConfigPlanChecks:  expectAction(plancheck.ResourceActionUpdate),
				Check:             expectEntries(m, []string{"198.51.100.7/32 pbx", "203.0.113.0/24 Carrier"}, updateAddress, deleteAddress),
				ConfigStateChecks: []statecheck.StateCheck{expectMap(entries{"198.51.100.7/32": "pbx", "203.0.113.0/24": "Carrier"})},
			},
			{
				// One entry added and one renamed outside of Terraform.
				PreConfig: func() {
					m.CreateAddress("", sid, "192.0.2.200", 32, "stranger")
					for _, a := range m.Addresses("", sid) {
						if a.FriendlyName == "pbx" {
							m.UpdateAddress("", sid, a.SID, a.IPAddress, a.CIDRPrefixLength, "PBX")
						}
					}
				},
				Config: m.Config(listConfig("Office", entries{"198.51.100.7/32": "pbx", "203.0.113.0/24": "Carrier"})),
				Check:  expectEntries(m, []string{"198.51.100.7/32 pbx", "203.0.113.0/24 Carrier"}, updateAddress, deleteAddress),
			},
			{
				// A removed and an added entry take only one request.
				Config: m.Config(listConfig("Office", entries{"192.0.2.77": "pbx", "203.0.113.0/24": "Carrier"})),
				Check:  expectEntries(m, []string{"192.0.2.77/32 pbx", "203.0.113.0/24 Carrier"}, updateAddress),
			},
			{
				Config: m.Config(listConfig("Head office", entries{"192.0.2.77": "pbx", "203.0.113.0/24": "Carrier"})),
				Check:  expectEntries(m, []string{"192.0.2.77/32 pbx", "203.0.113.0/24 Carrier"}, renameList),
			},
			{
				// When the map is removed from the configuration, the entries stay in the list and are removed from the state.
				Config: m.Config(listConfig("Head office", nil)),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(listResource, plancheck.ResourceActionUpdate),
					plancheck.ExpectKnownValue(listResource, tfjsonpath.New("ip_addresses"), knownvalue.Null()),
				}},
				Check:             expectEntries(m, []string{"192.0.2.77/32 pbx", "203.0.113.0/24 Carrier"}),
				ConfigStateChecks: []statecheck.StateCheck{expectNoMap()},
			},
			{
				// Entries that are not managed are not read.
				PreConfig: func() { m.RequestLines() },
				Config:    m.Config(listConfig("Head office", nil)), PlanOnly: true,
			},
			{
				PreConfig: func() {
					if got := m.RequestLines(); slices.Contains(got, readAddresses) || !slices.Contains(got, readList) {
						t.Errorf("requests of a plan without ip_addresses: %q", got)
					}
				},
				// The map is in the configuration again.
				Config: m.Config(listConfig("Head office", entries{"192.0.2.77": "pbx", "203.0.113.0/24": "Carrier"})),
				Check:  expectEntries(m, []string{"192.0.2.77/32 pbx", "203.0.113.0/24 Carrier"}),
			},
			{
				Config: m.Config(listConfig("Head office", entries{"192.0.2.77": "pbx"})),
				Check:  expectEntries(m, []string{"192.0.2.77/32 pbx"}, deleteAddress),
			},
			{
				Config:            m.Config(listConfig("Head office", entries{})),
				Check:             expectEntries(m, []string{}, deleteAddress),
				ConfigStateChecks: []statecheck.StateCheck{expectMap(entries{})},
			},
			{
				// An empty map keeps the list empty.
				PreConfig: func() { m.CreateAddress("", sid, "192.0.2.200", 32, "stranger") },
				Config:    m.Config(listConfig("Head office", entries{})),
				Check:     expectEntries(m, []string{}, deleteAddress),
			},
			{
				// The list was deleted outside of Terraform.
				PreConfig: func() { m.DeleteList("", sid) },
				Config:    m.Config(listConfig("Head office", entries{"192.0.2.77": "pbx"})),
				Check:     expectEntries(m, []string{"192.0.2.77/32 pbx"}, createList, createAddress),
			},
		},
	})
	if left := m.Lists(""); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

// hundred returns a full map of single addresses in 10.NET.0.0/16.
func hundred(net int, name string) entries {
	full := entries{}
	for i := range ipblock.MaxEntries {
		full[fmt.Sprintf("10.%d.%d.7", net, i)] = name + " " + strconv.Itoa(i)
	}
	return full
}

func TestFullList(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	largest := &entryCounter{}
	m.Wrap(largest.middleware(m))
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.ProviderFactories(),
		Steps: []resource.TestStep{
			{
				Config: m.Config(listConfig("Office", hundred(1, "a"))),
				Check: func(*terraform.State) error {
					counts := map[string]int{}
					for _, line := range m.WriteLines() {
						counts[line]++
					}
					if counts[createList] != 1 || counts[createAddress] != 100 || len(counts) != 2 {
						return fmt.Errorf("writes: %v", counts)
					}
					return nil
				},
			},
			{PreConfig: func() { m.RequestLines() }, Config: m.Config(listConfig("Office", hundred(1, "a"))), PlanOnly: true},
			{
				PreConfig: func() {
					got := m.RequestLines()
					if len(got)%2 != 0 || len(got) == 0 {
						t.Errorf("a plan took %d requests, not 2", len(got))
					}
					for i, line := range got {
						if want := []string{readList, readAddresses}[i%2]; line != want {
							t.Errorf("request %d of the plan: %s, not %s", i, line, want)
						}
					}
				},
				// Replacing all entries of a full list takes one update for each, and the number of entries never changes.
				Config: m.Config(listConfig("Office", hundred(2, "b"))),
				Check: func(*terraform.State) error {
					writes := m.WriteLines()
					if len(writes) != 100 || slices.ContainsFunc(writes, func(line string) bool { return line != updateAddress }) {
						return fmt.Errorf("%d writes: %q", len(writes), writes)
					}
					if largest.largest != 100 || largest.smallest != 100 {
						return fmt.Errorf("the list held between %d and %d entries on the way", largest.smallest, largest.largest)
					}
					return nil
				},
			},
		},
	})
}

// entryCounter records the smallest and largest number of entries of the account's only list after each update or delete of an
// entry.
type entryCounter struct{ smallest, largest int }

func (w *entryCounter) middleware(m *acctest.Mock) func(http.Handler) http.Handler {
	w.smallest = ipblock.MaxEntries
	lock := make(chan struct{}, 1)
	return func(inner http.Handler) http.Handler {
		return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			inner.ServeHTTP(rw, r)
			if !strings.Contains(r.URL.Path, "/IpAddresses/") || r.Method == http.MethodGet {
				return
			}
			lock <- struct{}{}
			defer func() { <-lock }()
			if lists := m.Lists(""); len(lists) == 1 {
				count := len(m.Addresses("", lists[0].SID))
				w.smallest, w.largest = min(w.smallest, count), max(w.largest, count)
			}
		})
	}
}

func TestImportWithIPAddresses(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	sid := m.CreateList("", "Office").SID
	m.CreateAddress("", sid, "198.51.100.7", 32, "pbx")
	m.CreateAddress("", sid, "203.0.113.0", 24, "carrier")
	importBlock := fmt.Sprintf("import {\n  to = twilio_sip_ip_access_control_list.test\n  id = %q\n}\n", sid)
	entryLines := []string{"198.51.100.7/32 pbx", "203.0.113.0/24 carrier"}
	for name, test := range map[string]entries{
		"without the map": nil,
		"with the map":    {"198.51.100.7": "pbx", "203.0.113.0/24": "carrier"},
		"other spelling":  {"198.51.100.7/32": "pbx", "203.0.113.9/24": "carrier"},
	} {
		t.Run(name, func(t *testing.T) {
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: m.ProviderFactories(),
				Steps: []resource.TestStep{
					{
						Config: m.Config(listConfig("Office", test), importBlock),
						ConfigPlanChecks: resource.ConfigPlanChecks{
							PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(listResource, plancheck.ResourceActionNoop)},
							PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
						},
						Check:             expectEntries(m, entryLines),
						ConfigStateChecks: []statecheck.StateCheck{expectMap(entries{"198.51.100.7": "pbx", "203.0.113.0/24": "carrier"})},
					},
					{
						Config: m.Config(removedBlock(acctest.FindProgram(t), "twilio_sip_ip_access_control_list.test")),
						Check:  expectEntries(m, entryLines),
					},
				},
			})
		})
	}

	// The entries stay in the state and are read, because an output that uses them must not change with a rename.
	t.Run("still shown after an update", func(t *testing.T) {
		output := "output \"size\" {\n  value = length(twilio_sip_ip_access_control_list.test.ip_addresses)\n}\n"
		resource.UnitTest(t, resource.TestCase{
			ProtoV6ProviderFactories: m.ProviderFactories(),
			Steps: []resource.TestStep{
				{Config: m.Config(listConfig("Office", nil), importBlock, output)},
				{
					Config: m.Config(listConfig("Head office", nil), output),
					ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
						// The plan does not change the map.
						plancheck.ExpectKnownValue(listResource, tfjsonpath.New("ip_addresses"), knownvalue.MapSizeExact(2)),
					}},
					Check: expectEntries(m, entryLines, renameList),
				},
				{
					Config: m.Config(listConfig("Head office", nil), output),
					ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
						plancheck.ExpectEmptyPlan(), plancheck.ExpectKnownOutputValue("size", knownvalue.Int64Exact(2)),
					}},
				},
			},
		})
	})
}

func TestImportEmptyList(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	sid := m.CreateList("", "Office").SID
	importBlock := fmt.Sprintf("import {\n  to = twilio_sip_ip_access_control_list.test\n  id = %q\n}\n", sid)
	for name, test := range map[string]entries{"without the map": nil, "with an empty map": {}} {
		t.Run(name, func(t *testing.T) {
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: m.ProviderFactories(),
				Steps: []resource.TestStep{
					{Config: m.Config(listConfig("Office", test), importBlock), ConfigPlanChecks: expectAction(plancheck.ResourceActionNoop), Check: expectEntries(m, []string{})},
					{Config: m.Config(removedBlock(acctest.FindProgram(t), "twilio_sip_ip_access_control_list.test"))},
				},
			})
		})
	}
}

// TestDuplicateIPAddresses imports a list in which several entries have the same block, which Twilio allows.
func TestDuplicateIPAddresses(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	sid := m.CreateList("", "Office").SID
	m.CreateAddress("", sid, "198.51.100.7", 32, "first")
	second := m.CreateAddress("", sid, "198.51.100.7", 32, "pbx").SID
	third := m.CreateAddress("", sid, "198.51.100.7", 32, "third").SID
	importBlock := fmt.Sprintf("import {\n  to = twilio_sip_ip_access_control_list.test\n  id = %q\n}\n", sid)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.ProviderFactories(),
		Steps: []resource.TestStep{
			{
				Config: m.Config(listConfig("Office", nil), importBlock),
				ConfigStateChecks: []statecheck.StateCheck{expectMap(entries{
					"198.51.100.7":                  "first",
					"198.51.100.7 (" + second + ")": "pbx",
					"198.51.100.7 (" + third + ")":  "third",
				})},
			},
			{
				// The key of a duplicate is invalid in a configuration.
				Config:      m.Config(listConfig("Office", entries{"198.51.100.7": "first", "198.51.100.7 (" + second + ")": "pbx"})),
				ExpectError: acctest.Text("is a key that the state uses if the list contains 198.51.100.7 more than once"),
			},
			{
				// The entry with the configured name stays.
				Config:            m.Config(listConfig("Office", entries{"198.51.100.7": "pbx"})),
				ConfigPlanChecks:  expectAction(plancheck.ResourceActionUpdate),
				Check:             expectEntries(m, []string{"198.51.100.7/32 pbx"}, deleteAddress, deleteAddress),
				ConfigStateChecks: []statecheck.StateCheck{expectMap(entries{"198.51.100.7": "pbx"})},
			},
		},
	})
}

// TestMapForListWithEntries adds the map to lists that have other entries. The plan cannot show their removal, so it fails.
func TestMapForListWithEntries(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+listConfig("Office", nil))
	c.Run("init")
	c.Run("apply", "-auto-approve")
	sid := m.OnlyListSID()
	m.CreateAddress("", sid, "198.51.100.7", 32, "pbx")
	m.CreateAddress("", sid, "198.51.100.7", 32, "pbx again")
	m.CreateAddress("", sid, "192.0.2.200", 32, `Old ${gateway} "A"`)
	c.ExpectEmptyPlan()

	c.Write("main.tf", m.RootConfig()+listConfig("Office", entries{"198.51.100.7/32": "pbx"}))
	refusal := acctest.Text("IP access control list " + sid + " has entries that are not in ip_addresses")
	line := `"192.0.2.200" = "Old $${gateway} \"A\""`
	output := c.ExpectError("plan", "-no-color")
	if !refusal.MatchString(output) || !strings.Contains(output, line) {
		t.Errorf("the plan does not refuse, or lacks %s:\n%s", line, output)
	}
	// A map that is known only during the apply is rejected then, before anything is removed.
	m.RequestLines()
	c.Write("main.tf", m.RootConfig()+"resource \"terraform_data\" \"name\" {\n  input = \"198.51.100.7\"\n}\n"+
		"resource \"twilio_sip_ip_access_control_list\" \"test\" {\n  friendly_name = \"Office\"\n  ip_addresses = { (terraform_data.name.output) = \"pbx\" }\n}\n")
	c.Run("plan", "-no-color")
	if output := c.ExpectError("apply", "-auto-approve", "-no-color"); !refusal.MatchString(output) {
		t.Errorf("the apply does not refuse:\n%s", output)
	}
	m.ExpectNoWrites()

	// After the line is pasted, nothing changes in the list. The next plan shows the duplicate.
	c.Write("main.tf", m.RootConfig()+"resource \"twilio_sip_ip_access_control_list\" \"test\" {\n  friendly_name = \"Office\"\n  ip_addresses = {\n    \"198.51.100.7\" = \"pbx\"\n    "+line+"\n  }\n}\n")
	c.Run("apply", "-auto-approve")
	m.ExpectNoWrites()
	if output := c.Run("plan", "-no-color"); !acctest.Text(`- "198.51.100.7 (IP`).MatchString(output) {
		t.Errorf("the plan does not show the removal of the duplicate:\n%s", output)
	}

	// If the map is removed again, the plan says that the entries stay.
	c.Write("main.tf", m.RootConfig()+listConfig("Office", nil))
	if output := c.Run("plan", "-no-color"); !acctest.Text("Terraform no longer manages the entries of " + sid).MatchString(output) {
		t.Errorf("the plan does not say that the entries stay:\n%s", output)
	}
}

// Saved plans and plans without a refresh remove only what they show.
func TestEntriesAddedAfterThePlan(t *testing.T) {
	t.Parallel()
	for name, refuse := range map[string]bool{"equal entries allowed": false, "equal entries refused": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := acctest.StartMockWith(t, mocktwilio.Options{RefuseEqualAddresses: refuse})
			c := m.NewCLI(nil)
			c.Write("main.tf", m.RootConfig()+listConfig("Office", entries{"198.51.100.7": "pbx"}))
			c.Run("init")
			c.Run("apply", "-auto-approve")
			sid := m.OnlyListSID()

			c.Write("main.tf", m.RootConfig()+listConfig("Office", entries{"198.51.100.8": "new", "198.51.100.9": "second"}))
			c.Run("plan", "-out=plan")
			m.CreateAddress("", sid, "192.0.2.200", 32, "stranger")
			if refuse {
				// Twilio refuses to create an entry that the list has in the meantime.
				m.CreateAddress("", sid, "198.51.100.9", 32, "by hand")
			}
			c.Run("apply", "plan")
			want := []string{"192.0.2.200/32 stranger", "198.51.100.8/32 new", "198.51.100.9/32 second"}
			if got := m.EntryLines(sid); !slices.Equal(got, want) {
				t.Errorf("the list holds %q, not %q", got, want)
			}
			c.Write("main.tf", m.RootConfig()+listConfig("Office", entries{"198.51.100.8": "newer", "198.51.100.9": "second"}))
			c.Run("apply", "-refresh=false", "-auto-approve")
			want[1] = "198.51.100.8/32 newer"
			if got := m.EntryLines(sid); !slices.Equal(got, want) {
				t.Errorf("without a refresh: the list holds %q, not %q", got, want)
			}
			if output := c.Run("plan", "-no-color"); !acctest.Text(`- "192.0.2.200" = "stranger"`).MatchString(output) {
				t.Errorf("the plan does not show the removal:\n%s", output)
			}
		})
	}
}

// Two resources with different maps for the same list would remove each other's entries.
func TestTwoMapsForOneList(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	sid := m.CreateList("", "Office").SID
	c := m.NewCLI(nil)
	second := strings.ReplaceAll(listConfig("Office", entries{"198.51.100.8": "b"}), `"test"`, `"second"`)
	c.Write("main.tf", m.RootConfig()+listConfig("Office", entries{"198.51.100.7": "a"})+second)
	c.Run("init")
	c.Run("import", "twilio_sip_ip_access_control_list.test", sid)
	c.Run("import", "twilio_sip_ip_access_control_list.second", sid)
	if output := c.ExpectError("plan", "-no-color"); !acctest.Text("IP access control list " + sid + " is managed twice").MatchString(output) {
		t.Errorf("the plan says\n%s", output)
	}
	c.Run("destroy", "-auto-approve", "-refresh=false")
	if left := m.Lists(""); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

// An unknown name does not remove its entry.
func TestUnknownNameIsNoRemoval(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+listConfig("Office", nil))
	c.Run("init")
	c.Run("apply", "-auto-approve")
	sid := m.OnlyListSID()
	m.CreateAddress("", sid, "198.51.100.7", 32, "pbx")
	c.Write("main.tf", m.RootConfig()+"resource \"terraform_data\" \"name\" {\n  input = \"pbx\"\n}\n"+
		"resource \"twilio_sip_ip_access_control_list\" \"test\" {\n  friendly_name = \"Office\"\n  ip_addresses = { \"198.51.100.7\" = terraform_data.name.output }\n}\n")
	m.RequestLines()
	if output := c.Run("apply", "-auto-approve", "-no-color"); strings.Contains(output, "Warning") {
		t.Errorf("the apply warns:\n%s", output)
	}
	m.ExpectNoWrites()
}

// If a hundred keys are spelled differently, a warning names the one entry that really changes.
func TestRespelledKeys(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	before, after := entries{}, entries{"192.0.2.9": "new"}
	for i := range 20 {
		before[fmt.Sprintf("198.51.100.%d", i)] = "pbx"
		if i > 0 {
			after[fmt.Sprintf("198.51.100.%d/32", i)] = "pbx"
		}
	}
	c.Write("main.tf", m.RootConfig()+listConfig("Office", before))
	c.Run("init")
	c.Run("apply", "-auto-approve")
	c.Write("main.tf", m.RootConfig()+listConfig("Office", after))
	output := c.Run("plan", "-no-color")
	if !acctest.Text("2 entries of "+m.OnlyListSID()+" change; 19 only change notation").MatchString(output) ||
		!acctest.Text("added: 192.0.2.9 removed: 198.51.100.0").MatchString(strings.ReplaceAll(output, "│", "")) {
		t.Errorf("the plan does not say what changes:\n%s", output)
	}
}

func TestUpdatePartlyRejected(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	m.ConfigureClient = acctest.ShortAttempts
	rejected := func(method, path string, count int) {
		m.AddFault(mocktwilio.Fault{Method: method, Path: path, Count: count, Kind: mocktwilio.FaultStatus, Status: 400, Code: 21999, Message: "No such luck"})
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.ProviderFactories(),
		Steps: []resource.TestStep{
			{
				Config: m.Config(listConfig("Office", entries{"198.51.100.7": "pbx", "192.0.2.9": "backup"})),
				Check:  expectEntries(m, []string{"192.0.2.9/32 backup", "198.51.100.7/32 pbx"}, createList, createAddress, createAddress),
			},
			{
				// The rename of one entry fails, and another entry is still added.
				PreConfig:   func() { rejected(http.MethodPost, "/IpAddresses/IP", 1) },
				Config:      m.Config(listConfig("Office", entries{"198.51.100.7": "PBX", "192.0.2.9": "backup", "203.0.113.0/24": "carrier"})),
				ExpectError: acctest.Text("Changing the entries of IP access control list"),
			},
			{
				RefreshState: true, ExpectNonEmptyPlan: true,
				Check: expectEntries(m, []string{"192.0.2.9/32 backup", "198.51.100.7/32 pbx", "203.0.113.0/24 carrier"}, updateAddress, createAddress),
			},
			{
				Config: m.Config(listConfig("Office", entries{"198.51.100.7": "PBX", "192.0.2.9": "backup", "203.0.113.0/24": "carrier"})),
				Check:  expectEntries(m, []string{"192.0.2.9/32 backup", "198.51.100.7/32 PBX", "203.0.113.0/24 carrier"}, updateAddress),
			},
			{
				// Twilio does not find two entries, so the list is read and the change is planned again.
				PreConfig: func() {
					m.AddFault(mocktwilio.Fault{Method: http.MethodPost, Path: "/IpAddresses/IP", Count: 2, Kind: mocktwilio.FaultStatus, Status: 404, Code: 20404, Message: "Not here"})
				},
				Config: m.Config(listConfig("Office", entries{"198.51.100.7": "pbx", "192.0.2.9": "Backup", "203.0.113.0/24": "carrier"})),
				Check: expectEntries(m, []string{"192.0.2.9/32 Backup", "198.51.100.7/32 pbx", "203.0.113.0/24 carrier"},
					updateAddress, updateAddress, updateAddress, updateAddress),
			},
		},
	})
}

// TestUpdateWithoutReadback adds an entry with a request that seems to fail, after which the list cannot be read. The next apply
// reads it before it changes anything, even with -refresh=false.
func TestUpdateWithoutReadback(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+listConfig("Office", entries{"198.51.100.7": "pbx"}))
	c.Run("init")
	c.Run("apply", "-auto-approve")
	for _, method := range []string{http.MethodPost, http.MethodGet} {
		m.AddFault(mocktwilio.Fault{
			Method: method, Path: "/IpAddresses", Count: -1, AfterWork: true,
			Kind: mocktwilio.FaultStatus, Status: 400, Code: 21999, Message: "No such luck",
		})
	}
	c.Write("main.tf", m.RootConfig()+listConfig("Office", entries{"198.51.100.7": "pbx", "192.0.2.9": "backup"}))
	output := c.ExpectError("apply", "-auto-approve", "-no-color", "-refresh=false")
	for _, want := range []string{"so the entries in the state come from Twilio's responses to the changes. The read failed: ", "The next apply makes the remaining changes."} {
		if !acctest.Text(want).MatchString(output) {
			t.Errorf("the error does not say %q:\n%s", want, output)
		}
	}
	m.ClearFaults()
	m.ResetRequests()
	c.Run("apply", "-auto-approve", "-refresh=false")
	if got := m.RequestLines(); !slices.Equal(got, []string{readAddresses}) {
		t.Errorf("requests: %q", got)
	}
	if err := expectEntries(m, []string{"192.0.2.9/32 backup", "198.51.100.7/32 pbx"})(nil); err != nil {
		t.Error(err)
	}
	c.ExpectEmptyPlan()
}

func TestCreatePartlyRejected(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	m.ConfigureClient = acctest.ShortAttempts
	config := m.Config(listConfig("Office", entries{"198.51.100.7": "pbx", "192.0.2.9": "backup"}))
	var first string
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.ProviderFactories(),
		Steps: []resource.TestStep{
			{
				PreConfig: func() {
					m.AddFault(mocktwilio.Fault{Method: http.MethodPost, Path: "/IpAddresses.json", Kind: mocktwilio.FaultStatus, Status: 400, Code: 21999, Message: "No such luck"})
				},
				Config:      config,
				ExpectError: acctest.Text("terraform untaint ADDRESS"),
			},
			{
				// The list is tainted in the state, so the next apply deletes it.
				PreConfig:        func() { first = m.OnlyListSID() },
				Config:           config,
				ConfigPlanChecks: expectAction(plancheck.ResourceActionDestroyBeforeCreate),
				Check: func(*terraform.State) error {
					if m.OnlyListSID() == first {
						return fmt.Errorf("the tainted list %s was kept", first)
					}
					return nil
				},
			},
		},
	})
	if left := m.Lists(""); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

// removedBlock returns a block that removes an object from the state without destroying it. OpenTofu before 1.10 does not support
// lifecycle in this block.
func removedBlock(p acctest.Program, address string) string {
	if !p.AtLeast("1.7", "1.10") {
		return "removed {\n  from = " + address + "\n}\n"
	}
	return "removed {\n  from = " + address + "\n\n  lifecycle {\n    destroy = false\n  }\n}\n"
}
