// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// mockDefaults is the published file with values for a mocked provider.
var mockDefaults = acctest.Example("mock_provider", "twilio.tfmock.hcl")

// newMockedModule copies the module that uses every type. Another provider manages its domain and its trunk.
func newMockedModule(t *testing.T) *acctest.CLI {
	t.Helper()
	c := acctest.StartMock(t).NewCLI(acctest.Installed("rjpearson94/twilio", acctest.RJPearson94Provider))
	if err := os.CopyFS(c.Dir, os.DirFS("testdata/mocked")); err != nil {
		t.Fatal(err)
	}
	return c
}

// TestMockedProvider tests the module with values that the CLI generates.
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

// TestMockedProviderWithDefaults tests the module with the published values, so that nothing is generated.
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
// generates, and no others.
func TestMockDefaults(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile(mockDefaults)
	if err != nil {
		t.Fatal(err)
	}
	c := acctest.StartMock(t).NewCLI(nil)
	// The CLI ignores unknown attributes of a mock. Rewritten as outputs, the values can be read as JSON.
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
	describedPrefix = regexp.MustCompile("^SIDs? [^.]*\\(`([A-Z]{2})…`\\)")
	describedCopy   = regexp.MustCompile("^Same as `(.+)`\\.$")
	pairOfSIDs      = regexp.MustCompile(`^(SD|TK)[0-9a-f]{32}/AL[0-9a-f]{32}$`)
)

// checkDefaults checks the default of each computed attribute. Descriptions say which kind of SID it is.
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
		var valid bool
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
		// This is the same as an argument, which has no default.
		return twilio.ValidSID(map[string]string{"domain_sid": twilio.PrefixDomain, "trunk_sid": twilio.PrefixTrunk}[same[1]], text)
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
