// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package operation

import (
	"fmt"
	"regexp"
	"strings"
)

const permissionsGuide = "https://registry.terraform.io/providers/twilio-sip/twilio/latest/docs/guides/least-privilege"

// permissionObjects are the guide's names for the objects of a permission, by the path of a request without SIDs.
var permissionObjects = map[string]string{ //nolint:gosec // These are paths, not credentials.
	"/2010-04-01/Accounts/SIP/IpAccessControlLists":                           "lists",
	"/2010-04-01/Accounts/SIP/IpAccessControlLists/IpAddresses":               "addresses",
	"/2010-04-01/Accounts/SIP/Domains":                                        "domains",
	"/2010-04-01/Accounts/SIP/Domains/Auth/Calls/IpAccessControlListMappings": "domain lists",
	"/2010-04-01/Accounts/SIP/Domains/Auth/Calls/CredentialListMappings":      "domain credential lists",
	"/v1/Trunks":                      "trunks",
	"/v1/Trunks/IpAccessControlLists": "trunk lists",
	"/v1/Trunks/CredentialLists":      "trunk credential lists",
}

var sidSegment = regexp.MustCompile("/[A-Z]{2}[0-9a-fA-F]{32}")

// permission returns the name of the permission that a request needs, as in the guide: "domain lists: create". It returns "" if
// the guide does not have the request.
func permission(method, path string) string {
	path = strings.TrimSuffix(path, ".json")
	object := permissionObjects[sidSegment.ReplaceAllString(path, "")]
	actions := map[string]string{"GET": "list", "POST": "create"}
	if member := sidSegment.FindAllStringIndex(path, -1); len(member) > 0 && member[len(member)-1][1] == len(path) {
		actions = map[string]string{"GET": "read", "POST": "update", "DELETE": "delete"}
	}
	if object == "" || actions[method] == "" {
		return ""
	}
	return object + ": " + actions[method]
}

// restrictedKeyAdvice says which permission a restricted API key needs for a request.
func restrictedKeyAdvice(method, path string) string {
	needed := "the permission for this request"
	if name := permission(method, path); name != "" {
		needed = fmt.Sprintf("the permission %q", name)
	}
	return fmt.Sprintf("If it is a restricted key, it needs %s (see %s).", needed, permissionsGuide)
}
