// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attribute

import (
	"fmt"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

var hostLabel = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// HostLabelProblem returns why the value of a setting cannot be a label of a host name, or "" if it can. A value such as
// "example.com/" would send the credentials to another host.
func HostLabelProblem(setting, example, value string) string {
	if hostLabel.MatchString(value) {
		return ""
	}
	return fmt.Sprintf("%s must consist of lowercase letters, digits, and hyphens, such as %s; got %q.", setting, example, value)
}

// IsHostLabel returns a validator for a label of a host name.
func IsHostLabel(name, example string) validator.String {
	return stringValidator{
		description: "must consist of lowercase letters, digits, and hyphens, such as " + example,
		summary:     "Invalid " + name,
		problem:     func(value string) string { return HostLabelProblem(name, example, value) },
	}
}
