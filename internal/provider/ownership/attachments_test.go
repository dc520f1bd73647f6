// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ownership

import (
	"slices"
	"testing"
)

// Conflicts between an exclusive resource and resources for single attachments are found in either order, regardless of the case
// of SIDs.
func TestExclusiveAndSingleAttachments(t *testing.T) {
	t.Parallel()
	r := NewRegistry()
	if r.PlanAttachment("TK1", "ALa") || r.PlanAttachmentDestroyed("TK1", "ALb") || r.KeepsAttached("TK1", "ALa") {
		t.Error("there is no set yet")
	}
	got := r.PlanExclusive("tk1", []string{"ALB", "ALc"}, true)
	if !slices.Equal(got.Excluded, []string{"ALa"}) || !slices.Equal(got.Detached, []string{"ALb"}) || got.Twice {
		t.Errorf("conflicts: %+v", got)
	}
	if !r.PlanAttachment("TK1", "ALd") || r.PlanAttachment("TK1", "ALC") || r.PlanAttachment("TK2", "ALd") {
		t.Error("the set is not known to resources that are planned later")
	}
	if !r.PlanAttachmentDestroyed("TK1", "ALC") || r.PlanAttachmentDestroyed("TK1", "ALe") || !r.KeepsAttached("TK1", "ALc") {
		t.Error("what the set keeps is not known")
	}
}

// An exclusive resource with unknown lists excludes no list and keeps those that are known.
func TestExclusiveWithUnknownLists(t *testing.T) {
	t.Parallel()
	r := NewRegistry()
	r.PlanExclusive("TK1", []string{"ALa"}, false)
	if r.PlanAttachment("TK1", "ALb") || !r.PlanAttachmentDestroyed("TK1", "ALa") {
		t.Error("an unknown list may be any list")
	}
}

func TestTwoExclusives(t *testing.T) {
	t.Parallel()
	r := NewRegistry()
	for _, step := range []struct {
		lists    []string
		complete bool
		twice    bool
	}{{nil, true, false}, {nil, true, false}, {[]string{"ALa"}, true, true}, {[]string{"ALA"}, true, false}, {nil, false, false}} {
		if got := r.PlanExclusive("TK1", step.lists, step.complete); got.Twice != step.twice {
			t.Errorf("%v: %+v", step, got)
		}
	}
}
