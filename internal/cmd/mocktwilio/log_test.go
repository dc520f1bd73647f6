// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

func TestLogFormats(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		args []string
		want logFormat
	}{
		{nil, ""},
		{[]string{"--log"}, logText},
		{[]string{"-log", "-latency", "1ms"}, logText},
		{[]string{"-log=true"}, logText},
		{[]string{"-log=1"}, logText},
		{[]string{"-log=false"}, ""},
		{[]string{"-log=0"}, ""},
		{[]string{"-log=text"}, logText},
		{[]string{"-log", "text"}, logText},
		{[]string{"--log=json"}, logJSON},
		{[]string{"-log", "json", "-latency", "1ms"}, logJSON},
		{[]string{"-latency", "1ms", "--log", "json"}, logJSON},
		{[]string{"-log", "--", "json"}, logText},
	} {
		s, err := parse(test.args)
		if err != nil || s.log != test.want {
			t.Errorf("%q: %+v, %v; want %q", test.args, s, err, test.want)
		}
	}
	for _, args := range [][]string{{"-log=xml"}, {"-log", "xml"}} {
		if _, err := parse(args); err == nil {
			t.Errorf("%q is accepted", args)
		}
	}
}

func TestLogJSON(t *testing.T) {
	t.Parallel()
	lists := "/2010-04-01/Accounts/{}/SIP/IpAccessControlLists.json"
	got := runAs(t, "client", "-log", "json", "--list", "office", "--", self(t), lists+"?PageSize=1", "/v1/Trunks")
	var paths []string
	for line := range strings.Lines(got.stderr) {
		var r map[string]any
		if !strings.HasPrefix(line, "{") {
			continue
		}
		if err := json.Unmarshal([]byte(line), &r); err != nil || len(r) != 15 {
			t.Errorf("%s: %v, %d fields %v", line, err, len(r), slices.Sorted(maps.Keys(r)))
		}
		path, _ := r["path"].(string)
		paths = append(paths, path)
	}
	if want := []string{strings.ReplaceAll(lists, "{}", mocktwilio.DefaultAccountSID), "/v1/Trunks"}; !slices.Equal(paths, want) {
		t.Errorf("%q in\n%s", paths, got.stderr)
	}
}

func TestLogHasNoPasswords(t *testing.T) {
	t.Parallel()
	for _, format := range []logFormat{logText, logJSON} {
		got := runAs(t, "add credential", "-log="+string(format), "--credential-list", "phones", "--", self(t), "Secret-Password-1")
		wantContains(t, "stdout", got.stdout, "201 {")
		wantContains(t, "stderr", got.stderr, "anna", "REDACTED")
		if strings.Contains(got.stderr, "Secret") {
			t.Errorf("%s: %s", format, got.stderr)
		}
	}
}
