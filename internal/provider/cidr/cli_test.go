// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package cidr_test

import (
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// TestAggregateErrorOnCLI checks the whole error as the CLI shows it, since the CLI adds words and a full stop of its own.
func TestAggregateErrorOnCLI(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+`
output "blocks" {
  value = provider::twilio::cidr_aggregate(["192.0.2.1", "::1", null, "10.0.0.0/33"])
}
`)
	output := c.ExpectError("plan", "-no-color")
	for _, words := range []string{
		`Invalid value for "cidr_blocks" parameter: 3 of 4 elements are invalid:`,
		`[1]: "::1" is an IPv6 address.`, "[2] is null.", `[3]: "10.0.0.0/33"`,
	} {
		if !acctest.Text(words).MatchString(output) {
			t.Errorf("%q is not in\n%s", words, output)
		}
	}
	if text := strings.TrimSpace(output); !strings.HasSuffix(text, ".") || strings.HasSuffix(text, "..") {
		t.Errorf("the error does not end in one full stop:\n%s", output)
	}
}
