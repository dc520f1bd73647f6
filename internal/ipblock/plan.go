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
	SID   string // identifies the entry in steps; otherwise not used
	Block Block
	Name  string // Twilio's FriendlyName
}

// Desired is an entry that a list should have.
type Desired struct {
	Block Block
	Name  string // Twilio's FriendlyName
}

// Op is the operation of a [Step], which is a single request.
type Op int

// The operations of a [Step].
const (
	Create Op = iota + 1 // creates the entry To
	Update               // changes the block and the name of the entry From to those of To, in one request
	Delete               // deletes the entry From
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
	SID  string  // the entry that is updated or deleted; "" for a create
	From Entry   // the entry before an update or delete; zero for a create
	To   Desired // the entry after a create or update; zero for a delete

	// After has the indexes of the steps that must succeed before this one starts. All of them are smaller than the index of this
	// step, so the steps can also run one by one in their order.
	After []int
}

// Plan returns the requests that change the entries of a list from current to desired. It returns an error if there are more than
// [MaxEntries] desired entries, if two of them have the [Block.Same] block, or if any entry has a zero Block. The result does not
// depend on the order of desired, and on the order of current only where there are duplicates.
//
// # Which requests
//
// An entry stays without a request if a desired entry has the [Block.Same] block and the same name, even if the spelling of the
// block differs. If only the name differs, the entry is renamed in place. If several current entries have the same desired block,
// one stays: the first one with the desired name, or else the first one with the desired spelling, or else the first one. All other
// entries are removed or added. Plan combines as many pairs of a removed and an added entry as possible into updates. The number of
// requests is therefore always
//
//	max(removed, added) + renamed
//
// This is the minimum, because a request removes at most one entry and adds at most one.
//
// # Guarantees during the change
//
// Steps may run at the same time, each as soon as its After steps have succeeded. No matter in which order they end, and which of
// them fail, never run, or have an unknown outcome, the list at every moment
//
//   - allows every address that both current and desired allow,
//   - allows no address that neither allows,
//   - has at most max(len(current), len(desired)) entries.
//
// The second holds because every entry is either an old or a new one at any time. The third holds because a plan has creates or
// deletes, but never both. For the first, some steps must wait for others.
//
// # Which steps wait
//
// It would be safe to add every block before any block that overlaps it is removed, but this could deadlock: two updates could each
// add a block within the one that the other removes. Fewer waits are enough.
//
// Blocks overlap only if one contains the other, so the removed and added blocks around an address form a chain. An address can be
// lost only if its chain has blocks of both kinds and no entry that stays contains it. From the outermost block inwards, the chain
// begins with blocks of one kind, the enclosing ones. The next block, the first of the other kind, is the enclosed one. The address
// stays allowed if the enclosed block is added before one of the enclosing blocks is removed, or if it is removed after one of them
// is added. No block is both enclosing and enclosed, and no enclosed block contains another one.
//
// An update from an enclosed block to one of its enclosing blocks, or the other way around, does both at once. Plan therefore pairs
// such blocks as long as there are two without a partner. An enclosed block that has no such partner in the end is called unpaired,
// even if it is paired with another block. All blocks that enclose it are then part of such updates. Each unpaired block needs one
// wait:
//
//   - the removal of an unpaired block waits for the update that adds its parent, the smallest block that encloses it,
//   - the update that removes the parent of an unpaired block waits until the unpaired block is added.
//
// In the first case, the awaited update removes an enclosed block that is not unpaired, so it waits for nothing. In the second case,
// the waiting update adds such a block, so nothing waits for it. Hence there are no deadlocks, no chain of waits is longer than
// three steps (update, step with two unpaired blocks, update), and every pair is allowed.
//
// No wait is needed if all addresses of the unpaired block stay allowed for another reason: because of entries that stay, or because
// the old and the new block of an update have them in common.
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

// compare returns the blocks of entries that stay or are renamed, the steps that rename entries, and the entries that are removed
// or added.
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

// match ranks an entry that has the desired block. The entry with the highest rank stays.
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

// level returns the length of the longest chain of steps that must run before d.
func (d *draft) level() int {
	level := 0
	for _, earlier := range d.after {
		level = max(level, earlier.level()+1)
	}
	return level
}

// inOrder returns the steps in an order in which each comes after those that it waits for. Within a level, creates and updates come
// before deletes, and steps are sorted by block, which makes logs easy to read.
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
