// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package cidr_test

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/cidr"
)

func TestCIDRAggregate(t *testing.T) {
	t.Parallel()
	texts := func(values ...string) types.List {
		elements := []attr.Value{}
		for _, value := range values {
			elements = append(elements, types.StringValue(value))
		}
		return types.ListValueMust(types.StringType, elements)
	}
	for name, test := range map[string]struct {
		argument types.List
		want     types.List
		problem  string
	}{
		"joined":          {texts("198.51.100.128/25", "198.51.100.0/25", "192.0.2.1", "192.0.2.1/32"), texts("192.0.2.1", "198.51.100.0/24"), ""},
		"covered":         {texts("10.0.0.0/8", "10.1.2.3"), texts("10.0.0.0/8"), ""},
		"everything":      {texts("0.0.0.0/1", "128.0.0.0/1"), texts("0.0.0.0/1", "128.0.0.0/1"), ""},
		"host bits":       {texts("203.0.113.7/24"), texts("203.0.113.0/24"), ""},
		"empty":           {texts(), texts(), ""},
		"unknown":         {types.ListUnknown(types.StringType), types.ListUnknown(types.StringType), ""},
		"unknown element": {types.ListValueMust(types.StringType, []attr.Value{types.StringUnknown(), types.StringValue("10.0.0.1")}), types.ListUnknown(types.StringType), ""},
		"null element":    {types.ListValueMust(types.StringType, []attr.Value{types.StringNull()}), types.List{}, "element [0] is null. Leave it out, or give it a value"},
		"not an address": {texts("10.0.0.1", "::1"), types.List{}, "element [1]: \"::1\" is an IPv6 address. Twilio's IP access control lists hold IPv4 only. " +
			"Write the IPv4 address or block that the calls come from, or leave this entry out"},
		"bad and unknown": {types.ListValueMust(types.StringType, []attr.Value{types.StringUnknown(), types.StringValue("::1")}), types.List{}, "element [1]: \"::1\" is an IPv6 address. " +
			"Twilio's IP access control lists hold IPv4 only. Write the IPv4 address or block that the calls come from, or leave this entry out"},
		"several": {
			types.ListValueMust(types.StringType, []attr.Value{types.StringNull(), types.StringValue("192.0.2.1"), types.StringUnknown(), types.StringValue("10.0.0.0/33")}), types.List{},
			"2 of 4 elements are invalid:\n  [0] is null. Leave it out, or give it a value.\n" +
				"  [3]: \"10.0.0.0/33\" has a prefix length outside 1 to 32. Write a prefix length from 1 (half of all addresses) to 32 (a single address)",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resp := function.RunResponse{Result: function.NewResultData(types.ListUnknown(types.StringType))}
			cidr.NewAggregateFunction().Run(t.Context(), function.RunRequest{Arguments: function.NewArgumentsData([]attr.Value{test.argument})}, &resp)
			if test.problem != "" {
				if resp.Error == nil || resp.Error.Text != test.problem || !slices.Equal([]int64{*resp.Error.FunctionArgument}, []int64{0}) {
					t.Errorf("error %v, not %q", resp.Error, test.problem)
				}
				return
			}
			if resp.Error != nil || !resp.Result.Value().Equal(test.want) {
				t.Errorf("%v, %v", resp.Result.Value(), resp.Error)
			}
		})
	}
}
