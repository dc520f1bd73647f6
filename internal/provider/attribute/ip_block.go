// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attribute

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// Entry converts an entry of Twilio's API. It returns an error if the values are not a valid IPv4 block.
func Entry(address twilio.IPAddress) (ipblock.Entry, error) {
	block, err := ipblock.New(address.IPAddress, address.CIDRPrefixLength)
	if err != nil {
		return ipblock.Entry{}, fmt.Errorf("entry %s of list %s is not a valid IPv4 address or CIDR block: %w", address.SID, address.IPAccessControlListSID, err)
	}
	return ipblock.Entry{SID: address.SID, Block: block, Name: address.FriendlyName}, nil
}

// HostBitsWarning returns the summary and the beginning of the detail of a warning about a block with host bits, which allows
// more than the address that it shows. What to write instead depends on the attribute.
func HostBitsWarning(block ipblock.Block) (summary, detail string) {
	return fmt.Sprintf("%s allows more than one address", block),
		fmt.Sprintf("It allows the %d addresses from %s to %s.", block.Count(), block.First(), block.Last())
}

// IsCIDRBlock returns a validator for an IPv4 address or a CIDR block. Values that look generated are left to CheckGenerated.
func IsCIDRBlock() validator.String {
	return exceptGenerated{stringValidator{
		description: "must be an IPv4 address or CIDR block",
		summary:     "Invalid CIDR block",
		problem: func(value string) string {
			_, err := ipblock.Parse(value)
			return errorText(err)
		},
	}}
}

// IsIPAddress returns a validator for an IPv4 address without a prefix length. Values that look generated are left to
// CheckGenerated.
func IsIPAddress() validator.String {
	return exceptGenerated{stringValidator{
		description: "must be an IPv4 address",
		summary:     "Invalid IP address",
		problem:     func(value string) string { return errorText(ipblock.CheckAddress(value)) },
	}}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// IsPrefixLength returns a validator for a prefix length from 1 to 32.
func IsPrefixLength() validator.Int64 { return prefixLengthValidator{} }

type prefixLengthValidator struct{}

func (prefixLengthValidator) Description(context.Context) string { return "must be from 1 to 32" }

func (v prefixLengthValidator) MarkdownDescription(ctx context.Context) string {
	return v.Description(ctx)
}

func (v prefixLengthValidator) ValidateInt64(_ context.Context, req validator.Int64Request, resp *validator.Int64Response) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	// A number that overflows an int must not become a valid one.
	length := max(-1, min(req.ConfigValue.ValueInt64(), 1000))
	if err := ipblock.CheckPrefixLength(int(length)); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid prefix length", err.Error())
	}
}
