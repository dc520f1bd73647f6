// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package tfstate

import (
	"slices"
	"strings"
)

// inOrder returns objects of one kind and parent in the API's order, as far as the state has it: in the order of data sources,
// and otherwise by date.
func (inv *inventory) inOrder(k *kind, objects []*object) []*object {
	if len(objects) < 2 {
		return objects
	}
	bySID := map[string]*object{}
	for _, o := range objects {
		if o.sid != "" {
			bySID[o.sid] = o
		}
	}
	var ordered []*object
	placed := map[*object]bool{}
	for _, sequence := range inv.sequences {
		if sequence.kind != k || k.parent != nil && sequence.parent != objects[0].parent {
			continue
		}
		at := 0
		for _, sid := range sequence.sids {
			o := bySID[sid]
			switch {
			case o == nil:
			case placed[o]:
				at = slices.Index(ordered, o) + 1
			default:
				ordered = slices.Insert(ordered, at, o)
				placed[o] = true
				at++
			}
		}
	}
	rest := slices.DeleteFunc(slices.Clone(objects), func(o *object) bool { return placed[o] })
	slices.SortStableFunc(rest, func(a, b *object) int { return strings.Compare(a.created(), b.created()) })
	for _, o := range rest {
		at := len(ordered)
		if created := o.created(); created != unknownDate {
			if later := slices.IndexFunc(ordered, func(other *object) bool { return other.created() != unknownDate && other.created() > created }); later >= 0 {
				at = later
			}
		}
		ordered = slices.Insert(ordered, at, o)
	}
	return ordered
}

// unknownDate sorts after all dates.
const unknownDate = "~"

func (o *object) created() string {
	if date, ok := o.fields["date_created"].(string); ok {
		return date
	}
	return unknownDate
}
