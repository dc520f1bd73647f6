// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attribute

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// MaxNameLength is the largest number of characters in the name of a list or an entry.
// Source: https://www.twilio.com/docs/voice/sip/api/sip-ipaccesscontrollist-resource
const MaxNameLength = 255

// IsFriendlyName validates the length of a name in characters, as Twilio counts them.
func IsFriendlyName() validator.String {
	return stringvalidator.UTF8LengthBetween(1, MaxNameLength)
}

// FriendlyName is the friendly_name of a resource.
func FriendlyName(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Required: true, Validators: []validator.String{IsFriendlyName()}}
}
