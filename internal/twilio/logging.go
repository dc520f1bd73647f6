// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// redacted stands where a secret was.
const redacted = "[redacted]"

// redactor takes secrets out of texts that leave this package. Requests carry secrets in the Authorization header only,
// which is never logged; but a proxy or a test server may echo what it was sent.
type redactor struct{ replacer *strings.Replacer }

// newRedactor knows each secret plainly, escaped for a URL and in base64, alone and as "user:secret".
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
	// The longest first: a replacer takes the first that fits, and a shorter one would leave a rest.
	slices.SortFunc(known, func(a, b string) int { return len(b) - len(a) })
	var pairs []string
	for _, k := range slices.Compact(known) {
		pairs = append(pairs, k, redacted)
	}
	return redactor{strings.NewReplacer(pairs...)}
}

func (r redactor) text(s string) string { return r.replacer.Replace(s) }

// error hides secrets in the text of err and keeps what errors.Is and errors.As find in it.
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

// logAttempt writes one debug line for a request that was sent, and its bodies at trace.
func (t *transport) logAttempt(ctx context.Context, req *http.Request, body []byte, attempt int, a answer, f *fault, duration time.Duration) {
	if t.logger == nil {
		return
	}
	fields := map[string]any{
		"method":      req.Method,
		"path":        t.redact.text(req.URL.Path),
		"attempt":     attempt,
		"duration_ms": duration.Milliseconds(),
	}
	if a.status != 0 {
		fields["status"] = a.status
	}
	if id := requestID(a.header); id != "" {
		fields["request_id"] = t.redact.text(id)
	}
	if f != nil && f.err.Err != nil {
		fields["error"] = f.err.Err.Error()
	}
	t.logger.Debug(ctx, "Twilio API request", fields)
	t.logger.Trace(ctx, "Twilio API bodies", map[string]any{
		"method":        req.Method,
		"path":          t.redact.text(req.URL.Path),
		"query":         t.redact.text(req.URL.RawQuery),
		"attempt":       attempt,
		"request_body":  t.redact.text(string(body)),
		"response_body": t.redact.text(string(a.body)),
	})
}
