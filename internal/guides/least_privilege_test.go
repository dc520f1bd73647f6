// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package guides_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// keyConfig returns a RootConfig with an API key, with which the provider reads more than with an auth token.
func keyConfig(m *acctest.Mock) string {
	key, secret := m.AddAPIKey("")
	return strings.Replace(m.RootConfig(), fmt.Sprintf("auth_token  = %q", m.AuthToken()), fmt.Sprintf("api_key = %q\n  api_secret = %q", key, secret), 1)
}

// resourceLife is the life of a resource in which all of its requests occur.
type resourceLife struct {
	// steps change something outside of Terraform, and then plan and apply a configuration.
	steps []permissionStep
	// address and id are used to import the resource of the last configuration.
	address string
	id      func() string
	// inUse makes Twilio or the provider refuse to destroy the resource. It may be nil.
	inUse func() (undo func())
}

type permissionStep struct {
	change func()
	config string
	// late changes something between plan and apply. It may be nil.
	late func()
}

// TestPermissionsOfResources runs each type of resource through its life with only the permissions in the guide's table, and
// compares the requests with the table.
func TestPermissionsOfResources(t *testing.T) {
	t.Parallel()
	tables := readPermissionTables(t)
	lives := resourceLives()
	for name, want := range tables.byType {
		if strings.Contains(name, " ") {
			continue
		}
		if lives[name] == nil {
			t.Errorf("%s is not tested", name)
		}
		if actions := want.plan.actions(); len(actions.without(permissions{"list": true, "read": true})) > 0 {
			t.Errorf("a plan of %s needs more than reads: %s", name, want.plan)
		}
	}
	for name, newLife := range lives {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want, ok := tables.byType[name]
			if !ok {
				t.Fatalf("the guide has no row for %s", name)
			}
			m := acctest.StartMock(t)
			c := m.NewCLI(nil)
			life, root := newLife(m), keyConfig(m)
			plan, apply, destroy := permissions{}, permissions{}, permissions{}
			// run runs a command with the permissions in the guide, and records those that it needed.
			run := func(requested, allowed permissions, args ...string) {
				t.Helper()
				m.ResetRequests()
				tables.permit(m, allowed)
				defer m.ClearFaults()
				c.Run(args...)
				maps.Copy(requested, tables.requested(m))
			}
			for _, step := range life.steps {
				if step.change != nil {
					step.change()
				}
				c.Write("main.tf", root+step.config)
				run(plan, want.plan, "plan", "-out=tfplan")
				if step.late != nil {
					step.late()
				}
				run(apply, want.plan.with(want.apply), "apply", "tfplan")
			}
			id := life.id()
			c.Run("state", "rm", life.address)
			run(plan, want.plan, "import", life.address, id)
			run(plan, want.plan, "plan", "-destroy")
			if life.inUse != nil {
				undo := life.inUse()
				m.ResetRequests()
				tables.permit(m, want.plan.with(want.destroy))
				c.ExpectError("destroy", "-auto-approve")
				m.ClearFaults()
				maps.Copy(destroy, tables.requested(m))
				undo()
			}
			run(destroy, want.plan.with(want.destroy), "destroy", "-auto-approve")
			comparePermissions(t, "plan", plan, want.plan)
			comparePermissions(t, "apply", apply.without(plan), want.apply)
			comparePermissions(t, "destroy", destroy.without(plan), want.destroy)
		})
	}
}

func comparePermissions(t *testing.T, what string, got, want permissions) {
	t.Helper()
	if got.String() != want.String() {
		t.Errorf("%s requested\n%s\nThe guide says\n%s", what, got, want)
	}
}

// resourceLives returns the lives by resource type.
func resourceLives() map[string]func(m *acctest.Mock) resourceLife {
	lives := map[string]func(m *acctest.Mock) resourceLife{listType: listLife, entryType: entryLife}
	for _, kind := range acctest.Attachments {
		lives[kind.ResourceType] = func(m *acctest.Mock) resourceLife {
			parent, other := kind.NewParent(m), kind.NewParent(m)
			office, branch, home := m.CreateList("", "Office").SID, m.CreateList("", "Branch").SID, m.CreateList("", "Home").SID
			// An API key does not show its account, so the provider reads a trunk before it creates an association in a named
			// account.
			account := fmt.Sprintf("  account_sid = %q", m.AccountSID())
			one := kind.Block("office", parent, office)
			two := one + kind.Block("branch", parent, branch, account)
			// The provider lists trunks if it reads the second one before it has written anything.
			readTogether := func() {
				m.AddFault(mocktwilio.Fault{Method: http.MethodGet, Path: "/v1/Trunks/TK[^/]*$", Kind: mocktwilio.FaultDelay, Delay: time.Second})
			}
			return resourceLife{
				steps: []permissionStep{
					{config: one},
					{config: two},
					{change: func() { kind.Detach(m, parent, branch) }, config: two + kind.Block("home", other, home, account), late: readTogether},
				},
				address: kind.ResourceType + ".office",
				id:      func() string { return parent + "/" + office },
			}
		}
		lives[kind.ExclusiveType] = func(m *acctest.Mock) resourceLife {
			gone, parent, other := kind.NewParent(m), kind.NewParent(m), kind.NewParent(m)
			office, branch, home := m.CreateList("", "Office").SID, m.CreateList("", "Branch").SID, m.CreateList("", "Home").SID
			return resourceLife{
				steps: []permissionStep{
					{config: kind.ExclusiveBlock("all", gone, office)},
					{change: func() { deleteParent(m, gone) }, config: kind.ExclusiveBlock("all", parent, office)},
					{config: kind.ExclusiveBlock("all", parent, branch)},
					{change: func() { kind.Attach(m, parent, home) }, config: kind.ExclusiveBlock("all", parent, office, branch)},
					{config: kind.ExclusiveBlock("all", parent) + kind.ExclusiveBlock("other", other)},
					// Twilio refuses to attach an attached list, and the provider reads the attachment.
					{config: kind.ExclusiveBlock("all", parent, office) + kind.ExclusiveBlock("other", other), late: func() { kind.Attach(m, parent, office) }},
				},
				address: kind.ExclusiveType + ".all",
				id:      func() string { return parent },
			}
		}
	}
	return lives
}

// deleteParent deletes a domain or a trunk.
func deleteParent(m *acctest.Mock, sid string) {
	if strings.HasPrefix(sid, "SD") {
		m.DeleteDomain("", sid)
	} else {
		m.DeleteTrunk("", sid)
	}
}

// listLife has a list that is associated with a trunk, so that the provider reads the trunk's lists before each delete.
func listLife(m *acctest.Mock) resourceLife {
	domain, trunk := acctest.Attachments["domain"].NewParent(m), acctest.Attachments["trunk"].NewParent(m)
	m.AssociateList("", trunk, m.CreateList("", "Of the trunk").SID)
	block := func(name, friendlyName, addresses string) string {
		return fmt.Sprintf("resource %q %q {\n  friendly_name = %q\n  ip_addresses = { %s }\n}\n", listType, name, friendlyName, addresses)
	}
	branch := block("branch", "Branch", `"192.0.2.9" = "Gateway"`)
	sid := func(name string) string {
		lists := m.Lists("")
		return lists[slices.IndexFunc(lists, func(l mocktwilio.List) bool { return l.FriendlyName == name })].SID
	}
	return resourceLife{
		steps: []permissionStep{
			{config: block("office", "Office", `"192.0.2.1" = "London", "192.0.2.2" = "Frankfurt"`)},
			{config: block("office", "Offices", `"192.0.2.3" = "London", "192.0.2.2" = "Frankfurt"`) + branch},
			{config: block("office", "Offices", `"192.0.2.3" = "London"`) + branch},
			{change: func() { m.DeleteList("", sid("Branch")) }, config: block("office", "Offices", `"192.0.2.3" = "London"`) + branch},
		},
		address: listType + ".office",
		id:      func() string { return sid("Offices") },
		inUse: func() func() {
			m.MapList("", domain, sid("Branch"))
			m.AssociateList("", trunk, sid("Offices"))
			return func() {
				m.UnmapList("", domain, sid("Branch"))
				m.DissociateList("", trunk, sid("Offices"))
			}
		},
	}
}

func entryLife(m *acctest.Mock) resourceLife {
	list := m.CreateList("", "Office").SID
	block := func(name, address string) string {
		return fmt.Sprintf("resource %q %q {\n  ip_access_control_list_sid = %q\n  friendly_name = %[2]q\n  ip_address = %[4]q\n}\n", entryType, name, list, address)
	}
	two := block("london", "192.0.2.3") + block("frankfurt", "192.0.2.2")
	return resourceLife{
		steps: []permissionStep{
			{config: block("london", "192.0.2.1")},
			{config: two},
			{change: func() { m.DeleteAddress("", list, m.Addresses("", list)[0].SID) }, config: two},
		},
		address: entryType + ".london",
		id: func() string {
			entries := m.Addresses("", list)
			return list + "/" + entries[slices.IndexFunc(entries, func(a mocktwilio.Address) bool { return a.IPAddress == "192.0.2.3" })].SID
		},
	}
}

// TestPermissionsOfDataSources reads each data source with only the permissions in the guide's table, and compares the requests
// with the table.
func TestPermissionsOfDataSources(t *testing.T) {
	t.Parallel()
	tables := readPermissionTables(t)
	for name, want := range tables.byType {
		typeName, ok := strings.CutPrefix(name, "data ")
		if !ok {
			continue
		}
		t.Run(typeName, func(t *testing.T) {
			t.Parallel()
			m := acctest.StartMock(t)
			o := acctest.NewOffice(m)
			m.MapCredentialList("", o.Domain.SID, m.CreateCredentialList("", "Users").SID)
			m.AssociateCredentialList("", o.Trunk.SID, m.CreateCredentialList("", "Peers").SID)
			list, domain, trunk := m.CreateList("", "Branch").SID, m.CreateDomain("", "branch.sip.twilio.com", "").SID, m.CreateTrunk("", "Branch", "").SID
			m.MapList("", domain, list)
			m.AssociateList("", trunk, list)
			m.MapList("", domain, o.List.SID)
			m.AssociateList("", trunk, o.List.SID)
			entry := func(argument string) string {
				return fmt.Sprintf("ip_access_control_list_sid = %q\n%s", o.List.SID, argument)
			}
			attached := func(parent, list string) string {
				return fmt.Sprintf("%s\nip_access_control_list_sid = %q", parent, list)
			}
			sids := func(sids ...string) []string {
				arguments := make([]string, len(sids))
				for i, sid := range sids {
					arguments[i] = fmt.Sprintf("sid = %q", sid)
				}
				return arguments
			}
			domains := []string{fmt.Sprintf("domain_sid = %q", o.Domain.SID), fmt.Sprintf("domain_sid = %q", domain)}
			trunks := []string{fmt.Sprintf("trunk_sid = %q", o.Trunk.SID), fmt.Sprintf("trunk_sid = %q", trunk)}
			// Each block is read alone, and then all are read together.
			blocks, ok := map[string][]string{
				listType:                    append(sids(o.List.SID, list), `friendly_name = "Office"`),
				listType + "s":              {"", `friendly_name_prefix = "Office"`},
				entryType:                   {entry(sids(o.London.SID)[0]), entry(sids(o.Frankfurt.SID)[0]), entry(`cidr_block = "203.0.113.10"`)},
				entryType + "es":            {entry("")},
				"twilio_sip_domain":         append(sids(o.Domain.SID, domain), `domain_name = "example.sip.twilio.com"`),
				mappingType:                 {attached(domains[0], o.List.SID), attached(domains[1], list), attached(domains[1], o.List.SID)},
				mappingType + "s":           domains,
				"twilio_sip_trunking_trunk": append(sids(o.Trunk.SID, trunk), `friendly_name = "Carrier"`, `domain_name = "example.pstn.twilio.com"`),
				acctest.Attachments["trunk"].ResourceType:       {attached(trunks[0], o.List.SID), attached(trunks[1], list), attached(trunks[1], o.List.SID)},
				acctest.Attachments["trunk"].ResourceType + "s": trunks,
				"twilio_sip_effective_access":                   append(domains, trunks...),
				"twilio_sip_access_report":                      {""},
			}[typeName]
			if !ok {
				t.Fatal("this type is not tested")
			}
			c := m.NewCLI(nil)
			root, all := keyConfig(m), ""
			requested := permissions{}
			plan := func(config string) {
				c.Write("main.tf", root+config)
				m.ResetRequests()
				tables.permit(m, want.plan)
				defer m.ClearFaults()
				c.Run("plan")
				maps.Copy(requested, tables.requested(m))
			}
			if typeName == entryType {
				// The provider confirms with a request that an entry does not exist.
				c.Write("main.tf", root+fmt.Sprintf("data %q \"none\" {\n%s\n}\n", typeName, entry(sids(acctest.UnknownSID(o.London.SID))[0])))
				tables.permit(m, want.plan)
				c.ExpectError("plan")
				maps.Copy(requested, tables.requested(m))
			}
			for i, arguments := range blocks {
				block := fmt.Sprintf("data %q %q {\n%s\n}\n", typeName, fmt.Sprint("number", i), arguments)
				plan(block)
				all += block
			}
			plan(all)
			if slices.Contains([]string{"twilio_sip_effective_access", "twilio_sip_access_report"}, typeName) {
				// The access is read again if lists are detached in the meantime.
				detachWhileReading(m, o)
				plan(all)
			}
			comparePermissions(t, "plan", requested, want.plan)
		})
	}
}

// detachWhileReading detaches the list of an Office when the provider has read the auth types and requests the attachments.
func detachWhileReading(m *acctest.Mock, o acctest.Office) {
	var domain, trunk sync.Once
	m.Wrap(func(inner http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case strings.HasSuffix(r.URL.Path, o.Domain.SID+"/Auth/Calls/IpAccessControlListMappings.json"):
				domain.Do(func() { m.UnmapList("", o.Domain.SID, o.List.SID) })
			case strings.HasSuffix(r.URL.Path, o.Trunk.SID+"/IpAccessControlLists"):
				trunk.Do(func() { m.DissociateList("", o.Trunk.SID, o.List.SID) })
			}
			inner.ServeHTTP(w, r)
		})
	})
}

// TestPermissionsOfListResources queries each list resource with only the permissions in the guide's table, and compares the
// requests with the table.
func TestPermissionsOfListResources(t *testing.T) {
	t.Parallel()
	tables := readPermissionTables(t)
	for name, want := range tables.byType {
		typeName, ok := strings.CutPrefix(name, "list ")
		if !ok {
			continue
		}
		t.Run(typeName, func(t *testing.T) {
			t.Parallel()
			m := acctest.StartMock(t)
			o := acctest.NewOffice(m)
			config, ok := map[string]map[string]any{
				listType:    {"include_ip_addresses": true},
				entryType:   {"ip_access_control_list_sid": o.List.SID},
				mappingType: {"domain_sid": o.Domain.SID},
				acctest.Attachments["trunk"].ResourceType: {"trunk_sid": o.Trunk.SID},
			}[typeName]
			if !ok {
				t.Fatal("this type is not tested")
			}
			tables.permit(m, want.plan)
			results, problems := m.Query(typeName, config, 1000, true)
			if len(results) == 0 || len(problems) > 0 {
				t.Errorf("%v, %v", results, problems)
			}
			comparePermissions(t, "query", tables.requested(m), want.plan)
		})
	}
}
