// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attachment_test

import (
	"fmt"
	"maps"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// TestExclusiveSwap swaps the only list of one parent and most lists of another, for each kind of parent, with and without faults
// in each request. After every request, either all old or all new lists must be attached, and no others. Only then is every
// address allowed that both allow, no matter what the lists contain.
func TestExclusiveSwap(t *testing.T) {
	t.Parallel()
	for i, fault := range append([]mocktwilio.Fault{{Kind: mocktwilio.FaultDelay}}, acctest.WriteFaults...) {
		t.Run(fmt.Sprintf("%d-%s", i, fault.Kind), func(t *testing.T) {
			t.Parallel()
			swapDespite(t, fault)
		})
	}
}

func swapDespite(t *testing.T, fault mocktwilio.Fault) {
	t.Helper()
	m := acctest.StartMock(t)
	m.ConfigureClient = func(config *twilio.Config) { config.AttemptTimeout = time.Second }
	var lists []string
	for i := range 6 {
		lists = append(lists, m.CreateList("", fmt.Sprintf("List %d", i)).SID)
	}
	kinds, before, after := map[string]acctest.Attachment{}, map[string][]string{}, map[string][]string{}
	for _, kind := range acctest.Attachments {
		one, several := kind.NewParent(m), kind.NewParent(m)
		kinds[one], before[one], after[one] = kind, lists[:1], lists[1:2]
		kinds[several], before[several], after[several] = kind, lists[:4], lists[3:]
	}
	c := m.NewCLI(nil)
	apply := func(sets map[string][]string) {
		config := m.RootConfig()
		for parent, kind := range kinds {
			config += kind.ExclusiveBlock("of_"+parent, parent, sets[parent]...)
		}
		c.Write("main.tf", config)
		c.Run("apply", "-auto-approve")
	}
	c.Write("main.tf", m.RootConfig())
	c.Run("init")
	apply(before)

	var mu sync.Mutex
	faulted := map[string]bool{}
	m.SetFaultFunc(func(r *http.Request) *mocktwilio.Fault {
		mu.Lock()
		defer mu.Unlock()
		request := r.Method + r.URL.Path + r.PostForm.Get("IpAccessControlListSid")
		if r.Method == http.MethodGet || faulted[request] {
			return nil
		}
		faulted[request] = true
		return &fault
	})
	m.ResetRequests()
	apply(after)
	m.SetFaultFunc(nil)

	attached := map[string]map[string]bool{}
	for parent, sids := range before {
		attached[parent] = map[string]bool{}
		for _, sid := range sids {
			attached[parent][sid] = true
		}
	}
	hasAll := func(now map[string]bool, sids []string) bool {
		return !slices.ContainsFunc(sids, func(sid string) bool { return !now[sid] })
	}
	for _, r := range m.Requests() {
		if !r.Done || r.Method == http.MethodGet {
			continue
		}
		parent := parentInPath.FindString(r.Path)
		now := attached[parent]
		if r.Method == http.MethodPost {
			now[r.Form.Get("IpAccessControlListSid")] = true
		} else {
			delete(now, strings.TrimSuffix(path.Base(r.Path), ".json"))
		}
		if !hasAll(now, before[parent]) && !hasAll(now, after[parent]) {
			t.Errorf("after %s %s, attached are only %q", r.Method, r.Path, slices.Sorted(maps.Keys(now)))
		}
		for sid := range now {
			if !slices.Contains(before[parent], sid) && !slices.Contains(after[parent], sid) {
				t.Errorf("after %s %s, %s is attached", r.Method, r.Path, sid)
			}
		}
	}
	// Every attach and every detach has one fault.
	if want := 2 * (2 + 5); len(faulted) != want {
		t.Errorf("%d requests met a fault, not %d", len(faulted), want)
	}
	for parent, want := range after {
		if err := expectAttached(m, kinds[parent], parent, slices.Clone(want)...); err != nil {
			t.Error(err)
		}
	}
	c.ExpectEmptyPlan()
}

var parentInPath = regexp.MustCompile(`(SD|TK)[0-9a-f]{32}`)
