// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync"
	"time"
)

const (
	// maxBody bounds what is read of an answer. A page of 1000 objects has less than 2 MB.
	maxBody = 32 << 20
	// maxBodyLine bounds Error.BodyLine, in characters.
	maxBodyLine = 200
	// cancelGrace is how long a create that is on its way may still finish after its context ended, so that what a
	// successful create made is not lost. Ctrl-C must stop everything within a second.
	cancelGrace = 600 * time.Millisecond
)

var (
	errTooLong = errors.New("answer of more than 32 MiB")
	// errGraceOver ends a create whose context ended and that did not finish in the time it had left.
	errGraceOver = errors.New("gave up waiting for the answer")
)

// answer is what came back of one attempt, the zero value if nothing did.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// repeat says what may be done about a fault, besides looking at its reason.
type repeat int

const (
	// never: the same request would fail in the same way.
	never repeat = iota
	// always: it was certainly not carried out.
	always
	// ifRepeatable: it may have been carried out.
	ifRepeatable
	// briefly: it was certainly not carried out, and hardly will be soon.
	briefly
)

// fault is why an attempt gave no good answer.
type fault struct {
	err        *Error
	repeat     repeat
	retryAfter time.Duration // as the answer asked for; meaningful if hasRetryAfter
	hasRetry   bool
}

func (f *fault) Error() string { return f.err.Error() }

// attempt sends req once, with the credentials, and reads the whole answer. It ends when the answer is there, when
// timeout has passed or when req's context ends; a create that may have been sent gets cancelGrace after the latter.
func (t *transport) attempt(req *http.Request, body []byte, repeatable bool, timeout time.Duration) (answer, *fault) {
	ctx := req.Context()
	// The request runs in a context of its own, whose cause tells who ended it.
	own, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	defer cancel(nil)
	var trace sendTrace
	timers := deadline{cancel: cancel}
	defer timers.stop()
	timers.after(timeout, &timeoutError{timeout})
	defer context.AfterFunc(ctx, func() {
		if repeatable || trace.certainlyUnsent() {
			cancel(ctx.Err())
			return
		}
		timers.after(cancelGrace, fmt.Errorf("%w: %w", ctx.Err(), errGraceOver))
	})()

	out := req.Clone(trace.in(own))
	out.SetBasicAuth(t.user, t.secret)
	if len(body) > 0 {
		out.Body = io.NopCloser(bytes.NewReader(body))
		out.ContentLength = int64(len(body))
		// net/http asks for another body when it wants to repeat a request by itself. Over HTTP/1 it does so for a POST only
		// when nothing was written at all. Over HTTP/2 it would also after some answers that do not prove as much.
		out.GetBody = func() (io.ReadCloser, error) {
			if !repeatable && trace.sentOverHTTP2() {
				return nil, errors.New("connection failed after the request was sent")
			}
			return io.NopCloser(bytes.NewReader(body)), nil
		}
	}

	resp, err := t.network.RoundTrip(out)
	if err != nil {
		if cause := context.Cause(own); cause != nil {
			err = cause
		}
		return answer{}, t.networkFault(err, trace.certainlyUnsent())
	}
	defer resp.Body.Close()
	a := answer{status: resp.StatusCode, header: resp.Header}
	a.body, err = io.ReadAll(io.LimitReader(resp.Body, maxBody+1))
	received := time.Now()
	switch {
	case err == nil && len(a.body) > maxBody:
		err = errTooLong
	case err != nil && context.Cause(own) != nil:
		err = context.Cause(own)
	}
	f := t.judge(req.Method, a, err, received)
	return a, f
}

// sendTrace watches how far a request came.
type sendTrace struct {
	mu        sync.Mutex
	asked     bool // for a connection
	connected bool
	http2     bool
}

func (s *sendTrace) in(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.asked = true
		},
		GotConn: func(info httptrace.GotConnInfo) {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.connected = true
			if c, ok := info.Conn.(*tls.Conn); ok && c.ConnectionState().NegotiatedProtocol == "h2" {
				s.http2 = true
			}
		},
	})
}

// certainlyUnsent reports whether the request never had a connection to be written to. A connection counts as use of it:
// when exactly the first byte left cannot be told without a race. A transport that reports nothing leaves it open.
func (s *sendTrace) certainlyUnsent() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked && !s.connected
}

func (s *sendTrace) sentOverHTTP2() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.http2
}

// deadline cancels a context after the first of several times has passed.
type deadline struct {
	cancel  context.CancelCauseFunc
	mu      sync.Mutex
	timers  []*time.Timer
	stopped bool
}

func (d *deadline) after(wait time.Duration, cause error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.stopped {
		d.timers = append(d.timers, time.AfterFunc(wait, func() { d.cancel(cause) }))
	}
}

func (d *deadline) stop() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.stopped = true
	for _, timer := range d.timers {
		timer.Stop()
	}
}

// timeoutError is the end of one attempt. It is not context.DeadlineExceeded: the operation has time left.
type timeoutError struct{ after time.Duration }

func (e *timeoutError) Error() string { return fmt.Sprintf("no complete answer within %s", e.after) }

// networkFault judges an attempt without an answer.
func (t *transport) networkFault(err error, unsent bool) *fault {
	if opErr, ok := errors.AsType[*net.OpError](err); ok && opErr.Op == "dial" {
		unsent = true
	}
	f := &fault{err: &Error{Reason: Unreachable, Err: t.redact.error(err), fateUnknown: !unsent}}
	switch {
	case isContextEnd(err), isPermanent(err):
		f.repeat = never
		f.err.fateUnknown = !unsent && isContextEnd(err)
	case isNoSuchHost(err):
		f.repeat = briefly
	case unsent:
		f.repeat = always
	default:
		f.repeat = ifRepeatable
	}
	return f
}

func isContextEnd(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// isPermanent reports whether a network error comes from how things are set up: the next attempt would find it again.
// All of these happen before a request is written.
func isPermanent(err error) bool {
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return true
	}
	if _, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		return true
	}
	if _, ok := errors.AsType[x509.HostnameError](err); ok {
		return true
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		return true
	}
	// net/http has no types for these.
	text := err.Error()
	return strings.Contains(text, "net/http: invalid header") || strings.Contains(text, "server gave HTTP response to HTTPS client")
}

func isNoSuchHost(err error) bool {
	dns, ok := errors.AsType[*net.DNSError](err)
	return ok && dns.IsNotFound
}

// twilioError is the body of Twilio's error answers.
type twilioError struct {
	Code     int    `json:"code"`
	Message  string `json:"message"`
	MoreInfo string `json:"more_info"`
	Status   int    `json:"status"`
}

// parseError reads Twilio's error body. Other JSON, such as a gateway's, is not one.
func parseError(status int, body []byte) (twilioError, bool) {
	var e twilioError
	if err := json.Unmarshal(body, &e); err != nil {
		return twilioError{}, false
	}
	return e, e.Code != 0 || (e.Status == status && e.Message != "")
}

// judge decides what an answer is worth; nil is a good one. readErr is what ended the reading of the body early.
func (t *transport) judge(method string, a answer, readErr error, received time.Time) *fault {
	e := &Error{Status: a.status, RequestID: t.redact.text(requestID(a.header))}
	f := &fault{err: e}
	parsed, twilio := parseError(a.status, a.body)
	if readErr != nil {
		twilio = false
	}
	if twilio {
		e.Code = parsed.Code
		e.Message = t.redact.text(parsed.Message)
		e.MoreInfo = t.redact.text(parsed.MoreInfo)
	} else {
		e.BodyLine = t.redact.text(firstLine(a.body))
	}
	ok := a.status >= 200 && a.status < 300
	good := ok && readErr == nil && (isObject(a.body) || method == http.MethodDelete && len(a.body) == 0)
	if good || twilio {
		// A gateway's clock says nothing about Twilio's.
		t.clock.observe(a.header, received)
	}
	if good {
		return nil
	}

	switch {
	case a.status == http.StatusTooManyRequests:
		// Never processed, whatever the body looks like.
		e.Reason = Throttled
		f.repeat = always
		f.retryAfter, f.hasRetry = retryAfter(a.header, received)
	case isContextEnd(readErr):
		e.Reason, e.Err = Unreachable, t.redact.error(readErr)
		f.repeat, e.fateUnknown = never, true
	case a.status >= 500:
		e.Reason = ServerError
		f.repeat, e.fateUnknown = ifRepeatable, true
		if a.status == http.StatusServiceUnavailable {
			f.retryAfter, f.hasRetry = retryAfter(a.header, received)
		}
	case readErr != nil && (ok || a.status == http.StatusNotFound):
		e.Reason, e.Err = Unreachable, t.redact.error(readErr)
		f.repeat, e.fateUnknown = ifRepeatable, true
	case a.status == http.StatusUnauthorized:
		e.Reason = Unauthenticated
	case a.status == http.StatusForbidden:
		e.Reason = Forbidden
	case a.status == http.StatusNotFound && twilio:
		e.Reason = NotFound
	case ok, a.status == http.StatusNotFound:
		e.Reason = NotJSON
		e.Err = errors.New(defect(a.body))
		f.repeat, e.fateUnknown = ifRepeatable, true
	case a.status >= 400:
		e.Reason = Rejected
		if a.status == http.StatusRequestTimeout {
			f.repeat, e.fateUnknown = ifRepeatable, true
		}
	default:
		// A redirect. Following it could carry the credentials to another host, and Twilio sends none.
		e.Reason = NotJSON
		if twilio {
			e.Reason = Rejected
		}
		e.fateUnknown = true
		if location := a.header.Get("Location"); location != "" {
			e.Err = fmt.Errorf("redirects are not followed: %s", t.redact.text(withoutUser(location)))
		}
	}
	return f
}

// isObject reports whether body is one complete JSON object: all of Twilio's answers are.
func isObject(body []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(body, " \t\r\n"), []byte("{")) && json.Valid(body)
}

// defect says what a body is that is not what Twilio sends.
func defect(body []byte) string {
	switch {
	case len(bytes.TrimSpace(body)) == 0:
		return "the body is empty"
	case json.Valid(body):
		return "the body is JSON of an unknown form"
	default:
		return "the body is not complete JSON"
	}
}

// firstLine is the first line of body that is not blank, cut to maxBodyLine characters.
func firstLine(body []byte) string {
	line, _, _ := strings.Cut(strings.TrimSpace(strings.ToValidUTF8(string(body[:min(len(body), 64<<10)]), "\uFFFD")), "\n")
	runes := []rune(strings.TrimSpace(line))
	return string(runes[:min(len(runes), maxBodyLine)])
}

func requestID(header http.Header) string { return header.Get("Twilio-Request-Id") }

// withoutUser takes user name and password out of a URL that someone else wrote.
func withoutUser(location string) string {
	u, err := url.Parse(location)
	if err != nil {
		return "a malformed address"
	}
	u.User = nil
	return u.String()
}
