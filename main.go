// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Terraform-provider-twilio manages the IP addresses that may send calls to
// Twilio. Terraform and OpenTofu start it; by hand it is of use with -version
// and with -debug.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider"
)

// address is where the registry has this provider. Terraform compares it only
// in debug mode, where it is the key of TF_REATTACH_PROVIDERS.
const address = "registry.terraform.io/twilio-sip/twilio"

// version is set by the linker in releases (-X main.version=1.2.3).
var version string

func main() {
	printVersion := flag.Bool("version", false, "print the version and exit")
	debugMode := flag.Bool("debug", false, "keep running for a debugger, and print the TF_REATTACH_PROVIDERS that Terraform needs")
	flag.Parse()

	info, _ := debug.ReadBuildInfo()
	v := buildVersion(version, info)
	if *printVersion {
		fmt.Printf("terraform-provider-twilio %s %s/%s %s\n", v, runtime.GOOS, runtime.GOARCH, runtime.Version())
		return
	}

	if !*debugMode && !logsWanted(os.Environ()) {
		for _, logger := range loggers {
			_ = os.Setenv(logger, "off") // at worst it logs
		}
	}

	err := providerserver.Serve(context.Background(), provider.New(v), providerserver.ServeOpts{
		Address:         address,
		Debug:           *debugMode,
		ProtocolVersion: 6,
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, "terraform-provider-twilio:", err)
		os.Exit(1)
	}
}

// loggers are the variables with the levels of all that logs here: the plugin SDK, the framework, and the provider by
// its name.
var loggers = []string{"TF_LOG_SDK", "TF_LOG_SDK_PROTO", "TF_LOG_SDK_FRAMEWORK", "TF_LOG_PROVIDER_TWILIO"}

// logsWanted reports whether somebody asked for logs of providers. The SDK does not look: it writes everything, down to
// trace, for Terraform to parse and drop. That is two fifths of what the provider does in a plan.
func logsWanted(environment []string) bool {
	return slices.ContainsFunc(environment, func(variable string) bool {
		name, value, _ := strings.Cut(variable, "=")
		return strings.HasPrefix(name, "TF_LOG") && value != "" && name != "TF_LOG_CORE" && name != "TF_LOG_PATH"
	})
}

// buildVersion is the version without a leading "v": the linker's if it set
// one, else the module's (go install module@version, or a build from a
// checkout with tags), else "dev".
func buildVersion(linked string, info *debug.BuildInfo) string {
	if linked != "" {
		return strings.TrimPrefix(linked, "v")
	}
	if info == nil || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "dev"
	}
	return strings.TrimPrefix(info.Main.Version, "v")
}
