// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"runtime/debug"
	"strings"
)

// version is set by the linker in releases (-X main.version=1.2.3).
var version string

// buildVersion returns the version without a leading "v": the version that the linker set, or else the module's version (set by
// go install module@version and by builds in a checkout with tags), or else "dev".
func buildVersion(linked string, info *debug.BuildInfo) string {
	if linked != "" {
		return strings.TrimPrefix(linked, "v")
	}
	if info == nil || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "dev"
	}
	return strings.TrimPrefix(info.Main.Version, "v")
}

func programVersion() string {
	info, _ := debug.ReadBuildInfo()
	return buildVersion(version, info)
}
