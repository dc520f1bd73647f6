// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipblock

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestPlan checks the plans of typical changes. Steps are written as "OP FROM -> TO after INDEXES".
func TestPlan(t *testing.T) {
	for name, test := range map[string]struct {
		current, want, steps []string
	}{
		"nothing": {},
		"as it is": {
			current: []string{"10.0.0.0/24 a", "10.0.0.9 b"},
			want:    []string{"10.0.0.9 b", "10.0.0.0/24 a"},
		},
		"another spelling": {
			current: []string{"10.0.0.7/24 a"},
			want:    []string{"10.0.0.0/24 a"},
		},
		"fill": {
			want:  []string{"10.0.0.2 b", "10.0.0.1 a"},
			steps: []string{"create 10.0.0.1 a", "create 10.0.0.2 b"},
		},
		"empty": {
			current: []string{"10.0.0.2 b", "10.0.0.1 a"},
			steps:   []string{"delete 10.0.0.1 a", "delete 10.0.0.2 b"},
		},
		"one removed and one renamed": {
			current: []string{"10.0.0.1 a", "10.0.0.2 b", "10.0.0.3 c"},
			want:    []string{"10.0.0.1 a", "10.0.0.2 new"},
			steps:   []string{"update 10.0.0.2 b -> 10.0.0.2 new", "delete 10.0.0.3 c"},
		},
		"swap by name": {
			current: []string{"10.0.0.1 a", "10.0.0.2 b"},
			want:    []string{"192.0.2.1 b", "192.0.2.2 a"},
			steps:   []string{"update 10.0.0.2 b -> 192.0.2.1 b", "update 10.0.0.1 a -> 192.0.2.2 a"},
		},
		"swap by nearness": {
			current: []string{"10.0.0.1 a", "192.0.2.1 b"},
			want:    []string{"10.9.9.9 x", "192.0.2.99 y"},
			steps:   []string{"update 10.0.0.1 a -> 10.9.9.9 x", "update 192.0.2.1 b -> 192.0.2.99 y"},
		},
		"narrow": {
			current: []string{"10.0.0.0/16 a"},
			want:    []string{"10.0.0.0/24 a"},
			steps:   []string{"update 10.0.0.0/16 a -> 10.0.0.0/24 a"},
		},
		"split into halves": {
			current: []string{"10.0.0.0/24 office"},
			want:    []string{"10.0.0.0/25 office", "10.0.0.128/25 lab"},
			steps: []string{
				"create 10.0.0.128/25 lab",
				"update 10.0.0.0/24 office -> 10.0.0.0/25 office after 0",
			},
		},
		"merge halves": {
			current: []string{"10.0.0.0/25 office", "10.0.0.128/25 lab"},
			want:    []string{"10.0.0.0/24 office"},
			steps: []string{
				"update 10.0.0.0/25 office -> 10.0.0.0/24 office",
				"delete 10.0.0.128/25 lab after 0",
			},
		},
		"split with an entry to spare": {
			current: []string{"10.0.0.0/24 a", "192.0.2.1 z"},
			want:    []string{"10.0.0.0/25 a", "10.0.0.128/25 b"},
			steps: []string{
				"update 192.0.2.1 z -> 10.0.0.128/25 b",
				"update 10.0.0.0/24 a -> 10.0.0.0/25 a after 0",
			},
		},
		"split and merge at once": {
			current: []string{"10.0.0.0/24 a", "192.0.2.0/25 b", "192.0.2.128/25 c"},
			want:    []string{"10.0.0.0/25 a", "10.0.0.128/25 d", "192.0.2.0/24 b"},
			steps: []string{
				"update 192.0.2.0/25 b -> 192.0.2.0/24 b",
				"update 192.0.2.128/25 c -> 10.0.0.128/25 d after 0",
				"update 10.0.0.0/24 a -> 10.0.0.0/25 a after 1",
			},
		},
		"unpaired halves in different steps keep the chain short": {
			current: []string{"10.0.0.0/24 a", "192.0.2.0/25 b", "192.0.2.128/25 d", "203.0.113.1 x"},
			want:    []string{"10.0.0.0/25 a", "10.0.0.128/25 d", "192.0.2.0/24 b", "203.0.113.2 y"},
			steps: []string{
				"update 203.0.113.1 x -> 10.0.0.128/25 d",
				"update 192.0.2.0/25 b -> 192.0.2.0/24 b",
				"update 10.0.0.0/24 a -> 10.0.0.0/25 a after 0",
				"update 192.0.2.128/25 d -> 203.0.113.2 y after 1",
			},
		},
		"a name does not make anything wait": {
			current: []string{"10.0.0.1 x", "192.0.2.0/24 office"},
			want:    []string{"192.0.2.0/25 x", "198.51.100.1 office"},
			steps: []string{
				"update 192.0.2.0/24 office -> 192.0.2.0/25 x",
				"update 10.0.0.1 x -> 198.51.100.1 office",
			},
		},
		"a name does not make a deadlock": {
			current: []string{"10.0.0.0/24 a", "192.0.2.0/24 b"},
			want:    []string{"10.0.0.0/25 b", "192.0.2.0/25 a"},
			steps: []string{
				"update 10.0.0.0/24 a -> 10.0.0.0/25 b",
				"update 192.0.2.0/24 b -> 192.0.2.0/25 a",
			},
		},
		"nested, inwards and outwards": {
			current: []string{"10.0.0.0/16 a"},
			want:    []string{"10.0.0.0/8 b", "10.0.0.0/24 a"},
			steps: []string{
				"create 10.0.0.0/24 a",
				"update 10.0.0.0/16 a -> 10.0.0.0/8 b",
			},
		},
		"nested, each outer one takes an inner one": {
			current: []string{"10.0.0.0/16 a", "10.0.0.0/24 b"},
			want:    []string{"10.0.0.0/25 c", "10.0.7.0/24 d"},
			steps: []string{
				"update 10.0.0.0/24 b -> 10.0.0.0/25 c",
				"update 10.0.0.0/16 a -> 10.0.7.0/24 d",
			},
		},
		"covered by one that stays": {
			current: []string{"10.0.0.0/8 all", "10.0.0.0/24 a"},
			want:    []string{"10.0.0.0/8 all", "10.0.0.0/25 b", "10.0.0.128/25 c"},
			steps: []string{
				"create 10.0.0.128/25 c",
				"update 10.0.0.0/24 a -> 10.0.0.0/25 b",
			},
		},
		"covered by two that stay": {
			current: []string{"10.0.0.0/24 a", "10.0.0.0/25 b", "10.0.0.128/25 c"},
			want:    []string{"10.0.0.0/26 d", "10.0.0.0/25 b", "10.0.0.128/25 c", "10.0.0.64/26 e"},
			steps: []string{
				"create 10.0.0.64/26 e",
				"update 10.0.0.0/24 a -> 10.0.0.0/26 d",
			},
		},
		"half covered by two that stay": {
			current: []string{"10.0.0.0/24 a", "10.0.0.0/26 b", "10.0.0.64/26 c"},
			want:    []string{"10.0.0.0/25 a", "10.0.0.0/26 b", "10.0.0.64/26 c", "10.0.0.128/25 d"},
			steps: []string{
				"create 10.0.0.0/25 a",
				"update 10.0.0.0/24 a -> 10.0.0.128/25 d",
			},
		},
		"covered by one that stays and one that is updated": {
			current: []string{"10.0.0.0/24 a", "10.0.0.0/26 b", "10.0.0.64/26 c"},
			want:    []string{"10.0.0.0/25 c", "10.0.0.0/26 b", "10.0.0.128/25 a"},
			steps: []string{
				"update 10.0.0.64/26 c -> 10.0.0.0/25 c",
				"update 10.0.0.0/24 a -> 10.0.0.128/25 a",
			},
		},
		"split into parts of different size": {
			current: []string{"10.0.0.0/24 a"},
			want:    []string{"10.0.0.0/26 b", "10.0.0.128/25 c"},
			steps: []string{
				"create 10.0.0.0/26 b",
				"update 10.0.0.0/24 a -> 10.0.0.128/25 c after 0",
			},
		},
		"half covered by one that stays": {
			current: []string{"10.0.0.0/24 a", "10.0.0.0/25 b"},
			want:    []string{"10.0.0.0/26 a", "10.0.0.0/25 b", "10.0.0.128/25 c"},
			steps: []string{
				"create 10.0.0.0/26 a",
				"update 10.0.0.0/24 a -> 10.0.0.128/25 c",
			},
		},
		"duplicates": {
			current: []string{"10.0.0.1 a", "10.0.0.1 b", "10.0.0.1 c"},
			want:    []string{"10.0.0.1 b"},
			steps:   []string{"delete 10.0.0.1 a", "delete 10.0.0.1 c"},
		},
		"duplicates, none of the right name": {
			current: []string{"10.0.0.7/24 a", "10.0.0.0/24 b", "10.0.0.0/24 c"},
			want:    []string{"10.0.0.0/24 d", "10.0.0.3 e"},
			steps: []string{
				"update 10.0.0.0/24 b -> 10.0.0.0/24 d",
				"update 10.0.0.0/24 c -> 10.0.0.3 e",
				"delete 10.0.0.7/24 a",
			},
		},
		"all duplicates go": {
			current: []string{"10.0.0.1 a", "10.0.0.1 b"},
			want:    []string{"10.0.0.0/24 b"},
			steps: []string{
				"update 10.0.0.1 a -> 10.0.0.0/24 b",
				"delete 10.0.0.1 b",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			current, want := entries(test.current), desired(test.want)
			steps, err := Plan(current, want)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, s := range steps {
				got = append(got, describe(s))
			}
			if !slices.Equal(got, test.steps) {
				t.Errorf("got\n%q\nwant\n%q", got, test.steps)
			}
			verify(t, current, want, steps)
		})
	}
}

// entries and desired parse lines of the form "BLOCK NAME".
func entries(lines []string) []Entry {
	var current []Entry
	for i, w := range desired(lines) {
		current = append(current, Entry{SID: fmt.Sprintf("IP%032d", i), Block: w.Block, Name: w.Name})
	}
	return current
}

func desired(lines []string) []Desired {
	var want []Desired
	for _, line := range lines {
		var block, name string
		if _, err := fmt.Sscan(line, &block, &name); err != nil {
			panic(err)
		}
		want = append(want, Desired{Block: MustParse(block), Name: name})
	}
	return want
}

func describe(s Step) string {
	text := s.Op.String()
	if s.Op != Create {
		text += fmt.Sprintf(" %s %s", s.From.Block, s.From.Name)
	}
	if s.Op == Update {
		text += " ->"
	}
	if s.Op != Delete {
		text += fmt.Sprintf(" %s %s", s.To.Block, s.To.Name)
	}
	if len(s.After) > 0 {
		text += " after"
	}
	for _, i := range s.After {
		text += fmt.Sprintf(" %d", i)
	}
	return text
}

func TestPlanRefuses(t *testing.T) {
	many := make([]Desired, 101)
	for i := range many {
		many[i].Block = Block{netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 0, 0, byte(i)}), 32)}
	}
	if _, err := Plan(nil, many); err == nil ||
		err.Error() != "the list would have 101 entries, but a list can have at most 100" {
		t.Errorf("101 wanted: %v", err)
	}
	if _, err := Plan(nil, desired([]string{"10.0.0.1/24 a", "10.0.0.0/24 a"})); err == nil ||
		err.Error() != "10.0.0.1/24 and 10.0.0.0/24 are the same entry" {
		t.Errorf("same block wanted twice: %v", err)
	}
	if _, err := Plan(nil, desired([]string{"10.0.0.1 a", "10.0.0.1/32 b"})); err == nil ||
		err.Error() != "10.0.0.1 is a duplicate entry" {
		t.Errorf("same spelling wanted twice: %v", err)
	}
	if _, err := Plan([]Entry{{SID: "IP1"}}, nil); err == nil {
		t.Error("an entry without a block was accepted")
	}
	if _, err := Plan(nil, []Desired{{Name: "a"}}); err == nil {
		t.Error("a wanted entry without a block was accepted")
	}
}

// TestPlanSwapsFullLists replaces, adds, removes, and renames 100 entries. Each takes 100 requests without waits.
func TestPlanSwapsFullLists(t *testing.T) {
	list := func(second byte, name string) (current []Entry, want []Desired) {
		for i := range byte(100) {
			b := Block{netip.PrefixFrom(netip.AddrFrom4([4]byte{10, second, i, 0}), 24)}
			current = append(current, Entry{SID: fmt.Sprintf("IP%032d", i), Block: b, Name: name})
			want = append(want, Desired{Block: b, Name: name})
		}
		return current, want
	}
	current, same := list(1, "a")
	_, others := list(2, "b")
	_, renamed := list(1, "b")
	for name, test := range map[string]struct {
		current []Entry
		want    []Desired
		op      Op
		steps   int
	}{
		"same": {current, same, 0, 0}, "swap": {current, others, Update, 100}, "rename": {current, renamed, Update, 100},
		"fill": {nil, same, Create, 100}, "empty": {current, nil, Delete, 100},
	} {
		steps, err := Plan(test.current, test.want)
		if err != nil || len(steps) != test.steps {
			t.Fatalf("%s: %d steps, error %v", name, len(steps), err)
		}
		for _, s := range steps {
			if s.Op != test.op || len(s.After) > 0 {
				t.Errorf("%s: %s", name, describe(s))
			}
		}
		verify(t, test.current, test.want, steps)
	}
}

// TestPlanIsSafe checks Plan on lists whose blocks overlap in many ways.
func TestPlanIsSafe(t *testing.T) {
	for _, most := range []int{3, 6, 12, MaxEntries} {
		t.Run(fmt.Sprintf("%d entries", most), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) { checkPlan(t, most) })
		})
	}
}

// checkPlan plans a change of a random list with up to most entries.
func checkPlan(t *rapid.T, most int) {
	current, want := drawLists(t, most)
	steps, err := Plan(current, want)
	if err != nil {
		t.Fatal(err)
	}
	verify(t, current, want, steps)

	seed := rapid.Uint64().Draw(t, "seed")
	random := rand.New(rand.NewPCG(seed, seed))
	for range 5 {
		run(t, current, want, steps, random)
	}
	shuffled := slices.Clone(want)
	random.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	again, err := Plan(current, shuffled)
	if err != nil || !slices.EqualFunc(steps, again, func(a, b Step) bool { return describe(a) == describe(b) && a.SID == b.SID }) {
		t.Fatalf("another order of want makes another plan: %v", err)
	}
}

// drawLists draws the current and the desired entries of a list. The blocks come from a small range of addresses, so many of them
// contain each other. The desired entries are often a variation of the current ones, as in practice.
func drawLists(t *rapid.T, most int) ([]Entry, []Desired) {
	width := rapid.IntRange(1, 8).Draw(t, "width") // 2^width addresses
	full := rapid.Bool().Draw(t, "full")
	block := rapid.Custom(func(t *rapid.T) Block {
		addr := rapid.IntRange(0, 1<<width-1).Draw(t, "address")
		return Block{netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 0, 0, byte(addr)}), rapid.IntRange(32-width, 32).Draw(t, "length"))}
	})
	name := rapid.SampledFrom([]string{"a", "b", "c"})
	draw := func(label string) []Desired {
		least := 0
		if full {
			least = min(most, 1<<width)
		}
		return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Desired {
			return Desired{block.Draw(t, "block"), name.Draw(t, "name")}
		}), least, most).Draw(t, label)
	}

	var current []Entry
	for i, w := range draw("have") {
		current = append(current, Entry{SID: fmt.Sprintf("IP%032d", i), Block: w.Block, Name: w.Name})
	}
	drawn := draw("want")
	if rapid.Bool().Draw(t, "change") {
		drawn = drawn[:min(len(drawn), rapid.IntRange(0, 5).Draw(t, "new"))]
		for _, e := range current {
			p := e.Block.Prefix()
			switch rapid.IntRange(0, 7).Draw(t, "what") {
			case 0: // gone
			case 1: // renamed
				drawn = append(drawn, Desired{e.Block, "d"})
			case 2: // wider
				if p.Bits() > 32-width {
					drawn = append(drawn, Desired{Block{netip.PrefixFrom(p.Addr(), p.Bits()-1)}, e.Name})
				}
			case 3: // split
				if p.Bits() < 32 {
					half := Block{netip.PrefixFrom(p.Addr(), p.Bits()+1)}
					drawn = append(drawn, Desired{half, e.Name}, Desired{Block{netip.PrefixFrom(e.Block.Last(), p.Bits()+1)}, "d"})
				}
			default:
				drawn = append(drawn, Desired{e.Block, e.Name})
			}
		}
	}
	var want []Desired
	for _, w := range drawn {
		if len(want) < most && !slices.ContainsFunc(want, func(other Desired) bool { return w.Block.Same(other.Block) }) {
			want = append(want, w)
		}
	}
	return current, want
}

// TestPlanRarelyWaits compares Plan, on a fixed set of small lists, with every other choice of updates that needs the same number
// of requests. If one of these choices needs no waits, Plan must nearly always find one too.
func TestPlanRarelyWaits(t *testing.T) {
	type change struct {
		current []Entry
		want    []Desired
	}
	changes := rapid.Custom(func(t *rapid.T) change {
		current, want := drawLists(t, 3)
		return change{current, want}
	})
	waiting, needless := 0, 0
	for seed := range 10_000 {
		c := changes.Example(seed)
		steps, err := Plan(c.current, c.want)
		if err != nil {
			t.Fatal(err)
		}
		verify(t, c.current, c.want, steps)
		if slices.ContainsFunc(steps, func(s Step) bool { return len(s.After) > 0 }) {
			waiting++
			if canGoWithoutWaits(c.current, c.want, steps) {
				needless++
			}
		}
	}
	if waiting < 500 || needless > waiting/200 {
		t.Errorf("%d of 10000 plans wait, %d of them needlessly", waiting, needless)
	}
}

// canGoWithoutWaits reports whether the removed and added entries of steps can be paired so that no address is lost even if no
// step waits for another.
func canGoWithoutWaits(current []Entry, want []Desired, steps []Step) bool {
	var renames []Step
	var removed []Entry
	var added []Desired
	for _, s := range steps {
		if s.Op == Update && s.From.Block.Same(s.To.Block) {
			renames = append(renames, s)
			continue
		}
		removed, added = append(removed, s.From), append(added, s.To) // one of them is zero in a create or delete
	}
	addresses := samples(current, want)
	var try func(from int) bool
	try = func(from int) bool {
		if from == len(added) {
			paired := slices.Clone(renames)
			for i, e := range removed {
				op := Update
				switch {
				case e.Block.IsZero():
					op = Create
				case added[i].Block.IsZero():
					op = Delete
				}
				paired = append(paired, Step{Op: op, SID: e.SID, From: e, To: added[i]})
			}
			_, lost := loses(current, want, paired, addresses)
			return !lost
		}
		for i := from; i < len(added); i++ {
			added[from], added[i] = added[i], added[from]
			if try(from + 1) {
				return true
			}
			added[from], added[i] = added[i], added[from]
		}
		return false
	}
	return try(0)
}

// list is the current entries of a list by SID.
type list map[string]Desired

func newList(current []Entry) list {
	l := list{}
	for _, e := range current {
		l[e.SID] = Desired{e.Block, e.Name}
	}
	return l
}

func (l list) do(t fataler, index int, s Step) {
	t.Helper()
	if s.Op == Create {
		if s.SID != "" {
			t.Fatalf("step %d creates %s", index, s.SID)
		}
		l[fmt.Sprintf("new %d", index)] = s.To
		return
	}
	if old, ok := l[s.SID]; !ok || s.From != (Entry{s.SID, old.Block, old.Name}) {
		t.Fatalf("step %d is for %+v, but there is %+v", index, s.From, old)
	}
	delete(l, s.SID)
	if s.Op == Update {
		l[s.SID] = s.To
	}
}

func (l list) allows(a netip.Addr) bool {
	for _, w := range l {
		if w.Block.Prefix().Contains(a) {
			return true
		}
	}
	return false
}

type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

// samples returns addresses that represent all others. It takes the first address of each block and the one after its last,
// because only there the set of blocks that contain an address changes.
func samples(current []Entry, want []Desired) []netip.Addr {
	addresses := map[netip.Addr]bool{}
	add := func(b Block) {
		addresses[b.First()] = true
		if next := b.Last().Next(); next.IsValid() {
			addresses[next] = true
		}
	}
	for _, e := range current {
		add(e.Block)
	}
	for _, w := range want {
		add(w.Block)
	}
	return slices.Collect(maps.Keys(addresses))
}

// verify checks everything that Plan promises about a whole plan: that no address is blocked at any moment, and that every wait
// is necessary.
func verify(t fataler, current []Entry, want []Desired, steps []Step) {
	t.Helper()
	if fewest := fewest(current, want); len(steps) != fewest {
		t.Fatalf("%d steps, and %d are enough", len(steps), fewest)
	}

	// In their order, the steps produce the desired entries and stay within the limit.
	l, depth := newList(current), make([]int, len(steps))
	for i, s := range steps {
		for _, earlier := range s.After {
			if earlier < 0 || earlier >= i {
				t.Fatalf("step %d waits for step %d", i, earlier)
			}
			depth[i] = max(depth[i], depth[earlier]+1)
		}
		if depth[i] > 2 {
			t.Fatalf("step %d is the last of a chain of %d", i, depth[i]+1)
		}
		l.do(t, i, s)
		if len(l) > max(len(current), len(want)) {
			t.Fatalf("%d entries after step %d", len(l), i)
		}
	}
	if len(l) != len(want) {
		t.Fatalf("%d entries in the end, and %d wanted", len(l), len(want))
	}
	for _, w := range want {
		if !slices.ContainsFunc(slices.Collect(maps.Values(l)), func(e Desired) bool { return e.Block.Same(w.Block) && e.Name == w.Name }) {
			t.Fatalf("%+v is missing in the end", w)
		}
	}

	addresses := samples(current, want)
	if a, lost := loses(current, want, steps, addresses); lost {
		t.Fatalf("%s can be locked out", a)
	}
	for i, s := range steps {
		for j := range s.After {
			fewer := slices.Clone(steps)
			fewer[i].After = slices.Delete(slices.Clone(s.After), j, j+1)
			if _, lost := loses(current, want, fewer, addresses); !lost {
				t.Fatalf("step %d need not wait for step %d", i, s.After[j])
			}
		}
	}
}

// loses looks for an address that both lists allow and that is blocked at some moment. An address can only be blocked if all
// steps that remove an old entry around it are done. If just these steps are done, and those that they wait for, the list has the
// fewest new entries. So if one of these allows the address, it is allowed at every moment.
func loses(current []Entry, want []Desired, steps []Step, addresses []netip.Addr) (netip.Addr, bool) {
	before := newList(current)
	after := list{}
	for i, w := range want {
		after[fmt.Sprint(i)] = w
	}
	done := make([]bool, len(steps))
	for _, a := range addresses {
		if !before.allows(a) || !after.allows(a) {
			continue
		}
		touched := map[string]bool{}
		clear(done)
		for i := len(steps) - 1; i >= 0; i-- {
			s := steps[i]
			if s.Op != Create {
				touched[s.SID] = true
				done[i] = done[i] || s.From.Block.Prefix().Contains(a)
			}
			if done[i] {
				for _, earlier := range s.After {
					done[earlier] = true
				}
			}
		}
		safe := false
		for i, s := range steps {
			safe = safe || done[i] && s.Op != Delete && s.To.Block.Prefix().Contains(a)
		}
		for _, e := range current {
			safe = safe || !touched[e.SID] && e.Block.Prefix().Contains(a)
		}
		if !safe {
			return a, true
		}
	}
	return netip.Addr{}, false
}

// fewest returns max(removed, added) + renamed.
func fewest(current []Entry, want []Desired) int {
	removed, added, renamed := len(current), len(want), 0
	for _, w := range want {
		there, named := false, false
		for _, e := range current {
			if e.Block.Same(w.Block) {
				there, named = true, named || e.Name == w.Name
			}
		}
		if there {
			removed, added = removed-1, added-1
			if !named {
				renamed++
			}
		}
	}
	return max(removed, added) + renamed
}

// run executes the steps as a caller would: several at once and in random order. Some of them fail, with or without an effect. It
// checks all promises after each event, independently of Plan's reasoning.
func run(t fataler, current []Entry, want []Desired, steps []Step, random *rand.Rand) {
	t.Helper()
	const (
		waiting = iota
		inFlight
		succeeded
		failed
	)
	failures := random.Float64() * 0.3
	if random.IntN(2) == 0 {
		failures = 0
	}
	addresses := samples(current, want)
	before, l, after := newList(current), newList(current), list{}
	for i, w := range want {
		after[fmt.Sprint(i)] = w
	}
	state := make([]int, len(steps))
	for {
		var events []int
		for i, s := range steps {
			ready := !slices.ContainsFunc(s.After, func(earlier int) bool { return state[earlier] != succeeded })
			if state[i] == inFlight || state[i] == waiting && ready {
				events = append(events, i)
			}
		}
		if len(events) == 0 {
			break
		}
		i := events[random.IntN(len(events))]
		if state[i] == waiting {
			state[i] = inFlight
		} else {
			state[i] = succeeded
			if random.Float64() < failures {
				state[i] = failed
			}
			if state[i] == succeeded || random.IntN(2) == 0 {
				l.do(t, i, steps[i])
			}
		}

		count := len(l)
		for i, s := range steps {
			if state[i] == inFlight && s.Op == Create {
				count++
			}
		}
		if count > max(len(current), len(want)) {
			t.Fatalf("%d entries", count)
		}
		for _, a := range addresses {
			was, is, willBe := before.allows(a), l.allows(a), after.allows(a)
			if was && willBe && !is {
				t.Fatalf("%s is locked out after step %d", a, i)
			}
			if is && !was && !willBe {
				t.Fatalf("%s is let in after step %d", a, i)
			}
		}
	}
	if failures == 0 && slices.ContainsFunc(state, func(s int) bool { return s != succeeded }) {
		t.Fatalf("some steps never ran")
	}
}

// BenchmarkPlan plans changes of full lists.
func BenchmarkPlan(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	draw := func(width int) (current []Entry, want []Desired) {
		seen := map[netip.Prefix]bool{}
		for len(want) < MaxEntries {
			n := random.Uint32() >> (32 - width)
			length := 32 - random.IntN(width)
			p := Block{netip.PrefixFrom(netip.AddrFrom4([4]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}), length)}
			if seen[p.Prefix()] {
				continue
			}
			seen[p.Prefix()] = true
			name := fmt.Sprint(random.IntN(50))
			current = append(current, Entry{fmt.Sprint(len(current)), p, name})
			want = append(want, Desired{p, name})
		}
		return current, want
	}
	for _, width := range []int{8, 12, 31} {
		b.Run(fmt.Sprintf("100 for 100 others of 2^%d addresses", width), func(b *testing.B) {
			current, _ := draw(width)
			_, want := draw(width)
			for b.Loop() {
				if _, err := Plan(current, want); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("100 of which one changes", func(b *testing.B) {
		current, want := draw(31)
		want[50].Block = MustParse("255.0.0.1")
		for b.Loop() {
			if _, err := Plan(current, want); err != nil {
				b.Fatal(err)
			}
		}
	})
}
