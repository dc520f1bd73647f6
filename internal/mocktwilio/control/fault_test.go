// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package control_test

import (
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/control"
)

func TestFaults(t *testing.T) {
	t.Parallel()
	for body, want := range map[string][]mocktwilio.Fault{
		`{"kind": "close-after"}`: {{Kind: mocktwilio.FaultCloseAfter, Count: 1}},
		` [{"method": "*", "path": "*", "kind": "hang", "count": -1}, {"method": "GET", "path": "^/v1", "kind": "delay", "delay": "1m", "skip": 2, "count": 3}] `: {
			{Kind: mocktwilio.FaultHang, Count: -1},
			{Method: "GET", Path: "^/v1", Kind: mocktwilio.FaultDelay, Delay: time.Minute, Skip: 2, Count: 3},
		},
		`{"kind": "status", "status": 429, "code": 20429, "message": "Slow down", "header": {"retry-after": "7"}, "after_work": true}`: {{
			Kind: mocktwilio.FaultStatus, Status: 429, Code: 20429, Message: "Slow down", Header: http.Header{"Retry-After": {"7"}}, AfterWork: true, Count: 1,
		}},
		`{"kind": "html", "body": "<p>Sign in</p>"}`: {{Kind: mocktwilio.FaultHTML, Body: "<p>Sign in</p>", Count: 1}},
		`[]`: nil,
	} {
		f := start(t, control.Options{})
		f.want("POST", "/_mock/faults", body, 201, `{"added":`)
		if got := f.UnusedFaults(); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", body, got, want)
		}
	}
}

func TestFaultStrikes(t *testing.T) {
	t.Parallel()
	f := start(t, control.Options{})
	f.want("POST", "/_mock/faults", `{"method": "GET", "path": "IpAccessControlLists\\.json$", "kind": "status", "status": 503, "skip": 1}`, 201, `{"added":1}`)
	for i, want := range []int{200, 503, 200} {
		if got := f.api("GET", lists, nil); got != want {
			t.Errorf("request %d: %d, want %d", i+1, got, want)
		}
	}
}

// TestWrongFaults sends faults that are rejected. The message names the field.
func TestWrongFaults(t *testing.T) {
	t.Parallel()
	f := start(t, control.Options{})
	for body, problem := range map[string]string{
		``:                                  `a fault must be a JSON object`,
		`"hang"`:                            `a fault must be a JSON object`,
		`{"kind": "hang"`:                   `unexpected EOF`,
		`{"kind": "hang"} {"kind": "hang"}`: `send a list`,
		`{}`:                                `kind is missing`,
		`{"kind": "flood"}`:                 `unknown fault kind \"flood\": must be one of status, html, empty, close-before, close-after, truncate, cut-json, hang, delay`,
		`{"kind": 3}`:                       `kind must be a string; got a JSON number`,
		`{"kind": "hang", "wait": "1s"}`:    `unknown field \"wait\"`,
		`{"kind": "hang", "path": "("}`:     `path: `,
		`{"kind": "status", "status": 700}`: `status must be from 200 to 599; got 700`,
		`{"kind": "status", "status": "x"}`: `status must be a whole number; got a JSON string`,
		`{"kind": "hang", "delay": 5}`:      `delay must be a string; got a JSON number`,
		`{"kind": "hang", "delay": "5"}`:    `delay must be a duration such as 200ms or 30s; got \"5\"`,
		`{"kind": "hang", "delay": "-5s"}`:  `delay`,
		`{"kind": "hang", "skip": -1}`:      `skip`,
		`{"kind": "hang", "after_work": 1}`: `after_work must be true or false; got a JSON number`,
		`{"kind": "hang", "header": "x"}`:   `header must be an object with a string for each header; got a JSON string`,
		`[{"kind": "hang"}, {"kind": ""}]`:  `fault 2 of 2: kind is missing`,
		`[{"kind": "hang"}`:                 `unexpected EOF`,
		`[3]`:                               `fault 1 of 1: a fault must be a JSON object`,
	} {
		f.want("POST", "/_mock/faults", body, 400, problem)
	}
	f.want("POST", "/_mock/faults", `{"kind": "hang", "message": "`+strings.Repeat("x", 1<<20)+`"}`, 400, "too large")
	if got := f.UnusedFaults(); len(got) > 0 {
		t.Errorf("faults were added: %v", got)
	}
}
