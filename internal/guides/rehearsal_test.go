// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package guides_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// These tests rehearse changes with mocktwilio, the real CLI, and an installed provider.

var buildProgram = sync.OnceValues(func() (string, error) {
	program := filepath.Join(mirrorDir, "bin", "mocktwilio")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	build := exec.Command("go", "build", "-o", program, "./internal/cmd/mocktwilio")
	build.Dir = acctest.Root()
	if output, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w\n%s", err, output)
	}
	return program, nil
})

// newRehearsal returns a CLI for a configuration whose objects are in m, with the provider installed.
func newRehearsal(m *acctest.Mock, config string) *acctest.CLI {
	m.T.Helper()
	c := m.NewCLI(nil)
	installProvider(c)
	c.Env = append(c.Env, "TWILIO_ACCOUNT_SID="+m.AccountSID(), "TWILIO_AUTH_TOKEN="+m.AuthToken(), "TWILIO_BASE_URL="+m.URL())
	c.Write("main.tf", requiredProvider+config)
	c.Run("init")
	return c
}

const requiredProvider = `
terraform {
  required_providers {
    twilio = {
      source = "twilio-sip/twilio"
    }
  }
}
`

// expectUntouched runs f, and fails the test if f changes the state of the directory or writes to the mock that plays Twilio.
func expectUntouched(m *acctest.Mock, c *acctest.CLI, f func()) {
	m.T.Helper()
	files := func() map[string]string {
		found := map[string]string{}
		entries, err := os.ReadDir(c.Dir)
		if err != nil {
			m.T.Fatal(err)
		}
		for _, entry := range entries {
			if !entry.IsDir() && strings.Contains(entry.Name(), "tfstate") {
				found[entry.Name()] = c.Read(entry.Name())
			}
		}
		return found
	}
	before := files()
	m.ResetRequests()
	f()
	if after := files(); !maps.Equal(before, after) {
		m.T.Errorf("the state was changed: %v, before %v", slices.Sorted(maps.Keys(after)), slices.Sorted(maps.Keys(before)))
	}
	if requests := m.Requests(); len(requests) > 0 {
		m.T.Errorf("the rehearsal sent %d requests to Twilio", len(requests))
	}
}

// rehearse runs mocktwilio and returns its output and exit status.
func rehearse(m *acctest.Mock, c *acctest.CLI, args ...string) (output string, status int) {
	m.T.Helper()
	program, err := buildProgram()
	if err != nil {
		m.T.Fatal(err)
	}
	expectUntouched(m, c, func() { output, status = c.Try(program, args...) })
	return output, status
}

const nothingChanged = "Nothing would change in Twilio: the mock received only read requests."

// expectEmptyRehearsal rehearses a plan, which must be empty and only read.
func expectEmptyRehearsal(m *acctest.Mock, c *acctest.CLI, args ...string) string {
	m.T.Helper()
	args = append(args, "--load", "terraform.tfstate", "--", "terraform", "plan", "-no-color", "-detailed-exitcode")
	output, status := rehearse(m, c, args...)
	if status != 0 || !strings.Contains(output, nothingChanged) || strings.Contains(output, "Objects have changed outside of Terraform") {
		m.T.Errorf("exit status %d of an empty plan:\n%s", status, output)
	}
	for _, row := range summaryRow.FindAllStringSubmatch(output, -1) {
		if row[1] != "GET" || strings.Join(strings.Fields(row[2]), "") != "000" {
			m.T.Errorf("not just GETs that succeed: %s", row[0])
		}
	}
	return output
}

var (
	summaryRow = regexp.MustCompile(`(?m)^(GET|POST|DELETE)\s+/\S+\s+\d+\s+(\d+\s+\d+\s+\d+)$`)
	sentLine   = regexp.MustCompile(`(?m)^ +\d+\. (\w+ \S+)\n(?:      (\w+=.*)\n)?`)
)

// sent returns the requests that a rehearsal has printed.
func sent(output string) []string {
	var lines []string
	for _, match := range sentLine.FindAllStringSubmatch(output, -1) {
		lines = append(lines, strings.TrimSpace(match[1]+" "+match[2]))
	}
	return lines
}

// writes returns the writes to a mock in the same form.
func writes(m *acctest.Mock) []string {
	var lines []string
	for _, r := range m.Requests() {
		if r.Method == http.MethodGet {
			continue
		}
		line := r.Method + " " + r.Path
		for _, name := range slices.Sorted(maps.Keys(r.Form)) {
			line += fmt.Sprintf(" %s=%q", name, r.Form.Get(name))
		}
		lines = append(lines, line)
	}
	return lines
}

// ofList returns the requests about a list and its entries.
func ofList(lines []string, sid string) []string {
	return slices.DeleteFunc(slices.Clone(lines), func(line string) bool { return !strings.Contains(line, sid) })
}

// allowlists returns 3 lists with 40 entries, one with a map, one with another map, and one with single resources, for 2 domains
// and a trunk.
func allowlists(gateways, carriers, branches map[string]string) string {
	hcl := func(entries map[string]string) string {
		var text strings.Builder
		for _, block := range slices.Sorted(maps.Keys(entries)) {
			fmt.Fprintf(&text, "    %q = %q\n", block, entries[block])
		}
		return text.String()
	}
	return `
resource "twilio_sip_ip_access_control_list" "gateways" {
  friendly_name = "Gateways"
  ip_addresses = {
` + hcl(gateways) + `  }
}

resource "twilio_sip_ip_access_control_list" "carriers" {
  friendly_name = "Carriers"
  ip_addresses = {
` + hcl(carriers) + `  }
}

resource "twilio_sip_ip_access_control_list" "branches" {
  friendly_name = "Branches"
}

resource "twilio_sip_ip_address" "branch" {
  for_each = {
` + hcl(branches) + `  }
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.branches.sid
  friendly_name              = each.key
  ip_address                 = each.value
}

data "twilio_sip_domain" "sales" {
  domain_name = "sales.sip.twilio.com"
}

data "twilio_sip_domain" "support" {
  domain_name = "support.sip.twilio.com"
}

data "twilio_sip_trunking_trunk" "main" {
  friendly_name = "Main"
}

resource "twilio_sip_domain_ip_access_control_list_mapping" "sales" {
  for_each                   = { gateways = twilio_sip_ip_access_control_list.gateways.sid, branches = twilio_sip_ip_access_control_list.branches.sid }
  domain_sid                 = data.twilio_sip_domain.sales.sid
  ip_access_control_list_sid = each.value
}

resource "twilio_sip_domain_ip_access_control_list_mappings_exclusive" "support" {
  domain_sid                  = data.twilio_sip_domain.support.sid
  ip_access_control_list_sids = [twilio_sip_ip_access_control_list.gateways.sid]
}

resource "twilio_sip_trunking_ip_access_control_list" "main" {
  trunk_sid                  = data.twilio_sip_trunking_trunk.main.sid
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.carriers.sid
}
`
}

func TestRehearsal(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	m.CreateDomain("", "sales.sip.twilio.com", "Sales")
	m.CreateDomain("", "support.sip.twilio.com", "")
	m.CreateTrunk("", "Main", "main.pstn.twilio.com")
	gateways, carriers, branches := map[string]string{}, map[string]string{}, map[string]string{}
	for i := range 20 {
		gateways[fmt.Sprintf("203.0.113.%d", i)] = fmt.Sprintf("SBC %d", i)
	}
	for i := range 10 {
		carriers[fmt.Sprintf("198.51.100.%d/28", i*16)] = "Carrier \"A\" " + fmt.Sprint(i)
		branches[fmt.Sprintf("branch-%d", i)] = fmt.Sprintf("192.0.2.%d", i)
	}
	c := newRehearsal(m, allowlists(gateways, carriers, branches))
	c.Run("apply", "-auto-approve")
	output := expectEmptyRehearsal(m, c)
	if !strings.Contains(output, "3 lists, 40 entries, 2 domains, and 1 trunk from terraform.tfstate") || strings.Contains(output, "\n  - ") {
		t.Errorf("not everything was in the state:\n%s", output)
	}

	// Five entries: a name, one entry less, one block that becomes two, and the address of a single resource.
	gateways["203.0.113.7"] = "SBC seven"
	delete(gateways, "203.0.113.8")
	delete(carriers, "198.51.100.16/28")
	carriers["198.51.100.16/30"] = "Carrier B"
	carriers["198.51.100.24/30"] = "Carrier C"
	branches["branch-3"] = "192.0.2.33"
	c.Write("main.tf", requiredProvider+allowlists(gateways, carriers, branches))
	output, status := rehearse(m, c, "--load", "terraform.tfstate", "--", "terraform", "apply", "-auto-approve", "-no-color")
	if status != 0 {
		t.Fatalf("exit status %d:\n%s", status, output)
	}
	m.ResetRequests()
	c.Run("apply", "-auto-approve")
	rehearsed, applied := sent(output), writes(m)
	if len(applied) != 5 || !strings.Contains(output, "\n5 write requests would be sent") {
		t.Errorf("%d requests were sent, want 5", len(applied))
	}
	// The new block comes first, so that no address is refused that stays allowed. The other requests have no order.
	carrierList := m.Lists("")[slices.IndexFunc(m.Lists(""), func(l mocktwilio.List) bool { return l.FriendlyName == "Carriers" })].SID
	if got, want := ofList(rehearsed, carrierList), ofList(applied, carrierList); len(got) != 2 || !slices.Equal(got, want) {
		t.Errorf("rehearsed\n%s\nsent\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	slices.Sort(rehearsed)
	slices.Sort(applied)
	if !slices.Equal(rehearsed, applied) {
		t.Errorf("rehearsed\n%s\nsent\n%s", strings.Join(rehearsed, "\n"), strings.Join(applied, "\n"))
	}
	expectEmptyRehearsal(m, c)
}

// TestRehearseInASession runs several commands on the copy of the state.
func TestRehearseInASession(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	config := func(name string) string {
		return acctest.ListConfig(name) + "output \"name\" {\n  value = twilio_sip_ip_access_control_list.test.friendly_name\n}\n"
	}
	c := newRehearsal(m, config("Before"))
	c.Write("tests/a.tftest.hcl", "run \"a\" {\n  assert {\n    condition     = output.name == \"After\"\n    error_message = \"Wrong name.\"\n  }\n}\n")
	c.Run("apply", "-auto-approve")
	c.Write("main.tf", requiredProvider+config("After"))
	c.Env = append(c.Env, "TF_CLI_ARGS=-no-color", "TF_CLI_ARGS_plan=-detailed-exitcode")
	output, status := rehearse(m, c, "--load", "terraform.tfstate", "--", "sh", "-euc", `
echo "name: $(terraform output -raw name)"
terraform plan -out=saved || echo "plan: $?"
terraform apply saved
echo "name: $(terraform output -raw name)"
terraform plan
echo "after: $(terraform state list)"
terraform test
terraform init
terraform destroy -auto-approve
echo "gone: $(terraform state list)"
terraform apply -auto-approve
terraform state mv twilio_sip_ip_access_control_list.test twilio_sip_ip_access_control_list.other
terraform state rm twilio_sip_ip_access_control_list.other
echo "removed: $(terraform state list)"
! terraform state push terraform.tfstate
`)
	for _, line := range []string{
		"name: Before", "plan: 2", "name: After", "after: twilio_sip_ip_access_control_list.test", "Success! 1 passed, 0 failed.", "gone: ", "removed: ",
		"flag provided but not defined: -not-in-a-rehearsal",
	} {
		if !strings.Contains(output, line+"\n") {
			t.Errorf("no line %q", line)
		}
	}
	if lines := sent(output); status != 0 || len(lines) != 5 {
		t.Errorf("exit status %d, requests %q in\n%s", status, lines, output)
	}
}

// TestRehearseSavedPlan applies a plan that was saved before.
func TestRehearseSavedPlan(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := newRehearsal(m, acctest.ListConfig("Before"))
	c.Run("apply", "-auto-approve")
	c.Write("main.tf", requiredProvider+acctest.ListConfig("After"))
	c.Run("plan", "-out=saved")
	output, status := rehearse(m, c, "--load", "terraform.tfstate", "--", "terraform", "apply", "-no-color", "saved")
	if lines := sent(output); status != 0 || len(lines) != 1 || !strings.Contains(lines[0], `FriendlyName="After"`) {
		t.Errorf("exit status %d, requests %q in\n%s", status, lines, output)
	}
}

// TestRehearseWhereverTheDirectoryIs rehearses in another workspace, from another directory, and in one that is not initialized.
func TestRehearseWhereverTheDirectoryIs(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := newRehearsal(m, acctest.ListConfig("Before"))
	c.Run("workspace", "new", "other")
	c.Run("apply", "-auto-approve")
	const workspace = "terraform.tfstate.d/other/terraform.tfstate"
	c.Write("main.tf", requiredProvider+acctest.ListConfig("After"))
	expect := func(in *acctest.CLI, args ...string) {
		t.Helper()
		before := c.Read(workspace)
		output, status := rehearse(m, in, args...)
		if lines := sent(output); status != 0 || len(lines) != 1 {
			t.Errorf("%q: exit status %d, requests %q in\n%s", args, status, lines, output)
		}
		if c.Read(workspace) != before {
			t.Errorf("%q changed the state", args)
		}
	}
	expect(c, "--load", workspace, "--", "terraform", "apply", "-auto-approve")
	elsewhere := *c
	elsewhere.Dir = t.TempDir()
	expect(&elsewhere, "--load", filepath.Join(c.Dir, workspace), "--", "terraform", "-chdir="+c.Dir, "apply", "-auto-approve")
	if err := os.RemoveAll(filepath.Join(c.Dir, ".terraform")); err != nil {
		t.Fatal(err)
	}
	expect(c, "--load", workspace, "--", "sh", "-c", "terraform init && terraform apply -auto-approve")
	if _, err := os.Stat(filepath.Join(c.Dir, ".terraform")); err == nil {
		t.Error("the rehearsal has initialized the directory")
	}
}

// everyDataSource has outputs with all attributes of the data sources, so that a plan shows every difference.
const everyDataSource = `
resource "twilio_sip_ip_access_control_list" "office" {
  friendly_name = "Office"
  ip_addresses = {
    "203.0.113.7/32"  = "SBC"
    "198.51.100.9/24" = "Carrier"
  }
}

resource "twilio_sip_domain_ip_access_control_list_mapping" "office" {
  domain_sid                 = data.twilio_sip_domain.sales.sid
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.office.sid
}

data "twilio_sip_domain" "sales" {
  domain_name = "sales.sip.twilio.com"
}

data "twilio_sip_trunking_trunk" "main" {
  friendly_name = "Main"
}

data "twilio_sip_ip_access_control_list" "others" {
  friendly_name = "Others"
}

data "twilio_sip_ip_access_control_lists" "all" {
  depends_on = [twilio_sip_domain_ip_access_control_list_mapping.office]
}

data "twilio_sip_ip_addresses" "others" {
  ip_access_control_list_sid = data.twilio_sip_ip_access_control_list.others.sid
}

data "twilio_sip_ip_address" "first" {
  ip_access_control_list_sid = data.twilio_sip_ip_access_control_list.others.sid
  sid                        = data.twilio_sip_ip_addresses.others.ip_addresses[0].sid
}

data "twilio_sip_domain_ip_access_control_list_mappings" "sales" {
  domain_sid = data.twilio_sip_domain.sales.sid
  depends_on = [twilio_sip_domain_ip_access_control_list_mapping.office]
}

data "twilio_sip_domain_ip_access_control_list_mapping" "others" {
  domain_sid                 = data.twilio_sip_domain.sales.sid
  ip_access_control_list_sid = data.twilio_sip_ip_access_control_list.others.sid
}

data "twilio_sip_trunking_ip_access_control_lists" "main" {
  trunk_sid = data.twilio_sip_trunking_trunk.main.sid
}

data "twilio_sip_trunking_ip_access_control_list" "others" {
  trunk_sid                  = data.twilio_sip_trunking_trunk.main.sid
  ip_access_control_list_sid = data.twilio_sip_ip_access_control_list.others.sid
}

data "twilio_sip_effective_access" "sales" {
  domain_sid = data.twilio_sip_domain.sales.sid
  depends_on = [twilio_sip_domain_ip_access_control_list_mapping.office]
}

data "twilio_sip_effective_access" "main" {
  trunk_sid = data.twilio_sip_trunking_trunk.main.sid
}

data "twilio_sip_access_report" "account" {
  depends_on = [twilio_sip_domain_ip_access_control_list_mapping.office]
}

output "all" {
  value = [
    data.twilio_sip_domain.sales, data.twilio_sip_trunking_trunk.main, data.twilio_sip_ip_access_control_list.others,
    data.twilio_sip_ip_access_control_lists.all, data.twilio_sip_ip_addresses.others, data.twilio_sip_ip_address.first,
    data.twilio_sip_domain_ip_access_control_list_mappings.sales, data.twilio_sip_domain_ip_access_control_list_mapping.others,
    data.twilio_sip_trunking_ip_access_control_lists.main, data.twilio_sip_trunking_ip_access_control_list.others,
    data.twilio_sip_effective_access.sales, data.twilio_sip_effective_access.main, data.twilio_sip_access_report.account,
  ]
}
`

// othersObjects creates objects that the configuration does not manage.
func othersObjects(m *acctest.Mock) {
	others, archive := m.CreateList("", "Others"), m.CreateList("", "Archive")
	for i := range 5 {
		m.CreateAddress("", others.SID, fmt.Sprintf("192.0.2.%d", 9-i), 32, fmt.Sprint("Entry ", i))
	}
	m.CreateAddress("", others.SID, "192.0.2.9", 32, "Duplicate")
	m.CreateAddress("", archive.SID, "192.0.2.240", 28, "Archived")
	users, devices := m.CreateCredentialList("", "Users"), m.CreateCredentialList("", "Devices")
	sales := m.CreateDomain("", "sales.sip.twilio.com", "Sales")
	m.MapList("", sales.SID, others.SID)
	m.MapCredentialList("", sales.SID, users.SID)
	m.MapCredentialList("", sales.SID, devices.SID)
	archived := m.CreateDomain("", "archive.sip.twilio.com", "")
	m.MapList("", archived.SID, archive.SID)
	trunk := m.CreateTrunk("", "Main", "")
	m.AssociateList("", trunk.SID, others.SID)
	m.AssociateCredentialList("", trunk.SID, users.SID)
	m.CreateTrunk("", "", "spare.pstn.twilio.com")
	m.CreateList("", "Unused")
}

func TestRehearseDataSources(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	othersObjects(m)
	c := newRehearsal(m, everyDataSource)
	c.Run("apply", "-auto-approve")
	c.Run("apply", "-auto-approve") // data sources without depends_on have seen what the first one made
	c.ExpectEmptyPlan()
	output := expectEmptyRehearsal(m, c)
	for _, note := range []string{"The state does not have the entries of these lists, so entries are invented to match", "The state does not have the entries of these lists, so the lists are empty:"} {
		if !strings.Contains(output, "\n  - "+note) {
			t.Errorf("no note %q in\n%s", note, output)
		}
	}
}

// TestRehearseAuthTypes loads a state that shows how callers are authenticated but does not have the credential lists.
func TestRehearseAuthTypes(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	othersObjects(m)
	const domain = `
data "twilio_sip_domain" "sales" {
  domain_name = "sales.sip.twilio.com"
}

data "twilio_sip_trunking_trunk" "main" {
  friendly_name = "Main"
}

output "auth" {
  value = [data.twilio_sip_domain.sales, data.twilio_sip_trunking_trunk.main]
}
`
	c := newRehearsal(m, domain)
	c.Run("apply", "-auto-approve")
	output := expectEmptyRehearsal(m, c)
	for _, note := range []string{"so each has an invented one: SD", "The state does not have the names of these lists, so each is named after its SID: AL"} {
		if !strings.Contains(output, note) {
			t.Errorf("no note %q in\n%s", note, output)
		}
	}
}

// TestRehearseSubaccounts manages a subaccount in two ways: with the credentials of the parent account, and with its own.
func TestRehearseSubaccounts(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	north, token := m.AddSubaccount()
	m.CreateDomain(north, "north.sip.twilio.com", "")
	m.CreateTrunk(north, "North", "")
	m.CreateTrunk("", "Main", "")
	config := func(name string) string {
		return fmt.Sprintf(`
provider "twilio" {
  alias       = "north"
  account_sid = %q
  auth_token  = %q
}

resource "twilio_sip_ip_access_control_list" "main" {
  friendly_name = %[3]q
  ip_addresses  = { "203.0.113.7" = "SBC" }
}

resource "twilio_sip_ip_access_control_list" "north" {
  account_sid   = %[1]q
  friendly_name = %[3]q
  ip_addresses  = { "203.0.113.7" = "SBC" }
}

data "twilio_sip_domain" "north" {
  account_sid = %[1]q
  domain_name = "north.sip.twilio.com"
}

resource "twilio_sip_domain_ip_access_control_list_mapping" "north" {
  account_sid                = %[1]q
  domain_sid                 = data.twilio_sip_domain.north.sid
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.north.sid
}

data "twilio_sip_trunking_trunk" "north" {
  provider      = twilio.north
  friendly_name = "North"
}

resource "twilio_sip_trunking_ip_access_control_list" "north" {
  provider                   = twilio.north
  trunk_sid                  = data.twilio_sip_trunking_trunk.north.sid
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.north.sid
}
`, north, token, name)
	}
	c := newRehearsal(m, config("Before"))
	c.Run("apply", "-auto-approve")
	if output := expectEmptyRehearsal(m, c); !strings.Contains(output, "The mock uses "+m.AccountSID()+" because TWILIO_ACCOUNT_SID names it. To choose another account, use --account-sid. Subaccounts: "+north+".") {
		t.Errorf("nothing is said about the accounts:\n%s", output)
	}
	// In CI there are no credentials.
	c.Env = append(c.Env, "TWILIO_ACCOUNT_SID=", "TWILIO_AUTH_TOKEN=")
	if output := expectEmptyRehearsal(m, c, "--account-sid", m.AccountSID()); !strings.Contains(output, "because --account-sid names it") {
		t.Errorf("nothing is said about the accounts:\n%s", output)
	}
	c.Write("main.tf", requiredProvider+config("After"))
	output, status := rehearse(m, c, "--load", "terraform.tfstate", "--account-sid", m.AccountSID(), "--", "terraform", "apply", "-auto-approve")
	if lines := sent(output); status != 0 || len(lines) != 2 || len(ofList(lines, north)) != 1 {
		t.Errorf("exit status %d, requests %q in\n%s", status, lines, output)
	}
}

// TestRehearseRemoteState rehearses with the state in a remote backend.
func TestRehearseRemoteState(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	backend := startStateBackend(t)
	c := newRehearsal(m, acctest.ListConfig("Before"))
	c.Write("backend.tf", "terraform {\n  backend \"http\" {}\n}\n")
	c.Env = append(c.Env, "TF_HTTP_ADDRESS="+backend.url)
	c.Run("init", "-reconfigure")
	c.Run("apply", "-auto-approve")
	written := backend.writes()
	if written == 0 {
		t.Fatal("the apply wrote no state")
	}
	c.Write("main.tf", strings.Replace(c.Read("main.tf"), "Before", "After", 1))
	c.Write("pulled.tfstate", c.Run("state", "pull"))

	for _, command := range [][]string{
		{"terraform", "apply", "-auto-approve"},
		{"terraform", "-chdir=.", "apply", "-auto-approve"},
		{"sh", "-c", "cd / && terraform -chdir=" + c.Dir + " apply -auto-approve"},
	} {
		output, status := rehearse(m, c, append([]string{"--load", "pulled.tfstate", "--"}, command...)...)
		if status != 1 || !strings.Contains(output, `keeps its state in backend "http"`) {
			t.Errorf("%q: exit status %d:\n%s", command, status, output)
		}
	}
	// If the command changes to another directory, that directory is not initialized for the command and cannot be.
	for _, command := range []string{"terraform apply -auto-approve", "terraform init && terraform apply -auto-approve", "terraform init -reconfigure && terraform apply -auto-approve"} {
		for _, initialized := range []bool{false, true} {
			elsewhere := *c
			elsewhere.Dir = t.TempDir()
			if initialized {
				elsewhere.Write("main.tf", requiredProvider)
				elsewhere.Run("init")
			}
			output, status := rehearse(m, &elsewhere, "--load", filepath.Join(c.Dir, "pulled.tfstate"), "--", "sh", "-c", "cd "+c.Dir+" && "+command)
			if status != 1 || !strings.Contains(output, "Backend initialization required") {
				t.Errorf("%q: exit status %d:\n%s", command, status, output)
			}
		}
	}

	// The advice in the error works.
	c.Write("rehearsal_override.tf", "terraform {\n  backend \"local\" {}\n}\n")
	c.Env = append(c.Env, "TF_DATA_DIR=.rehearsal")
	c.Run("init", "-reconfigure")
	output, status := rehearse(m, c, "--load", "pulled.tfstate", "--", "terraform", "apply", "-auto-approve")
	if lines := sent(output); status != 0 || len(lines) != 1 {
		t.Errorf("exit status %d, requests %q in\n%s", status, lines, output)
	}
	if backend.writes() != written {
		t.Error("a rehearsal wrote to the backend")
	}
}

// TestRehearseMigration loads states that other providers have written.
func TestRehearseMigration(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	o := acctest.NewOffice(m)
	c := m.NewCLI(acctest.Installed("twilio/twilio", acctest.TwilioProvider))
	installProvider(c)
	c.Env = append(c.Env, "TWILIO_ACCOUNT_SID="+m.AccountSID(), "TWILIO_AUTH_TOKEN="+m.AuthToken(), "TWILIO_BASE_URL="+m.URL())
	if !c.AtLeast("1.8", "1.10") {
		t.Skip("moved blocks between types begin with Terraform 1.8 and OpenTofu 1.10")
	}
	writeState(c, c.DefaultHost(), "twilio/twilio",
		foreignResource{twilioListType, "office", nil, map[string]any{"friendly_name": "Office", "id": o.List.SID, "sid": o.List.SID, "path_account_sid": nil}},
		foreignResource{twilioEntryType, "office", nil, map[string]any{
			"cidr_prefix_length": 32, "friendly_name": o.London.FriendlyName, "id": o.List.SID + "/" + o.London.SID, "sid": o.London.SID,
			"ip_access_control_list_sid": o.List.SID, "ip_address": o.London.IPAddress, "path_account_sid": nil,
		}},
		foreignResource{twilioAssociationType, "office", nil, map[string]any{
			"id": o.Trunk.SID + "/" + o.List.SID, "ip_access_control_list_sid": o.List.SID, "sid": o.List.SID, "trunk_sid": o.Trunk.SID,
		}})
	config := requiredProvider
	for _, r := range []struct{ from, to, arguments string }{
		{twilioListType, listType, `friendly_name = "Office"`},
		{twilioEntryType, entryType, fmt.Sprintf("ip_access_control_list_sid = %q\nfriendly_name = %q\nip_address = %q", o.List.SID, o.London.FriendlyName, o.London.IPAddress)},
		{twilioAssociationType, "twilio_sip_trunking_ip_access_control_list", fmt.Sprintf("ip_access_control_list_sid = %q\ntrunk_sid = %q", o.List.SID, o.Trunk.SID)},
	} {
		config += fmt.Sprintf("resource %q \"office\" {\n%s\n}\nmoved {\n  from = %s.office\n  to   = %s.office\n}\n", r.to, r.arguments, r.from, r.to)
	}
	c.Write("main.tf", config)
	c.Run("init")
	if output, status := rehearse(m, c, "--load", "terraform.tfstate", "--", "terraform", "plan"); status != 1 || !strings.Contains(output, "the state also has resources of "+c.DefaultHost()+"/twilio/twilio, whose") {
		t.Errorf("exit status %d:\n%s", status, output)
	}
	output, status := rehearse(m, c, "--load", "terraform.tfstate", "--allow-other-providers", "--", "sh", "-c", "terraform apply -no-color -auto-approve && terraform plan -detailed-exitcode")
	if status != 0 || !strings.Contains(output, "0 added, 0 changed, 0 destroyed.") || !strings.Contains(output, nothingChanged) ||
		!strings.Contains(output, "The state does not say which account some objects belong to. The mock puts them in "+m.AccountSID()) {
		t.Errorf("exit status %d:\n%s", status, output)
	}
}

func TestGuideRehearseAChange(t *testing.T) {
	t.Parallel()
	runGuide(t, "rehearse-a-change.md", nil, func(m *acctest.Mock, c *acctest.CLI, _ int) func() []string {
		m.CreateDomain("", "example.sip.twilio.com", "")
		installProvider(c)
		program, err := buildProgram()
		if err != nil {
			t.Fatal(err)
		}
		for i, variable := range c.Env {
			if path, ok := strings.CutPrefix(variable, "PATH="); ok {
				c.Env[i] = "PATH=" + filepath.Dir(program) + string(os.PathListSeparator) + path
			}
		}
		c.Env = append(c.Env, "TF_HTTP_ADDRESS="+startStateBackend(t).url, "GITHUB_STEP_SUMMARY="+filepath.Join(t.TempDir(), "summary.md"))
		return func() []string {
			var pairs []string
			for _, list := range m.Lists("") {
				pairs = append(pairs, acctest.ListSID, list.SID)
				for _, entry := range m.Addresses("", list.SID) {
					if entry.FriendlyName == "London" {
						pairs = append(pairs, "IP0123456789abcdef0123456789abcdef", entry.SID)
					}
				}
			}
			return pairs
		}
	})
}

// TestFieldsOfSavedFiles checks that the guide names the fields of every kind of object.
func TestFieldsOfSavedFiles(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile(filepath.Join(acctest.Root(), "docs", "guides", "rehearse-a-change.md"))
	if err != nil {
		t.Fatal(err)
	}
	m := acctest.StartMock(t)
	othersObjects(m)
	saved, err := json.Marshal(m.Save())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range regexp.MustCompile(`"(\w+)":`).FindAllSubmatch(saved, -1) {
		if !strings.Contains(string(guide), "`"+string(name[1])+"`") {
			t.Errorf("the guide does not name the field %s", name[1])
		}
	}
}
