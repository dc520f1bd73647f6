// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"strings"
	"testing"
)

func TestBaseURL(t *testing.T) {
	for base, good := range map[string]bool{
		"https://proxy.example.com":       true,
		"https://proxy.example.com:8443/": true,
		"http://localhost:1":              true,
		"http://127.0.0.2:1":              true,
		"http://[::1]:1":                  true,
		"http://192.0.2.1":                false,
		"http://localhost.example.com":    false,
		"http://127.0.0.1.example.com":    false,
		"http://[::ffff:192.0.2.1]":       false,
		"https://user:secret@example.com": false,
		"https://example.com/path":        false,
		"https://example.com?query":       false,
		"https://example.com#fragment":    false,
		"proxy.example.com":               false,
		"ftp://example.com":               false,
		"https://":                        false,
		"https://:8443":                   false,
		"":                                false,
		"https://user:secret@exa mple":    false,
	} {
		err := ValidateBaseURL(base)
		if (err == nil) != good {
			t.Errorf("%q: %v", base, err)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: the error shows a secret: %v", base, err)
		}
	}
}
