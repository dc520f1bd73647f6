// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"encoding/base64"
	"net/url"
	"slices"
	"strings"
)

// redacted replaces a secret.
const redacted = "[redacted]"

// redactor removes secrets from texts that leave this package. Requests carry secrets in the Authorization header only,
// which is never logged; but a proxy or a test server may echo what it was sent.
type redactor struct{ replacer *strings.Replacer }

// newRedactor finds each secret in plain text, escaped for a URL and in base64, alone and as "user:secret".
func newRedactor(user string, secrets ...string) redactor {
	var known []string
	for _, secret := range secrets {
		if secret == "" {
			continue
		}
		known = append(known, secret, url.QueryEscape(secret), url.PathEscape(secret))
		for _, plain := range []string{secret, user + ":" + secret} {
			for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding, base64.RawURLEncoding} {
				known = append(known, encoding.EncodeToString([]byte(plain)))
			}
		}
	}
	// The longest first: strings.Replacer takes the first pair that matches, and a form that is the beginning of another,
	// such as base64 without padding, would leave the rest of it.
	slices.SortFunc(known, func(a, b string) int { return len(b) - len(a) })
	var pairs []string
	for _, k := range known {
		pairs = append(pairs, k, redacted)
	}
	return redactor{strings.NewReplacer(pairs...)}
}

func (r redactor) text(s string) string { return r.replacer.Replace(s) }

// error redacts the text of err. errors.Is and errors.As find in it what they found before.
func (r redactor) error(err error) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	if clean := r.text(text); clean != text {
		return &redactedError{text: clean, err: err}
	}
	return err
}

type redactedError struct {
	text string
	err  error
}

func (e *redactedError) Error() string { return e.text }
func (e *redactedError) Unwrap() error { return e.err }
