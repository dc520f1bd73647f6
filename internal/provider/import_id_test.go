// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

func TestImportIDs(t *testing.T) {
	t.Parallel()
	const (
		account = someAccount
		list    = someList
		address = "IP0123456789abcdef0123456789abcdef"
	)
	for name, test := range map[string]struct {
		forms importForms
		id    string
		sids  map[string]string
		// problem is what the diagnostic says when there are no SIDs.
		problem string
	}{
		"list":                    {ipAccessControlListImport, list, map[string]string{"AL": list}, ""},
		"list with account":       {ipAccessControlListImport, account + "/" + list, map[string]string{"AC": account, "AL": list}, ""},
		"list by path":            {ipAccessControlListImport, "/Accounts/" + account + "/SIP/IpAccessControlLists/" + list, map[string]string{"AC": account, "AL": list}, ""},
		"address":                 {ipAddressImport, list + "/" + address, map[string]string{"AL": list, "IP": address}, ""},
		"address with account":    {ipAddressImport, account + "/" + list + "/" + address, map[string]string{"AC": account, "AL": list, "IP": address}, ""},
		"address by path":         {ipAddressImport, "/Accounts/" + account + "/SIP/IpAccessControlLists/" + list + "/IpAddresses/" + address, map[string]string{"AC": account, "AL": list, "IP": address}, ""},
		"address by older path":   {ipAddressImport, "/Accounts/" + account + "/IpAccessControlLists/" + list + "/IpAddresses/" + address, map[string]string{"AC": account, "AL": list, "IP": address}, ""},
		"empty":                   {ipAccessControlListImport, "", nil, "The import ID is empty."},
		"short":                   {ipAccessControlListImport, "AL123", nil, "\"AL123\" is not a SID."},
		"other kind":              {ipAccessControlListImport, address, nil, "is the SID of an IP address entry."},
		"unknown kind":            {ipAccessControlListImport, "ZZ0123456789abcdef0123456789abcdef", nil, "is the SID of another kind of object."},
		"climbing":                {ipAccessControlListImport, "../../" + list, nil, "has none of the forms"},
		"climbing in an account":  {ipAccessControlListImport, "../" + list, nil, "\"..\" is not a SID."},
		"white space":             {ipAccessControlListImport, list + "\n", nil, "contains white space."},
		"trailing slash":          {ipAccessControlListImport, list + "/", nil, "Expected is the SID of an account"},
		"wrong case":              {ipAccessControlListImport, strings.ToLower(list), nil, "is not a SID."},
		"account of another kind": {ipAccessControlListImport, list + "/" + list, nil, "Expected is the SID of an account"},
		"swapped":                 {ipAddressImport, address + "/" + list, nil, "Expected is the SID of an IP access control list"},
		"list alone":              {ipAddressImport, list, nil, "has none of the forms"},
		"query":                   {ipAccessControlListImport, list + "?x=y", nil, "is not a SID."},
		"escaped":                 {ipAccessControlListImport, "AL%2e%2e", nil, "is not a SID."},
		"uri":                     {ipAccessControlListImport, "/2010-04-01/Accounts/" + account + "/SIP/IpAccessControlLists/" + list + ".json", nil, "has none of the forms"},
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
			for _, form := range test.forms.forms {
				if !strings.Contains(detail, form.String()) {
					t.Errorf("%q does not name the form %s", detail, form)
				}
			}
		})
	}
}
