// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package operation

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestPermissions compares the names of permissions with the table in the guide that errors link to.
func TestPermissions(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../../templates/guides/least-privilege.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile("(?m)^\\| `([a-z ]+)` \\| `(/[^`]+)` \\|").FindAllStringSubmatch(string(guide), -1)
	if len(rows) != len(permissionObjects) {
		t.Fatalf("the guide has %d objects, not %d", len(rows), len(permissionObjects))
	}
	sids := strings.NewReplacer("{AccountSid}", someAccount, "{IpAccessControlListSid}", someList,
		"{DomainSid}", "SD0123456789abcdef0123456789abcdef", "{TrunkSid}", "TK0123456789abcdef0123456789abcdef")
	for _, row := range rows {
		object, collection := row[1], sids.Replace(row[2])
		suffix := ""
		if strings.HasPrefix(collection, "/2010-04-01/") {
			suffix = ".json"
		}
		for request, action := range map[string]string{
			"GET " + collection + suffix:                       "list",
			"POST " + collection + suffix:                      "create",
			"GET " + collection + "/" + otherList + suffix:     "read",
			"POST " + collection + "/" + otherList + suffix:    "update",
			"DELETE " + collection + "/" + otherList + suffix:  "delete",
			"DELETE " + collection + suffix:                    "",
			"GET " + collection + "/x" + suffix:                "",
			"GET " + collection + "/x/" + otherList + suffix:   "",
			"GET /x" + collection + "/" + otherList + suffix:   "",
			"OPTIONS " + collection + "/" + otherList + suffix: "",
		} {
			method, path, _ := strings.Cut(request, " ")
			want := ""
			if action != "" {
				want = object + ": " + action
			}
			if got := permission(method, path); got != want {
				t.Errorf("%s needs %q, not %q", request, want, got)
			}
		}
	}
}
