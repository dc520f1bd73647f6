// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Schemajson prints the provider's schemas in the format of `terraform providers schema -json`, for the documentation generator.
// It reads them from the provider's protocol server, so that the documentation is the same on every machine: Terraform omits
// identities before 1.12 and list resources before 1.14.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider"
)

// providerName is the key under which the documentation generator looks for the schemas.
const providerName = "twilio"

func main() {
	schemas, err := readSchemas(context.Background(), providerserver.NewProtocol6(provider.New("docs")())())
	if err == nil {
		out := json.NewEncoder(os.Stdout)
		out.SetEscapeHTML(false)
		out.SetIndent("", "  ")
		err = out.Encode(object{"format_version": "1.0", "provider_schemas": object{providerName: schemas}})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "schemajson:", err)
		os.Exit(1)
	}
}

// object is a JSON object. Its keys are documented at https://developer.hashicorp.com/terraform/cli/commands/providers/schema.
type object = map[string]any

// readSchemas reads all schemas of a server.
func readSchemas(ctx context.Context, server tfprotov6.ProviderServer) (object, error) {
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, err
	}
	identities, err := server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		return nil, err
	}
	for _, d := range append(schemas.Diagnostics, identities.Diagnostics...) {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			return nil, fmt.Errorf("%s: %s", d.Summary, d.Detail)
		}
	}
	return object{
		"provider":                  schema(schemas.Provider),
		"resource_schemas":          mapValues(schemas.ResourceSchemas, schema),
		"data_source_schemas":       mapValues(schemas.DataSourceSchemas, schema),
		"list_resource_schemas":     mapValues(schemas.ListResourceSchemas, schema),
		"resource_identity_schemas": mapValues(identities.IdentitySchemas, identitySchema),
		"functions":                 mapValues(schemas.Functions, function),
	}, nil
}

func schema(s *tfprotov6.Schema) object {
	return object{"version": s.Version, "block": block(s.Block)}
}

func block(b *tfprotov6.SchemaBlock) object {
	nested := object{}
	for _, n := range b.BlockTypes {
		nested[n.TypeName] = object{
			"nesting_mode": strings.ToLower(n.Nesting.String()), "block": block(n.Block),
			"min_items": n.MinItems, "max_items": n.MaxItems,
		}
	}
	return object{
		"attributes":       attributes(b.Attributes),
		"block_types":      nested,
		"description":      b.Description,
		"description_kind": strings.ToLower(b.DescriptionKind.String()),
		"deprecated":       b.Deprecated,
	}
}

func attributes(all []*tfprotov6.SchemaAttribute) object {
	out := object{}
	for _, a := range all {
		attribute := object{
			"description": a.Description, "description_kind": strings.ToLower(a.DescriptionKind.String()),
			"required": a.Required, "optional": a.Optional, "computed": a.Computed,
			"deprecated": a.Deprecated, "sensitive": a.Sensitive, "write_only": a.WriteOnly,
		}
		if a.NestedType == nil {
			attribute["type"] = a.Type
		} else {
			attribute["nested_type"] = object{
				"attributes":   attributes(a.NestedType.Attributes),
				"nesting_mode": strings.ToLower(a.NestedType.Nesting.String()),
			}
		}
		out[a.Name] = attribute
	}
	return out
}

func identitySchema(s *tfprotov6.ResourceIdentitySchema) object {
	attributes := object{}
	for _, a := range s.IdentityAttributes {
		attributes[a.Name] = object{
			"type": a.Type, "description": a.Description,
			"required_for_import": a.RequiredForImport, "optional_for_import": a.OptionalForImport,
		}
	}
	return object{"version": s.Version, "attributes": attributes}
}

func function(f *tfprotov6.Function) object {
	var parameters []object
	for _, p := range f.Parameters {
		parameters = append(parameters, parameter(p))
	}
	return object{
		"summary": f.Summary, "description": f.Description, "deprecation_message": f.DeprecationMessage,
		"parameters": parameters, "variadic_parameter": parameter(f.VariadicParameter), "return_type": f.Return.Type,
	}
}

func parameter(p *tfprotov6.FunctionParameter) object {
	if p == nil {
		return nil
	}
	return object{"name": p.Name, "description": p.Description, "is_nullable": p.AllowNullValue, "type": p.Type}
}

func mapValues[From any](from map[string]From, convert func(From) object) object {
	to := make(object, len(from))
	for key, value := range from {
		to[key] = convert(value)
	}
	return to
}
