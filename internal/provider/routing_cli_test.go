// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// TestRoutingErrorsPointAtTheBlock shows the errors for a region without an edge and for an edge without a region.
func TestRoutingErrorsPointAtTheBlock(t *testing.T) {
	for name, test := range map[string]struct {
		block, region, edge string
		want                []string
	}{
		"region in the block": {
			block: `region = "ie1"`,
			want:  []string{"Error: Missing edge", `region = "ie1"`, `set edge = "dublin" in the provider block`, "api.ie1.twilio.com, which Twilio retired on April 28, 2026"},
		},
		"region in the environment": {
			region: "de1",
			want:   []string{"Error: Missing edge", `provider "twilio" {`, `The environment variable TWILIO_REGION is "de1", but no edge is set.`, "To manage resources in us1, remove the region."},
		},
		"edge in the block": {
			block: `edge = "sydney"`,
			want:  []string{"Error: Missing region", `edge = "sydney"`, `set region = "au1" in the provider block`},
		},
		"edge in the environment": {edge: "dublin", want: []string{"Error: Missing region", `The environment variable TWILIO_EDGE is "dublin", but no region is set.`}},
		"upper case": {
			block: "region = \"IE1\"\n edge = \"dublin\"",
			want:  []string{"Error: Invalid region", `region = "IE1"`, `region must consist of lowercase letters, digits, and hyphens, such as ie1; got "IE1".`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			setEnvironment(t, test.region, test.edge)
			m := acctest.StartMock(t)
			c := m.NewCLI(nil)
			c.Write("main.tf", strings.TrimPrefix(m.RootConfig(), m.Config())+
				fmt.Sprintf("provider \"twilio\" {\n account_sid = %q\n auth_token = %q\n %s\n}\n", m.AccountSID(), m.AuthToken(), test.block)+acctest.ListConfig("Office"))
			c.Run("init")
			output := c.ExpectError("plan", "-no-color")
			for _, want := range test.want {
				if !acctest.Text(want).MatchString(output) {
					t.Errorf("%q is not in\n%s", want, output)
				}
			}
		})
	}
}

// TestRegionKnownDuringApply plans with a region that is known only during the apply, which then fails before any request.
func TestRegionKnownDuringApply(t *testing.T) {
	setEnvironment(t, "", "")
	m := acctest.StartMock(t)
	transport := &redirectTransport{to: m.URL(), hosts: map[string]bool{}}
	m.ConfigureClient = func(config *twilio.Config) { config.Transport = transport }
	c := m.NewCLI(nil)
	c.Write("main.tf", strings.TrimPrefix(m.RootConfig(), m.Config())+fmt.Sprintf(`
resource "terraform_data" "region" {
  input = "ie1"
}

provider "twilio" {
  account_sid = %q
  auth_token  = %q
  region      = terraform_data.region.output
}
`, m.AccountSID(), m.AuthToken())+acctest.ListConfig("Office"))
	c.Run("init")
	c.Run("plan")
	if output := c.ExpectError("apply", "-auto-approve", "-no-color"); !acctest.Text(`region is "ie1", but no edge is set`).MatchString(output) {
		t.Errorf("the apply ends with\n%s", output)
	}
	if got := transport.requested(); len(got) > 0 {
		t.Errorf("requests went to %q", got)
	}
}
