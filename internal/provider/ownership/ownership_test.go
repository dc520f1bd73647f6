// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ownership

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
)

const someList = "AL0123456789abcdef0123456789abcdef"

func parse(t *testing.T, text string) ipblock.Block {
	t.Helper()
	b, err := ipblock.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A replaced resource is planned twice and is in the configuration once. Two resources are in it twice.
func TestTwoResources(t *testing.T) {
	t.Parallel()
	b := parse(t, "198.51.100.7")
	for name, test := range map[string]struct {
		configured int
		kept       []string
		creates    int
		twice      bool
	}{
		"created":               {1, nil, 1, false},
		"kept":                  {1, []string{"IP1"}, 0, false},
		"replaced":              {1, []string{"IP1"}, 1, false},
		"two created":           {2, nil, 2, true},
		"one kept, one created": {2, []string{"IP1"}, 1, true},
		"two kept":              {2, []string{"IP1", "IP2"}, 0, false},
	} {
		r, twice := NewRegistry(), false
		for range test.configured {
			r.Configured(someList, b)
		}
		for _, sid := range test.kept {
			twice = r.PlanAddress(someList, b, sid).Twice || twice
		}
		for range test.creates {
			twice = r.PlanAddress(someList, parse(t, "198.51.100.7/32"), "").Twice || twice
		}
		if twice != test.twice {
			t.Errorf("%s: twice %t", name, twice)
		}
	}
}

// A map and single resources are found in either order, and so is a destroyed resource whose block is in the map.
func TestMapAndResources(t *testing.T) {
	t.Parallel()
	kept, gone := parse(t, "198.51.100.7"), parse(t, "198.51.100.8")
	r := NewRegistry()
	if r.PlanAddress(someList, kept, "IP1").Mapped || r.PlanAddressDestroyed(someList, gone, "IP2") {
		t.Error("there is no map yet")
	}
	single, destroyed, otherMap := r.PlanMap(someList, []ipblock.Block{gone})
	if otherMap {
		t.Error("there is no other map")
	}
	if _, _, again := r.PlanMap(someList, []ipblock.Block{gone}); again {
		t.Error("an equal map is not another one")
	}
	if _, _, other := r.PlanMap(someList, nil); !other {
		t.Error("another map was not found")
	}
	r.PlanMap(someList, []ipblock.Block{gone})
	if !slices.Equal(single, []string{"198.51.100.7/32"}) || !slices.Equal(destroyed, []string{"198.51.100.8/32"}) {
		t.Errorf("single %q, destroyed %q", single, destroyed)
	}
	if !r.PlanAddress(someList, kept, "").Mapped || !r.PlanAddressDestroyed(someList, gone, "IP2") || r.PlanAddressDestroyed(someList, kept, "IP1") {
		t.Error("the map is not known")
	}
	r.Release("AL2", []ipblock.Entry{{SID: "IP3", Block: kept}})
	if got := r.PlanAddress("AL2", kept, "").ReleasedSID; got != "IP3" {
		t.Errorf("released %q", got)
	}
}

// A create waits briefly for a delete to begin, and then until the delete ends.
func TestWaitForDelete(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, began := NewRegistry(), time.Now()
		if r.WaitForDelete(t.Context(), "IP1", time.Second, func() bool { return false }) || time.Since(began) > 2*time.Second {
			t.Errorf("waited %s", time.Since(began))
		}
		began = time.Now()
		time.AfterFunc(500*time.Millisecond, func() { r.BeginDelete("IP1")(false); r.BeginDelete("IP1") })
		if !r.WaitForDelete(t.Context(), "IP1", time.Second, func() bool { return time.Since(began) > time.Minute }) {
			t.Error("gave up on a delete that had begun")
		}
	})
}

// A list is reported once, as soon as the blocks that exist after the apply are wide.
func TestReportWidth(t *testing.T) {
	t.Parallel()
	r := NewRegistry()
	expect := func(want bool, blocks ...string) {
		t.Helper()
		var got []string
		wide := r.ReportWidth(strings.ToLower(someList), func(planned []ipblock.Block) bool {
			for _, b := range planned {
				got = append(got, b.String())
			}
			return len(planned) > 2
		})
		if slices.Sort(got); wide != want || !slices.Equal(got, blocks) {
			t.Errorf("reported %t: %q, not %t: %q", wide, got, want, blocks)
		}
	}
	r.Configured(someList, parse(t, "9.0.0.0/8"))
	expect(false)
	r.PlanAddress(someList, parse(t, "8.0.0.0/8"), "IP1")
	r.PlanAddress(someList, parse(t, "8.0.0.1/8"), "")
	r.PlanAddressDestroyed(someList, parse(t, "9.0.0.0/8"), "IP2")
	r.PlanAddress("AL2", parse(t, "12.0.0.0/8"), "IP3")
	r.PlanAddress(someList, parse(t, "198.51.100.7"), "")
	expect(false, "198.51.100.7", "8.0.0.0/8")
	r.PlanAddress(someList, parse(t, "12.0.0.0/8"), "")
	expect(true, "12.0.0.0/8", "198.51.100.7", "8.0.0.0/8")
	expect(false)
}
