// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"os"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

func TestMockedProvider(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(acctest.Installed("rjpearson94/twilio", acctest.RJPearson94Provider))
	if err := os.CopyFS(c.Dir, os.DirFS("testdata/mocked")); err != nil {
		t.Fatal(err)
	}
	c.Write("tests/mocked.tftest.hcl", `
mock_provider "twilio" {}
mock_provider "calls" {}

run "plan" {
  command = plan
}

run "apply" {}
`)
	c.Run("init")
	t.Log(c.Run("test", "-no-color"))
}
