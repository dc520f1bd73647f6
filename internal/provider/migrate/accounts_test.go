// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package migrate_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// The states in testdata/accounts were written by the other two providers with Terraform 1.11.4: a list, an entry, a mapping, and
// an association. SIDs and dates were replaced. For a subaccount, both providers write the same except for its SID.

// Provider blocks that a reader of the guides may write. The mock lets an API key of the parent account act on subaccounts. If
// Twilio does not, the plan fails as with the wrong token.
const (
	parentToken      = "the parent's token"
	subaccountToken  = "the subaccount's token"
	subaccountKey    = "the subaccount's API key"
	parentKey        = "the parent's API key for the subaccount"
	parentTokenInSub = "the parent's token for the subaccount"
)

const (
	noChanges     = ""
	storesAccount = "Plan: 0 to add, 3 to change, 0 to destroy."
	movesOnly     = "Plan: 0 to add, 0 to change, 0 to destroy."

	cannotFindEntry       = "Cannot find IP address IP1"
	cannotFindMapping     = "Cannot find the mapping of list AL1 to domain SD1"
	cannotFindList        = "Cannot find IP access control list AL1"
	cannotFindAssociation = "Cannot find the association of list AL1 with trunk TK1"
	cannotReadList        = "Cannot read IP access control list AL1"
	cannotReadAssociation = "Cannot read the association of list AL1 with trunk TK1"
)

// migration is a move or an upgrade of a recorded state.
type migration struct {
	provider string
	// subaccount is set if the objects are in the subaccount. path is set if twilio/twilio had path_account_sid. trunk is set if
	// the state has an association.
	subaccount, path, trunk bool
	// credentials is the provider block. configured is set if the other resources have account_sid.
	credentials string
	configured  bool
	// want is the only error of a plan, or noChanges. wantUnrefreshed is the result with -refresh=false.
	want, wantUnrefreshed string
}

func TestMigrateAccounts(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]migration{
		"twilio, parent":                             {provider: "twilio", trunk: true, credentials: parentToken},
		"twilio, parent, account_sid set":            {provider: "twilio", trunk: true, credentials: parentToken, configured: true, wantUnrefreshed: storesAccount},
		"twilio, parent, path":                       {provider: "twilio", trunk: true, path: true, credentials: parentToken},
		"twilio, parent, path, account_sid set":      {provider: "twilio", trunk: true, path: true, credentials: parentToken, configured: true},
		"twilio, parent, other account":              {provider: "twilio", trunk: true, credentials: subaccountToken, want: cannotFindList},
		"twilio, parent, path, other account":        {provider: "twilio", trunk: true, path: true, credentials: subaccountToken, want: cannotReadList},
		"twilio, subaccount":                         {provider: "twilio", subaccount: true, trunk: true, credentials: subaccountToken},
		"twilio, subaccount, account_sid set":        {provider: "twilio", subaccount: true, trunk: true, credentials: subaccountToken, configured: true, wantUnrefreshed: storesAccount},
		"twilio, subaccount, key":                    {provider: "twilio", subaccount: true, trunk: true, credentials: subaccountKey},
		"twilio, subaccount, parent":                 {provider: "twilio", subaccount: true, credentials: parentToken, want: cannotFindList},
		"twilio, subaccount, parent, account_sid":    {provider: "twilio", subaccount: true, credentials: parentToken, configured: true, want: cannotFindList, wantUnrefreshed: storesAccount},
		"twilio, subaccount, parent's key":           {provider: "twilio", subaccount: true, credentials: parentKey},
		"twilio, subaccount, parent's key, trunk":    {provider: "twilio", subaccount: true, trunk: true, credentials: parentKey, want: cannotFindAssociation},
		"twilio, subaccount, wrong token":            {provider: "twilio", subaccount: true, trunk: true, credentials: parentTokenInSub, want: cannotReadList},
		"twilio, subaccount, path":                   {provider: "twilio", subaccount: true, path: true, trunk: true, credentials: subaccountToken},
		"twilio, subaccount, path, account_sid set":  {provider: "twilio", subaccount: true, path: true, trunk: true, credentials: subaccountToken, configured: true},
		"twilio, subaccount, path, parent":           {provider: "twilio", subaccount: true, path: true, credentials: parentToken},
		"twilio, subaccount, path, parent, set":      {provider: "twilio", subaccount: true, path: true, credentials: parentToken, configured: true},
		"twilio, subaccount, path, parent, trunk":    {provider: "twilio", subaccount: true, path: true, trunk: true, credentials: parentToken, want: cannotFindAssociation},
		"RJPearson94, parent":                        {provider: "rjpearson94", trunk: true, credentials: parentToken},
		"RJPearson94, parent, account_sid set":       {provider: "rjpearson94", trunk: true, credentials: parentToken, configured: true},
		"RJPearson94, parent, other account":         {provider: "rjpearson94", trunk: true, credentials: subaccountToken, configured: true, want: cannotReadList},
		"RJPearson94, subaccount":                    {provider: "rjpearson94", subaccount: true, trunk: true, credentials: subaccountToken},
		"RJPearson94, subaccount, account_sid set":   {provider: "rjpearson94", subaccount: true, trunk: true, credentials: subaccountToken, configured: true},
		"RJPearson94, subaccount, key":               {provider: "rjpearson94", subaccount: true, trunk: true, credentials: subaccountKey, configured: true},
		"RJPearson94, subaccount, parent":            {provider: "rjpearson94", subaccount: true, credentials: parentToken, configured: true},
		"RJPearson94, subaccount, parent, unset":     {provider: "rjpearson94", subaccount: true, credentials: parentToken},
		"RJPearson94, subaccount, parent's key":      {provider: "rjpearson94", subaccount: true, credentials: parentKey, configured: true},
		"RJPearson94, subaccount, parent, trunk":     {provider: "rjpearson94", subaccount: true, trunk: true, credentials: parentToken, configured: true, want: cannotReadAssociation},
		"RJPearson94, subaccount, wrong credentials": {provider: "rjpearson94", subaccount: true, credentials: parentTokenInSub, configured: true, want: cannotReadList},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.run(t)
		})
	}
}

func (test migration) run(t *testing.T) {
	t.Helper()
	o := newOffice(t, test.subaccount)
	c := o.newCLI(test)
	before := c.Read("terraform.tfstate")

	unrefreshed := c.Run("plan", "-no-color", "-refresh=false", "-out=unrefreshed")
	if test.wantUnrefreshed == storesAccount {
		if !strings.Contains(unrefreshed, storesAccount) {
			t.Errorf("not just account_sid is stored:\n%s", unrefreshed)
		}
	} else {
		test.expectNoChanges(t, unrefreshed)
	}

	output, status := c.Try("terraform", "plan", "-no-color", "-out=refreshed")
	if test.want == noChanges {
		test.expectNoChanges(t, output)
		c.Run("apply", "refreshed")
		c.ExpectEmptyPlan()
		c.ExpectCompleteState(test.resources())
	} else {
		if errors := o.errors(output); status == 0 || !slices.Equal(errors, []string{test.want}) {
			t.Errorf("errors %q, want %q:\n%s", errors, test.want, output)
		}
		if c.Read("terraform.tfstate") != before {
			t.Error("the state was changed")
		}
	}

	if test.wantUnrefreshed == storesAccount {
		c.Write("terraform.tfstate", before)
		c.Run("apply", "-auto-approve", "-refresh=false")
		c.Run("apply", "-auto-approve")
		c.ExpectEmptyPlan()
		c.ExpectCompleteState(test.resources())
	}
	o.ExpectNoWrites()
}

func (test migration) expectNoChanges(t *testing.T, output string) {
	t.Helper()
	if test.provider == "twilio" && !strings.Contains(output, movesOnly) || test.provider != "twilio" && !strings.Contains(output, "No changes.") {
		t.Errorf("the plan is not empty:\n%s", output)
	}
}

func (test migration) resources() int {
	if test.trunk {
		return 4
	}
	return 3
}

// office has the objects that another provider has managed, in the parent account or in a subaccount.
type office struct {
	*acctest.Mock
	subaccount string
	account    string
	blocks     map[string]string
	sids, mask *strings.Replacer
}

func newOffice(t *testing.T, inSubaccount bool) office {
	t.Helper()
	m := acctest.StartMock(t)
	subaccount, token := m.AddSubaccount()
	block := func(account, credentials string) string {
		return fmt.Sprintf("provider \"twilio\" {\n  base_url    = %q\n  account_sid = %q\n  %s\n}\n", m.URL(), account, credentials)
	}
	withToken := func(account, token string) string { return block(account, fmt.Sprintf("auth_token = %q", token)) }
	withKey := func(account, keyOwner string) string {
		key, secret := m.AddAPIKey(keyOwner)
		return block(account, fmt.Sprintf("api_key = %q\n  api_secret = %q", key, secret))
	}
	o := office{Mock: m, subaccount: subaccount, account: m.AccountSID(), blocks: map[string]string{
		parentToken:      withToken(m.AccountSID(), m.AuthToken()),
		subaccountToken:  withToken(subaccount, token),
		parentTokenInSub: withToken(subaccount, m.AuthToken()),
		subaccountKey:    withKey(subaccount, subaccount),
		parentKey:        withKey(subaccount, ""),
	}}
	if inSubaccount {
		o.account = subaccount
	}
	list := m.CreateList(o.account, "Office")
	entry := m.CreateAddress(o.account, list.SID, "203.0.113.10", 32, "SBC london")
	domain := m.CreateDomain(o.account, "example.sip.twilio.com", "Example")
	trunk := m.CreateTrunk(o.account, "Carrier", "example.pstn.twilio.com")
	m.MapList(o.account, domain.SID, list.SID)
	m.AssociateList(o.account, trunk.SID, list.SID)
	o.sids = strings.NewReplacer(placeholder("AC", 1), o.account, placeholder("AL", 1), list.SID, placeholder("IP", 1), entry.SID,
		placeholder("SD", 1), domain.SID, placeholder("TK", 1), trunk.SID)
	o.mask = strings.NewReplacer(list.SID, "AL1", entry.SID, "IP1", domain.SID, "SD1", trunk.SID, "TK1")
	return o
}

// newCLI writes the recorded state and the new configuration, and migrates the state as the guides describe.
func (o office) newCLI(test migration) *acctest.CLI {
	o.T.Helper()
	others := acctest.Installed("rjpearson94/twilio", acctest.RJPearson94Provider)
	if test.provider == "twilio" {
		others = acctest.Installed("twilio/twilio", acctest.TwilioProvider)
	}
	c := o.NewCLI(others)
	if test.provider == "twilio" {
		skipWithoutMoves(c)
	}
	c.Write("main.tf", o.blocks[test.credentials]+o.config(test))
	c.Write("terraform.tfstate", c.WithDefaultHost(o.state(test)))
	if test.provider == "rjpearson94" {
		c.Run("state", "replace-provider", "-auto-approve", "RJPearson94/twilio", acctest.ProviderSource)
	}
	c.Run("init")
	o.ResetRequests()
	return c
}

// state returns the recorded state with the mock's SIDs.
func (o office) state(test migration) string {
	o.T.Helper()
	recorded, err := os.ReadFile(filepath.Join("testdata", "accounts", test.provider+".tfstate"))
	if err != nil {
		o.T.Fatal(err)
	}
	var state map[string]any
	if err := json.Unmarshal(recorded, &state); err != nil {
		o.T.Fatal(err)
	}
	state["resources"] = slices.DeleteFunc(state["resources"].([]any), func(resource any) bool {
		return !test.trunk && strings.Contains(resource.(map[string]any)["type"].(string), "trunk")
	})
	text, err := json.Marshal(state)
	if err != nil {
		o.T.Fatal(err)
	}
	if test.path {
		text = []byte(strings.ReplaceAll(string(text), `"path_account_sid":null`, fmt.Sprintf(`"path_account_sid":%q`, o.account)))
	}
	return o.sids.Replace(string(text))
}

// config returns the resource blocks, with moved blocks for the types of twilio/twilio.
func (o office) config(test migration) string {
	const list = "ip_access_control_list_sid = " + listType + ".office.sid\n"
	account := ""
	if test.configured {
		account = fmt.Sprintf("account_sid = %q\n", o.account)
	}
	var text strings.Builder
	fmt.Fprintf(&text, "terraform {\n  required_providers {\n    twilio = {\n      source = %q\n    }\n  }\n}\n", acctest.ProviderSource)
	for _, resource := range []struct{ foreignType, ownType, arguments string }{
		{twilioListType, listType, account + `friendly_name = "Office"`},
		{twilioEntryType, entryType, account + list + "friendly_name = \"SBC london\"\nip_address = \"203.0.113.10\""},
		{twilioMappingType, mappingType, account + list + fmt.Sprintf("domain_sid = %q", placeholder("SD", 1))},
		{twilioAssociationType, associationType, list + fmt.Sprintf("trunk_sid = %q", placeholder("TK", 1))},
	} {
		if resource.ownType == associationType && !test.trunk {
			continue
		}
		fmt.Fprintf(&text, "resource %q \"office\" {\n%s\n}\n", resource.ownType, resource.arguments)
		if test.provider == "twilio" {
			fmt.Fprintf(&text, "moved {\n  from = %s.office\n  to   = %s.office\n}\n", resource.foreignType, resource.ownType)
		}
	}
	return o.sids.Replace(text.String())
}

var errorLine = regexp.MustCompile(`(?m)^Error: (.*)$`)

// errors returns the summaries of the errors in the output of the CLI, with the numbers of the recorded SIDs.
func (o office) errors(output string) []string {
	var summaries []string
	for _, found := range errorLine.FindAllStringSubmatch(o.mask.Replace(output), -1) {
		summaries = append(summaries, found[1])
	}
	return summaries
}

// TestChangeTimeoutsBeforeFirstRefresh changes only timeouts with -refresh=false, while the states do not have attributes that
// the other providers did not store.
func TestChangeTimeoutsBeforeFirstRefresh(t *testing.T) {
	t.Parallel()
	for _, provider := range []string{"twilio", "rjpearson94"} {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, false)
			test := migration{provider: provider, trunk: true, credentials: parentToken}
			c := o.newCLI(test)
			c.Write("main.tf", strings.ReplaceAll(c.Read("main.tf"), "\" \"office\" {\n", "\" \"office\" {\n  timeouts {\n    delete = \"7m\"\n  }\n"))
			if output := c.Run("apply", "-no-color", "-auto-approve", "-refresh=false"); !strings.Contains(output, "Resources: 0 added, 4 changed, 0 destroyed.") {
				t.Errorf("not just the timeouts were stored:\n%s", output)
			}
			c.ExpectCompleteState(test.resources())
			c.ExpectEmptyPlan()
			o.ExpectNoWrites()
		})
	}
}

// TestConfigureWrongAccountBeforeFirstRefresh sets account_sid to an account that does not have the objects, with -refresh=false.
// Nothing may be stored, because a later refresh would treat the objects as deleted, and the plan would create them again.
func TestConfigureWrongAccountBeforeFirstRefresh(t *testing.T) {
	t.Parallel()
	o := newOffice(t, true)
	test := migration{provider: "twilio", credentials: parentToken, configured: true}
	c := o.newCLI(test)
	right := c.Read("main.tf")
	c.Write("main.tf", strings.ReplaceAll(right, o.account, o.AccountSID()))
	output := c.ExpectError("apply", "-no-color", "-auto-approve", "-refresh=false")
	if errors := o.errors(output); !slices.Equal(errors, []string{cannotFindList}) {
		t.Errorf("errors %q:\n%s", errors, output)
	}
	if output := c.ExpectError("plan", "-no-color"); !slices.Equal(o.errors(output), []string{cannotFindList}) {
		t.Errorf("the state was changed:\n%s", output)
	}
	c.Write("main.tf", right)
	c.Run("apply", "-auto-approve", "-refresh=false")
	c.ExpectEmptyPlan()
	o.ExpectNoWrites()
}

// TestWrongAccountOfAssociationBeforeFirstRefresh changes a moved association with -refresh=false, while the credentials cannot
// see its trunk or account_sid is not the trunk's account. Nothing may be stored.
func TestWrongAccountOfAssociationBeforeFirstRefresh(t *testing.T) {
	t.Parallel()
	const otherAccount = "Elastic SIP trunk belongs to another account"
	for name, test := range map[string]struct {
		inSubaccount bool
		credentials  string
		// argument returns the new argument of the association.
		argument func(office) string
		want     string
	}{
		"timeouts":            {true, parentToken, func(office) string { return "timeouts {\n    delete = \"7m\"\n  }" }, cannotFindAssociation},
		"parent":              {true, parentToken, func(o office) string { return fmt.Sprintf("account_sid = %q", o.AccountSID()) }, cannotFindAssociation},
		"subaccount":          {true, parentToken, func(o office) string { return fmt.Sprintf("account_sid = %q", o.subaccount) }, otherAccount},
		"subaccount, the key": {false, parentKey, func(o office) string { return fmt.Sprintf("account_sid = %q", o.subaccount) }, otherAccount},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, test.inSubaccount)
			c := o.newCLI(migration{provider: "twilio", trunk: true, credentials: test.credentials})
			trunk := fmt.Sprintf("trunk_sid = %q\n", o.Trunks(o.account)[0].SID)
			c.Write("main.tf", strings.Replace(c.Read("main.tf"), trunk, trunk+"  "+test.argument(o)+"\n", 1))
			output := c.ExpectError("apply", "-no-color", "-auto-approve", "-refresh=false")
			if errors := o.errors(output); !slices.Equal(errors, []string{test.want}) {
				t.Errorf("errors %q, want %q:\n%s", errors, test.want, output)
			}
			for _, resource := range c.State() {
				if account := resource.Instances[0].Attributes["account_sid"]; account != nil {
					t.Errorf("the account of %s is %v", resource.Type, account)
				}
			}
			o.ExpectNoWrites()
		})
	}
}

// TestDestroyMovedStateOfAnotherAccount destroys objects that are not in the provider's account, with -refresh=false. Objects
// that may exist in another account stay in the state.
func TestDestroyMovedStateOfAnotherAccount(t *testing.T) {
	t.Parallel()
	o := newOffice(t, true)
	test := migration{provider: "twilio", trunk: true, credentials: parentToken}
	c := o.newCLI(test)
	c.Run("apply", "-auto-approve", "-refresh=false")
	for range 2 {
		output := c.ExpectError("destroy", "-no-color", "-auto-approve", "-refresh=false")
		errors := o.errors(output)
		slices.Sort(errors)
		if want := []string{cannotFindEntry, cannotFindAssociation, cannotFindMapping}; !slices.Equal(errors, want) {
			t.Errorf("errors %q, want %q:\n%s", errors, want, output)
		}
	}
	o.ExpectNoWrites()
	c.Write("main.tf", o.blocks[subaccountToken]+o.config(test))
	c.ExpectEmptyPlan()
}

// TestDestroyMovedStateUnseen destroys resources whose account is not in the state, one after the other, with credentials that
// may not read them. Nothing is deleted, and each resource stays in the state.
func TestDestroyMovedStateUnseen(t *testing.T) {
	t.Parallel()
	o := newOffice(t, true)
	c := o.newCLI(migration{provider: "twilio", trunk: true, credentials: parentToken})
	c.Run("apply", "-auto-approve", "-refresh=false")
	whole := c.Read("terraform.tfstate")
	paths := map[string]string{
		listType: `/IpAccessControlLists/AL\w+\.json$`, entryType: "/IpAddresses", mappingType: "/IpAccessControlListMappings", associationType: "/Trunks/TK.+/IpAccessControlLists",
	}
	for resourceType, path := range paths {
		c.Write("terraform.tfstate", whole)
		for other := range paths {
			if other != resourceType {
				c.Run("state", "rm", other+".office")
			}
		}
		before := c.Read("terraform.tfstate")
		o.AddFault(mocktwilio.Fault{Method: http.MethodGet, Path: path, Count: -1, Kind: mocktwilio.FaultStatus, Status: http.StatusForbidden, Code: 20003})
		output := c.ExpectError("destroy", "-no-color", "-auto-approve", "-refresh=false")
		if errors := o.errors(output); len(errors) != 1 || !strings.HasPrefix(errors[0], "Cannot delete ") {
			t.Errorf("%s: errors %q:\n%s", resourceType, errors, output)
		}
		o.ClearFaults()
		if c.Read("terraform.tfstate") != before {
			t.Errorf("%s: the state was changed", resourceType)
		}
	}
	o.ExpectNoWrites()
}

// TestConfigureOtherAccount migrates a state without an account and sets account_sid to a different account than the one that has
// the objects. A replacement would delete them and create new ones in the other account.
func TestConfigureOtherAccount(t *testing.T) {
	t.Parallel()
	o := newOffice(t, false)
	test := migration{provider: "twilio", credentials: parentToken, configured: true}
	c := o.newCLI(test)
	right := c.Read("main.tf")
	subaccount, _ := o.AddSubaccount()
	account := fmt.Sprintf("account_sid = %q\n", o.account)
	wrong := fmt.Sprintf("account_sid = %q\n", subaccount)
	for _, resourceType := range []string{listType, entryType, mappingType, "all"} {
		block := fmt.Sprintf("resource %q \"office\" {\n", resourceType)
		config := strings.ReplaceAll(right, block+account, block+wrong)
		if resourceType == "all" {
			config = strings.ReplaceAll(right, "{\n"+account, "{\n"+wrong)
		}
		c.Write("main.tf", config)
		output := c.ExpectError("apply", "-no-color", "-auto-approve")
		if errors := o.errors(output); !slices.Equal(errors, []string{"Object belongs to another account"}) {
			t.Errorf("%s: errors %q:\n%s", resourceType, errors, output)
		}
		object := map[string]string{listType: "the list", entryType: "AL1", mappingType: "SD1", "all": "the list"}[resourceType]
		detail := fmt.Sprintf("account_sid is %s, but %s belongs to account %s.", subaccount, object, o.account)
		if !acctest.Text(detail).MatchString(o.mask.Replace(output)) {
			t.Errorf("%s: %q is not in\n%s", resourceType, detail, output)
		}
	}
	c.Write("main.tf", right)
	c.Run("apply", "-auto-approve")
	c.ExpectEmptyPlan()
	o.ExpectNoWrites()

	// After that, the state has the account, and a different one replaces a list as usual. Objects that belong to a list or a
	// domain stay in its account.
	c.Run("apply", "-auto-approve")
	for _, resourceType := range []string{listType, entryType, mappingType} {
		block := fmt.Sprintf("resource %q \"office\" {\n", resourceType)
		c.Write("main.tf", strings.ReplaceAll(right, block+account, block+wrong))
		output, _ := c.Try("terraform", "plan", "-no-color")
		replaced := strings.Contains(output, resourceType+".office must be replaced")
		if refused := slices.Equal(o.errors(output), []string{"Object belongs to another account"}); replaced != (resourceType == listType) || refused == replaced {
			t.Errorf("%s: %s", resourceType, output)
		}
	}
	// An entry can move to a list of the other account.
	block := fmt.Sprintf("resource %q \"office\" {\n", entryType)
	other := fmt.Sprintf("ip_access_control_list_sid = %q", o.CreateList(subaccount, "Other").SID)
	c.Write("main.tf", strings.Replace(right, block+account+"ip_access_control_list_sid = "+listType+".office.sid", block+wrong+other, 1))
	if output := c.Run("plan", "-no-color"); !strings.Contains(output, entryType+".office must be replaced") {
		t.Error(output)
	}
}
