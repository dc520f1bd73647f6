// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attribute

import (
	"strings"
	"testing"
)

func TestHostLabelProblem(t *testing.T) {
	t.Parallel()
	for value, valid := range map[string]bool{
		"ie1": true, "sao-paulo": true, "a": true, "us1-ix": true, strings.Repeat("a", 63): true,
		"": false, "IE1": false, "-a": false, "a-": false, "a.b": false, "a/": false, "a@b": false, "a\n": false, "é": false, strings.Repeat("a", 64): false,
	} {
		problem := HostLabelProblem("region", "ie1", value)
		if (problem == "") != valid {
			t.Errorf("%q: %q", value, problem)
		}
	}
	if got, want := HostLabelProblem("region", "ie1", "IE1"), `region must consist of lowercase letters, digits, and hyphens, such as ie1; got "IE1".`; got != want {
		t.Errorf("%q, not %q", got, want)
	}
}
