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

// The reasons of an Error. They follow the HTTP status, never the words of a message: Twilio documents few codes.
const (
	// Unauthenticated is status 401, unless its code makes it Forbidden.
	Unauthenticated Reason = iota + 1
	// Forbidden is status 403, or status 401 with Twilio's code for credentials that lack a permission.
	Forbidden
	// NotFound is status 404 with Twilio's own error body. A 404 of a gateway in between is NotJSON.
	NotFound
	// Throttled is status 429, answered until the context ended.
	Throttled
	// Rejected is any other status from 300 to 499, and 501.
	Rejected
	// ServerError is any other status of 500 and above.
	ServerError
	// Unreachable means that no complete answer arrived.
	Unreachable
	// NotJSON means that what answered was not Twilio: the body is not the JSON that Twilio promises.
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

// String is the reason in words, as Error's text begins after method and path.
func (r Reason) String() string {
	if text, ok := reasonTexts[r]; ok {
		return text
	}
	return fmt.Sprintf("Reason(%d)", int(r))
}

// Error is the failure of one request after all its attempts. No field contains a secret.
//
// When the request's context ended, errors.Is finds context.Canceled or context.DeadlineExceeded, and the other fields
// describe how the last attempt before that failed.
type Error struct {
	Reason Reason
	// Method and Path name the request; Path is without host and query.
	Method, Path string
	// Host, with a port if the URL has one, is where the request was sent: region, edge and base URL are applied to it. It is
	// empty if the request was refused before.
	Host string
	// Status is the HTTP status of the last response, 0 when there was none.
	Status int
	// Code is Twilio's own error code, 0 when there was none.
	Code int
	// Message and MoreInfo, a link, are Twilio's.
	Message, MoreInfo string
	// RequestID identifies the last request to Twilio's support.
	RequestID string
	// BodyLine is the first line of a body that was not Twilio's error JSON, at most 200 characters.
	BodyLine string
	// Attempts counts the attempts sent. It is 0 when the context ended before the first.
	Attempts int
	// Throttled counts the attempts that were answered with 429.
	Throttled int
	// Elapsed is the time from the call to the failure, waiting included.
	Elapsed time.Duration
	// LastFault is in a few words how the last attempt failed that the context did not end, such as "connection refused".
	LastFault string
	// Err is the cause: of the network, of the context, or of both. It may be nil.
	Err error

	// ambiguous is set if the last attempt may have been carried out although it failed.
	ambiguous bool
	// inProgress is set if the last attempt may be carried out even later: a gateway or this client gave up waiting.
	inProgress bool
	// sent is when the last attempt began.
	sent time.Time
}

// Error says in one line what was attempted and why it failed.
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

// outcome is the reason with what the response says about it.
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

// fault is in a few words why an attempt failed.
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

// roundElapsed drops digits that nobody needs.
func roundElapsed(d time.Duration) time.Duration {
	if d < time.Second {
		return d.Round(time.Millisecond)
	}
	return d.Round(100 * time.Millisecond)
}

// oneLine replaces line breaks in text that comes from outside.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// IsNotFound reports whether Twilio itself said that the requested object does not exist.
func IsNotFound(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Reason == NotFound
}

// IsAmbiguous reports whether the request that failed with err may nevertheless have been carried out.
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

// UnexpectedResponse is the error for a response that is well-formed JSON but cannot be what was requested, such as an
// object without a SID. Without it, a gateway's answer could pass for an empty account or a new object. what may quote the
// answer, and is redacted.
func (c *Client) UnexpectedResponse(what string) *Error {
	return &Error{
		Reason: NotJSON, Attempts: 1, ambiguous: true, sent: time.Now(),
		Err: fmt.Errorf("response does not have the format that Twilio documents: %s", c.redact.text(what)),
	}
}
