// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Reason classifies the failure of a call.
type Reason int

// The reasons of an Error. They follow the HTTP status, never the words of a message: Twilio documents few codes.
const (
	// Unauthenticated is status 401.
	Unauthenticated Reason = iota + 1
	// Forbidden is status 403.
	Forbidden
	// NotFound is status 404 with Twilio's own error body. A 404 of a gateway in between is NotJSON.
	NotFound
	// Throttled is status 429, answered until the context ended.
	Throttled
	// Rejected is any other status from 300 to 499.
	Rejected
	// ServerError is a status of 500 and above.
	ServerError
	// Unreachable means that no complete answer arrived.
	Unreachable
	// NotJSON means that what answered was not Twilio: the body is not the JSON that Twilio promises.
	NotJSON
)

// String is the reason in words, as Error's text begins after method and path.
func (r Reason) String() string {
	switch r {
	case Unauthenticated:
		return "not authenticated"
	case Forbidden:
		return "forbidden"
	case NotFound:
		return "not found"
	case Throttled:
		return "throttled"
	case Rejected:
		return "rejected"
	case ServerError:
		return "server error"
	case Unreachable:
		return "no answer"
	case NotJSON:
		return "not an answer of Twilio's"
	}
	return fmt.Sprintf("Reason(%d)", int(r))
}

// Error is the failure of one call, after all the attempts that it was worth. No field contains a secret.
//
// When the call's context ended, errors.Is finds context.Canceled or context.DeadlineExceeded, and the other fields
// tell what the last attempt before that ran into.
type Error struct {
	Reason Reason
	// Method and Path name the request; Path is without host and query.
	Method, Path string
	// Status is the HTTP status of the last answer, 0 when there was none.
	Status int
	// Code is Twilio's own error code, 0 when there was none.
	Code int
	// Message and MoreInfo, a link, are Twilio's.
	Message, MoreInfo string
	// RequestID names the last request to Twilio's support.
	RequestID string
	// BodyLine is the first line of a body that was not Twilio's error JSON, at most 200 characters.
	BodyLine string
	// Attempts counts the requests sent. It is 0 when the context ended before the first.
	Attempts int
	// Throttled counts the attempts that were answered with 429.
	Throttled int
	// Elapsed is the time from the call to the failure, waiting included.
	Elapsed time.Duration
	// Err is the cause: of the network, of the context, or of both. It may be nil.
	Err error

	// fateUnknown says that the last attempt may have been carried out although it failed.
	fateUnknown bool
	// sent is when the last attempt began.
	sent time.Time
}

// unknownFate reports whether the request may have been carried out nevertheless.
func (e *Error) unknownFate() bool { return e.fateUnknown }

// Error tells in one line what was attempted and what came of it.
func (e *Error) Error() string {
	var b strings.Builder
	if e.Method != "" || e.Path != "" {
		fmt.Fprintf(&b, "%s %s: ", e.Method, e.Path)
	}
	if e.Reason == Unreachable && e.Status != 0 {
		b.WriteString("the answer broke off")
	} else {
		b.WriteString(e.Reason.String())
	}
	switch {
	case e.Status != 0 && e.Code != 0:
		fmt.Fprintf(&b, " (%d, code %d)", e.Status, e.Code)
	case e.Status != 0:
		fmt.Fprintf(&b, " (%d)", e.Status)
	}
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
		fmt.Fprintf(&b, "; %d attempts in %s", e.Attempts, roundedElapsed(e.Elapsed))
		if e.Throttled > 0 {
			fmt.Fprintf(&b, ", %d of them answered with 429", e.Throttled)
		}
	}
	if e.Err != nil {
		fmt.Fprintf(&b, "; %s", oneLine(e.Err.Error()))
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// roundedElapsed keeps as much of d as a reader can use.
func roundedElapsed(d time.Duration) time.Duration {
	if d < time.Second {
		return d.Round(time.Millisecond)
	}
	return d.Round(100 * time.Millisecond)
}

// oneLine keeps a text that others wrote on one line.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// IsNotFound reports whether Twilio itself said that what was asked for does not exist.
func IsNotFound(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Reason == NotFound
}

// UncertainCreateError says that a create may or may not have been carried out, and that looking did not decide it.
type UncertainCreateError struct {
	// Candidates are the SIDs of the objects that this create may have made. It may be empty.
	Candidates []string
	// Err is what happened to the create, and to the look when that failed too.
	Err error
}

// Error names the candidates.
func (e *UncertainCreateError) Error() string {
	if len(e.Candidates) == 0 {
		return fmt.Sprintf("it is not known whether this was created: %v", e.Err)
	}
	return fmt.Sprintf("it is not known whether this was created, perhaps as %s: %v", strings.Join(e.Candidates, " or "), e.Err)
}

// Unwrap gives the cause.
func (e *UncertainCreateError) Unwrap() error { return e.Err }

// AlreadyExistsError says that the relation that was to be created existed before.
type AlreadyExistsError struct {
	// Err is Twilio's answer.
	Err error
}

// Error says so, with Twilio's answer.
func (e *AlreadyExistsError) Error() string { return fmt.Sprintf("it exists already: %v", e.Err) }

// Unwrap gives Twilio's answer.
func (e *AlreadyExistsError) Unwrap() error { return e.Err }
