// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package addressmap

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
)

// TestRunSteps checks that a step waits for the steps in its After, and is skipped if one of them fails.
func TestRunSteps(t *testing.T) {
	t.Parallel()
	steps := []ipblock.Step{
		{Op: ipblock.Update, SID: "a"},
		{Op: ipblock.Update, SID: "b"},
		{Op: ipblock.Create, After: []int{0}},
		{Op: ipblock.Delete, SID: "d", After: []int{1}},
		{Op: ipblock.Delete, SID: "e", After: []int{3}},
		{Op: ipblock.Delete, SID: "f"},
	}
	var (
		lock sync.Mutex
		sent []string
	)
	outcomes := runSteps(steps, func(step ipblock.Step) (ipblock.Entry, error) {
		lock.Lock()
		defer lock.Unlock()
		sent = append(sent, step.Op.String()+step.SID)
		if step.SID == "b" {
			return ipblock.Entry{}, fmt.Errorf("no")
		}
		return ipblock.Entry{SID: step.SID + "!"}, nil
	})
	if slices.Index(sent, "create") < slices.Index(sent, "updatea") {
		t.Errorf("sent in the order %q", sent)
	}
	slices.Sort(sent)
	if want := []string{"create", "deletef", "updatea", "updateb"}; !slices.Equal(sent, want) {
		t.Errorf("sent %q, not %q", sent, want)
	}
	current := []ipblock.Entry{{SID: "a"}, {SID: "b"}, {SID: "d"}, {SID: "e"}, {SID: "f"}}
	var remaining []string
	for _, entry := range applySteps(current, steps, outcomes) {
		remaining = append(remaining, entry.SID)
	}
	if want := []string{"a!", "b", "d", "e", "!"}; !slices.Equal(remaining, want) {
		t.Errorf("left %q, not %q", remaining, want)
	}
}
