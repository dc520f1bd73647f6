// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attachment_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// TestExclusiveStalePlan applies a plan that keeps a list that someone has detached since. The parent must have a list at all
// times.
func TestExclusiveStalePlan(t *testing.T) {
	t.Parallel()
	eachKind(t, func(t *testing.T, kind acctest.Attachment) {
		m := acctest.StartMock(t)
		parent, office, branch, home := kind.NewParent(m), m.CreateList("", "Office").SID, m.CreateList("", "Branch").SID, m.CreateList("", "Home").SID
		c := m.NewCLI(nil)
		c.Write("main.tf", m.RootConfig()+kind.ExclusiveBlock("test", parent, office, branch, home))
		c.Run("init")
		c.Run("apply", "-auto-approve")
		c.Write("main.tf", m.RootConfig()+kind.ExclusiveBlock("test", parent, branch))
		c.Run("plan", "-out=plan")
		kind.Detach(m, parent, branch)
		kind.Detach(m, parent, home)
		m.ResetRequests()
		c.Run("apply", "plan")
		if err := expectWrites(m, "POST "+kind.Collection, "DELETE "+kind.Collection+"/AL"); err != nil {
			t.Error(err)
		}
		if err := expectAttached(m, kind, parent, branch); err != nil {
			t.Error(err)
		}
		c.ExpectEmptyPlan()
	})
}

// TestExclusiveUnknownParent checks that a parent that Twilio does not find is not treated as one without lists.
func TestExclusiveUnknownParent(t *testing.T) {
	t.Parallel()
	eachKind(t, func(t *testing.T, kind acctest.Attachment) {
		m := acctest.StartMock(t)
		c := m.NewCLI(nil)
		c.Write("main.tf", m.RootConfig()+kind.ExclusiveBlock("test", acctest.UnknownSID(kind.NewParent(m))))
		c.Run("init")
		if output := c.ExpectError("plan", "-no-color"); !acctest.Text("Twilio did not find it").MatchString(output) {
			t.Error(output)
		}
	})
}

// TestExclusiveTrunkOfNamedAccount names an account that the trunk is not in. Nothing is attached, whether the credentials show
// the account at plan time or only Twilio's response does.
func TestExclusiveTrunkOfNamedAccount(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	kind := acctest.Attachments["trunk"]
	subaccount, token := m.AddSubaccount()
	key, secret := m.AddAPIKey("")
	trunk, list := kind.NewParent(m), m.CreateList("", "Office").SID
	c := m.NewCLI(nil)
	write := func(root string) {
		c.Write("main.tf", root+strings.Replace(kind.ExclusiveBlock("test", trunk, list), "{\n", fmt.Sprintf("{\n  account_sid = %q\n", subaccount), 1))
	}
	write(m.RootConfig())
	c.Run("init")
	if output := c.ExpectError("plan", "-no-color"); !strings.Contains(output, "Elastic SIP trunk belongs to another account") {
		t.Error(output)
	}
	// An API key does not show that it belongs to the parent account.
	write(strings.NewReplacer(fmt.Sprintf("auth_token  = %q", m.AuthToken()), fmt.Sprintf("api_key = %q\napi_secret = %q", key, secret), m.AccountSID(), subaccount).Replace(m.RootConfig()))
	if output := c.ExpectError("apply", "-auto-approve", "-no-color"); !acctest.Text("Elastic SIP trunk belongs to another account").MatchString(output) || !acctest.Text("Nothing was created.").MatchString(output) {
		t.Error(output)
	}
	write(strings.NewReplacer(m.AuthToken(), token, m.AccountSID(), subaccount).Replace(m.RootConfig()))
	if output := c.ExpectError("apply", "-auto-approve", "-no-color"); !acctest.Text("Check that the trunk exists.").MatchString(output) {
		t.Error(output)
	}
	if err := expectAttached(m, kind, trunk); err != nil {
		t.Error(err)
	}
}

// TestExclusiveTrunkOfAnotherAccount reads the lists of a trunk and detaches one with credentials that cannot see the trunk.
func TestExclusiveTrunkOfAnotherAccount(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	kind := acctest.Attachments["trunk"]
	subaccount, token := m.AddSubaccount()
	trunk, office, wide := kind.NewParent(m), m.CreateList("", "Office").SID, m.CreateList("", "Wide").SID
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+kind.ExclusiveBlock("test", trunk, office, wide))
	c.Run("init")
	c.Run("apply", "-auto-approve")
	other := strings.NewReplacer(m.AuthToken(), token, m.AccountSID(), subaccount).Replace(m.RootConfig())
	c.Write("main.tf", other+kind.ExclusiveBlock("test", trunk, office))
	for _, args := range [][]string{{"plan", "-no-color"}, {"apply", "-auto-approve", "-no-color", "-refresh=false"}} {
		if output := c.ExpectError(args...); !acctest.Text("according to the state, it belongs to account").MatchString(output) {
			t.Errorf("%v: %s", args, output)
		}
	}
	c.Write("main.tf", m.RootConfig()+kind.ExclusiveBlock("test", trunk, office, wide))
	c.ExpectEmptyPlan()
}

// TestExclusiveDestroyedWithLists checks that the plan of a destroy says which lists stay attached, and that they can be deleted
// as it advises.
func TestExclusiveDestroyedWithLists(t *testing.T) {
	t.Parallel()
	eachKind(t, func(t *testing.T, kind acctest.Attachment) {
		m := acctest.StartMock(t)
		parent, other := kind.NewParent(m), kind.NewParent(m)
		c := m.NewCLI(nil)
		write := func(parent, lists string) {
			c.Write("main.tf", m.RootConfig()+acctest.ListConfig("Office")+
				strings.Replace(kind.ExclusiveBlock("test", parent, "LIST"), `"LIST"`, lists, 1))
		}
		const list = "twilio_sip_ip_access_control_list.test.sid"
		write(parent, list)
		c.Run("init")
		c.Run("apply", "-auto-approve")
		keeps := acctest.Text(parent + " keeps its IP access control lists")
		write(other, list)
		if output := c.Run("plan", "-no-color"); !keeps.MatchString(output) {
			t.Error(output)
		}
		write(parent, list)
		output := c.ExpectError("destroy", "-auto-approve", "-no-color")
		if !keeps.MatchString(output) || !acctest.Text("their addresses can still call it: "+m.OnlyListSID()).MatchString(output) {
			t.Error(output)
		}
		// The resource was removed from the state, and the list is still attached.
		advice := regexp.MustCompile(`apply, and destroy again: terraform import ADDRESS (\S+)`).FindStringSubmatch(strings.Join(strings.Fields(output), " "))
		if advice == nil {
			t.Fatal(output)
		}
		write(parent, "")
		c.Run("import", kind.ExclusiveType+".test", advice[1])
		c.Run("apply", "-auto-approve")
		if output := c.Run("destroy", "-auto-approve", "-no-color"); keeps.MatchString(output) || len(m.Lists("")) > 0 {
			t.Error(output)
		}
	})
}
