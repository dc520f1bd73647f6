// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package acctest has what acceptance tests share: a mock of Twilio whose responses are checked against Twilio's OpenAPI
// documents, the real CLI, and common expectations. Only tests import it.
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

// UnknownSID is the SID of an object of the same kind that does not exist.
func UnknownSID(sid string) string { return sid[:2] + strings.Repeat("0", 32) }

// Mock is the mock of Twilio that one test uses.
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

// StartMockWith is StartMock with options.
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

// ShortAttempts returns each attempt half a second. It is a Mock.ConfigureClient for tests in which answers do not come.
func ShortAttempts(c *twilio.Config) { c.AttemptTimeout = 500 * time.Millisecond }

// ProviderFactories returns the provider to terraform-plugin-testing.
func (m *Mock) ProviderFactories() map[string]func() (tfprotov6.ProviderServer, error) {
	p := provider.NewWithClientConfig("test", m.ConfigureClient)()
	return map[string]func() (tfprotov6.ProviderServer, error){
		"twilio": func() (tfprotov6.ProviderServer, error) { return serve.NewServer(p) },
	}
}

// RealAccountFactories returns the provider to tests that use the real account in the environment.
func RealAccountFactories() map[string]func() (tfprotov6.ProviderServer, error) {
	return (&Mock{}).ProviderFactories()
}

// UniqueName is a friendly name that no list of a real account has.
func UniqueName() string { return "terraform-provider-twilio test " + rand.Text()[:8] }

// Config puts the provider block before the rest of a configuration. The URL of the mock is in the block rather than in
// the environment, since tests run in parallel.
func (m *Mock) Config(parts ...string) string {
	return fmt.Sprintf(`
provider "twilio" {
  account_sid = %q
  auth_token  = %q
  base_url    = %q
}
`, m.AccountSID(), m.AuthToken(), m.URL()) + strings.Join(parts, "\n")
}

// ListConfig is a resource block of a list.
func ListConfig(name string) string {
	return fmt.Sprintf("resource \"twilio_sip_ip_access_control_list\" \"test\" {\n  friendly_name = %q\n}\n", name)
}

// RootConfig is Config with the required_providers that the CLI needs to find the provider.
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

// RequestLines returns the requests since the last call as "METHOD /path/after/the/account", with SIDs shortened to their
// prefix, and clears the log.
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

// WriteLines is RequestLines without the reads.
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

// OnlyListSID is the SID of the account's only list.
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

// Text makes a pattern that matches words with any white space between them: Terraform wraps lines.
func Text(words string) *regexp.Regexp {
	fields := strings.Fields(words)
	for i, field := range fields {
		fields[i] = regexp.QuoteMeta(field)
	}
	return regexp.MustCompile(strings.Join(fields, `[\s│]+`))
}

// Root is the directory of the repository.
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

// Example is the path of a file or directory of examples/.
func Example(parts ...string) string {
	return filepath.Join(append([]string{Root(), "examples"}, parts...)...)
}

// WithAndWithoutEqualAddresses runs a test with a Twilio that allows equal entries in a list, and with one that refuses them:
// Twilio does not document which it does.
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
