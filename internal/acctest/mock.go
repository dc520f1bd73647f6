// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package acctest has helpers for acceptance tests: a mock of Twilio whose responses are checked against Twilio's OpenAPI
// documents, the real CLI, and common checks. Only tests import it.
package acctest

import (
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider"
	"github.com/twilio-sip/terraform-provider-twilio/internal/serve"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// AccountSID and ListSID are SIDs of objects that do not exist.
const (
	AccountSID = "AC0123456789abcdef0123456789abcdef"
	ListSID    = "AL0123456789abcdef0123456789abcdef"
)

// UnknownSID returns the SID of an object of the same kind that does not exist.
func UnknownSID(sid string) string { return sid[:2] + strings.Repeat("0", 32) }

// Mock is the mock of Twilio of a single test.
type Mock struct {
	*mocktwilio.Server
	T *testing.T
	// ConfigureClient may change the client's configuration. It may be nil.
	ConfigureClient func(*twilio.Config)
}

// StartMock starts a mock, which stops when the test ends.
func StartMock(t *testing.T) *Mock {
	t.Helper()
	return StartMockWith(t, mocktwilio.Options{})
}

// StartMockWith is like StartMock, with options.
func StartMockWith(t *testing.T, options mocktwilio.Options) *Mock {
	t.Helper()
	server, err := mocktwilio.Start(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	checkContract(t, server)
	return &Mock{Server: server, T: t}
}

// ShortAttempts limits each attempt to half a second. It is a Mock.ConfigureClient for tests in which no response comes.
func ShortAttempts(c *twilio.Config) { c.AttemptTimeout = 500 * time.Millisecond }

// ProviderFactories returns the provider for terraform-plugin-testing.
func (m *Mock) ProviderFactories() map[string]func() (tfprotov6.ProviderServer, error) {
	p := provider.NewWithClientConfig("test", m.ConfigureClient)()
	return map[string]func() (tfprotov6.ProviderServer, error){
		"twilio": func() (tfprotov6.ProviderServer, error) { return serve.NewServer(p) },
	}
}

// RealAccountFactories returns the provider for tests with the real account in the environment.
func RealAccountFactories() map[string]func() (tfprotov6.ProviderServer, error) {
	return (&Mock{}).ProviderFactories()
}

// UniqueName returns a friendly name that no list of a real account has.
func UniqueName() string { return "terraform-provider-twilio test " + rand.Text()[:8] }

// Config returns a configuration with the provider block and parts. The URL of the mock is in the block rather than in the
// environment, because tests run in parallel.
func (m *Mock) Config(parts ...string) string {
	return fmt.Sprintf(`
provider "twilio" {
  account_sid = %q
  auth_token  = %q
  base_url    = %q
}
`, m.AccountSID(), m.AuthToken(), m.URL()) + strings.Join(parts, "\n")
}

// ListConfig returns the resource block of a list.
func ListConfig(name string) string {
	return fmt.Sprintf("resource \"twilio_sip_ip_access_control_list\" \"test\" {\n  friendly_name = %q\n}\n", name)
}

// RootConfig returns a Config with the required_providers block that the CLI needs to find the provider.
func (m *Mock) RootConfig() string {
	return m.Config(`
terraform {
  required_providers {
    twilio = {
      source = "` + ProviderSource + `"
    }
  }
}
`)
}

// RequestLines returns the requests since the last call as "METHOD /path/after/the/account", with SIDs shortened to their prefix,
// and clears the log.
func (m *Mock) RequestLines() []string {
	var lines []string
	for _, r := range m.Requests() {
		path := sidInPath.ReplaceAllString(accountPath.ReplaceAllString(r.Path, ""), "$1")
		lines = append(lines, r.Method+" "+strings.TrimSuffix(path, ".json"))
	}
	m.ResetRequests()
	return lines
}

var (
	accountPath = regexp.MustCompile("^(/2010-04-01/Accounts/AC[0-9a-f]{32}/SIP|/v1)")
	sidInPath   = regexp.MustCompile("([A-Z]{2})[0-9a-f]{32}")
)

// WriteLines is like RequestLines, without reads.
func (m *Mock) WriteLines() []string {
	return slices.DeleteFunc(m.RequestLines(), func(line string) bool { return strings.HasPrefix(line, "GET ") })
}

// ExpectNoWrites fails the test if there were writes since the last call, and clears the log.
func (m *Mock) ExpectNoWrites() {
	m.T.Helper()
	if writes := m.WriteLines(); len(writes) > 0 {
		m.T.Errorf("unexpected writes: %q", writes)
	}
}

// OnlyListSID returns the SID of the only list in the account.
func (m *Mock) OnlyListSID() string {
	m.T.Helper()
	lists := m.Lists("")
	if len(lists) != 1 {
		m.T.Fatalf("the account has %d lists, not one", len(lists))
	}
	return lists[0].SID
}

// EntryLines returns the entries of a list as "ADDRESS/LENGTH NAME", sorted.
func (m *Mock) EntryLines(listSID string) []string {
	lines := []string{}
	for _, a := range m.Addresses("", listSID) {
		lines = append(lines, fmt.Sprintf("%s/%d %s", a.IPAddress, a.CIDRPrefixLength, a.FriendlyName))
	}
	slices.Sort(lines)
	return lines
}

// Text returns a pattern that matches the words with any white space between them, because Terraform wraps lines.
func Text(words string) *regexp.Regexp {
	fields := strings.Fields(words)
	for i, field := range fields {
		fields[i] = regexp.QuoteMeta(field)
	}
	return regexp.MustCompile(strings.Join(fields, `[\s│]+`))
}

// Root returns the root directory of the repository.
func Root() string {
	dir, err := os.Getwd()
	for err == nil && filepath.Dir(dir) != dir {
		if _, err := os.Stat(filepath.Join(dir, ".goreleaser.yml")); err == nil {
			return dir
		}
		dir = filepath.Dir(dir)
	}
	panic("the test does not run in the repository")
}

// Example returns the path of a file or directory in examples/.
func Example(parts ...string) string {
	return filepath.Join(append([]string{Root(), "examples"}, parts...)...)
}

// WithAndWithoutEqualAddresses runs a test with a mock that allows equal entries in a list and with one that rejects them,
// because Twilio does not document which it does.
func WithAndWithoutEqualAddresses(t *testing.T, test func(*testing.T, *Mock)) {
	t.Helper()
	t.Parallel()
	for name, refuse := range map[string]bool{"equal entries allowed": false, "equal entries refused": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, StartMockWith(t, mocktwilio.Options{RefuseEqualAddresses: refuse}))
		})
	}
}
