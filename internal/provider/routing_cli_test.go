// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// TestRoutingErrorsPointAtTheBlock shows what a user sees whose region has no edge, and the opposite.
func TestRoutingErrorsPointAtTheBlock(t *testing.T) {
	for name, test := range map[string]struct {
		block, region, edge string
		want                []string
	}{
		"region in the block": {
			block: `region = "ie1"`,
			want:  []string{"Error: Missing edge", `region = "ie1"`, `set edge = "dublin" in the provider block`, "api.ie1.twilio.com, which Twilio retired on 28 April 2026"},
		},
		"region in the environment": {
			region: "de1",
			want:   []string{"Error: Missing edge", `provider "twilio" {`, `The environment variable TWILIO_REGION is "de1", but no edge is set.`, "To manage what is in us1, set no region."},
		},
		"edge in the block": {
			block: `edge = "sydney"`,
			want:  []string{"Error: Missing region", `edge = "sydney"`, `set region = "au1" in the provider block`},
		},
		"edge in the environment": {edge: "dublin", want: []string{"Error: Missing region", `The environment variable TWILIO_EDGE is "dublin", but no region is set.`}},
		"upper case": {
			block: "region = \"IE1\"\n edge = \"dublin\"",
			want:  []string{"Error: Invalid region", `region = "IE1"`, `region must be lower-case letters, digits and hyphens, such as ie1; got "IE1".`},
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

// TestTwoRegions plans the example of the provider's page with a block for each region.
func TestTwoRegions(t *testing.T) {
	setEnvironment(t, "", "")
	m := acctest.StartMock(t)
	key, secret := m.AddAPIKey("")
	t.Setenv("TWILIO_ACCOUNT_SID", m.AccountSID())
	t.Setenv("TWILIO_AUTH_TOKEN", m.AuthToken())
	t.Setenv("TWILIO_API_KEY", "")
	t.Setenv("TWILIO_API_SECRET", "")
	// The CLI configures the one provider that the test serves once for each block, so that requests would not tell the blocks apart.
	var mu sync.Mutex
	configured := map[string]bool{}
	m.ConfigureClient = func(config *twilio.Config) {
		mu.Lock()
		defer mu.Unlock()
		configured[strings.Join([]string{config.Region, config.Edge, config.APIKey, config.APISecret}, " ")] = true
		config.BaseURL = m.URL()
	}
	c := m.NewCLI(nil)
	if !c.AtLeast("1.10", "1.11") {
		t.Skip("ephemeral variables begin with Terraform 1.10 and OpenTofu 1.11")
	}
	page, err := os.ReadFile(filepath.Join(acctest.Root(), "templates", "index.md.tmpl"))
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(page), "\n## Regions\n")
	_, example, _ := strings.Cut(section, "\n```terraform\n")
	example, _, _ = strings.Cut(example, "```\n")
	c.Write("main.tf", example)
	c.Write("versions.tf", strings.TrimPrefix(m.RootConfig(), m.Config()))
	c.Run("fmt", "-check", "-diff", "main.tf")
	c.Run("init")
	output := c.Run("plan", "-no-color", "-var", "ireland_api_key="+key, "-var", "ireland_api_secret="+secret)
	if !strings.Contains(output, "Plan: 2 to add, 0 to change, 0 to destroy.") {
		t.Errorf("the plan is\n%s", output)
	}
	mu.Lock()
	defer mu.Unlock()
	if want := map[string]bool{"   ": true, "ie1 dublin " + key + " " + secret: true}; !maps.Equal(configured, want) {
		t.Errorf("configured %v, want %v", configured, want)
	}
}
