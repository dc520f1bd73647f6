// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package accesslist_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// createOddLists creates lists whose names and entries are difficult to write as configuration, and returns their number.
func createOddLists(m *acctest.Mock) int {
	odd := m.CreateList("", `Odd "names" ${x} %{ if }`).SID
	for i, name := range []string{
		`quote "`, "a ${var.x} b", "%{ if true }x%{ endif }", "$${x} %%{y} $$ %%", `back\slash \n`, "Zürich 📞 日本", " white space ", "null", "it's # no comment",
	} {
		m.CreateAddress("", odd, fmt.Sprintf("198.51.100.%d", i), 32, name)
	}
	m.CreateAddress("", odd, "203.0.113.77", 24, "host bits")
	m.CreateAddress("", odd, "192.0.2.0", 28, "block")
	m.CreateList("", "Empty")
	full := m.CreateList("", "Full").SID
	for i := range 100 {
		m.CreateAddress("", full, fmt.Sprintf("10.0.0.%d", i), 32, fmt.Sprintf("Phone %d", i))
	}
	return 3
}

// writeGenerated writes resource and import blocks for the results of a query, with all attributes that can be set, like
// `terraform query -generate-config-out`. It uses this command if the CLI supports it.
func writeGenerated(t *testing.T, m *acctest.Mock, c *acctest.CLI) {
	t.Helper()
	if c.AtLeast("1.14", "") {
		c.Write("lists.tfquery.hcl", `
list "twilio_sip_ip_access_control_list" "all" {
  provider = twilio

  config {
    include_ip_addresses = true
  }
}
`)
		c.Run("query", "-generate-config-out=generated.tf")
		return
	}
	// Strings in JSON configuration are templates.
	template := strings.NewReplacer("${", "$${", "%{", "%%{")
	results, diagnostics := m.Query(queriedType, withAddresses, 100, true)
	if len(diagnostics) > 0 {
		t.Fatal(diagnostics[0])
	}
	resources, imports := map[string]any{}, []any{}
	for i, result := range results {
		addresses := map[string]string{}
		for block, name := range result.Resource["ip_addresses"].(map[string]string) {
			addresses[block] = template.Replace(name)
		}
		name := fmt.Sprintf("all_%d", i)
		resources[name] = map[string]any{
			"account_sid":   result.Resource["account_sid"],
			"friendly_name": template.Replace(fmt.Sprint(result.Resource["friendly_name"])),
			"ip_addresses":  addresses,
		}
		imports = append(imports, map[string]any{"to": queriedType + "." + name, "id": result.Identity["sid"]})
	}
	text, err := json.Marshal(map[string]any{"resource": map[string]any{queriedType: resources}, "import": imports})
	if err != nil {
		t.Fatal(err)
	}
	c.Write("generated.tf.json", string(text))
}

func TestGeneratedConfigurationPlansNoChange(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	lists := createOddLists(m)
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig())
	c.Run("init")
	writeGenerated(t, m, c)
	want := acctest.Text(fmt.Sprintf("Plan: %d to import, 0 to add, 0 to change, 0 to destroy.", lists))
	if output := c.Run("plan", "-no-color"); !want.MatchString(output) {
		t.Fatal(output)
	}
	c.Run("apply", "-auto-approve")
	c.ExpectEmptyPlan()
	m.ExpectNoWrites()
}

// TestGeneratedConfigurationOfDuplicates checks that the plan shows which entry it removes from a list that has a block twice,
// because a map cannot have both.
func TestGeneratedConfigurationOfDuplicates(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	list := m.CreateList("", "Office").SID
	m.CreateAddress("", list, "198.51.100.7", 32, "pbx")
	second := m.CreateAddress("", list, "198.51.100.7", 32, "the same again").SID
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig())
	c.Run("init")
	writeGenerated(t, m, c)
	output := c.Run("plan", "-no-color")
	for _, want := range []string{"Plan: 1 to import, 0 to add, 1 to change, 0 to destroy.", fmt.Sprintf(`- "198.51.100.7 (%s)" = "the same again" -> null`, second)} {
		if !acctest.Text(want).MatchString(output) {
			t.Errorf("%q is not in\n%s", want, output)
		}
	}
	m.ExpectNoWrites()
}
