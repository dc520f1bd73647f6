// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attachment_test

import (
	"fmt"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// TestExclusiveSwap swaps the only list of one parent and most lists of another, without faults and while each request meets each
// kind of fault. After every request, all old or all new lists must be attached, and no others: only then is every address
// allowed that both allow, whatever the lists contain.
func TestExclusiveSwap(t *testing.T) {
	t.Parallel()
	eachKind(t, func(t *testing.T, kind acctest.Attachment) {
		for i, fault := range append([]mocktwilio.Fault{{Kind: mocktwilio.FaultDelay}}, acctest.WriteFaults...) {
			t.Run(fmt.Sprintf("%d-%s", i, fault.Kind), func(t *testing.T) {
				t.Parallel()
				swapDespite(t, kind, fault)
			})
		}
	})
}

func swapDespite(t *testing.T, kind acctest.Attachment, fault mocktwilio.Fault) {
	t.Helper()
	m := acctest.StartMock(t)
	m.ConfigureClient = func(config *twilio.Config) { config.AttemptTimeout = time.Second }
	var lists []string
	for i := range 6 {
		lists = append(lists, m.CreateList("", fmt.Sprintf("List %d", i)).SID)
	}
	first, second := kind.NewParent(m), kind.NewParent(m)
	before := map[string][]string{first: lists[:1], second: lists[:4]}
	after := map[string][]string{first: lists[1:2], second: lists[3:]}
	c := m.NewCLI(nil)
	apply := func(sets map[string][]string) {
		c.Write("main.tf", m.RootConfig()+kind.ExclusiveBlock("first", first, sets[first]...)+kind.ExclusiveBlock("second", second, sets[second]...))
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
		parent := first
		if strings.Contains(r.Path, second) {
			parent = second
		}
		now := attached[parent]
		switch {
		case !r.Done || r.Method == http.MethodGet:
			continue
		case r.Method == http.MethodPost:
			now[r.Form.Get("IpAccessControlListSid")] = true
		default:
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
	// Each list that is attached or detached meets one fault.
	if want := 2 + 5; len(faulted) != want {
		t.Errorf("%d requests met a fault, not %d", len(faulted), want)
	}
	for parent, want := range after {
		if err := expectAttached(m, kind, parent, slices.Clone(want)...); err != nil {
			t.Error(err)
		}
	}
	c.ExpectEmptyPlan()
}
