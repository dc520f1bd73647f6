// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider"
)

// TestGeneratedStringsFailAtPlan checks every argument whose validation accepts strings that a mocked provider may have
// generated: the plan of the resource and the read of the data source reject them.
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
					config := dynamicValue(t, schema.ValueType(), map[string]tftypes.Value{a.Name: textOrSet(a.Type, text)})
					return strings.ReplaceAll(errorsAt(a.Name, with(typeName, config)), text, "x")
				}
				for _, wrong := range []string{" ", "aB3", "nonsense-00", "aB3dE6gH9jK2mN5p", acctest.ListSID[:33]} {
					if diagnose(of.validate, wrong) == "" {
						t.Errorf("%s: the validation of %s accepts %q", typeName, a.Name, wrong)
					}
				}
				want := diagnose(of.validate, "nonsense-00")
				// Terraform generates 8 lower-case letters and digits, OpenTofu up to 15 letters and digits.
				for _, generated := range []string{"x7k2m9qa", "abcdefgh", "12345678", "aB3d", "aB3dE6gH9jK2mN5"} {
					if got := diagnose(of.validate, generated); got != "" {
						t.Errorf("%s: the validation of %s refuses %q: %s", typeName, a.Name, generated, got)
					}
					if got := diagnose(of.perform, generated); isSID && got != want || got == "" {
						t.Errorf("%s: %s = %q is not refused: %q, want %q", typeName, a.Name, generated, got, want)
					}
				}
			}
		}
	}
}

// TestGeneratedStringsFailAtPlanOnCLI plans values that look generated without a mocked provider.
func TestGeneratedStringsFailAtPlanOnCLI(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+`
resource "twilio_sip_ip_access_control_list" "test" {
  account_sid   = "Account1"
  friendly_name = "Office"
  ip_addresses  = { Router12 = "Router" }
}

resource "twilio_sip_ip_address" "test" {
  ip_access_control_list_sid = "Office2"
  friendly_name              = "Router"
  ip_address                 = "router3"
}

resource "twilio_sip_trunking_ip_access_control_list" "test" {
  account_sid                = "Account13"
  trunk_sid                  = "Trunk4"
  ip_access_control_list_sid = "Office5"
}

resource "twilio_sip_domain_ip_access_control_list_mappings_exclusive" "test" {
  domain_sid                  = "Domain6"
  ip_access_control_list_sids = ["Office7", "Branch8"]
}

resource "twilio_sip_trunking_ip_access_control_lists_exclusive" "test" {
  account_sid                 = "Account14"
  trunk_sid                   = "Trunk15"
  ip_access_control_list_sids = ["Office16"]
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
	refused := map[string]string{
		"Account1": "SID", "Office2": "SID", "router3": "IP address", "Trunk4": "SID", "Office5": "SID", "Domain6": "SID", "Office7": "SID", "Branch8": "SID",
		"Domain9": "SID", "Office10": "SID", "router11": "CIDR block", "Router12": "IP address", "Account13": "SID", "Account14": "SID", "Trunk15": "SID", "Office16": "SID",
	}
	if got := strings.Count(output, "Error: "); got != len(refused) {
		t.Errorf("%d errors, want one for each of %d values:\n%s", got, len(refused), output)
	}
	for value, summary := range refused {
		// The error shows the line of the attribute and names the value.
		detail := `"` + value + `" is a host name, not an IPv4 address\.`
		if summary == "SID" {
			detail = `The value must be the SID of [^;]*;\s+got\s+"` + value + `"\.`
		}
		if !regexp.MustCompile(`Error: Invalid ` + summary + `\n\n  with .*\n  on .*\n.*` + value + `.*\n\n` + detail).MatchString(output) {
			t.Errorf("the plan does not refuse %s:\n%s", value, output)
		}
	}
	if requests := m.RequestLines(); len(requests) > 0 {
		t.Errorf("requests: %q", requests)
	}
}

// textOrSet returns a string, or a set with the string.
func textOrSet(of tftypes.Type, text string) tftypes.Value {
	value := tftypes.NewValue(tftypes.String, text)
	if of.Is(tftypes.String) {
		return value
	}
	return tftypes.NewValue(of, []tftypes.Value{value})
}

// dynamicValue returns an object with the given attributes and null for all others. Without attributes, it returns null.
func dynamicValue(t *testing.T, of tftypes.Type, attributes map[string]tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	value := tftypes.NewValue(of, nil)
	if attributes != nil {
		all := map[string]tftypes.Value{}
		for name, attributeType := range of.(tftypes.Object).AttributeTypes {
			all[name] = tftypes.NewValue(attributeType, nil)
		}
		maps.Copy(all, attributes)
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
