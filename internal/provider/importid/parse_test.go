// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package importid

import (
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

func TestImportIDs(t *testing.T) {
	t.Parallel()
	const (
		account = "AC0123456789abcdef0123456789abcdef"
		list    = "AL0123456789abcdef0123456789abcdef"
		address = "IP0123456789abcdef0123456789abcdef"
	)
	for name, test := range map[string]struct {
		forms Forms
		id    string
		sids  map[string]string
		// problem is what the diagnostic says when there are no SIDs.
		problem string
	}{
		"list":                    {AccessList, list, map[string]string{"AL": list}, ""},
		"list with account":       {AccessList, account + "/" + list, map[string]string{"AC": account, "AL": list}, ""},
		"list by path":            {AccessList, "/Accounts/" + account + "/SIP/IpAccessControlLists/" + list, map[string]string{"AC": account, "AL": list}, ""},
		"address":                 {IPAddress, list + "/" + address, map[string]string{"AL": list, "IP": address}, ""},
		"address with account":    {IPAddress, account + "/" + list + "/" + address, map[string]string{"AC": account, "AL": list, "IP": address}, ""},
		"address by path":         {IPAddress, "/Accounts/" + account + "/SIP/IpAccessControlLists/" + list + "/IpAddresses/" + address, map[string]string{"AC": account, "AL": list, "IP": address}, ""},
		"address by older path":   {IPAddress, "/Accounts/" + account + "/IpAccessControlLists/" + list + "/IpAddresses/" + address, map[string]string{"AC": account, "AL": list, "IP": address}, ""},
		"empty":                   {AccessList, "", nil, "The import ID is empty."},
		"short":                   {AccessList, "AL123", nil, "\"AL123\" is not a SID."},
		"other kind":              {AccessList, address, nil, "is the SID of an IP address entry."},
		"unknown kind":            {AccessList, "ZZ0123456789abcdef0123456789abcdef", nil, "is the SID of another kind of object."},
		"climbing":                {AccessList, "../../" + list, nil, "has none of the forms"},
		"climbing in an account":  {AccessList, "../" + list, nil, "\"..\" is not a SID."},
		"white space":             {AccessList, list + "\n", nil, "contains white space."},
		"trailing slash":          {AccessList, list + "/", nil, "Expected is the SID of an account"},
		"wrong case":              {AccessList, strings.ToLower(list), nil, "is not a SID."},
		"account of another kind": {AccessList, list + "/" + list, nil, "Expected is the SID of an account"},
		"swapped":                 {IPAddress, address + "/" + list, nil, "Expected is the SID of an IP access control list"},
		"list alone":              {IPAddress, list, nil, "has none of the forms"},
		"query":                   {AccessList, list + "?x=y", nil, "is not a SID."},
		"escaped":                 {AccessList, "AL%2e%2e", nil, "is not a SID."},
		"uri":                     {AccessList, "/2010-04-01/Accounts/" + account + "/SIP/IpAccessControlLists/" + list + ".json", nil, "has none of the forms"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var diags diag.Diagnostics
			sids := test.forms.parse(test.id, &diags)
			if !maps.Equal(sids, test.sids) || diags.HasError() != (test.problem != "") {
				t.Fatalf("got %v, %v", sids, diags)
			}
			if test.problem == "" {
				return
			}
			detail := diags[0].Detail()
			if len(diags) != 1 || !strings.Contains(detail, test.problem) {
				t.Errorf("%v does not say %q", diags, test.problem)
			}
			for _, form := range test.forms.ids {
				if !strings.Contains(detail, form.String()) {
					t.Errorf("%q does not name the form %s", detail, form)
				}
			}
		})
	}
}
