// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attachment_test

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

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// eachKind runs a test for both kinds of attachment.
func eachKind(t *testing.T, test func(t *testing.T, l acctest.Attachment)) {
	t.Helper()
	for name, l := range acctest.Attachments {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, l)
		})
	}
}

// TestListInForce walks the arc of both resources.
func TestListInForce(t *testing.T) {
	t.Parallel()
	eachKind(t, func(t *testing.T, l acctest.Attachment) {
		m := acctest.StartMock(t)
		parent, office, branch := l.NewParent(m), m.CreateList("", "Office").SID, m.CreateList("", "Branch").SID
		address := l.ResourceType + ".test"
		expectAction := func(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
			return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}}
		}
		expectText := func(attribute, value string) statecheck.StateCheck {
			return statecheck.ExpectKnownValue(address, tfjsonpath.New(attribute), knownvalue.StringExact(value))
		}
		date := knownvalue.StringRegexp(regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`))
		steps := []resource.TestStep{{
			Config: m.Config(l.Block("test", parent, office)),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(address, plancheck.ResourceActionCreate),
				plancheck.ExpectKnownValue(address, tfjsonpath.New("account_sid"), knownvalue.StringExact(m.AccountSID())),
			}},
			ConfigStateChecks: []statecheck.StateCheck{
				expectText("id", parent+"/"+office), expectText("sid", office), expectText("account_sid", m.AccountSID()), expectText("friendly_name", "Office"),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("date_created"), date),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("date_updated"), date),
			},
		}}
		for _, id := range l.ImportIDs(m.AccountSID(), parent, office) {
			steps = append(steps, resource.TestStep{ResourceName: address, ImportState: true, ImportStateId: id, ImportStateVerify: true})
		}
		steps = append(steps,
			resource.TestStep{ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithID},
			resource.TestStep{
				ResourceName: address, ImportState: true, ImportStateId: parent + "/" + branch,
				ExpectError: acctest.Text("Check both SIDs, and that the list is"),
			},
			resource.TestStep{
				ResourceName: address, ImportState: true, ImportStateId: office + "/" + parent,
				ExpectError: acctest.Text("is the SID of an IP access control list"),
			},
			resource.TestStep{
				// The timeouts are Terraform's own business.
				PreConfig:        m.ResetRequests,
				Config:           m.Config(l.Block("test", parent, office, "timeouts {\n create = \"5m\"\n }")),
				ConfigPlanChecks: expectAction(plancheck.ResourceActionUpdate),
				Check:            func(*terraform.State) error { return wrote(m) },
			},
			resource.TestStep{
				PreConfig:         func() { m.RenameList("", office, "Headquarters") },
				Config:            m.Config(l.Block("test", parent, office)),
				ConfigPlanChecks:  expectAction(plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{expectText("friendly_name", "Headquarters")},
			},
			resource.TestStep{
				PreConfig:         m.ResetRequests,
				Config:            m.Config(l.Block("test", parent, branch)),
				ConfigPlanChecks:  expectAction(plancheck.ResourceActionReplace),
				ConfigStateChecks: []statecheck.StateCheck{expectText("id", parent+"/"+branch)},
				Check:             func(*terraform.State) error { return wrote(m, "DELETE "+l.Collection+"/AL", "POST "+l.Collection) },
			},
			resource.TestStep{
				// Taken away behind Terraform's back.
				PreConfig:        func() { l.Detach(m, parent, branch) },
				Config:           m.Config(l.Block("test", parent, branch)),
				ConfigPlanChecks: expectAction(plancheck.ResourceActionCreate),
			},
			resource.TestStep{
				// What exists is not taken over.
				PreConfig:   func() { l.Attach(m, parent, office) },
				Config:      m.Config(l.Block("test", parent, branch), l.Block("second", parent, office)),
				ExpectError: acctest.Text("failed: it exists already."),
			},
			resource.TestStep{
				Config:      m.Config(l.Block("test", parent, branch), l.Block("second", parent, office)),
				ExpectError: regexp.MustCompile(`terraform import ADDRESS (AC\w+/)?` + parent + "/" + office),
			},
		)
		resource.UnitTest(t, resource.TestCase{
			ProtoV6ProviderFactories: m.ProviderFactories(),
			Steps:                    steps,
			CheckDestroy: func(*terraform.State) error {
				if left := l.Lists(m, parent); !slices.Equal(left, []string{office}) {
					return fmt.Errorf("lists in force: %v", left)
				}
				return nil
			},
		})
	})
}

// wrote compares the writes since the log was emptied.
func wrote(m *acctest.Mock, want ...string) error {
	if got := m.WriteLines(); !slices.Equal(got, want) {
		return fmt.Errorf("wrote %q, not %q", got, want)
	}
	return nil
}

// TestListInForceByIdentity imports both by identity.
func TestListInForceByIdentity(t *testing.T) {
	t.Parallel()
	eachKind(t, func(t *testing.T, l acctest.Attachment) {
		m := acctest.StartMock(t)
		parent, list := l.NewParent(m), m.CreateList("", "Office").SID
		address := l.ResourceType + ".test"
		resource.UnitTest(t, resource.TestCase{
			TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
			ProtoV6ProviderFactories: m.ProviderFactories(),
			Steps: []resource.TestStep{
				{
					Config: m.Config(l.Block("test", parent, list)),
					ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectIdentity(address, map[string]knownvalue.Check{
						"account_sid": knownvalue.StringExact(m.AccountSID()), l.ParentAttribute: knownvalue.StringExact(parent), "ip_access_control_list_sid": knownvalue.StringExact(list),
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
	eachKind(t, func(t *testing.T, l acctest.Attachment) {
		m := acctest.StartMock(t)
		parent, list := l.NewParent(m), m.CreateList("", "Office").SID
		resource.UnitTest(t, resource.TestCase{
			ProtoV6ProviderFactories: m.ProviderFactories(),
			Steps: []resource.TestStep{
				{Config: m.Config(l.Block("test", list, list)), PlanOnly: true, ExpectError: acctest.Text("is the SID of an IP access control list.")},
				{Config: m.Config(l.Block("test", parent, parent)), PlanOnly: true, ExpectError: acctest.Text(`Expected is the SID of an IP access control list: "AL"`)},
				{Config: m.Config(l.Block("test", parent, "Office")), PlanOnly: true, ExpectError: acctest.Text(`"Office" is not a SID.`)},
			},
		})
		if requests := m.RequestLines(); len(requests) > 0 {
			t.Errorf("requests: %q", requests)
		}
	})
}

// TestListInForceMissing points at the end that is missing.
func TestListInForceMissing(t *testing.T) {
	t.Parallel()
	eachKind(t, func(t *testing.T, l acctest.Attachment) {
		m := acctest.StartMock(t)
		parent, list := l.NewParent(m), m.CreateList("", "Office").SID
		resource.UnitTest(t, resource.TestCase{
			ProtoV6ProviderFactories: m.ProviderFactories(),
			Steps: []resource.TestStep{
				{Config: m.Config(l.Block("test", parent, acctest.UnknownSID(list))), ExpectError: regexp.MustCompile(`(?s)ip_access_control_list_sid += "AL0.* is there; check that the\s+list is`)},
				{Config: m.Config(l.Block("test", acctest.UnknownSID(parent), list)), ExpectError: regexp.MustCompile(`(?s)` + l.ParentAttribute + ` = "(SD|TK)0.*Check that the (domain|trunk)\s+exists\.`)},
			},
		})
	})
}

// TestListInForceFaults has each list meet a fault of its own when it is put in force and when it is taken away: once or
// three times.
func TestListInForceFaults(t *testing.T) {
	t.Parallel()
	for _, count := range []int{1, 3} {
		t.Run(fmt.Sprint(count), func(t *testing.T) {
			t.Parallel()
			m := acctest.StartMock(t)
			m.ConfigureClient = func(config *twilio.Config) { config.AttemptTimeout = time.Second }
			var (
				blocks  []string
				parents = map[string]string{}
				faults  = map[string]mocktwilio.Fault{}
			)
			for name, l := range acctest.Attachments {
				parents[name] = l.NewParent(m)
			}
			for i, fault := range acctest.WriteFaults {
				list := m.CreateList("", "Office").SID
				faults[list] = fault
				for name, l := range acctest.Attachments {
					blocks = append(blocks, l.Block(fmt.Sprintf("fault_%d", i), parents[name], list))
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
				ProtoV6ProviderFactories: m.ProviderFactories(),
				Steps: []resource.TestStep{{
					Config: m.Config(blocks...),
					Check: func(*terraform.State) error {
						for name, l := range acctest.Attachments {
							if held := l.Lists(m, parents[name]); len(held) != len(acctest.WriteFaults) {
								return fmt.Errorf("%s: %d lists in force, not %d", name, len(held), len(acctest.WriteFaults))
							}
						}
						return nil
					},
				}},
				CheckDestroy: func(*terraform.State) error {
					for name, l := range acctest.Attachments {
						if left := l.Lists(m, parents[name]); len(left) > 0 {
							return fmt.Errorf("%s: left in force: %v", name, left)
						}
					}
					return nil
				},
			})
			if want := 4 * len(acctest.WriteFaults); len(struck) != want {
				t.Errorf("%d kinds of write met a fault, not %d", len(struck), want)
			}
		})
	}
}

// TestListReplacedUnderWay reparents a list that is in force, with every placement of create_before_destroy.
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
			eachKind(t, func(t *testing.T, l acctest.Attachment) {
				m := acctest.StartMock(t)
				parent := l.NewParent(m)
				c := m.NewCLI(nil)
				if test.list != "" && !c.OpenTofu && c.Version.Prerelease() != "" {
					t.Skip("Terraform 1.17.0-dev forgets the destroy of what depends on a resource that is created first, terraform_data included")
				}
				c.Write("main.tf", m.RootConfig()+fmt.Sprintf(`
resource "twilio_sip_ip_access_control_list" "test" {
  friendly_name = "Office"
  %s
}
`, test.list)+strings.Replace(l.Block("test", parent, "LIST", test.link), `"LIST"`, "twilio_sip_ip_access_control_list.test.sid", 1))
				c.Run("init")
				c.Run("apply", "-auto-approve")
				before := m.OnlyListSID()
				m.ResetRequests()
				c.Run("apply", "-auto-approve", "-replace=twilio_sip_ip_access_control_list.test")
				got := m.WriteLines()
				slices.Sort(got[:test.free])
				if want := test.want("POST "+l.Collection, "DELETE "+l.Collection+"/AL"); !slices.Equal(got, want) {
					t.Errorf("wrote %q, not %q", got, want)
				}
				if after := m.OnlyListSID(); after == before || !slices.Equal(l.Lists(m, parent), []string{after}) {
					t.Errorf("lists in force: %v, want %s alone in parent of %s", l.Lists(m, parent), after, before)
				}
				c.ExpectEmptyPlan()
				c.Run("destroy", "-auto-approve")
				if err := wrote(m, "DELETE "+l.Collection+"/AL", deleteList); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// TestQueryListsInForce finds what is in force by `terraform query`.
func TestQueryListsInForce(t *testing.T) {
	t.Parallel()
	eachKind(t, func(t *testing.T, l acctest.Attachment) {
		m := acctest.StartMock(t)
		parent, office, branch := l.NewParent(m), m.CreateList("", "Office").SID, m.CreateList("", "Branch").SID
		l.Attach(m, parent, branch)
		l.Attach(m, parent, office)
		results, problems := m.Query(l.ResourceType, map[string]any{l.ParentAttribute: parent}, 100, true)
		if want := []string{"Branch on " + parent + " (" + branch + ")", "Office on " + parent + " (" + office + ")"}; len(problems) > 0 || !slices.Equal(acctest.DisplayNames(results), want) {
			t.Fatalf("%v, %v", results, problems)
		}
		if got := m.RequestLines(); !slices.Equal(got, []string{"GET " + l.Collection}) {
			t.Errorf("requests: %q", got)
		}
		for name, want := range map[string]string{"account_sid": m.AccountSID(), l.ParentAttribute: parent, "ip_access_control_list_sid": branch} {
			if results[0].Identity[name] != want || results[0].Resource[name] != want {
				t.Errorf("%s: %v, %v", name, results[0].Identity[name], results[0].Resource[name])
			}
		}
		if id := results[1].Resource["id"]; id != parent+"/"+office {
			t.Errorf("id: %v", id)
		}
		if results, _ := m.Query(l.ResourceType, map[string]any{l.ParentAttribute: parent}, 1, false); len(results) != 1 {
			t.Errorf("a limit of 1 gave %q", acctest.DisplayNames(results))
		}
		if results, problems := m.Query(l.ResourceType, map[string]any{l.ParentAttribute: acctest.UnknownSID(parent)}, 1, false); len(results) != 0 || len(problems) != 1 {
			t.Errorf("%v, %v", results, problems)
		}
	})
}

// TestListInForceTakenOverUnrefreshed changes the timeouts right after a state without dates and names was taken over.
func TestListInForceTakenOverUnrefreshed(t *testing.T) {
	t.Parallel()
	eachKind(t, func(t *testing.T, l acctest.Attachment) {
		m := acctest.StartMock(t)
		parent, list := l.NewParent(m), m.CreateList("", "Office").SID
		l.Attach(m, parent, list)
		c := m.NewCLI(nil)
		c.Write("main.tf", m.RootConfig()+l.Block("test", parent, list, "timeouts {\n create = \"5m\"\n }", fmt.Sprintf("account_sid = %q", m.AccountSID())))
		c.Write("terraform.tfstate", c.WithDefaultHost(fmt.Sprintf(`{"version": 4, "serial": 1, "lineage": "a", "resources": [{
			"mode": "managed", "type": %q, "name": "test", "provider": "provider[\"registry.terraform.io/%s\"]",
			"instances": [{"schema_version": 1, "attributes": {"id": %q, "sid": %q, %q: %q, "ip_access_control_list_sid": %q}}]}]}`,
			l.ResourceType, acctest.ProviderSource, parent+"/"+list, list, l.ParentAttribute, parent, list)))
		c.Run("init")
		output := c.Run("apply", "-no-color", "-auto-approve", "-refresh=false")
		if !strings.Contains(output, "0 added, 1 changed, 0 destroyed") {
			t.Error(output)
		}
		c.Run("apply", "-auto-approve")
		c.ExpectEmptyPlan()
		m.ExpectNoWrites()
		if attributes := c.State()[0].Instances[0].Attributes; attributes["friendly_name"] != "Office" || attributes["account_sid"] != m.AccountSID() || attributes["date_created"] == nil {
			t.Errorf("state: %v", attributes)
		}
	})
}

// TestRefreshOfManyMappings reads 100 mappings over 10 domains that are found by name.
func TestRefreshOfManyMappings(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	var names, lists []string
	for i := range 10 {
		names = append(names, fmt.Sprintf("%q", m.CreateDomain("", fmt.Sprintf("domain-%d.sip.twilio.com", i), "").DomainName))
		lists = append(lists, fmt.Sprintf("%q", m.CreateList("", "Office").SID))
	}
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+fmt.Sprintf(`
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
	c.Run("init")
	c.Run("apply", "-auto-approve")
	m.ResetRequests()
	c.ExpectEmptyPlan()
	// One for all domains, and one for the mappings of each: at most one more where the first read came alone.
	if got := m.RequestLines(); len(got) < 11 || len(got) > 21 {
		t.Errorf("%d requests: %q", len(got), got)
	} else {
		t.Logf("100 mappings over 10 domains: %d requests", len(got))
	}
}
