// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attachment_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// TestExclusiveBesideAttachments creates lists, a resource for each attachment, and an exclusive resource with the same lists in
// one apply, no matter in which order Terraform creates them.
func TestExclusiveBesideAttachments(t *testing.T) {
	t.Parallel()
	eachKind(t, func(t *testing.T, kind acctest.Attachment) {
		m := acctest.StartMock(t)
		m.SetLatency(5 * time.Millisecond)
		parent := kind.NewParent(m)
		c := m.NewCLI(nil)
		write := func(count int) {
			c.Write("main.tf", m.RootConfig()+fmt.Sprintf(`
resource "twilio_sip_ip_access_control_list" "test" {
  count         = %[1]d
  friendly_name = "List ${count.index}"
}

resource %[2]q "test" {
  count                      = %[1]d
  %[3]s                      = %[4]q
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.test[count.index].sid
}

resource %[5]q "test" {
  %[3]s                       = %[4]q
  ip_access_control_list_sids = twilio_sip_ip_access_control_list.test[*].sid

  lifecycle {
    create_before_destroy = true
  }
}
`, count, kind.ResourceType, kind.ParentAttribute, parent, kind.ExclusiveType))
		}
		write(8)
		c.Run("init")
		c.Run("apply", "-auto-approve")
		c.ExpectEmptyPlan()
		write(5)
		c.Run("apply", "-auto-approve")
		c.ExpectEmptyPlan()
		if got := kind.Lists(m, parent); len(got) != 5 || len(m.Lists("")) != 5 {
			t.Errorf("attached are %d lists of %d, not 5", len(got), len(m.Lists("")))
		}
		c.Run("destroy", "-auto-approve")
		if got := kind.Lists(m, parent); len(got) > 0 || len(m.Lists("")) > 0 {
			t.Errorf("left: %q", got)
		}
	})
}

// TestAttachmentAfterExclusive creates the resource for one attachment after the exclusive resource has attached the list.
func TestAttachmentAfterExclusive(t *testing.T) {
	t.Parallel()
	eachKind(t, func(t *testing.T, kind acctest.Attachment) {
		m := acctest.StartMock(t)
		parent, office := kind.NewParent(m), m.CreateList("", "Office").SID
		c := m.NewCLI(nil)
		c.Write("main.tf", m.RootConfig()+kind.ExclusiveBlock("test", parent, office)+kind.Block("office", parent, office, "depends_on = ["+kind.ExclusiveType+".test]"))
		c.Run("init")
		c.Run("apply", "-auto-approve")
		c.ExpectEmptyPlan()
	})
}

// TestExclusiveConflicts plans resources that would undo what the exclusive resource does.
func TestExclusiveConflicts(t *testing.T) {
	t.Parallel()
	eachKind(t, func(t *testing.T, kind acctest.Attachment) {
		m := acctest.StartMock(t)
		parent, office, branch := kind.NewParent(m), m.CreateList("", "Office").SID, m.CreateList("", "Branch").SID
		m.ResetRequests()
		c := m.NewCLI(nil)
		write := func(parts ...string) { c.Write("main.tf", m.RootConfig()+strings.Join(parts, "\n")) }
		expect := func(output string, words ...string) {
			t.Helper()
			for _, want := range words {
				if !acctest.Text(want).MatchString(output) {
					t.Errorf("%q is missing in:\n%s", want, output)
				}
			}
			m.ExpectNoWrites()
		}
		both := []string{
			"Error: List " + branch + " is managed twice on ", "A " + kind.ResourceType + " resource attaches list " + branch,
			"but the " + kind.ExclusiveType + " resource", "To destroy everything despite this error",
		}
		single := kind.Block("branch", parent, branch)
		exclusive := kind.ExclusiveBlock("test", parent, office)

		write(single, exclusive)
		c.Run("init")
		expect(c.ExpectError("plan", "-no-color"), both...)
		// Terraform plans one after the other, in either order.
		for _, first := range []string{kind.ResourceType + ".branch", kind.ExclusiveType + ".test"} {
			depends := func(block, on string) string {
				return strings.TrimSuffix(block, "}\n") + "  depends_on = [" + on + "]\n}\n"
			}
			if first == kind.ResourceType+".branch" {
				write(single, depends(exclusive, first))
			} else {
				write(depends(single, first), exclusive)
			}
			expect(c.ExpectError("plan", "-no-color"), both...)
		}
		write(exclusive, kind.ExclusiveBlock("second", parent, office, branch))
		expect(c.ExpectError("plan", "-no-color"), parent+" is managed twice", "Two "+kind.ExclusiveType+" resources have different lists")

		// The resource for one attachment is destroyed, but the exclusive resource keeps the list.
		write(single)
		c.Run("apply", "-auto-approve")
		m.ResetRequests()
		kept := kind.ExclusiveBlock("test", parent, branch)
		write(kept)
		expect(c.ExpectError("plan", "-no-color"), "Error: List "+branch+" would be detached from ", "removed { from = "+kind.ResourceType+".NAME", "destroy = false")
		if !c.AtLeast("1.8", "1.10") {
			t.Skip("removed blocks with lifecycle begin with OpenTofu 1.10")
		}
		write(kept, fmt.Sprintf("removed {\n  from = %s.branch\n  lifecycle {\n    destroy = false\n  }\n}\n", kind.ResourceType))
		c.Run("apply", "-auto-approve")
		c.ExpectEmptyPlan()
		if err := expectAttached(m, kind, parent, branch); err != nil {
			t.Error(err)
		}
	})
}

// TestExclusiveReplacedList replaces the only list of a parent. With create_before_destroy, the new list is attached before the
// old one is detached and deleted. Otherwise, the old list cannot be deleted because it is attached.
func TestExclusiveReplacedList(t *testing.T) {
	t.Parallel()
	eachKind(t, func(t *testing.T, kind acctest.Attachment) {
		m := acctest.StartMock(t)
		parent := kind.NewParent(m)
		c := m.NewCLI(nil)
		write := func(name, lifecycle string) {
			c.Write("main.tf", m.RootConfig()+fmt.Sprintf("resource \"twilio_sip_ip_access_control_list\" %q {\n  friendly_name = %[1]q\n}\n", name)+
				strings.Replace(kind.ExclusiveBlock("test", parent, "LIST"), `["LIST"]`, "[twilio_sip_ip_access_control_list."+name+".sid]\n"+lifecycle, 1))
		}
		const createFirst = "lifecycle {\n create_before_destroy = true\n }"
		write("old", createFirst)
		c.Run("init")
		c.Run("apply", "-auto-approve")
		m.ResetRequests()
		write("new", createFirst)
		// The plan detaches the list that it destroys.
		if output := c.Run("apply", "-auto-approve", "-no-color"); strings.Contains(output, "Warning: ") {
			t.Error(output)
		}
		if err := expectWrites(m, "POST /IpAccessControlLists", "POST "+kind.Collection, "DELETE "+kind.Collection+"/AL", "DELETE /IpAccessControlLists/AL"); err != nil {
			t.Error(err)
		}
		c.ExpectEmptyPlan()

		write("third", "")
		c.Run("apply", "-auto-approve")
		write("fourth", "")
		output := c.ExpectError("apply", "-auto-approve", "-no-color")
		if want := "set create_before_destroy = true"; !acctest.Text(want).MatchString(output) || !strings.Contains(output, kind.ExclusiveType) {
			t.Errorf("%q is missing in:\n%s", want, output)
		}
		if got := kind.Lists(m, parent); len(got) != 1 {
			t.Errorf("attached are %q", got)
		}
		// Following the advice of the error, create_before_destroy is applied before the list is removed.
		write("third", createFirst)
		c.Run("apply", "-auto-approve")
		write("fourth", createFirst)
		c.Run("apply", "-auto-approve")
		c.ExpectEmptyPlan()
	})
}
