// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package cidr_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/cidr"
)

func texts(values ...string) types.List {
	elements := []attr.Value{}
	for _, value := range values {
		elements = append(elements, types.StringValue(value))
	}
	return types.ListValueMust(types.StringType, elements)
}

// withUnknown returns a list of an unknown string and values.
func withUnknown(values ...string) types.List {
	return types.ListValueMust(types.StringType, append([]attr.Value{types.StringUnknown()}, texts(values...).Elements()...))
}

const ipv6 = "\"::1\" is an IPv6 address. Twilio's IP access control lists support only IPv4. Write the IPv4 address or block that the calls come from, or remove this entry"

// call is a call of a function. If problem is set, it is an error at the argument in that position.
type call struct {
	arguments []attr.Value
	want      attr.Value
	problem   string
	position  int64
}

func runCalls(t *testing.T, called function.Function, unknown attr.Value, calls map[string]call) {
	t.Helper()
	for name, test := range calls {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resp := function.RunResponse{Result: function.NewResultData(unknown)}
			called.Run(t.Context(), function.RunRequest{Arguments: function.NewArgumentsData(test.arguments)}, &resp)
			switch {
			case test.problem == "":
				if resp.Error != nil || !resp.Result.Value().Equal(test.want) {
					t.Errorf("%v, %v", resp.Result.Value(), resp.Error)
				}
			case resp.Error == nil || resp.Error.FunctionArgument == nil || *resp.Error.FunctionArgument != test.position || resp.Error.Text != test.problem:
				t.Errorf("error %+v, not %q", resp.Error, test.problem)
			}
		})
	}
}

func TestContains(t *testing.T) {
	t.Parallel()
	unknown := types.BoolUnknown()
	yes, no := types.BoolValue(true), types.BoolValue(false)
	runCalls(t, cidr.NewContainsFunction(), unknown, map[string]call{
		"together":        {arguments: []attr.Value{texts("198.51.100.128/25", "198.51.100.0/25"), types.StringValue("198.51.100.0/24")}, want: yes},
		"one is missing":  {arguments: []attr.Value{texts("198.51.100.0/25", "198.51.100.192/26"), types.StringValue("198.51.100.0/24")}, want: no},
		"address":         {arguments: []attr.Value{texts("198.51.100.0/24"), types.StringValue("198.51.100.255")}, want: yes},
		"address outside": {arguments: []attr.Value{texts("198.51.100.0/24"), types.StringValue("198.51.101.0/32")}, want: no},
		"larger block":    {arguments: []attr.Value{texts("198.51.100.0/24"), types.StringValue("198.51.100.0/23")}, want: no},
		"host bits":       {arguments: []attr.Value{texts("203.0.113.7/24"), types.StringValue("203.0.113.9/25")}, want: yes},
		"empty":           {arguments: []attr.Value{texts(), types.StringValue("198.51.100.7")}, want: no},
		"unknown list":    {arguments: []attr.Value{types.ListUnknown(types.StringType), types.StringValue("198.51.100.7")}, want: unknown},
		"unknown element": {arguments: []attr.Value{withUnknown("198.51.100.0/24"), types.StringValue("198.51.100.7")}, want: unknown},
		"unknown block":   {arguments: []attr.Value{texts("198.51.100.0/24"), types.StringUnknown()}, want: unknown},
		"bad list":        {arguments: []attr.Value{texts("::1"), types.StringValue("198.51.100.7")}, problem: "element [0]: " + ipv6},
		"bad block":       {arguments: []attr.Value{texts("198.51.100.0/24"), types.StringValue("::1")}, problem: ipv6, position: 1},
		"bad and unknown": {arguments: []attr.Value{withUnknown(), types.StringValue("::1")}, problem: ipv6, position: 1},
		"both bad":        {arguments: []attr.Value{texts("::1"), types.StringValue("::1")}, problem: "element [0]: " + ipv6 + ".\n" + ipv6},
		"everything":      {arguments: []attr.Value{texts("0.0.0.0/1", "128.0.0.0/1"), types.StringValue("64.0.0.0/1")}, want: yes},
	})
}

func TestAddressCount(t *testing.T) {
	t.Parallel()
	unknown := types.Int64Unknown()
	runCalls(t, cidr.NewAddressCountFunction(), unknown, map[string]call{
		"overlaps":        {arguments: []attr.Value{texts("198.51.100.0/24", "198.51.100.7", "203.0.113.10", "203.0.113.10/32")}, want: types.Int64Value(257)},
		"empty":           {arguments: []attr.Value{texts()}, want: types.Int64Value(0)},
		"everything":      {arguments: []attr.Value{texts("0.0.0.0/1", "128.0.0.0/1", "10.0.0.0/8")}, want: types.Int64Value(1 << 32)},
		"unknown list":    {arguments: []attr.Value{types.ListUnknown(types.StringType)}, want: unknown},
		"unknown element": {arguments: []attr.Value{withUnknown("198.51.100.0/24")}, want: unknown},
		"bad element":     {arguments: []attr.Value{withUnknown("::1")}, problem: "element [1]: " + ipv6},
	})
}

func TestFromRange(t *testing.T) {
	t.Parallel()
	two := func(first, last string) []attr.Value {
		return []attr.Value{types.StringValue(first), types.StringValue(last)}
	}
	const advice = "Write an IPv4 address, four numbers from 0 to 255 with dots between them, such as 198.51.100.7"
	runCalls(t, cidr.NewFromRangeFunction(), types.ListUnknown(types.StringType), map[string]call{
		"range":       {arguments: two("198.51.100.1", "198.51.100.6"), want: texts("198.51.100.1", "198.51.100.2/31", "198.51.100.4/31", "198.51.100.6")},
		"one address": {arguments: two("198.51.100.1", "198.51.100.1"), want: texts("198.51.100.1")},
		"one block":   {arguments: two("198.51.100.0", "198.51.100.255"), want: texts("198.51.100.0/24")},
		"everything":  {arguments: two("0.0.0.0", "255.255.255.255"), want: texts("0.0.0.0/1", "128.0.0.0/1")},
		"wrong order": {
			arguments: two("198.51.100.6", "198.51.100.1"), position: 1,
			problem: "\"198.51.100.1\" comes before the first address of the range. Write 198.51.100.1 as the first address and 198.51.100.6 as the last",
		},
		"block":        {arguments: two("198.51.100.0/24", "198.51.100.255"), problem: "\"198.51.100.0/24\" is a CIDR block, not a single address. " + advice},
		"leading zero": {arguments: two("198.51.100.1", "198.51.100.006"), problem: "\"198.51.100.006\" has a number with a leading zero. Write 198.51.100.6", position: 1},
		"both bad": {
			arguments: two("", "::1"), problem: "\"\" is empty. " + advice + ".\n\"::1\" is an IPv6 address. " + advice,
		},
	})
}
