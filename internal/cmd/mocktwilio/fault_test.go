// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

func TestParseFault(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]mocktwilio.Fault{
		"* * close-before":             {Kind: mocktwilio.FaultCloseBefore},
		"POST x close-after x3":        {Method: "POST", Path: "x", Kind: mocktwilio.FaultCloseAfter, Count: 3},
		"GET ^/v1 status=429 x* after": {Method: "GET", Path: "^/v1", Kind: mocktwilio.FaultStatus, Status: 429, Count: -1, AfterWork: true},
		"GET a status=400 code=21231 skip=2": {
			Method: "GET", Path: "a", Kind: mocktwilio.FaultStatus, Status: 400, Code: 21231, Skip: 2,
		},
		"GET a html":           {Method: "GET", Path: "a", Kind: mocktwilio.FaultHTML},
		"GET a html=404":       {Method: "GET", Path: "a", Kind: mocktwilio.FaultHTML, Status: 404},
		"GET a empty=201":      {Method: "GET", Path: "a", Kind: mocktwilio.FaultEmpty, Status: 201},
		"  GET   a\ttruncate ": {Method: "GET", Path: "a", Kind: mocktwilio.FaultTruncate},
		"GET a cut-json":       {Method: "GET", Path: "a", Kind: mocktwilio.FaultCutJSON},
		"GET a hang":           {Method: "GET", Path: "a", Kind: mocktwilio.FaultHang},
		"GET a hang=3s":        {Method: "GET", Path: "a", Kind: mocktwilio.FaultHang, Delay: 3 * time.Second},
		"GET a delay=1ms":      {Method: "GET", Path: "a", Kind: mocktwilio.FaultDelay, Delay: time.Millisecond},
		"GET a html wait=1s header=Retry-After:7 header=X:a:b": {
			Method: "GET", Path: "a", Kind: mocktwilio.FaultHTML, Delay: time.Second,
			Header: http.Header{"Retry-After": {"7"}, "X": {"a:b"}},
		},
	} {
		if got, err := parseFault(text); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v; want %+v", text, got, err, want)
		}
	}
	for text, problem := range map[string]string{
		"":                          "METHOD PATH KIND",
		"GET a":                     "METHOD PATH KIND",
		"GET a flood":               `unknown fault kind "flood"`,
		"GET ( hang":                "path",
		"GET a status":              "status=503",
		"GET a status=x":            `must be a number; got "x"`,
		"GET a status=700":          "700",
		"GET a delay":               "delay=2s",
		"GET a delay=5":             "duration",
		"GET a hang=-1s":            "negative",
		"GET a close-after=3":       "takes no value",
		"GET a hang x":              `x: must be a number; got ""`,
		"GET a hang x0":             "at least one",
		"GET a hang x-1":            `x-1: must be a number; got "-1"`,
		"GET a hang 3":              "3: unknown option",
		"GET a hang skip":           "skip: unknown option",
		"GET a html header=Nothing": "NAME:VALUE",
	} {
		if _, err := parseFault(text); err == nil || !strings.Contains(err.Error(), problem) {
			t.Errorf("%q: %v, want %s", text, err, problem)
		}
	}
}
