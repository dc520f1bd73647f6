// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package addressmap

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
)

// entries is a value of ip_addresses.
type entries map[string]string

func entryMap(e entries) types.Map { return attribute.StringMap(e) }

func block(s string) ipblock.Block { return ipblock.MustParse(s) }

func TestFlatten(t *testing.T) {
	t.Parallel()
	const first, second = "IP00000000000000000000000000000001", "IP00000000000000000000000000000002"
	for name, test := range map[string]struct {
		current []ipblock.Entry
		known   []entries
		want    entries
	}{
		"nothing": {want: entries{}},
		"short":   {current: []ipblock.Entry{{SID: first, Block: block("198.51.100.7/32"), Name: "a"}}, want: entries{"198.51.100.7": "a"}},
		"known": {
			current: []ipblock.Entry{{SID: first, Block: block("198.51.100.7"), Name: "a"}, {SID: second, Block: block("203.0.113.0/24"), Name: "b"}},
			known:   []entries{{"198.51.100.7/32": "x", "203.0.113.7/24": "y", "192.0.2.1": "gone"}},
			want:    entries{"198.51.100.7/32": "a", "203.0.113.7/24": "b"},
		},
		"first known goes first": {
			current: []ipblock.Entry{{SID: first, Block: block("198.51.100.7"), Name: "a"}},
			known:   []entries{{"198.51.100.7": "x"}, {"198.51.100.7/32": "x"}},
			want:    entries{"198.51.100.7": "a"},
		},
		"twice": {
			current: []ipblock.Entry{{SID: first, Block: block("203.0.113.0/24"), Name: "a"}, {SID: second, Block: block("203.0.113.7/24"), Name: "b"}},
			want:    entries{"203.0.113.0/24": "a", "203.0.113.7/24 (" + second + ")": "b"},
		},
		"twice, one without a name": {
			current: []ipblock.Entry{{SID: first, Block: block("203.0.113.0/24"), Name: "a"}, {SID: second, Block: block("203.0.113.0/24")}},
			want:    entries{"203.0.113.0/24": "a", "203.0.113.0/24 (" + second + ")": ""},
		},
		"twice, the known name has the key": {
			current: []ipblock.Entry{{SID: first, Block: block("203.0.113.0/24"), Name: "a"}, {SID: second, Block: block("203.0.113.0/24"), Name: "b"}},
			known:   []entries{{"203.0.113.0/24": "b"}},
			want:    entries{"203.0.113.0/24": "b", "203.0.113.0/24 (" + first + ")": "a"},
		},
		"twice, with what the state showed": {
			current: []ipblock.Entry{{SID: first, Block: block("203.0.113.0/24"), Name: "a"}, {SID: second, Block: block("203.0.113.0/24"), Name: "a"}},
			known:   []entries{{"203.0.113.0/24": "a", "203.0.113.0/24 (" + second + ")": "a"}},
			want:    entries{"203.0.113.0/24": "a", "203.0.113.0/24 (" + second + ")": "a"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var known []types.Map
			for _, k := range test.known {
				known = append(known, entryMap(k))
			}
			if got := Flatten(test.current, known...); !got.Equal(entryMap(test.want)) {
				t.Errorf("%v, not %v", got, test.want)
			}
		})
	}
}

func TestFlattenUnique(t *testing.T) {
	t.Parallel()
	entry := func(sid, cidr, name string) ipblock.Entry {
		return ipblock.Entry{SID: sid, Block: block(cidr), Name: name}
	}
	current := []ipblock.Entry{
		entry("IP1", "203.0.113.9/24", "a"), entry("IP2", "198.51.100.7", "b"), entry("IP3", "203.0.113.0/24", "c"),
		entry("IP4", "192.0.2.1", "d"), entry("IP5", "198.51.100.7/32", ""), entry("IP6", "203.0.113.0/24", "a"),
	}
	unique, repeated := FlattenUnique(current)
	if want := entryMap(entries{"203.0.113.9/24": "a", "198.51.100.7": "b", "192.0.2.1": "d"}); !unique.Equal(want) {
		t.Errorf("%v, not %v", unique, want)
	}
	if want := []ipblock.Entry{current[2], current[4], current[5]}; !slices.Equal(repeated, want) {
		t.Errorf("%v, not %v", repeated, want)
	}
	if unique, repeated := FlattenUnique(nil); !unique.Equal(entryMap(entries{})) || len(repeated) != 0 {
		t.Errorf("an empty list gives %v, %v", unique, repeated)
	}
}

func TestSameEntries(t *testing.T) {
	t.Parallel()
	a := entryMap(entries{"198.51.100.7": "a", "203.0.113.0/24": "b"})
	for name, test := range map[string]struct {
		b    types.Map
		same bool
	}{
		"itself":         {a, true},
		"other spelling": {entryMap(entries{"198.51.100.7/32": "a", "203.0.113.9/24": "b"}), true},
		"renamed":        {entryMap(entries{"198.51.100.7": "A", "203.0.113.0/24": "b"}), false},
		"one less":       {entryMap(entries{"198.51.100.7": "a"}), false},
		"another":        {entryMap(entries{"198.51.100.7": "a", "203.0.113.0/25": "b"}), false},
		"one twice":      {entryMap(entries{"198.51.100.7": "a", "198.51.100.7/32": "a"}), false},
		"not an IP":      {entryMap(entries{"198.51.100.7": "a", "x": "b"}), false},
		"null":           {types.MapNull(types.StringType), false},
		"unknown":        {types.MapUnknown(types.StringType), false},
		"unknown names":  {types.MapValueMust(types.StringType, map[string]attr.Value{"198.51.100.7": types.StringUnknown(), "203.0.113.0/24": types.StringValue("b")}), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if sameEntries(a, test.b) != test.same || sameEntries(test.b, a) != test.same {
				t.Errorf("same is not %v", test.same)
			}
		})
	}
}

// hundred returns a full map of single addresses in 10.NET.0.0/16.
func hundred(net int, name string) entries {
	full := entries{}
	for i := range ipblock.MaxEntries {
		full[fmt.Sprintf("10.%d.%d.7", net, i)] = name + " " + strconv.Itoa(i)
	}
	return full
}
