// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

var examples = filepath.Join("..", "..", "examples")

// copyExample fills the directory with an example, whose provider block an override completes: the mock's address comes
// from there.
func (c *cli) copyExample(name string, override ...string) {
	c.t.Helper()
	if err := os.CopyFS(c.dir, os.DirFS(filepath.Join(examples, name))); err != nil {
		c.t.Fatal(err)
	}
	c.write("override.tf", strings.Join(override, "\n"))
}

// ownProcess has the CLI start the provider as it does in real life, instead of this process: only then provider blocks
// with an alias are apart from each other.
func (c *cli) ownProcess() {
	c.t.Helper()
	dir := c.t.TempDir()
	binary := filepath.Join(dir, "terraform-provider-twilio")
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	if output, err := exec.CommandContext(c.t.Context(), "go", "build", "-o", binary, filepath.Join("..", "..")).CombinedOutput(); err != nil {
		c.t.Fatalf("%v\n%s", err, output)
	}
	settings := filepath.Join(dir, "cli.tfrc")
	text := fmt.Sprintf("provider_installation {\n  dev_overrides {\n    %q = %q\n  }\n  direct {}\n}\n", ourAddress, dir)
	if err := os.WriteFile(settings, []byte(text), 0o600); err != nil {
		c.t.Fatal(err)
	}
	c.env = append(c.env, "TF_REATTACH_PROVIDERS=", "TF_CLI_CONFIG_FILE="+settings)
}

// sidsOf gives the SIDs of the resources of a type in the state.
func (c *cli) sidsOf(resourceType string) []string {
	var sids []string
	for _, resource := range c.state() {
		for _, instance := range resource.Instances {
			if resource.Type == resourceType && resource.Mode == "managed" {
				sids = append(sids, instance.Attributes["sid"].(string))
			}
		}
	}
	return sids
}

// TestFromAddressesToCalls runs the guide's configuration in an account of 120 domains and 60 trunks.
func TestFromAddressesToCalls(t *testing.T) {
	t.Parallel()
	m := startMock(t)
	for i := range 119 {
		m.CreateDomain("", fmt.Sprintf("domain-%d.sip.twilio.com", i), "")
	}
	for i := range 59 {
		m.CreateTrunk("", fmt.Sprintf("Trunk %d", i), "")
	}
	domain, trunk := m.CreateDomain("", "example.sip.twilio.com", "Example").SID, m.CreateTrunk("", "Carrier", "").SID
	other := m.CreateList("", "By hand").SID
	m.MapList("", domain, other)
	c := m.newCLI(nil)
	c.copyExample("from-addresses-to-calls", m.config())
	c.env = append(c.env, "TF_VAR_domain_name=example.sip.twilio.com", "TF_VAR_trunk_name=Carrier")
	c.run("init")
	c.run("apply", "-auto-approve")
	m.ResetRequests()
	c.emptyPlan()
	// Domains, trunks and lists by name or SID, and what hangs on each.
	if got := m.requests(); len(got) != 6 {
		t.Errorf("a refresh took %d requests: %q", len(got), got)
	}
	if output := c.run("output", "-json", "other_lists"); strings.TrimSpace(output) != fmt.Sprintf("[%q]", other) {
		t.Errorf("other lists: %s", output)
	}

	list := c.sidsOf("twilio_sip_ip_access_control_list")[0]
	for kind, place := range map[string]string{"domain": domain, "trunk": trunk} {
		l := linkings[kind]
		address := l.resourceType + "." + map[string]string{"domain": "calls", "trunk": "carrier"}[kind]
		for _, id := range l.importIDs(m.AccountSID(), place, list) {
			c.run("state", "rm", address)
			c.run("import", address, id)
		}
	}
	c.emptyPlan()

	m.ResetRequests()
	c.run("destroy", "-auto-approve")
	writes := m.writes()
	if len(writes) != 3 || writes[2] != "DELETE /IpAccessControlLists/AL" {
		t.Errorf("destroyed by %q", writes)
	}
	if mapped := linkings["domain"].lists(m, domain); !slices.Equal(mapped, []string{other}) {
		t.Errorf("lists in force: %q", mapped)
	}
}

// TestOneAllowlistForManySubaccounts runs the guide's configuration.
func TestOneAllowlistForManySubaccounts(t *testing.T) {
	t.Parallel()
	m := startMock(t)
	north, token := m.AddSubaccount()
	south, _ := m.AddSubaccount()
	domains := map[string]string{
		north: m.CreateDomain(north, "north.sip.twilio.com", "").SID,
		south: m.CreateDomain(south, "south.sip.twilio.com", "").SID,
	}
	trunk := m.CreateTrunk(north, "North", "").SID
	c := m.newCLI(nil)
	c.ownProcess()
	c.copyExample("one-allowlist-for-many-subaccounts", m.config(), fmt.Sprintf("provider \"twilio\" {\n  alias    = \"north\"\n  base_url = %q\n}\n", m.URL()))
	c.env = append(c.env, "TF_VAR_north_auth_token="+token, fmt.Sprintf(
		`TF_VAR_subaccounts={north={account_sid=%q,domain_name="north.sip.twilio.com"},south={account_sid=%q,domain_name="south.sip.twilio.com"}}`, north, south))
	c.run("get")
	c.run("apply", "-auto-approve")
	for account, domain := range domains {
		lists := m.Lists(account)
		if len(lists) != 1 || len(m.Addresses(account, lists[0].SID)) != 2 {
			t.Fatalf("lists of %s: %v", account, lists)
		}
		if mapped := m.Mappings(account, domain); len(mapped) != 1 || mapped[0].ListSID != lists[0].SID {
			t.Errorf("mappings of %s: %v", account, mapped)
		}
	}
	if associated := m.Associations(north, trunk); len(associated) != 1 {
		t.Errorf("associations: %v", associated)
	}
	c.emptyPlan()
	m.ResetRequests()
	c.run("destroy", "-auto-approve")
	for account := range domains {
		if lists := m.Lists(account); len(lists) > 0 {
			t.Errorf("left: %v", lists)
		}
	}
}

// TestImportExamples parses every import ID of the examples and guides about lists in force.
func TestImportExamples(t *testing.T) {
	t.Parallel()
	forms := map[string]importForms{
		linkings["domain"].resourceType: domainMappingImport,
		linkings["trunk"].resourceType:  trunkAssociationImport,
	}
	line := regexp.MustCompile(`(?m)^terraform import '?(?:module\.\w+\.)?(twilio_\w+)\.\S+ (\S+)$`)
	block := regexp.MustCompile(`(?s)to = (twilio_\w+)\.\w+\s+id = "([^"]+)"`)
	documented := map[string]map[importForm]bool{}
	for _, pattern := range []string{
		filepath.Join(examples, "resources", "*", "import*"), filepath.Join("..", "..", "templates", "guides", "*"),
	} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, file := range files {
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, match := range append(line.FindAllStringSubmatch(string(content), -1), block.FindAllStringSubmatch(string(content), -1)...) {
				f, ours := forms[match[1]]
				if !ours {
					continue
				}
				var diags diag.Diagnostics
				if f.parse(match[2], &diags); diags.HasError() {
					t.Errorf("%s: %v", file, diags)
				}
				for _, form := range f.forms {
					if sids, _ := form.match(match[2]); sids != nil {
						if documented[match[1]] == nil {
							documented[match[1]] = map[importForm]bool{}
						}
						documented[match[1]][form] = true
					}
				}
			}
		}
	}
	for resourceType, f := range forms {
		if len(documented[resourceType]) != len(f.forms) {
			t.Errorf("%s: documented are %v, understood are\n%s", resourceType, documented[resourceType], f.list())
		}
	}
}

// TestHostsOfBothProducts puts a list in force under every way of configuring where requests go.
func TestHostsOfBothProducts(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ settings, api, trunking string }{
		"default":         {"", "api.twilio.com", "trunking.twilio.com"},
		"region and edge": {"region = \"ie1\"\n edge = \"dublin\"", "api.dublin.ie1.twilio.com", "trunking.dublin.ie1.twilio.com"},
		"base URL":        {`base_url = "https://proxy.example.com"`, "proxy.example.com", "proxy.example.com"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := startMock(t)
			detour := &detour{to: m.URL(), hosts: map[string]bool{}}
			m.adjust = func(config *twilio.Config) { config.Transport = detour }
			c := m.newCLI(nil)
			c.write("main.tf", strings.TrimPrefix(m.mockBlock(), m.config())+
				fmt.Sprintf("provider \"twilio\" {\n %s\n %s\n}\n", withToken(m.AccountSID(), m.AuthToken()), test.settings)+
				listConfig("Office")+
				linkings["domain"].block("test", linkings["domain"].place(m), m.CreateList("", "By hand").SID)+
				linkings["trunk"].block("test", linkings["trunk"].place(m), m.Lists("")[0].SID))
			c.run("init")
			c.run("apply", "-auto-approve")
			c.emptyPlan()
			c.run("destroy", "-auto-approve")
			want := []string{test.api + " /2010-04-01", test.trunking + " /v1"}
			slices.Sort(want)
			if got := detour.seen(); !slices.Equal(got, want) {
				t.Errorf("hosts: %q, want %q", got, want)
			}
		})
	}
}
