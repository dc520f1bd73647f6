// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// TestSubaccountOfTwilioTwilio shows the error in an environment that the provider twilio/twilio interprets differently.
func TestSubaccountOfTwilioTwilio(t *testing.T) {
	m := acctest.StartMock(t)
	subaccount, _ := m.AddSubaccount()
	for name, value := range map[string]string{
		"TWILIO_ACCOUNT_SID": m.AccountSID(), "TWILIO_AUTH_TOKEN": m.AuthToken(), "TWILIO_BASE_URL": m.URL(), "TWILIO_SUBACCOUNT_SID": subaccount,
	} {
		t.Setenv(name, value)
	}
	c := m.NewCLI(nil)
	config := func(block string) string {
		return strings.TrimPrefix(m.RootConfig(), m.Config()) + "provider \"twilio\" {\n" + block + "}\n" + acctest.ListConfig("Office")
	}
	c.Write("main.tf", config(""))
	c.Run("init")
	output := c.ExpectError("plan", "-no-color")
	for _, want := range []string{
		"Error: Two accounts in the environment", "TWILIO_SUBACCOUNT_SID and TWILIO_ACCOUNT_SID name different accounts.",
		"would manage account " + m.AccountSID() + " wherever a resource does not set account_sid",
		"To manage account " + m.AccountSID() + ", unset TWILIO_SUBACCOUNT_SID or set account_sid in the provider block to " + m.AccountSID() + ".",
		"set account_sid on each resource to the subaccount's SID",
	} {
		if !acctest.Text(want).MatchString(output) {
			t.Errorf("%q is not in\n%s", want, output)
		}
	}
	if requests := m.RequestLines(); len(requests) > 0 {
		t.Errorf("requests: %q", requests)
	}
	t.Setenv("TWILIO_SUBACCOUNT_SID", "AC"+strings.ToUpper(strings.TrimPrefix(m.AccountSID(), "AC")))
	c.Run("plan")
	t.Setenv("TWILIO_SUBACCOUNT_SID", subaccount)
	c.Write("main.tf", config("  account_sid = \""+m.AccountSID()+"\"\n"))
	c.Run("apply", "-auto-approve")
	if len(m.Lists("")) != 1 || len(m.Lists(subaccount)) != 0 {
		t.Error("the list is not in the account of the block")
	}
}
