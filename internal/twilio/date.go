// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"net/mail"
	"time"
)

// parseDate reads a date of the 2010 API (RFC 2822, "Fri, 17 Jul 2015 21:25:15 +0000").
// Absent or unreadable dates become the zero time: no caller can mend them, and nothing depends on them but display
// and the look after a lost create, which treats zero as unknown.
func parseDate(s *string) time.Time {
	t, err := mail.ParseDate(value(s))
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}

// utc reads a date of the trunking API, which twilio-go has already parsed.
func utc(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}

// value is what p points to, or the zero value: Twilio's answers may omit any field.
func value[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}
