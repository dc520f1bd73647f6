// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// TestHostsOfBothProducts checks the hosts of requests to both APIs for every way to configure them.
func TestHostsOfBothProducts(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ settings, api, trunking string }{
		"default":         {"", "api.twilio.com", "trunking.twilio.com"},
		"default region":  {`region = "us1"`, "api.us1.twilio.com", "trunking.us1.twilio.com"},
		"region and edge": {"region = \"ie1\"\n edge = \"dublin\"", "api.dublin.ie1.twilio.com", "trunking.dublin.ie1.twilio.com"},
		"base URL":        {`base_url = "https://proxy.example.com"`, "proxy.example.com", "proxy.example.com"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := acctest.StartMock(t)
			transport := &redirectTransport{to: m.URL(), hosts: map[string]bool{}}
			m.ConfigureClient = func(config *twilio.Config) { config.Transport = transport }
			c := m.NewCLI(nil)
			c.Write("main.tf", strings.TrimPrefix(m.RootConfig(), m.Config())+
				fmt.Sprintf("provider \"twilio\" {\n account_sid = %q\n auth_token = %q\n %s\n}\n", m.AccountSID(), m.AuthToken(), test.settings)+
				acctest.ListConfig("Office")+
				acctest.Attachments["domain"].Block("test", acctest.Attachments["domain"].NewParent(m), m.CreateList("", "By hand").SID)+
				acctest.Attachments["trunk"].Block("test", acctest.Attachments["trunk"].NewParent(m), m.Lists("")[0].SID))
			c.Run("init")
			c.Run("apply", "-auto-approve")
			c.ExpectEmptyPlan()
			c.Run("destroy", "-auto-approve")
			want := []string{test.api + " /2010-04-01", test.trunking + " /v1"}
			slices.Sort(want)
			if got := transport.requested(); !slices.Equal(got, want) {
				t.Errorf("hosts: %q, want %q", got, want)
			}
		})
	}
}

// redirectTransport sends all requests to the mock. It records their hosts and the first segments of their paths.
type redirectTransport struct {
	to    string
	mu    sync.Mutex
	hosts map[string]bool
}

func (d *redirectTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	target, err := url.Parse(d.to)
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	d.hosts[request.URL.Host+" /"+strings.Split(request.URL.Path, "/")[1]] = true
	d.mu.Unlock()
	// A transport must not change its request.
	sent := request.Clone(request.Context())
	sent.URL.Scheme, sent.URL.Host, sent.Host = target.Scheme, target.Host, request.URL.Host
	return (&http.Transport{DisableKeepAlives: true}).RoundTrip(sent)
}

func (d *redirectTransport) requested() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Sorted(maps.Keys(d.hosts))
}
