// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// mockDefaults is the published file with values for a mocked provider.
var mockDefaults = acctest.Example("mock_provider", "twilio.tfmock.hcl")

// newMockedModule copies the module with every type. Another provider manages its domain and its trunk.
func newMockedModule(t *testing.T) *acctest.CLI {
	t.Helper()
	c := acctest.StartMock(t).NewCLI(acctest.Installed("rjpearson94/twilio", acctest.RJPearson94Provider))
	if err := os.CopyFS(c.Dir, os.DirFS("testdata/mocked")); err != nil {
		t.Fatal(err)
	}
	return c
}

// TestMockedProvider tests the module with the values that the CLI generates.
func TestMockedProvider(t *testing.T) {
	t.Parallel()
	c := newMockedModule(t)
	schemas, _ := servedSchemas(t)
	for kind, of := range map[string]map[string]*tfprotov6.Schema{"resource": schemas.ResourceSchemas, "data": schemas.DataSourceSchemas} {
		for name := range of {
			if !strings.Contains(c.Read("main.tf"), kind+` "`+name+`" `) {
				t.Errorf("the module has no %s %s", kind, name)
			}
		}
	}
	c.Write("tests/mocked.tftest.hcl", `
mock_provider "twilio" {}
mock_provider "calls" {}

run "plan" {
  command = plan
}

run "apply" {
}

run "change" {
  variables {
    lists = ["Branches", "Carriers", "Offices"]
  }
}
`)
	c.Run("init")
	c.Run("test")
}

// TestMockedProviderWithDefaults tests the module with the published values, in which nothing is generated.
func TestMockedProviderWithDefaults(t *testing.T) {
	t.Parallel()
	c := newMockedModule(t)
	if c.OpenTofu {
		t.Skip("mock_provider of OpenTofu has no source")
	}
	content, err := os.ReadFile(mockDefaults)
	if err != nil {
		t.Fatal(err)
	}
	c.Write("tests/mocks/twilio.tfmock.hcl", string(content))
	c.Write("tests/mocked.tftest.hcl", `
mock_provider "twilio" {
  source = "./tests/mocks"
}

mock_provider "calls" {
  mock_resource "twilio_sip_domain" {
    defaults = {
      account_sid        = "AC0123456789abcdef0123456789abcdef"
      cidr_length_prefix = null
      friendly_name      = null
      id                 = "SD0123456789abcdef0123456789abcdef"
      sid                = "SD0123456789abcdef0123456789abcdef"
    }
  }

  mock_resource "twilio_sip_trunking_trunk" {
    defaults = {
      account_sid = "AC0123456789abcdef0123456789abcdef"
      domain_name = null
      id          = "TK0123456789abcdef0123456789abcdef"
      sid         = "TK0123456789abcdef0123456789abcdef"
    }
  }
}

run "plan" {
  command = plan
}

run "apply" {
  assert {
    condition     = output.data_sources.allowed && twilio_sip_ip_access_control_list.copy.ip_addresses["192.0.2.7"] == "Router"
    error_message = "The data sources have no addresses."
  }
}

# An instance with a SID of its own.
run "override" {
  override_resource {
    target = twilio_sip_ip_access_control_list.all["Offices"]
    values = {
      sid = "AL123456789abcdef0123456789abcdef0"
    }
  }

  variables {
    lists = ["Branches", "Offices"]
  }
}
`)
	c.Run("init")
	output := c.Run("test", "-verbose", "-no-color")
	apply := output[strings.Index(output, `run "apply"`):strings.Index(output, `run "override"`)]
	if generated := regexp.MustCompile(`(?m)^ *\S+ += "[a-z0-9]{8}"$`).FindAllString(apply, -1); len(generated) > 0 {
		t.Errorf("generated: %q", generated)
	}
	if !strings.Contains(apply, "sid              = \""+acctest.ListSID) {
		t.Errorf("no list has the default SID:\n%s", apply)
	}
}

// TestMockDefaults checks that the published values are complete and valid: one for each attribute that a mocked provider
// generates, and no other.
func TestMockDefaults(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile(mockDefaults)
	if err != nil {
		t.Fatal(err)
	}
	c := acctest.StartMock(t).NewCLI(nil)
	// The CLI ignores unknown attributes of a mock. As outputs, the values can be read as JSON.
	c.Write("outputs.tf", regexp.MustCompile(`(?m)^mock_(\w+) "(\w+)" \{\n  defaults =`).ReplaceAllString(string(content), "output \"${1}-${2}\" {\n  value ="))
	c.Run("apply", "-auto-approve")
	var outputs map[string]struct{ Value map[string]any }
	if err := json.Unmarshal([]byte(c.Run("output", "-json")), &outputs); err != nil {
		t.Fatal(err)
	}
	schemas, _ := servedSchemas(t)
	for kind, of := range map[string]map[string]*tfprotov6.Schema{"resource-": schemas.ResourceSchemas, "data-": schemas.DataSourceSchemas} {
		for name, schema := range of {
			checkDefaults(t, kind+name, schema, outputs[kind+name].Value)
			delete(outputs, kind+name)
		}
	}
	for name := range outputs {
		t.Errorf("%s is no type", name)
	}
}

var (
	describedPrefix = regexp.MustCompile("^SIDs? \\(`([A-Z]{2})…`\\)")
	describedCopy   = regexp.MustCompile("^The same as `(.+)`\\.$")
	pairOfSIDs      = regexp.MustCompile(`^(SD|TK)[0-9a-f]{32}/AL[0-9a-f]{32}$`)
)

// checkDefaults checks the default of each computed attribute. Descriptions tell which SID it is.
func checkDefaults(t *testing.T, name string, schema *tfprotov6.Schema, defaults map[string]any) {
	t.Helper()
	unknown := maps.Clone(defaults)
	for _, a := range schema.Block.Attributes {
		value, has := defaults[a.Name]
		delete(unknown, a.Name)
		if generated := a.Computed && a.NestedType == nil; has != generated {
			t.Errorf("%s: %s has a default: %t", name, a.Name, has)
		}
		if !has || value == nil && a.Name == "ip_addresses" {
			continue
		}
		valid := false
		switch {
		case a.Type.Is(tftypes.Number):
			_, valid = value.(float64)
		case a.Type.Is(tftypes.Bool):
			_, valid = value.(bool)
		case a.Type.Is(tftypes.Map{}):
			_, valid = value.(map[string]any)
		case a.Type.Is(tftypes.List{}):
			var values []any
			values, valid = value.([]any)
			for _, v := range values {
				valid = valid && isValidDefault(a, v, defaults)
			}
		default:
			valid = isValidDefault(a, value, defaults)
		}
		if !valid {
			t.Errorf("%s: %s may not be %v", name, a.Name, value)
		}
	}
	for attribute := range unknown {
		t.Errorf("%s has no attribute %s", name, attribute)
	}
}

// isValidDefault reports whether a string, or an element of a list, is valid.
func isValidDefault(a *tfprotov6.SchemaAttribute, value any, defaults map[string]any) bool {
	text, ok := value.(string)
	prefix, same := describedPrefix.FindStringSubmatch(a.Description), describedCopy.FindStringSubmatch(a.Description)
	switch {
	case !ok || text == "":
		return false
	case prefix != nil:
		return twilio.ValidSID(prefix[1], text)
	case same != nil && defaults[same[1]] != nil:
		return text == defaults[same[1]]
	case same != nil:
		// It is the same as an argument, which has no default.
		return twilio.ValidSID(map[string]string{"domain_sid": twilio.PrefixDomain, "trunk_sid": twilio.PrefixTrunk}[same[1]], text)
	case a.Name == "sid":
		// The SID of a mapping or an association is that of its list.
		return twilio.ValidSID(twilio.PrefixIPAccessControlList, text)
	case a.Name == "id":
		return pairOfSIDs.MatchString(text)
	case a.Name == "auth_type":
		return text == "IP_ACL" || text == "CREDENTIAL_LIST" || text == "IP_ACL,CREDENTIAL_LIST"
	case strings.HasPrefix(a.Name, "date_"):
		_, err := time.Parse(time.RFC3339, text)
		return err == nil && strings.HasSuffix(text, "Z")
	default:
		return !strings.HasSuffix(a.Name, "sid")
	}
}

// TestGeneratedStringsFailAtPlan checks every argument whose validation accepts a string that a mocked provider may have
// generated: the plan of the resource and the read of the data source refuse it.
func TestGeneratedStringsFailAtPlan(t *testing.T) {
	t.Parallel()
	schemas, _ := servedSchemas(t)
	server := providerserver.NewProtocol6(provider.New("test")())()
	validateResource := func(typeName string, config *tfprotov6.DynamicValue) []*tfprotov6.Diagnostic {
		resp, err := server.ValidateResourceConfig(t.Context(), &tfprotov6.ValidateResourceConfigRequest{TypeName: typeName, Config: config})
		if err != nil {
			t.Fatal(err)
		}
		return resp.Diagnostics
	}
	planResource := func(typeName string, config *tfprotov6.DynamicValue) []*tfprotov6.Diagnostic {
		none := dynamicValue(t, schemas.ResourceSchemas[typeName].ValueType(), nil)
		resp, err := server.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{TypeName: typeName, Config: config, ProposedNewState: config, PriorState: none})
		if err != nil {
			t.Fatal(err)
		}
		return resp.Diagnostics
	}
	validateData := func(typeName string, config *tfprotov6.DynamicValue) []*tfprotov6.Diagnostic {
		resp, err := server.ValidateDataResourceConfig(t.Context(), &tfprotov6.ValidateDataResourceConfigRequest{TypeName: typeName, Config: config})
		if err != nil {
			t.Fatal(err)
		}
		return resp.Diagnostics
	}
	readData := func(typeName string, config *tfprotov6.DynamicValue) []*tfprotov6.Diagnostic {
		resp, err := server.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: typeName, Config: config})
		if err != nil {
			t.Fatal(err)
		}
		return resp.Diagnostics
	}
	type check func(string, *tfprotov6.DynamicValue) []*tfprotov6.Diagnostic
	for _, of := range []struct {
		schemas           map[string]*tfprotov6.Schema
		validate, perform check
	}{{schemas.ResourceSchemas, validateResource, planResource}, {schemas.DataSourceSchemas, validateData, readData}} {
		for typeName, schema := range of.schemas {
			for _, a := range schema.Block.Attributes {
				isSID := strings.Contains(a.Name, "sid")
				if !a.Required && !a.Optional || !isSID && a.Name != "ip_address" && a.Name != "cidr_block" {
					continue
				}
				diagnose := func(with check, text string) string {
					return errorsAt(a.Name, with(typeName, dynamicValue(t, schema.ValueType(), map[string]tftypes.Value{a.Name: textOrSet(a.Type, text)})))
				}
				wrong := "nonsense-00"
				if want := strings.ReplaceAll(diagnose(of.validate, wrong), wrong, "x"); want == "" {
					t.Errorf("%s: the validation of %s accepts %q", typeName, a.Name, wrong)
				} else {
					// 8 lower-case letters and digits come from Terraform, up to 15 letters and digits from OpenTofu.
					for _, generated := range []string{"x7k2m9qa", "abcdefgh", "12345678", "aB3d", "aB3dE6gH9jK2mN5"} {
						if got := diagnose(of.validate, generated); got != "" {
							t.Errorf("%s: the validation of %s refuses a generated string: %s", typeName, a.Name, got)
						}
						if got := strings.ReplaceAll(diagnose(of.perform, generated), generated, "x"); isSID && got != want || got == "" {
							t.Errorf("%s: %s is not refused: %q, want %q", typeName, a.Name, got, want)
						}
					}
				}
			}
		}
	}
}

// TestGeneratedStringsFailAtPlanOnCLI plans what looks generated without a mock.
func TestGeneratedStringsFailAtPlanOnCLI(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+`
resource "twilio_sip_ip_access_control_list" "test" {
  account_sid   = "Account1"
  friendly_name = "Office"
}

resource "twilio_sip_ip_address" "test" {
  ip_access_control_list_sid = "Office2"
  friendly_name              = "Router"
  ip_address                 = "router3"
}

resource "twilio_sip_trunking_ip_access_control_list" "test" {
  trunk_sid                  = "Trunk4"
  ip_access_control_list_sid = "Office5"
}

resource "twilio_sip_domain_ip_access_control_list_mappings_exclusive" "test" {
  domain_sid                  = "Domain6"
  ip_access_control_list_sids = ["Office7", "Branch8"]
}

data "twilio_sip_domain" "test" {
  sid = "Domain9"
}

data "twilio_sip_ip_address" "test" {
  ip_access_control_list_sid = "Office10"
  cidr_block                 = "router11"
}
`)
	c.Run("validate")
	output := c.ExpectError("plan", "-no-color")
	for value, summary := range map[string]string{
		"Account1": "SID", "Office2": "SID", "router3": "IP address", "Trunk4": "SID", "Office5": "SID", "Domain6": "SID", "Office7": "SID", "Branch8": "SID",
		"Domain9": "SID", "Office10": "SID", "router11": "CIDR block",
	} {
		// The error shows the line of the attribute, and begins with the value.
		if !regexp.MustCompile(`Error: Invalid ` + summary + `\n\n  with .*\n  on .*\n.*"` + value + `".*\n\n"` + value + `" is `).MatchString(output) {
			t.Errorf("the plan does not refuse %s:\n%s", value, output)
		}
	}
	if requests := m.RequestLines(); len(requests) > 0 {
		t.Errorf("requests: %q", requests)
	}
}

// textOrSet is a string, or a set with the string.
func textOrSet(of tftypes.Type, text string) tftypes.Value {
	value := tftypes.NewValue(tftypes.String, text)
	if of.Is(tftypes.String) {
		return value
	}
	return tftypes.NewValue(of, []tftypes.Value{value})
}

// dynamicValue is an object whose attributes are null, except for the given ones. It is null without any.
func dynamicValue(t *testing.T, of tftypes.Type, attributes map[string]tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	value := tftypes.NewValue(of, nil)
	if attributes != nil {
		all := map[string]tftypes.Value{}
		for name, attributeType := range of.(tftypes.Object).AttributeTypes {
			all[name] = tftypes.NewValue(attributeType, nil)
		}
		for name, attribute := range attributes {
			all[name] = attribute
		}
		value = tftypes.NewValue(of, all)
	}
	dynamic, err := tfprotov6.NewDynamicValue(of, value)
	if err != nil {
		t.Fatal(err)
	}
	return &dynamic
}

// errorsAt returns the errors about an attribute.
func errorsAt(name string, diagnostics []*tfprotov6.Diagnostic) string {
	var texts []string
	for _, d := range diagnostics {
		if d.Attribute == nil || len(d.Attribute.Steps()) == 0 || d.Attribute.Steps()[0] != tftypes.AttributeName(name) || strings.Contains(d.Summary, "Combination") {
			continue
		}
		texts = append(texts, d.Summary+": "+d.Detail)
	}
	slices.Sort(texts)
	return strings.Join(texts, "\n")
}
