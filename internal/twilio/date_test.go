// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"testing"
	"time"
)

func TestParseDate(t *testing.T) {
	t.Parallel()
	want := time.Date(2015, time.July, 7, 21, 25, 15, 0, time.UTC)
	for text, want := range map[string]time.Time{
		"Tue, 07 Jul 2015 21:25:15 +0000": want,
		"Tue, 07 Jul 2015 23:25:15 +0200": want,
		"Tue, 7 Jul 2015 21:25:15 +0000":  want,
		"07 Jul 2015 21:25:15 GMT":        want,
		"2015-07-07T21:25:15Z":            {},
		"":                                {},
	} {
		if got := parseDate(&text); got != want {
			t.Errorf("%q is %v", text, got)
		}
	}
	if got := parseDate(nil); !got.IsZero() {
		t.Errorf("no date is %v", got)
	}
}
