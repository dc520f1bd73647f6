// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package guides_test

import (
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// TestTwoRegions applies the example of the provider's page that has a provider block for each region. Each block is a process of its
// own, and uses its own credentials.
func TestTwoRegions(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	if !c.AtLeast("1.10", "1.11") {
		t.Skip("ephemeral variables begin with Terraform 1.10 and OpenTofu 1.11")
	}
	installProvider(c)
	key, secret := m.AddAPIKey("")
	c.Env = append(c.Env, "TWILIO_ACCOUNT_SID="+m.AccountSID(), "TWILIO_AUTH_TOKEN="+m.AuthToken(), "TWILIO_BASE_URL="+m.URL(),
		"TF_VAR_ireland_api_key="+key, "TF_VAR_ireland_api_secret="+secret)
	page, err := os.ReadFile(filepath.Join(acctest.Root(), "docs", "index.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(page), "\n## Regions\n")
	_, example, _ := strings.Cut(section, "\n```terraform\n")
	example, _, _ = strings.Cut(example, "```\n")
	c.Write("main.tf", example)
	c.Write("versions.tf", strings.TrimPrefix(m.RootConfig(), m.Config()))
	var (
		mu    sync.Mutex
		users []string
	)
	m.SetFaultFunc(func(r *http.Request) *mocktwilio.Fault {
		if r.Method == http.MethodPost {
			mu.Lock()
			defer mu.Unlock()
			user, _, _ := r.BasicAuth()
			users = append(users, user)
		}
		return nil
	})
	c.Run("fmt", "-check", "-diff", "main.tf")
	c.Run("init")
	c.Run("apply", "-auto-approve")
	mu.Lock()
	defer mu.Unlock()
	slices.Sort(users)
	if want := []string{m.AccountSID(), key}; !slices.Equal(users, want) {
		t.Errorf("lists were created by %q, want %q", users, want)
	}
}

// TestGuidesOnProviderPage checks that the provider's page links to every guide.
func TestGuidesOnProviderPage(t *testing.T) {
	t.Parallel()
	pages := readPages(t)
	for file := range pages {
		if url := registries["Terraform"].pageURL(file); strings.HasPrefix(file, "guides/") && !strings.Contains(pages["index.md"], "]("+url+")") {
			t.Errorf("docs/index.md does not link to %s", url)
		}
	}
}
