// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package guides_test

import (
	"encoding/json"
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

// twoKeys are a key for plans and a key for applies, as in the guide.
type twoKeys struct {
	planKey, planSecret, applyKey, applySecret string
}

// permitTwoKeys makes the mock permit each key what the guide's tables list for the resource for lists.
func permitTwoKeys(t *testing.T, m *acctest.Mock) twoKeys {
	t.Helper()
	tables := readPermissionTables(t)
	var keys twoKeys
	keys.planKey, keys.planSecret = m.AddAPIKey("")
	keys.applyKey, keys.applySecret = m.AddAPIKey("")
	needed := tables.byType[listType]
	m.SetFaultFunc(func(r *http.Request) *mocktwilio.Fault {
		allowed := needed.plan
		if user, _, _ := r.BasicAuth(); user == keys.applyKey {
			allowed = needed.plan.with(needed.apply)
		}
		return tables.refusal(r, allowed)
	})
	return keys
}

// TestGuideLeastPrivilege runs the guide with a program curl that only checks its arguments, because the mock cannot create keys.
func TestGuideLeastPrivilege(t *testing.T) {
	t.Parallel()
	runGuide(t, "least-privilege.md", nil, func(m *acctest.Mock, c *acctest.CLI, _ int) func() []string {
		installProvider(c)
		bin := c.T.TempDir()
		const curl = "#!/bin/sh\ncase \"$*\" in *AccountSid=AC*KeyType=restricted*Policy@*) for policy; do :; done; test -s \"${policy#Policy@}\" ;; *) exit 1 ;; esac\n"
		if err := os.WriteFile(filepath.Join(bin, "curl"), []byte(curl), 0o700); err != nil {
			c.T.Fatal(err)
		}
		c.Env = append(c.Env, "PATH="+bin+string(os.PathListSeparator)+searchPath(c))
		key, secret := m.AddAPIKey("")
		return func() []string {
			return []string{"SK0123456789abcdef0123456789abcdef", key, "your_api_secret", secret}
		}
	})
}

// searchPath returns the path on which the CLI finds programs.
func searchPath(c *acctest.CLI) string {
	for _, setting := range slices.Backward(c.Env) {
		if value, ok := strings.CutPrefix(setting, "PATH="); ok {
			return value
		}
	}
	return ""
}

// blockWith returns the text of the only block of the guide that contains a text or is written to a file of this name.
func blockWith(t *testing.T, textOrFile string) string {
	t.Helper()
	blocks := slices.DeleteFunc(readGuide(t, leastPrivilege), func(b codeBlock) bool { return b.file != textOrFile && !strings.Contains(b.text, textOrFile) })
	if len(blocks) != 1 {
		t.Fatalf("%d blocks of the guide are or have %q", len(blocks), textOrFile)
	}
	return blocks[0].text
}

// TestKeysForPlanAndApply runs the jobs of the guide's workflow with two keys that only have the permissions in the guide.
func TestKeysForPlanAndApply(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	keys := permitTwoKeys(t, m)
	c := m.NewCLI(nil)
	installProvider(c)
	c.Env = append(c.Env, "TWILIO_BASE_URL="+m.URL())
	c.Write("main.tf", blockWith(t, "twilio_sip_ip_access_control_list"))
	_, workflow, _ := strings.Cut(blockWith(t, "jobs:"), "jobs:\n")
	jobs := workflowJob.FindAllString(workflow, -1)
	if len(jobs) != 2 {
		t.Fatalf("there are %d jobs", len(jobs))
	}
	plan, apply := jobs[0], jobs[1]
	values := map[string]string{
		"TWILIO_ACCOUNT_SID":      m.AccountSID(),
		"TWILIO_PLAN_API_KEY":     keys.planKey,
		"TWILIO_PLAN_API_SECRET":  keys.planSecret,
		"TWILIO_APPLY_API_KEY":    keys.applyKey,
		"TWILIO_APPLY_API_SECRET": keys.applySecret,
	}
	guide := templateText(t, leastPrivilege)
	run := func(job string) (output string, status int) {
		own := *c
		for _, setting := range workflowEnv.FindAllStringSubmatch(job, -1) {
			if _, ok := values[setting[2]]; !ok || !strings.Contains(guide, "`"+setting[2]+"`") {
				t.Fatalf("the guide does not say to create %s", setting[2])
			}
			own.Env = append(slices.Clip(own.Env), setting[1]+"="+values[setting[2]])
		}
		m.ResetRequests()
		var commands []string
		for _, command := range workflowCommand.FindAllStringSubmatch(job, -1) {
			commands = append(commands, command[1])
		}
		return own.Try("sh", "-euc", strings.Join(commands, "\n"))
	}
	// The first plan has nothing to read. The second one reads the objects of the apply.
	for _, job := range []string{plan, apply, plan} {
		if output, status := run(job); status != 0 {
			t.Fatal(output)
		}
		if requests, writes := len(m.Requests()), m.WriteLines(); (len(writes) > 0) != (job == apply) || job == plan && requests == 0 && len(m.Lists("")) > 0 {
			t.Errorf("a job made %d requests, of them the writes %q:\n%s", requests, writes, job)
		}
	}
	// The key for plans cannot apply.
	c.Write("main.tf", strings.Replace(c.Read("main.tf"), `"Office"`, `"Offices"`, 1))
	withPlanKey := strings.ReplaceAll(apply, "TWILIO_APPLY_", "TWILIO_PLAN_")
	if output, status := run(withPlanKey); status == 0 || !acctest.Text(`If it is a restricted key, it needs the permission "lists: update"`).MatchString(output) {
		t.Errorf("exit status %d\n%s", status, output)
	}
	// GitHub does not pass secrets to a pull request from a fork.
	values["TWILIO_PLAN_API_SECRET"] = ""
	if output, status := run(plan); status == 0 || !strings.Contains(output, "api_secret") {
		t.Errorf("exit status %d\n%s", status, output)
	}
}

// TestPolicy compares the guide's policies with the permissions that plans and applies of all types need.
func TestPolicy(t *testing.T) {
	t.Parallel()
	plan, all := permissions{}, permissions{}
	for _, needs := range readPermissionTables(t).byType {
		plan = plan.with(needs.plan)
		all = all.with(needs.plan).with(needs.apply).with(needs.destroy)
	}
	names := map[string]string{}
	for _, row := range tableRows(t, leastPrivilege, "Permissions") {
		names[strings.Trim(row[0], "`")] = strings.Trim(row[2], "`")
	}
	for file, needed := range map[string]permissions{"plan-policy.json": plan, "apply-policy.json": all} {
		var policy struct{ Allow []string }
		if err := json.Unmarshal([]byte(blockWith(t, file)), &policy); err != nil {
			t.Fatal(err)
		}
		var want []string
		for permission := range needed {
			object, action, _ := strings.Cut(permission, ": ")
			want = append(want, "/twilio/voice/"+names[object]+"/"+action)
		}
		slices.Sort(want)
		if got := slices.Sorted(slices.Values(policy.Allow)); !slices.Equal(got, want) {
			t.Errorf("%s allows\n%q, not\n%q", file, got, want)
		}
	}
}

var (
	workflowJob = regexp.MustCompile(`(?m)^  \w+:\n(?:    .*\n|\n)+`)
	workflowEnv = regexp.MustCompile(`(?m)^      (\w+): \$\{\{ (?:vars|secrets)\.(\w+) \}\}$`)
)

// TestPermissionsLeftOut checks the guide's statements about permissions that can be omitted.
func TestPermissionsLeftOut(t *testing.T) {
	t.Parallel()
	tables := readPermissionTables(t)
	without := func(left ...string) permissions {
		all := permissions{}
		for _, needs := range tables.byType {
			all = all.with(needs.plan).with(needs.apply).with(needs.destroy)
		}
		for _, name := range left {
			if !all[name] {
				t.Fatalf("the guide does not know %q", name)
			}
			delete(all, name)
		}
		return all
	}
	const unattended = "is used by an Elastic SIP trunk"
	for name, test := range map[string]struct {
		left permissions
		// change is made outside of Terraform before the commands run.
		change func(m *acctest.Mock, o acctest.Office)
		args   []string
		fails  bool
		// has and lacks are parts of the output.
		has, lacks string
	}{
		"the plan warns of a trunk":                  {without(), nil, []string{"plan", "-destroy"}, false, unattended, ""},
		"the plan without trunks does not warn":      {without("trunks: list"), nil, []string{"plan", "-destroy"}, false, "2 to destroy", unattended},
		"the plan without trunk lists does not warn": {without("trunk lists: list"), nil, []string{"plan", "-destroy"}, false, "2 to destroy", unattended},
		"no list is deleted without trunks":          {without("trunks: list"), detachOffice, []string{"destroy", "-auto-approve"}, true, `"trunks: list"`, ""},
		"no list is deleted without trunk lists":     {without("trunk lists: list"), detachOffice, []string{"destroy", "-auto-approve"}, true, `"trunk lists: list"`, ""},
		"the list is deleted with both":              {without(), detachOffice, []string{"destroy", "-auto-approve"}, false, "Destroy complete!", ""},
		"the domain is named":                        {without(), detachTrunk, []string{"destroy", "-auto-approve"}, true, "example.sip.twilio.com", ""},
		"the domain is not named without domains":    {without("domains: list"), detachTrunk, []string{"destroy", "-auto-approve"}, true, "Cannot delete", "example.sip.twilio.com"},
		"the domain is not named without its lists":  {without("domain lists: read"), detachTrunk, []string{"destroy", "-auto-approve"}, true, "Cannot delete", "example.sip.twilio.com"},
		"a lost entry is confirmed":                  {without(), deleteLondon, []string{"plan"}, false, "1 to add", ""},
		"a lost entry is an error without lists":     {without("lists: list"), deleteLondon, []string{"plan"}, true, `"lists: list"`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := acctest.StartMock(t)
			o := acctest.NewOffice(m)
			c := m.NewCLI(nil)
			c.Write("main.tf", keyConfig(m)+`
resource "twilio_sip_ip_access_control_list" "office" {
  friendly_name = "Office"
}

resource "twilio_sip_ip_address" "london" {
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.office.sid
  friendly_name              = "SBC london"
  ip_address                 = "203.0.113.10"
}
`)
			c.Run("import", listType+".office", o.List.SID)
			c.Run("import", entryType+".london", o.List.SID+"/"+o.London.SID)
			if test.change != nil {
				test.change(m, o)
			}
			tables.permit(m, test.left)
			output, status := c.Try("terraform", append(test.args, "-no-color")...)
			if (status != 0) != test.fails || !acctest.Text(test.has).MatchString(output) || test.lacks != "" && acctest.Text(test.lacks).MatchString(output) {
				t.Errorf("exit status %d\n%s", status, output)
			}
			if lists := len(m.Lists("")); (lists == 0) != strings.HasPrefix(test.has, "Destroy complete!") {
				t.Errorf("%d lists are left", lists)
			}
		})
	}
}

func detachTrunk(m *acctest.Mock, o acctest.Office) { m.DissociateList("", o.Trunk.SID, o.List.SID) }

func detachOffice(m *acctest.Mock, o acctest.Office) {
	detachTrunk(m, o)
	m.UnmapList("", o.Domain.SID, o.List.SID)
}

func deleteLondon(m *acctest.Mock, o acctest.Office) { m.DeleteAddress("", o.List.SID, o.London.SID) }
