// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// mock is the Twilio of one test. Every exchange with it is held against Twilio's OpenAPI documents.
type mock struct {
	*mocktwilio.Server
	t *testing.T
	// adjust is the last word on the client's configuration; tests of faults shorten attempts with it.
	adjust func(*twilio.Config)
}

// startMock starts the Twilio of a test, which ends with it.
func startMock(t *testing.T) *mock {
	t.Helper()
	return startMockWith(t, mocktwilio.Options{})
}

func startMockWith(t *testing.T, options mocktwilio.Options) *mock {
	t.Helper()
	server, err := mocktwilio.Start(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	holdAgainstContract(t, server)
	return &mock{Server: server, t: t}
}

// factories gives the provider to terraform-plugin-testing.
func (m *mock) factories() map[string]func() (tfprotov6.ProviderServer, error) {
	return map[string]func() (tfprotov6.ProviderServer, error){
		"twilio": providerserver.NewProtocol6WithError(newAdjusted("test", m.adjust)()),
	}
}

// config puts the provider block before the rest of a configuration. The mock's address goes there and not into the
// environment, for tests run in parallel.
func (m *mock) config(parts ...string) string {
	return fmt.Sprintf(`
provider "twilio" {
  account_sid = %q
  auth_token  = %q
  base_url    = %q
}
`, m.AccountSID(), m.AuthToken(), m.URL()) + strings.Join(parts, "\n")
}

// requests gives the log since the last call as "METHOD /path/after/the/account", with SIDs shortened to their kind,
// and empties it.
func (m *mock) requests() []string {
	var lines []string
	for _, r := range m.Requests() {
		lines = append(lines, shortRequest(r))
	}
	m.ResetRequests()
	return lines
}

// writes is requests without those that only read.
func (m *mock) writes() []string {
	var lines []string
	for _, line := range m.requests() {
		if !strings.HasPrefix(line, "GET ") {
			lines = append(lines, line)
		}
	}
	return lines
}

var (
	accountPath = regexp.MustCompile("^(/2010-04-01/Accounts/AC[0-9a-f]{32}/SIP|/v1)")
	sidInPath   = regexp.MustCompile("([A-Z]{2})[0-9a-f]{32}")
)

func shortRequest(r mocktwilio.Request) string {
	path := sidInPath.ReplaceAllString(accountPath.ReplaceAllString(r.Path, ""), "$1")
	return r.Method + " " + strings.TrimSuffix(path, ".json")
}

// text makes a pattern that matches words whatever white space Terraform wrapped them with.
func text(words string) *regexp.Regexp {
	fields := strings.Fields(words)
	for i, field := range fields {
		fields[i] = regexp.QuoteMeta(field)
	}
	return regexp.MustCompile(strings.Join(fields, `[\s│]+`))
}
