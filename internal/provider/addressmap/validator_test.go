// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package addressmap

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

func TestValidator(t *testing.T) {
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
	config := tfsdk.Config{
		Schema: schema.Schema{Attributes: map[string]schema.Attribute{"friendly_name": schema.StringAttribute{Required: true}}},
		Raw: tftypes.NewValue(tftypes.Object{AttributeTypes: map[string]tftypes.Type{"friendly_name": tftypes.String}},
			map[string]tftypes.Value{"friendly_name": tftypes.NewValue(tftypes.String, "lab")}),
	}
	for name, test := range map[string]struct {
		value types.Map
		// want are "severity path: words of the summary and the detail".
		want []string
	}{
		"good":         {entryMap(entries{"198.51.100.7": "pbx", "203.0.113.0/24": strings.Repeat("é", 255), "9.0.0.0/9": "large", "192.0.2.1/32": "x"}), nil},
		"empty":        {entryMap(entries{}), nil},
		"null":         {types.MapNull(types.StringType), nil},
		"unknown":      {types.MapUnknown(types.StringType), nil},
		"unknown name": {withNames(map[string]attr.Value{"198.51.100.7": types.StringUnknown()}), nil},
		"null name":    {withNames(map[string]attr.Value{"198.51.100.7": types.StringNull()}), []string{"Error " + at("198.51.100.7") + ": The name of the entry \"198.51.100.7\" is null."}},
		"empty name":   {entryMap(entries{"198.51.100.7": ""}), []string{"Error " + at("198.51.100.7") + ": must have 1 to 255 characters; got 0."}},
		"long name":    {entryMap(entries{"198.51.100.7": strings.Repeat("é", 256)}), []string{"Error " + at("198.51.100.7") + ": must have 1 to 255 characters; got 256."}},
		"tab in name":  {entryMap(entries{"198.51.100.7": "a\tb"}), []string{"Error " + at("198.51.100.7") + ": The name of the entry \"198.51.100.7\" contains the control character U+0009 at position 2."}},
		"blank name":   {entryMap(entries{"198.51.100.7": "  "}), []string{"Error " + at("198.51.100.7") + ": must not consist only of white space."}},
		"IPv6":         {entryMap(entries{"2001:db8::1": "x"}), []string{"Error " + at("2001:db8::1") + ": IPv4"}},
		"everything":   {entryMap(entries{"0.0.0.0/0": "x"}), []string{"Error " + at("0.0.0.0/0") + ": 0.0.0.0/1 and 128.0.0.0/1"}},
		"prefix":       {entryMap(entries{"10.0.0.0/33": "x"}), []string{"Error " + at("10.0.0.0/33") + ": from 1"}},
		"leading zero": {entryMap(entries{"010.0.0.1": "x"}), []string{"Error " + at("010.0.0.1") + ": Write 10.0.0.1"}},
		"host name":    {entryMap(entries{"pbx.example.com": "x"}), []string{"Error " + at("pbx.example.com") + ": host name"}},
		"range": {entryMap(entries{"198.51.100.1-198.51.100.20": "x"}), []string{
			"Error " + at("198.51.100.1-198.51.100.20") + ": You can also compute the blocks with provider::twilio::cidr_from_range(\"198.51.100.1\", \"198.51.100.20\").",
		}},
		"range with an en dash": {entryMap(entries{"198.51.100.7–198.51.100.9": "x"}), []string{
			"Error " + at("198.51.100.7–198.51.100.9") + ": You can also compute the blocks with provider::twilio::cidr_from_range(\"198.51.100.7\", \"198.51.100.9\").",
		}},
		"range of everything": {entryMap(entries{"0.0.0.0-255.255.255.255": "x"}), []string{
			"Error " + at("0.0.0.0-255.255.255.255") + ": anyone could then send calls at your expense unless you also require credentials.\n",
		}},
		"key and value swapped": {entryMap(entries{"London SBC": "198.51.100.7"}), []string{
			"Error " + at("London SBC") + ": The keys of the map are addresses and the values are names. Write \"198.51.100.7\" = \"London SBC\".",
		}},
		"space": {entryMap(entries{" 10.0.0.1": "x"}), []string{"Error " + at(" 10.0.0.1") + ": space"}},
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
			[]string{"Error " + at("203.0.113.0/24 (IP0123456789abcdef0123456789abcdef)") + ": Remove this line"},
		},
		"too many": {entryMap(tooMany), []string{"Error " + root + ": The map has 200 entries, but a list can have at most 100. Distribute them over several lists (see " + manyAddressesGuide + ").\n"}},
		"joinable": {entryMap(joinable), []string{"Error " + root + ": merge them with provider::twilio::cidr_aggregate into 4 blocks"}},
		"host bits": {entryMap(entries{"203.0.113.7/24": "x", "192.0.2.1/31": "y"}), []string{
			"Warning " + at("192.0.2.1/31") + ": 192.0.2.1/31 allows more than one address: It allows the 2 addresses from 192.0.2.0 to 192.0.2.1. To allow all of them, write \"192.0.2.0/31\".",
			"Warning " + at("203.0.113.7/24") + ": 203.0.113.7/24 allows more than one address: It allows the 256 addresses from 203.0.113.0 to 203.0.113.255. " +
				"To allow all of them, write \"203.0.113.0/24\". To allow only 203.0.113.7, write \"203.0.113.7\".",
		}},
		"covered": {entryMap(entries{"203.0.113.0/24": "x", "203.0.113.9/32": "y", "203.0.112.0/22": "z"}), []string{
			"Warning " + at("203.0.113.0/24") + ": 203.0.113.0/24 is already covered by 203.0.112.0/22: This entry has no effect while 203.0.112.0/22 is in the list",
			"Warning " + at("203.0.113.9/32") + ": 203.0.113.9/32 is already covered by 203.0.113.0/24: This entry has no effect while 203.0.113.0/24 is in the list",
		}},
		"no callers": {entryMap(entries{"10.0.0.0/8": "x", "127.0.0.1": "y", "198.51.100.7": "z"}), []string{
			"Warning " + root + ": No calls can come from 10.0.0.0/8 and 127.0.0.1 (list \"lab\"): ",
		}},
		"large part of the Internet": {entryMap(entries{"0.0.0.0/1": "x", "128.0.0.0/1": "y"}), []string{
			"Warning " + root + ": A large part of the Internet can call: 0.0.0.0/1 and 128.0.0.0/1 (list \"lab\"): 4294967296 addresses are allowed",
		}},
		"large and invalid": {entryMap(entries{"0.0.0.0/1": "x", "128.0.0.0/1": "y", "::1": "z"}), []string{"Error " + at("::1") + ": IPv4"}},
		"several ones":      {entryMap(entries{"::1": "", "10.0.0.0/0": "x"}), []string{"Error " + at("10.0.0.0/0") + ": would allow every IPv4 address", "Error " + at("::1") + ": must have 1 to 255 characters; got 0.", "Error " + at("::1") + ": IPv4"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var resp validator.MapResponse
			Validator{}.ValidateMap(t.Context(), validator.MapRequest{Path: path.Root(root), Config: config, ConfigValue: test.value}, &resp)
			if len(resp.Diagnostics) != len(test.want) {
				t.Fatalf("diagnostics: %v", resp.Diagnostics)
			}
			for i, d := range resp.Diagnostics {
				location, words, _ := strings.Cut(test.want[i], ": ")
				located, ok := d.(diag.DiagnosticWithPath)
				if !ok || d.Severity().String()+" "+located.Path().String() != location || !strings.Contains(d.Summary()+": "+d.Detail()+"\n", words) {
					t.Errorf("%v, not %s", d, test.want[i])
				}
			}
		})
	}
}
