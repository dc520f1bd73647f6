// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package operation

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// Diagnostic converts an error of the client. ctx must be the context of the operation: if it has ended, the operation timed out
// or was interrupted. The summary has a verb and an object. The detail says what failed and why, then has Twilio's code, message,
// link, and request ID, then what to do, and the raw error last.
func (o Operation) Diagnostic(ctx context.Context, client *twilio.Client, err error) diag.Diagnostic {
	if match, ok := errors.AsType[*matchError](err); ok {
		return diag.NewAttributeErrorDiagnostic(match.argument, match.summary, match.detail)
	}
	if diagnostic := o.accessDiagnostic(client, err); diagnostic != nil {
		return diagnostic
	}
	summary := o.Summary()
	paragraphs := []string{o.Describe() + " failed: " + o.reason(ctx, err) + "."}
	e, _ := errors.AsType[*twilio.Error](err)
	paragraphs = append(paragraphs, o.Affected, responseDetails(client, e), o.advice(ctx, client, err, e), o.Outcome)
	if raw := rawError(err, e); raw != "" {
		paragraphs = append(paragraphs, "Error: "+raw)
	}
	detail := Paragraphs(paragraphs...)
	attribute := o.Attribute
	if e != nil && e.Reason == twilio.NotFound && len(o.Missing.Steps()) > 0 {
		attribute = o.Missing
	}
	if len(attribute.Steps()) > 0 {
		return diag.NewAttributeErrorDiagnostic(attribute, summary, detail)
	}
	return diag.NewErrorDiagnostic(summary, detail)
}

// reason returns the rest of the first sentence of the detail.
func (o Operation) reason(ctx context.Context, err error) string {
	e, _ := errors.AsType[*twilio.Error](err)
	if errors.Is(ctx.Err(), context.Canceled) {
		return "the operation was interrupted" + lastFault(e)
	}
	timedOut := errors.Is(ctx.Err(), context.DeadlineExceeded)
	switch {
	case e != nil && e.Reason == twilio.Throttled:
		return fmt.Sprintf("Twilio throttled the request until the timeout of %s: %s in %s", o.Timeout, throttledAttempts(e), e.Elapsed.Round(time.Second))
	case timedOut && e != nil && e.Throttled > 0:
		return fmt.Sprintf("the operation did not finish within the timeout of %s; Twilio throttled %s", o.Timeout, throttledAttempts(e))
	case timedOut:
		return fmt.Sprintf("the operation did not finish within the timeout of %s", o.Timeout) + lastFault(e)
	}
	if _, uncertain := errors.AsType[*twilio.UncertainCreateError](err); uncertain {
		return "the response was lost, so it is unknown whether the object was created"
	}
	if _, exists := errors.AsType[*twilio.AlreadyExistsError](err); exists {
		return "it already exists"
	}
	if e == nil {
		return "an unexpected error occurred"
	}
	switch e.Reason {
	case twilio.Unauthenticated:
		return "Twilio did not accept the credentials"
	case twilio.Forbidden:
		return "the credentials do not have permission for this request"
	case twilio.NotFound:
		return "Twilio did not find it"
	case twilio.Rejected:
		return "Twilio rejected the request"
	case twilio.ServerError:
		return "the server returned an error" + afterAttempts(e)
	case twilio.Unreachable:
		return "Twilio did not respond" + afterAttempts(e)
	case twilio.NotJSON:
		return "the response is not a valid Twilio response" + afterAttempts(e)
	default:
		return "an unexpected error occurred"
	}
}

// responseDetails describes Twilio's response and the request, with everything that Twilio's support asks for.
func responseDetails(client *twilio.Client, e *twilio.Error) string {
	if e == nil {
		return ""
	}
	var lines []string
	switch {
	case e.Code != 0:
		lines = append(lines, fmt.Sprintf("Twilio error %d: %s (HTTP status %d)", e.Code, e.Message, e.Status))
	case e.Message != "":
		lines = append(lines, fmt.Sprintf("Twilio error: %s (HTTP status %d)", e.Message, e.Status))
	case e.Status != 0:
		lines = append(lines, fmt.Sprintf("HTTP status: %d", e.Status))
	}
	if e.BodyLine != "" {
		lines = append(lines, fmt.Sprintf("Response begins with: %q", e.BodyLine))
	}
	if e.MoreInfo != "" {
		lines = append(lines, "More information: "+e.MoreInfo)
	}
	if e.RequestID != "" {
		lines = append(lines, "Request ID: "+e.RequestID)
	}
	if e.Method != "" {
		request := "Request: " + e.Method + " " + e.Path
		if e.Host != "" {
			request += " at " + e.Host
			if routing := client.Routing(); routing != "" {
				request += " (" + routing + ")"
			}
		}
		lines = append(lines, request)
	}
	return strings.Join(lines, "\n")
}

// advice says what to do.
func (o Operation) advice(ctx context.Context, client *twilio.Client, err error, e *twilio.Error) string {
	if uncertain, ok := errors.AsType[*twilio.UncertainCreateError](err); ok {
		if o.ImportID == nil {
			return ""
		}
		return Paragraphs(o.lookupReason(ctx, client, uncertain.LookupErr), o.uncertainAdvice(uncertain))
	}
	if _, ok := errors.AsType[*twilio.AlreadyExistsError](err); ok {
		return "To manage the existing object with this resource, import it" + replaceAddress + ":\n" + o.importLine("")
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return "Run Terraform again to continue."
	}
	if e == nil {
		if ctx.Err() != nil {
			return o.timeoutAdvice()
		}
		return ""
	}
	switch {
	case e.Reason == twilio.Throttled:
		return "Run Terraform again when fewer other programs use the account" + o.Timeout.orRaise() +
			". A lower max_concurrent_requests in the provider block leaves more of the account's limit to other programs."
	case ctx.Err() != nil:
		return o.timeoutAdvice()
	}
	switch e.Reason {
	case twilio.Unauthenticated:
		return o.authenticationAdvice(client, e)
	case twilio.Forbidden:
		return o.permissionAdvice(client, e)
	case twilio.NotFound:
		return o.MissingAdvice
	case twilio.ServerError, twilio.Unreachable:
		if dns, ok := errors.AsType[*net.DNSError](e); ok && dns.IsNotFound && client.Routing() != "" {
			return "The host name does not exist. Check region and edge, for example ie1 and dublin. If they are correct, check your network."
		}
		return "Run Terraform again later. Twilio reports outages at https://status.twilio.com. A proxy or firewall may also be the cause."
	case twilio.NotJSON:
		return "A proxy, a captive portal, or the server in base_url may have answered instead of Twilio. Check your network and base_url."
	default:
		return ""
	}
}

func (o Operation) timeoutAdvice() string {
	return "Run Terraform again to continue" + o.Timeout.orRaise() + "."
}

// lookupReason says why a lookup failed after a create whose response was lost.
func (o Operation) lookupReason(ctx context.Context, client *twilio.Client, err error) string {
	e, ok := errors.AsType[*twilio.Error](err)
	if !ok || ctx.Err() != nil {
		return ""
	}
	text := "Looking it up failed too: " + o.reason(ctx, e) + "."
	if e.Reason == twilio.Forbidden && client.UsesAPIKey() {
		text += " " + restrictedKeyAdvice(e.Method, e.Path)
	}
	return text
}

func (o Operation) uncertainAdvice(e *twilio.UncertainCreateError) string {
	switch len(e.Candidates) {
	case 0:
		return "Before the next apply, check in the Twilio Console whether it exists. If it does, import it" + replaceAddress + ":\n" + o.importLine("")
	case 1:
		return "A matching object was found. Check in the Twilio Console whether it is the right one. If not, apply again. If it is, import it" + replaceAddress + ":\n" + o.importLine(e.Candidates[0])
	}
	lines := make([]string, len(e.Candidates))
	for i, sid := range e.Candidates {
		lines[i] = o.importLine(sid)
	}
	return "Several matching objects were found. Check in the Twilio Console whether one of them is the right one. If not, apply again. If one is, import it" + replaceAddress + ":\n" + strings.Join(lines, "\n")
}

func (o Operation) importLine(sid string) string {
	return "  terraform import ADDRESS " + o.ImportID(sid)
}

// replaceAddress explains the placeholder of a command.
const replaceAddress = " (replace ADDRESS with the resource's address)"

// lastFault says what prevented an operation before it ended.
func lastFault(e *twilio.Error) string {
	if e == nil || e.LastFault == "" {
		return ""
	}
	return "; the last attempt failed: " + e.LastFault
}

func throttledAttempts(e *twilio.Error) string {
	return fmt.Sprintf("%d of %s", e.Throttled, attempts(e))
}

func attempts(e *twilio.Error) string {
	if e.Attempts == 1 {
		return "1 attempt"
	}
	return fmt.Sprintf("%d attempts", e.Attempts)
}

func afterAttempts(e *twilio.Error) string {
	if e.Attempts <= 1 {
		return ""
	}
	return fmt.Sprintf(" (%d attempts in %s)", e.Attempts, e.Elapsed.Round(100*time.Millisecond))
}

// rawError returns the part of the error's text that is not in responseDetails.
func rawError(err error, e *twilio.Error) string {
	switch {
	case e == nil:
		return err.Error()
	case e.Err != nil:
		return e.Err.Error()
	default:
		return ""
	}
}
