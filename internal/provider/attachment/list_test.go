// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attachment_test

import (
	"slices"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

func TestQueryAttachments(t *testing.T) {
	t.Parallel()
	eachKind(t, func(t *testing.T, kind acctest.Attachment) {
		m := acctest.StartMock(t)
		parent, office, branch := kind.NewParent(m), m.CreateList("", "Office").SID, m.CreateList("", "Branch").SID
		kind.Attach(m, parent, branch)
		kind.Attach(m, parent, office)
		results, diagnostics := m.Query(kind.ResourceType, map[string]any{kind.ParentAttribute: parent}, 100, true)
		if want := []string{"Branch on " + parent + " (" + branch + ")", "Office on " + parent + " (" + office + ")"}; len(diagnostics) > 0 || !slices.Equal(acctest.DisplayNames(results), want) {
			t.Fatalf("%v, %v", results, diagnostics)
		}
		if got := m.RequestLines(); !slices.Equal(got, []string{"GET " + kind.Collection}) {
			t.Errorf("requests: %q", got)
		}
		for name, want := range map[string]string{"account_sid": m.AccountSID(), kind.ParentAttribute: parent, "ip_access_control_list_sid": branch} {
			if results[0].Identity[name] != want || results[0].Resource[name] != want {
				t.Errorf("%s: %v, %v", name, results[0].Identity[name], results[0].Resource[name])
			}
		}
		if id := results[1].Resource["id"]; id != parent+"/"+office {
			t.Errorf("id: %v", id)
		}
		if results, _ := m.Query(kind.ResourceType, map[string]any{kind.ParentAttribute: parent}, 1, false); len(results) != 1 {
			t.Errorf("a limit of 1 gave %q", acctest.DisplayNames(results))
		}
		if results, diagnostics := m.Query(kind.ResourceType, map[string]any{kind.ParentAttribute: acctest.UnknownSID(parent)}, 1, false); len(results) != 0 || len(diagnostics) != 1 {
			t.Errorf("%v, %v", results, diagnostics)
		}
	})
}
