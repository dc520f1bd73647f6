// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"
)

func TestErrorText(t *testing.T) {
	for _, test := range []struct {
		err  Error
		want string
	}{
		{
			Error{Reason: Unauthenticated, Method: "GET", Path: "/x.json", Status: 401, Code: 20003, Message: "Authenticate", RequestID: "RQ1", Attempts: 1},
			"GET /x.json: not authenticated (401, code 20003): Authenticate; request id RQ1",
		},
		{
			Error{Reason: Forbidden, Method: "GET", Path: "/x.json", Status: 403, BodyLine: "<html>", Attempts: 1},
			`GET /x.json: forbidden (403): "<html>"`,
		},
		{
			Error{Reason: NotFound, Method: "DELETE", Path: "/x.json", Status: 404, Code: 20404, Message: "The requested resource\nwas not found", RequestID: "RQ1", Attempts: 3, Elapsed: 1500 * time.Millisecond},
			"DELETE /x.json: not found (404, code 20404): The requested resource was not found; request id RQ1; 3 attempts in 1.5s",
		},
		{
			Error{
				Reason: Throttled, Method: "POST", Path: "/x.json", Status: 429, Code: 20429, Message: "Too Many Requests", RequestID: "RQ12",
				Attempts: 12, Throttled: 12, Elapsed: 20*time.Minute + 40*time.Millisecond, Err: context.DeadlineExceeded,
			},
			"POST /x.json: throttled (429, code 20429): Too Many Requests; request id RQ12; 12 attempts in 20m0s, 12 of them throttled with 429; context deadline exceeded",
		},
		{
			Error{Reason: Rejected, Method: "POST", Path: "/x.json", Status: 400, Code: 21231, Message: "IpAccessControlList already associated with this domain", MoreInfo: "https://www.twilio.com/docs/errors/21231", Attempts: 1},
			"POST /x.json: rejected (400, code 21231): IpAccessControlList already associated with this domain",
		},
		{
			Error{Reason: ServerError, Method: "PUT", Path: "/x.json", Status: 502, BodyLine: "Bad Gateway", Attempts: 6, Throttled: 1, Elapsed: 900 * time.Millisecond},
			`PUT /x.json: server error (502): "Bad Gateway"; 6 attempts in 900ms, 1 of them throttled with 429`,
		},
		{
			Error{Reason: Unreachable, Method: "GET", Path: "/x.json", Attempts: 1, Err: errors.New("connection refused")},
			"GET /x.json: no response; connection refused",
		},
		{
			Error{Reason: Unreachable, Method: "GET", Path: "/x.json", Status: 200, BodyLine: `{"sid": "AL`, Attempts: 1, Err: errors.New("unexpected EOF")},
			`GET /x.json: the response ended early (200): "{\"sid\": \"AL"; unexpected EOF`,
		},
		{
			Error{Reason: NotJSON, Method: "GET", Path: "/x.json", Status: 200, BodyLine: "<html>", Attempts: 1, Err: errors.New("the body is not complete JSON")},
			`GET /x.json: not a Twilio response (200): "<html>"; the body is not complete JSON`,
		},
		{
			Error{Reason: ServerError, Method: "GET", Path: "/x.json", Status: 500, Attempts: 2, Elapsed: 999499 * time.Microsecond},
			"GET /x.json: server error (500); 2 attempts in 999ms",
		},
		{
			Error{Reason: ServerError, Path: "/x.json", Status: 500, Attempts: 2, Elapsed: time.Second + 49*time.Millisecond},
			" /x.json: server error (500); 2 attempts in 1s",
		},
		{Error{Reason: Rejected, Method: "GET", Code: 7}, "GET : rejected"},
		{Error{Reason: NotJSON, Err: errors.New("no SID")}, "not a Twilio response; no SID"},
		{Error{Reason: 99, Method: "GET", Path: "/"}, "GET /: Reason(99)"},
	} {
		if got := test.err.Error(); got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
	}
}

func TestIsNotFound(t *testing.T) {
	if !IsNotFound(fmt.Errorf("reading: %w", &Error{Reason: NotFound, Status: 404})) {
		t.Error("a wrapped NotFound is not found")
	}
	if IsNotFound(&Error{Reason: NotJSON, Status: 404}) || IsNotFound(nil) || IsNotFound(errors.New("not found")) {
		t.Error("something else is found")
	}
}
