// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package guides_test

import (
	"archive/zip"
	"bytes"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// expectInPlan fails the test unless the saved plan tfplan, which is a zip archive, has a text or lacks it.
func expectInPlan(t *testing.T, c *acctest.CLI, text string, want bool) {
	t.Helper()
	archive, err := zip.OpenReader(filepath.Join(c.Dir, "tfplan"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = archive.Close() }()
	var files []string
	found := false
	for _, entry := range archive.File {
		file, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(file)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, entry.Name)
		found = found || bytes.Contains(content, []byte(text))
	}
	if found != want || len(files) == 0 {
		t.Errorf("the text is in the saved plan: %v; its files are %q", found, files)
	}
}

// TestSecretsInSavedPlans saves and applies plans with a token from an ordinary variable, from an ephemeral one and from the
// environment, and searches the plans and the states for it.
func TestSecretsInSavedPlans(t *testing.T) {
	t.Parallel()
	const (
		variable  = "variable \"auth_token\" {\n  type = string\n  sensitive = true\n}\n"
		ephemeral = "variable \"auth_token\" {\n  type = string\n  sensitive = true\n  ephemeral = true\n}\n"
		list      = `
terraform {
  required_providers {
    twilio = {
      source = "twilio-sip/twilio"
    }
  }
}

resource "twilio_sip_ip_access_control_list" "office" {
  friendly_name = "Office"
}
`
		provider = "provider \"twilio\" {\n  auth_token = var.auth_token\n}\n"
	)
	for name, test := range map[string]struct {
		config, setting string
		inPlan          bool
		ephemeral       bool
	}{
		"an ordinary variable":  {variable + provider + list, "TF_VAR_auth_token", true, false},
		"an ephemeral variable": {ephemeral + provider + list, "TF_VAR_auth_token", false, true},
		"the environment":       {list, "TWILIO_AUTH_TOKEN", false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := acctest.StartMock(t)
			c := m.NewCLI(nil)
			if test.ephemeral && !c.AtLeast("1.10", "1.11") {
				t.Skip("ephemeral variables begin with Terraform 1.10 and OpenTofu 1.11")
			}
			installProvider(c)
			c.Env = append(c.Env, "TWILIO_BASE_URL="+m.URL(), "TWILIO_ACCOUNT_SID="+m.AccountSID(), "TWILIO_AUTH_TOKEN=")
			c.Write("main.tf", test.config)
			c.Run("init")
			without := c.Env
			c.Env = append(slices.Clip(without), test.setting+"="+m.AuthToken())
			c.Run("plan", "-out=tfplan")
			expectInPlan(t, c, m.AuthToken(), test.inPlan)
			expectInPlan(t, c, "Office", true)

			apply := []string{"apply", "tfplan"}
			if test.ephemeral {
				c.Env = without
				c.ExpectError(apply...)
				if lists := m.Lists(""); len(lists) > 0 {
					t.Errorf("the apply without the token made %v", lists)
				}
				apply = []string{"apply", "-var=auth_token=" + m.AuthToken(), "tfplan"}
			}
			c.Run(apply...)
			m.OnlyListSID()
			if state := c.Read("terraform.tfstate"); strings.Contains(state, m.AuthToken()) || !strings.Contains(state, "Office") {
				t.Errorf("the state is\n%s", state)
			}
		})
	}
}

// TestEphemeralTokenOfASubaccount makes the token in the example for subaccounts ephemeral, as its guide says to do for saved plans.
func TestEphemeralTokenOfASubaccount(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	if !c.AtLeast("1.10", "1.11") {
		t.Skip("ephemeral variables begin with Terraform 1.10 and OpenTofu 1.11")
	}
	north, token := m.AddSubaccount()
	m.CreateDomain(north, "north.sip.twilio.com", "")
	m.CreateTrunk(north, "North", "")
	installProvider(c)
	copyExample(c, "one-allowlist-for-many-subaccounts")
	c.Env = append(c.Env, "TWILIO_BASE_URL="+m.URL(), "TWILIO_ACCOUNT_SID="+m.AccountSID(), "TWILIO_AUTH_TOKEN="+m.AuthToken(), "TF_VAR_north_auth_token="+token,
		`TF_VAR_subaccounts={north={account_sid="`+north+`",domain_name="north.sip.twilio.com"}}`)
	c.Run("init")
	c.Run("plan", "-out=tfplan")
	expectInPlan(t, c, token, true)
	c.Write("trunks.tf", strings.Replace(c.Read("trunks.tf"), "  sensitive   = true\n", "  sensitive   = true\n  ephemeral   = true\n", 1))
	c.Run("plan", "-out=tfplan")
	expectInPlan(t, c, token, false)
	c.Run("apply", "tfplan")
	if lists := m.Lists(north); len(lists) != 1 {
		t.Errorf("lists: %v", lists)
	}
}
