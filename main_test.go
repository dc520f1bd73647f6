// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"runtime/debug"
	"testing"
)

func TestBuildVersion(t *testing.T) {
	t.Parallel()

	built := func(v string) *debug.BuildInfo {
		return &debug.BuildInfo{Main: debug.Module{Version: v}}
	}
	for name, test := range map[string]struct {
		linked string
		info   *debug.BuildInfo
		want   string
	}{
		"release":            {"1.2.3", built("(devel)"), "1.2.3"},
		"release with a v":   {"v1.2.3", nil, "1.2.3"},
		"go install":         {"", built("v1.2.3"), "1.2.3"},
		"checkout":           {"", built("v0.0.0-20260102030405-abcdefabcdef+dirty"), "0.0.0-20260102030405-abcdefabcdef+dirty"},
		"without VCS stamps": {"", built("(devel)"), "dev"},
		"test binary":        {"", built(""), "dev"},
		"no build info":      {"", nil, "dev"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := buildVersion(test.linked, test.info); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestLoggingRequested(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		environment []string
		want        bool
	}{
		"nothing":               {[]string{"HOME=/home/jo", "TF_CLI_ARGS=-no-color", "TWILIO_EDGE=dublin"}, false},
		"of everything":         {[]string{"TF_LOG=trace"}, true},
		"of providers":          {[]string{"HOME=/home/jo", "TF_LOG_PROVIDER=DEBUG"}, true},
		"of this provider":      {[]string{"TF_LOG_PROVIDER_TWILIO=debug"}, true},
		"of the SDK":            {[]string{"TF_LOG_SDK_PROTO=trace"}, true},
		"of the CLI alone":      {[]string{"TF_LOG_CORE=trace", "TF_LOG_PATH=/tmp/log"}, false},
		"with an empty setting": {[]string{"TF_LOG="}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := loggingRequested(test.environment); got != test.want {
				t.Errorf("got %t, want %t", got, test.want)
			}
		})
	}
}
