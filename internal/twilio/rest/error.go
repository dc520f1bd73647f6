// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Reason classifies the failure of a request.
type Reason int

// The reasons of an Error depend on the HTTP status and never on the words of a message, because Twilio documents few codes.
const (
	// Unauthenticated is status 401, unless Twilio's error code makes it Forbidden.
	Unauthenticated Reason = iota + 1
	// Forbidden is status 403, or status 401 with Twilio's error code for credentials that lack a permission.
	Forbidden
	// NotFound is status 404 with Twilio's own error body. A 404 from a gateway is NotJSON.
	NotFound
	// Throttled is status 429 until the context ended.
	Throttled
	// Rejected is any other status from 300 to 499, and 501.
	Rejected
	// ServerError is any other status from 500.
	ServerError
	// Unreachable means that no complete response arrived.
	Unreachable
	// NotJSON means that the response did not come from Twilio, because it is not the JSON that Twilio documents.
	NotJSON
)

var reasonTexts = map[Reason]string{
	Unauthenticated: "not authenticated",
	Forbidden:       "forbidden",
	NotFound:        "not found",
	Throttled:       "throttled",
	Rejected:        "rejected",
	ServerError:     "server error",
	Unreachable:     "no response",
	NotJSON:         "not a Twilio response",
}

// String returns the reason in words, as in Error's text after method and path.
func (r Reason) String() string {
	if text, ok := reasonTexts[r]; ok {
		return text
	}
	return fmt.Sprintf("Reason(%d)", int(r))
}

// Error is the failure of one request after all its attempts. No field contains a secret.
//
// If the request's context ended, errors.Is finds context.Canceled or context.DeadlineExceeded, and the other fields describe how
// the last attempt before that failed.
type Error struct {
	Reason Reason
	// Method and Path identify the request. Path has neither host nor query.
	Method, Path string
	// Host, with a port if the URL has one, is the host that the request was sent to, with region, edge, and base URL applied. It
	// is empty if the request was rejected before it was sent.
	Host string
	// Status is the HTTP status of the last response, or 0 if there was none.
	Status int
	// Code is Twilio's own error code, or 0 if there was none.
	Code int
	// Message and MoreInfo, which is a link, come from Twilio.
	Message, MoreInfo string
	// RequestID identifies the last request for Twilio's support.
	RequestID string
	// BodyLine is the first line of a body that is not Twilio's error JSON, up to 200 characters.
	BodyLine string
	// Attempts is the number of attempts that were sent. It is 0 if the context ended before the first one.
	Attempts int
	// Throttled is the number of attempts that were answered with 429.
	Throttled int
	// Elapsed is the time from the call to the failure, including waits.
	Elapsed time.Duration
	// LastFault says in a few words how the last attempt failed that the context did not end, such as "connection refused".
	LastFault string
	// Err is the cause: an error of the network, of the context, or both. It may be nil.
	Err error

	// ambiguous is set if the last attempt may have been carried out although it failed.
	ambiguous bool
	// inProgress is set if the last attempt may still be carried out later, because a gateway or this client gave up waiting.
	inProgress bool
	// sent is when the last attempt began.
	sent time.Time
}

// Error describes in one line what was attempted and why it failed.
func (e *Error) Error() string {
	var b strings.Builder
	if e.Method != "" || e.Path != "" {
		fmt.Fprintf(&b, "%s %s: ", e.Method, e.Path)
	}
	b.WriteString(e.outcome())
	switch {
	case e.Message != "":
		fmt.Fprintf(&b, ": %s", oneLine(e.Message))
	case e.BodyLine != "":
		fmt.Fprintf(&b, ": %q", e.BodyLine)
	}
	if e.RequestID != "" {
		fmt.Fprintf(&b, "; request id %s", e.RequestID)
	}
	if e.Attempts > 1 {
		fmt.Fprintf(&b, "; %d attempts in %s", e.Attempts, roundElapsed(e.Elapsed))
		if e.Throttled > 0 {
			fmt.Fprintf(&b, ", %d of them throttled with 429", e.Throttled)
		}
	}
	if e.Err != nil {
		fmt.Fprintf(&b, "; %s", oneLine(e.Err.Error()))
	}
	return b.String()
}

// outcome returns the reason and the details of the response.
func (e *Error) outcome() string {
	text := e.Reason.String()
	if e.Reason == Unreachable && e.Status != 0 {
		text = "the response ended early"
	}
	switch {
	case e.Status != 0 && e.Code != 0:
		return fmt.Sprintf("%s (%d, code %d)", text, e.Status, e.Code)
	case e.Status != 0:
		return fmt.Sprintf("%s (%d)", text, e.Status)
	}
	return text
}

// fault says in a few words why an attempt failed.
func (e *Error) fault() string {
	switch {
	case e.Status != 0 || e.Err == nil:
		return e.outcome()
	case isRefused(e.Err):
		return "connection refused"
	case isNoSuchHost(e.Err):
		return "no such host"
	}
	return oneLine(e.Err.Error())
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// roundElapsed drops insignificant digits.
func roundElapsed(d time.Duration) time.Duration {
	if d < time.Second {
		return d.Round(time.Millisecond)
	}
	return d.Round(100 * time.Millisecond)
}

// oneLine replaces line breaks in text that comes from outside.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// IsNotFound reports whether Twilio itself answered that the requested object does not exist.
func IsNotFound(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Reason == NotFound
}

// IsAmbiguous reports whether the request that failed with err may have been carried out.
func IsAmbiguous(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.ambiguous
}

// MayBeInProgress reports whether the request that failed with err may still be carried out later, because a gateway or this
// client gave up waiting for its response.
func MayBeInProgress(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.inProgress
}

// UnexpectedResponse returns the error for a response that is well-formed JSON but cannot be the requested object, for example
// because it has no SID. Without this error, a gateway's response could be taken for an empty account or a new object. what may
// quote the response, and is redacted.
func (c *Client) UnexpectedResponse(what string) *Error {
	return &Error{
		Reason: NotJSON, Attempts: 1, ambiguous: true, sent: time.Now(),
		Err: fmt.Errorf("response does not have the format that Twilio documents: %s", c.redact.text(what)),
	}
}
