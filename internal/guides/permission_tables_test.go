// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package guides_test

import (
	"cmp"
	"maps"
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

const leastPrivilege = "least-privilege.md"

// permissions are permissions with their names in the guide, such as "domain lists: read".
type permissions map[string]bool

// parsePermissions parses a cell of the guide's table: "lists: read, list; addresses: list".
func parsePermissions(cell string) permissions {
	parsed := permissions{}
	for group := range strings.SplitSeq(cell, ";") {
		object, actions, _ := strings.Cut(group, ":")
		for action := range strings.SplitSeq(actions, ",") {
			if action = strings.TrimSpace(action); action != "" {
				parsed[strings.TrimSpace(object)+": "+action] = true
			}
		}
	}
	return parsed
}

// String formats p as in the guide.
func (p permissions) String() string {
	actions := map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(p)) {
		object, action, _ := strings.Cut(name, ": ")
		actions[object] = append(actions[object], action)
	}
	var groups []string
	for _, object := range slices.Sorted(maps.Keys(actions)) {
		groups = append(groups, object+": "+strings.Join(actions[object], ", "))
	}
	return strings.Join(groups, "; ")
}

// actions returns the actions of p, such as "read".
func (p permissions) actions() permissions {
	actions := permissions{}
	for name := range p {
		_, action, _ := strings.Cut(name, ": ")
		actions[action] = true
	}
	return actions
}

func (p permissions) with(others permissions) permissions {
	union := maps.Clone(p)
	maps.Copy(union, others)
	return union
}

func (p permissions) without(others permissions) permissions {
	rest := maps.Clone(p)
	maps.DeleteFunc(rest, func(name string, _ bool) bool { return others[name] })
	return rest
}

// needs are the permissions that a type needs according to the guide: for a plan, and additionally for an apply and a destroy.
type needs struct{ plan, apply, destroy permissions }

// permissionTables are the tables of the guide.
type permissionTables struct {
	// objects match the path of an object's collection and of an object in it.
	objects map[string]*regexp.Regexp
	// byType has the needs of resources by type, of data sources as "data TYPE", and of list resources as "list TYPE".
	byType map[string]needs
}

var pathPlaceholder = regexp.MustCompile(`\{\w+\}`)

func readPermissionTables(t *testing.T) permissionTables {
	t.Helper()
	const sid = "[A-Z]{2}[0-9a-f]{32}"
	tables := permissionTables{map[string]*regexp.Regexp{}, map[string]needs{}}
	for _, row := range tableRows(t, leastPrivilege, "Permissions") {
		pattern := pathPlaceholder.ReplaceAllString(strings.Trim(row[1], "`"), sid)
		tables.objects[strings.Trim(row[0], "`")] = regexp.MustCompile("^" + pattern + `(/` + sid + `)?(\.json)?$`)
	}
	kind := ""
	for _, section := range []string{"Resources", "Data sources", "List resources"} {
		for _, row := range tableRows(t, leastPrivilege, section) {
			n := needs{plan: parsePermissions(row[1]), apply: permissions{}, destroy: permissions{}}
			if section == "Resources" {
				n.apply, n.destroy = parsePermissions(row[2]), parsePermissions(row[3])
			}
			for typeName := range strings.SplitSeq(strings.ReplaceAll(row[0], "`", ""), ", ") {
				tables.byType[kind+typeName] = n
			}
		}
		kind = map[string]string{"Resources": "data ", "Data sources": "list "}[section]
	}
	return tables
}

// tableRows returns the cells of the table in a section of a guide, without the header.
func tableRows(t *testing.T, guide, section string) [][]string {
	t.Helper()
	_, text, found := strings.Cut(templateText(t, guide), "# "+section+"\n")
	if !found {
		t.Fatalf("%s has no section %q", guide, section)
	}
	var rows [][]string
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "#") {
			break
		}
		if strings.HasPrefix(line, "|") {
			cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			rows = append(rows, cells)
		}
	}
	if len(rows) < 3 {
		t.Fatalf("%s has no table in section %q", guide, section)
	}
	return rows[2:]
}

func templateText(t *testing.T, guide string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(acctest.Root(), "templates", "guides", guide))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// permission returns the permission that a request needs.
func (p permissionTables) permission(method, path string) string {
	for object, pattern := range p.objects {
		if match := pattern.FindStringSubmatch(path); match != nil {
			collection := match[1] == ""
			action := map[string]string{http.MethodGet: "read", http.MethodPost: "update", http.MethodDelete: "delete"}[method]
			if collection {
				action = map[string]string{http.MethodGet: "list", http.MethodPost: "create"}[method]
			}
			return object + ": " + cmp.Or(action, method)
		}
	}
	return method + " " + path
}

// permit makes the mock answer like Twilio answers a restricted API key with these permissions.
func (p permissionTables) permit(m *acctest.Mock, allowed permissions) {
	m.SetFaultFunc(func(r *http.Request) *mocktwilio.Fault { return p.refusal(r, allowed) })
}

// refusal returns Twilio's response to a request that a restricted API key does not permit, according to reports from real
// accounts: status 401 and the code of https://www.twilio.com/docs/api/errors/70051. It returns nil if the request is permitted.
func (p permissionTables) refusal(r *http.Request, allowed permissions) *mocktwilio.Fault {
	needed := p.permission(r.Method, r.URL.Path)
	if allowed[needed] {
		return nil
	}
	return &mocktwilio.Fault{Kind: mocktwilio.FaultStatus, Status: http.StatusUnauthorized, Code: 70051, Message: "a permission is missing"}
}

// requested returns the permissions that the requests since the last call needed.
func (p permissionTables) requested(m *acctest.Mock) permissions {
	all := permissions{}
	for _, r := range m.Requests() {
		all[p.permission(r.Method, r.Path)] = true
	}
	m.ResetRequests()
	return all
}
