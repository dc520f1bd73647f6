// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"fmt"
	"regexp"
	"strings"
)

// SID prefixes of the objects that this package uses. Source: the patterns in Twilio's OpenAPI documents.
const (
	PrefixAccount             = "AC"
	PrefixAPIKey              = "SK"
	PrefixIPAccessControlList = "AL"
	PrefixIPAddress           = "IP"
	PrefixDomain              = "SD"
	PrefixTrunk               = "TK"
	PrefixCredentialList      = "CL"
)

var sidBody = regexp.MustCompile(`^[0-9a-fA-F]{32}$`)

// ValidSID reports whether sid is a two-letter prefix followed by 32 hexadecimal digits.
func ValidSID(prefix, sid string) bool {
	return len(sid) == len(prefix)+32 && sid[:len(prefix)] == prefix && sidBody.MatchString(sid[len(prefix):])
}

// InvalidSIDError reports that a request was not sent because a SID in its URL is invalid. Such a value comes from a damaged
// state.
type InvalidSIDError struct {
	// Prefix is the prefix of the expected SID.
	Prefix string
	// Value is the invalid value.
	Value string
}

// Error names the value and the expected form.
func (e *InvalidSIDError) Error() string {
	return fmt.Sprintf("%q is not a SID (%s followed by 32 hexadecimal digits); no request was sent", e.Value, e.Prefix)
}

// expandURL replaces the placeholders of a template, such as {AL}, with SIDs in order. SIDs are not escaped, so a value that is
// not a SID with the placeholder's prefix is an *InvalidSIDError.
func expandURL(template string, sids ...string) (string, error) {
	for _, sid := range sids {
		before, rest, _ := strings.Cut(template, "{")
		prefix, after, _ := strings.Cut(rest, "}")
		if !ValidSID(prefix, sid) {
			return "", &InvalidSIDError{Prefix: prefix, Value: sid}
		}
		template = before + sid + after
	}
	return template, nil
}
