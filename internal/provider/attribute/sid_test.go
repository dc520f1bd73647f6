// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attribute

import (
	"strings"
	"testing"

	list "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

const (
	someAccount = "AC0123456789abcdef0123456789abcdef"
	someList    = "AL0123456789abcdef0123456789abcdef"
)

func TestIsSID(t *testing.T) {
	t.Parallel()
	const required = "The value must be the SID of an IP access control list (\"AL\" followed by 32 hexadecimal digits); got "
	for name, test := range map[string]struct {
		value  types.String
		detail string
	}{
		"good":       {types.StringValue(someList), ""},
		"null":       {types.StringNull(), ""},
		"unknown":    {types.StringUnknown(), ""},
		"empty":      {types.StringValue(""), required + "an empty string."},
		"one letter": {types.StringValue("A"), required + "\"A\"."},
		"a domain":   {types.StringValue("SD0123456789abcdef0123456789abcdef"), required + "\"SD0123456789abcdef0123456789abcdef\", which is the SID of a SIP domain."},
		"a message":  {types.StringValue("SM0123456789abcdef0123456789abcdef"), required + "\"SM0123456789abcdef0123456789abcdef\", which is the SID of another kind of object."},
		"a letter":   {types.StringValue("AL0123456789abcdef0123456789abcdeg"), required + "\"AL0123456789abcdef0123456789abcdeg\"."},
		"a new line": {types.StringValue(someList + "\n"), required + "\"" + someList + "\\n\"."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var resp validator.StringResponse
			IsSID(twilio.PrefixIPAccessControlList).ValidateString(t.Context(), validator.StringRequest{Path: path.Root("sid"), ConfigValue: test.value}, &resp)
			if got := len(resp.Diagnostics); got > 1 || (got == 1) != (test.detail != "") {
				t.Fatal(resp.Diagnostics)
			}
			if test.detail != "" && resp.Diagnostics[0].Detail() != test.detail {
				t.Errorf("%q, not %q", resp.Diagnostics[0].Detail(), test.detail)
			}
		})
	}
}

func TestSIDProblemWithoutValue(t *testing.T) {
	t.Parallel()
	if got := SIDProblemWithoutValue(twilio.PrefixAPIKey, "hush"); strings.Contains(got, "hush") || got == "" {
		t.Error(got)
	}
	if got := SIDProblemWithoutValue(twilio.PrefixAPIKey, someAccount); !strings.Contains(got, someAccount) {
		t.Error(got)
	}
}

// TestListBlocksRefuseGeneratedStrings checks that list blocks do not accept generated strings, because no plan or read would
// reject them later.
func TestListBlocksRefuseGeneratedStrings(t *testing.T) {
	t.Parallel()
	for name, block := range map[string]list.StringAttribute{
		"account_sid": ListBlockAccountSID(), "trunk_sid": ListBlockSID(twilio.PrefixTrunk, "SID of the trunk."),
	} {
		var resp validator.StringResponse
		for _, v := range block.Validators {
			v.ValidateString(t.Context(), validator.StringRequest{Path: path.Root(name), ConfigValue: types.StringValue("x7k2m9qa")}, &resp)
		}
		if !resp.Diagnostics.HasError() {
			t.Errorf("%s accepts a generated string", name)
		}
	}
}
