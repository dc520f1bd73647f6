// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// queried is a result of a list block.
type queried struct {
	name string
	// identity and resource are what Terraform gets, as Go's values; resource is nil if it was not asked for.
	identity, resource map[string]any
}

// query runs a list block through the protocol server, for every CLI: `terraform query` itself needs 1.14. config are the
// strings and truths of the config block.
func (m *mock) query(typeName string, config map[string]any, limit int64, include bool) ([]queried, []*tfprotov6.Diagnostic) {
	m.t.Helper()
	ctx := m.t.Context()
	server := providerserver.NewProtocol6(newAdjusted("test", m.adjust)())()
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		m.t.Fatal(err)
	}
	identities, err := server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		m.t.Fatal(err)
	}
	configured, err := server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: "1.14.0",
		Config:           dynamic(m.t, schemas.Provider, map[string]any{"account_sid": m.AccountSID(), "auth_token": m.AuthToken(), "base_url": m.URL()}),
	})
	if err != nil || len(configured.Diagnostics) > 0 {
		m.t.Fatal(err, configured)
	}
	// The interface of the server does not have it yet.
	lister, ok := server.(tfprotov6.ListResourceServer)
	if !ok {
		m.t.Fatal("the server knows no list resources")
	}
	stream, err := lister.ListResource(ctx, &tfprotov6.ListResourceRequest{
		TypeName: typeName, Limit: limit, IncludeResource: include,
		Config: dynamic(m.t, schemas.ListResourceSchemas[typeName], config),
	})
	if err != nil {
		m.t.Fatal(err)
	}
	var (
		results  []queried
		problems []*tfprotov6.Diagnostic
	)
	for result := range stream.Results {
		problems = append(problems, result.Diagnostics...)
		if result.Identity == nil {
			continue
		}
		found := queried{name: result.DisplayName, identity: unwire(m.t, result.Identity.IdentityData, identities.IdentitySchemas[typeName].ValueType())}
		if include {
			found.resource = unwire(m.t, result.Resource, schemas.ResourceSchemas[typeName].ValueType())
		}
		results = append(results, found)
	}
	return results, problems
}

// dynamic makes a configuration for the wire; what values does not have is null.
func dynamic(t *testing.T, schema *tfprotov6.Schema, values map[string]any) *tfprotov6.DynamicValue {
	t.Helper()
	object, ok := schema.ValueType().(tftypes.Object)
	if !ok {
		t.Fatalf("%v is not an object", schema.ValueType())
	}
	all := map[string]tftypes.Value{}
	for name, attribute := range object.AttributeTypes {
		all[name] = tftypes.NewValue(attribute, values[name])
	}
	value, err := tfprotov6.NewDynamicValue(object, tftypes.NewValue(object, all))
	if err != nil {
		t.Fatal(err)
	}
	return &value
}

// unwire gives what came over the wire as strings and maps of strings; null is nil.
func unwire(t *testing.T, wire *tfprotov6.DynamicValue, of tftypes.Type) map[string]any {
	t.Helper()
	value, err := wire.Unmarshal(of)
	if err != nil {
		t.Fatal(err)
	}
	attributes := map[string]tftypes.Value{}
	if err := value.As(&attributes); err != nil {
		t.Fatal(err)
	}
	result := map[string]any{}
	for name, attribute := range attributes {
		var text string
		elements := map[string]tftypes.Value{}
		switch {
		case attribute.IsNull():
			result[name] = nil
		case attribute.As(&text) == nil:
			result[name] = text
		case attribute.As(&elements) == nil:
			texts := map[string]string{}
			for key, element := range elements {
				if err := element.As(&text); err != nil {
					t.Fatal(err)
				}
				texts[key] = text
			}
			result[name] = texts
		default:
			result[name] = attribute.String()
		}
	}
	return result
}

func displayNames(results []queried) []string {
	var names []string
	for _, result := range results {
		names = append(names, result.name)
	}
	return names
}

func TestQueryIPAccessControlLists(t *testing.T) {
	t.Parallel()
	m := startMock(t)
	first, second := m.CreateList("", "Branch 1").SID, m.CreateList("", "Branch 2").SID
	for i := range 998 {
		m.CreateList("", fmt.Sprintf("Office %d", i))
	}
	m.CreateAddress("", first, "198.51.100.7", 32, "pbx")
	const lists = "twilio_sip_ip_access_control_list"

	if results, problems := m.query(lists, nil, 10_000, false); len(results) != 1000 || len(problems) > 0 {
		t.Errorf("%d results, %v", len(results), problems)
	}
	if got := m.requests(); len(got) != 1 {
		t.Errorf("1,000 lists took %q", got)
	}
	results, problems := m.query(lists, map[string]any{"friendly_name_prefix": "Branch"}, 100, true)
	if len(problems) > 0 || !slices.Equal(displayNames(results), []string{"Branch 1 (" + first + ")", "Branch 2 (" + second + ")"}) {
		t.Fatalf("%v, %v", results, problems)
	}
	if id := results[0].identity; id["account_sid"] != m.AccountSID() || id["sid"] != first {
		t.Errorf("identity %v", id)
	}
	if r := results[1].resource; r["friendly_name"] != "Branch 2" || r["ip_addresses"] != nil || r["sid"] != second {
		t.Errorf("resource %v", r)
	}
	if results, _ := m.query(lists, map[string]any{"friendly_name_prefix": "Office"}, 3, false); len(results) != 3 {
		t.Errorf("a limit of 3 gave %q", displayNames(results))
	}

	m.requests()
	results, problems = m.query(lists, map[string]any{"friendly_name_prefix": "Branch", "include_ip_addresses": true}, 1, true)
	if len(results) != 1 || len(problems) > 0 || fmt.Sprint(results[0].resource["ip_addresses"]) != "map[198.51.100.7:pbx]" {
		t.Errorf("%v, %v", results, problems)
	}
	if got := m.requests(); !slices.Equal(got, []string{"GET /IpAccessControlLists", readAddresses}) {
		t.Errorf("requests %q", got)
	}

	sub, _ := m.AddSubaccount()
	inSub := m.CreateList(sub, "Sub").SID
	if results, _ := m.query(lists, map[string]any{"account_sid": sub}, 100, false); len(results) != 1 || results[0].identity["sid"] != inSub || results[0].identity["account_sid"] != sub {
		t.Errorf("subaccount: %v", results)
	}
	if results, problems := m.query(lists, map[string]any{"account_sid": "AC00000000000000000000000000000002"}, 100, false); len(results) != 0 || len(problems) != 1 ||
		!strings.Contains(problems[0].Detail, "Check that the account exists") {
		t.Errorf("%v, %v", results, problems)
	}
}

func TestQueryStopsAtTheLimit(t *testing.T) {
	t.Parallel()
	m := startMock(t)
	for i := range 1500 {
		m.CreateList("", fmt.Sprintf("Office %d", i))
	}
	for limit, pages := range map[int64]int{1000: 1, 1001: 2} {
		results, problems := m.query("twilio_sip_ip_access_control_list", nil, limit, false)
		if got := m.requests(); int64(len(results)) != limit || len(problems) > 0 || len(got) != pages {
			t.Errorf("a limit of %d gave %d results with %q", limit, len(results), got)
		}
	}
}

func TestQueryIPAddresses(t *testing.T) {
	t.Parallel()
	m := startMock(t)
	list := m.CreateList("", "Office").SID
	pbx := m.CreateAddress("", list, "198.51.100.7", 32, "pbx").SID
	carrier := m.CreateAddress("", list, "203.0.113.0", 24, "carrier").SID
	config := map[string]any{"ip_access_control_list_sid": list}
	results, problems := m.query("twilio_sip_ip_address", config, 100, true)
	if len(problems) > 0 || !slices.Equal(displayNames(results), []string{"198.51.100.7/32 pbx (" + pbx + ")", "203.0.113.0/24 carrier (" + carrier + ")"}) {
		t.Fatalf("%v, %v", results, problems)
	}
	if id := results[0].identity; id["account_sid"] != m.AccountSID() || id["ip_access_control_list_sid"] != list || id["sid"] != pbx {
		t.Errorf("identity %v", id)
	}
	for name, want := range map[string]string{"friendly_name": "carrier", "ip_address": "203.0.113.0", "ip_access_control_list_sid": list, "cidr_block": "203.0.113.0/24"} {
		if got := results[1].resource[name]; got != want {
			t.Errorf("%s is %v, not %s", name, got, want)
		}
	}
	if results, _ := m.query("twilio_sip_ip_address", config, 1, false); len(results) != 1 {
		t.Errorf("a limit of 1 gave %q", displayNames(results))
	}
	if results, problems := m.query("twilio_sip_ip_address", map[string]any{"ip_access_control_list_sid": someList}, 1, false); len(results) != 0 || len(problems) != 1 {
		t.Errorf("%v, %v", results, problems)
	}
}
