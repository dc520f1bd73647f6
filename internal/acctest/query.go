// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"context"
	"iter"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// QueryResult is one result of a list block.
type QueryResult struct {
	Name string
	// Identity and Resource have the attributes that Terraform receives. Resource is nil if it was not requested.
	Identity, Resource map[string]any
}

// ConfiguredServer returns the protocol server, configured for the mock, with its schemas. It is for tests of features that the
// CLI may be too old for.
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

// Querier runs list blocks with one configured provider. It calls the protocol server, because `terraform query` needs Terraform
// 1.14.
type Querier struct {
	t          *testing.T
	server     tfprotov6.ListResourceServer
	schemas    *tfprotov6.GetProviderSchemaResponse
	identities *tfprotov6.GetResourceIdentitySchemasResponse
}

// NewQuerier returns a Querier for the mock.
func (m *Mock) NewQuerier() Querier {
	m.T.Helper()
	server, schemas, identities := m.ConfiguredServer()
	// tfprotov6.ProviderServer does not include ListResourceServer yet.
	lister, ok := server.(tfprotov6.ListResourceServer)
	if !ok {
		m.T.Fatal("the server knows no list resources")
	}
	return Querier{m.T, lister, schemas, identities}
}

// Stream runs a list block and yields each result when the provider sends it. Diagnostics come with a result or with nil. The
// values of config are strings and booleans.
func (q Querier) Stream(ctx context.Context, typeName string, config map[string]any, limit int64, includeResource bool) iter.Seq2[*QueryResult, []*tfprotov6.Diagnostic] {
	q.t.Helper()
	stream, err := q.server.ListResource(ctx, &tfprotov6.ListResourceRequest{
		TypeName: typeName, Limit: limit, IncludeResource: includeResource,
		Config: DynamicValue(q.t, q.schemas.ListResourceSchemas[typeName], config),
	})
	if err != nil {
		q.t.Fatal(err)
	}
	return func(yield func(*QueryResult, []*tfprotov6.Diagnostic) bool) {
		for result := range stream.Results {
			var found *QueryResult
			if result.Identity != nil {
				found = &QueryResult{Name: result.DisplayName, Identity: decode(q.t, result.Identity.IdentityData, q.identities.IdentitySchemas[typeName].ValueType())}
				if includeResource {
					found.Resource = decode(q.t, result.Resource, q.schemas.ResourceSchemas[typeName].ValueType())
				}
			}
			if !yield(found, result.Diagnostics) {
				return
			}
		}
	}
}

// All runs a list block and returns all results and diagnostics.
func (q Querier) All(typeName string, config map[string]any, limit int64, includeResource bool) ([]QueryResult, []*tfprotov6.Diagnostic) {
	q.t.Helper()
	var (
		results     []QueryResult
		diagnostics []*tfprotov6.Diagnostic
	)
	for result, problems := range q.Stream(q.t.Context(), typeName, config, limit, includeResource) {
		diagnostics = append(diagnostics, problems...)
		if result != nil {
			results = append(results, *result)
		}
	}
	return results, diagnostics
}

// Query runs a list block with a new provider.
func (m *Mock) Query(typeName string, config map[string]any, limit int64, includeResource bool) ([]QueryResult, []*tfprotov6.Diagnostic) {
	m.T.Helper()
	return m.NewQuerier().All(typeName, config, limit, includeResource)
}

// DynamicValue encodes a configuration or an identity for the protocol. Attributes that are not in values are null.
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

// decode returns the attributes of an object as strings, maps of strings, and nil for null.
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
