// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attachment_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// expectAttached compares the lists that are attached to a parent with want.
func expectAttached(m *acctest.Mock, kind acctest.Attachment, parent string, want ...string) error {
	got := kind.Lists(m, parent)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		return fmt.Errorf("attached are %q, not %q", got, want)
	}
	return nil
}

// TestExclusiveLifecycle creates, imports, changes, replaces, and destroys an exclusive resource.
func TestExclusiveLifecycle(t *testing.T) {
	t.Parallel()
	eachKind(t, func(t *testing.T, kind acctest.Attachment) {
		m := acctest.StartMock(t)
		parent, other := kind.NewParent(m), kind.NewParent(m)
		office, branch, home := m.CreateList("", "Office").SID, m.CreateList("", "Branch").SID, m.CreateList("", "Home").SID
		// It is not an error if a list of the set is already attached.
		kind.Attach(m, parent, office)
		m.ResetRequests()
		address := kind.ExclusiveType + ".test"
		action := func(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
			return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}}
		}
		lists := func(sids ...string) statecheck.StateCheck {
			checks := make([]knownvalue.Check, len(sids))
			for i, sid := range sids {
				checks[i] = knownvalue.StringExact(sid)
			}
			return statecheck.ExpectKnownValue(address, tfjsonpath.New("ip_access_control_list_sids"), knownvalue.SetExact(checks))
		}
		check := func(checks ...func() error) resource.TestCheckFunc {
			return func(*terraform.State) error {
				for _, check := range checks {
					if err := check(); err != nil {
						return err
					}
				}
				return nil
			}
		}
		attached := func(parent string, want ...string) func() error {
			return func() error { return expectAttached(m, kind, parent, want...) }
		}
		create, remove := "POST "+kind.Collection, "DELETE "+kind.Collection+"/AL"
		writes := func(want ...string) func() error { return func() error { return expectWrites(m, want...) } }

		steps := []resource.TestStep{{
			Config:            m.Config(kind.ExclusiveBlock("test", parent, office, branch)),
			ConfigPlanChecks:  action(plancheck.ResourceActionCreate),
			ConfigStateChecks: append(acctest.ExpectStrings(address, map[string]string{"id": parent, kind.ParentAttribute: parent, "account_sid": m.AccountSID()}), lists(office, branch)),
			Check:             check(attached(parent, office, branch), writes(create, create)),
		}}
		for _, id := range kind.ExclusiveImportIDs(m.AccountSID(), parent) {
			steps = append(steps, resource.TestStep{ResourceName: address, ImportState: true, ImportStateId: id, ImportStateVerify: true})
		}
		steps = append(steps,
			resource.TestStep{ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithID},
			resource.TestStep{ResourceName: address, ImportState: true, ImportStateId: acctest.UnknownSID(parent), ExpectError: acctest.Text("Check the SID.")},
			resource.TestStep{ResourceName: address, ImportState: true, ImportStateId: office, ExpectError: acctest.Text("is the SID of an IP access control list")},
			resource.TestStep{
				PreConfig:         m.ResetRequests,
				Config:            m.Config(kind.ExclusiveBlock("test", parent, home, branch)),
				ConfigPlanChecks:  action(plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{lists(home, branch)},
				Check:             check(attached(parent, home, branch), writes(create, remove)),
			},
			resource.TestStep{
				// One list of the set was detached, and another list was attached.
				PreConfig: func() {
					kind.Detach(m, parent, home)
					kind.Attach(m, parent, office)
					m.ResetRequests()
				},
				Config:           m.Config(kind.ExclusiveBlock("test", parent, home, branch)),
				ConfigPlanChecks: action(plancheck.ResourceActionUpdate),
				Check:            check(attached(parent, home, branch), writes(create, remove)),
			},
			resource.TestStep{
				Config:            m.Config(kind.ExclusiveBlock("test", parent)),
				ConfigPlanChecks:  action(plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{lists()},
				Check:             check(attached(parent), writes(remove, remove)),
			},
			resource.TestStep{ResourceName: address, ImportState: true, ImportStateId: parent, ImportStateVerify: true},
			resource.TestStep{
				Config: m.Config(kind.ExclusiveBlock("test", parent, office)),
				Check:  check(attached(parent, office)),
			},
			resource.TestStep{
				// The lists of the old parent stay attached.
				PreConfig:        m.ResetRequests,
				Config:           m.Config(kind.ExclusiveBlock("test", other, office)),
				ConfigPlanChecks: action(plancheck.ResourceActionReplace),
				Check:            check(attached(parent, office), attached(other, office), writes(create)),
			},
		)
		resource.UnitTest(t, resource.TestCase{
			ProtoV6ProviderFactories: m.ProviderFactories(),
			Steps:                    steps,
			CheckDestroy:             check(attached(other, office), writes()),
		})
	})
}

func TestExclusiveImportByIdentity(t *testing.T) {
	t.Parallel()
	eachKind(t, func(t *testing.T, kind acctest.Attachment) {
		m := acctest.StartMock(t)
		parent, list := kind.NewParent(m), m.CreateList("", "Office").SID
		resource.UnitTest(t, resource.TestCase{
			TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
			ProtoV6ProviderFactories: m.ProviderFactories(),
			Steps: []resource.TestStep{
				{
					Config: m.Config(kind.ExclusiveBlock("test", parent, list)),
					ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectIdentity(kind.ExclusiveType+".test", map[string]knownvalue.Check{
						"account_sid": knownvalue.StringExact(m.AccountSID()), kind.ParentAttribute: knownvalue.StringExact(parent),
					})},
				},
				{ResourceName: kind.ExclusiveType + ".test", ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity},
			},
		})
	})
}

// TestExclusiveInvalidSIDs checks that invalid SIDs fail without a request.
func TestExclusiveInvalidSIDs(t *testing.T) {
	t.Parallel()
	eachKind(t, func(t *testing.T, kind acctest.Attachment) {
		m := acctest.StartMock(t)
		parent, list := kind.NewParent(m), m.CreateList("", "Office").SID
		m.ResetRequests()
		resource.UnitTest(t, resource.TestCase{
			ProtoV6ProviderFactories: m.ProviderFactories(),
			Steps: []resource.TestStep{
				{Config: m.Config(kind.ExclusiveBlock("test", list, list)), PlanOnly: true, ExpectError: acctest.Text("which is the SID of an IP access control list.")},
				{Config: m.Config(kind.ExclusiveBlock("test", parent, list, parent)), PlanOnly: true, ExpectError: acctest.Text(`must be the SID of an IP access control list ("AL" followed by`)},
				{Config: m.Config(strings.Replace(kind.ExclusiveBlock("test", parent, "X"), `["X"]`, "[null]", 1)), PlanOnly: true, ExpectError: acctest.Text("Null")},
				{Config: m.Config(strings.Replace(kind.ExclusiveBlock("test", parent), "[]", "null", 1)), PlanOnly: true, ExpectError: acctest.Text("Missing Configuration for Required Attribute")},
			},
		})
		if requests := m.RequestLines(); len(requests) > 0 {
			t.Errorf("requests: %q", requests)
		}
	})
}

// TestExclusiveDrift attaches a wide list outside of Terraform. The plan shows it in its text and its JSON, and the apply
// detaches only this list.
func TestExclusiveDrift(t *testing.T) {
	t.Parallel()
	eachKind(t, func(t *testing.T, kind acctest.Attachment) {
		m := acctest.StartMock(t)
		parent, other := kind.NewParent(m), kind.NewParent(m)
		office, wide := m.CreateList("", "Office").SID, m.CreateList("", "By hand").SID
		m.CreateAddress("", wide, "0.0.0.0", 1, "Half of the Internet")
		kind.Attach(m, other, wide)
		c := m.NewCLI(nil)
		c.Write("main.tf", m.RootConfig()+kind.ExclusiveBlock("test", parent, office))
		c.Run("init")
		c.Run("apply", "-auto-approve")
		c.ExpectEmptyPlan()

		kind.Attach(m, parent, wide)
		output, status := c.Try("terraform", "plan", "-no-color", "-detailed-exitcode", "-out=plan")
		if removal := fmt.Sprintf("- %q", wide); status != 2 || !strings.Contains(output, removal) || !strings.Contains(output, "will be updated in-place") {
			t.Errorf("exit status %d, expected %q in:\n%s", status, removal, output)
		}
		var shown struct {
			Changes []struct {
				Change struct {
					Actions       []string
					Before, After struct {
						Lists []string `json:"ip_access_control_list_sids"`
					}
				}
			} `json:"resource_changes"`
		}
		if err := json.Unmarshal([]byte(c.Run("show", "-json", "plan")), &shown); err != nil {
			t.Fatal(err)
		}
		change := shown.Changes[0].Change
		if !slices.Equal(change.Actions, []string{"update"}) || !slices.Contains(change.Before.Lists, wide) || !slices.Equal(change.After.Lists, []string{office}) {
			t.Errorf("the JSON of the plan does not show the removal: %+v", change)
		}
		// A list that is attached after the plan stays attached until a plan shows it.
		late := m.CreateList("", "Late").SID
		kind.Attach(m, parent, late)
		m.ResetRequests()
		c.Run("apply", "plan")
		if err := expectWrites(m, "DELETE "+kind.Collection+"/AL"); err != nil {
			t.Error(err)
		}
		if err := expectAttached(m, kind, parent, office, late); err != nil {
			t.Error(err)
		}
		c.Run("apply", "-auto-approve")
		c.ExpectEmptyPlan()
		for of, want := range map[string]string{parent: office, other: wide} {
			if err := expectAttached(m, kind, of, want); err != nil {
				t.Error(err)
			}
		}
		if len(m.Lists("")) != 3 || len(m.Addresses("", wide)) != 1 {
			t.Error("a list or an entry was deleted")
		}
	})
}

// TestExclusiveTakeover creates the resource for a parent with other lists. The plan fails, and after an import it shows which
// lists are detached.
func TestExclusiveTakeover(t *testing.T) {
	t.Parallel()
	eachKind(t, func(t *testing.T, kind acctest.Attachment) {
		m := acctest.StartMock(t)
		parent, office, old := kind.NewParent(m), m.CreateList("", "Office").SID, m.CreateList("", "Old office").SID
		kind.Attach(m, parent, office)
		kind.Attach(m, parent, old)
		m.ResetRequests()
		c := m.NewCLI(nil)
		c.Write("main.tf", m.RootConfig()+kind.ExclusiveBlock("test", parent, office))
		c.Run("init")
		output := c.ExpectError("apply", "-auto-approve", "-no-color")
		for _, want := range []string{
			parent + " has lists that are not in ip_access_control_list_sids", old + " (\"Old office\")",
			"To keep the lists attached, add them to ip_access_control_list_sids.", "terraform import ADDRESS ",
		} {
			if !acctest.Text(want).MatchString(output) {
				t.Errorf("%q is missing in:\n%s", want, output)
			}
		}
		// The lists are known only during the apply.
		c.Write("main.tf", m.RootConfig()+fmt.Sprintf("resource \"terraform_data\" \"list\" {\n  input = %q\n}\n", office)+
			strings.Replace(kind.ExclusiveBlock("test", parent, "LIST"), `"LIST"`, "terraform_data.list.output", 1))
		c.Run("init")
		if output := c.Run("plan", "-no-color"); !acctest.Text(parent + " may have lists that are not in ip_access_control_list_sids").MatchString(output) {
			t.Error(output)
		}
		if output := c.ExpectError("apply", "-auto-approve", "-no-color"); !strings.Contains(output, "has lists that are not in ip_access_control_list_sids") {
			t.Error(output)
		}
		m.ExpectNoWrites()

		c.Write("main.tf", m.RootConfig()+kind.ExclusiveBlock("test", parent, office)+fmt.Sprintf("import {\n  to = %s.test\n  id = %q\n}\n", kind.ExclusiveType, parent))
		if plan := c.Run("plan", "-no-color"); !strings.Contains(plan, fmt.Sprintf("- %q", old)) || !strings.Contains(plan, "1 to import, 0 to add, 1 to change") {
			t.Error(plan)
		}
		c.Run("apply", "-auto-approve")
		if err := expectAttached(m, kind, parent, office); err != nil {
			t.Error(err)
		}
		c.ExpectEmptyPlan()
	})
}

// TestExclusiveEmptySet checks that a plan that leaves a parent without a list warns once.
func TestExclusiveEmptySet(t *testing.T) {
	t.Parallel()
	eachKind(t, func(t *testing.T, kind acctest.Attachment) {
		m := acctest.StartMock(t)
		parent, office := kind.NewParent(m), m.CreateList("", "Office").SID
		warning := acctest.Text(parent + " is left without an IP access control list")
		c := m.NewCLI(nil)
		write := func(lists ...string) {
			c.Write("main.tf", m.RootConfig()+kind.ExclusiveBlock("test", parent, lists...))
		}
		expect := func(output string, warns bool) {
			t.Helper()
			means := acctest.Text("without a list rejects all calls or, if it has credential lists, accepts calls with valid credentials from any IP address.")
			if warning.MatchString(output) != warns || means.MatchString(output) != warns {
				t.Errorf("a warning was expected: %t\n%s", warns, output)
			}
		}
		write()
		c.Run("init")
		expect(c.Run("plan", "-no-color"), true)
		write(office)
		expect(c.Run("apply", "-auto-approve", "-no-color"), false)
		write()
		expect(c.Run("plan", "-no-color"), true)
		c.Run("apply", "-auto-approve")
		expect(c.ExpectEmptyPlan(), false)
	})
}

// TestExclusiveGone deletes the parent outside of Terraform.
func TestExclusiveGone(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	kind := acctest.Attachments["domain"]
	domain, office := kind.NewParent(m), m.CreateList("", "Office").SID
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+kind.ExclusiveBlock("test", domain, office))
	c.Run("init")
	c.Run("apply", "-auto-approve")
	m.DeleteDomain("", domain)
	if output := c.Run("plan", "-no-color"); !strings.Contains(output, "1 to add, 0 to change, 0 to destroy") {
		t.Error(output)
	}
	if output := c.ExpectError("apply", "-auto-approve", "-no-color"); !acctest.Text("Check that the domain exists.").MatchString(output) {
		t.Error(output)
	}
	c.Run("destroy", "-auto-approve")
}

// TestExclusiveSubaccount manages a domain of a subaccount with the credentials of the parent account.
func TestExclusiveSubaccount(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	subaccount, _ := m.AddSubaccount()
	domain, list := m.CreateDomain(subaccount, "north.sip.twilio.com", "").SID, m.CreateList(subaccount, "North").SID
	address := acctest.Attachments["domain"].ExclusiveType + ".test"
	block := strings.Replace(acctest.Attachments["domain"].ExclusiveBlock("test", domain, list), "{\n", fmt.Sprintf("{\n  account_sid = %q\n", subaccount), 1)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.ProviderFactories(),
		Steps: []resource.TestStep{
			{Config: m.Config(block), ConfigStateChecks: acctest.ExpectStrings(address, map[string]string{"account_sid": subaccount})},
			{ResourceName: address, ImportState: true, ImportStateId: subaccount + "/" + domain, ImportStateVerify: true},
			{ResourceName: address, ImportState: true, ImportStateId: domain, ExpectError: acctest.Text("The import ID for a domain in a subaccount must include the account: AC…/SD…")},
		},
	})
	if mapped := m.Mappings(subaccount, domain); len(mapped) != 1 || mapped[0].ListSID != list {
		t.Errorf("mapped: %v", mapped)
	}
}

// TestExclusiveTrunkWithAPIKey creates and imports an exclusive resource, with and without lists, for a trunk whose account only
// Twilio's responses show. The key belongs to a different account than the configured one.
func TestExclusiveTrunkWithAPIKey(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	kind := acctest.Attachments["trunk"]
	subaccount, _ := m.AddSubaccount()
	key, secret := m.AddAPIKey(subaccount)
	trunk, list := m.CreateTrunk(subaccount, "North", "").SID, m.CreateList(subaccount, "North").SID
	config := func(lists ...string) string {
		return fmt.Sprintf("provider \"twilio\" {\n  account_sid = %q\n  api_key = %q\n  api_secret = %q\n  base_url = %q\n}\n", m.AccountSID(), key, secret, m.URL()) +
			kind.ExclusiveBlock("test", trunk, lists...)
	}
	checks := acctest.ExpectStrings(kind.ExclusiveType+".test", map[string]string{"account_sid": subaccount})
	verify := resource.TestStep{ResourceName: kind.ExclusiveType + ".test", ImportState: true, ImportStateId: trunk, ImportStateVerify: true}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: m.ProviderFactories(),
		Steps:                    []resource.TestStep{{Config: config(), ConfigStateChecks: checks}, verify, {Config: config(list), ConfigStateChecks: checks}, verify},
	})
}

// TestExclusiveReadsShareRequests refreshes an exclusive resource and a resource for each of its lists.
func TestExclusiveReadsShareRequests(t *testing.T) {
	t.Parallel()
	eachKind(t, func(t *testing.T, kind acctest.Attachment) {
		m := acctest.StartMock(t)
		parent := kind.NewParent(m)
		var blocks, lists []string
		for i := range 20 {
			lists = append(lists, m.CreateList("", fmt.Sprintf("List %d", i)).SID)
			blocks = append(blocks, kind.Block(fmt.Sprintf("list_%d", i), parent, lists[i]))
		}
		c := m.NewCLI(nil)
		c.Write("main.tf", m.RootConfig()+strings.Join(blocks, "")+kind.ExclusiveBlock("test", parent, lists...))
		c.Run("init")
		c.Run("apply", "-auto-approve")
		m.ResetRequests()
		c.ExpectEmptyPlan()
		// The first mapping may be read alone before the collection is.
		if got := m.RequestLines(); len(got) > 2 {
			t.Errorf("%d requests: %q", len(got), got)
		}
	})
}

// TestExclusiveFailedCreate checks that a create that attaches only some lists names them, and that the next apply attaches the
// rest.
func TestExclusiveFailedCreate(t *testing.T) {
	t.Parallel()
	eachKind(t, func(t *testing.T, kind acctest.Attachment) {
		m := acctest.StartMock(t)
		parent, office, branch := kind.NewParent(m), m.CreateList("", "Office").SID, m.CreateList("", "Branch").SID
		c := m.NewCLI(nil)
		c.Write("main.tf", m.RootConfig()+kind.ExclusiveBlock("test", parent, office, acctest.UnknownSID(office)))
		c.Run("init")
		if output := c.ExpectError("apply", "-auto-approve", "-no-color"); !acctest.Text("These lists were attached: " + office + " The next apply tries again.").MatchString(output) {
			t.Error(output)
		}
		if state := c.State(); len(state) > 0 {
			t.Errorf("a tainted resource is in the state: %v", state)
		}
		c.Write("main.tf", m.RootConfig()+kind.ExclusiveBlock("test", parent, office, branch))
		c.Run("apply", "-auto-approve")
		if err := expectAttached(m, kind, parent, office, branch); err != nil {
			t.Error(err)
		}
		c.ExpectEmptyPlan()
	})
}

// TestExclusiveFailedAttach checks that nothing is detached if a list cannot be attached, and that the state has the attached
// lists.
func TestExclusiveFailedAttach(t *testing.T) {
	t.Parallel()
	eachKind(t, func(t *testing.T, kind acctest.Attachment) {
		m := acctest.StartMock(t)
		parent, office, branch := kind.NewParent(m), m.CreateList("", "Office").SID, m.CreateList("", "Branch").SID
		missing := acctest.UnknownSID(office)
		c := m.NewCLI(nil)
		write := func(lists ...string) {
			c.Write("main.tf", m.RootConfig()+kind.ExclusiveBlock("test", parent, lists...))
		}
		write(office)
		c.Run("init")
		c.Run("apply", "-auto-approve")
		write(branch, missing)
		output := c.ExpectError("apply", "-auto-approve", "-no-color")
		for _, want := range []string{
			"list " + missing, " exists. Check that the list exists", "No list was detached, because lists are detached only after all new lists are attached.", "These lists were attached: " + branch,
		} {
			if !acctest.Text(want).MatchString(output) {
				t.Errorf("%q is missing in:\n%s", want, output)
			}
		}
		if !regexp.MustCompile(`(?m)^ +\d+: +ip_access_control_list_sids = \[`).MatchString(output) {
			t.Errorf("the error does not point at the set:\n%s", output)
		}
		if err := expectAttached(m, kind, parent, office, branch); err != nil {
			t.Error(err)
		}
		if got := fmt.Sprint(c.State()[0].Instances[0].Attributes["ip_access_control_list_sids"]); !strings.Contains(got, office) || !strings.Contains(got, branch) {
			t.Errorf("state: %s", got)
		}
		write(branch)
		m.AddFault(mocktwilio.Fault{Method: http.MethodDelete, Kind: mocktwilio.FaultStatus, Status: http.StatusForbidden, Code: 20403})
		if output := c.ExpectError("apply", "-auto-approve", "-no-color"); !acctest.Text("The list may still be attached.").MatchString(output) {
			t.Error(output)
		}
		c.Run("apply", "-auto-approve")
		if err := expectAttached(m, kind, parent, branch); err != nil {
			t.Error(err)
		}
		c.ExpectEmptyPlan()
	})
}
