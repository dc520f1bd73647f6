// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package guides_test

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// twoKeys are a key for plans and one for applies, as the guide describes them.
type twoKeys struct {
	planKey, planSecret, applyKey, applySecret string
}

// permitTwoKeys makes Twilio permit each key what the guide's tables say for the resource for lists.
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

// TestGuideLeastPrivilege runs the guide's blocks in their order.
func TestGuideLeastPrivilege(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	keys := permitTwoKeys(t, m)
	c := m.NewCLI(nil)
	installProvider(c, m)
	fakeCurl(t, c)
	c.Env = append(c.Env, "TWILIO_ACCOUNT_SID="+m.AccountSID(), "TWILIO_AUTH_TOKEN="+m.AuthToken())
	replacements := strings.NewReplacer("AC0123456789abcdef0123456789abcdef", m.AccountSID(), "SK0123456789abcdef0123456789abcdef", keys.planKey, "your_api_secret", keys.planSecret)
	// usingKey has the commands that use the key for plans.
	ran, usingKey := 0, ""
	for _, block := range readGuide(t, leastPrivilege) {
		if !supports(c.Program, block.needs, block.only) {
			continue
		}
		ran++
		text := replacements.Replace(block.text)
		switch {
		case block.file == "policy.json":
			c.Write(block.file, text)
			checkPolicy(t, text)
		case block.file == "main.tf":
			c.Write(block.file, text)
			c.Run("fmt", "-check", block.file)
			c.Run("init")
		case block.file == "credentials.tf":
			// It replaces the provider block.
			c.Write("main.tf", strings.Replace(c.Read("main.tf"), "provider \"twilio\" {}\n", "", 1))
			c.Write(block.file, strings.Replace(text, keys.planKey, keys.applyKey, 1))
			c.Run("fmt", "-check", block.file)
			// The environment must not serve in place of the variable.
			c.Env = append(c.Env, "TWILIO_ACCOUNT_SID=", "TWILIO_AUTH_TOKEN=")
		case strings.HasPrefix(text, "curl "):
			shell(c, block.line, text)
			if arguments := c.Read("curl.txt"); !strings.Contains(arguments, "\nKeyType=restricted\n") || !strings.HasSuffix(arguments, "\nPolicy@policy.json\n") {
				t.Errorf("curl was called with\n%s", arguments)
			}
		case block.language == "yaml":
			runWorkflow(c, m, block, keys)
			// Now there is something to read.
			if output := shell(c, block.line, usingKey); !strings.Contains(output, "No changes.") {
				t.Errorf("after the workflow, the plan is\n%s", output)
			}
			if requests := len(m.RequestLines()); requests == 0 {
				t.Error("the plan made no request")
			}
		case strings.Contains(text, "TF_VAR_api_secret"):
			// The first list is applied already, and only the apply key may change it.
			c.Write("main.tf", strings.Replace(c.Read("main.tf"), "London", "Madrid", 1))
			shell(c, block.line, strings.ReplaceAll(text, keys.planSecret, keys.applySecret))
			if names := m.EntryLines(m.OnlyListSID()); !slices.Equal(names, []string{"203.0.113.10/32 Madrid"}) {
				t.Errorf("the saved plan made %q", names)
			}
			expectInPlan(t, c, keys.applySecret, false)
		case block.language == "shell":
			usingKey = text
			if output := shell(c, block.line, text); !strings.Contains(output, "Plan: 1 to add") {
				t.Errorf("line %d: the plan is\n%s", block.line, output)
			}
			m.ExpectNoWrites()
		case block.language == "text":
			expectMissingPermission(c, block, keys)
		default:
			t.Errorf("line %d: nothing runs this block", block.line)
		}
	}
	if ran == 0 {
		t.Error("the guide has no blocks")
	}
}

// expectMissingPermission applies the guide's configuration with the key for plans, and compares the error with a block.
func expectMissingPermission(c *acctest.CLI, block codeBlock, keys twoKeys) {
	c.T.Helper()
	own := *c
	own.Dir = c.T.TempDir()
	own.Env = append(slices.Clone(c.Env), "TWILIO_API_KEY="+keys.planKey, "TWILIO_API_SECRET="+keys.planSecret)
	own.Write("main.tf", c.Read("main.tf"))
	own.Run("init")
	output := own.ExpectError("apply", "-auto-approve", "-no-color")
	for line := range strings.Lines(block.text) {
		if !matches(strings.TrimSpace(line), output) {
			c.T.Errorf("line %d: %q is not in\n%s", block.line, line, output)
		}
	}
}

// checkPolicy compares a policy with what plans of all resources need.
func checkPolicy(t *testing.T, policy string) {
	t.Helper()
	var parsed struct{ Allow []string }
	if err := json.Unmarshal([]byte(policy), &parsed); err != nil {
		t.Fatal(err)
	}
	needed := permissions{}
	for name, needs := range readPermissionTables(t).byType {
		if !strings.Contains(name, " ") {
			needed = needed.with(needs.plan)
		}
	}
	names := map[string]string{}
	for _, row := range tableRows(t, leastPrivilege, "The permissions") {
		names[strings.Trim(row[0], "`")] = strings.Trim(row[2], "`")
	}
	var want []string
	for permission := range needed {
		object, action, _ := strings.Cut(permission, ": ")
		want = append(want, "/twilio/voice/"+names[object]+"/"+action)
	}
	slices.Sort(want)
	if got := slices.Sorted(slices.Values(parsed.Allow)); !slices.Equal(got, want) {
		t.Errorf("the policy allows %q, not %q", got, want)
	}
}

var (
	workflowJob = regexp.MustCompile(`(?m)^  \w+:\n(?:    .*\n|\n)+`)
	workflowEnv = regexp.MustCompile(`(?m)^      (\w+): \$\{\{ (?:vars|secrets)\.(\w+) \}\}$`)
)

// runWorkflow runs the jobs of a workflow, each with its own environment.
func runWorkflow(c *acctest.CLI, m *acctest.Mock, block codeBlock, keys twoKeys) {
	c.T.Helper()
	values := map[string]string{
		"TWILIO_ACCOUNT_SID":      m.AccountSID(),
		"TWILIO_PLAN_API_KEY":     keys.planKey,
		"TWILIO_PLAN_API_SECRET":  keys.planSecret,
		"TWILIO_APPLY_API_KEY":    keys.applyKey,
		"TWILIO_APPLY_API_SECRET": keys.applySecret,
	}
	_, jobs, _ := strings.Cut(block.text, "jobs:\n")
	found := workflowJob.FindAllString(jobs, -1)
	if len(found) != 2 {
		c.T.Fatalf("line %d: there are %d jobs", block.line, len(found))
	}
	plan, apply := found[0], found[1]
	// The first plan has nothing to read. The second one reads what the apply made.
	for _, job := range []string{plan, apply, plan} {
		own := *c
		own.Env = append(slices.Clone(c.Env), "TWILIO_AUTH_TOKEN=")
		for _, setting := range workflowEnv.FindAllStringSubmatch(job, -1) {
			if values[setting[2]] == "" {
				c.T.Fatalf("line %d: %s is not known", block.line, setting[2])
			}
			own.Env = append(own.Env, setting[1]+"="+values[setting[2]])
		}
		m.ResetRequests()
		for _, command := range workflowCommand.FindAllStringSubmatch(job, -1) {
			shell(&own, block.line, command[1])
		}
		if writes := m.WriteLines(); (len(writes) > 0) != (job == apply) {
			c.T.Errorf("line %d: a job made the writes %q:\n%s", block.line, writes, job)
		}
	}
}

// TestPermissionsLeftOut checks what the guide says of permissions that can be left out.
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
