// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// maxBodyLine is the maximum length of Error.BodyLine in characters.
const maxBodyLine = 200

// retryPolicy is when a failed attempt is followed by another one.
type retryPolicy int

const (
	// retryNever means that the same request would fail in the same way.
	retryNever retryPolicy = iota
	// retryAny means that the request was certainly not carried out.
	retryAny
	// retryIdempotent means that the request may have been carried out.
	retryIdempotent
	// retryBriefly means that the request was certainly not carried out and will probably not succeed soon.
	retryBriefly
)

// fault is the reason why an attempt failed, and what may be done about it.
type fault struct {
	err   *Error
	retry retryPolicy
	// retryAfter is how long the response asked to wait, if hasRetryAfter is set.
	retryAfter    time.Duration
	hasRetryAfter bool
	// noHost is set if the connection was refused or the host's address was not found.
	noHost bool
}

// classifyNetworkError returns the fault of an attempt without a response.
func (c *Client) classifyNetworkError(err error, unsent bool) *fault {
	if opErr, ok := errors.AsType[*net.OpError](err); ok && opErr.Op == "dial" {
		unsent = true
	}
	f := &fault{
		err: &Error{
			Reason: Unreachable, Err: c.redact.error(err),
			ambiguous: !unsent, inProgress: !unsent && (isTimeout(err) || isContextEnd(err)),
		},
		noHost: isRefused(err) || isNoAddress(err),
	}
	switch {
	case isContextEnd(err):
		f.retry = retryNever
	case isPermanent(err):
		f.retry, f.err.ambiguous = retryNever, false
	case isNoSuchHost(err):
		f.retry = retryBriefly
	case unsent:
		f.retry = retryAny
	default:
		f.retry = retryIdempotent
	}
	return f
}

func isContextEnd(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// isTimeout reports whether an attempt ended because its response took too long.
func isTimeout(err error) bool {
	_, timeout := errors.AsType[*timeoutError](err)
	return timeout
}

// isPermanent reports whether a network error is caused by configuration, so that the next attempt would fail too. All such
// errors occur before a request is written.
func isPermanent(err error) bool {
	_, untrusted := errors.AsType[*tls.CertificateVerificationError](err)
	_, notTLS := errors.AsType[tls.RecordHeaderError](err)
	// net/http has no types for the other errors.
	text := err.Error()
	return untrusted || notTLS ||
		strings.Contains(text, "net/http: invalid header") || strings.Contains(text, "server gave HTTP response to HTTPS client")
}

func isRefused(err error) bool {
	opErr, ok := errors.AsType[*net.OpError](err)
	// errors.Is does not recognize the error number of Windows as syscall.ECONNREFUSED.
	return ok && opErr.Op == "dial" && strings.Contains(opErr.Err.Error(), "refused")
}

// isNoAddress reports whether the address of the host was not found, for whatever reason.
func isNoAddress(err error) bool {
	_, ok := errors.AsType[*net.DNSError](err)
	return ok
}

func isNoSuchHost(err error) bool {
	dns, ok := errors.AsType[*net.DNSError](err)
	return ok && dns.IsNotFound
}

// twilioError is the body of Twilio's error responses.
type twilioError struct {
	Code     int    `json:"code"`
	Message  string `json:"message"`
	MoreInfo string `json:"more_info"`
	Status   int    `json:"status"`
}

// codeNotFound is Twilio's error code for an object that does not exist. Source: https://www.twilio.com/docs/api/errors/20404
const codeNotFound = 20404

// codeNotAuthorized is Twilio's error code for a request that a restricted API key does not permit. According to reports from
// real accounts, its status is 401. Source: https://www.twilio.com/docs/api/errors/70051
const codeNotAuthorized = 70051

// parseError parses Twilio's error body, which has a code. It does not accept other JSON, such as that of a gateway.
func parseError(body []byte) (twilioError, bool) {
	var e twilioError
	if err := json.Unmarshal(body, &e); err != nil {
		return twilioError{}, false
	}
	return e, e.Code != 0
}

// classify returns nil for a good response, and otherwise a fault. readErr is the error that interrupted reading the body, or
// nil.
func (c *Client) classify(method string, a answer, readErr error, received time.Time) *fault {
	ok := a.status >= 200 && a.status < 300
	if ok && readErr == nil && (isObject(a.body) || method == http.MethodDelete && len(a.body) == 0) {
		c.clock.observe(a.header, received)
		return nil
	}
	e := &Error{Status: a.status, RequestID: c.redact.text(requestID(a.header))}
	f := &fault{err: e}
	parsed, twilio := parseError(a.body)
	twilio = twilio && readErr == nil
	if twilio {
		// The Date header of a gateway says nothing about Twilio's clock.
		c.clock.observe(a.header, received)
		e.Code = parsed.Code
		e.Message = c.redact.text(parsed.Message)
		e.MoreInfo = c.redact.text(parsed.MoreInfo)
	} else {
		e.BodyLine = c.bodyLine(a.body)
	}

	switch {
	case a.status == http.StatusTooManyRequests:
		// Such a request was never carried out, no matter what its body is.
		e.Reason = Throttled
		f.retry = retryAny
		f.retryAfter, f.hasRetryAfter = retryAfter(a.header, received)
	case isContextEnd(readErr):
		e.Reason, e.Err = Unreachable, c.redact.error(readErr)
		e.ambiguous, e.inProgress = true, true
	case a.status == http.StatusNotImplemented:
		// This endpoint does not exist on the server, for example on mocktwilio.
		e.Reason = Rejected
	case a.status >= 500:
		e.Reason = ServerError
		f.retry, e.ambiguous = retryIdempotent, true
		e.inProgress = a.status == http.StatusGatewayTimeout
		if a.status == http.StatusServiceUnavailable {
			f.retryAfter, f.hasRetryAfter = retryAfter(a.header, received)
		}
	case readErr != nil && (ok || a.status == http.StatusNotFound):
		e.Reason, e.Err = Unreachable, c.redact.error(readErr)
		f.retry, e.ambiguous, e.inProgress = retryIdempotent, true, isTimeout(readErr)
	case a.status == http.StatusForbidden, a.status == http.StatusUnauthorized && e.Code == codeNotAuthorized:
		e.Reason = Forbidden
	case a.status == http.StatusUnauthorized:
		e.Reason = Unauthenticated
	case a.status == http.StatusNotFound && twilio && e.Code == codeNotFound:
		e.Reason = NotFound
	case ok, a.status == http.StatusNotFound:
		e.Reason = NotJSON
		e.Err = errors.New(defect(a.body))
		f.retry, e.ambiguous = retryIdempotent, true
	case a.status >= 400:
		e.Reason = Rejected
		if a.status == http.StatusRequestTimeout {
			f.retry, e.ambiguous, e.inProgress = retryIdempotent, true, true
		}
	default:
		// Twilio never sends redirects. Following one could send the credentials to another host.
		e.Reason, e.ambiguous = NotJSON, true
		if twilio {
			e.Reason = Rejected
		}
		if location := a.header.Get("Location"); location != "" {
			e.Err = fmt.Errorf("redirects are not followed: %s", c.redact.text(withoutUser(location)))
		}
	}
	return f
}

// isObject reports whether body is one complete JSON object, which all of Twilio's responses are.
func isObject(body []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(body, " \t\r\n"), []byte("{")) && json.Valid(body)
}

// defect describes a body that did not come from Twilio.
func defect(body []byte) string {
	switch {
	case len(bytes.TrimSpace(body)) == 0:
		return "the body is empty"
	case json.Valid(body):
		return "the body is JSON in an unknown format"
	}
	return "the body is not complete JSON"
}

// bodyLine returns the first line of body that is not blank, truncated to maxBodyLine characters. It is redacted first, because a
// truncated secret would not be recognized.
func (c *Client) bodyLine(body []byte) string {
	line, _, _ := strings.Cut(strings.TrimSpace(strings.ToValidUTF8(c.redact.text(string(body)), "\uFFFD")), "\n")
	runes := []rune(strings.TrimSpace(line))
	return string(runes[:min(len(runes), maxBodyLine)])
}

func requestID(header http.Header) string { return header.Get("Twilio-Request-Id") }

// withoutUser removes the user name and password from the URL of a redirect.
func withoutUser(location string) string {
	u, err := url.Parse(location)
	if err != nil {
		return "a malformed URL"
	}
	u.User = nil
	return u.String()
}
