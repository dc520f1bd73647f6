// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package guides_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

func TestGuideBesideAnotherTwilioProvider(t *testing.T) {
	t.Parallel()
	runGuide(t, "beside-another-twilio-provider.md", acctest.Installed("rjpearson94/twilio", acctest.RJPearson94Provider), func(m *acctest.Mock, c *acctest.CLI, _ int) func() []string {
		o := acctest.NewOffice(m)
		writeState(c, c.DefaultHost(), "rjpearson94/twilio", foreignResource{"twilio_sip_domain", "calls", nil, map[string]any{
			"account_sid": m.AccountSID(), "domain_name": o.Domain.DomainName, "id": o.Domain.SID, "sid": o.Domain.SID,
		}})
		// Only an installed provider reads the variables of the environment.
		installProvider(c)
		return func() []string { return guideSIDs(o) }
	})
}

// TestForgottenProvider omits provider = sip, and checks that the guide has the error.
func TestForgottenProvider(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile(filepath.Join("..", "..", "templates", "guides", "beside-another-twilio-provider.md"))
	if err != nil {
		t.Fatal(err)
	}
	const list = `resource "twilio_sip_ip_access_control_list" "office" {
  friendly_name = "Office"
`
	for name, test := range map[string]struct {
		// before is applied first. forgotten is the configuration after that.
		before, forgotten  string
		want, wantOpenTofu string
	}{
		"type of this provider alone": {forgotten: `data "twilio_sip_effective_access" "office" {}`, want: "Invalid data source"},
		"resource of this provider alone": {forgotten: `resource "twilio_sip_trunking_ip_access_control_lists_exclusive" "office" {}`,
			want: "Invalid resource type"},
		"other arguments": {forgotten: list + "  ip_addresses = {}\n}\n", want: "Unsupported argument"},
		"in the state":    {before: list + "  provider = sip\n}\n", forgotten: list + "}\n", want: "Resource instance managed by newer provider version"},
		"function": {forgotten: `output "one" { value = provider::twilio::cidr_address_count([]) }`,
			want: "Unknown provider function", wantOpenTofu: "Function not found in provider"},
		"module": {forgotten: `module "office" {
  source = "./office"
  providers = { twilio = sip }
}`, want: "Provider type mismatch"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := acctest.StartMock(t)
			c := m.NewCLI(acctest.Installed("rjpearson94/twilio", acctest.RJPearson94Provider))
			if err := os.Mkdir(filepath.Join(c.Dir, "office"), 0o700); err != nil {
				t.Fatal(err)
			}
			const providers = "terraform {\n  required_providers {\n    twilio = {\n      source = %q\n    }\n%s  }\n}\n"
			c.Write(filepath.Join("office", "main.tf"), fmt.Sprintf(providers, acctest.ProviderSource, "")+list+"}\n")
			root := fmt.Sprintf(providers, "RJPearson94/twilio", fmt.Sprintf("    sip = {\n      source = %q\n    }\n", acctest.ProviderSource)) +
				strings.Replace(m.Config(), `"twilio"`, `"sip"`, 1)
			c.Write("main.tf", root+test.before)
			c.Run("init")
			c.Run("apply", "-auto-approve")
			c.Write("main.tf", root+test.forgotten)
			output, status := c.Try("sh", "-c", "terraform init -no-color && terraform plan -no-color")
			want := test.want
			if c.OpenTofu && test.wantOpenTofu != "" {
				want = test.wantOpenTofu
			}
			if status == 0 || !strings.Contains(output, "Error: "+want) {
				t.Errorf("no %q in\n%s", want, output)
			}
			if !strings.Contains(string(guide), want) {
				t.Errorf("%q is not in the guide", want)
			}
		})
	}
}
