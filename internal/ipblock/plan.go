// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipblock

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
)

// Entry is an entry that exists in a Twilio IP access control list.
type Entry struct {
	SID   string // not looked at: what steps name their entries by
	Block Block
	Name  string // Twilio's FriendlyName
}

// Want is an entry that a list shall have.
type Want struct {
	Block Block
	Name  string // Twilio's FriendlyName
}

// Op is what a [Step] does. Each is a single request.
type Op int

// The operations of a [Step].
const (
	Create Op = iota + 1 // make an entry: To
	Update               // turn the entry From, SID, into To at once, block and name
	Delete               // remove the entry From, SID
)

// String returns the operation as a verb.
func (o Op) String() string {
	switch o {
	case Create:
		return "create"
	case Update:
		return "update"
	case Delete:
		return "delete"
	}
	return "operation " + strconv.Itoa(int(o))
}

// Step is one request of a change set.
type Step struct {
	Op   Op
	SID  string // of the entry that is updated or deleted; "" for a create
	From Entry  // what is updated or deleted; zero for a create
	To   Want   // what is created, or what the update makes of From; zero for a delete

	// After holds the indexes of the steps that must have succeeded before this
	// one is sent. All are smaller than the step's own, so that doing the steps
	// one by one in their order is right as well.
	After []int
}

// TooManyError says that more entries are wanted than a list can hold.
type TooManyError struct {
	Count int
}

// Error returns the sentence.
func (e *TooManyError) Error() string {
	return fmt.Sprintf("%d entries are wanted, and a list holds at most %d", e.Count, MaxEntries)
}

// DuplicateError says that two of the wanted entries mean the same addresses.
type DuplicateError struct {
	First, Second Block // as spelled
}

// Error returns the sentence.
func (e *DuplicateError) Error() string {
	if e.First == e.Second {
		return fmt.Sprintf("%s is wanted twice", e.First)
	}
	return fmt.Sprintf("%s and %s are the same entry", e.First, e.Second)
}

// Plan returns the requests that turn the entries of one list from have into
// want. The errors are *[TooManyError], *[DuplicateError] and, for a zero Block
// in either argument, a plain one. The result depends on neither the order of
// have (except in choosing between duplicates) nor that of want.
//
// # What stays
//
// An entry stays, without a request, if an entry with the [Block.Same] block and
// the same name is wanted; its spelling does not matter. With the same block and
// another name it is renamed in place. Of several entries with the same wanted
// block one stays: the first of those with the wanted name, else of those with
// the wanted spelling, else of all. Everything else is removed or added, and a
// removed and an added entry are paired into one update. So there are
//
//	max(removed, added) + renamed
//
// requests, always. No way with fewer exists: each wanted entry that is not yet
// there takes a request of its own to appear, each entry that is not wanted one
// to go, and a request can at most do one of each.
//
// # What holds on the way
//
// Steps may run at the same time, each as soon as its After steps have
// succeeded. Let a moment be given by any set of steps that are done, if it holds
// the After steps of each of its members: in any order, with any number of steps
// that failed for good or never ran, or whose outcome is unknown. Then at that
// moment the list
//
//   - allows every address that both have and want allow,
//   - allows no address that neither allows,
//   - holds at most max(len(have), len(want)) entries: with pairs made as often
//     as can be, a change set has creates or deletes, never both, so the number
//     of entries only rises to the new one or only falls to it.
//
// # Why that is always possible
//
// The second promise is kept by itself, since every entry is an old or a new one
// at any time. For the first, call a block red if it is removed, green if it is
// added. Blocks are laminar: two overlap only if one contains the other, so the
// blocks around an address form a chain. An address needs care if both colours
// are around it and no entry that stays is. Going inwards along its chain, the
// first blocks are of one colour, the outer ones, up to a block of the other,
// the inner one. It is enough that one step with a green one of these comes
// before, or is the same as, one step with a red one: the inner block with any of
// its outer ones. That is one condition for each inner block. Inner blocks do not
// contain each other, and no block is both inner and outer.
//
// A pair of an inner block with one of its outer ones meets its condition by
// itself. Make as many such pairs as can be. Then an inner block without one (a
// spare) has only outer blocks that are in such pairs, or one more could be made.
// A spare red one waits for the pair of its innermost outer block; the pair of a
// spare green one's innermost outer block waits for the spare. In the first case
// the pair awaited is of a green outer and a red inner block and waits for
// nothing; in the second the pair that waits is of a red outer and a green inner
// block and nothing waits for it. So whatever else is paired with whatever, no
// circle arises and no chain of waiting is longer than three steps: pair, spare,
// pair. Since no pairing is ruled out, the fewest requests are always reached.
//
// # How much waits
//
// There is one After for each spare and none for anything else: swaps of blocks
// that do not overlap, creates without a split, deletes without a merge and
// renames never wait. No After can be left out alone without breaking the first
// promise. No other pairing waits less, unless smaller blocks fill an inner block
// completely; then, rarely, one does. Among the pairings with the most pairs of
// inner and outer blocks, the one is taken that has the fewest pairs of two
// spares, which make the longest chains, then the most pairs of equal names, then
// the most overlap or nearness of old and new block.
func Plan(have []Entry, want []Want) ([]Step, error) {
	if err := check(have, want); err != nil {
		return nil, err
	}
	c := compare(have, want)
	w := newWood(c)
	steps, ofRemoved, ofAdded := c.pair(w.weight)
	w.order(steps, ofRemoved, ofAdded)
	return inOrder(slices.Concat(c.renames, steps)), nil
}

// check refuses what cannot be planned.
func check(have []Entry, want []Want) error {
	if len(want) > MaxEntries {
		return &TooManyError{len(want)}
	}
	for _, e := range have {
		if e.Block.IsZero() {
			return fmt.Errorf("entry %s has no block", e.SID)
		}
	}
	seen := make(map[netip.Prefix]Block, len(want))
	for _, w := range want {
		if w.Block.IsZero() {
			return fmt.Errorf("the wanted entry named %q has no block", w.Name)
		}
		if first, twice := seen[w.Block.Prefix()]; twice {
			return &DuplicateError{first, w.Block}
		}
		seen[w.Block.Prefix()] = w.Block
	}
	return nil
}

// change is a change set before anything is paired or ordered.
type change struct {
	kept    []Block // blocks that stay, renamed or not
	renames []*draft
	removed []Entry
	added   []Want
}

// compare tells what stays from what is removed and added.
func compare(have []Entry, want []Want) change {
	wanted := make(map[netip.Prefix]Want, len(want))
	for _, w := range want {
		wanted[w.Block.Prefix()] = w
	}
	// How well an entry serves as the wanted one: the best one stays.
	fit := func(e Entry, w Want) int {
		score := 0
		if e.Name == w.Name {
			score += 2
		}
		if e.Block == w.Block {
			score++
		}
		return score
	}
	stays := make(map[netip.Prefix]int, len(want)) // index in have
	for i, e := range have {
		p := e.Block.Prefix()
		if w, ok := wanted[p]; ok {
			if best, found := stays[p]; !found || fit(e, w) > fit(have[best], w) {
				stays[p] = i
			}
		}
	}

	var c change
	for i, e := range have {
		p := e.Block.Prefix()
		if best, found := stays[p]; !found || best != i {
			c.removed = append(c.removed, e)
			continue
		}
		c.kept = append(c.kept, e.Block)
		if w := wanted[p]; w.Name != e.Name {
			c.renames = append(c.renames, &draft{Step: Step{Op: Update, SID: e.SID, From: e, To: w}})
		}
	}
	for _, w := range want {
		if _, found := stays[w.Block.Prefix()]; !found {
			c.added = append(c.added, w)
		}
	}
	slices.SortStableFunc(c.removed, func(a, b Entry) int {
		return cmp.Or(a.Block.Compare(b.Block), cmp.Compare(a.Name, b.Name), cmp.Compare(a.SID, b.SID))
	})
	slices.SortFunc(c.added, func(a, b Want) int { return a.Block.Compare(b.Block) })
	return c
}

// draft is a step that has no index yet.
type draft struct {
	Step
	after []*draft
	level int // 0: waits for nothing; else one more than what it waits for
	index int
}

// pair makes the steps that remove and add: as many updates as can be, chosen
// for the greatest sum of weights. It also returns the step of each removed and
// of each added entry.
func (c *change) pair(weight func(removed, added int) int64) (steps, ofRemoved, ofAdded []*draft) {
	var partner []int // of the smaller side
	if len(c.removed) <= len(c.added) {
		partner = assign(len(c.removed), len(c.added), weight)
	} else {
		partner = assign(len(c.added), len(c.removed), func(a, r int) int64 { return weight(r, a) })
	}
	ofRemoved = make([]*draft, len(c.removed))
	ofAdded = make([]*draft, len(c.added))
	for i, j := range partner {
		r, a := i, j
		if len(c.removed) > len(c.added) {
			r, a = j, i
		}
		from := c.removed[r]
		d := &draft{Step: Step{Op: Update, SID: from.SID, From: from, To: c.added[a]}}
		ofRemoved[r], ofAdded[a] = d, d
		steps = append(steps, d)
	}
	for a, d := range ofAdded {
		if d == nil {
			ofAdded[a] = &draft{Step: Step{Op: Create, To: c.added[a]}}
			steps = append(steps, ofAdded[a])
		}
	}
	for r, d := range ofRemoved {
		if d == nil {
			ofRemoved[r] = &draft{Step: Step{Op: Delete, SID: c.removed[r].SID, From: c.removed[r]}}
			steps = append(steps, ofRemoved[r])
		}
	}
	return steps, ofRemoved, ofAdded
}

// inOrder returns the steps so that each stands behind those it waits for. Apart
// from that what adds comes before what only removes, and the rest is sorted by
// block, for logs that people can read.
func inOrder(drafts []*draft) []Step {
	block := func(d *draft) Block {
		if d.Op == Delete {
			return d.From.Block
		}
		return d.To.Block
	}
	slices.SortStableFunc(drafts, func(a, b *draft) int {
		return cmp.Or(cmp.Compare(a.level, b.level), cmp.Compare(a.Op, b.Op), block(a).Compare(block(b)))
	})
	for i, d := range drafts {
		d.index = i
	}
	steps := make([]Step, len(drafts))
	for i, d := range drafts {
		steps[i] = d.Step
		for _, earlier := range d.after {
			steps[i].After = append(steps[i].After, earlier.index)
		}
		slices.Sort(steps[i].After)
	}
	return steps
}
