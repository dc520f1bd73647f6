// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Schemajson prints the provider's schemas in the form of `terraform providers
// schema -json`, for the documentation generator. It asks the provider's own
// protocol server, so that the documentation is the same on every machine:
// the command leaves out identities below Terraform 1.12 and list resources
// below 1.14, and needs a CLI at all.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider"
)

// providerName is the key that the documentation generator looks for, besides
// that of a provider in hashicorp's namespace.
const providerName = "twilio"

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "schemajson:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	schemas, err := readSchemas(ctx, providerserver.NewProtocol6(provider.New("docs")())())
	if err != nil {
		return err
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(document{
		FormatVersion: "1.0",
		Providers:     map[string]providerSchemas{providerName: schemas},
	})
}
