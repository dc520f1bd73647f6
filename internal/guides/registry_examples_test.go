// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package guides_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// readExample returns a file of examples/ with the SIDs of the mock's objects.
func readExample(t *testing.T, o acctest.Office, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer(guideSIDs(o)...).Replace(string(content))
}

// exampleDirs returns the directories of examples/KIND.
func exampleDirs(t *testing.T, kind string) []string {
	t.Helper()
	dirs, err := filepath.Glob(acctest.Example(kind, "*"))
	if err != nil || len(dirs) == 0 {
		t.Fatal(kind, err)
	}
	return dirs
}

// TestExamplesOfResources plans the example of each resource, and imports an object in every way that the page of the resource
// shows.
func TestExamplesOfResources(t *testing.T) {
	t.Parallel()
	for _, dir := range exampleDirs(t, "resources") {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			m := acctest.StartMock(t)
			o := acctest.NewOffice(m)
			c := m.NewCLI(nil)
			c.Write("main.tf", m.RootConfig()+readExample(t, o, filepath.Join(dir, "resource.tf")))
			c.Run("init")
			c.Run("plan")
			imports := 0
			for line := range strings.Lines(readExample(t, o, filepath.Join(dir, "import.sh"))) {
				if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
					continue
				}
				if output, status := c.Try("sh", "-euc", line+"\nrm terraform.tfstate"); status != 0 || !strings.Contains(output, "Import successful!") {
					t.Errorf("%s\n%s", line, output)
				}
				imports++
			}
			if imports == 0 {
				t.Error("import.sh imports nothing")
			}
			blocks := []string{"import-by-string-id.tf"}
			if c.AtLeast("1.12", "1.12") {
				blocks = append(blocks, "import-by-identity.tf")
			}
			for _, block := range blocks {
				c.Write("import.tf", readExample(t, o, filepath.Join(dir, block)))
				if output := c.Run("plan", "-no-color"); !strings.Contains(output, "Plan: 1 to import") {
					t.Errorf("%s:\n%s", block, output)
				}
			}
			m.ExpectNoWrites()
		})
	}
}

// TestExamplesOfDataSourcesAndFunctions plans the example of each data source and function.
func TestExamplesOfDataSourcesAndFunctions(t *testing.T) {
	t.Parallel()
	for kind, file := range map[string]string{"data-sources": "data-source.tf", "functions": "function.tf"} {
		for _, dir := range exampleDirs(t, kind) {
			t.Run(filepath.Base(dir), func(t *testing.T) {
				t.Parallel()
				m := acctest.StartMock(t)
				o := acctest.NewOffice(m)
				for _, name := range []string{"Gateways", "Carriers"} {
					m.CreateAddress("", m.CreateList("", name).SID, "198.51.100.0", 24, "Carrier")
				}
				c := m.NewCLI(nil)
				c.Env = append(c.Env, `TF_VAR_carriers={"198.51.100.7"="Carrier"}`)
				c.Write("main.tf", m.RootConfig()+readExample(t, o, filepath.Join(dir, file)))
				c.Run("init")
				if output := c.Run("plan"); strings.Contains(output, "Warning: ") {
					t.Error(output)
				}
			})
		}
	}
}

// TestExamplesOfListResources runs the query of each list resource.
func TestExamplesOfListResources(t *testing.T) {
	t.Parallel()
	for _, dir := range exampleDirs(t, "list-resources") {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			m := acctest.StartMock(t)
			o := acctest.NewOffice(m)
			m.CreateList("", "Branch north")
			c := m.NewCLI(nil)
			if !c.AtLeast("1.14", "") {
				t.Skip("terraform query begins with Terraform 1.14")
			}
			c.Write("main.tf", m.RootConfig())
			c.Write("list.tfquery.hcl", readExample(t, o, filepath.Join(dir, "list-resource.tfquery.hcl")))
			c.Run("init")
			if output := c.Run("query"); !strings.Contains(output, "list."+filepath.Base(dir)+".") {
				t.Errorf("the query finds nothing:\n%s", output)
			}
		})
	}
}

// TestExampleOfProvider plans the first example on the provider's page.
func TestExampleOfProvider(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	installProvider(c)
	copyExample(c, "provider", m.Config())
	c.Run("init")
	c.Run("plan")
}
