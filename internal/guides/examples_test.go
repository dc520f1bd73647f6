// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package guides_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// copyExample copies an example into the directory, with an override file that has the mock's URL in its provider block.
func copyExample(c *acctest.CLI, name string, override ...string) {
	c.T.Helper()
	if err := os.CopyFS(c.Dir, os.DirFS(acctest.Example(name))); err != nil {
		c.T.Fatal(err)
	}
	c.Write("override.tf", strings.Join(override, "\n"))
}

// sidsOf returns the SIDs of the resources of a type in the state.
func sidsOf(c *acctest.CLI, resourceType string) []string {
	var sids []string
	for _, resource := range c.State() {
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
	m := acctest.StartMock(t)
	for i := range 119 {
		m.CreateDomain("", fmt.Sprintf("domain-%d.sip.twilio.com", i), "")
	}
	for i := range 59 {
		m.CreateTrunk("", fmt.Sprintf("Trunk %d", i), "")
	}
	domain, trunk := m.CreateDomain("", "example.sip.twilio.com", "Example").SID, m.CreateTrunk("", "Carrier", "").SID
	other := m.CreateList("", "By hand").SID
	m.MapList("", domain, other)
	c := m.NewCLI(nil)
	copyExample(c, "from-addresses-to-calls", m.Config())
	c.Env = append(c.Env, "TF_VAR_domain_name=example.sip.twilio.com", "TF_VAR_trunk_name=Carrier")
	c.Run("init")
	c.Run("apply", "-auto-approve")
	m.ResetRequests()
	c.ExpectEmptyPlan()
	// Domains, trunks, and lists by name or SID, and the entries or attachments of each.
	if got := m.RequestLines(); len(got) != 6 {
		t.Errorf("a refresh took %d requests: %q", len(got), got)
	}
	if output := c.Run("output", "-json", "other_lists"); strings.TrimSpace(output) != fmt.Sprintf("[%q]", other) {
		t.Errorf("other lists: %s", output)
	}

	list := sidsOf(c, "twilio_sip_ip_access_control_list")[0]
	for kind, parent := range map[string]string{"domain": domain, "trunk": trunk} {
		attachment := acctest.Attachments[kind]
		resourceAddress := attachment.ResourceType + "." + map[string]string{"domain": "calls", "trunk": "carrier"}[kind]
		for _, id := range attachment.ImportIDs(m.AccountSID(), parent, list) {
			c.Run("state", "rm", resourceAddress)
			c.Run("import", resourceAddress, id)
		}
	}
	c.ExpectEmptyPlan()

	m.ResetRequests()
	c.Run("destroy", "-auto-approve")
	writes := m.WriteLines()
	if len(writes) != 3 || writes[2] != "DELETE /IpAccessControlLists/AL" {
		t.Errorf("destroyed by %q", writes)
	}
	if mapped := acctest.Attachments["domain"].Lists(m, domain); !slices.Equal(mapped, []string{other}) {
		t.Errorf("lists in force: %q", mapped)
	}
}

// TestAllListsOfADomain replaces the guide's mapping with the resource for all lists of the domain.
func TestAllListsOfADomain(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	domain := m.CreateDomain("", "example.sip.twilio.com", "Example").SID
	m.CreateTrunk("", "Carrier", "")
	c := m.NewCLI(nil)
	if !c.AtLeast("1.8", "1.10") {
		t.Skip("removed blocks with lifecycle begin with OpenTofu 1.10")
	}
	copyExample(c, "from-addresses-to-calls", m.Config())
	c.Env = append(c.Env, "TF_VAR_domain_name=example.sip.twilio.com", "TF_VAR_trunk_name=Carrier")
	c.Run("init")
	c.Run("apply", "-auto-approve")
	list, other := sidsOf(c, listType)[0], m.CreateList("", "By hand").SID
	m.MapList("", domain, other)

	main := c.Read("main.tf")
	start := strings.Index(main, fmt.Sprintf("resource %q \"calls\"", mappingType))
	c.Write("main.tf", main[:start]+main[start+strings.Index(main[start:], "\n}\n")+3:])
	blocks := readGuide(t, "from-addresses-to-calls.md")
	c.Write("all-lists.tf", blocks[slices.IndexFunc(blocks, func(b codeBlock) bool { return b.file == "all-lists.tf" })].text)
	m.ResetRequests()
	if plan, want := c.Run("plan", "-no-color"), fmt.Sprintf("- %q,", other); !acctest.Text(want).MatchString(plan) {
		t.Errorf("%s is missing in:\n%s", want, plan)
	}
	m.ExpectNoWrites()
	c.Run("apply", "-auto-approve")
	if mapped := acctest.Attachments["domain"].Lists(m, domain); !slices.Equal(mapped, []string{list}) {
		t.Errorf("lists in force: %q", mapped)
	}
	// The data source has read the other list so far.
	m.ResetRequests()
	c.Run("apply", "-auto-approve")
	m.ExpectNoWrites()
	c.ExpectEmptyPlan()
}

// TestReplaceAListWithoutAGap replaces the guide's list with a list that is attached before the old list is detached.
func TestReplaceAListWithoutAGap(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	m.CreateDomain("", "example.sip.twilio.com", "Example")
	m.CreateTrunk("", "Carrier", "")
	c := m.NewCLI(nil)
	copyExample(c, "from-addresses-to-calls", m.Config())
	c.Env = append(c.Env, "TF_VAR_domain_name=example.sip.twilio.com", "TF_VAR_trunk_name=Carrier")
	c.Run("init")
	c.Run("apply", "-auto-approve")
	blocks := readGuide(t, "from-addresses-to-calls.md")
	at := slices.IndexFunc(blocks, func(b codeBlock) bool { return strings.Contains(b.text, "create_before_destroy") })
	c.Write("main.tf", replaceBlocks(c.Read("main.tf"), blocks[at].text))
	m.ResetRequests()
	c.Run("apply", "-auto-approve", "-replace=twilio_sip_ip_access_control_list.gateways")
	var methods []string
	for _, request := range m.WriteLines() {
		methods = append(methods, strings.Fields(request)[0])
	}
	// The list, its two entries, and two attachments.
	if want := []string{"POST", "POST", "POST", "POST", "POST", "DELETE", "DELETE", "DELETE"}; !slices.Equal(methods, want) {
		t.Errorf("writes: %q", methods)
	}
}

// applyForSubaccounts applies the example in two subaccounts, of which north has a trunk.
func applyForSubaccounts(t *testing.T) (m *acctest.Mock, c *acctest.CLI, north, south string) {
	t.Helper()
	m = acctest.StartMock(t)
	north, token := m.AddSubaccount()
	south, otherToken := m.AddSubaccount()
	m.CreateDomain(north, "north.sip.twilio.com", "")
	m.CreateDomain(south, "south.sip.twilio.com", "")
	m.CreateTrunk(north, "North", "")
	c = m.NewCLI(nil)
	installProvider(c)
	copyExample(c, "one-allowlist-for-many-subaccounts")
	c.Env = append(c.Env, "TWILIO_BASE_URL="+m.URL(), "TWILIO_ACCOUNT_SID="+m.AccountSID(), "TWILIO_AUTH_TOKEN="+m.AuthToken(),
		"TF_VAR_north_auth_token="+token, fmt.Sprintf("TF_VAR_auth_tokens={north=%q,south=%q}", token, otherToken))
	writeSubaccounts(c, map[string]string{"north": north, "south": south})
	c.Run("init")
	c.Run("apply", "-auto-approve")
	return m, c, north, south
}

// writeSubaccounts writes the variable with the SIDs of the subaccounts by name.
func writeSubaccounts(c *acctest.CLI, sids map[string]string) {
	text := "subaccounts = {\n"
	for name, sid := range sids {
		text += fmt.Sprintf("  %s = { account_sid = %q, domain_name = \"%[1]s.sip.twilio.com\" }\n", name, sid)
	}
	c.Write("terraform.tfvars", text+"}\n")
}

func TestOneAllowlistForManySubaccounts(t *testing.T) {
	t.Parallel()
	m, c, north, south := applyForSubaccounts(t)
	for _, account := range []string{north, south} {
		lists := m.Lists(account)
		if len(lists) != 1 || len(m.Addresses(account, lists[0].SID)) != 2 {
			t.Fatalf("lists of %s: %v", account, lists)
		}
		if mapped := m.Mappings(account, m.Domains(account)[0].SID); len(mapped) != 1 || mapped[0].ListSID != lists[0].SID {
			t.Errorf("mappings of %s: %v", account, mapped)
		}
	}
	if associated := m.Associations(north, m.Trunks(north)[0].SID); len(associated) != 1 {
		t.Errorf("associations: %v", associated)
	}
	c.ExpectEmptyPlan()
	m.ResetRequests()
	c.Run("destroy", "-auto-approve")
	for _, account := range []string{north, south} {
		if lists := m.Lists(account); len(lists) > 0 {
			t.Errorf("left: %v", lists)
		}
	}
}

// TestRemoveASubaccount removes the subaccount with the trunk in the order that the guide describes, and in wrong orders.
func TestRemoveASubaccount(t *testing.T) {
	t.Parallel()
	m, c, north, south := applyForSubaccounts(t)
	// detached applies the first step.
	detached := func() {
		t.Helper()
		c.Run("apply", "-auto-approve")
		if associated := m.Associations(north, m.Trunks(north)[0].SID); len(associated) > 0 || len(m.Lists(north)) != 1 {
			t.Errorf("associations: %v, lists: %v", associated, m.Lists(north))
		}
	}
	removed := func() {
		t.Helper()
		writeSubaccounts(c, map[string]string{"south": south})
		c.Run("apply", "-auto-approve")
		if len(m.Lists(north)) > 0 || len(m.Lists(south)) != 1 {
			t.Errorf("lists: %v, %v", m.Lists(north), m.Lists(south))
		}
		c.ExpectEmptyPlan()
	}
	fails := func(want string) {
		t.Helper()
		if output := c.ExpectError("plan"); !acctest.Text(want).MatchString(output) {
			t.Errorf("%s is missing in:\n%s", want, output)
		}
	}

	writeSubaccounts(c, map[string]string{"south": south})
	fails("Invalid index")
	writeSubaccounts(c, map[string]string{"north": north, "south": south})
	trunks := c.Read("trunks.tf")
	c.Write("trunks.tf", "")
	fails("Provider configuration not present")
	withoutModule, _, _ := strings.Cut(trunks, "\nmodule ")
	c.Write("trunks.tf", withoutModule)
	detached()
	c.Write("trunks.tf", "")
	removed()

	if !c.OpenTofu || !c.AtLeast("1.9", "1.9") {
		return
	}
	blocks := readGuide(t, "one-allowlist-for-many-subaccounts.md")
	c.Write("trunks.tf", blocks[slices.IndexFunc(blocks, func(b codeBlock) bool { return b.file == "trunks.tf" && b.only == "opentofu" })].text)
	writeSubaccounts(c, map[string]string{"north": north, "south": south})
	c.Env = append(c.Env, `TF_VAR_trunks={north="North"}`)
	c.Run("init")
	c.Run("apply", "-auto-approve")
	c.Env = append(c.Env, "TF_VAR_trunks={}")
	detached()
	removed()
}
