// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// gateway answers matching requests instead of Twilio, up to the given number of times.
func gateway(m *acctest.Mock, answers int64, matches func(*http.Request) bool, answer func(http.ResponseWriter)) {
	var left atomic.Int64
	left.Store(answers)
	m.Wrap(func(inner http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if matches(r) && left.Add(-1) >= 0 {
				answer(w)
				return
			}
			inner.ServeHTTP(w, r)
		})
	})
}

// The "not found" of a gateway is not Twilio's, even if it is JSON, so the request is retried.
func TestNotFoundOfAGateway(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+fmt.Sprintf(countedLists, 3))
	c.Run("init")
	c.Run("apply", "-auto-approve")
	gateway(m, 4, func(r *http.Request) bool { return r.Method == http.MethodGet }, func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusNotFound)
		_, _ = fmt.Fprint(w, `{"timestamp": "2026-01-01T00:00:00Z", "status": 404, "error": "Not Found", "message": "No message available", "path": "/x"}`)
	})
	c.ExpectEmptyPlan()
	c.Run("apply", "-auto-approve")
	if got := len(m.Lists("")); got != 3 {
		t.Errorf("the account has %d lists", got)
	}
}

// A create whose response has a path instead of a SID counts as lost, and the list is looked up.
func TestCreatedSIDThatIsAPath(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	var once atomic.Bool
	m.Wrap(func(inner http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPost && once.CompareAndSwap(false, true) {
				inner.ServeHTTP(discard{http.Header{}}, r)
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(http.StatusCreated)
				_, _ = fmt.Fprint(w, `{"sid": "../../../Calls", "friendly_name": "Office"}`)
				return
			}
			inner.ServeHTTP(w, r)
		})
	})
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+acctest.ListConfig("Office"))
	c.Run("init")
	c.Run("apply", "-auto-approve")
	sid := m.OnlyListSID()
	c.ExpectEmptyPlan()

	// With the same value in the state, no request is sent.
	c.Write("terraform.tfstate", strings.ReplaceAll(c.Read("terraform.tfstate"), `"`+sid+`"`, `"../../../Calls"`))
	m.ResetRequests()
	for _, command := range [][]string{{"plan"}, {"apply", "-auto-approve"}, {"destroy", "-auto-approve", "-refresh=false"}} {
		output := c.ExpectError(append(command, "-no-color")...)
		if !acctest.Text(`"../../../Calls" is not a SID (AL followed by 32 hexadecimal digits). No request was sent.`).MatchString(output) {
			t.Errorf("%v says\n%s", command, output)
		}
	}
	if got := m.RequestLines(); len(got) > 0 {
		t.Errorf("sent %q", got)
	}
}

// discard is a response writer that drops the response.
type discard struct{ header http.Header }

func (d discard) Header() http.Header            { return d.header }
func (d discard) Write(text []byte) (int, error) { return len(text), nil }
func (d discard) WriteHeader(int)                {}

// If the credentials cannot see the account in the state, "not found" does not mean deleted.
func TestCredentialsOfAnotherAccount(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	config := acctest.ListConfig("Office") + fmt.Sprintf(`
resource "twilio_sip_ip_address" "test" {
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.test.sid
  friendly_name              = "pbx"
  ip_address                 = "198.51.100.7"
}

resource "twilio_sip_domain_ip_access_control_list_mapping" "test" {
  domain_sid                 = %q
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.test.sid
}
`, m.CreateDomain("", "acme.sip.twilio.com", "Acme").SID)
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+config)
	c.Run("init")
	c.Run("apply", "-auto-approve")

	// Twilio may answer 404 rather than 401 for objects of other accounts.
	gateway(m, 1<<30, func(*http.Request) bool { return true }, func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusNotFound)
		_, _ = fmt.Fprint(w, `{"code": 20404, "message": "The requested resource was not found", "more_info": "https://www.twilio.com/docs/errors/20404", "status": 404}`)
	})
	m.ResetRequests()
	output := c.ExpectError("plan", "-no-color")
	if !acctest.Text("The credentials do not show account "+m.AccountSID()+" either").MatchString(output) || strings.Contains(output, "will be created") {
		t.Errorf("the plan says\n%s", output)
	}
	c.ExpectError("destroy", "-auto-approve", "-refresh=false", "-no-color")
	if got := len(c.State()); got != 3 {
		t.Errorf("%d resources are left in the state", got)
	}
}
