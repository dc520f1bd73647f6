// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// Resource types of this provider.
const (
	listType        = "twilio_sip_ip_access_control_list"
	entryType       = "twilio_sip_ip_address"
	mappingType     = "twilio_sip_domain_ip_access_control_list_mapping"
	associationType = "twilio_sip_trunking_ip_access_control_list"
)

// skipWithoutIdentity skips a test if the CLI does not support import by identity.
func skipWithoutIdentity(c *acctest.CLI) {
	c.T.Helper()
	if !c.AtLeast("1.12", "1.12") {
		c.T.Skip("import by identity begins with version 1.12 of either CLI")
	}
}

// TestImportByIdentity imports every type: in the provider's account, with and without account_sid, and in a subaccount.
func TestImportByIdentity(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	skipWithoutIdentity(c)
	office := acctest.NewOffice(m)
	subaccount, _ := m.AddSubaccount()
	subaccountList := m.CreateList(subaccount, "Subsidiary")
	subaccountEntry := m.CreateAddress(subaccount, subaccountList.SID, "192.0.2.9", 32, "Router")
	m.ResetRequests()
	block := func(address, identity string) string {
		return fmt.Sprintf("import {\n  to = %s\n  identity = {\n%s\n  }\n}\n", address, identity)
	}
	c.Write("main.tf", m.RootConfig()+fmt.Sprintf(`
resource "twilio_sip_ip_access_control_list" "office" {
  friendly_name = "Office"
}

resource "twilio_sip_ip_address" "office" {
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.office.sid
  friendly_name              = "SBC london"
  ip_address                 = "203.0.113.10"
}

resource "twilio_sip_domain_ip_access_control_list_mapping" "office" {
  domain_sid                 = %q
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.office.sid
}

resource "twilio_sip_trunking_ip_access_control_list" "office" {
  trunk_sid                  = %q
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.office.sid
}

resource "twilio_sip_ip_access_control_list" "subsidiary" {
  friendly_name = "Subsidiary"
}

resource "twilio_sip_ip_address" "subsidiary" {
  account_sid                = %q
  ip_access_control_list_sid = %q
  friendly_name              = "Router"
  ip_address                 = "192.0.2.9"
}
`, office.Domain.SID, office.Trunk.SID, subaccount, subaccountList.SID)+
		block(listType+".office", `sid = "`+office.List.SID+`"`)+
		block(entryType+".office", `account_sid = "`+m.AccountSID()+`"
		ip_access_control_list_sid = "`+office.List.SID+`"
		sid = "`+office.London.SID+`"`)+
		block(mappingType+".office", `domain_sid = "`+office.Domain.SID+`"
		ip_access_control_list_sid = "`+office.List.SID+`"`)+
		block(associationType+".office", `trunk_sid = "`+office.Trunk.SID+`"
		ip_access_control_list_sid = "`+office.List.SID+`"`)+
		block(listType+".subsidiary", `account_sid = "`+subaccount+`"
		sid = "`+subaccountList.SID+`"`)+
		block(entryType+".subsidiary", `account_sid = "`+subaccount+`"
		ip_access_control_list_sid = "`+subaccountList.SID+`"
		sid = "`+subaccountEntry.SID+`"`))
	c.Run("init")
	if output := c.Run("plan", "-no-color"); !strings.Contains(output, "Plan: 6 to import, 0 to add, 0 to change, 0 to destroy.") {
		t.Fatalf("not just imports:\n%s", output)
	}
	c.Run("apply", "-auto-approve")
	c.ExpectCompleteState(6)
	c.ExpectEmptyPlan()
	m.ExpectNoWrites()
	for _, resource := range c.State() {
		account := m.AccountSID()
		if resource.Name == "subsidiary" {
			account = subaccount
		}
		if got := resource.Instances[0].Identity["account_sid"]; got != account {
			t.Errorf("%s.%s: the identity says account %v", resource.Type, resource.Name, got)
		}
	}
}

// TestImportByInvalidIdentity checks the errors for identities that are invalid or belong to no object.
func TestImportByInvalidIdentity(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ target, identity, want string }{
		"SID of another kind":      {listType, `sid = "{IP}"`, `sid: The value must be the SID of an IP access control list ("AL" followed by 32 hexadecimal digits); got "{IP}", which is the SID of an IP address entry.`},
		"no SID at all":            {listType, `sid = "Office"`, `sid: The value must be the SID of an IP access control list ("AL" followed by 32 hexadecimal digits); got "Office".`},
		"null":                     {listType, `sid = null`, "The import ID is empty."},
		"empty":                    {listType, `sid = ""`, `sid: The value must be the SID of an IP access control list ("AL" followed by 32 hexadecimal digits); got an empty string.`},
		"unknown SID":              {listType, `sid = "ALfedcba9876543210fedcba9876543210"`, "Check the SID."},
		"unknown account":          {listType, "account_sid = \"ACfedcba9876543210fedcba9876543210\"\nsid = \"{AL}\"", "Check the SID."},
		"another account":          {listType, "account_sid = \"{SUB}\"\nsid = \"{AL}\"", "Check the SID."},
		"list of another address":  {entryType, "ip_access_control_list_sid = \"{AL2}\"\nsid = \"{IP}\"", "Check both SIDs."},
		"another account's domain": {mappingType, "account_sid = \"{SUB}\"\ndomain_sid = \"{SD}\"\nip_access_control_list_sid = \"{AL}\"", "Check both SIDs"},
		"another account's trunk":  {associationType, "account_sid = \"{SUB}\"\ntrunk_sid = \"{TK}\"\nip_access_control_list_sid = \"{AL}\"", "{SUB}"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := acctest.StartMock(t)
			c := m.NewCLI(nil)
			skipWithoutIdentity(c)
			office := acctest.NewOffice(m)
			subaccount, _ := m.AddSubaccount()
			replacer := strings.NewReplacer("{AL}", office.List.SID, "{AL2}", m.CreateList("", "Other").SID, "{IP}", office.London.SID, "{SD}", office.Domain.SID, "{TK}", office.Trunk.SID, "{SUB}", subaccount)
			arguments := map[string]string{
				listType:        `friendly_name = "Office"`,
				entryType:       "ip_access_control_list_sid = \"{AL}\"\nfriendly_name = \"SBC london\"\nip_address = \"203.0.113.10\"",
				mappingType:     "domain_sid = \"{SD}\"\nip_access_control_list_sid = \"{AL}\"",
				associationType: "trunk_sid = \"{TK}\"\nip_access_control_list_sid = \"{AL}\"",
			}[test.target]
			c.Write("main.tf", m.RootConfig()+replacer.Replace(fmt.Sprintf("resource %q \"x\" {\n%s\n}\nimport {\n  to = %s.x\n  identity = {\n%s\n  }\n}\n",
				test.target, arguments, test.target, test.identity)))
			c.Run("init")
			output := c.ExpectError("plan", "-no-color")
			if !acctest.Text(replacer.Replace(test.want)).MatchString(output) {
				t.Errorf("%q is not in\n%s", test.want, output)
			}
			m.ExpectNoWrites()
		})
	}
}

// TestImportByIdentityProtocol imports every type by identity, on any CLI. The state must be the same as after an import by ID,
// and the read that follows must find the object.
func TestImportByIdentityProtocol(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	office := acctest.NewOffice(m)
	server, schemas, identities := m.ConfiguredServer()
	list, entry, domain, trunk := office.List.SID, office.London.SID, office.Domain.SID, office.Trunk.SID
	for typeName, test := range map[string]struct {
		id       string
		identity map[string]any
	}{
		listType:        {list, map[string]any{"sid": list}},
		entryType:       {list + "/" + entry, map[string]any{"ip_access_control_list_sid": list, "sid": entry}},
		mappingType:     {domain + "/" + list, map[string]any{"domain_sid": domain, "ip_access_control_list_sid": list}},
		associationType: {trunk + "/" + list, map[string]any{"trunk_sid": trunk, "ip_access_control_list_sid": list}},
	} {
		importState := func(id string, identity map[string]any) (*tfprotov6.ImportResourceStateResponse, string) {
			request := &tfprotov6.ImportResourceStateRequest{TypeName: typeName, ID: id}
			if identity != nil {
				request.Identity = &tfprotov6.ResourceIdentityData{IdentityData: acctest.DynamicValue(t, identities.IdentitySchemas[typeName], identity)}
			}
			imported, err := server.ImportResourceState(t.Context(), request)
			if err != nil {
				t.Fatal(err)
			}
			var details string
			for _, diagnostic := range imported.Diagnostics {
				details += diagnostic.Summary + ": " + diagnostic.Detail
			}
			return imported, details
		}
		byID, problems := importState(test.id, nil)
		byIdentity, more := importState("", test.identity)
		if problems+more != "" {
			t.Errorf("%s: %s %s", typeName, problems, more)
			continue
		}
		ofType := schemas.ResourceSchemas[typeName].ValueType()
		want, err := byID.ImportedResources[0].State.Unmarshal(ofType)
		if err != nil {
			t.Fatal(err)
		}
		got, err := byIdentity.ImportedResources[0].State.Unmarshal(ofType)
		if err != nil || !got.Equal(want) {
			t.Errorf("%s: %v, %v, not %v", typeName, got, err, want)
		}
		read, err := server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{
			TypeName: typeName, CurrentState: byIdentity.ImportedResources[0].State,
			Private: byIdentity.ImportedResources[0].Private, CurrentIdentity: byIdentity.ImportedResources[0].Identity,
		})
		if err != nil || len(read.Diagnostics) > 0 {
			t.Errorf("%s: %v, %v", typeName, err, read)
		}
		for name := range test.identity {
			wrong := maps.Clone(test.identity)
			wrong[name] = m.AccountSID()
			if _, details := importState("", wrong); !strings.Contains(details, "Invalid import identity: "+name) {
				t.Errorf("%s with a wrong %s: %q", typeName, name, details)
			}
		}
	}
}

// TestQueryGeneratesConfiguration applies the configuration that `terraform query` generates for every type, which must not
// change anything. Entries are single resources in this test. A test of lists covers ip_addresses.
func TestQueryGeneratesConfiguration(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	if !c.AtLeast("1.14", "") {
		t.Skip("terraform query begins with Terraform 1.14, and OpenTofu has none")
	}
	office := acctest.NewOffice(m)
	m.CreateList("", `Quotes " and ${dollars}`)
	m.CreateList("", "Empty")
	c.Write("main.tf", m.RootConfig())
	c.Write("all.tfquery.hcl", fmt.Sprintf(`
list "twilio_sip_ip_access_control_list" "all" {
  provider = twilio
}

list "twilio_sip_ip_address" "office" {
  provider = twilio

  config {
    ip_access_control_list_sid = %[1]q
  }
}

list "twilio_sip_domain_ip_access_control_list_mapping" "calls" {
  provider = twilio

  config {
    domain_sid = %[2]q
  }
}

list "twilio_sip_trunking_ip_access_control_list" "carrier" {
  provider = twilio

  config {
    trunk_sid = %[3]q
  }
}
`, office.List.SID, office.Domain.SID, office.Trunk.SID))
	c.Run("init")
	m.ResetRequests()
	c.Run("query", "-generate-config-out=generated.tf")
	generated := c.Read("generated.tf")
	for _, want := range []string{`Quotes \" and $${dollars}`, `friendly_name = "Empty"`} {
		if !strings.Contains(generated, want) {
			t.Errorf("%s is not in\n%s", want, generated)
		}
	}
	if output := c.Run("plan", "-no-color"); !strings.Contains(output, "Plan: 7 to import, 0 to add, 0 to change, 0 to destroy.") {
		t.Fatalf("not just imports:\n%s", output)
	}
	c.Run("apply", "-auto-approve")
	c.ExpectEmptyPlan()
	m.ExpectNoWrites()
}
