// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"fmt"
	"regexp"
	"strings"
)

// SID prefixes of the objects that this package knows.
// Source: the patterns in Twilio's OpenAPI documents.
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

// ValidSID reports whether sid is the given two-letter prefix followed by 32 hexadecimal digits.
func ValidSID(prefix, sid string) bool {
	return len(sid) == len(prefix)+32 && sid[:len(prefix)] == prefix && sidBody.MatchString(sid[len(prefix):])
}

// InvalidSIDError reports that a request was not sent because what should be a SID in its URL is not one. Such a value comes
// from a damaged state.
type InvalidSIDError struct {
	// Prefix is that of the SID that was expected.
	Prefix string
	// Value is what was given.
	Value string
}

// Error names the value and what was expected.
func (e *InvalidSIDError) Error() string {
	return fmt.Sprintf("%q is not a SID (%s followed by 32 hexadecimal digits); no request was sent", e.Value, e.Prefix)
}

// expandURL replaces the placeholders of a template, such as {AL}, by SIDs in their order. SIDs become parts of URLs unescaped,
// so that a value that is not a SID with the prefix of its placeholder is an *InvalidSIDError.
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
