// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"testing"
)

// Nothing of a secret is left in any of its forms, also where one form is the beginning of another.
func TestRedactLeavesNoRest(t *testing.T) {
	const user, short, long = "AC1", "s3cret", "s3cret and+more/?"
	for _, order := range [][]string{{short, long}, {long, short}, {"", long, short, long}} {
		r := newRedactor(user, order...)
		for _, secret := range []string{short, long} {
			forms := []string{secret, url.QueryEscape(secret), url.PathEscape(secret)}
			for _, plain := range []string{secret, user + ":" + secret} {
				for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding, base64.RawURLEncoding} {
					forms = append(forms, encoding.EncodeToString([]byte(plain)))
				}
			}
			for _, form := range forms {
				if got := r.text("<" + form + ">" + form); got != "<[redacted]>[redacted]" {
					t.Errorf("%q became %q", form, got)
				}
			}
		}
		if got := r.text("nothing to hide"); got != "nothing to hide" {
			t.Errorf("got %q", got)
		}
	}
}

func TestRedactError(t *testing.T) {
	r := newRedactor("AC1", "token")
	if err := r.error(nil); err != nil {
		t.Errorf("nil became %v", err)
	}
	if _, changed := errors.AsType[*redactedError](r.error(errors.New("connection reset"))); changed {
		t.Error("an error without a secret was changed")
	}
	if err := r.error(fmt.Errorf("proxy refused token: %w", context.Canceled)); err.Error() != "proxy refused [redacted]: context canceled" || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
