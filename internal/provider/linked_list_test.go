// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// linking is one of the two ways to put a list in force, for tests that hold for both.
type linking struct {
	resourceType, argument string
	// place makes a domain or a trunk.
	place func(m *mock) string
	// lists are those in force, put and take change that behind Terraform's back.
	lists     func(m *mock, place string) []string
	put, take func(m *mock, place, list string)
	// collection is the collection's path, as mock.requests gives it.
	collection string
	// importIDs are all forms of an import ID.
	importIDs func(account, place, list string) []string
}

var linkings = map[string]linking{
	"domain": {
		resourceType: "twilio_sip_domain_ip_access_control_list_mapping", argument: "domain_sid",
		place: func(m *mock) string { return m.CreateDomain("", "example.sip.twilio.com", "Example").SID },
		lists: func(m *mock, place string) []string {
			var sids []string
			for _, mapping := range m.Mappings("", place) {
				sids = append(sids, mapping.ListSID)
			}
			return sids
		},
		put:        func(m *mock, place, list string) { m.MapList("", place, list) },
		take:       func(m *mock, place, list string) { m.UnmapList("", place, list) },
		collection: "/Domains/SD/Auth/Calls/IpAccessControlListMappings",
		importIDs: func(account, place, list string) []string {
			return []string{
				place + "/" + list,
				account + "/" + place + "/" + list,
				"/Accounts/" + account + "/Domains/" + place + "/Auth/Calls/IpAccessControlListMappings/" + list,
				"/Accounts/" + account + "/SIP/Domains/" + place + "/Auth/Calls/IpAccessControlListMappings/" + list,
			}
		},
	},
	"trunk": {
		resourceType: "twilio_sip_trunking_ip_access_control_list", argument: "trunk_sid",
		place: func(m *mock) string { return m.CreateTrunk("", "Example", "example.pstn.twilio.com").SID },
		lists: func(m *mock, place string) []string {
			var sids []string
			for _, association := range m.Associations("", place) {
				sids = append(sids, association.ListSID)
			}
			return sids
		},
		put:        func(m *mock, place, list string) { m.AssociateList("", place, list) },
		take:       func(m *mock, place, list string) { m.DissociateList("", place, list) },
		collection: "/Trunks/TK/IpAccessControlLists",
		importIDs: func(_, place, list string) []string {
			return []string{place + "/" + list, "/Trunks/" + place + "/IpAccessControlLists/" + list}
		},
	},
}

// eachLinking runs a test for both.
func eachLinking(t *testing.T, test func(t *testing.T, l linking)) {
	t.Helper()
	for name, l := range linkings {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, l)
		})
	}
}

// block is a resource block with the SIDs written out.
func (l linking) block(name, place, list string, more ...string) string {
	return fmt.Sprintf("resource %q %q {\n  %s = %q\n  ip_access_control_list_sid = %q\n%s\n}\n", l.resourceType, name, l.argument, place, list, strings.Join(more, "\n"))
}

// TestListInForce walks the arc of both resources.
func TestListInForce(t *testing.T) {
	t.Parallel()
	eachLinking(t, func(t *testing.T, l linking) {
		m := startMock(t)
		place, office, branch := l.place(m), m.CreateList("", "Office").SID, m.CreateList("", "Branch").SID
		address := l.resourceType + ".test"
		expectAction := func(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
			return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}}
		}
		expectText := func(attribute, value string) statecheck.StateCheck {
			return statecheck.ExpectKnownValue(address, tfjsonpath.New(attribute), knownvalue.StringExact(value))
		}
		date := knownvalue.StringRegexp(regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`))
		steps := []resource.TestStep{{
			Config: m.config(l.block("test", place, office)),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(address, plancheck.ResourceActionCreate),
				plancheck.ExpectKnownValue(address, tfjsonpath.New("account_sid"), knownvalue.StringExact(m.AccountSID())),
			}},
			ConfigStateChecks: []statecheck.StateCheck{
				expectText("id", place+"/"+office), expectText("sid", office), expectText("account_sid", m.AccountSID()), expectText("friendly_name", "Office"),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("date_created"), date),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("date_updated"), date),
			},
		}}
		for _, id := range l.importIDs(m.AccountSID(), place, office) {
			steps = append(steps, resource.TestStep{ResourceName: address, ImportState: true, ImportStateId: id, ImportStateVerify: true})
		}
		steps = append(steps,
			resource.TestStep{ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithID},
			resource.TestStep{
				ResourceName: address, ImportState: true, ImportStateId: place + "/" + branch,
				ExpectError: text("Check both SIDs, and that the list is"),
			},
			resource.TestStep{
				ResourceName: address, ImportState: true, ImportStateId: office + "/" + place,
				ExpectError: text("is the SID of an IP access control list"),
			},
			resource.TestStep{
				// The timeouts are Terraform's own business.
				PreConfig:        m.ResetRequests,
				Config:           m.config(l.block("test", place, office, "timeouts {\n create = \"5m\"\n }")),
				ConfigPlanChecks: expectAction(plancheck.ResourceActionUpdate),
				Check:            func(*terraform.State) error { return m.wrote() },
			},
			resource.TestStep{
				PreConfig:         func() { m.RenameList("", office, "Headquarters") },
				Config:            m.config(l.block("test", place, office)),
				ConfigPlanChecks:  expectAction(plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{expectText("friendly_name", "Headquarters")},
			},
			resource.TestStep{
				PreConfig:         m.ResetRequests,
				Config:            m.config(l.block("test", place, branch)),
				ConfigPlanChecks:  expectAction(plancheck.ResourceActionReplace),
				ConfigStateChecks: []statecheck.StateCheck{expectText("id", place+"/"+branch)},
				Check:             func(*terraform.State) error { return m.wrote("DELETE "+l.collection+"/AL", "POST "+l.collection) },
			},
			resource.TestStep{
				// Taken away behind Terraform's back.
				PreConfig:        func() { l.take(m, place, branch) },
				Config:           m.config(l.block("test", place, branch)),
				ConfigPlanChecks: expectAction(plancheck.ResourceActionCreate),
			},
			resource.TestStep{
				// What exists is not taken over.
				PreConfig:   func() { l.put(m, place, office) },
				Config:      m.config(l.block("test", place, branch), l.block("second", place, office)),
				ExpectError: text("failed: it exists already."),
			},
			resource.TestStep{
				Config:      m.config(l.block("test", place, branch), l.block("second", place, office)),
				ExpectError: regexp.MustCompile(`terraform import ADDRESS (AC\w+/)?` + place + "/" + office),
			},
		)
		resource.UnitTest(t, resource.TestCase{
			ProtoV6ProviderFactories: m.factories(),
			Steps:                    steps,
			CheckDestroy: func(*terraform.State) error {
				if left := l.lists(m, place); !slices.Equal(left, []string{office}) {
					return fmt.Errorf("lists in force: %v", left)
				}
				return nil
			},
		})
	})
}

// wrote compares the writes since the log was emptied.
func (m *mock) wrote(want ...string) error {
	if got := m.writes(); !slices.Equal(got, want) {
		return fmt.Errorf("wrote %q, not %q", got, want)
	}
	return nil
}

// TestListInForceByIdentity imports both by identity.
func TestListInForceByIdentity(t *testing.T) {
	t.Parallel()
	eachLinking(t, func(t *testing.T, l linking) {
		m := startMock(t)
		place, list := l.place(m), m.CreateList("", "Office").SID
		address := l.resourceType + ".test"
		resource.UnitTest(t, resource.TestCase{
			TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
			ProtoV6ProviderFactories: m.factories(),
			Steps: []resource.TestStep{
				{
					Config: m.config(l.block("test", place, list)),
					ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectIdentity(address, map[string]knownvalue.Check{
						"account_sid": knownvalue.StringExact(m.AccountSID()), l.argument: knownvalue.StringExact(place), "ip_access_control_list_sid": knownvalue.StringExact(list),
					})},
				},
				{ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity},
			},
		})
	})
}

// TestListInForceInvalid has nothing reach Twilio.
func TestListInForceInvalid(t *testing.T) {
	t.Parallel()
	eachLinking(t, func(t *testing.T, l linking) {
		m := startMock(t)
		place, list := l.place(m), m.CreateList("", "Office").SID
		resource.UnitTest(t, resource.TestCase{
			ProtoV6ProviderFactories: m.factories(),
			Steps: []resource.TestStep{
				{Config: m.config(l.block("test", list, list)), PlanOnly: true, ExpectError: text("is the SID of an IP access control list.")},
				{Config: m.config(l.block("test", place, place)), PlanOnly: true, ExpectError: text(`Expected is the SID of an IP access control list: "AL"`)},
				{Config: m.config(l.block("test", place, "Office")), PlanOnly: true, ExpectError: text(`"Office" is not a SID.`)},
			},
		})
		if requests := m.requests(); len(requests) > 0 {
			t.Errorf("requests: %q", requests)
		}
	})
}

// TestListInForceMissing points at the end that is missing.
func TestListInForceMissing(t *testing.T) {
	t.Parallel()
	eachLinking(t, func(t *testing.T, l linking) {
		m := startMock(t)
		place, list := l.place(m), m.CreateList("", "Office").SID
		resource.UnitTest(t, resource.TestCase{
			ProtoV6ProviderFactories: m.factories(),
			Steps: []resource.TestStep{
				{Config: m.config(l.block("test", place, unknownSID(list))), ExpectError: regexp.MustCompile(`(?s)ip_access_control_list_sid += "AL0.* is there; check that the\s+list is`)},
				{Config: m.config(l.block("test", unknownSID(place), list)), ExpectError: regexp.MustCompile(`(?s)` + l.argument + ` = "(SD|TK)0.*Check that the (domain|trunk)\s+exists\.`)},
			},
		})
	})
}

// writeFaults are all kinds of fault that a write can meet.
var writeFaults = []mocktwilio.Fault{
	{Kind: mocktwilio.FaultStatus, Status: http.StatusTooManyRequests, Code: 20429},
	{Kind: mocktwilio.FaultStatus, Status: http.StatusInternalServerError},
	{Kind: mocktwilio.FaultStatus, Status: http.StatusServiceUnavailable, AfterWork: true},
	{Kind: mocktwilio.FaultHTML},
	{Kind: mocktwilio.FaultHTML, AfterWork: true},
	{Kind: mocktwilio.FaultEmpty, Status: http.StatusBadGateway},
	{Kind: mocktwilio.FaultEmpty, Status: http.StatusBadGateway, AfterWork: true},
	{Kind: mocktwilio.FaultCloseBefore},
	{Kind: mocktwilio.FaultCloseAfter},
	{Kind: mocktwilio.FaultTruncate},
	{Kind: mocktwilio.FaultCutJSON},
	{Kind: mocktwilio.FaultHang},
	{Kind: mocktwilio.FaultHang, AfterWork: true},
	{Kind: mocktwilio.FaultDelay, Delay: 50 * time.Millisecond},
}

// TestListInForceFaults has each list meet a fault of its own when it is put in force and when it is taken away: once or
// three times.
func TestListInForceFaults(t *testing.T) {
	t.Parallel()
	for _, count := range []int{1, 3} {
		t.Run(fmt.Sprint(count), func(t *testing.T) {
			t.Parallel()
			m := startMock(t)
			m.adjust = func(config *twilio.Config) { config.AttemptTimeout = time.Second }
			var (
				blocks []string
				places = map[string]string{}
				faults = map[string]mocktwilio.Fault{}
			)
			for name, l := range linkings {
				places[name] = l.place(m)
			}
			for i, fault := range writeFaults {
				list := m.CreateList("", "Office").SID
				faults[list] = fault
				for name, l := range linkings {
					blocks = append(blocks, l.block(fmt.Sprintf("fault_%d", i), places[name], list))
				}
			}
			var mu sync.Mutex
			struck := map[string]int{}
			m.SetFaultFunc(func(r *http.Request) *mocktwilio.Fault {
				if r.Method == http.MethodGet {
					return nil
				}
				list := r.PostForm.Get("IpAccessControlListSid")
				if r.Method == http.MethodDelete {
					list = strings.TrimSuffix(r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:], ".json")
				}
				fault, ok := faults[list]
				if !ok {
					t.Errorf("%s %s is about none of the lists", r.Method, r.URL.Path)
					return nil
				}
				mu.Lock()
				defer mu.Unlock()
				key := r.Method + strings.Split(r.URL.Path, "/")[1] + list
				if struck[key]++; struck[key] > count {
					return nil
				}
				return &fault
			})
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: m.factories(),
				Steps: []resource.TestStep{{
					Config: m.config(blocks...),
					Check: func(*terraform.State) error {
						for name, l := range linkings {
							if held := l.lists(m, places[name]); len(held) != len(writeFaults) {
								return fmt.Errorf("%s: %d lists in force, not %d", name, len(held), len(writeFaults))
							}
						}
						return nil
					},
				}},
				CheckDestroy: func(*terraform.State) error {
					for name, l := range linkings {
						if left := l.lists(m, places[name]); len(left) > 0 {
							return fmt.Errorf("%s: left in force: %v", name, left)
						}
					}
					return nil
				},
			})
			if want := 4 * len(writeFaults); len(struck) != want {
				t.Errorf("%d kinds of write met a fault, not %d", len(struck), want)
			}
		})
	}
}

// TestListReplacedUnderWay replaces a list that is in force, with every placement of create_before_destroy.
func TestListReplacedUnderWay(t *testing.T) {
	t.Parallel()
	const cbd = "lifecycle {\n create_before_destroy = true\n }"
	const createList, deleteList = "POST /IpAccessControlLists", "DELETE /IpAccessControlLists/AL"
	for name, test := range map[string]struct {
		list, link string
		// want is what Terraform writes; the first free of it come in any order.
		want func(create, remove string) []string
		free int
	}{
		"destroy first": {want: func(create, remove string) []string { return []string{remove, deleteList, createList, create} }},
		// Nothing is in force for a moment.
		"list created first": {list: cbd, free: 2, want: func(create, remove string) []string { return []string{remove, createList, create, deleteList} }},
		// Something is in force all the time.
		"all created first": {link: cbd, want: func(create, remove string) []string { return []string{createList, create, remove, deleteList} }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			eachLinking(t, func(t *testing.T, l linking) {
				m := startMock(t)
				place := l.place(m)
				c := m.newCLI(nil)
				if test.list != "" && !c.openTofu && c.version.Prerelease() != "" {
					t.Skip("Terraform 1.17.0-dev forgets the destroy of what depends on a resource that is created first, terraform_data included")
				}
				c.write("main.tf", m.mockBlock()+fmt.Sprintf(`
resource "twilio_sip_ip_access_control_list" "test" {
  friendly_name = "Office"
  %s
}
`, test.list)+strings.Replace(l.block("test", place, "LIST", test.link), `"LIST"`, "twilio_sip_ip_access_control_list.test.sid", 1))
				c.run("init")
				c.run("apply", "-auto-approve")
				before := m.onlyListSID()
				m.ResetRequests()
				c.run("apply", "-auto-approve", "-replace=twilio_sip_ip_access_control_list.test")
				got := m.writes()
				slices.Sort(got[:test.free])
				if want := test.want("POST "+l.collection, "DELETE "+l.collection+"/AL"); !slices.Equal(got, want) {
					t.Errorf("wrote %q, not %q", got, want)
				}
				if after := m.onlyListSID(); after == before || !slices.Equal(l.lists(m, place), []string{after}) {
					t.Errorf("lists in force: %v, want %s alone in place of %s", l.lists(m, place), after, before)
				}
				c.emptyPlan()
				c.run("destroy", "-auto-approve")
				if err := m.wrote("DELETE "+l.collection+"/AL", deleteList); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// TestQueryListsInForce finds what is in force by `terraform query`.
func TestQueryListsInForce(t *testing.T) {
	t.Parallel()
	eachLinking(t, func(t *testing.T, l linking) {
		m := startMock(t)
		place, office, branch := l.place(m), m.CreateList("", "Office").SID, m.CreateList("", "Branch").SID
		l.put(m, place, branch)
		l.put(m, place, office)
		results, problems := m.query(l.resourceType, map[string]any{l.argument: place}, 100, true)
		if want := []string{"Branch on " + place + " (" + branch + ")", "Office on " + place + " (" + office + ")"}; len(problems) > 0 || !slices.Equal(displayNames(results), want) {
			t.Fatalf("%v, %v", results, problems)
		}
		if got := m.requests(); !slices.Equal(got, []string{"GET " + l.collection}) {
			t.Errorf("requests: %q", got)
		}
		for name, want := range map[string]string{"account_sid": m.AccountSID(), l.argument: place, "ip_access_control_list_sid": branch} {
			if results[0].identity[name] != want || results[0].resource[name] != want {
				t.Errorf("%s: %v, %v", name, results[0].identity[name], results[0].resource[name])
			}
		}
		if id := results[1].resource["id"]; id != place+"/"+office {
			t.Errorf("id: %v", id)
		}
		if results, _ := m.query(l.resourceType, map[string]any{l.argument: place}, 1, false); len(results) != 1 {
			t.Errorf("a limit of 1 gave %q", displayNames(results))
		}
		if results, problems := m.query(l.resourceType, map[string]any{l.argument: unknownSID(place)}, 1, false); len(results) != 0 || len(problems) != 1 {
			t.Errorf("%v, %v", results, problems)
		}
	})
}

// TestListInForceTakenOverUnrefreshed changes the timeouts right after a state without dates and names was taken over.
func TestListInForceTakenOverUnrefreshed(t *testing.T) {
	t.Parallel()
	eachLinking(t, func(t *testing.T, l linking) {
		m := startMock(t)
		place, list := l.place(m), m.CreateList("", "Office").SID
		l.put(m, place, list)
		c := m.newCLI(nil)
		c.write("main.tf", m.mockBlock()+l.block("test", place, list, "timeouts {\n create = \"5m\"\n }", fmt.Sprintf("account_sid = %q", m.AccountSID())))
		c.write("terraform.tfstate", c.hosted(fmt.Sprintf(`{"version": 4, "serial": 1, "lineage": "a", "resources": [{
			"mode": "managed", "type": %q, "name": "test", "provider": "provider[\"registry.terraform.io/%s\"]",
			"instances": [{"schema_version": 1, "attributes": {"id": %q, "sid": %q, %q: %q, "ip_access_control_list_sid": %q}}]}]}`,
			l.resourceType, ourAddress, place+"/"+list, list, l.argument, place, list)))
		c.run("init")
		output := c.run("apply", "-no-color", "-auto-approve", "-refresh=false")
		if !strings.Contains(output, "0 added, 1 changed, 0 destroyed") {
			t.Error(output)
		}
		c.run("apply", "-auto-approve")
		c.emptyPlan()
		m.onlyReads()
		if attributes := c.state()[0].Instances[0].Attributes; attributes["friendly_name"] != "Office" || attributes["account_sid"] != m.AccountSID() || attributes["date_created"] == nil {
			t.Errorf("state: %v", attributes)
		}
	})
}

// TestRefreshOfManyMappings reads 100 mappings over 10 domains that are found by name.
func TestRefreshOfManyMappings(t *testing.T) {
	t.Parallel()
	m := startMock(t)
	var names, lists []string
	for i := range 10 {
		names = append(names, fmt.Sprintf("%q", m.CreateDomain("", fmt.Sprintf("domain-%d.sip.twilio.com", i), "").DomainName))
		lists = append(lists, fmt.Sprintf("%q", m.CreateList("", "Office").SID))
	}
	c := m.newCLI(nil)
	c.write("main.tf", m.mockBlock()+fmt.Sprintf(`
locals {
  domains = [%s]
  lists   = [%s]
}

data "twilio_sip_domain" "test" {
  for_each    = toset(local.domains)
  domain_name = each.key
}

resource "twilio_sip_domain_ip_access_control_list_mapping" "test" {
  count                      = 100
  domain_sid                 = data.twilio_sip_domain.test[local.domains[floor(count.index / 10)]].sid
  ip_access_control_list_sid = local.lists[count.index %% 10]
}
`, strings.Join(names, ", "), strings.Join(lists, ", ")))
	c.run("init")
	c.run("apply", "-auto-approve")
	m.ResetRequests()
	c.emptyPlan()
	// One for all domains, and one for the mappings of each: at most one more where the first read came alone.
	if got := m.requests(); len(got) < 11 || len(got) > 21 {
		t.Errorf("%d requests: %q", len(got), got)
	} else {
		t.Logf("100 mappings over 10 domains: %d requests", len(got))
	}
}
