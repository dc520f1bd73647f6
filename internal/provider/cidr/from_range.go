// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package cidr

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
)

var _ function.Function = (*fromRangeFunction)(nil)

type fromRangeFunction struct{}

// NewFromRangeFunction returns the function cidr_from_range.
func NewFromRangeFunction() function.Function { return &fromRangeFunction{} }

func (f *fromRangeFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "cidr_from_range"
}

func (f *fromRangeFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Fewest CIDR blocks that cover a range of IPv4 addresses",
		MarkdownDescription: "Returns the shortest sorted list of CIDR blocks that covers exactly the IPv4 addresses of a range. " +
			"Single addresses are returned without `/32`, so you can use the result as keys of `ip_addresses`.",
		Parameters: []function.Parameter{
			function.StringParameter{Name: "first", MarkdownDescription: "First IPv4 address of the range."},
			function.StringParameter{Name: "last", MarkdownDescription: "Last IPv4 address of the range. It can be the same as the first one."},
		},
		Return: function.ListReturn{ElementType: types.StringType},
	}
}

func (f *fromRangeFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var texts [2]string
	if resp.Error = req.Arguments.Get(ctx, &texts[0], &texts[1]); resp.Error != nil {
		return
	}
	first, firstErr := ipblock.ParseAddress(texts[0])
	if firstErr != nil {
		resp.Error = argumentError(0, firstErr.Error())
	}
	last, lastErr := ipblock.ParseAddress(texts[1])
	if lastErr != nil {
		resp.Error = joinErrors(resp.Error, argumentError(1, lastErr.Error()))
	}
	if resp.Error != nil {
		return
	}
	blocks, err := ipblock.Range(first, last)
	if err != nil {
		resp.Error = argumentError(1, err.Error())
		return
	}
	resp.Error = resp.Result.Set(ctx, blockTexts(blocks))
}
