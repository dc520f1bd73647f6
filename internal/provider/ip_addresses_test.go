// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

func entryMap(e entries) types.Map { return stringMap(e) }

func TestIPAddressesValidator(t *testing.T) {
	t.Parallel()
	withNames := func(names map[string]attr.Value) types.Map { return types.MapValueMust(types.StringType, names) }
	tooMany := hundred(1, "a")
	maps.Copy(tooMany, hundred(2, "b"))
	joinable := entries{}
	for i := range 101 {
		joinable[fmt.Sprintf("10.0.0.%d", i)] = "x"
	}
	at := func(key string) string { return path.Root("ip_addresses").AtMapKey(key).String() }
	const root = "ip_addresses"
	for name, test := range map[string]struct {
		value types.Map
		// want are "severity path: words of the detail".
		want []string
	}{
		"good":         {entryMap(entries{"198.51.100.7": "pbx", "203.0.113.0/24": strings.Repeat("é", 255), "0.0.0.0/1": "half", "192.0.2.1/32": "x"}), nil},
		"empty":        {entryMap(entries{}), nil},
		"null":         {types.MapNull(types.StringType), nil},
		"unknown":      {types.MapUnknown(types.StringType), nil},
		"unknown name": {withNames(map[string]attr.Value{"198.51.100.7": types.StringUnknown()}), nil},
		"null name":    {withNames(map[string]attr.Value{"198.51.100.7": types.StringNull()}), []string{"Error " + at("198.51.100.7") + ": has no name (null)"}},
		"empty name":   {entryMap(entries{"198.51.100.7": ""}), []string{"Error " + at("198.51.100.7") + ": has 0 characters"}},
		"long name":    {entryMap(entries{"198.51.100.7": strings.Repeat("é", 256)}), []string{"Error " + at("198.51.100.7") + ": has 256 characters"}},
		"IPv6":         {entryMap(entries{"2001:db8::1": "x"}), []string{"Error " + at("2001:db8::1") + ": IPv4"}},
		"everything":   {entryMap(entries{"0.0.0.0/0": "x"}), []string{"Error " + at("0.0.0.0/0") + ": 0.0.0.0/1 and 128.0.0.0/1"}},
		"prefix":       {entryMap(entries{"10.0.0.0/33": "x"}), []string{"Error " + at("10.0.0.0/33") + ": from 1"}},
		"leading zero": {entryMap(entries{"010.0.0.1": "x"}), []string{"Error " + at("010.0.0.1") + ": Write 10.0.0.1"}},
		"host name":    {entryMap(entries{"pbx.example.com": "x"}), []string{"Error " + at("pbx.example.com") + ": host name"}},
		"space":        {entryMap(entries{" 10.0.0.1": "x"}), []string{"Error " + at(" 10.0.0.1") + ": space"}},
		"twice": {
			entryMap(entries{"198.51.100.7": "x", "198.51.100.7/32": "y"}),
			[]string{"Error " + at("198.51.100.7/32") + ": \"198.51.100.7\" and \"198.51.100.7/32\" are the same entry."},
		},
		"twice by host bits": {
			entryMap(entries{"203.0.113.0/24": "x", "203.0.113.7/24": "y"}),
			[]string{"Error " + at("203.0.113.7/24") + ": are the same entry."},
		},
		"shown for a duplicate": {
			entryMap(entries{"203.0.113.0/24 (IP0123456789abcdef0123456789abcdef)": "x"}),
			[]string{"Error " + at("203.0.113.0/24 (IP0123456789abcdef0123456789abcdef)") + ": Leave this line out"},
		},
		"too many":     {entryMap(tooMany), []string{"Error " + root + ": There are 200 entries, and a list holds at most 100."}},
		"joinable":     {entryMap(joinable), []string{"Error " + root + ": cidr_aggregate join them: it makes 4 blocks"}},
		"host bits":    {entryMap(entries{"203.0.113.7/24": "x"}), []string{"Warning " + root + ": 203.0.113.7/24 allows all 256 addresses from 203.0.113.0 to 203.0.113.255. Write 203.0.113.0/24"}},
		"covered":      {entryMap(entries{"203.0.113.0/24": "x", "203.0.113.9": "y"}), []string{"Warning " + root + ": 203.0.113.9 is allowed by 203.0.113.0/24 already."}},
		"several ones": {entryMap(entries{"::1": "", "10.0.0.0/0": "x"}), []string{"Error " + at("10.0.0.0/0") + ": halves", "Error " + at("::1") + ": has 0 characters", "Error " + at("::1") + ": IPv4"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var resp validator.MapResponse
			ipAddressesValidator{}.ValidateMap(t.Context(), validator.MapRequest{Path: path.Root(root), ConfigValue: test.value}, &resp)
			if len(resp.Diagnostics) != len(test.want) {
				t.Fatalf("diagnostics: %v", resp.Diagnostics)
			}
			for i, d := range resp.Diagnostics {
				place, words, _ := strings.Cut(test.want[i], ": ")
				located, ok := d.(diag.DiagnosticWithPath)
				if !ok || d.Severity().String()+" "+located.Path().String() != place || !strings.Contains(d.Detail(), words) {
					t.Errorf("%v, not %s", d, test.want[i])
				}
			}
		})
	}
}

func block(s string) ipblock.Block { return ipblock.MustParse(s) }

func TestSpelled(t *testing.T) {
	t.Parallel()
	const first, second = "IP00000000000000000000000000000001", "IP00000000000000000000000000000002"
	for name, test := range map[string]struct {
		held  []ipblock.Entry
		known []entries
		want  entries
	}{
		"nothing": {want: entries{}},
		"short":   {held: []ipblock.Entry{{SID: first, Block: block("198.51.100.7/32"), Name: "a"}}, want: entries{"198.51.100.7": "a"}},
		"known": {
			held:  []ipblock.Entry{{SID: first, Block: block("198.51.100.7"), Name: "a"}, {SID: second, Block: block("203.0.113.0/24"), Name: "b"}},
			known: []entries{{"198.51.100.7/32": "x", "203.0.113.7/24": "y", "192.0.2.1": "gone"}},
			want:  entries{"198.51.100.7/32": "a", "203.0.113.7/24": "b"},
		},
		"first known goes first": {
			held:  []ipblock.Entry{{SID: first, Block: block("198.51.100.7"), Name: "a"}},
			known: []entries{{"198.51.100.7": "x"}, {"198.51.100.7/32": "x"}},
			want:  entries{"198.51.100.7": "a"},
		},
		"twice": {
			held: []ipblock.Entry{{SID: first, Block: block("203.0.113.0/24"), Name: "a"}, {SID: second, Block: block("203.0.113.7/24"), Name: "b"}},
			want: entries{"203.0.113.0/24": "a", "203.0.113.7/24 (" + second + ")": "b"},
		},
		"twice, the known name has the key": {
			held:  []ipblock.Entry{{SID: first, Block: block("203.0.113.0/24"), Name: "a"}, {SID: second, Block: block("203.0.113.0/24"), Name: "b"}},
			known: []entries{{"203.0.113.0/24": "b"}},
			want:  entries{"203.0.113.0/24": "b", "203.0.113.0/24 (" + first + ")": "a"},
		},
		"twice, with what the state showed": {
			held:  []ipblock.Entry{{SID: first, Block: block("203.0.113.0/24"), Name: "a"}, {SID: second, Block: block("203.0.113.0/24"), Name: "a"}},
			known: []entries{{"203.0.113.0/24": "a", "203.0.113.0/24 (" + second + ")": "a"}},
			want:  entries{"203.0.113.0/24": "a", "203.0.113.0/24 (" + second + ")": "a"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var known []types.Map
			for _, k := range test.known {
				known = append(known, entryMap(k))
			}
			if got := spelled(test.held, known...); !got.Equal(entryMap(test.want)) {
				t.Errorf("%v, not %v", got, test.want)
			}
		})
	}
}

func TestSameAddresses(t *testing.T) {
	t.Parallel()
	a := entryMap(entries{"198.51.100.7": "a", "203.0.113.0/24": "b"})
	for name, test := range map[string]struct {
		b    types.Map
		same bool
	}{
		"itself":        {a, true},
		"spelled anew":  {entryMap(entries{"198.51.100.7/32": "a", "203.0.113.9/24": "b"}), true},
		"renamed":       {entryMap(entries{"198.51.100.7": "A", "203.0.113.0/24": "b"}), false},
		"one less":      {entryMap(entries{"198.51.100.7": "a"}), false},
		"another":       {entryMap(entries{"198.51.100.7": "a", "203.0.113.0/25": "b"}), false},
		"one twice":     {entryMap(entries{"198.51.100.7": "a", "198.51.100.7/32": "a"}), false},
		"not an IP":     {entryMap(entries{"198.51.100.7": "a", "x": "b"}), false},
		"null":          {types.MapNull(types.StringType), false},
		"unknown":       {types.MapUnknown(types.StringType), false},
		"unknown names": {types.MapValueMust(types.StringType, map[string]attr.Value{"198.51.100.7": types.StringUnknown(), "203.0.113.0/24": types.StringValue("b")}), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if sameAddresses(a, test.b) != test.same || sameAddresses(test.b, a) != test.same {
				t.Errorf("same is not %v", test.same)
			}
		})
	}
}

func TestEntryOf(t *testing.T) {
	t.Parallel()
	fields := twilio.IPAddressFields{IPAddress: "203.0.113.7", CIDRPrefixLength: 24, FriendlyName: "a"}
	if entry, err := entryOf(twilio.IPAddress{SID: "IP1", IPAddressFields: fields}); err != nil || entry != (ipblock.Entry{SID: "IP1", Block: block("203.0.113.7/24"), Name: "a"}) {
		t.Errorf("%v, %v", entry, err)
	}
	fields.IPAddress = "::1"
	if _, err := entryOf(twilio.IPAddress{SID: "IP1", IPAddressFields: fields}); err == nil || !strings.Contains(err.Error(), "IP1") {
		t.Errorf("IPv6: %v", err)
	}
}

// Steps wait for those that must come first, and are left out when these fail; all others go on.
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
	have := []ipblock.Entry{{SID: "a"}, {SID: "b"}, {SID: "d"}, {SID: "e"}, {SID: "f"}}
	var left []string
	for _, entry := range after(have, steps, outcomes) {
		left = append(left, entry.SID)
	}
	if want := []string{"a!", "b", "d", "e", "!"}; !slices.Equal(left, want) {
		t.Errorf("left %q, not %q", left, want)
	}
}

func TestAddressBook(t *testing.T) {
	t.Parallel()
	held := []ipblock.Entry{{SID: "IP1", Block: block("203.0.113.7/24"), Name: "a \"b\""}}
	private := privateMap{}
	if diags := newAddressBook(held).save(t.Context(), private); diags.HasError() {
		t.Fatal(diags)
	}
	if got, known := loadAddressBook(t.Context(), private).known(); !known || !slices.Equal(got, held) {
		t.Errorf("%v, %v", got, known)
	}
	if diags := newAddressBook(nil).save(t.Context(), private); diags.HasError() {
		t.Fatal(diags)
	}
	if got, known := loadAddressBook(t.Context(), private).known(); !known || len(got) != 0 {
		t.Errorf("an empty list: %v, %v", got, known)
	}
	for _, damaged := range []string{"", "7", `{"entries": null}`, `{"entries": [{"sid": "IP1", "block": "x"}]}`} {
		private[bookKey] = []byte(damaged)
		if got, known := loadAddressBook(t.Context(), private).known(); known {
			t.Errorf("%q: %v", damaged, got)
		}
	}
}
