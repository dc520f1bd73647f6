// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// QueryResult is one result of a list block.
type QueryResult struct {
	Name string
	// Identity and Resource have the attributes that Terraform gets. Resource is nil if it was not requested.
	Identity, Resource map[string]any
}

// ConfiguredServer returns the protocol server, configured for the mock, with its schemas. Tests call it where the CLI that
// they run with may be too old.
func (m *Mock) ConfiguredServer() (tfprotov6.ProviderServer, *tfprotov6.GetProviderSchemaResponse, *tfprotov6.GetResourceIdentitySchemasResponse) {
	m.T.Helper()
	ctx := m.T.Context()
	server, err := m.ProviderFactories()["twilio"]()
	if err != nil {
		m.T.Fatal(err)
	}
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		m.T.Fatal(err)
	}
	identities, err := server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		m.T.Fatal(err)
	}
	configured, err := server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: "1.14.0",
		Config:           DynamicValue(m.T, schemas.Provider, map[string]any{"account_sid": m.AccountSID(), "auth_token": m.AuthToken(), "base_url": m.URL()}),
	})
	if err != nil || len(configured.Diagnostics) > 0 {
		m.T.Fatal(err, configured)
	}
	return server, schemas, identities
}

// Query runs a list block. It calls the protocol server, because `terraform query` needs Terraform 1.14. The values of
// config are strings and booleans.
func (m *Mock) Query(typeName string, config map[string]any, limit int64, includeResource bool) ([]QueryResult, []*tfprotov6.Diagnostic) {
	m.T.Helper()
	server, schemas, identities := m.ConfiguredServer()
	// tfprotov6.ProviderServer does not include ListResourceServer yet.
	lister, ok := server.(tfprotov6.ListResourceServer)
	if !ok {
		m.T.Fatal("the server knows no list resources")
	}
	stream, err := lister.ListResource(m.T.Context(), &tfprotov6.ListResourceRequest{
		TypeName: typeName, Limit: limit, IncludeResource: includeResource,
		Config: DynamicValue(m.T, schemas.ListResourceSchemas[typeName], config),
	})
	if err != nil {
		m.T.Fatal(err)
	}
	var (
		results     []QueryResult
		diagnostics []*tfprotov6.Diagnostic
	)
	for result := range stream.Results {
		diagnostics = append(diagnostics, result.Diagnostics...)
		if result.Identity == nil {
			continue
		}
		found := QueryResult{Name: result.DisplayName, Identity: decode(m.T, result.Identity.IdentityData, identities.IdentitySchemas[typeName].ValueType())}
		if includeResource {
			found.Resource = decode(m.T, result.Resource, schemas.ResourceSchemas[typeName].ValueType())
		}
		results = append(results, found)
	}
	return results, diagnostics
}

// DynamicValue encodes a configuration or an identity for the protocol. Attributes that values lacks are null.
func DynamicValue(t *testing.T, schema interface{ ValueType() tftypes.Type }, values map[string]any) *tfprotov6.DynamicValue {
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

// decode returns the attributes of an object as strings and maps of strings, and null as nil.
func decode(t *testing.T, wire *tfprotov6.DynamicValue, of tftypes.Type) map[string]any {
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

// DisplayNames returns the display names of results.
func DisplayNames(results []QueryResult) []string {
	var names []string
	for _, result := range results {
		names = append(names, result.Name)
	}
	return names
}
