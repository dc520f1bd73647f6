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
		domain  = "SD0123456789abcdef0123456789abcdef"
		trunk   = "TK0123456789abcdef0123456789abcdef"

		uri       = "/2010-04-01/Accounts/" + account + "/SIP/IpAccessControlLists/" + list
		domainURI = "/2010-04-01/Accounts/" + account + "/SIP/Domains/" + domain
	)
	for name, test := range map[string]struct {
		forms Forms
		id    string
		sids  map[string]string
		// problem is the text of the diagnostic if there are no SIDs.
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
		"short":                   {AccessList, "AL123", nil, "got \"AL123\"."},
		"other kind":              {AccessList, address, nil, "which is the SID of an IP address entry."},
		"unknown kind":            {AccessList, "ZZ0123456789abcdef0123456789abcdef", nil, "which is the SID of another kind of object."},
		"climbing":                {AccessList, "../../" + list, nil, "does not have a supported format."},
		"climbing in an account":  {AccessList, "../" + list, nil, "got \"..\"."},
		"white space":             {AccessList, list + "\n", nil, "contains white space."},
		"trailing slash":          {AccessList, list + "/", nil, "must be the SID of an account"},
		"wrong case":              {AccessList, strings.ToLower(list), nil, `got "` + strings.ToLower(list) + `".`},
		"account of another kind": {AccessList, list + "/" + list, nil, "must be the SID of an account"},
		"swapped":                 {IPAddress, address + "/" + list, nil, "must be the SID of an IP access control list"},
		"list alone":              {IPAddress, list, nil, "does not have a supported format."},
		"query":                   {AccessList, list + "?x=y", nil, `got "` + list + `?x=y".`},
		"escaped":                 {AccessList, "AL%2e%2e", nil, `got "AL%2e%2e".`},
		"uri of a list":           {AccessList, uri + ".json", map[string]string{"AC": account, "AL": list}, ""},
		"uri without .json":       {AccessList, uri, map[string]string{"AC": account, "AL": list}, ""},
		"URL of a list":           {AccessList, "https://api.twilio.com" + uri + ".json", map[string]string{"AC": account, "AL": list}, ""},
		"URL in a region":         {AccessList, "https://api.dublin.ie1.twilio.com" + uri, map[string]string{"AC": account, "AL": list}, ""},
		"uri of an address":       {IPAddress, uri + "/IpAddresses/" + address + ".json", map[string]string{"AC": account, "AL": list, "IP": address}, ""},
		"URL of an address":       {IPAddress, "https://api.twilio.com" + uri + "/IpAddresses/" + address + ".json", map[string]string{"AC": account, "AL": list, "IP": address}, ""},
		"uri of a mapping":        {DomainMapping, domainURI + "/Auth/Calls/IpAccessControlListMappings/" + list + ".json", map[string]string{"AC": account, "AL": list, "SD": domain}, ""},
		"older uri of a mapping":  {DomainMapping, domainURI + "/IpAccessControlListMappings/" + list + ".json", map[string]string{"AC": account, "AL": list, "SD": domain}, ""},
		"URL of a mapping":        {DomainMapping, "https://api.twilio.com" + domainURI + "/IpAccessControlListMappings/" + list + ".json", map[string]string{"AC": account, "AL": list, "SD": domain}, ""},
		"url of an association":   {TrunkAssociation, "https://trunking.twilio.com/v1/Trunks/" + trunk + "/IpAccessControlLists/" + list, map[string]string{"TK": trunk, "AL": list}, ""},
		"path of an association":  {TrunkAssociation, "/v1/Trunks/" + trunk + "/IpAccessControlLists/" + list, map[string]string{"TK": trunk, "AL": list}, ""},

		"uri of another type":      {AccessList, uri + "/IpAddresses/" + address + ".json", nil, "does not have a supported format."},
		"uri with another word":    {AccessList, strings.Replace(uri, "IpAccessControlLists", "CredentialLists", 1), nil, "does not have a supported format."},
		"uri of a wrong SID":       {AccessList, uri[:len(uri)-1] + ".json", nil, `got "` + list[:len(list)-1] + `".`},
		"uri with .json twice":     {AccessList, uri + ".json.json", nil, `got "` + list + `.json".`},
		"uri with a query":         {AccessList, uri + ".json?PageSize=50", nil, `got "` + list + `.json?PageSize=50".`},
		"uri with a slash":         {AccessList, uri + "/", nil, "does not have a supported format."},
		"uri that climbs":          {AccessList, "/2010-04-01/Accounts/../SIP/IpAccessControlLists/" + list, nil, "got \"..\"."},
		"uri of another version":   {AccessList, strings.Replace(uri, "2010-04-01", "2008-08-01", 1), nil, "does not have a supported format."},
		"version twice":            {AccessList, "/2010-04-01" + uri, nil, "does not have a supported format."},
		"path with .json":          {AccessList, strings.TrimPrefix(uri, "/2010-04-01") + ".json", nil, `got "` + list + `.json".`},
		"SID with .json":           {AccessList, list + ".json", nil, `got "` + list + `.json".`},
		"URL of SIDs":              {AccessList, "https://api.twilio.com/" + account + "/" + list, nil, "does not have a supported format."},
		"URL without version":      {AccessList, "https://api.twilio.com" + strings.TrimPrefix(uri, "/2010-04-01"), nil, "does not have a supported format."},
		"URL without encryption":   {AccessList, "http://api.twilio.com" + uri, nil, "does not have a supported format."},
		"URL with a port":          {AccessList, "https://api.twilio.com:443" + uri, nil, "does not have a supported format."},
		"URL with a user":          {AccessList, "https://user@api.twilio.com" + uri, nil, "does not have a supported format."},
		"URL of another host":      {AccessList, "https://api.example.com" + uri, nil, "does not have a supported format."},
		"URL of another domain":    {AccessList, "https://api.twilio.org" + uri, nil, "does not have a supported format."},
		"URL of a similar host":    {AccessList, "https://api.eviltwilio.com" + uri, nil, "does not have a supported format."},
		"URL of an enclosing host": {AccessList, "https://api.twilio.com.example.com" + uri, nil, "does not have a supported format."},
		"URL with a path before":   {AccessList, "https://example.com/.twilio.com" + uri, nil, "does not have a supported format."},
		"association with .json":   {TrunkAssociation, "/v1/Trunks/" + trunk + "/IpAccessControlLists/" + list + ".json", nil, `got "` + list + `.json".`},
		"URL of a trunk":           {TrunkAssociation, "https://trunking.twilio.com/v1/Trunks/" + trunk, nil, "does not have a supported format."},
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
			detail, complete := diags[0].Detail(), "/2010-04-01/Accounts/….json, with or without https://api.twilio.com."
			if strings.Contains(test.forms.noun, "trunk") {
				complete = "https://trunking.twilio.com/v1/Trunks/…, with or without the host."
			}
			if !strings.Contains(detail, complete) {
				t.Errorf("%q does not mention complete paths", detail)
			}
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
