// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider"
)

// The tests in this file run for every type, including types that are added later.
func servedSchemas(t *testing.T) (*tfprotov6.GetProviderSchemaResponse, *tfprotov6.GetResourceIdentitySchemasResponse) {
	t.Helper()
	server := providerserver.NewProtocol6(provider.New("test")())()
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil || len(schemas.Diagnostics) > 0 {
		t.Fatal(err, schemas.Diagnostics)
	}
	identities, err := server.GetResourceIdentitySchemas(t.Context(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil || len(identities.Diagnostics) > 0 {
		t.Fatal(err, identities.Diagnostics)
	}
	return schemas, identities
}

func TestDescriptions(t *testing.T) {
	t.Parallel()
	schemas, identities := servedSchemas(t)
	all := map[string]*tfprotov6.Schema{"provider": schemas.Provider}
	for kind, of := range map[string]map[string]*tfprotov6.Schema{
		"resource": schemas.ResourceSchemas, "data source": schemas.DataSourceSchemas, "list resource": schemas.ListResourceSchemas,
	} {
		for name, schema := range of {
			all[kind+" "+name] = schema
		}
	}
	for name, schema := range all {
		if schema.Block.Description == "" {
			t.Errorf("%s has no description", name)
		}
		checkBlock(t, name, schema.Block)
	}
	for name, identity := range identities.IdentitySchemas {
		for _, attribute := range identity.IdentityAttributes {
			checkDescription(t, "identity of "+name, attribute.Name, attribute.Description)
		}
	}
	for name, function := range schemas.Functions {
		checkDescription(t, "function "+name, "summary", function.Summary)
		checkDescription(t, "function "+name, "description", function.Description)
		for _, parameter := range function.Parameters {
			checkDescription(t, "function "+name, parameter.Name, parameter.Description)
		}
	}
}

func checkBlock(t *testing.T, name string, block *tfprotov6.SchemaBlock) {
	t.Helper()
	checkAttributes(t, name, block.Attributes)
	for _, nested := range block.BlockTypes {
		if nested.Block.Description != "" {
			checkDescription(t, name, nested.TypeName, nested.Block.Description)
		}
		checkBlock(t, name+"."+nested.TypeName, nested.Block)
	}
}

func checkAttributes(t *testing.T, name string, attributes []*tfprotov6.SchemaAttribute) {
	t.Helper()
	for _, attribute := range attributes {
		checkDescription(t, name, attribute.Name, attribute.Description)
		if attribute.NestedType != nil {
			checkAttributes(t, name+"."+attribute.Name, attribute.NestedType.Attributes)
		}
	}
}

// checkDescription checks that a description exists and is short. Longer texts belong in a section of the page, in its template.
func checkDescription(t *testing.T, name, attribute, description string) {
	t.Helper()
	const maxSentences, maxWords = 3, 60
	// Code may contain periods.
	text := regexp.MustCompile("`[^`]*`").ReplaceAllString(description, "code")
	sentences := len(regexp.MustCompile(`[.!?](\s|$)`).FindAllString(text, -1))
	if words := len(strings.Fields(description)); description == "" || sentences > maxSentences || words > maxWords {
		t.Errorf("%s: the description of %s has %d sentences and %d words: %q", name, attribute, sentences, words, description)
	}
}

// TestPages checks how the page of each type in docs/ begins: the description in the front matter, which search engines show, is one
// line of plain text, and the first paragraph links to Twilio's page about the object.
func TestPages(t *testing.T) {
	t.Parallel()
	schemas, _ := servedSchemas(t)
	frontMatter := regexp.MustCompile(`(?s)^---\n.*\ndescription: \|-\n  ([^\n]+)\n---\n\n# [^\n]+\n\n(.+?)\n\n`)
	for dir, types := range map[string]map[string]*tfprotov6.Schema{
		"resources": schemas.ResourceSchemas, "data-sources": schemas.DataSourceSchemas, "list-resources": schemas.ListResourceSchemas,
	} {
		for name := range types {
			file := filepath.Join("docs", dir, strings.TrimPrefix(name, "twilio_")+".md")
			page, err := os.ReadFile(filepath.Join(acctest.Root(), file))
			if err != nil {
				t.Error(err)
				continue
			}
			parts := frontMatter.FindStringSubmatch(string(page))
			if parts == nil {
				t.Errorf("%s: the description is not one line, or no paragraph follows", file)
				continue
			}
			if strings.Contains(parts[1], "http") || strings.ContainsAny(parts[1], "`[]") {
				t.Errorf("%s: the description is not plain text: %s", file, parts[1])
			}
			if !strings.Contains(parts[2], "](https://www.twilio.com/docs/") {
				t.Errorf("%s: the first paragraph does not link to Twilio's documentation: %s", file, parts[2])
			}
		}
	}
}

// TestResourcesHaveCommonAttributes checks that every resource has schema version 1, the common attributes, timeouts, an
// identity, and a list resource. An exclusive resource has no SID, no dates, and no list resource.
func TestResourcesHaveCommonAttributes(t *testing.T) {
	t.Parallel()
	schemas, identities := servedSchemas(t)
	for name, schema := range schemas.ResourceSchemas {
		if schema.Version != 1 {
			t.Errorf("%s has version %d, not 1", name, schema.Version)
		}
		object, ok := schema.ValueType().(tftypes.Object)
		if !ok {
			t.Fatalf("%s is not an object", name)
		}
		set := strings.HasSuffix(name, "_exclusive")
		common := []string{"id", "account_sid", "timeouts"}
		if !set {
			common = append(common, "sid", "date_created", "date_updated")
		}
		for _, attribute := range common {
			if _, has := object.AttributeTypes[attribute]; !has {
				t.Errorf("%s has no %s", name, attribute)
			}
		}
		identity := identities.IdentitySchemas[name]
		if identity == nil {
			t.Errorf("%s has no identity", name)
			continue
		}
		for _, attribute := range identity.IdentityAttributes {
			if _, has := object.AttributeTypes[attribute.Name]; !has {
				t.Errorf("%s: identity has %s, which is no attribute", name, attribute.Name)
			}
			if isAccount := attribute.Name == "account_sid"; isAccount != attribute.OptionalForImport || isAccount == attribute.RequiredForImport {
				t.Errorf("%s: %s of the identity is wrongly required or optional", name, attribute.Name)
			}
		}
		if !set && schemas.ListResourceSchemas[name] == nil {
			t.Errorf("%s has no list resource", name)
		}
	}
}

func TestSecretsAreSensitive(t *testing.T) {
	t.Parallel()
	schemas, _ := servedSchemas(t)
	for _, attribute := range schemas.Provider.Block.Attributes {
		secret := strings.HasPrefix(attribute.Name, "auth_") || strings.HasPrefix(attribute.Name, "api_")
		if attribute.Sensitive != secret {
			t.Errorf("%s: sensitive is %v", attribute.Name, attribute.Sensitive)
		}
	}
}

func TestExampleFilesExist(t *testing.T) {
	t.Parallel()
	schemas, _ := servedSchemas(t)
	var files []string
	for name := range schemas.ResourceSchemas {
		for _, file := range []string{"resource.tf", "import.sh", "import-by-string-id.tf", "import-by-identity.tf"} {
			files = append(files, acctest.Example("resources", name, file))
		}
	}
	for name := range schemas.DataSourceSchemas {
		files = append(files, acctest.Example("data-sources", name, "data-source.tf"))
	}
	for name := range schemas.ListResourceSchemas {
		files = append(files, acctest.Example("list-resources", name, "list-resource.tfquery.hcl"))
	}
	for name := range schemas.Functions {
		files = append(files, acctest.Example("functions", name, "function.tf"))
	}
	for _, file := range files {
		if _, err := os.Stat(file); err != nil {
			t.Error(err)
		}
	}
}

// TestDocumentedImportIDs checks that the provider accepts the import IDs of the examples.
func TestDocumentedImportIDs(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	server, schemas, _ := m.ConfiguredServer()
	command := regexp.MustCompile(`(?m)^terraform import (\w+)\.\w+ (\S+)$`)
	block := regexp.MustCompile(`to += (\w+)\.\w+\n +id += "(.*)"`)
	for name := range schemas.ResourceSchemas {
		script, err := os.ReadFile(acctest.Example("resources", name, "import.sh"))
		if err != nil {
			t.Fatal(err)
		}
		blocks, err := os.ReadFile(acctest.Example("resources", name, "import-by-string-id.tf"))
		if err != nil {
			t.Fatal(err)
		}
		imports := append(command.FindAllStringSubmatch(string(script), -1), block.FindAllStringSubmatch(string(blocks), -1)...)
		if len(imports) < 3 {
			t.Errorf("%s: only %d documented import IDs were found", name, len(imports))
		}
		for _, match := range imports {
			imported, err := server.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: match[1], ID: match[2]})
			if err != nil || len(imported.Diagnostics) > 0 || match[1] != name {
				t.Errorf("%s: %s: %v %v", name, match[0], err, imported)
			}
		}
		// Everything else is rejected without a request.
		for _, id := range []string{"", "AL123", "IP0123456789abcdef0123456789abcdef", "../../" + acctest.ListSID, acctest.ListSID + "/", "a b"} {
			imported, err := server.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: name, ID: id})
			if err != nil || len(imported.Diagnostics) != 1 || imported.Diagnostics[0].Summary != "Invalid import ID" {
				t.Errorf("%s: %q: %v %v", name, id, err, imported)
			}
		}
	}
	if got := m.RequestLines(); len(got) > 0 {
		t.Errorf("requests: %q", got)
	}
}
