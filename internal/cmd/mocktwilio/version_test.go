// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"runtime/debug"
	"testing"
)

func TestBuildVersion(t *testing.T) {
	t.Parallel()
	built := func(v string) *debug.BuildInfo { return &debug.BuildInfo{Main: debug.Module{Version: v}} }
	for _, test := range []struct {
		linked string
		info   *debug.BuildInfo
		want   string
	}{
		{"1.2.3", built("(devel)"), "1.2.3"},
		{"v1.2.3", nil, "1.2.3"},
		{"", built("v1.2.3"), "1.2.3"},
		{"", built("(devel)"), "dev"},
		{"", built(""), "dev"},
		{"", nil, "dev"},
	} {
		if got := buildVersion(test.linked, test.info); got != test.want {
			t.Errorf("%+v: %s", test, got)
		}
	}
}

func TestVersion(t *testing.T) {
	t.Parallel()
	for _, flag := range []string{"-version", "--version"} {
		// Nothing else happens, so the other flags have no effect.
		got := runAs(t, "exit 7", flag, "--domain", "example.sip.twilio.com", "--", self(t))
		if got.status != 0 || got.stdout != "mocktwilio "+programVersion()+"\n" || got.stderr != "" {
			t.Errorf("%+v", got)
		}
	}
}
