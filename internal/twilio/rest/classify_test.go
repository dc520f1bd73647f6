// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// Reasons depend on the status, and a request is ambiguous exactly if it may have been carried out.
func TestClassify(t *testing.T) {
	const (
		twilio        = `{"code": 20001, "message": "No", "status": 1}`
		notFound      = `{"code": 20404, "message": "No", "status": 404}`
		notAuthorized = `{"code": 70051, "message": "No", "status": 401}`
		gateway       = `{"timestamp": "2026-01-01", "status": 404, "error": "Not Found", "message": "No", "path": "/x"}`
		json          = `{"sid": "AL1"}`
	)
	broken := errors.New("connection reset")
	for _, test := range []struct {
		status    int
		body      string
		readErr   error
		reason    Reason // 0 for a good response
		retry     retryPolicy
		ambiguous bool
	}{
		{status: 199, body: json, reason: NotJSON, ambiguous: true},
		{status: 200, body: json},
		{status: 299, body: " \r\n\t" + json},
		{status: 200, body: "[]", reason: NotJSON, retry: retryIdempotent, ambiguous: true},
		{status: 200, body: "", reason: NotJSON, retry: retryIdempotent, ambiguous: true},
		{status: 200, body: json, readErr: broken, reason: Unreachable, retry: retryIdempotent, ambiguous: true},
		{status: 200, body: json, readErr: context.Canceled, reason: Unreachable, retry: retryNever, ambiguous: true},
		{status: 300, body: json, reason: NotJSON, ambiguous: true},
		{status: 399, body: twilio, reason: Rejected, ambiguous: true},
		{status: 400, body: twilio, reason: Rejected},
		{status: 400, body: twilio, readErr: broken, reason: Rejected},
		{status: 401, body: twilio, reason: Unauthenticated},
		{status: 401, body: notAuthorized, reason: Forbidden},
		{status: 403, body: twilio, reason: Forbidden},
		{status: 404, body: notFound, reason: NotFound},
		{status: 404, body: twilio, reason: NotJSON, retry: retryIdempotent, ambiguous: true},
		{status: 404, body: gateway, reason: NotJSON, retry: retryIdempotent, ambiguous: true},
		{status: 404, body: json, reason: NotJSON, retry: retryIdempotent, ambiguous: true},
		{status: 404, body: twilio, readErr: broken, reason: Unreachable, retry: retryIdempotent, ambiguous: true},
		{status: 408, body: twilio, reason: Rejected, retry: retryIdempotent, ambiguous: true},
		{status: 409, body: json, reason: Rejected},
		{status: 429, body: "<html>", reason: Throttled, retry: retryAny},
		{status: 429, body: "<html>", readErr: broken, reason: Throttled, retry: retryAny},
		{status: 499, body: json, reason: Rejected},
		{status: 500, body: twilio, reason: ServerError, retry: retryIdempotent, ambiguous: true},
		{status: 501, body: twilio, reason: Rejected},
		{status: 501, body: json, reason: Rejected},
		{status: 502, body: twilio, reason: ServerError, retry: retryIdempotent, ambiguous: true},
		{status: 503, body: json, reason: ServerError, retry: retryIdempotent, ambiguous: true},
	} {
		header := http.Header{"Retry-After": {"7"}}
		f := newTestClient(t, Config{}).classify(http.MethodGet, answer{test.status, header, []byte(test.body)}, test.readErr, time.Now())
		name := fmt.Sprintf("%d %q %v", test.status, test.body, test.readErr)
		if test.reason == 0 {
			if f != nil {
				t.Errorf("%s: %v", name, f.err)
			}
			continue
		}
		if f == nil || f.err.Reason != test.reason || f.retry != test.retry || f.err.ambiguous != test.ambiguous || f.err.Status != test.status {
			t.Errorf("%s: %+v", name, f)
			continue
		}
		if fromTwilio := (test.body == twilio || test.body == notFound || test.body == notAuthorized) && test.readErr == nil; (f.err.Code != 0) != fromTwilio || (f.err.BodyLine == "") != (fromTwilio || test.body == "") {
			t.Errorf("%s: %+v", name, *f.err)
		}
		if waits := test.status == 429 || test.status == 503; f.hasRetryAfter != waits {
			t.Errorf("%s: Retry-After %t", name, f.hasRetryAfter)
		}
	}
}

func TestParseError(t *testing.T) {
	for body, want := range map[string]bool{
		`{"code": 20404}`: true,
		`{"code": 0, "message": "No", "status": 404}`:     false,
		`{"code": 0, "message": "No", "status": 400}`:     false,
		`{"code": 0, "message": "", "status": 404}`:       false,
		`{"code": "20404", "message": "", "status": 404}`: false,
		`{"error": "no route"}`:                           false,
		``:                                                false,
	} {
		if _, got := parseError([]byte(body)); got != want {
			t.Errorf("%s: %t", body, got)
		}
	}
}

func TestDefect(t *testing.T) {
	for body, want := range map[string]string{
		" \n": "the body is empty", "[1]": "the body is JSON in an unknown format", `{"a"`: "the body is not complete JSON",
	} {
		if got := defect([]byte(body)); got != want {
			t.Errorf("%q: %s", body, got)
		}
	}
}

func TestBodyLine(t *testing.T) {
	c, err := New(Config{User: "AC1", Password: "0123456789abcdef", MaxConcurrentRequests: 1})
	if err != nil {
		t.Fatal(err)
	}
	for body, want := range map[string]string{
		"":                                "",
		"\r\n  <html> \r\n<body>":         "<html>",
		strings.Repeat("ü", 200):          strings.Repeat("ü", 200),
		strings.Repeat("ü", 201):          strings.Repeat("ü", 200),
		"\xff":                            "\uFFFD",
		strings.Repeat(" ", 1<<17) + "ab": "ab",
		strings.Repeat("-", 190) + "0123456789abcdef\nmore": strings.Repeat("-", 190) + redacted,
	} {
		if got := c.bodyLine([]byte(body)); got != want {
			t.Errorf("%.20q…: %q", body, got)
		}
	}
}

func TestWithoutUser(t *testing.T) {
	for location, want := range map[string]string{
		"https://user:password@example.com/x": "https://example.com/x", "/x": "/x", "https://user:pass word@example.com": "a malformed URL",
	} {
		if got := withoutUser(location); got != want {
			t.Errorf("%s: %s", location, got)
		}
	}
}
