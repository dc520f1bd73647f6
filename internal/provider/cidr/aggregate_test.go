// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package cidr_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/cidr"
)

func TestAggregate(t *testing.T) {
	t.Parallel()
	unknown := types.ListUnknown(types.StringType)
	runCalls(t, cidr.NewAggregateFunction(), unknown, map[string]call{
		"joined":          {arguments: []attr.Value{texts("198.51.100.128/25", "198.51.100.0/25", "192.0.2.1", "192.0.2.1/32")}, want: texts("192.0.2.1", "198.51.100.0/24")},
		"covered":         {arguments: []attr.Value{texts("10.0.0.0/8", "10.1.2.3")}, want: texts("10.0.0.0/8")},
		"everything":      {arguments: []attr.Value{texts("0.0.0.0/1", "128.0.0.0/1")}, want: texts("0.0.0.0/1", "128.0.0.0/1")},
		"host bits":       {arguments: []attr.Value{texts("203.0.113.7/24")}, want: texts("203.0.113.0/24")},
		"empty":           {arguments: []attr.Value{texts()}, want: texts()},
		"unknown":         {arguments: []attr.Value{unknown}, want: unknown},
		"unknown element": {arguments: []attr.Value{withUnknown("10.0.0.1")}, want: unknown},
		"null element": {
			arguments: []attr.Value{types.ListValueMust(types.StringType, []attr.Value{types.StringNull()})},
			problem:   "element [0] is null. Remove it or set it to a value",
		},
		"not an address":  {arguments: []attr.Value{texts("10.0.0.1", "::1")}, problem: "element [1]: " + ipv6},
		"bad and unknown": {arguments: []attr.Value{withUnknown("::1")}, problem: "element [1]: " + ipv6},
		"several": {
			arguments: []attr.Value{types.ListValueMust(types.StringType, []attr.Value{
				types.StringNull(), types.StringValue("192.0.2.1"), types.StringUnknown(), types.StringValue("10.0.0.0/33"),
			})},
			problem: "2 of 4 elements are invalid:\n  [0] is null. Remove it or set it to a value.\n" +
				"  [3]: \"10.0.0.0/33\" has a prefix length outside the range 1 to 32. Write a prefix length from 1 (half of all addresses) to 32 (a single address)",
		},
	})
}
