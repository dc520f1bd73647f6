// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipblock

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
)

// Entry is an entry that exists in a Twilio IP access control list.
type Entry struct {
	SID   string // names the entry in steps, and is not interpreted
	Block Block
	Name  string // Twilio's FriendlyName
}

// Desired is an entry that a list should have.
type Desired struct {
	Block Block
	Name  string // Twilio's FriendlyName
}

// Op is what a [Step] does. Each is a single request.
type Op int

// The operations of a [Step].
const (
	Create Op = iota + 1 // make the entry To
	Update               // turn the entry From into To at once, block and name
	Delete               // remove the entry From
)

// String returns the operation as a verb.
func (o Op) String() string {
	if o < Create || o > Delete {
		return fmt.Sprintf("operation %d", int(o))
	}
	return [...]string{Create: "create", Update: "update", Delete: "delete"}[o]
}

// Step is one request of a plan.
type Step struct {
	Op   Op
	SID  string  // of the entry that is updated or deleted; "" for a create
	From Entry   // what is updated or deleted; zero for a create
	To   Desired // what is created, or what the update makes of From; zero for a delete

	// After holds the indexes of the steps that must have succeeded before this
	// one is sent. All are smaller than the step's own, so the steps can also be
	// done one by one in their order.
	After []int
}

// Plan returns the requests that turn the entries of one list from current into
// desired. It fails if more than [MaxEntries] entries are desired, if two of these
// have the [Block.Same] block, and if an entry in either argument has a zero Block.
// The result depends on neither the order of current (except in choosing between
// duplicates) nor that of desired.
//
// # Which requests
//
// An entry stays, without a request, if an entry with the [Block.Same] block and
// the same name is desired; its spelling does not matter. With the same block and
// another name it is renamed in place. Of several entries with the same desired
// block one stays: the first of those with the desired name, else of those with
// the desired spelling, else of all. All others are removed or added, and as many
// pairs of a removed and an added entry as there can be become one update each.
// So there are always
//
//	max(removed, added) + renamed
//
// requests. This is the fewest possible: a request removes at most one entry and
// adds at most one.
//
// # Guarantees during the change
//
// Steps may run at the same time, each as soon as its After steps have succeeded.
// In whatever order they end, and whichever of them fail, never run or have an
// unknown outcome, at every moment the list
//
//   - allows every address that both current and desired allow,
//   - allows no address that neither allows,
//   - holds at most max(len(current), len(desired)) entries.
//
// The second holds because every entry is an old or a new one at any time, the
// third because a plan has creates or deletes, never both. The first is what
// steps wait for.
//
// # Which steps wait
//
// To add every block before any block that overlaps it is removed would be safe,
// but could deadlock: of two updates, each may add a block within the one that
// the other removes. Fewer waits are enough. Blocks overlap only if one contains
// the other, so the removed and the added blocks around an address form a chain.
// An address needs care if both kinds are in its chain and no entry that stays
// contains it. From the outermost block inwards, the chain begins with blocks of
// one kind, the enclosing ones. The next block, the first of the other kind, is
// the enclosed one. The address stays allowed if the enclosed block is added
// before one of the enclosing ones is removed, or removed after one of them is
// added. No block is enclosing and enclosed, and no enclosed one contains another.
//
// An update between an enclosed block and any of its enclosing ones does both at
// once. As long as there are two such blocks without a partner, they become a
// pair. An enclosed block that has no such partner afterwards is called unpaired,
// whatever else it is paired with. All blocks that enclose it are then in such
// updates. One wait for each unpaired block is left:
//
//   - the removal of an unpaired block waits for the update that adds its parent,
//     the smallest block that encloses it,
//   - the update that removes the parent of an unpaired block waits until the
//     unpaired block is added.
//
// An update awaited in the first case removes an enclosed block that is not
// unpaired, and so waits for nothing. An update that waits in the second case
// adds such a block, and so nothing waits for it. Hence there is no deadlock, no
// chain of waits is longer than three steps (update, step with two unpaired
// blocks, update), and no pair needs to be ruled out.
//
// No wait is needed if blocks that are allowed throughout fill the unpaired one:
// those of entries that stay, and what the old and the new block of an update
// have in common.
func Plan(current []Entry, desired []Desired) ([]Step, error) {
	if err := check(current, desired); err != nil {
		return nil, err
	}
	kept, renames, changed := compare(current, desired)
	buildTree(changed, setOf(kept))
	updates, safe := pairUp(changed)
	addWaits(changed, setOf(slices.Concat(kept, safe)))
	return inOrder(slices.Concat(renames, updates)), nil
}

// check returns an error if the change cannot be planned.
func check(current []Entry, desired []Desired) error {
	if len(desired) > MaxEntries {
		return fmt.Errorf("the list would have %d entries, but a list can have at most %d", len(desired), MaxEntries)
	}
	for _, e := range current {
		if e.Block.IsZero() {
			return fmt.Errorf("entry %s has no block", e.SID)
		}
	}
	seen := make(map[netip.Prefix]Block, len(desired))
	for _, d := range desired {
		if d.Block.IsZero() {
			return fmt.Errorf("the planned entry named %q has no block", d.Name)
		}
		switch first, twice := seen[d.Block.Prefix()]; {
		case twice && first == d.Block:
			return fmt.Errorf("%s is a duplicate entry", first)
		case twice:
			return fmt.Errorf("%s and %s are the same entry", first, d.Block)
		}
		seen[d.Block.Prefix()] = d.Block
	}
	return nil
}

// compare returns the blocks of the entries that stay, renamed or not, the steps
// that rename, and the entries that are removed or added.
func compare(current []Entry, desired []Desired) (kept []Block, renames []*draft, changed []*node) {
	same := make(map[netip.Prefix][]Entry, len(current))
	for _, e := range current {
		p := e.Block.Prefix()
		same[p] = append(same[p], e)
	}
	for _, d := range desired {
		p := d.Block.Prefix()
		candidates := same[p]
		if len(candidates) == 0 {
			changed = append(changed, &node{Entry: Entry{Block: d.Block, Name: d.Name}, added: true})
			continue
		}
		slices.SortStableFunc(candidates, func(a, b Entry) int { return cmp.Compare(match(b, d), match(a, d)) })
		stays := candidates[0]
		same[p] = candidates[1:]
		kept = append(kept, stays.Block)
		if stays.Name != d.Name {
			renames = append(renames, &draft{Step: Step{Op: Update, SID: stays.SID, From: stays, To: d}})
		}
	}
	for _, removed := range same {
		for _, e := range removed {
			changed = append(changed, &node{Entry: e})
		}
	}
	return kept, renames, changed
}

// match ranks the entries with the desired block: the greatest one stays.
func match(e Entry, d Desired) int {
	rank := 0
	if e.Name == d.Name {
		rank += 2
	}
	if e.Block == d.Block {
		rank++
	}
	return rank
}

// draft is a step that has no index yet.
type draft struct {
	Step
	after []*draft
}

// level is the number of steps that must be done before d, one after the other.
func (d *draft) level() int {
	level := 0
	for _, earlier := range d.after {
		level = max(level, earlier.level()+1)
	}
	return level
}

// inOrder returns the steps so that each follows those that it waits for. Within
// a level additions precede deletes, and steps are sorted by block, so that logs
// are easy to read.
func inOrder(drafts []*draft) []Step {
	block := func(d *draft) Block {
		if d.Op == Delete {
			return d.From.Block
		}
		return d.To.Block
	}
	slices.SortStableFunc(drafts, func(a, b *draft) int {
		return cmp.Or(cmp.Compare(a.level(), b.level()), cmp.Compare(a.Op, b.Op), block(a).Compare(block(b)))
	})
	steps := make([]Step, len(drafts))
	for i, d := range drafts {
		steps[i] = d.Step
		for _, earlier := range d.after {
			steps[i].After = append(steps[i].After, slices.Index(drafts, earlier))
		}
		slices.Sort(steps[i].After)
	}
	return steps
}
