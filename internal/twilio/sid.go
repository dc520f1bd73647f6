// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import "regexp"

// SID prefixes of the objects that this package knows.
// Source: the patterns in Twilio's OpenAPI documents.
const (
	PrefixAccount             = "AC"
	PrefixAPIKey              = "SK"
	PrefixIPAccessControlList = "AL"
	PrefixIPAddress           = "IP"
	PrefixDomain              = "SD"
	PrefixTrunk               = "TK"
)

var sidBody = regexp.MustCompile(`^[0-9a-fA-F]{32}$`)

// ValidSID reports whether sid is the given two-letter prefix followed by 32 hexadecimal digits.
// SIDs become parts of URLs unescaped, so that callers must check those that do not come from Twilio.
func ValidSID(prefix, sid string) bool {
	return len(sid) == len(prefix)+32 && sid[:len(prefix)] == prefix && sidBody.MatchString(sid[len(prefix):])
}
