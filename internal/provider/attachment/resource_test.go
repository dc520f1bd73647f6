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

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// eachKind runs a test for both kinds of attachment.
func eachKind(t *testing.T, test func(t *testing.T, kind acctest.Attachment)) {
	t.Helper()
	for name, kind := range acctest.Attachments {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, kind)
		})
	}
}

// TestAttachmentLifecycle creates, imports, updates, replaces, and destroys an attachment, and changes it outside of Terraform.
func TestAttachmentLifecycle(t *testing.T) {
	t.Parallel()
	eachKind(t, func(t *testing.T, kind acctest.Attachment) {
		m := acctest.StartMock(t)
		parent, office, branch := kind.NewParent(m), m.CreateList("", "Office").SID, m.CreateList("", "Branch").SID
		resourceAddress := kind.ResourceType + ".test"
		expectAction := func(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
			return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(resourceAddress, action)}}
		}
		expectString := func(attribute, value string) statecheck.StateCheck {
			return statecheck.ExpectKnownValue(resourceAddress, tfjsonpath.New(attribute), knownvalue.StringExact(value))
		}
		date := knownvalue.StringRegexp(regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`))
		steps := []resource.TestStep{{
			Config: m.Config(kind.Block("test", parent, office)),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(resourceAddress, plancheck.ResourceActionCreate),
				plancheck.ExpectKnownValue(resourceAddress, tfjsonpath.New("account_sid"), knownvalue.StringExact(m.AccountSID())),
			}},
			ConfigStateChecks: []statecheck.StateCheck{
				expectString("id", parent+"/"+office), expectString("sid", office), expectString("account_sid", m.AccountSID()), expectString("friendly_name", "Office"),
				statecheck.ExpectKnownValue(resourceAddress, tfjsonpath.New("date_created"), date),
				statecheck.ExpectKnownValue(resourceAddress, tfjsonpath.New("date_updated"), date),
			},
		}}
		for _, id := range kind.ImportIDs(m.AccountSID(), parent, office) {
			steps = append(steps, resource.TestStep{ResourceName: resourceAddress, ImportState: true, ImportStateId: id, ImportStateVerify: true})
		}
		steps = append(steps,
			resource.TestStep{ResourceName: resourceAddress, ImportState: true, ImportStateKind: resource.ImportBlockWithID},
			resource.TestStep{
				ResourceName: resourceAddress, ImportState: true, ImportStateId: parent + "/" + branch,
				ExpectError: acctest.Text("Check both SIDs, and check that the list is attached"),
			},
			resource.TestStep{
				ResourceName: resourceAddress, ImportState: true, ImportStateId: office + "/" + parent,
				ExpectError: acctest.Text("is the SID of an IP access control list"),
			},
			resource.TestStep{
				// A change of the timeouts sends no request.
				PreConfig:        m.ResetRequests,
				Config:           m.Config(kind.Block("test", parent, office, "timeouts {\n create = \"5m\"\n }")),
				ConfigPlanChecks: expectAction(plancheck.ResourceActionUpdate),
				Check:            func(*terraform.State) error { return expectWrites(m) },
			},
			resource.TestStep{
				PreConfig:         func() { m.RenameList("", office, "Headquarters") },
				Config:            m.Config(kind.Block("test", parent, office)),
				ConfigPlanChecks:  expectAction(plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{expectString("friendly_name", "Headquarters")},
			},
			resource.TestStep{
				PreConfig:         m.ResetRequests,
				Config:            m.Config(kind.Block("test", parent, branch)),
				ConfigPlanChecks:  expectAction(plancheck.ResourceActionReplace),
				ConfigStateChecks: []statecheck.StateCheck{expectString("id", parent+"/"+branch)},
				Check: func(*terraform.State) error {
					return expectWrites(m, "DELETE "+kind.Collection+"/AL", "POST "+kind.Collection)
				},
			},
			resource.TestStep{
				// The list was detached outside of Terraform.
				PreConfig:        func() { kind.Detach(m, parent, branch) },
				Config:           m.Config(kind.Block("test", parent, branch)),
				ConfigPlanChecks: expectAction(plancheck.ResourceActionCreate),
			},
			resource.TestStep{
				// An existing attachment is not adopted.
				PreConfig:   func() { kind.Attach(m, parent, office) },
				Config:      m.Config(kind.Block("test", parent, branch), kind.Block("second", parent, office)),
				ExpectError: acctest.Text("failed: it already exists."),
			},
			resource.TestStep{
				Config:      m.Config(kind.Block("test", parent, branch), kind.Block("second", parent, office)),
				ExpectError: regexp.MustCompile(`terraform import ADDRESS (AC\w+/)?` + parent + "/" + office),
			},
		)
		resource.UnitTest(t, resource.TestCase{
			ProtoV6ProviderFactories: m.ProviderFactories(),
			Steps:                    steps,
			CheckDestroy: func(*terraform.State) error {
				if left := kind.Lists(m, parent); !slices.Equal(left, []string{office}) {
					return fmt.Errorf("attached lists: %v", left)
				}
				return nil
			},
		})
	})
}

// expectWrites compares the writes since the log was cleared with want.
func expectWrites(m *acctest.Mock, want ...string) error {
	if got := m.WriteLines(); !slices.Equal(got, want) {
		return fmt.Errorf("wrote %q, not %q", got, want)
	}
	return nil
}

func TestAttachmentImportByIdentity(t *testing.T) {
	t.Parallel()
	eachKind(t, func(t *testing.T, kind acctest.Attachment) {
		m := acctest.StartMock(t)
		parent, list := kind.NewParent(m), m.CreateList("", "Office").SID
		resourceAddress := kind.ResourceType + ".test"
		resource.UnitTest(t, resource.TestCase{
			TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
			ProtoV6ProviderFactories: m.ProviderFactories(),
			Steps: []resource.TestStep{
				{
					Config: m.Config(kind.Block("test", parent, list)),
					ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectIdentity(resourceAddress, map[string]knownvalue.Check{
						"account_sid": knownvalue.StringExact(m.AccountSID()), kind.ParentAttribute: knownvalue.StringExact(parent), "ip_access_control_list_sid": knownvalue.StringExact(list),
					})},
				},
				{ResourceName: resourceAddress, ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity},
			},
		})
	})
}

// TestAttachmentInvalidSIDs checks that invalid SIDs fail without a request.
func TestAttachmentInvalidSIDs(t *testing.T) {
	t.Parallel()
	eachKind(t, func(t *testing.T, kind acctest.Attachment) {
		m := acctest.StartMock(t)
		parent, list := kind.NewParent(m), m.CreateList("", "Office").SID
		resource.UnitTest(t, resource.TestCase{
			ProtoV6ProviderFactories: m.ProviderFactories(),
			Steps: []resource.TestStep{
				{Config: m.Config(kind.Block("test", list, list)), PlanOnly: true, ExpectError: acctest.Text("which is the SID of an IP access control list.")},
				{Config: m.Config(kind.Block("test", parent, parent)), PlanOnly: true, ExpectError: acctest.Text(`must be the SID of an IP access control list ("AL" followed by`)},
				{Config: m.Config(kind.Block("test", parent, "Office")), PlanOnly: true, ExpectError: acctest.Text(`followed by 32 hexadecimal digits); got "Office".`)},
			},
		})
		if requests := m.RequestLines(); len(requests) > 0 {
			t.Errorf("requests: %q", requests)
		}
	})
}

// TestAttachmentMissingParentOrList checks that a failed create points at the argument whose object does not exist.
func TestAttachmentMissingParentOrList(t *testing.T) {
	t.Parallel()
	eachKind(t, func(t *testing.T, kind acctest.Attachment) {
		m := acctest.StartMock(t)
		parent, list := kind.NewParent(m), m.CreateList("", "Office").SID
		resource.UnitTest(t, resource.TestCase{
			ProtoV6ProviderFactories: m.ProviderFactories(),
			Steps: []resource.TestStep{
				{Config: m.Config(kind.Block("test", parent, acctest.UnknownSID(list))), ExpectError: regexp.MustCompile(`(?s)ip_access_control_list_sid += "AL0.* exists\.\s+Check\s+that\s+the\s+list\s+exists`)},
				{Config: m.Config(kind.Block("test", acctest.UnknownSID(parent), list)), ExpectError: regexp.MustCompile(`(?s)` + kind.ParentAttribute + ` = "(SD|TK)0.*Check that the (domain|trunk)\s+exists\.`)},
			},
		})
	})
}

// TestAttachmentFaults creates and deletes the attachments of several lists, with a different kind of fault for each list, one or
// three times.
func TestAttachmentFaults(t *testing.T) {
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
			for name, kind := range acctest.Attachments {
				parents[name] = kind.NewParent(m)
			}
			for i, fault := range acctest.WriteFaults {
				list := m.CreateList("", "Office").SID
				faults[list] = fault
				for name, kind := range acctest.Attachments {
					blocks = append(blocks, kind.Block(fmt.Sprintf("fault_%d", i), parents[name], list))
				}
			}
			var mu sync.Mutex
			faulted := map[string]int{}
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
				if faulted[key]++; faulted[key] > count {
					return nil
				}
				return &fault
			})
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: m.ProviderFactories(),
				Steps: []resource.TestStep{{
					Config: m.Config(blocks...),
					Check: func(*terraform.State) error {
						for name, kind := range acctest.Attachments {
							if lists := kind.Lists(m, parents[name]); len(lists) != len(acctest.WriteFaults) {
								return fmt.Errorf("%s: %d attached lists, not %d", name, len(lists), len(acctest.WriteFaults))
							}
						}
						return nil
					},
				}},
				CheckDestroy: func(*terraform.State) error {
					for name, kind := range acctest.Attachments {
						if left := kind.Lists(m, parents[name]); len(left) > 0 {
							return fmt.Errorf("%s: still attached: %v", name, left)
						}
					}
					return nil
				},
			})
			if want := 4 * len(acctest.WriteFaults); len(faulted) != want {
				t.Errorf("%d kinds of write met a fault, not %d", len(faulted), want)
			}
		})
	}
}

// TestRenamedAttachment renames a resource without a moved block: the create waits for the destroy, and the list stays attached.
func TestRenamedAttachment(t *testing.T) {
	t.Parallel()
	for kind, attachment := range acctest.Attachments {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			m := acctest.StartMock(t)
			m.SetLatency(30 * time.Millisecond)
			parent, list := attachment.NewParent(m), m.CreateList("", "Office").SID
			c := m.NewCLI(nil)
			for i, name := range []string{"a", "b", "c", "d"} {
				c.Write("main.tf", m.RootConfig()+attachment.Block(name, parent, list))
				if i == 0 {
					c.Run("init")
				}
				c.Run("apply", "-auto-approve")
				if got := attachment.Lists(m, parent); !slices.Equal(got, []string{list}) {
					t.Errorf("attached after the rename to %s: %q", name, got)
				}
			}
			c.ExpectEmptyPlan()
		})
	}
}

// TestReplaceAttachedList replaces an attached list, with and without create_before_destroy on either resource.
func TestReplaceAttachedList(t *testing.T) {
	t.Parallel()
	const createBeforeDestroy = "lifecycle {\n create_before_destroy = true\n }"
	const createList, deleteList = "POST /IpAccessControlLists", "DELETE /IpAccessControlLists/AL"
	for name, test := range map[string]struct {
		list, attachment string
		// want returns the expected writes. The first ones, up to unordered, may come in any order.
		want      func(create, remove string) []string
		unordered int
	}{
		"destroy first": {want: func(create, remove string) []string { return []string{remove, deleteList, createList, create} }},
		// For a moment, no list is attached.
		"list created first": {list: createBeforeDestroy, unordered: 2, want: func(create, remove string) []string { return []string{remove, createList, create, deleteList} }},
		// A list is attached at all times.
		"all created first": {attachment: createBeforeDestroy, want: func(create, remove string) []string { return []string{createList, create, remove, deleteList} }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			eachKind(t, func(t *testing.T, kind acctest.Attachment) {
				m := acctest.StartMock(t)
				parent := kind.NewParent(m)
				c := m.NewCLI(nil)
				if test.list != "" && !c.OpenTofu && c.Version.Prerelease() != "" {
					t.Skip("Terraform 1.17.0-dev forgets the destroy of what depends on a resource that is created first, terraform_data included")
				}
				c.Write("main.tf", m.RootConfig()+fmt.Sprintf(`
resource "twilio_sip_ip_access_control_list" "test" {
  friendly_name = "Office"
  %s
}
`, test.list)+strings.Replace(kind.Block("test", parent, "LIST", test.attachment), `"LIST"`, "twilio_sip_ip_access_control_list.test.sid", 1))
				c.Run("init")
				c.Run("apply", "-auto-approve")
				before := m.OnlyListSID()
				m.ResetRequests()
				c.Run("apply", "-auto-approve", "-replace=twilio_sip_ip_access_control_list.test")
				got := m.WriteLines()
				slices.Sort(got[:test.unordered])
				if want := test.want("POST "+kind.Collection, "DELETE "+kind.Collection+"/AL"); !slices.Equal(got, want) {
					t.Errorf("wrote %q, not %q", got, want)
				}
				if after := m.OnlyListSID(); after == before || !slices.Equal(kind.Lists(m, parent), []string{after}) {
					t.Errorf("attached lists: %v, want %s alone in parent of %s", kind.Lists(m, parent), after, before)
				}
				c.ExpectEmptyPlan()
				c.Run("destroy", "-auto-approve")
				if err := expectWrites(m, "DELETE "+kind.Collection+"/AL", deleteList); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// TestUpdateMigratedAttachmentWithoutRefresh changes the timeouts while the state does not have the attributes that another
// provider did not store.
func TestUpdateMigratedAttachmentWithoutRefresh(t *testing.T) {
	t.Parallel()
	eachKind(t, func(t *testing.T, kind acctest.Attachment) {
		m := acctest.StartMock(t)
		parent, list := kind.NewParent(m), m.CreateList("", "Office").SID
		kind.Attach(m, parent, list)
		c := m.NewCLI(nil)
		c.Write("main.tf", m.RootConfig()+kind.Block("test", parent, list, "timeouts {\n create = \"5m\"\n }", fmt.Sprintf("account_sid = %q", m.AccountSID())))
		c.Write("terraform.tfstate", c.WithDefaultHost(fmt.Sprintf(`{"version": 4, "serial": 1, "lineage": "a", "resources": [{
			"mode": "managed", "type": %q, "name": "test", "provider": "provider[\"registry.terraform.io/%s\"]",
			"instances": [{"schema_version": 1, "attributes": {"id": %q, "sid": %q, %q: %q, "ip_access_control_list_sid": %q}}]}]}`,
			kind.ResourceType, acctest.ProviderSource, parent+"/"+list, list, kind.ParentAttribute, parent, list)))
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
