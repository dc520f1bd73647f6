// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package cidr

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
)

var _ function.Function = (*addressCountFunction)(nil)

type addressCountFunction struct{}

// NewAddressCountFunction returns the function cidr_address_count.
func NewAddressCountFunction() function.Function { return &addressCountFunction{} }

func (f *addressCountFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "cidr_address_count"
}

func (f *addressCountFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary:             "Number of IPv4 addresses in CIDR blocks",
		MarkdownDescription: "Returns the number of IPv4 addresses in a list of addresses and CIDR blocks. Addresses that are in several blocks are counted once.",
		Parameters: []function.Parameter{
			blocksParameter("IPv4 addresses and CIDR blocks, in any order. They may overlap."),
		},
		Return: function.Int64Return{},
	}
}

func (f *addressCountFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var list types.List
	if resp.Error = req.Arguments.Get(ctx, &list); resp.Error != nil {
		return
	}
	blocks, known, funcErr := parseBlocks(0, list)
	switch {
	case funcErr != nil:
		resp.Error = funcErr
	case !known:
		resp.Error = resp.Result.Set(ctx, types.Int64Unknown())
	default:
		resp.Error = resp.Result.Set(ctx, ipblock.Count(blocks))
	}
}
