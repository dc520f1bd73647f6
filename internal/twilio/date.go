// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"net/mail"
	"time"
)

// parseDate parses a date of the 2010 API (RFC 2822, "Fri, 17 Jul 2015 21:25:15 +0000"). It returns the zero time for absent or
// unreadable dates. Dates are only displayed, and compared after a create whose response was lost, where zero means unknown.
func parseDate(s *string) time.Time {
	// This is the form that Twilio uses. mail.ParseDate accepts all forms of RFC 2822 but takes ten times as long.
	t, err := time.Parse(time.RFC1123Z, value(s))
	if err != nil {
		t, err = mail.ParseDate(value(s))
	}
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}

// utc converts a date of the trunking API, which twilio-go has already parsed.
func utc(t *time.Time) time.Time { return value(t).UTC() }

// value returns what p points to, or the zero value, because Twilio's responses may omit any field.
func value[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}
